// A switch with its words in front of it, over the whole width: one setting of a panel.
#pragma once

#include <QWidget>

namespace anteroom::ui {

class Switch;

class SwitchRow final : public QWidget {
    Q_OBJECT
public:
    explicit SwitchRow(Switch *control, QWidget *parent = nullptr);      // its words are the switch's accessible name
};

} // namespace anteroom::ui

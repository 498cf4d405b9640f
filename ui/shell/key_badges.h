// Letters over the widgets that an Alt key presses, while Alt is held. Painted over the window, takes no press.
#pragma once

#include "ui/shell/commands.h"

#include <QWidget>

namespace anteroom::ui {

class KeyBadges final : public QWidget {
    Q_OBJECT
public:
    explicit KeyBadges(QWidget *window);

    void showOver(std::vector<Command> commands);        // those with an Alt key and a widget on screen
    [[nodiscard]] QStringList letters() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<Command> m_commands;
};

} // namespace anteroom::ui

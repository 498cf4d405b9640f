// A chip as a widget. It is not clickable and takes no focus. Normal has no chip.
#pragma once

#include "ui/common/paint.h"

#include <QWidget>

namespace anteroom::ui {

class Chip : public QWidget {
    Q_OBJECT
public:
    explicit Chip(const ChipSpec &spec, QWidget *parent = nullptr);

    void setSpec(const ChipSpec &spec);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ChipSpec m_spec;
};

} // namespace anteroom::ui

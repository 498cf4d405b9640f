#include "ui/common/chip.h"

#include <QPainter>

namespace anteroom::ui {

Chip::Chip(const ChipSpec &spec, QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setSpec(spec);
}

void Chip::setSpec(const ChipSpec &spec)
{
    m_spec = spec;
    setAccessibleName(spec.text);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    return chipSize(Theme::of(this), m_spec);
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintChip(&painter, Theme::of(this), rect(), m_spec);
}

} // namespace anteroom::ui

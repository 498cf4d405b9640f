#include "ui/common/switch.h"

#include "ui/common/paint.h"

#include <QPainter>

namespace anteroom::ui {

Switch::Switch(const QString &accessibleName, QWidget *parent) : QAbstractButton(parent)
{
    setCheckable(true);
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Switch::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    return {theme.px(40), theme.px(22)};
}

void Switch::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    QRect box(QPoint(0, 0), sizeHint());
    box.moveCenter(rect().center());
    const qreal radius = box.height() / 2.0;
    const bool on = isChecked();
    if (!isEnabled())
        paintBox(&painter, box, radius, theme.color(Tone::Sunken), theme.color(Tone::Line), 1.5);
    else if (on)
        paintBox(&painter, box, radius, theme.color(underMouse() ? Tone::AccentHover : Tone::Accent));
    else
        paintBox(&painter, box, radius, theme.color(underMouse() ? Tone::Hover : Tone::Surface), theme.color(Tone::LineStrong), 1.5);
    const int knob = theme.px(16);
    const int gap = (box.height() - knob) / 2;
    const QRect logical(on ? box.right() + 1 - gap - knob : box.left() + gap, box.top() + gap, knob, knob);
    const QColor color = theme.color(on && isEnabled() ? Tone::OnAccent : Tone::LineStrong);
    paintBox(&painter, mirrored(layoutDirection(), box, logical), knob / 2.0, color);
}

} // namespace anteroom::ui

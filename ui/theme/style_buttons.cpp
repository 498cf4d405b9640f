// Buttons, fields, combos and marks of the style.
#include "ui/theme/style.h"

#include "ui/common/paint.h"
#include "ui/theme/icons.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace anteroom::ui {

namespace {

ButtonKind kindOf(const QWidget *widget)
{
    return widget ? static_cast<ButtonKind>(widget->property(prop::kKind).toInt()) : ButtonKind::Secondary;
}

bool isLit(const QStyleOption &option)
{
    return option.state & QStyle::State_Enabled && option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
}

QColor inkOf(const Theme &theme, ButtonKind kind, bool enabled)
{
    if (!enabled)
        return theme.color(Tone::Text3);
    switch (kind) {
    case ButtonKind::Primary: return theme.color(Tone::OnAccent);
    case ButtonKind::Danger: return theme.fg(Hue::Danger);
    case ButtonKind::Link: return theme.color(Tone::AccentText);
    case ButtonKind::Secondary:
    case ButtonKind::Quiet: break;
    }
    return theme.color(Tone::Text);
}

} // namespace

void Style::drawButtonFrame(const QStyleOptionButton &option, QPainter *painter, const QWidget *widget) const
{
    const ButtonKind kind = kindOf(widget);
    const bool enabled = option.state & State_Enabled;
    const bool lit = isLit(option);
    const qreal radius = m_theme.px(size::kRadius);
    if (kind == ButtonKind::Link)
        return;
    if (kind == ButtonKind::Quiet) {
        if (lit || option.state & State_On)
            paintBox(painter, option.rect, radius, m_theme.color(Tone::Hover));
        return;
    }
    if (!enabled) {
        paintBox(painter, option.rect, radius, m_theme.color(Tone::Sunken), m_theme.color(Tone::Line));
    } else if (kind == ButtonKind::Primary) {
        paintBox(painter, option.rect, radius, m_theme.color(lit ? Tone::AccentHover : Tone::Accent));
    } else if (kind == ButtonKind::Danger) {
        paintBox(painter, option.rect, radius, lit ? m_theme.soft(Hue::Danger) : m_theme.color(Tone::Surface), m_theme.solid(Hue::Danger));
    } else {
        paintBox(painter, option.rect, radius, m_theme.color(lit ? Tone::Hover : Tone::Raised), m_theme.color(Tone::LineStrong));
    }
}

void Style::drawButtonLabel(const QStyleOptionButton &option, QPainter *painter, const QWidget *widget) const
{
    const ButtonKind kind = kindOf(widget);
    const bool enabled = option.state & State_Enabled;
    const QColor ink = inkOf(m_theme, kind, enabled);
    const QFont font = m_theme.font(Type::Body, kind == ButtonKind::Quiet ? QFont::Normal : QFont::DemiBold);
    const QString icon = widget ? widget->property(prop::kIcon).toString() : QString();
    QString keys = widget && m_theme.showsKeycaps() ? widget->property(prop::kKeycap).toString() : QString();

    const int side = m_theme.px(size::kIconText);
    const int words = textWidth(option.text, font);
    const int iconPart = icon.isEmpty() ? 0 : side + (option.text.isEmpty() ? 0 : m_theme.px(6));
    QSize cap = keycapSize(m_theme, keys);
    int keyPart = keys.isEmpty() ? 0 : cap.width() + m_theme.px(8);
    const int room = option.rect.width() - m_theme.px(4);
    if (iconPart + words + keyPart > room) {        // keycaps give way before words
        keys.clear();
        keyPart = 0;
    }
    const int shownWords = qMin(words, room - iconPart);
    const int total = iconPart + shownWords + keyPart;
    int left = option.rect.left() + (option.rect.width() - total) / 2;
    const auto place = [&](int width, int height) {
        const QRect at(left, option.rect.top() + (option.rect.height() - height) / 2, width, height);
        left += width;
        return mirrored(option.direction, option.rect, at);
    };
    if (!icon.isEmpty()) {
        const QColor iconInk = kind == ButtonKind::Secondary && enabled ? m_theme.color(Tone::Text2) : ink;
        const bool turns = icon.startsWith(QLatin1String("chevron-")) || icon == QLatin1String("speaker") || icon == QLatin1String("door");
        paintIcon(painter, place(side, side), icon, iconInk, turns && option.direction == Qt::RightToLeft);
        left += iconPart - side;
    }
    paintText(painter, place(shownWords + 1, option.rect.height()), option.text, font, ink);
    if (!keys.isEmpty()) {
        left += m_theme.px(7);
        const bool onAccent = kind == ButtonKind::Primary && enabled;
        QColor edge = onAccent ? m_theme.color(Tone::OnAccent) : m_theme.color(Tone::Line);
        if (onAccent)
            edge.setAlpha(120);
        else if (kind == ButtonKind::Danger && enabled) {
            edge = m_theme.solid(Hue::Danger);
            edge.setAlpha(110);
        }
        const QColor words2 = onAccent || kind == ButtonKind::Danger ? ink : m_theme.color(enabled ? Tone::Text2 : Tone::Text3);
        paintKeycap(painter, place(cap.width(), cap.height()), m_theme, keys, words2, edge);
    }
}

void Style::drawFieldFrame(const QStyleOption &option, QPainter *painter, const QWidget *widget) const
{
    if (const auto *edit = qobject_cast<const QLineEdit *>(widget); edit && !edit->hasFrame())
        return;
    const bool enabled = option.state & State_Enabled;
    const bool readOnly = option.state & State_ReadOnly || (widget && widget->property("readOnly").toBool());
    const auto mark = widget ? static_cast<FieldMark>(widget->property(prop::kMark).toInt()) : FieldMark::None;
    const qreal radius = m_theme.px(size::kRadius);
    QColor fill = m_theme.color(Tone::Surface);
    QColor edge = m_theme.color(Tone::LineStrong);
    qreal width = 1;
    if (!enabled) {
        fill = m_theme.color(Tone::Sunken);
        edge = m_theme.color(Tone::Line);
    } else if (readOnly) {
        fill = m_theme.color(Tone::Canvas);
        edge = m_theme.color(Tone::Line);
    }
    if (mark != FieldMark::None) {
        edge = m_theme.solid(mark == FieldMark::Error ? Hue::Danger : Hue::Urgent);
        width = 2;
    } else if (option.state & State_HasFocus) {
        edge = m_theme.color(Tone::Focus);
        width = 2;
    }
    paintBox(painter, option.rect, radius, fill, edge, width);
}

void Style::drawCombo(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    drawFieldFrame(*option, painter, widget);
    if (isLit(*option) && !(option->state & State_HasFocus)) {
        const int inset = 1;
        paintBox(painter, QRectF(option->rect).adjusted(inset, inset, -inset, -inset), m_theme.px(size::kRadius) - 1, m_theme.color(Tone::Hover));
    }
    const int side = m_theme.px(size::kIconText);
    const QRect at(option->rect.right() - side - m_theme.px(9), option->rect.top() + (option->rect.height() - side) / 2, side, side);
    paintIcon(painter, mirrored(option->direction, option->rect, at), QStringLiteral("chevron-down"),
              m_theme.color(option->state & State_Enabled ? Tone::Text2 : Tone::Text3));
}

void Style::drawMark(const QStyleOption &option, QPainter *painter, bool round) const
{
    const bool enabled = option.state & State_Enabled;
    const bool on = option.state & (State_On | State_NoChange);
    const int side = qMin(m_theme.px(18), qMin(option.rect.width(), option.rect.height()));
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    const qreal radius = round ? side / 2.0 : m_theme.px(size::kRadiusChip);
    const QColor accent = m_theme.color(!enabled ? Tone::LineStrong : isLit(option) ? Tone::AccentHover : Tone::Accent);
    if (on)
        paintBox(painter, box, radius, accent);
    else
        paintBox(painter, box, radius, m_theme.color(!enabled ? Tone::Sunken : isLit(option) ? Tone::Hover : Tone::Surface),
                 m_theme.color(enabled ? Tone::LineStrong : Tone::Line), 1.5);
    if (!on)
        return;
    const QColor ink = enabled ? m_theme.color(Tone::OnAccent) : m_theme.color(Tone::Surface);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawEllipse(box.center(), side / 5.5, side / 5.5);
    } else {
        painter->setPen(QPen(ink, side / 10.0, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        QPainterPath path;
        const auto at = [&](qreal x, qreal y) { return QPointF(box.left() + side * x, box.top() + side * y); };
        if (option.state & State_NoChange) {
            path.moveTo(at(0.27, 0.5));
            path.lineTo(at(0.73, 0.5));
        } else {
            path.moveTo(at(0.26, 0.52));
            path.lineTo(at(0.43, 0.69));
            path.lineTo(at(0.75, 0.34));
        }
        painter->drawPath(path);
    }
    painter->restore();
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    if (control == CC_ComboBox && part == SC_ComboBoxEditField) {
        const QRect at = option->rect.adjusted(m_theme.px(9), 1, -m_theme.px(30), -1);
        return mirrored(option->direction, option->rect, at);
    }
    if (control == CC_ComboBox && part == SC_ComboBoxArrow) {
        const QRect at(option->rect.right() - m_theme.px(30), option->rect.top(), m_theme.px(30), option->rect.height());
        return mirrored(option->direction, option->rect, at);
    }
    if (control == CC_ScrollBar) {
        const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine)
            return {};
        if (slider && (part == SC_ScrollBarGroove || part == SC_ScrollBarSlider)) {
            const QRect groove = option->rect;
            if (part == SC_ScrollBarGroove)
                return groove;
            const bool upright = slider->orientation == Qt::Vertical;
            const int length = upright ? groove.height() : groove.width();
            const qint64 range = qint64(slider->maximum) - slider->minimum;
            int thumb = length;
            if (range > 0)
                thumb = qBound(m_theme.px(28), int(qint64(slider->pageStep) * length / (range + slider->pageStep)), length);
            const int start = sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition, length - thumb,
                                                      slider->upsideDown);
            return upright ? QRect(groove.left(), groove.top() + start, groove.width(), thumb)
                           : mirrored(option->direction, groove, QRect(groove.left() + start, groove.top(), thumb, groove.height()));
        }
        if (slider && (part == SC_ScrollBarAddPage || part == SC_ScrollBarSubPage)) {
            const QRect thumb = subControlRect(control, option, SC_ScrollBarSlider, widget);
            const bool after = part == SC_ScrollBarAddPage;
            if (slider->orientation == Qt::Vertical)
                return after ? QRect(QPoint(thumb.left(), thumb.bottom() + 1), option->rect.bottomRight())
                             : QRect(option->rect.topLeft(), QPoint(thumb.right(), thumb.top() - 1));
            return after ? QRect(QPoint(thumb.right() + 1, thumb.top()), option->rect.bottomRight())
                         : QRect(option->rect.topLeft(), QPoint(thumb.left() - 1, thumb.bottom()));
        }
    }
    if (control == CC_SpinBox && (part == SC_SpinBoxUp || part == SC_SpinBoxDown))
        return {};
    if (control == CC_SpinBox && part == SC_SpinBoxEditField)
        return option->rect.adjusted(m_theme.px(6), 2, -m_theme.px(6), -2);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

} // namespace anteroom::ui

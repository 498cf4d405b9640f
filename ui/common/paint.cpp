#include "ui/common/paint.h"

#include "ui/theme/icons.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>

namespace anteroom::ui {

QString hueIcon(Hue hue)
{
    switch (hue) {
    case Hue::Danger: return QStringLiteral("octagon");
    case Hue::Urgent: return QStringLiteral("triangle");
    case Hue::Priority: return QStringLiteral("chevrons-up");
    case Hue::Ok:
    case Hue::Info:
    case Hue::Mute: break;
    }
    return {};
}

QRect mirrored(Qt::LayoutDirection direction, const QRect &whole, const QRect &part)
{
    return QStyle::visualRect(direction, whole, part);
}

void paintBox(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill, const QColor &border, qreal width,
              Qt::PenStyle pen)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (border.isValid()) {
        painter->setPen(QPen(border, width, pen));
        const qreal half = width / 2;
        painter->drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
    } else {
        painter->setPen(Qt::NoPen);
        painter->drawRoundedRect(rect, radius, radius);
    }
    painter->restore();
}

void paintFocus(QPainter *painter, const Theme &theme, const QRectF &rect, qreal radius)
{
    paintBox(painter, rect, radius, {}, theme.color(Tone::Focus), size::kFocusWidth);
}

void paintText(QPainter *painter, const QRect &rect, const QString &text, const QFont &font, const QColor &color,
               Qt::Alignment alignment)
{
    if (text.isEmpty() || rect.width() <= 0)
        return;
    const QFontMetrics metrics(font);
    QString shown = metrics.horizontalAdvance(text) <= rect.width() ? text : metrics.elidedText(text, Qt::ElideRight, rect.width());
    if (painter->layoutDirection() == Qt::RightToLeft && !text.isRightToLeft())
        shown = QChar(0x2066) + shown + QChar(0x2069);      // "28 min" must not become "min 28"
    painter->save();
    painter->setFont(font);
    painter->setPen(color);
    const Qt::Alignment absolute = QStyle::visualAlignment(painter->layoutDirection(), alignment) | Qt::AlignAbsolute;
    painter->drawText(rect, static_cast<int>(absolute.toInt()) | Qt::TextSingleLine | Qt::TextDontClip, shown);
    painter->restore();
}

int textWidth(const QString &text, const QFont &font)
{
    return QFontMetrics(font).horizontalAdvance(text);
}

namespace {

QString iconOf(const ChipSpec &chip)
{
    if (!chip.icon.isEmpty())
        return chip.icon;
    return chip.own ? QString() : hueIcon(chip.hue);
}

} // namespace

QSize chipSize(const Theme &theme, const ChipSpec &chip)
{
    int width = theme.px(7) * 2;
    const bool icon = !iconOf(chip).isEmpty();
    if (icon)
        width += theme.px(size::kIconChip);
    if (!chip.text.isEmpty())
        width += textWidth(chip.text, theme.font(Type::Caption, QFont::DemiBold)) + (icon ? theme.px(4) : 0);
    return {width, theme.px(size::kChip)};
}

void paintChip(QPainter *painter, const Theme &theme, const QRect &rect, const ChipSpec &chip)
{
    const QColor fill = chip.own ? theme.color(Tone::AccentSoft) : chip.solid ? theme.solid(chip.hue) : theme.soft(chip.hue);
    const QColor ink = chip.own ? theme.color(Tone::AccentText) : chip.solid ? theme.onSolid(chip.hue) : theme.fg(chip.hue);
    paintBox(painter, rect, theme.px(size::kRadiusChip), fill);
    const Qt::LayoutDirection direction = painter->layoutDirection();
    QRect inner = rect.adjusted(theme.px(7), 0, -theme.px(7), 0);
    const QString icon = iconOf(chip);
    if (!icon.isEmpty()) {
        const int side = theme.px(size::kIconChip);
        const QRect at(inner.left(), inner.top() + (inner.height() - side) / 2, side, side);
        paintIcon(painter, mirrored(direction, inner, at), icon, ink);
        const QRect rest = inner.adjusted(side + theme.px(4), 0, 0, 0);
        inner = mirrored(direction, inner, rest);
    }
    paintText(painter, inner.adjusted(0, 0, 1, 0), chip.text, theme.font(Type::Caption, QFont::DemiBold), ink);
}

void paintChips(QPainter *painter, const Theme &theme, const QRect &rect, const QVector<ChipSpec> &chips)
{
    int left = rect.left();
    for (const ChipSpec &chip : chips) {
        ChipSpec shown = chip;
        QSize wanted = chipSize(theme, shown);
        if (left + wanted.width() > rect.right() + 1 && !iconOf(chip).isEmpty()) {
            shown.text.clear();
            wanted = chipSize(theme, shown);
        }
        if (left + wanted.width() > rect.right() + 1)
            return;
        const QRect at(left, rect.top() + (rect.height() - wanted.height()) / 2, wanted.width(), wanted.height());
        paintChip(painter, theme, mirrored(painter->layoutDirection(), rect, at), shown);
        left += wanted.width() + theme.px(6);
    }
}

QSize keycapSize(const Theme &theme, const QString &keys)
{
    return {textWidth(keys, theme.font(Type::Caption)) + theme.px(6) * 2, theme.px(size::kKeycap)};
}

void paintKeycap(QPainter *painter, const QRect &rect, const Theme &theme, const QString &keys, const QColor &text, const QColor &border)
{
    paintBox(painter, rect, theme.px(size::kRadiusChip), {}, border);
    paintText(painter, rect, keys, theme.font(Type::Caption), text, Qt::AlignCenter);
}

QString isolated(const QString &value)
{
    return QChar(0x2068) + value + QChar(0x2069);
}

} // namespace anteroom::ui

// Headers, scroll bars, menus, tabs and progress of the style.
#include "ui/theme/style.h"

#include "ui/common/paint.h"
#include "ui/theme/icons.h"

#include <QPainter>
#include <QStyleOption>

namespace anteroom::ui {

void Style::drawHeader(const QStyleOption *option, QPainter *painter) const
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (!header)
        return;
    QRect rect = option->rect.adjusted(m_theme.px(8), 0, -m_theme.px(8), 0);
    const QFont font = m_theme.font(Type::Caption, QFont::DemiBold);
    if (header->sortIndicator != QStyleOptionHeader::None) {
        const int side = m_theme.px(size::kIconChip);
        const bool trailing = header->textAlignment & Qt::AlignRight;
        const int words = qMin(textWidth(header->text, font), rect.width() - side - m_theme.px(4));
        const int x = trailing ? rect.right() - words - m_theme.px(4) - side : rect.left() + words + m_theme.px(4);
        const QRect at(x, rect.center().y() - side / 2, side, side);
        const bool up = header->sortIndicator == QStyleOptionHeader::SortDown;
        paintIcon(painter, mirrored(option->direction, rect, at), up ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"),
                  m_theme.color(Tone::Text2));
        if (!trailing)
            rect = mirrored(option->direction, rect, rect.adjusted(0, 0, -side - m_theme.px(4), 0));
    }
    paintText(painter, rect, header->text, font, m_theme.color(Tone::Text2), (header->textAlignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter);
}

void Style::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!slider || slider->maximum <= slider->minimum)
        return;
    const QRect thumb = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    const qreal inset = (m_theme.px(size::kScrollBar) - m_theme.px(size::kScrollThumb)) / 2.0;
    const QRectF box = QRectF(thumb).adjusted(inset, inset, -inset, -inset);
    const bool lit = option->state & State_MouseOver || option->activeSubControls & SC_ScrollBarSlider;
    QColor color = m_theme.color(Tone::LineStrong);
    if (!lit)
        color.setAlpha(150);
    paintBox(painter, box, m_theme.px(size::kScrollThumb) / 2.0, color);
}

void Style::drawMenuItem(const QStyleOption *option, QPainter *painter, const QWidget *) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item)
        return;
    const QRect rect = option->rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1), m_theme.color(Tone::Line));
        return;
    }
    const bool enabled = option->state & State_Enabled;
    if (option->state & State_Selected && enabled)
        paintBox(painter, rect.adjusted(m_theme.px(4), 0, -m_theme.px(4), 0), m_theme.px(size::kRadiusChip), m_theme.color(Tone::AccentSoft));
    QRect inner = rect.adjusted(m_theme.px(12), 0, -m_theme.px(12), 0);
    const int side = m_theme.px(size::kIconText);
    if (item->checked || item->checkType != QStyleOptionMenuItem::NotCheckable || !item->icon.isNull()) {
        const QRect at(inner.left(), inner.top() + (inner.height() - side) / 2, side, side);
        const QRect box = mirrored(option->direction, inner, at);
        if (item->checked)
            paintIcon(painter, box, QStringLiteral("tick"), m_theme.color(Tone::Accent));
        else if (!item->icon.isNull())
            item->icon.paint(painter, box);
        inner = mirrored(option->direction, inner, inner.adjusted(side + m_theme.px(8), 0, 0, 0));
    }
    QString words = item->text;
    QString keys;
    if (const auto tab = words.indexOf(QLatin1Char('\t')); tab >= 0) {
        keys = words.mid(tab + 1);
        words.truncate(tab);
    }
    words.remove(QLatin1Char('&'));
    paintText(painter, inner, words, m_theme.font(Type::Body), m_theme.color(enabled ? Tone::Text : Tone::Text3));
    if (!keys.isEmpty())
        paintText(painter, inner, keys, m_theme.font(Type::Caption), m_theme.color(Tone::Text2), Qt::AlignTrailing | Qt::AlignVCenter);
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu) {
        const QRect at(inner.right() - side, inner.top() + (inner.height() - side) / 2, side, side);
        paintIcon(painter, mirrored(option->direction, inner, at), QStringLiteral("chevron-right"), m_theme.color(Tone::Text2),
                  option->direction == Qt::RightToLeft);
    }
}

void Style::drawTab(const QStyleOption *option, QPainter *painter) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!tab)
        return;
    const bool current = option->state & State_Selected;
    const bool lit = option->state & State_MouseOver;
    const QColor ink = m_theme.color(current || lit ? Tone::Text : Tone::Text2);
    paintText(painter, option->rect, tab->text, m_theme.font(Type::Body, current ? QFont::DemiBold : QFont::Normal), ink, Qt::AlignCenter);
    const QRect under(option->rect.left() + m_theme.px(12), option->rect.bottom() - 2, option->rect.width() - m_theme.px(24), 3);
    if (current)
        paintBox(painter, under, 1.5, m_theme.color(Tone::Accent));
    if (option->state & State_HasFocus)
        paintFocus(painter, m_theme, QRectF(option->rect).adjusted(2, 4, -2, -5), m_theme.px(size::kRadius));
}

void Style::drawProgress(const QStyleOption *option, QPainter *painter) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
    if (!bar)
        return;
    const int height = qMin(m_theme.px(6), option->rect.height());
    const QRect groove(option->rect.left(), option->rect.top() + (option->rect.height() - height) / 2, option->rect.width(), height);
    paintBox(painter, groove, height / 2.0, m_theme.color(Tone::Line));
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    if (range <= 0 || bar->progress <= bar->minimum)
        return;
    const int filled = qMax(height, int((qint64(bar->progress) - bar->minimum) * groove.width() / range));
    const QRect done(groove.left(), groove.top(), filled, height);
    const bool info = option->palette.color(QPalette::Highlight) == m_theme.solid(Hue::Info);      // the status strip's own
    paintBox(painter, mirrored(option->direction, groove, done), height / 2.0, info ? m_theme.solid(Hue::Info) : m_theme.color(Tone::Accent));
}

} // namespace anteroom::ui

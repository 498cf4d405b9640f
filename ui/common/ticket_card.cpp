#include "ui/common/ticket_card.h"

#include "ui/theme/icons.h"

#include <QPainter>

namespace anteroom::ui {

namespace {

using State = TicketView::State;

struct Ink {
    QColor fill;
    QColor edge;
    qreal width = 1;
    Qt::PenStyle pen = Qt::SolidLine;
    QColor number;
    QColor place;
    QColor name;
    QColor detail;
    QString detailIcon;
    bool detailStrong = false;
};

Ink inkOf(const Theme &theme, const TicketView &ticket, const TicketMarks &marks)
{
    Ink ink{.fill = theme.color(Tone::Surface), .edge = theme.color(Tone::Line), .number = theme.color(Tone::Text),
            .place = theme.color(Tone::Text2), .name = theme.color(Tone::Text), .detail = theme.color(Tone::Text2)};
    switch (ticket.state) {
    case State::Emergency:
        ink.fill = theme.soft(Hue::Danger);
        ink.edge = theme.solid(Hue::Danger);
        ink.width = 1.5;
        ink.number = ink.place = ink.name = ink.detail = theme.fg(Hue::Danger);
        break;
    case State::Called:
        ink.edge = theme.color(Tone::Accent);
        ink.width = 1.5;
        ink.number = ink.detail = theme.color(Tone::AccentText);
        ink.detailIcon = QStringLiteral("speaker");
        ink.detailStrong = true;
        break;
    case State::InService:
        ink.detail = theme.fg(Hue::Ok);
        ink.detailIcon = QStringLiteral("ring");
        ink.detailStrong = true;
        break;
    case State::SentOn:
        ink.detailIcon = QStringLiteral("chevron-right");
        ink.detailStrong = true;
        break;
    case State::Unconfirmed:
        ink.edge = theme.color(Tone::LineStrong);
        ink.pen = Qt::DashLine;
        ink.fill = theme.color(Tone::Canvas);
        ink.number = theme.color(Tone::Text2);
        break;
    case State::Waiting:
    case State::PastTarget: break;
    }
    if (marks.hovered && ticket.state != State::Emergency)
        ink.fill = theme.color(Tone::Hover);
    if ((marks.current || marks.fresh) && ticket.state != State::Emergency)
        ink.fill = theme.color(Tone::AccentSoft);
    if (marks.current) {
        ink.edge = theme.color(marks.focused ? Tone::Focus : Tone::Accent);
        ink.width = marks.focused ? size::kFocusWidth : 1;
        ink.pen = Qt::SolidLine;
    }
    return ink;
}

} // namespace

void paintTicket(QPainter *painter, const Theme &theme, const QRect &rect, const TicketView &ticket, const TicketMarks &marks)
{
    const Ink ink = inkOf(theme, ticket, marks);
    const Qt::LayoutDirection direction = painter->layoutDirection();
    paintBox(painter, rect, theme.px(size::kRadius), ink.fill, ink.edge, ink.width, ink.pen);

    const QRect inner = rect.adjusted(theme.px(12), theme.px(4), -theme.px(8), -theme.px(4));
    const int half = inner.height() / 2;
    const int first = theme.px(72);
    const auto at = [&](int left, int line, int width) {
        return mirrored(direction, inner, QRect(inner.left() + left, inner.top() + line * half, width, half));
    };
    paintText(painter, at(0, 0, first - theme.px(4)), ticket.number, theme.font(Type::Body, QFont::Bold), ink.number);
    const bool past = ticket.past || ticket.state == State::PastTarget;
    if (past) {
        const int side = theme.px(14);
        const QColor hue = theme.fg(ticket.state == State::Emergency ? Hue::Danger : Hue::Urgent);
        QRect icon(inner.left(), inner.top() + half + (half - side) / 2, side, side);
        paintIcon(painter, mirrored(direction, inner, icon), QStringLiteral("clock"), hue);
        paintText(painter, at(side + theme.px(2), 1, first - side - theme.px(2)), ticket.place, theme.font(Type::Secondary, QFont::Bold), hue);
    } else {
        paintText(painter, at(0, 1, first - theme.px(4)), ticket.place, theme.font(Type::Secondary), ink.place);
    }
    const int room = inner.width() - first;
    paintText(painter, at(first, 0, room), ticket.name, theme.font(Type::Body, QFont::DemiBold), ink.name);

    int left = first;
    if (!ink.detailIcon.isEmpty()) {
        const int side = theme.px(14);
        const QRect icon(inner.left() + left, inner.top() + half + (half - side) / 2, side, side);
        const bool turns = ink.detailIcon != QLatin1String("ring");
        paintIcon(painter, mirrored(direction, inner, icon), ink.detailIcon, ink.detail, turns && direction == Qt::RightToLeft);
        left += side + theme.px(6);
    }
    const QFont detailFont = theme.font(Type::Secondary, ink.detailStrong ? QFont::DemiBold : QFont::Normal);
    const int words = qMin(textWidth(ticket.detail, detailFont) + 1, inner.width() - left);
    paintText(painter, at(left, 1, words), ticket.detail, detailFont, ink.detail);
    if (!ticket.chips.isEmpty()) {
        left += words + (ticket.detail.isEmpty() ? 0 : theme.px(8));
        paintChips(painter, theme, at(left, 1, inner.width() - left), ticket.chips);
    }
}

QString ticketAccessibleText(const TicketView &ticket)
{
    QStringList parts = {ticket.number, ticket.name, ticket.detail, ticket.place};
    for (const ChipSpec &chip : ticket.chips)
        parts.append(chip.text);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

void TicketDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    painter->save();
    painter->setLayoutDirection(option.direction);
    TicketMarks marks;
    marks.hovered = option.state & QStyle::State_MouseOver;
    marks.current = option.state & QStyle::State_Selected;
    marks.focused = option.widget && option.widget->hasFocus();
    const QRect card = option.rect.adjusted(0, 0, 0, -theme.px(size::kTicketGap));
    paintTicket(painter, theme, card, index.data(kTicketRole).value<TicketView>(), marks);
    painter->restore();
}

QSize TicketDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const Theme &theme = Theme::of(option.widget);
    return {theme.px(200), theme.px(size::kTicket + size::kTicketGap)};
}

} // namespace anteroom::ui

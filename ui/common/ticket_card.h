// The ticket card of 50 px: number over waiting time or room, name over one line of detail. One paint function serves
// the delegate of a lane and any widget. It decides nothing: the queue's model says which state a ticket is in.
#pragma once

#include "ui/common/paint.h"

#include <QStyledItemDelegate>

namespace anteroom::ui {

struct TicketView {
    enum class State : unsigned char { Waiting, PastTarget, Emergency, Called, InService, SentOn, Unconfirmed };

    QString number;                     // "T-021"
    QString place;                      // under the number: "41 min", "Room 2", "now"
    QString name;
    QString detail;                     // "71 y · M"; in Called, InService, SentOn the words: "Called · 20 s"
    QVector<ChipSpec> chips;
    State state = State::Waiting;
    bool past = false;                  // over its target as well as in another state (an emergency that waits too long)
    friend bool operator==(const TicketView &, const TicketView &) = default;
};

inline constexpr int kTicketRole = Qt::UserRole + 90;          // TicketView

struct TicketMarks {
    bool hovered = false;
    bool current = false;               // the keyboard cursor or the selection
    bool focused = false;               // …and its view has the focus
    bool fresh = false;
};

void paintTicket(QPainter *painter, const Theme &theme, const QRect &rect, const TicketView &ticket, const TicketMarks &marks);
QString ticketAccessibleText(const TicketView &ticket);         // for Qt::AccessibleTextRole of models

class TicketDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace anteroom::ui

Q_DECLARE_METATYPE(anteroom::ui::TicketView)

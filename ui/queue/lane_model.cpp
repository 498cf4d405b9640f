#include "ui/queue/lane_model.h"

#include "ui/common/rows.h"
#include "ui/common/ticket_card.h"

#include <QCoreApplication>

namespace anteroom::ui {
namespace {

QString words(const char *text) { return QCoreApplication::translate("Queue", text); }

// The card's state, strongest first: what has no number yet is dashed whatever else it is.
TicketView::State cardState(const TicketItem &item)
{
    using S = TicketView::State;
    switch (item.state) {
    case domain::TicketState::Called: return S::Called;
    case domain::TicketState::InService: return S::InService;
    case domain::TicketState::Waiting: break;
    case domain::TicketState::Done:
    case domain::TicketState::Transferred:
    case domain::TicketState::NoShow:
    case domain::TicketState::Left: return S::SentOn;
    }
    if (!item.confirmed)
        return S::Unconfirmed;
    return item.priority == domain::Priority::Emergency ? S::Emergency : item.past ? S::PastTarget : S::Waiting;
}

QVector<ChipSpec> chipsOf(const TicketItem &item)
{
    if (item.state != domain::TicketState::Waiting)
        return {};
    switch (item.priority) {
    case domain::Priority::Emergency: return {{.text = words("Emergency"), .hue = Hue::Danger, .solid = true}};
    case domain::Priority::Urgent: return {{.text = words("Urgent"), .hue = Hue::Urgent}};
    case domain::Priority::Priority: return {{.text = words("Priority"), .hue = Hue::Priority}};
    case domain::Priority::Normal: break;
    }
    return {};
}

TicketView cardOf(const TicketItem &item)
{
    return {.number = item.label,
            .place = item.place,
            .name = item.name,
            .detail = item.stateWords.isEmpty() ? item.who : item.stateWords,
            .chips = chipsOf(item),
            .state = cardState(item),
            .past = item.past};
}

QString toolTipOf(const TicketItem &item)
{
    QStringList lines{item.name};
    for (const QString &line : {item.who, item.allergy.isEmpty() ? QString() : words("Allergy: %1").arg(item.allergy),
                                item.confirmed ? QString() : words("The host has not given its number yet.")})
        if (!line.isEmpty())
            lines.append(line);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QVariant LaneModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const TicketItem &item = at(index.row());
    switch (role) {
    case Qt::DisplayRole: return QString(item.label + QLatin1Char(' ') + item.name);
    case Qt::AccessibleTextRole: return ticketAccessibleText(cardOf(item));
    case Qt::ToolTipRole: return toolTipOf(item);
    case kTicketRole: return QVariant::fromValue(cardOf(item));
    case FreshRole: return item.fresh;
    default: return {};
    }
}

bool LaneModel::update(std::vector<TicketItem> want, bool hold)
{
    if (!hold) {
        become(std::move(want));
        return true;
    }
    // Known tickets change where they stand, new ones wait below the last, those that left stay until all is still.
    std::vector<TicketItem> shown = items();
    for (const TicketItem &item : want) {
        const auto it = std::find_if(shown.begin(), shown.end(), [&](const TicketItem &have) { return have.id == item.id; });
        if (it == shown.end())
            shown.push_back(item);
        else
            *it = item;
    }
    const bool same = std::equal(shown.begin(), shown.end(), want.begin(), want.end(),
                                 [](const TicketItem &a, const TicketItem &b) { return a.id == b.id; });
    become(std::move(shown));
    return same;
}

} // namespace anteroom::ui

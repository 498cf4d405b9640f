#include "ui/queue/board_view.h"

#include "ui/patients/patient_columns.h"
#include "ui/queue/ticket_columns.h"

#include <QCoreApplication>

#include <algorithm>

namespace anteroom::ui {
namespace {

using domain::TicketState;

constexpr std::int64_t kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute;
const QChar kNbsp(0x00A0);

QString words(const char *text) { return QCoreApplication::translate("Queue", text); }

QString stateWords(const TicketItem &item, std::int64_t now)
{
    const auto since = [&](const char *state) { return QString(words(state) + QStringLiteral(" · ") + durationText(now - item.since)); };
    switch (item.state) {
    case TicketState::InService: return since("In service");
    case TicketState::Called: return since("Called");
    case TicketState::Done: return words("Finished");
    case TicketState::NoShow: return words("Did not come");
    case TicketState::Left: return words("Left");
    case TicketState::Transferred: return words("Sent on");
    case TicketState::Waiting: break;
    }
    return {};
}

std::int64_t stateSince(const schema::Row &row, TicketState state)
{
    const auto at = [&](int column) { return schema::toInt(row[column]); };
    switch (state) {
    case TicketState::InService: return std::max(at(ticket::kStartedAt), at(ticket::kCalledAt));
    case TicketState::Called: return std::max(at(ticket::kCalledAt), at(ticket::kRecalledAt));
    case TicketState::Waiting: return at(ticket::kArrivedAt);
    default: return at(ticket::kFinishedAt);
    }
}

TicketItem itemOf(const node::TicketView &view, const node::QueueBoard &board, const DeskIdentity &desk, std::int64_t now, QDate today)
{
    const schema::Row &row = view.ticket;
    TicketItem item{.id = row.id, .confirmed = view.confirmed, .allergy = view.allergy, .row = row};
    item.label = schema::toQString(row[view.confirmed ? ticket::kLabel : ticket::kProvisionalLabel]);
    if (item.label.isEmpty())
        item.label = QStringLiteral("…");
    item.state = domain::ticketState(schema::toText(row[ticket::kState])).value_or(TicketState::Waiting);
    item.priority = domain::priority(schema::toText(row[ticket::kPriority])).value_or(domain::Priority::Normal);
    if (view.patient) {
        item.name = patientName(*view.patient);
        item.who = ageAndSex(*view.patient, today);
    } else {
        item.name = words("Without a name");
    }
    item.arrivedAt = schema::toInt(row[ticket::kArrivedAt]);
    item.since = stateSince(row, item.state);
    item.stateWords = stateWords(item, now);
    item.mine = schema::toUuid(row[ticket::kDesk]) == desk.device && (item.state == TicketState::Called || item.state == TicketState::InService);
    const QString room = nameOf(board.rooms, schema::toUuid(row[ticket::kRoom]), room::kName);
    item.place = item.state == TicketState::Waiting || room.isEmpty() ? durationText(now - item.arrivedAt) : room;
    return item;
}

// In service, then called, by when that began; then those who wait, in the order of call.
int band(TicketState state) { return state == TicketState::InService ? 0 : state == TicketState::Called ? 1 : 2; }

void orderLane(LaneView &lane, std::vector<TicketItem> items, const std::vector<std::size_t> &callOrder)
{
    std::vector<TicketItem> waiting;
    for (const std::size_t i : callOrder)
        waiting.push_back(items[i]);
    for (TicketItem &item : items) {
        if (item.state == TicketState::Waiting)
            continue;
        (domain::isActive(item.state) ? lane.tickets : lane.finished).push_back(std::move(item));
    }
    std::sort(lane.tickets.begin(), lane.tickets.end(), [](const TicketItem &a, const TicketItem &b) {
        return std::tuple(band(a.state), a.since, a.id) < std::tuple(band(b.state), b.since, b.id);
    });
    std::sort(lane.finished.begin(), lane.finished.end(),
              [](const TicketItem &a, const TicketItem &b) { return std::tuple(a.since, a.id) > std::tuple(b.since, b.id); });
    lane.tickets.insert(lane.tickets.end(), waiting.begin(), waiting.end());
    lane.waiting = static_cast<int>(waiting.size());
}

QString waitWords(const std::optional<domain::WaitRange> &range, int waiting)
{
    if (waiting == 0)
        return words("No wait");
    if (!range)
        return {};
    if (range->fromMin == range->toMin)
        return words("Wait %1 min").arg(range->fromMin).replace(QStringLiteral(" min"), kNbsp + QStringLiteral("min"));
    return QString(words("Wait %1–%2").arg(range->fromMin).arg(range->toMin) + kNbsp + words("min"));
}

void nameLane(LaneView &lane, const node::QueueBoard &board)
{
    QStringList rooms;
    for (const schema::Row &row : board.rooms)
        if (schema::toUuid(row[room::kServicePoint]) == lane.point)
            rooms.append(schema::toQString(row[room::kName]));
    lane.rooms = rooms.join(QStringLiteral(", "));
}

} // namespace

QString nameOf(const std::vector<schema::Row> &rows, const Uuid &id, int nameColumn)
{
    const auto it = std::find_if(rows.begin(), rows.end(), [&](const schema::Row &row) { return row.id == id; });
    return it == rows.end() || id.isNull() ? QString() : schema::toQString((*it)[nameColumn]);
}

QString durationText(std::int64_t ms)
{
    ms = std::max<std::int64_t>(ms, 0);
    if (ms < kMinute)
        return QString::number(ms / kSecond) + kNbsp + words("s");
    if (ms < kHour)
        return QString::number(ms / kMinute) + kNbsp + words("min");
    return QString::number(ms / kHour) + kNbsp + words("h") + kNbsp + QString::number(ms % kHour / kMinute) + kNbsp + words("min");
}

QString priorityWord(domain::Priority priority)
{
    switch (priority) {
    case domain::Priority::Emergency: return words("Emergency");
    case domain::Priority::Urgent: return words("Urgent");
    case domain::Priority::Priority: return words("Priority");
    case domain::Priority::Normal: break;
    }
    return words("Normal");
}

QString reasonWords(const domain::Reason &reason)
{
    using Kind = domain::Reason::Kind;
    const QString waited = durationText(reason.waitMin * kMinute);
    switch (reason.kind) {
    case Kind::Emergency: return words("An emergency goes before everybody else.");
    case Kind::HigherPriority: return words("%1, and waits longest of these: %2.").arg(priorityWord(reason.priority), waited);
    case Kind::LongestWaiting: return words("Waits longest, %1, and nobody of a higher priority is here.").arg(waited);
    case Kind::WaitedPastPriority: return words("Has waited %1, longer than a higher priority may pass.").arg(waited);
    case Kind::NormalTurn: return words("Enough of a higher priority went before: now the longest waiting one, %1.").arg(waited);
    }
    return {};
}

BoardView viewOf(const node::QueueBoard &board, const DeskIdentity &desk, std::int64_t now, QDate today)
{
    BoardView out;
    for (const schema::Row &pointRow : board.points) {
        LaneView lane{.point = pointRow.id, .name = schema::toQString(pointRow[point::kName]), .own = pointRow.id == desk.servicePoint};
        nameLane(lane, board);
        std::vector<TicketItem> items;
        std::vector<domain::Ticket> tickets;
        const std::int64_t target = schema::toInt(pointRow[point::kTargetMinutes]) * kMinute;
        std::int64_t longest = -1;
        for (const node::TicketView &view : board.tickets) {
            if (schema::toUuid(view.ticket[ticket::kServicePoint]) != pointRow.id || view.ticket.deleted())
                continue;
            tickets.push_back(domain::ticketOf(view.ticket));
            items.push_back(itemOf(view, board, desk, now, today));
            TicketItem &item = items.back();
            if (item.state != TicketState::Waiting)
                continue;
            item.past = target > 0 && now - item.arrivedAt > target;
            lane.longestPast = lane.longestPast || item.past;
            longest = std::max(longest, now - item.arrivedAt);
        }
        const auto policy = domain::policyOf(pointRow);
        if (lane.own) {
            if (const auto next = domain::next(tickets, policy, now)) {
                out.desk.next = items[next->index];
                out.desk.reason = next->reason;
            }
        }
        orderLane(lane, std::move(items), domain::callOrder(tickets, policy));
        lane.wait = waitWords(domain::waitRange(tickets), lane.waiting);
        lane.longest = longest < 0 ? QString() : durationText(longest);
        for (const TicketItem &item : lane.tickets)
            if (lane.own && item.mine && (!out.desk.current || band(item.state) < band(out.desk.current->state)))
                out.desk.current = item;
        if (lane.own) {
            out.desk.chosen = true;
            out.desk.point = lane.name;
            out.desk.room = nameOf(board.rooms, desk.room, room::kName);
            out.waitingForDesk = lane.waiting;
        }
        out.lanes.push_back(std::move(lane));
    }
    std::stable_partition(out.lanes.begin(), out.lanes.end(), [](const LaneView &lane) { return lane.own; });
    return out;
}

} // namespace anteroom::ui

// One ticket: its words, its states, what it is called, and who may take one.
#include "domain/queue.h"

#include "domain/patient.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patient_queue.h"
#include "schema/tables/service_points.h"

#include <algorithm>
#include <array>

namespace anteroom::domain {
namespace {

using schema::col;
using schema::tables::active_patient_queue;
using schema::tables::service_points;

// Closed tickets have the columns of live ones, so one reader does for both.
static_assert(schema::columnCount(active_patient_queue) == schema::columnCount(schema::tables::patient_queue));
static_assert(col(active_patient_queue, "state") == col(schema::tables::patient_queue, "state"));

template <typename Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N> &names, std::string_view text)
{
    const auto at = std::find(names.begin(), names.end(), text);
    return at == names.end() ? std::nullopt : std::optional(static_cast<Enum>(at - names.begin()));
}

constexpr std::array<std::string_view, 7> kStates{
    "waiting", "called", "in_service", "done", "transferred", "no_show", "left"};
constexpr std::array<std::string_view, 4> kPriorities{"emergency", "urgent", "priority", "normal"};
constexpr std::array<std::string_view, 3> kPolicies{"strict", "aged", "ratio"};

std::optional<TicketState> undone(TicketState state)
{
    switch (state) {
    case TicketState::Waiting:
        return std::nullopt;
    case TicketState::Called:
        return TicketState::Waiting;
    case TicketState::InService:
        return TicketState::Called;
    case TicketState::Done:
        return TicketState::InService;
    case TicketState::Transferred:
    case TicketState::NoShow:
    case TicketState::Left:
        return TicketState::Waiting;
    }
    return std::nullopt;
}

} // namespace

std::string_view toText(TicketState state)
{
    return kStates[static_cast<std::size_t>(state)];
}
std::optional<TicketState> ticketState(std::string_view text)
{
    return named<TicketState>(kStates, text);
}
std::string_view toText(Priority p)
{
    return kPriorities[static_cast<std::size_t>(p)];
}
std::optional<Priority> priority(std::string_view text)
{
    return named<Priority>(kPriorities, text);
}
std::string_view toText(PolicyKind kind)
{
    return kPolicies[static_cast<std::size_t>(kind)];
}
std::optional<PolicyKind> policyKind(std::string_view text)
{
    return named<PolicyKind>(kPolicies, text);
}

bool isActive(TicketState state)
{
    return state == TicketState::Waiting || state == TicketState::Called || state == TicketState::InService;
}

std::optional<TicketState> after(TicketState state, TicketAct act)
{
    using S = TicketState;
    const auto from = [state](std::initializer_list<S> allowed, S to) {
        return std::find(allowed.begin(), allowed.end(), state) != allowed.end() ? std::optional(to) : std::nullopt;
    };
    switch (act) {
    case TicketAct::Call:
        return from({S::Waiting}, S::Called);
    case TicketAct::Recall:
        return from({S::Called}, S::Called);
    case TicketAct::Start:
        return from({S::Waiting, S::Called}, S::InService);
    case TicketAct::Finish:
        return from({S::Called, S::InService}, S::Done);
    case TicketAct::NoShow:
        return from({S::Waiting, S::Called}, S::NoShow);
    case TicketAct::Leave:
        return from({S::Waiting, S::Called, S::InService, S::NoShow}, S::Left);
    case TicketAct::Transfer:
        return from({S::Waiting, S::Called, S::InService}, S::Transferred);
    case TicketAct::Rejoin:
        return from({S::NoShow}, S::Waiting);
    case TicketAct::Undo:
        return undone(state);
    }
    return std::nullopt;
}

Ticket ticketOf(const schema::Row &row)
{
    constexpr int kPatient = col(active_patient_queue, "patient_id"),
                  kPoint = col(active_patient_queue, "service_point_id"),
                  kPriority = col(active_patient_queue, "priority"), kState = col(active_patient_queue, "state"),
                  kArrived = col(active_patient_queue, "arrived_at"), kCalled = col(active_patient_queue, "called_at"),
                  kStarted = col(active_patient_queue, "started_at"),
                  kFinished = col(active_patient_queue, "finished_at"), kNumber = col(active_patient_queue, "number"),
                  kEpoch = col(active_patient_queue, "number_epoch");
    // Next year's word for a state or priority must not take a ticket off this year's board: it waits, as normal.
    return {.id = row.id,
        .patient = schema::toUuid(row[kPatient]),
        .servicePoint = schema::toUuid(row[kPoint]),
        .priority = priority(schema::toText(row[kPriority])).value_or(Priority::Normal),
        .state = ticketState(schema::toText(row[kState])).value_or(TicketState::Waiting),
        .arrivedAt = schema::toInt(row[kArrived]),
        .calledAt = schema::toInt(row[kCalled]),
        .startedAt = schema::toInt(row[kStarted]),
        .finishedAt = schema::toInt(row[kFinished]),
        .number = schema::toInt(row[kNumber]),
        .epochOfDay = static_cast<int>(schema::toInt(row[kEpoch])),
        .deleted = row.deleted()};
}

std::vector<Ticket> ticketsAt(std::span<const schema::Row> rows, const Uuid &servicePoint)
{
    std::vector<Ticket> out;
    for (const schema::Row &row : rows)
        if (const Ticket ticket = ticketOf(row); ticket.servicePoint == servicePoint)
            out.push_back(ticket);
    return out;
}

QueuePolicy policyOf(const schema::Row &servicePoint)
{
    constexpr int kPolicy = col(service_points, "policy"), kAged = col(service_points, "aged_minutes"),
                  kHigh = col(service_points, "ratio_urgent"), kNormal = col(service_points, "ratio_normal");
    const QueuePolicy usual;
    return {.kind = policyKind(schema::toText(servicePoint[kPolicy])).value_or(PolicyKind::Strict),
        .agedMinutes = static_cast<int>(schema::toInt(servicePoint[kAged], usual.agedMinutes)),
        .ratioHigh = static_cast<int>(schema::toInt(servicePoint[kHigh], usual.ratioHigh)),
        .ratioNormal = static_cast<int>(schema::toInt(servicePoint[kNormal], usual.ratioNormal))};
}

QString ticketLabel(const QString &prefix, std::int64_t number, int epochOfDay)
{
    QString letters; // second epoch b, 26th z, then zb …: a day with 26 hosts is not worth a shorter form
    for (int rest = epochOfDay; rest > 0; rest -= 25)
        letters += QChar(u'a' + static_cast<char16_t>(std::min(rest, 25)));
    return prefix + QLatin1Char('-') + letters + QStringLiteral("%1").arg(number, 3, 10, QLatin1Char('0'));
}

QString provisionalLabel(const QString &pcPrefix, std::int64_t counter)
{
    return pcPrefix + QStringLiteral("-p") + QString::number(counter);
}

Result<void> mayQueue(const schema::Row &patient, std::span<const Ticket> tickets, const Uuid &servicePoint)
{
    const QString field = QStringLiteral("patient_id");
    if (patient.deleted())
        return fail(
            ErrorCode::Refused, QStringLiteral("This record was removed. Restore it, or pick another person."), field);
    if (isDeceased(patient))
        return fail(ErrorCode::Refused,
            QStringLiteral("This person is recorded as deceased. Correct the record first if that is wrong."), field);
    if (!mergedInto(patient).isNull())
        return fail(ErrorCode::Refused,
            QStringLiteral("This record was merged into another. Queue the person under that one."), field);
    for (const Ticket &t : tickets)
        if (!t.deleted && t.patient == patient.id && t.servicePoint == servicePoint && isActive(t.state))
            return fail(ErrorCode::Refused,
                QStringLiteral("This person already has a ticket here. Finish or move that one first."), field);
    return {};
}

} // namespace anteroom::domain

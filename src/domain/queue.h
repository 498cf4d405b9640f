// The queue's rules: states and the acts they allow, who is next and why, ticket labels, expected waits, and who may
// not be queued. Pure functions over tickets; time is an argument. Never writes, never asks a clock.
#pragma once

#include "core/result.h"
#include "schema/change.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace anteroom::domain {

enum class TicketState : std::uint8_t { Waiting, Called, InService, Done, Transferred, NoShow, Left };
enum class Priority : std::uint8_t { Emergency, Urgent, Priority, Normal };      // ascending: served first to last

[[nodiscard]] std::string_view toText(TicketState state);          // as the column holds it: "in_service"
[[nodiscard]] std::optional<TicketState> ticketState(std::string_view text);
[[nodiscard]] std::string_view toText(Priority priority);
[[nodiscard]] std::optional<Priority> priority(std::string_view text);

// Active: the patient is still expected here. One active ticket per patient and service point.
[[nodiscard]] bool isActive(TicketState state);

// What people do with a ticket. Rejoin: a no-show came after all. Undo: one step back; it is no transition of the schema,
// so it applies only where the state still is what was shown.
enum class TicketAct : std::uint8_t { Call, Recall, Start, Finish, NoShow, Leave, Transfer, Rejoin, Undo };
// State after the act, or nothing where the act makes no sense.
[[nodiscard]] std::optional<TicketState> after(TicketState state, TicketAct act);

struct Ticket {
    Uuid id;
    Uuid patient;
    Uuid servicePoint;
    Priority priority = Priority::Normal;
    TicketState state = TicketState::Waiting;
    std::int64_t arrivedAt = 0;      // UTC ms; a transfer keeps it
    std::int64_t calledAt = 0;       // 0 = not yet
    std::int64_t startedAt = 0;
    std::int64_t finishedAt = 0;
    std::int64_t number = 0;         // 0 = the host has not given one
    int epochOfDay = 0;
    bool deleted = false;
};
[[nodiscard]] Ticket ticketOf(const schema::Row &row);             // a row of active_patient_queue or patient_queue
[[nodiscard]] std::vector<Ticket> ticketsAt(std::span<const schema::Row> rows, const Uuid &servicePoint);

// How waiting tickets are ordered. In each, an emergency goes first.
enum class PolicyKind : std::uint8_t {
    Strict,      // by priority, then by arrival
    Aged,        // a priority is a head start in minutes: who waits long enough passes it
    Ratio,       // so many urgent or priority tickets, then so many normal ones
};
struct QueuePolicy {
    PolicyKind kind = PolicyKind::Strict;
    int agedMinutes = 30;            // head start of each step: priority 30 min ahead of normal, urgent 60
    int ratioHigh = 2;               // so many urgent or priority tickets, …
    int ratioNormal = 1;             // … then so many normal ones
};
[[nodiscard]] std::string_view toText(PolicyKind kind);            // "strict", "aged", "ratio"
[[nodiscard]] std::optional<PolicyKind> policyKind(std::string_view text);
[[nodiscard]] QueuePolicy policyOf(const schema::Row &servicePoint);

// Waiting tickets of one service point in the order in which they are to be called; indexes into `lane`, which holds
// all of the point's tickets of the day (Ratio looks at who was called). Total: the same set gives the same order.
[[nodiscard]] std::vector<std::size_t> callOrder(std::span<const Ticket> lane, const QueuePolicy &policy);

struct Reason {
    enum class Kind : std::uint8_t {
        Emergency,
        HigherPriority,      // of a higher priority than all others that wait, or the longest waiting of these
        LongestWaiting,      // nobody of a higher priority waits
        WaitedPastPriority,  // aged: passes others of a higher priority that came too late
        NormalTurn,          // ratio: so many of a higher priority went before
    } kind = Kind::LongestWaiting;
    Priority priority = Priority::Normal;
    int waitMin = 0;
    friend bool operator==(const Reason &, const Reason &) = default;
};
struct Next {
    std::size_t index = 0;
    Reason reason;
};
[[nodiscard]] std::optional<Next> next(std::span<const Ticket> lane, const QueuePolicy &policy, std::int64_t nowMs);
[[nodiscard]] QString reasonText(const Reason &reason);            // English, for the command line and logs
[[nodiscard]] int waitedMinutes(const Ticket &ticket, std::int64_t nowMs);       // until called, else until now; ≥ 0

// `T-004`; from the day's second epoch on a small letter before the number, `T-b004` (SYNC H13). epochOfDay counts
// from 0: which of the epochs that gave tickets on this clinic day it is.
[[nodiscard]] QString ticketLabel(const QString &prefix, std::int64_t number, int epochOfDay);
// What a ticket is called until the host has numbered it: the PC's prefix and its own counter, `AB-p3` (SYNC H7).
[[nodiscard]] QString provisionalLabel(const QString &pcPrefix, std::int64_t counter);

// Waits of those who were called, as the middle half around the median, in steps of five minutes. Nothing below three
// tickets: no false precision.
struct WaitRange {
    int fromMin = 0;
    int toMin = 0;
    friend bool operator==(const WaitRange &, const WaitRange &) = default;
};
[[nodiscard]] std::optional<WaitRange> waitRange(std::span<const Ticket> lane);

// A person may be queued here: alive, not merged away, and without an active ticket at this point. Words say why not.
[[nodiscard]] Result<void> mayQueue(const schema::Row &patient, std::span<const Ticket> tickets, const Uuid &servicePoint);

} // namespace anteroom::domain

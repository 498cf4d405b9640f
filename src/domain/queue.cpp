#include "domain/queue.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace anteroom::domain {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

// What orders two tickets of equal standing: arrival, then the number, then the id, so that no two are ever equal.
auto arrivalKey(const Ticket &t)
{
    return std::tuple(t.arrivedAt, t.number == 0 ? INT64_MAX : t.number, t.id);
}

std::int64_t headStartMs(const QueuePolicy &policy, Priority p)
{
    const int steps = p == Priority::Normal ? 0 : p == Priority::Priority ? 1 : 2;
    return steps * std::max(policy.agedMinutes, 0) * kMinuteMs;
}

bool strictLess(const Ticket &a, const Ticket &b)
{
    return std::tuple(a.priority, arrivalKey(a)) < std::tuple(b.priority, arrivalKey(b));
}

bool agedLess(const Ticket &a, const Ticket &b, const QueuePolicy &policy)
{
    const auto key = [&](const Ticket &t) {
        return std::tuple(t.priority != Priority::Emergency, t.arrivedAt - headStartMs(policy, t.priority), t.priority,
            arrivalKey(t));
    };
    return key(a) < key(b);
}

// Those who were called, the latest first. Emergencies neither wait nor take a turn.
std::vector<const Ticket *> latestCalls(std::span<const Ticket> lane)
{
    std::vector<const Ticket *> called;
    for (const Ticket &t : lane)
        if (!t.deleted && t.calledAt != 0 && t.state != TicketState::Waiting && t.priority != Priority::Emergency)
            called.push_back(&t);
    std::sort(called.begin(), called.end(), [](const Ticket *a, const Ticket *b) {
        return std::tuple(a->calledAt, a->id) > std::tuple(b->calledAt, b->id);
    });
    return called;
}

// Where the ratio's round stands: how many of which kind went last in a row. A new day begins with a high one.
struct Turn {
    bool normal = true;
    int run = 0;

    Turn(std::span<const Ticket> lane, int ratioNormal) : run(ratioNormal)
    {
        const auto calls = latestCalls(lane);
        if (calls.empty())
            return;
        normal = calls.front()->priority == Priority::Normal;
        run = 0;
        for (const Ticket *t : calls) {
            if ((t->priority == Priority::Normal) != normal)
                break;
            ++run;
        }
    }
    void take(bool isNormal)
    {
        run = isNormal == normal ? run + 1 : 1;
        normal = isNormal;
    }
};

// Takes from the strict order: emergencies, then in rounds.
std::vector<std::size_t> inRatio(
    std::span<const Ticket> lane, const std::vector<std::size_t> &strict, const QueuePolicy &policy)
{
    const int highs = std::max(policy.ratioHigh, 1);
    const int normals = std::max(policy.ratioNormal, 1);
    std::vector<std::size_t> out;
    std::vector<std::size_t> high;
    std::vector<std::size_t> normal;
    for (const std::size_t i : strict) {
        auto &list = lane[i].priority == Priority::Emergency ? out
            : lane[i].priority == Priority::Normal           ? normal
                                                             : high;
        list.push_back(i);
    }
    Turn turn(lane, normals);
    auto h = high.cbegin();
    auto n = normal.cbegin();
    while (h != high.cend() || n != normal.cend()) {
        const bool normalsTurn = turn.normal ? turn.run < normals : turn.run >= highs;
        const bool takeNormal = h == high.cend() || (n != normal.cend() && normalsTurn);
        out.push_back(takeNormal ? *n++ : *h++);
        turn.take(takeNormal);
    }
    return out;
}

} // namespace

std::vector<std::size_t> callOrder(std::span<const Ticket> lane, const QueuePolicy &policy)
{
    std::vector<std::size_t> waiting;
    for (std::size_t i = 0; i < lane.size(); ++i)
        if (lane[i].state == TicketState::Waiting && !lane[i].deleted)
            waiting.push_back(i);
    const bool aged = policy.kind == PolicyKind::Aged;
    std::sort(waiting.begin(), waiting.end(), [&](std::size_t a, std::size_t b) {
        return aged ? agedLess(lane[a], lane[b], policy) : strictLess(lane[a], lane[b]);
    });
    return policy.kind == PolicyKind::Ratio ? inRatio(lane, waiting, policy) : waiting;
}

std::optional<Next> next(std::span<const Ticket> lane, const QueuePolicy &policy, std::int64_t nowMs)
{
    const auto order = callOrder(lane, policy);
    if (order.empty())
        return std::nullopt;
    const Ticket &first = lane[order.front()];
    const auto others = std::span(order).subspan(1);
    const bool passesHigher = std::any_of(
        others.begin(), others.end(), [&](std::size_t i) { return lane[i].priority < first.priority; });
    const bool passesLower = std::any_of(
        others.begin(), others.end(), [&](std::size_t i) { return lane[i].priority > first.priority; });
    Reason reason{
        .kind = Reason::Kind::LongestWaiting, .priority = first.priority, .waitMin = waitedMinutes(first, nowMs)};
    if (first.priority == Priority::Emergency)
        reason.kind = Reason::Kind::Emergency;
    else if (passesHigher)
        reason.kind = policy.kind == PolicyKind::Ratio ? Reason::Kind::NormalTurn : Reason::Kind::WaitedPastPriority;
    else if (passesLower)
        reason.kind = Reason::Kind::HigherPriority;
    return Next{order.front(), reason};
}

QString reasonText(const Reason &reason)
{
    const QString wait = QStringLiteral("waits %1 min").arg(reason.waitMin);
    const auto word = toText(reason.priority);
    switch (reason.kind) {
    case Reason::Kind::Emergency:
        return QStringLiteral("emergency");
    case Reason::Kind::HigherPriority:
        return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())) + QStringLiteral(", ") + wait;
    case Reason::Kind::LongestWaiting:
        return QStringLiteral("longest waiting, %1 min").arg(reason.waitMin);
    case Reason::Kind::WaitedPastPriority:
        return QStringLiteral("%1, longer than a higher priority may pass").arg(wait);
    case Reason::Kind::NormalTurn:
        return QStringLiteral("turn of those without priority, %1").arg(wait);
    }
    return {};
}

int waitedMinutes(const Ticket &ticket, std::int64_t nowMs)
{
    const std::int64_t until = ticket.state != TicketState::Waiting && ticket.calledAt != 0 ? ticket.calledAt : nowMs;
    return static_cast<int>(std::clamp<std::int64_t>((until - ticket.arrivedAt) / kMinuteMs, 0, 7 * 24 * 60));
}

std::optional<WaitRange> waitRange(std::span<const Ticket> lane)
{
    constexpr std::size_t kFewest = 3;
    constexpr std::size_t kRecent = 20; // the morning's first hour says little about noon
    std::vector<const Ticket *> called = latestCalls(lane);
    if (called.size() < kFewest)
        return std::nullopt;
    called.resize(std::min(called.size(), kRecent));
    std::vector<int> waits;
    for (const Ticket *t : called)
        waits.push_back(waitedMinutes(*t, t->calledAt));
    std::sort(waits.begin(), waits.end());
    const int low = waits[(waits.size() - 1) / 4] / 5 * 5;
    const int high = (waits[waits.size() - 1 - (waits.size() - 1) / 4] + 4) / 5 * 5;
    return WaitRange{low, std::max(high, low + 5)};
}

} // namespace anteroom::domain

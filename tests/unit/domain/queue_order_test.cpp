// Who is next: each policy's promise, the reason it gives, and that the order is total whatever the tickets are.
#include "domain/queue.h"

#include <QTest>

#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

using namespace anteroom;
using namespace anteroom::domain;

namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;

Ticket waiting(int name, Priority p, int minutes)
{
    Ticket t;
    t.id.bytes[15] = static_cast<std::uint8_t>(name);
    t.id.bytes[14] = static_cast<std::uint8_t>(name >> 8);
    t.priority = p;
    t.arrivedAt = kNow - minutes * 60'000LL;
    return t;
}

Ticket called(int name, Priority p, int waited, int minutesAgo)
{
    Ticket t = waiting(name, p, waited + minutesAgo);
    t.state = TicketState::Done;
    t.calledAt = kNow - minutesAgo * 60'000LL;
    return t;
}

int nameOf(const Ticket &t)
{
    return t.id.bytes[15] + 256 * t.id.bytes[14];
}

std::vector<int> names(const std::vector<Ticket> &lane, const QueuePolicy &policy)
{
    std::vector<int> out;
    for (const std::size_t i : callOrder(lane, policy))
        out.push_back(nameOf(lane[i]));
    return out;
}

std::vector<Ticket> anyLane()
{
    std::vector<Ticket> lane;
    const int size = *rc::gen::inRange(0, 30);
    for (int i = 0; i < size; ++i) {
        const auto p = static_cast<Priority>(*rc::gen::inRange(0, 4));
        const int wait = *rc::gen::inRange(0, 12) * 10;
        Ticket t = *rc::gen::inRange(0, 3) == 0 ? called(i, p, wait, *rc::gen::inRange(0, 5)) : waiting(i, p, wait);
        t.deleted = *rc::gen::inRange(0, 10) == 0;
        lane.push_back(t);
    }
    return lane;
}

QueuePolicy anyPolicy()
{
    return {static_cast<PolicyKind>(*rc::gen::inRange(0, 3)), *rc::gen::inRange(0, 60), *rc::gen::inRange(0, 4),
        *rc::gen::inRange(0, 4)};
}

} // namespace

class QueueOrderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void strictGoesByPriorityThenArrival();
    void agedLetsLongWaitsPass();
    void ratioGivesNormalItsTurn();
    void reasonsSayWhy();
    void orderIsTotal();
    void emergencyIsNeverOvertaken();
    void equalPrioritiesStayInOrderOfArrival();
};

void QueueOrderTest::strictGoesByPriorityThenArrival()
{
    const std::vector<Ticket> lane{waiting(1, Priority::Normal, 90), waiting(2, Priority::Urgent, 5),
        waiting(3, Priority::Emergency, 1), waiting(4, Priority::Priority, 30), waiting(5, Priority::Urgent, 9)};
    QCOMPARE(names(lane, {}), (std::vector<int>{3, 5, 2, 4, 1}));
}

void QueueOrderTest::agedLetsLongWaitsPass()
{
    const QueuePolicy policy{.kind = PolicyKind::Aged, .agedMinutes = 30};
    const std::vector<Ticket> lane{waiting(1, Priority::Normal, 61), waiting(2, Priority::Urgent, 0),
        waiting(3, Priority::Priority, 32), waiting(4, Priority::Normal, 10), waiting(5, Priority::Emergency, 0)};
    QCOMPARE(names(lane, policy), (std::vector<int>{5, 3, 1, 2, 4}));
}

void QueueOrderTest::ratioGivesNormalItsTurn()
{
    const QueuePolicy policy{.kind = PolicyKind::Ratio, .ratioHigh = 2, .ratioNormal = 1};
    std::vector<Ticket> lane;
    for (int i = 1; i <= 5; ++i)
        lane.push_back(waiting(i, Priority::Priority, 60 - i));
    lane.push_back(waiting(11, Priority::Normal, 90));
    lane.push_back(waiting(12, Priority::Normal, 80));
    QCOMPARE(names(lane, policy), (std::vector<int>{1, 2, 11, 3, 4, 12, 5}));
    lane.push_back(called(20, Priority::Urgent, 5, 2)); // one of a higher priority has just gone
    QCOMPARE(names(lane, policy), (std::vector<int>{1, 11, 2, 3, 12, 4, 5}));
    lane.push_back(called(21, Priority::Normal, 5, 1)); // a normal one went after it
    QCOMPARE(names(lane, policy), (std::vector<int>{1, 2, 11, 3, 4, 12, 5}));
}

void QueueOrderTest::reasonsSayWhy()
{
    using K = Reason::Kind;
    QVERIFY(!next({}, {}, kNow));
    const auto reason = [](std::vector<Ticket> lane, const QueuePolicy &policy) {
        return next(lane, policy, kNow)->reason;
    };
    QCOMPARE(reason({waiting(1, Priority::Normal, 12)}, {}), (Reason{K::LongestWaiting, Priority::Normal, 12}));
    QCOMPARE(reason({waiting(1, Priority::Normal, 50), waiting(2, Priority::Priority, 12)}, {}),
        (Reason{K::HigherPriority, Priority::Priority, 12}));
    QCOMPARE(reason({waiting(1, Priority::Normal, 50), waiting(2, Priority::Emergency, 2)}, {}),
        (Reason{K::Emergency, Priority::Emergency, 2}));
    QCOMPARE(reason({waiting(1, Priority::Normal, 95), waiting(2, Priority::Urgent, 2)}, {.kind = PolicyKind::Aged}),
        (Reason{K::WaitedPastPriority, Priority::Normal, 95}));
    QCOMPARE(
        reason({waiting(1, Priority::Normal, 5), waiting(2, Priority::Urgent, 2), called(3, Priority::Urgent, 1, 1)},
            {.kind = PolicyKind::Ratio, .ratioHigh = 1}),
        (Reason{K::NormalTurn, Priority::Normal, 5}));
    QCOMPARE(reasonText({K::HigherPriority, Priority::Priority, 12}), QStringLiteral("priority, waits 12 min"));
    QCOMPARE(reasonText({K::Emergency, Priority::Emergency, 2}), QStringLiteral("emergency"));
    QCOMPARE(reasonText({K::LongestWaiting, Priority::Normal, 3}), QStringLiteral("longest waiting, 3 min"));
}

void QueueOrderTest::orderIsTotal()
{
    QVERIFY(rc::check("each waiting ticket stands once, and however the lane is shuffled the order is the same", [] {
        std::vector<Ticket> lane = anyLane();
        const QueuePolicy policy = anyPolicy();
        const auto order = names(lane, policy);
        std::vector<int> expected;
        for (const Ticket &t : lane)
            if (t.state == TicketState::Waiting && !t.deleted)
                expected.push_back(nameOf(t));
        auto sorted = order;
        std::sort(sorted.begin(), sorted.end());
        RC_ASSERT(sorted == expected);
        for (std::size_t i = lane.size(); i > 1; --i)
            std::swap(lane[i - 1], lane[*rc::gen::inRange<std::size_t>(0, i)]);
        RC_ASSERT(names(lane, policy) == order);
    }));
}

void QueueOrderTest::emergencyIsNeverOvertaken()
{
    QVERIFY(rc::check("emergencies lead in every policy", [] {
        const std::vector<Ticket> lane = anyLane();
        bool past = false;
        for (const std::size_t i : callOrder(lane, anyPolicy())) {
            const bool emergency = lane[i].priority == Priority::Emergency;
            RC_ASSERT(!(past && emergency));
            past = past || !emergency;
        }
    }));
}

void QueueOrderTest::equalPrioritiesStayInOrderOfArrival()
{
    QVERIFY(rc::check("who came first of two with one priority goes first", [] {
        const std::vector<Ticket> lane = anyLane();
        std::int64_t last[4] = {0, 0, 0, 0};
        for (const std::size_t i : callOrder(lane, anyPolicy())) {
            auto &arrived = last[static_cast<int>(lane[i].priority)];
            RC_ASSERT(lane[i].arrivedAt >= arrived);
            arrived = lane[i].arrivedAt;
        }
    }));
}

QTEST_GUILESS_MAIN(QueueOrderTest)
#include "queue_order_test.moc"

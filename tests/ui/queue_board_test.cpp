// The queue without a replica: what a lane shows, in which order, when it may move, and the acts of a desk.
#include "ui/queue/board_view.h"
#include "ui/queue/ticket_acts.h"
#include "ui/queue/ticket_columns.h"
#include "ui/patients/patient_columns.h"

#include "core/clock.h"
#include "core/random.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;
using schema::Value;

namespace {

constexpr std::int64_t kNow = 1'800'000'000'000, kMinute = 60'000;
const QDate kToday(2027, 1, 15);

struct Clinic {
    SystemClock clock;
    SeededRandom random{7};
    node::QueueBoard board;
    DeskIdentity desk;

    Uuid id() { return uuidV7(clock, random); }
    Clinic()
    {
        schema::Row point = schema::emptyRow(schema::tables::service_points, id());
        point[point::kName] = Value{std::string("Triage")};
        point[point::kTargetMinutes] = Value{std::int64_t{30}};
        board.points.push_back(point);
        schema::Row room = schema::emptyRow(schema::tables::rooms, id());
        room[room::kName] = Value{std::string("Room 2")};
        room[room::kServicePoint] = Value{point.id};
        board.rooms.push_back(room);
        desk = {.device = id(), .user = id(), .servicePoint = point.id, .room = room.id};
    }
    node::TicketView &add(const char *label, std::int64_t waitedMin, domain::Priority priority = domain::Priority::Normal)
    {
        node::TicketView view{.ticket = schema::emptyRow(kTickets, id())};
        schema::Row &row = view.ticket;
        row[ticket::kServicePoint] = Value{board.points.front().id};
        row[ticket::kLabel] = Value{std::string(label)};
        row[ticket::kPriority] = Value{std::string(domain::toText(priority))};
        row[ticket::kState] = Value{std::string("waiting")};
        row[ticket::kArrivedAt] = Value{kNow - waitedMin * kMinute};
        board.tickets.push_back(view);
        return board.tickets.back();
    }
    BoardView view() const { return viewOf(board, desk, kNow, kToday); }
};

// The row after an act, as a host without other writers would hold it.
schema::Row after(const schema::Row &row, const node::Act &act)
{
    schema::Row out = row;
    for (const schema::GroupChange &group : act.changes.front().groups)
        schema::setGroupValues(kTickets, out, group.group, group.newValues);
    return out;
}

QStringList labels(const std::vector<TicketItem> &items)
{
    QStringList out;
    for (const TicketItem &item : items)
        out.append(item.label);
    return out;
}

QStringList labels(const LaneModel &lane) { return labels(lane.items()); }

} // namespace

class QueueBoardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void servedFirstThenCalledThenInOrderOfCall()
    {
        Clinic c;
        c.add("T-001", 50);
        c.add("T-002", 5, domain::Priority::Emergency);
        auto &called = c.add("T-003", 20).ticket;
        called = after(called, callNextAct(called, {}, c.desk, kNow - 20'000));
        auto &served = c.add("T-004", 40).ticket;
        served = after(served, serveAct(served, c.desk, kNow - 6 * kMinute));
        auto &gone = c.add("T-005", 90).ticket;
        gone = after(gone, noShowAct(gone, kNow));
        const BoardView view = c.view();
        QCOMPARE(labels(view.lanes.front().tickets), (QStringList{u"T-004"_s, u"T-003"_s, u"T-002"_s, u"T-001"_s}));
        QCOMPARE(labels(view.lanes.front().finished), QStringList{u"T-005"_s});
        QCOMPARE(view.lanes.front().waiting, 2);
        QCOMPARE(view.desk.current->label, u"T-004"_s);
        QCOMPARE(view.desk.next->label, u"T-002"_s);
        QVERIFY(view.desk.reason->kind == domain::Reason::Kind::Emergency);
        QVERIFY(view.lanes.front().tickets[3].past);                          // 50 min, target 30
        QCOMPARE(view.lanes.front().tickets[1].place, u"Room 2"_s);
        QCOMPARE(view.lanes.front().tickets[1].stateWords, u"Called · 20\u00A0s"_s);
        QCOMPARE(view.lanes.front().tickets[0].stateWords, u"In service · 6\u00A0min"_s);
    }

    void notConfirmedHasItsProvisionalLabel()
    {
        Clinic c;
        auto &view = c.add("", 1);
        view.confirmed = false;
        view.ticket[ticket::kProvisionalLabel] = Value{std::string("AB-p3")};
        const TicketItem item = c.view().lanes.front().tickets.front();
        QCOMPARE(item.label, u"AB-p3"_s);
        QVERIFY(!item.confirmed);
    }

    void orderWaitsWhileHeldContentsDoNot()
    {
        Clinic c;
        c.add("T-001", 20);
        c.add("T-002", 10);
        LaneModel lane;
        QAbstractItemModelTester tester(&lane);
        QVERIFY(lane.update(c.view().lanes.front().tickets, false));
        const QPersistentModelIndex second = lane.index(1);
        c.board.tickets[1].ticket[ticket::kPriority] = Value{std::string("emergency")};
        c.add("T-003", 1, domain::Priority::Urgent);
        const auto want = c.view().lanes.front().tickets;
        QVERIFY(!lane.update(want, true));
        QCOMPARE(labels(lane), (QStringList{u"T-001"_s, u"T-002"_s, u"T-003"_s}));
        QVERIFY(lane.at(1).priority == domain::Priority::Emergency);         // seen at once, where it stands
        QVERIFY(lane.update(want, false));
        QCOMPARE(labels(lane), (QStringList{u"T-002"_s, u"T-003"_s, u"T-001"_s}));
        QCOMPARE(second.row(), 0);                                            // the selection went along
    }

    void unchangedItemsRepaintNothing()
    {
        Clinic c;
        c.add("T-001", 20);
        c.add("T-002", 10);
        LaneModel lane;
        lane.update(c.view().lanes.front().tickets, false);
        QSignalSpy changed(&lane, &QAbstractItemModel::dataChanged);
        lane.update(c.view().lanes.front().tickets, false);
        QCOMPARE(changed.count(), 0);
        c.board.tickets[1].ticket[ticket::kNote] = Value{std::string("fever")};
        lane.update(c.view().lanes.front().tickets, false);
        QCOMPARE(changed.count(), 1);
    }

    void callingFinishesTheCurrentInTheSameAct()
    {
        Clinic c;
        const schema::Row next = c.add("T-001", 20).ticket, current = c.add("T-002", 10).ticket;
        const node::Act act = callNextAct(next, current, c.desk, kNow);
        QCOMPARE(act.changes.size(), std::size_t{2});
        QCOMPARE(act.changes[0].id, next.id);                                 // the claim is the first change
        QCOMPARE(after(next, act)[ticket::kDesk], Value{c.desk.device});
        QCOMPARE(act.changes[1].id, current.id);
    }

    void undoTakesBackWhatTheActMoved()
    {
        Clinic c;
        const schema::Row before = c.add("T-001", 20).ticket;
        const node::Act acts[] = {callNextAct(before, {}, c.desk, kNow), serveAct(before, c.desk, kNow), noShowAct(before, kNow),
                                  transferAct(before, c.id(), c.desk)};
        for (const node::Act &act : acts) {
            const schema::Row now = after(before, act);
            QVERIFY(now != before);
            const auto back = schema::makeInverse(act.changes.front(), now, "undone");
            QVERIFY(back);
            QCOMPARE(after(now, {.name = "undo", .changes = {*back}}), before);
        }
    }

    void transferKeepsTicketAndArrival()
    {
        Clinic c;
        const schema::Row before = c.add("T-001", 20).ticket;
        const Uuid other = c.id();
        const schema::Row now = after(before, transferAct(before, other, c.desk));
        QCOMPARE(now[ticket::kServicePoint], Value{other});
        QCOMPARE(now[ticket::kArrivedAt], before[ticket::kArrivedAt]);
        QCOMPARE(now[ticket::kLabel], before[ticket::kLabel]);
        QCOMPARE(schema::toText(now[ticket::kState]), std::string_view("waiting"));
    }

    void durationsReadAsPeopleSayThem()
    {
        QCOMPARE(durationText(8'000), u"8\u00A0s"_s);
        QCOMPARE(durationText(41 * kMinute), u"41\u00A0min"_s);
        QCOMPARE(durationText(164 * kMinute), u"2\u00A0h\u00A044\u00A0min"_s);
        QCOMPARE(durationText(-5), u"0\u00A0s"_s);
    }
};

QTEST_MAIN(QueueBoardTest)
#include "queue_board_test.moc"

// When two desks write the same thing: an open form that was overtaken, desks that were cut off, and numbers and calls
// that two desks want at the same moment. A real host and real clients.
#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patients.h"
#include "schema/tables/service_points.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/user_activity_log.h"
#include "sync/codec.h"
#include "tables/replica_pair.h"

#include <QTest>

#include <set>

using namespace anteroom;
using namespace anteroom::test;
using namespace anteroom::node;
using namespace anteroom::schema;
using namespace Qt::StringLiterals;

namespace {

constexpr const Table &kPatients = tables::patients, &kTickets = tables::active_patient_queue, &kConflicts = tables::sync_conflicts;
constexpr int kFamily = col(kPatients, "family_name"), kPhone = col(kPatients, "phone"), kNote = col(kPatients, "note"),
              kOccupation = col(kPatients, "occupation"), kNumber = col(kPatients, "number");
constexpr int kPoint = col(kTickets, "service_point_id"), kState = col(kTickets, "state"), kDesk = col(kTickets, "desk_id"),
              kTicketNumber = col(kTickets, "number");
constexpr int kTimes = 20;

Change patient(const std::string &family) { return makeInsert(kPatients, newId(), {{kFamily, family}}); }

Act edit(const Row &shown, int column, const std::string &value)
{
    return {"patients.edit", {makeUpdate(kPatients, shown, {{column, value}})}, {}};
}

Act ticketAct(const Uuid &point) { return {"queue.take", {makeInsert(kTickets, newId(), {{kPoint, point}})}, {}}; }

Act callAct(const Row &shown, const Uuid &desk)
{
    return {"queue.call", {makeUpdate(kTickets, shown, {{kState, std::string("called")}, {kDesk, desk}})}, {}};
}

Uuid firstPoint(Replica &replica) { return rowsWhere(replica, tables::service_points, {}).front().id; }

} // namespace

class ReplicaConflictTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void formOvertaken_data()
    {
        QTest::addColumn<bool>("formAtHost");
        QTest::newRow("form on the host") << true;
        QTest::newRow("form on the client") << false;
    }
    void formOvertaken()
    {
        QFETCH(bool, formAtHost);
        guarded([&] { overtake(formAtHost); });
    }
    void cutOffEdits_data()
    {
        QTest::addColumn<bool>("otherColumns");
        QTest::newRow("the same column") << false;
        QTest::newRow("different columns, then the same one") << true;
    }
    void cutOffEdits()
    {
        QFETCH(bool, otherColumns);
        guarded([&] { editBothCutOff(otherColumns); });
    }
    void callNextAtOnce() { guarded([this] { callAtOnce(); }); }
    void numbersAtOnce() { guarded([this] { numberAtOnce(); }); }

private:
    void guarded(const std::function<void()> &test)
    {
        try {
            test();
        } catch (const Broken &broken) {
            QFAIL(qPrintable(broken.why));
        }
    }

    void overtake(bool formAtHost)
    {
        ReplicaPair pair;
        Replica &a = formAtHost ? pair.host() : pair.client(), &b = formAtHost ? pair.client() : pair.host();
        const Change made = patient("Rivas");
        (void)saved(pair.host(), {"patients.register", {made}, {}});
        pair.awaitEqual(kPatients, made.id, u"registered"_s);
        const Row form = *rowOf(a, kPatients, made.id);                 // open on A

        (void)saved(b, edit(*rowOf(b, kPatients, made.id), kPhone, "0212 111"));
        const Row theirs = awaitRow(a, kPatients, made.id, u"B's phone"_s, [](const Row &row) { return toText(row[kPhone]) == "0212 111"; });

        const SaveOutcome late = take(a.commands().save(edit(form, kPhone, "0414 222")));
        QVERIFY(!late.saved);
        QCOMPARE(late.differences.size(), std::size_t(1));
        const Difference &d = late.differences.front();
        QVERIFY(d.table == &kPatients && d.id == made.id && d.group == columnAt(kPatients, kPhone).group);
        const auto columns = groupColumns(kPatients, d.group);
        const auto at = std::size_t(std::find(columns.begin(), columns.end(), kPhone) - columns.begin());
        QVERIFY(isNull(d.shown.at(at)));
        QCOMPARE(toQString(d.now.at(at)), u"0212 111"_s);
        QCOMPARE(toQString(d.mine.at(at)), u"0414 222"_s);
        QCOMPARE(d.changedBy, b.identity().personName);
        QVERIFY(*rowOf(a, kPatients, made.id) == theirs);               // nothing was written
        QVERIFY(rowsWhere(a, tables::user_activity_log, {{col(tables::user_activity_log, "entry_uuid"), late.entry}}).empty());

        // Another group of the same form is nobody's quarrel; the phone is saved on top of what is there now.
        (void)saved(a, edit(form, kNote, "prefers mornings"));
        (void)saved(a, edit(late.rows.front(), kPhone, "0414 222"));
        (void)awaitRow(b, kPatients, made.id, u"A's phone"_s,
                       [](const Row &row) { return toText(row[kPhone]) == "0414 222" && toText(row[kNote]) == "prefers mornings"; });
        pair.awaitSameContent();
        QVERIFY(rowsWhere(pair.host(), kConflicts, {}).empty());
    }

    void editBothCutOff(bool otherColumns)
    {
        ReplicaPair pair(2);
        Replica &a = pair.client(0), &b = pair.client(1);
        const Change made = patient("Soto");
        (void)saved(pair.host(), {"patients.register", {made}, {}});
        pair.awaitEqual(kPatients, made.id, u"registered"_s);
        pair.unplug();
        if (otherColumns) {
            (void)saved(a, edit(*rowOf(a, kPatients, made.id), kPhone, "111"));
            (void)saved(b, edit(*rowOf(b, kPatients, made.id), kNote, "allergic to pollen"));
        }
        (void)saved(a, edit(*rowOf(a, kPatients, made.id), kOccupation, "baker"));
        (void)saved(b, edit(*rowOf(b, kPatients, made.id), kOccupation, "welder"));
        pair.plug();

        await(pair.host(), u"one conflict"_s, [&] { return rowsWhere(pair.host(), kConflicts, {}).size() == 1; });
        pair.awaitSameContent();
        const Row row = *rowOf(pair.host(), kPatients, made.id);
        if (otherColumns) {
            QCOMPARE(toQString(row[kPhone]), u"111"_s);
            QCOMPARE(toQString(row[kNote]), u"allergic to pollen"_s);
        }
        const bool bakerWon = toText(row[kOccupation]) == "baker";
        QVERIFY(bakerWon || toText(row[kOccupation]) == "welder");

        const GroupNo group = columnAt(kPatients, kOccupation).group;
        const Replica &loser = bakerWon ? b : a, &winner = bakerWon ? a : b;
        for (Replica *replica : {&pair.host(), &a, &b}) {
            const std::vector<Row> lost = rowsWhere(*replica, kConflicts, {{col(kConflicts, "subject_id"), made.id}});
            QCOMPARE(lost.size(), std::size_t(1));
            const Row &l = lost.front();
            QCOMPARE(toQString(l[col(kConflicts, "status")]), u"open"_s);
            QCOMPARE(toInt(l[col(kConflicts, "merge_group")]), std::int64_t(group));
            QVERIFY(toUuid(l[col(kConflicts, "mine_device")]) == loser.identity().device);
            if (!otherColumns)                                          // it is the row's last writer that is named
                QVERIFY(toUuid(l[col(kConflicts, "theirs_device")]) == winner.identity().device);
            QVERIFY(l[col(kConflicts, "mine")] == Value{sync::encodeGroup(kPatients, group, {std::string(bakerWon ? "welder" : "baker")})});
            QVERIFY(l[col(kConflicts, "theirs")] == Value{sync::encodeGroup(kPatients, group, {std::string(bakerWon ? "baker" : "welder")})});
            await(*replica, u"the conflict in the status"_s, [&] { return replica->status().conflicts == 1 && replica->status().state == SyncState::Attention; });
        }
    }

    void callAtOnce()
    {
        ReplicaPair pair(2);
        Replica &a = pair.client(0), &b = pair.client(1);
        const Uuid point = firstPoint(pair.host());
        std::set<Uuid> served;
        for (int i = 0; i < kTimes; ++i) {
            std::vector<Uuid> fresh;
            for (int n = 0; n < 2; ++n) {
                const Act act = ticketAct(point);
                fresh.push_back(act.changes.front().id);
                (void)take(pair.host().commands().takeTicket(act));
            }
            for (const Uuid &id : fresh)
                pair.awaitEqual(kTickets, id, u"a waiting ticket"_s);
            // Both desks see the same first ticket and call it at the same moment.
            auto ofA = a.commands().callNext(callAct(*rowOf(a, kTickets, fresh.front()), a.identity().device));
            auto ofB = b.commands().callNext(callAct(*rowOf(b, kTickets, fresh.front()), b.identity().device));
            const ClaimOutcome forA = take(ofA), forB = take(ofB);
            QVERIFY(!forA.provisional && !forB.provisional);
            QVERIFY(forA.called && forB.called);
            QVERIFY(*forA.called != *forB.called);
            QVERIFY(served.insert(*forA.called).second && served.insert(*forB.called).second);
            const Row mine = awaitRow(b, kTickets, *forA.called, u"called by A"_s, [](const Row &row) { return toText(row[kState]) == "called"; });
            QVERIFY(toUuid(mine[kDesk]) == a.identity().device);
        }
        const ClaimOutcome none = take(a.commands().callNext({"queue.call",
            {makeUpdate(kTickets, *rowOf(a, kTickets, *served.begin()), {{col(kTickets, "recalls"), std::int64_t{1}}}),
             makeUpdate(kTickets, *rowOf(a, kTickets, *served.rbegin()), {{col(kTickets, "note"), std::string("gone home")}})}, {}}));
        QVERIFY(!none.called && !none.note.isEmpty());
        pair.awaitSameContent();
    }

    void numberAtOnce()
    {
        ReplicaPair pair(2);
        Replica &a = pair.client(0), &b = pair.client(1);
        const Uuid point = firstPoint(pair.host());
        for (int i = 0; i < kTimes; ++i) {
            auto ticketA = a.commands().takeTicket(ticketAct(point)), ticketB = b.commands().takeTicket(ticketAct(point)),
                 ticketHost = pair.host().commands().takeTicket(ticketAct(point));
            auto patientA = a.commands().save({"patients.register", {patient("A")}, {}}),
                 patientB = b.commands().save({"patients.register", {patient("B")}, {}}),
                 patientHost = pair.host().commands().save({"patients.register", {patient("H")}, {}});
            for (auto &future : {ticketA, ticketB, ticketHost}) {
                const ClaimOutcome taken = take(future);
                QVERIFY(!taken.provisional && !taken.number.empty());
            }
            for (auto &future : {patientA, patientB, patientHost})
                QVERIFY(take(future).saved);
        }
        pair.unplug();                                                  // and while nobody can be asked
        for (Replica *replica : {&a, &b, &pair.host()})
            (void)saved(*replica, {"patients.register", {patient("Offline")}, {}});
        pair.plug();
        await(pair.host(), u"all patients"_s, [&] { return take(pair.host().queries().countPatients()) == 3 * kTimes + 3; });
        pair.awaitSameContent();

        std::set<std::string> numbers;
        for (const Row &row : rowsWhere(pair.host(), kPatients, {}))
            QVERIFY(!isNull(row[kNumber]) && numbers.insert(std::string(toText(row[kNumber]))).second);
        std::set<std::int64_t> tickets;
        for (const Row &row : rowsWhere(pair.host(), kTickets, {}))
            QVERIFY(tickets.insert(toInt(row[kTicketNumber])).second);
        QCOMPARE(tickets.size(), std::size_t(3 * kTimes));
        QCOMPARE(*tickets.begin(), std::int64_t(1));
        QCOMPARE(*tickets.rbegin(), std::int64_t(3 * kTimes));          // no number was lost
    }
};

QTEST_GUILESS_MAIN(ReplicaConflictTest)
#include "replica_conflict_test.moc"

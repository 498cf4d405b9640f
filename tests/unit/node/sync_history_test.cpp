// Histories that part and meet again: what becomes of each row that a client holds and the host lost (rule 16, H10, H13,
// H15, H17, H18). Told over real databases and encoded messages.
#include "schema/tables/user_activity_log.h"
#include "unit/node/lost_story.h"

#include <QTest>

#include <set>

using namespace anteroom;
using namespace anteroom::test;

class SyncHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rule16_aRestoredHostGetsBackWhatItsClientsHold_data()
    {
        QTest::addColumn<bool>("marked");
        QTest::newRow("its mark says it") << true;
        QTest::newRow("its mark is gone, the salts say it") << false;
    }
    void rule16_aRestoredHostGetsBackWhatItsClientsHold()
    {
        QFETCH(bool, marked);
        Lost c;
        QVERIFY(note(c.desk(1), c.ana, "new").ok());
        const Uuid eva = c.desk(2).admit("Costa"), joe = c.host().admit("Rocha");
        QVERIFY(c.host().remove(patients, c.rui).ok());
        c.settle();
        const std::int64_t before = c.log().head();
        c.restore(0, c.saved, marked);
        QCOMPARE(c.log().epoch().number, marked ? 2 : 1);
        QVERIFY(!c.host().row(patients, eva));
        c.settle();
        c.expectEqual();
        QCOMPARE(c.log().epoch().number, 2);
        QCOMPARE(noteOf(c.host(), c.ana), std::string("new"));
        QVERIFY(c.host().row(patients, eva) && c.host().row(patients, joe));
        QVERIFY(c.host().row(patients, c.rui)->deleted());
        QVERIFY(openConflicts(c.host()).empty());
        QVERIFY(c.log().head() <= before + 2);       // an offer is one revision, and the second one brings nothing new
        const Saved later = note(c.desk(1), c.ana, "later");       // counters go on: it is neither a repeat nor a hole
        const Saved other = c.desk(2).change(patients, eva, {{kEmail, words("eva@example.org")}});
        c.settle();
        c.expectEqual();
        QCOMPARE(verdict(c.desk(1), later), Verdict::Applied);
        QCOMPARE(verdict(c.desk(2), other), Verdict::Applied);
    }

    void rule16_whatPeopleWroteSinceMeetsWhatIsOffered()
    {
        Lost c;
        QVERIFY(note(c.desk(1), c.ana, "lost part").ok());
        QVERIFY(c.desk(1).change(patients, c.rui, {{kCity, words("Braga")}}).ok());
        c.settle();
        const Row offered = *c.desk(1).row(patients, c.ana);
        c.restore(0, c.saved);
        QVERIFY(note(c.host(), c.ana, "here").ok());
        c.settle();
        c.expectEqual();
        QCOMPARE(noteOf(c.host(), c.ana), std::string("here"));
        QCOMPARE(c.host().text(patients, c.rui, "city"), std::string("Braga"));
        const auto open = openConflicts(c.desk(2));
        QCOMPARE(open.size(), 1u);                   // both clients offered it: the same loss is one conflict
        QVERIFY(schema::isNull(of(open[0], sync_conflicts, "base")));          // nobody knows what both started from
        QVERIFY(of(open[0], sync_conflicts, "mine") == picture(patients, kNote, offered));
        QVERIFY(of(open[0], sync_conflicts, "theirs") == picture(patients, kNote, *c.host().row(patients, c.ana)));
        QVERIFY(of(open[0], sync_conflicts, "mine_user") == Value(c.desk(1).who().user));
        QVERIFY(of(open[0], sync_conflicts, "theirs_user") == Value(c.host().who().user));
    }

    void rule16_deletedThereAndLiveHereIsForPeople()
    {
        Lost c(1);
        QVERIFY(c.desk(1).remove(patients, c.ana).ok());
        QVERIFY(note(c.desk(1), c.rui, "dead").ok());
        c.settle();
        c.restore(0, c.saved);
        QVERIFY(c.host().change(patients, c.ana, {{kEmail, words("a@b.c")}}).ok());
        QVERIFY(c.host().remove(patients, c.rui).ok());
        c.settle();
        c.expectEqual();
        QVERIFY(!c.host().row(patients, c.ana)->deleted() && c.host().row(patients, c.rui)->deleted());
        int whole = 0;
        for (const Row &row : openConflicts(c.host()))
            whole += of(row, sync_conflicts, "subject_id") == Value(c.ana) && of(row, sync_conflicts, "merge_group") == Value(std::int64_t{kWholeRow});
        QCOMPARE(whole, 1);
    }

    // Money taken and the log of acts are inserted, never changed: they come back whole, and no conflict is about them.
    void rule16_whatIsOnlyInsertedComesBackWhole()
    {
        Lost c(1);
        const Uuid bill = c.desk(1).add(patient_bills, {{kBillPatient, c.ana}}).row;
        c.settle();
        const int saved = c.backup(0);
        const Uuid paid = c.desk(1).add(payments, {{col(payments, "bill_id"), bill}, {col(payments, "amount"), std::int64_t{500}}}).row;
        c.settle();
        const std::size_t acts = c.host().rows(schema::tables::user_activity_log).size();
        c.restore(0, saved);
        QVERIFY(c.host().rows(schema::tables::user_activity_log).size() < acts);
        QVERIFY(c.host().change(patient_bills, bill, {{kBillNote, words("here")}}).ok());
        c.settle();
        c.expectEqual();
        QVERIFY(c.host().row(payments, paid));
        QVERIFY(openConflicts(c.host()).empty());
        QCOMPARE(c.host().rows(schema::tables::user_activity_log).size(), acts + 1);
    }

    void h17_theFurtherStateStays()
    {
        Lost c(1);
        const Uuid ticket = c.desk(1).takeTicket(c.ana).row, other = c.desk(1).takeTicket(c.rui).row;
        c.settle();
        const int saved = c.backup(0);
        const auto to = [](Desk &desk, const Uuid &id, const char *state) { QVERIFY(desk.change(active_patient_queue, id, {{kTicketState, words(state)}}).ok()); };
        to(c.desk(1), ticket, "called");
        to(c.desk(1), ticket, "done");
        to(c.desk(1), other, "called");
        c.settle();
        c.restore(0, saved);
        to(c.host(), ticket, "called");
        to(c.host(), other, "left");
        c.settle();
        c.expectEqual();
        QCOMPARE(c.host().text(active_patient_queue, ticket, "state"), std::string("done"));
        QCOMPARE(c.host().text(active_patient_queue, other, "state"), std::string("left"));
        QVERIFY(openConflicts(c.host()).empty());
    }

    void h13_theDaysSecondEpochHasALetter()
    {
        Lost c(1);
        const Uuid first = c.desk(1).takeTicket(c.ana).row;
        c.settle();
        const int saved = c.backup(0);
        const Uuid lost = c.desk(1).takeTicket(c.rui).row;
        c.settle();
        c.restore(0, saved);
        const Uuid again = c.host().takeTicket(c.rui).row;
        c.settle();
        c.expectEqual();
        const auto label = [&](const Uuid &ticket) { return QString::fromStdString(c.desk(1).text(active_patient_queue, ticket, "label")); };
        QVERIFY(label(first).endsWith(QStringLiteral("-001")));
        QVERIFY(label(lost).endsWith(QStringLiteral("-002")));
        QVERIFY2(label(again).endsWith(QStringLiteral("-b001")), qPrintable(label(again)));
        const auto flagged = openConflicts(c.desk(1));           // rule 14: what is offered is looked at too
        QCOMPARE(flagged.size(), 1u);
        QVERIFY(of(flagged[0], sync_conflicts, "rule") == words("second_ticket"));
    }

    // ---- H10: an offer counts once

    void h10_anOfferSentTwiceCountsOnce()
    {
        Lost c(1);
        QVERIFY(note(c.desk(1), c.ana, "lost part").ok());
        c.settle();
        c.restore(0, c.saved);
        QVERIFY(note(c.host(), c.ana, "here").ok());
        c.connect(1);
        QVERIFY(c.step(1, Way::Up) && c.step(1, Way::Down));
        QCOMPARE(next<Offer>(c, 1, Way::Up).rows.empty(), false);
        QVERIFY(c.step(1, Way::Up));                 // taken; what it was answered is lost with the line
        c.cut(1);
        const auto open = openConflicts(c.host());
        QCOMPARE(open.size(), 1u);
        QVERIFY(c.host().change(sync_conflicts, open[0].id, {{col(sync_conflicts, "status"), words("closed")}}).ok());
        const std::int64_t head = c.log().head();
        c.connect(1);
        QVERIFY(c.step(1, Way::Up));
        QVERIFY(next<Welcome>(c, 1, Way::Down).taken);
        QVERIFY(c.step(1, Way::Down));
        QVERIFY(next<Offer>(c, 1, Way::Up).rows.empty());
        c.deliver();
        QCOMPARE(c.log().head(), head);
        c.expectEqual();
        QVERIFY(openConflicts(c.desk(1)).empty());
    }

    void h10_anOlderLineCountsNoMore()
    {
        Lost c(1);
        QVERIFY(note(c.desk(1), c.ana, "lost part").ok());
        c.settle();
        c.restore(0, c.saved);
        c.connect(1);
        QVERIFY(c.step(1, Way::Up) && c.step(1, Way::Down));
        const QByteArray offer = c.desk(1).line()->underWay(Way::Up).front();
        c.cut(1);
        c.connect(1);
        QVERIFY(c.step(1, Way::Up));                 // WELCOME: not taken yet
        c.desk(1).line()->inject(Way::Up, offer);
        QVERIFY(c.step(1, Way::Up));
        const std::int64_t head = c.log().head();
        c.deliver();
        QCOMPARE(c.log().head(), head);
        c.settle();
        c.expectEqual();
        QCOMPARE(noteOf(c.host(), c.ana), std::string("lost part"));
    }

    void h10_theForkIsDurableBeforeTheOfferLeaves()
    {
        Welcome welcome;
        QVERIFY(!ClientEngine::needsFull(welcome));
        welcome.fork = 7;
        QVERIFY(ClientEngine::needsFull(welcome));
        QVERIFY(HostLog::needsFull(Offer{}) && HostLog::needsFull(Push{}) && !HostLog::needsFull(Ack{}));
    }

    // ---- H15: later and earlier are told by salts

    void h15_laterAndEarlierPicturesOfOneLostHistory_data()
    {
        QTest::addColumn<std::vector<int>>("order");
        QTest::newRow("the later one first") << std::vector{1, 2, 3};
        QTest::newRow("the earlier one first") << std::vector{3, 2, 1};
        QTest::newRow("the middle one first") << std::vector{2, 3, 1};
    }
    void h15_laterAndEarlierPicturesOfOneLostHistory()
    {
        QFETCH(std::vector<int>, order);
        Lost c(3);
        QVERIFY(note(c.host(), c.ana, "one").ok());
        c.deliver();
        c.cut(3);
        QVERIFY(note(c.host(), c.ana, "two").ok());
        c.deliver();
        c.cut(2);
        QVERIFY(note(c.host(), c.ana, "three").ok());
        c.deliver();
        c.restore(0, c.saved);
        for (const int n : order)
            connectAlone(c, n);
        c.settle();
        c.expectEqual();
        QCOMPARE(noteOf(c.host(), c.ana), std::string("three"));
        QVERIFY(openConflicts(c.host()).empty());
    }

    // The first client brings the lost day back and people go on; another one brings the same day.
    void h15_whatWasTakenAndGoneOnWithIsNoConflict()
    {
        Lost c;
        QVERIFY(note(c.desk(1), c.ana, "lost part").ok());
        c.settle();
        c.restore(0, c.saved);
        connectAlone(c, 1);
        QVERIFY(note(c.desk(1), c.ana, "gone on").ok());
        c.deliver();
        connectAlone(c, 2);
        c.settle();
        c.expectEqual();
        QCOMPARE(noteOf(c.host(), c.ana), std::string("gone on"));
        QVERIFY(openConflicts(c.host()).empty());
    }

    void h15_historiesThatDoNotContainEachOtherMergeByGroup()
    {
        Lost c;
        c.cut(2);
        QVERIFY(note(c.host(), c.ana, "first").ok());
        c.deliver();
        c.restore(0, c.saved);
        c.connect(2);
        QVERIFY(note(c.host(), c.ana, "second").ok());
        c.deliver();
        c.restore(0, c.saved);
        c.settle();
        c.expectEqual();
        const auto open = openConflicts(c.host());
        QCOMPARE(open.size(), 1u);
        QVERIFY(schema::isNull(of(open[0], sync_conflicts, "base")));
        Row other = *c.host().row(patients, c.ana);
        const std::string now = noteOf(c.host(), c.ana);
        QVERIFY(now == "first" || now == "second");
        other[kNote] = words(now == "first" ? "second" : "first");
        QVERIFY(of(open[0], sync_conflicts, "mine") == picture(patients, kNote, other));
    }

    // ---- decisions

    void rule16_aConflictThatWasClosedThereIsClosed()
    {
        Lost c;
        c.cut(2);
        QVERIFY(note(c.desk(1), c.ana, "mine").ok());
        c.deliver();
        QVERIFY(note(c.desk(2), c.ana, "other").ok());
        c.settle();
        QCOMPARE(openConflicts(c.host()).size(), 1u);
        const int saved = c.backup(0);
        const Uuid conflict = openConflicts(c.host())[0].id;
        QVERIFY(c.desk(1).change(sync_conflicts, conflict, {{col(sync_conflicts, "status"), words("closed")}, {col(sync_conflicts, "note"), words("there")}}).ok());
        c.settle();
        const int later = c.backup(1);
        c.restore(0, saved);
        QCOMPARE(openConflicts(c.host()).size(), 1u);
        c.settle();
        c.expectEqual();
        QVERIFY(openConflicts(c.host()).empty());
        c.restore(1, later, false);                  // and once more, against another decision
        c.restore(0, saved);
        c.cut(2);
        QVERIFY(c.host().change(sync_conflicts, conflict, {{col(sync_conflicts, "status"), words("closed")}, {col(sync_conflicts, "note"), words("here")}}).ok());
        connectAlone(c, 1);
        QVERIFY(openConflicts(c.host()).empty());
        std::set<std::string> notes;
        for (const Row &row : c.host().rows(sync_conflicts))
            notes.insert(std::string(schema::toText(of(row, sync_conflicts, "note"))));
        QVERIFY(notes.contains("here") && notes.contains("there"));
    }
};

QTEST_GUILESS_MAIN(SyncHistoryTest)
#include "sync_history_test.moc"

// Tickets: what only the host can answer, and what the desks do meanwhile (rules 9 and 13, H7, H9, H12, H13, H17).
#include "unit/node/story.h"

#include <QTest>

#include <set>

using namespace anteroom;
using namespace anteroom::test;

class SyncClaimsTest : public QObject {
    Q_OBJECT

private:
    struct Queue : Clinic {
        Uuid ana, rui;
        explicit Queue(int n = 2) : Clinic(n)
        {
            settle();
            ana = desk(1).admit("Silva");
            rui = desk(1).admit("Lima");
            settle();
        }
        Uuid ticketOf(const Uuid &patient)
        {
            const Uuid made = desk(1).takeTicket(patient).row;
            settle();
            return made;
        }
        std::string show(int n, const Uuid &ticket, std::string_view column) { return desk(n).text(active_patient_queue, ticket, column); }
        Saved state(int n, const Uuid &ticket, const char *to) { return desk(n).change(active_patient_queue, ticket, {{kTicketState, words(to)}}); }
    };

private Q_SLOTS:
    void rule13_oneActNeverGivesOneNumberTwice()
    {
        Clinic c(1);
        c.settle();
        const auto ticket = [&c](const char *point) {
            return schema::makeInsert(active_patient_queue, c.newId(), {{schema::col(active_patient_queue, "service_point_id"), c.point(point)}});
        };
        const Saved twice = c.desk(1).save({ticket("Triage"), ticket("Triage")}, schema::Claim::Take);
        c.settle();
        QCOMPARE(verdict(c.desk(1), twice), Verdict::Refused);
        QCOMPARE(c.desk(1).rejected().size(), 1u);               // readable, not gone
        QVERIFY(!c.host().save({ticket("Triage"), ticket("Triage")}).ok());
        QVERIFY(c.desk(1).save({ticket("Triage")}, schema::Claim::Take).ok());
        c.settle();
        c.expectEqual();
        QCOMPARE(c.host().rows(active_patient_queue).size(), 1u);
    }

    void h7_aProvisionalNumberStandsUntilTheHostFillsTheNumber()
    {
        Queue c;
        c.cut(1);
        const Saved taken = c.desk(1).takeTicket(c.ana);
        QVERIFY(taken.ok());
        c.desk(1).goOn(taken.seq);
        const std::string provisional = c.show(1, taken.row, "provisional_label");
        QVERIFY2(provisional.find("-p") != std::string::npos, provisional.c_str());
        QCOMPARE(c.show(1, taken.row, "label"), std::string());
        QVERIFY(c.desk(1).change(active_patient_queue, taken.row, {{kTicketNote, words("wheelchair")}}).ok());
        c.settle();
        c.expectEqual();
        const auto answer = c.desk(1).answer(taken.entry);
        QVERIFY(answer && answer->verdict == Verdict::Applied);
        QCOMPARE(answer->number, std::string("T-001"));
        QCOMPARE(c.show(2, taken.row, "label"), std::string("T-001"));
        QCOMPARE(c.show(2, taken.row, "provisional_label"), provisional);   // people hold it in their hands
        QCOMPARE(c.show(2, taken.row, "note"), std::string("wheelchair"));
        QVERIFY(openConflicts(c.host()).empty());                           // H12
        QCOMPARE(c.merged(taken.entry), 1);
    }

    void rule13_numbersAreUniqueWhoeverTakesThem()
    {
        Queue c(3);
        std::vector<Uuid> made;
        for (int n = 1; n <= 3; ++n)
            c.cut(n);
        for (int n = 0; n <= 3; ++n) {
            const Saved taken = c.desk(n).takeTicket(n % 2 ? c.ana : c.rui);
            QVERIFY(taken.ok());
            made.push_back(taken.row);
        }
        c.settle();
        c.expectEqual();
        std::set<std::string> labels;
        for (const Uuid &ticket : made)
            labels.insert(c.show(1, ticket, "label"));
        QVERIFY(labels == (std::set<std::string>{"T-001", "T-002", "T-003", "T-004"}));
    }

    void rule13_twoDesksCallTheSameTicket()
    {
        Queue c;
        const Uuid first = c.ticketOf(c.ana), second = c.ticketOf(c.rui);
        c.cut(1);
        c.cut(2);
        const Saved mine = c.desk(1).callTicket(first), other = c.desk(2).callTicket(first);
        QCOMPARE(c.show(1, first, "state"), std::string("waiting"));        // an unanswered call is not shown
        c.desk(2).goOn(other.seq);                                          // this desk does not wait
        QCOMPARE(c.show(2, first, "state"), std::string("called"));
        QVERIFY(c.desk(1).row(active_patient_queue, first).has_value());
        c.connect(1);
        c.deliver();
        c.settle();
        c.expectEqual();
        QVERIFY(c.desk(1).answer(mine.entry)->called == first);
        QVERIFY(c.desk(2).answer(other.entry)->called == second);           // the next one, under the same seq
        QVERIFY(c.desk(1).row(active_patient_queue, first)->operator[](kTicketDesk) == Value(c.desk(1).who().device));
        QVERIFY(c.desk(1).row(active_patient_queue, second)->operator[](kTicketDesk) == Value(c.desk(2).who().device));
        QVERIFY(openConflicts(c.host()).empty());
        QVERIFY(c.desk(2).rejected().empty());
    }

    void rule9_aDeskDoesNotMoveWhatAnotherDeskHas()
    {
        Queue c;
        const Uuid first = c.ticketOf(c.ana), second = c.ticketOf(c.rui);
        const auto serves = [&](int n) {
            return std::vector<schema::ColumnValue>{{kTicketState, words("in_service")}, {kTicketDesk, c.desk(n).who().device}};
        };
        c.cut(2);
        const Saved provisional = c.desk(2).callTicket(first);
        c.desk(2).goOn(provisional.seq);
        QVERIFY(c.desk(2).change(active_patient_queue, first, serves(2)).ok());     // goes on with who stands there
        (void)c.desk(1).callTicket(first);
        c.deliver();
        c.connect(2);
        c.deliver();
        c.settle();
        c.expectEqual();
        QCOMPARE(c.show(1, first, "state"), std::string("called"));
        QVERIFY(c.desk(2).row(active_patient_queue, first)->operator[](kTicketDesk) == Value(c.desk(1).who().device));
        QVERIFY(c.desk(2).answer(provisional.entry)->called == second);
        QCOMPARE(openConflicts(c.host()).size(), 1u);                        // both desks see that two serve one patient
    }

    void rule13_nobodyWaits()
    {
        Queue c;
        const Uuid only = c.ticketOf(c.ana);
        QVERIFY(c.state(2, only, "called").ok());
        c.settle();
        const Saved alone = c.desk(1).callTicket(only);
        QVERIFY(alone.ok());
        const Row patient = c.desk(1).row(patients, c.ana).value();
        const Saved rides = c.desk(1).callTicket(only, {schema::makeUpdate(patients, patient, {{kNote, words("seen")}})});
        c.settle();
        c.expectEqual();
        QCOMPARE(verdict(c.desk(1), alone), Verdict::Refused);
        QCOMPARE(c.desk(1).answer(alone.entry)->why, std::string("Nobody waits here."));
        QCOMPARE(verdict(c.desk(1), rides), Verdict::Applied);              // finishing the current one is not lost with it
        QCOMPARE(c.desk(1).answer(rides.entry)->why, std::string("Nobody waits here."));
        QVERIFY(!c.desk(1).answer(rides.entry)->called);
        QCOMPARE(c.desk(2).text(patients, c.ana, "note"), std::string("seen"));
    }

    void h9_aClaimThatComesAgainUnderANewSeqIsHarmless()
    {
        Queue c;
        const Uuid waits = c.ticketOf(c.rui);
        c.cut(1);
        const Saved taken = c.desk(1).takeTicket(c.ana), called = c.desk(1).callTicket(waits);
        Entry take, call;
        QVERIFY(c.desk(1).tx([&](StoreTx &tx, Effects &) {
            take = tx.outbox(taken.seq)->entry;
            call = tx.outbox(called.seq)->entry;
        }));
        c.settle();
        const auto before = c.host().row(active_patient_queue, taken.row), granted = c.host().row(active_patient_queue, waits);
        QVERIFY(c.desk(1).force(take).seq == called.seq + 1 && c.desk(1).force(call).seq == called.seq + 2);
        c.settle();
        c.expectEqual();
        QCOMPARE(c.merged(take.uuid), 1);                                   // known by its audit rows
        QCOMPARE(c.desk(1).answer(take.uuid)->number, std::string("T-002"));
        QVERIFY(c.desk(1).answer(call.uuid)->called == waits);
        QVERIFY(c.host().row(active_patient_queue, taken.row) == before);
        QVERIFY(c.host().row(active_patient_queue, waits) == granted);
        QCOMPARE(c.host().rows(active_patient_queue).size(), 2u);
        QVERIFY(openConflicts(c.host()).empty());
    }

    void h13_ticketsOfALostHistoryMayStillBeOnPaper()
    {
        Queue c;
        QVERIFY(c.host().tx([&](StoreTx &tx, Effects &) { setStateEpoch(tx, {2, c.newId()}); }));
        c.crash(0);                                                         // no ticket of epoch 1 is here, and yet
        QCOMPARE(c.show(0, c.host().takeTicket(c.rui).row, "label"), std::string("T-b001"));
        QCOMPARE(c.show(0, c.host().takeTicket(c.ana).row, "label"), std::string("T-b002"));
        const std::string day = c.show(0, c.host().takeTicket(c.rui).row, "clinic_day");
        QVERIFY(c.host().tx([&](StoreTx &tx, Effects &) {                   // restored to before epoch 2: its tickets come back by an offer
            tx.setState("ticket_epochs", QByteArray::fromStdString(day + " 1 1"));
            setStateEpoch(tx, {3, c.newId()});
            for (const Row &row : tx.find(active_patient_queue, {}))
                tx.eraseRow(active_patient_queue, row.id);
        }));
        c.crash(0);
        QCOMPARE(c.show(0, c.host().takeTicket(c.rui).row, "label"), std::string("T-c001"));
        c.wait(24 * 3600 * 1000);
        QCOMPARE(c.show(0, c.host().takeTicket(c.ana).row, "label"), std::string("T-001"));
    }

    void h13_aNewEpochOfTheDayNumbersWithALetter()
    {
        Queue c;
        const Uuid first = c.ticketOf(c.ana);
        QCOMPARE(c.show(0, first, "label"), std::string("T-001"));
        c.cut(1);
        c.cut(2);
        QVERIFY(c.host().tx([&](StoreTx &tx, Effects &) { setStateEpoch(tx, {2, c.newId()}); }));
        c.crash(0);
        QCOMPARE(c.show(0, c.host().takeTicket(c.rui).row, "label"), std::string("T-b001"));
        QCOMPARE(c.show(0, c.host().takeTicket(c.ana).row, "label"), std::string("T-b002"));
        c.connect(1);
        c.settle();                                                         // a client of an older epoch is told, and goes on
        c.expectEqual();
        QCOMPARE(c.log().epoch().number, 2);
        c.wait(24 * 3600 * 1000);
        QCOMPARE(c.show(0, c.host().takeTicket(c.ana).row, "label"), std::string("T-001"));
    }

    void h17_theFurtherStateStays()
    {
        Queue c;
        const Uuid ticket = c.ticketOf(c.ana);
        c.cut(2);
        const Saved late = c.state(2, ticket, "called");
        QVERIFY(c.state(1, ticket, "called").ok() && c.state(1, ticket, "done").ok());
        c.deliver();
        c.settle();
        c.expectEqual();
        QCOMPARE(c.show(2, ticket, "state"), std::string("done"));
        QCOMPARE(verdict(c.desk(2), late), Verdict::Applied);
        QVERIFY(openConflicts(c.host()).empty());
    }

    void rule9_aForwardStepIsTakenFromAnotherState()
    {
        Queue c;
        const Uuid ticket = c.ticketOf(c.ana);
        c.cut(2);
        QVERIFY(c.state(2, ticket, "left").ok());                            // who saw it waiting
        QVERIFY(c.state(1, ticket, "called").ok());
        c.deliver();
        c.settle();
        c.expectEqual();
        QCOMPARE(c.show(1, ticket, "state"), std::string("left"));
        QVERIFY(openConflicts(c.host()).empty());
    }

    void h17_anUndoNeedsTheStateThatWasShown()
    {
        Queue c;
        const Uuid ticket = c.ticketOf(c.ana);
        QVERIFY(c.state(1, ticket, "called").ok());
        c.settle();
        c.cut(2);
        QVERIFY(c.state(2, ticket, "waiting").ok());
        QVERIFY(c.state(1, ticket, "in_service").ok());
        c.deliver();
        c.settle();
        c.expectEqual();
        QCOMPARE(c.show(2, ticket, "state"), std::string("in_service"));
        QCOMPARE(openConflicts(c.host()).size(), 1u);
        QVERIFY(c.state(2, ticket, "called").ok());                          // one step back from what is shown now
        c.settle();
        QCOMPARE(c.show(1, ticket, "state"), std::string("called"));
        QCOMPARE(openConflicts(c.host()).size(), 1u);
        c.expectEqual();
    }

    void h17_twoDesksAtTheSameStateOpenAConflict()
    {
        Queue c;
        const Uuid ticket = c.ticketOf(c.ana);
        c.cut(1);
        c.cut(2);
        for (int n = 1; n <= 2; ++n)
            QVERIFY(c.desk(n).change(active_patient_queue, ticket, {{kTicketState, words("in_service")}, {kTicketDesk, c.desk(n).who().device}}).ok());
        c.connect(1);
        c.deliver();
        c.settle();
        c.expectEqual();
        QVERIFY(c.host().row(active_patient_queue, ticket)->operator[](kTicketDesk) == Value(c.desk(1).who().device));
        QCOMPARE(openConflicts(c.desk(2)).size(), 1u);
    }
};

QTEST_GUILESS_MAIN(SyncClaimsTest)
#include "sync_claims_test.moc"

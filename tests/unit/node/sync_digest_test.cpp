// Equality (rule 15): each kind of damage that a change index can have is noticed at the next heartbeat, healed from the
// host, and nothing that only this PC holds goes silently. The sums that are kept equal the sums that are counted.
#include "unit/node/digest_story.h"

#include <QTest>

#include <rapidcheck.h>

using namespace anteroom;
using namespace anteroom::test;

namespace {

std::int64_t agreed(Desk &desk)
{
    std::int64_t rev = 0;
    (void)desk.tx([&](StoreTx &tx, Effects &) { rev = agreedRev(tx); });
    return rev;
}

void loseRow(Desk &desk, const Table &table, const Uuid &id)
{
    (void)desk.tx([&](StoreTx &tx, Effects &) {
        const RowKey key{&table, id};
        forget({&key, 1}, tx);
        tx.eraseRow(table, id);
    });
}

Uuid ghost(Desk &desk, const Uuid &id, const char *note)
{
    (void)desk.tx([&](StoreTx &tx, Effects &) {
        Row row = schema::emptyRow(patients, id);
        row[col(patients, "family_name")] = words("Ghost");
        row[kNote] = words(note);
        const RowAt at{&patients, row, {1, 900}};
        touch({&at, 1}, tx);
        tx.putRow(patients, row);
    });
    return id;
}

QString rejectedText(Desk &desk, int column)
{
    for (const auto &item : desk.rejected())
        if (const auto entry = decodeEntry(item.entry))
            for (const auto &change : entry->changes) {
                Row row = schema::emptyRow(*change.table, change.id);
                for (const auto &group : change.groups)
                    schema::setGroupValues(*change.table, row, group.group, group.newValues);
                if (change.table == &patients)
                    return schema::toQString(row[column]) + u" | " + QString::fromStdString(item.why);
            }
    return {};
}

} // namespace

class SyncDigestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // ---- the sums

    void sumDependsOnTableIdAndRevisionAlone()
    {
        const Uuid id{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
        const std::uint64_t sum = placeHash(patients, id, 7);
        QCOMPARE(sum, placeHash(patients, id, 7));
        QVERIFY(sum != placeHash(notes, id, 7));
        QVERIFY(sum != placeHash(patients, id, 8));
        QVERIFY(sum != placeHash(patients, Uuid{}, 7));
    }

    void keptSumsEqualCountedOnes()
    {
        QVERIFY(rc::check("sums after a random history", [] {
            const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
            const auto acts = *rc::gen::resize(30, rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 64)));
            Clinic clinic(2, seed, 3);
            clinic.settle();
            std::vector<Uuid> known{clinic.host().admit("First")}, written;
            for (const int act : acts) {
                Desk &desk = clinic.desk(act % 3);
                const Uuid patient = known[static_cast<std::size_t>(act) % known.size()];
                switch (act / 3 % 8) {
                case 0: known.push_back(desk.admit("More")); break;
                case 1: (void)desk.change(patients, patient, {{kNote, std::to_string(act)}}); break;
                case 2: written.push_back(noteAbout(desk, patient, "seen")); break;
                case 3: (void)clinic.step(1 + act % 2, Way::Up); break;
                case 4: clinic.deliver(); break;
                case 5: clinic.cut(1 + act % 2); break;
                case 6: clinic.connect(1 + act % 2); break;
                default: if (desk.row(patients, patient) && !desk.row(patients, patient)->deleted()) (void)desk.remove(patients, patient); break;
                }
            }
            clinic.settle();
            for (int n = 0; n <= 2; ++n)
                RC_ASSERT(sumsAreRight(clinic.desk(n)));
            for (int n = 1; n <= 2; ++n)
                RC_ASSERT(healings(clinic.desk(n)) == 0);
        }));
    }

    void databaseFromBeforeIsCountedOnce()
    {
        Clinic clinic(1);
        (void)clinic.host().admit("Pérez");
        clinic.settle();
        for (int n : {0, 1})
            (void)clinic.desk(n).tx([](StoreTx &tx, Effects &) {
                tx.eraseDigests();
                tx.setState(key::kDigests, {});
            });
        clinic.crash(0);
        clinic.crash(1);
        clinic.settle();
        QVERIFY(sumsAreRight(clinic.host()));
        QVERIFY(sumsAreRight(clinic.desk(1)));
        QCOMPARE(healings(clinic.desk(1)), 0);
        QCOMPARE(clinic.desk(1).engine()->digestsEqual(), std::optional(true));
    }

    // ---- agreement

    void agreementIsNotedForThisEpoch()
    {
        Clinic clinic(1);
        (void)clinic.host().admit("Pérez");
        clinic.settle();
        QCOMPARE(agreed(clinic.desk(1)), clinic.log().head());
        (void)clinic.desk(1).tx([](StoreTx &tx, Effects &) { setStateEpoch(tx, {9, {}}); });
        QCOMPARE(agreed(clinic.desk(1)), 0);                     // that was another history
    }

    void equalReplicasWriteNothingAtEachBeat()
    {
        Clinic clinic(1);
        (void)clinic.host().admit("Pérez");
        clinic.settle();
        const std::int64_t before = agreed(clinic.desk(1));
        (void)clinic.host().admit("Gómez");
        clinic.deliver();
        beats(clinic);
        QCOMPARE(clinic.desk(1).engine()->digestsEqual(), std::optional(true));
        QCOMPARE(agreed(clinic.desk(1)), before);
    }

    // ---- damage

    void rowThatIsGoneComesBack()
    {
        Clinic clinic(2);
        const Uuid id = clinic.host().admit("Pérez");
        clinic.settle();
        loseRow(clinic.desk(1), patients, id);
        beats(clinic);
        clinic.expectEqual();
        QCOMPARE(healings(clinic.desk(1)), 1);
        QCOMPARE(healings(clinic.desk(2)), 0);
        QCOMPARE(clinic.desk(1).engine()->digestsEqual(), std::optional(true));
    }

    void rowThatTheHostLacksIsPutAside()
    {
        Clinic clinic(1);
        (void)clinic.host().admit("Pérez");
        clinic.settle();
        const Uuid id = ghost(clinic.desk(1), clinic.newId(), "typed once");
        beats(clinic);
        clinic.expectEqual();
        QVERIFY(!clinic.desk(1).row(patients, id));
        QCOMPARE(clinic.desk(1).rejected().size(), 1u);
        QVERIFY2(rejectedText(clinic.desk(1), kNote).startsWith(u"typed once | The host lacks it"), qPrintable(rejectedText(clinic.desk(1), kNote)));
    }

    void whatRefersToSuchARowGoesWithIt()
    {
        Clinic clinic(1);
        const Uuid patient = clinic.host().admit("Pérez");
        clinic.settle();
        const Uuid id = ghost(clinic.desk(1), clinic.newId(), "nobody");
        (void)clinic.desk(1).tx([&](StoreTx &tx, Effects &) {    // of the host's own rows one that points there
            Row bill = schema::emptyRow(patient_bills, clinic.newId());
            bill[kBillPatient] = id;
            const RowAt at{&patient_bills, bill, {1, 901}};
            touch({&at, 1}, tx);
            tx.putRow(patient_bills, bill);
        });
        clinic.cut(1);
        clinic.connect(1);
        while (clinic.step(1, Way::Up) || clinic.step(1, Way::Down))
            ;
        (void)clinic.desk(1).add(patient_bills, {{kBillPatient, id}, {kBillNote, words("owes")}});      // waits on this PC
        clinic.beat();
        while (clinic.step(1, Way::Down))
            ;
        clinic.settle();
        clinic.expectEqual();
        QCOMPARE(clinic.desk(1).rejected().size(), 3u);
        QVERIFY(clinic.desk(1).row(patients, patient));
    }

    void wrongRevisionIsPutRight()
    {
        Clinic clinic(1);
        const Uuid id = clinic.host().admit("Pérez");
        clinic.settle();
        (void)clinic.desk(1).tx([&](StoreTx &tx, Effects &) {
            const RowAt at{&patients, *tx.row(patients, id), {2, 0}};
            touch({&at, 1}, tx);
        });
        beats(clinic);
        clinic.expectEqual();
        QCOMPARE(healings(clinic.desk(1)), 1);
        QVERIFY(clinic.desk(1).rejected().empty());
    }

    void damagedRowAboutAnotherOneIsPutRight()
    {
        Clinic clinic(1);
        const Uuid patient = clinic.host().admit("Pérez"), note = noteAbout(clinic.host(), patient, "seen");
        clinic.settle();
        (void)clinic.desk(1).tx([&](StoreTx &tx, Effects &) {
            Row row = *tx.row(notes, note);
            row[kSubjectClass] = std::int64_t{5};
            const RowAt at{&notes, row, *tx.touched(notes, note)};
            touch({&at, 1}, tx);
            tx.putRow(notes, row);
        });
        beats(clinic);
        clinic.expectEqual();
        QCOMPARE(healings(clinic.desk(1)), 1);
    }

    void editsThatWaitStayVisible()
    {
        Clinic clinic(1);
        const Uuid id = clinic.host().admit("Pérez"), other = clinic.host().admit("Gómez");
        clinic.settle();
        loseRow(clinic.desk(1), patients, other);
        (void)clinic.desk(1).tx([&](StoreTx &tx, Effects &) {
            const RowAt at{&patients, *tx.row(patients, id), {2, 0}};
            touch({&at, 1}, tx);
        });
        (void)clinic.desk(1).change(patients, id, {{kNote, words("mine")}});
        clinic.beat();
        for (int i = 0; i < 10; ++i)
            (void)clinic.step(1, Way::Down);                     // the heartbeat arrives before the edit does
        QCOMPARE(clinic.desk(1).text(patients, id, "note"), "mine");
        clinic.settle();
        clinic.expectEqual();
        QCOMPARE(clinic.host().text(patients, id, "note"), "mine");
        QVERIFY(healings(clinic.desk(1)) >= 1);
    }

    void bucketThatDoesNotFitIsReadWithEverything()
    {
        Clinic clinic(1, 1, 50);
        std::vector<std::pair<const Table *, Row>> rows;
        for (int i = 0; i < 220; ++i) {
            Uuid id = clinic.newId();
            id.bytes[15] = 7;
            Row row = schema::emptyRow(patients, id);
            row[col(patients, "family_name")] = words("Many");
            row[kNote] = std::string(4000, 'n');
            rows.emplace_back(&patients, row);
        }
        const Uuid gone = rows.front().second.id;
        (void)clinic.host().tx([&](StoreTx &tx, Effects &e) { e.append(clinic.log().write(rows, tx)); });
        clinic.settle();
        loseRow(clinic.desk(1), patients, gone);
        Uuid lone = clinic.newId();
        lone.bytes[15] = 7;
        (void)ghost(clinic.desk(1), lone, "typed once");
        beats(clinic, 4);
        clinic.expectEqual();
        QCOMPARE(healings(clinic.desk(1)), 1);
        QCOMPARE(clinic.desk(1).rejected().size(), 1u);
        QCOMPARE(clinic.desk(1).engine()->digestsEqual(), std::optional(true));
    }

    void hostThatMovedOnIsAskedAgain()
    {
        Clinic clinic(1);
        const Uuid id = clinic.host().admit("Pérez");
        clinic.settle();
        loseRow(clinic.desk(1), patients, id);
        clinic.beat();
        (void)clinic.step(1, Way::Down);                         // it asks
        (void)clinic.host().admit("Gómez");                      // and meanwhile
        clinic.deliver();
        QVERIFY(!clinic.desk(1).row(patients, id));
        beats(clinic);
        clinic.expectEqual();
        QCOMPARE(healings(clinic.desk(1)), 1);
    }

    // A manual or periodic sync says HELLO on the standing line while a comparison is under way.
    void answerThatAHelloDropsIsAskedForAgain()
    {
        Clinic clinic(1);
        const Uuid id = clinic.host().admit("Pérez");
        clinic.settle();
        loseRow(clinic.desk(1), patients, id);
        clinic.beat();
        (void)clinic.step(1, Way::Down);                         // it asks
        (void)clinic.desk(1).tx([&](StoreTx &tx, Effects &e) { e.append(clinic.desk(1).engine()->hello(tx)); });
        clinic.deliver();
        QVERIFY(!clinic.desk(1).row(patients, id));
        beats(clinic);
        clinic.expectEqual();
    }

    void wrongSumOverARightIndexIsPutRight_data()
    {
        QTest::addColumn<int>("pc");
        QTest::newRow("of the replica") << 1;
        QTest::newRow("of the host") << 0;
    }
    void wrongSumOverARightIndexIsPutRight()
    {
        QFETCH(int, pc);
        Clinic clinic(1);
        (void)clinic.host().admit("Pérez");
        clinic.settle();
        (void)clinic.desk(pc).tx([](StoreTx &tx, Effects &) { tx.setDigest(patients.number, static_cast<std::uint8_t>(patients.dataClass), 42); });
        if (pc == 0)
            clinic.crash(0);
        clinic.settle();
        beats(clinic);
        clinic.expectEqual();
        QCOMPARE(clinic.desk(1).engine()->digestsEqual(), std::optional(true));
        QVERIFY(sumsAreRight(clinic.desk(pc)));
    }

    void whatCannotBeHealedIsSaidAndLeft()
    {
        Clinic clinic(1);
        const Uuid id = clinic.host().admit("Pérez");
        clinic.settle();
        (void)clinic.host().tx([&](StoreTx &tx, Effects &) {     // the host's own index names a row that it does not have
            RowAt at{&patients, *tx.row(patients, id), {2, 3}};
            at.row.id.bytes[3] ^= 1;
            touch({&at, 1}, tx);
        });
        clinic.crash(0);
        clinic.settle();
        beats(clinic, 8);
        QVERIFY(clinic.desk(1).engine()->damaged());
        QCOMPARE(clinic.desk(1).engine()->digestsEqual(), std::optional(false));
        QVERIFY(clinic.desk(1).row(patients, id));
        QVERIFY(clinic.desk(1).rejected().empty());
    }
};

QTEST_GUILESS_MAIN(SyncDigestTest)
#include "sync_digest_test.moc"

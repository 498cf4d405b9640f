// Lines and machines where histories part: crashes between fork and offer, stages under a lost head, epochs, probes, offers
// in parts, copies of machines (rule 16, H8, H11, H14, H20). Told over real databases and encoded messages.
#include "sync/digest.h"
#include "sync/references.h"
#include "unit/node/lost_story.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::test;

class SyncPartingTest : public QObject {
    Q_OBJECT

private:
    static QByteArray packed(Clinic &c, const Message &message) { return c.port().envelope().pack(message).value(); }

private Q_SLOTS:
    void rule16_aCrashBetweenForkAndOfferStartsOver_data()
    {
        QTest::addColumn<int>("steps");
        for (int steps = 1; steps <= 9; ++steps)
            QTest::addRow("after %d messages", steps) << steps;
    }
    void rule16_aCrashBetweenForkAndOfferStartsOver()
    {
        QFETCH(int, steps);
        Lost c(2, 1);
        QVERIFY(note(c.desk(1), c.ana, "lost part").ok());
        const Uuid eva = c.desk(1).admit("Costa");
        c.settle();
        c.restore(0, c.saved);
        QVERIFY(note(c.host(), c.rui, "here").ok());
        c.connect(1);
        const Cursor cursor = c.desk(1).cursor();
        const Saved waiting = note(c.desk(1), c.ana, "typed meanwhile");
        QVERIFY(waiting.ok());
        for (int i = 0; i < steps; ++i)
            if (!c.step(1, i % 2 ? Way::Down : Way::Up))
                break;
        if (c.desk(1).cursor() == cursor)
            QCOMPARE(noteOf(c.desk(1), c.rui), std::string("old"));        // nothing of it is shown before all of it
        c.crash(1);
        c.settle();
        c.expectEqual();
        QVERIFY(c.host().row(patients, eva));
        QCOMPARE(noteOf(c.desk(2), c.rui), std::string("here"));
        QCOMPARE(noteOf(c.desk(2), c.ana), std::string("typed meanwhile"));
        QVERIFY(openConflicts(c.host()).empty());
    }

    // The new history numbers its revisions as the lost one did: its salts stand for nothing before it is published.
    void rule16_saltsOfTheNewHistoryWaitForItsPublication()
    {
        Lost c(1, 1);
        QVERIFY(note(c.desk(1), c.ana, "lost part").ok());
        c.settle();
        c.restore(0, c.saved);
        for (int i = 0; i < 6; ++i)
            (void)c.host().admit("Costa");
        const Cursor cursor = c.desk(1).cursor();
        c.connect(1);
        Cursor staged;
        for (int i = 0; i < 200 && staged.rev <= cursor.rev; ++i) {
            QVERIFY(c.step(1, Way::Down) || c.step(1, Way::Up));
            (void)c.desk(1).tx([&](StoreTx &tx, Effects &) { staged = stateCursor(tx, key::kStageCursor).value_or(schema::kStart); });
        }
        QVERIFY(staged.rev > cursor.rev && c.desk(1).cursor() == cursor);
        c.crash(1);
        c.connect(1);
        QVERIFY(c.step(1, Way::Up));
        QVERIFY(next<Welcome>(c, 1, Way::Down).fork.has_value());
        c.settle();
        c.expectEqual();
    }

    // ---- H8, H11: what was staged under a head that is gone

    void h11_aStageUnderALostHeadIsDropped_data()
    {
        QTest::addColumn<bool>("first");
        QTest::newRow("a catch-up") << false;
        QTest::newRow("H8: a first sync") << true;
    }
    void h11_aStageUnderALostHeadIsDropped()
    {
        QFETCH(bool, first);
        Clinic c(2, 1, 1);
        c.connect(1);
        if (!first)
            c.connect(2);
        c.deliver();
        c.cut(2);
        const Uuid ana = c.host().admit("Silva", {{kNote, words("old")}}), rui = c.host().admit("Lima"), eva = c.host().admit("Costa");
        const int saved = c.backup(0);
        QVERIFY(note(c.host(), ana, "lost").ok());   // its place moves to the end: a scan passes over the old one
        c.cut(1);
        c.connect(2);
        const auto staged = [&](const Uuid &patient) {
            bool found = false;
            (void)c.desk(2).tx([&](StoreTx &tx, Effects &) {
                for (const RowAt &r : tx.stageAfter(schema::kStart, 100))
                    found = found || r.row.id == patient;
                found = found || tx.touched(patients, patient).has_value();
            });
            return found;
        };
        for (int i = 0; i < 400 && !staged(rui); ++i)
            (void)(c.step(2, Way::Up) || c.step(2, Way::Down));
        QVERIFY(staged(rui) && !staged(ana) && !staged(eva));
        c.restore(0, saved);
        c.connect(2);
        QVERIFY(c.step(2, Way::Up));
        QVERIFY(next<Welcome>(c, 2, Way::Down).fork.has_value());
        c.deliver();
        QCOMPARE(noteOf(c.desk(2), ana), std::string("old"));
        c.settle();
        c.expectEqual();
    }

    // ---- H14: epochs are compared at every hello

    void h14_anEpochOfTheSameNumberOrAHigherOneIsPassed_data()
    {
        QTest::addColumn<int>("told");
        QTest::addColumn<int>("opened");
        QTest::newRow("the same number, another id") << 1 << 2;
        QTest::newRow("a higher one") << 7 << 8;
    }
    void h14_anEpochOfTheSameNumberOrAHigherOneIsPassed()
    {
        QFETCH(int, told);
        QFETCH(int, opened);
        Lost c;
        c.cut(1);
        (void)c.desk(1).tx([&](StoreTx &tx, Effects &) { setStateEpoch(tx, {told, c.newId()}); });
        QVERIFY(c.online(2));
        connectAlone(c, 1);
        QCOMPARE(c.log().epoch().number, opened);
        QVERIFY(!c.online(2));                       // says HELLO again, and is told
        c.settle();
        QCOMPARE(c.log().epoch().number, opened);
        c.expectEqual();
    }

    void h14_nobodyFollowsASmallerEpoch()
    {
        Lost c(1);
        c.cut(1);
        (void)c.desk(1).tx([&](StoreTx &tx, Effects &) { setStateEpoch(tx, {3, c.newId()}); });
        c.connect(1);
        Welcome older;
        older.nonce = next<Hello>(c, 1, Way::Up).nonce;
        older.epoch = {2, c.newId()};
        c.desk(1).line()->inject(Way::Down, packed(c, older));
        QVERIFY(c.step(1, Way::Down));
        QVERIFY(!c.online(1));
    }

    // ---- long histories

    void rule16_probesFindTheForkOfALongHistory()
    {
        Clinic c(1);
        c.settle();
        const Uuid ana = c.desk(1).admit("Silva");
        c.settle();
        int saved = 0;
        std::int64_t fork = 0;
        for (int i = 0; i < 900; ++i) {
            if (i == 300) {
                saved = c.backup(0);
                fork = c.log().head();
            }
            QVERIFY(c.host().change(patients, ana, {{kNote, std::to_string(i)}}).ok());
            c.deliver();
        }
        c.restore(0, saved);
        for (int i = 0; i < 40; ++i)
            QVERIFY(c.host().change(patients, ana, {{kNote, "again " + std::to_string(i)}}).ok());
        c.connect(1);
        QVERIFY(next<Hello>(c, 1, Way::Up).salts.size() <= 64);
        int probes = 0;
        for (;; ++probes) {
            QVERIFY(c.step(1, Way::Up));
            const auto welcome = next<Welcome>(c, 1, Way::Down);
            QVERIFY(c.step(1, Way::Down));
            if (!welcome.probe) {
                QCOMPARE(*welcome.fork, fork);
                break;
            }
            QVERIFY(next<Hello>(c, 1, Way::Up).salts.size() <= 64);
        }
        QVERIFY2(probes >= 1 && probes <= 4, qPrintable(QString::number(probes)));
        c.settle();
        c.expectEqual();
    }

    void rule16_aLargeOfferComesInParts()
    {
        Clinic c(1);
        c.settle();
        const int saved = c.backup(0);
        std::vector<std::pair<const Table *, Row>> rows;
        for (int i = 0; i < 20000; ++i) {
            Row row = schema::emptyRow(patients, c.newId());
            row[schema::kCreatedAt] = row[schema::kUpdatedAt] = std::int64_t{1};
            row[col(patients, "family_name")] = "Silva " + std::to_string(i);
            rows.emplace_back(&patients, row);
        }
        (void)c.host().tx([&](StoreTx &tx, Effects &out) { out.append(c.log().write(std::move(rows), tx)); });
        c.deliver();
        c.restore(0, saved);
        const std::int64_t head = c.log().head();
        c.connect(1);
        QVERIFY(c.step(1, Way::Up) && c.step(1, Way::Down));
        int parts = 0;
        for (bool last = false; !last; ++parts) {
            const QByteArray bytes = c.desk(1).line()->underWay(Way::Up).front();
            const auto offer = std::get<Offer>(opened(c, bytes));
            QCOMPARE(offer.part, parts);
            QVERIFY(encode(Message(offer)).size() < 900 * 1024);
            QVERIFY(c.log().head() == head);         // nothing of it counts before all of it is there
            last = offer.last;
            QVERIFY(c.step(1, Way::Up));
            if (!last)
                QVERIFY(c.step(1, Way::Down));
        }
        QVERIFY(parts >= 20);
        QCOMPARE(c.log().head(), head + 1);
        c.deliver();
        QCOMPARE(c.host().rows(patients).size(), 20000u);
        QCOMPARE(c.desk(1).rows(patients).size(), 20000u);
        QVERIFY(c.desk(1).rejected().empty());
        QCOMPARE(c.desk(1).cursor().rev, c.log().head());
    }

    // ---- machines

    // What a host that knows no better does not bring back is put aside where people find it, never silently away.
    void rule16_whatTheHostLacksAfterAllIsPutAside()
    {
        Lost c(1);
        const Uuid eva = c.desk(1).admit("Costa");
        c.settle();
        RevSalt real{c.desk(1).cursor().rev, 0};
        (void)c.desk(1).tx([&](StoreTx &tx, Effects &) { real.salt = tx.salt(real.rev).value(); });
        c.restore(0, c.saved);
        (void)c.host().tx([&](StoreTx &tx, Effects &) { tx.setOfferTaken(c.desk(1).author(), real); });
        c.settle();
        QVERIFY(!c.desk(1).row(patients, eva));
        const auto aside = c.desk(1).rejected();
        QVERIFY(std::ranges::any_of(aside, [&](const storage::RejectedItem &item) { return creates(decodeEntry(item.entry).value(), {&patients, eva}); }));
        c.expectEqual();
    }

    // The host could not place a bill whose patient is not offered: nothing would ever be taken of this client again.
    void h19_whatStandsOnDamageIsNotOfferedEither()
    {
        Lost c(1);
        const Uuid eva = c.desk(1).admit("Costa");
        const Uuid bill = c.desk(1).add(patient_bills, {{kBillPatient, eva}}).row, sound = c.desk(1).add(patient_bills, {{kBillPatient, c.ana}}).row;
        c.settle();
        (void)c.desk(1).tx([](StoreTx &tx, Effects &) {
            KnownDifferences::note({{patients.number, static_cast<std::uint8_t>(patients.dataClass), 0}}, tx);
        });
        c.restore(0, c.saved);
        c.settle();
        c.expectEqual();
        QVERIFY(!c.host().row(patients, eva) && !c.host().row(patient_bills, bill));
        QVERIFY(c.host().row(patient_bills, sound));
        const auto aside = c.desk(1).rejected();
        for (const RowKey &key : {RowKey{&patients, eva}, RowKey{&patient_bills, bill}})
            QVERIFY(std::ranges::any_of(aside, [&](const storage::RejectedItem &item) { return creates(decodeEntry(item.entry).value(), key); }));
    }

    void rule16_aCopiedMachineGoesOnUnderItsOwnName()
    {
        Lost c;
        c.cut(1);
        const Saved waiting = note(c.desk(1), c.ana, "waits");
        const int image = c.backup(1);
        c.becomes(2, image);
        c.settle();
        c.expectEqual();
        QCOMPARE(noteOf(c.host(), c.ana), std::string("waits"));
        QVERIFY(openConflicts(c.host()).empty());
        QVERIFY(note(c.desk(1), c.ana, "one").ok());
        QVERIFY(note(c.desk(2), c.rui, "two").ok());
        c.settle();
        c.expectEqual();
        QCOMPARE(noteOf(c.host(), c.ana), std::string("one"));
        QCOMPARE(noteOf(c.host(), c.rui), std::string("two"));
    }

    void h20_aRestoredClientCatchesUp()
    {
        Lost c;
        const int image = c.backup(1);
        QVERIFY(note(c.desk(1), c.ana, "new").ok());
        c.settle();
        c.restore(1, image);
        QVERIFY(note(c.desk(1), c.rui, "after").ok());       // its number was another act's
        c.settle();
        c.expectEqual();
        QCOMPARE(noteOf(c.host(), c.ana), std::string("new"));
        QCOMPARE(noteOf(c.host(), c.rui), std::string("after"));
    }
};

QTEST_GUILESS_MAIN(SyncPartingTest)
#include "sync_parting_test.moc"

// Clients that are slow and acts that are large: nobody waits for them, and nobody is stuck (rules 6, 8, 11).
#include "schema/tables/medical_records.h"
#include "unit/node/story.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::test;

class SyncLoadTest : public QObject {
    Q_OBJECT

private:
    static bool knows(Desk &desk, const Uuid &patient) { return desk.row(patients, patient).has_value(); }

private Q_SLOTS:
    void rule6_aSlowClientIsNeverStuck()
    {
        Clinic c(2);
        c.settle();
        const Uuid ana = c.host().admit("Silva");
        c.settle();
        c.desk(2).line()->hold(Way::Up, true);       // it hears, and its ACKs do not arrive
        const auto conn = c.desk(2).line()->conn();
        for (int i = 0; i < 530; ++i)
            QVERIFY(c.host().change(patients, ana, {{kNote, std::to_string(i)}}).ok());
        c.deliver();
        QVERIFY(c.log().peers().at(conn).mode() == HostPeer::Mode::Behind);
        QVERIFY(c.desk(2).cursor().rev < c.log().head());
        c.desk(2).line()->hold(Way::Up, false);
        c.deliver();
        c.expectEqual();                             // on the same line, without being asked
        QCOMPARE(c.desk(2).line()->conn(), conn);
        QVERIFY(c.log().peers().at(conn).mode() == HostPeer::Mode::Live);
    }

    void rule6_pressureStopsAndResumes()
    {
        Clinic c(2);
        c.settle();
        const auto conn = c.desk(2).line()->conn();
        const auto pressure = [&](bool on) {
            return c.host().tx([&](StoreTx &tx, Effects &effects) { effects.append(c.log().pressure(conn, on, tx)); });
        };
        QVERIFY(pressure(true));
        const Uuid ana = c.desk(1).admit("Silva");
        c.deliver();
        QVERIFY(!knows(c.desk(2), ana) && knows(c.desk(1), ana));
        QVERIFY(pressure(false));
        c.deliver();
        c.expectEqual();
    }

    void rule6_aHelloDoesNotEndThePressure()
    {
        Clinic c(1);
        c.settle();
        const auto conn = c.desk(1).line()->conn();
        const auto pressure = [&](bool on) {
            return c.host().tx([&](StoreTx &tx, Effects &effects) { effects.append(c.log().pressure(conn, on, tx)); });
        };
        QVERIFY(pressure(true));
        const Uuid ana = c.host().admit("Silva");
        QVERIFY(c.desk(1).tx([&](StoreTx &tx, Effects &effects) { effects.append(c.desk(1).engine()->hello(tx)); }));     // the periodic sync
        c.deliver();
        QVERIFY(!knows(c.desk(1), ana));
        QVERIFY(pressure(false));
        c.deliver();
        c.expectEqual();
    }

    void rule11_aLossThatIsTooLargeForAConflictGoesToReview_data()
    {
        QTest::addColumn<int>("letters");
        QTest::addColumn<bool>("conflict");
        QTest::newRow("a conflict that can be closed again") << 65 * 1024 << true;
        QTest::newRow("too large") << 120 * 1024 << false;
    }
    void rule11_aLossThatIsTooLargeForAConflictGoesToReview()
    {
        QFETCH(int, letters);
        QFETCH(bool, conflict);
        constexpr const Table &records = schema::tables::medical_records;
        Clinic c(2);
        c.settle();
        const Uuid visit = c.desk(1).add(records, {{col(records, "patient_id"), c.desk(1).admit("Silva")}, {col(records, "body"), words("cough")}}).row;
        c.settle();
        c.cut(1);
        c.cut(2);
        const auto type = [&](int n, const QString &letter) {
            return c.desk(n).change(records, visit, {{col(records, "body"), letter.repeated(letters).toStdString()}});
        };
        QVERIFY(type(1, QStringLiteral("\u0d85")).ok());                   // three bytes each
        const Saved late = type(2, QStringLiteral("\u0d86"));
        QVERIFY(late.ok());
        c.connect(1);
        c.deliver();
        c.settle();
        c.expectEqual();                             // a row that no message can hold would stop every line
        QCOMPARE(verdict(c.desk(2), late), conflict ? Verdict::Conflict : Verdict::Review);
        QCOMPARE(openConflicts(c.host()).size(), conflict ? 1u : 0u);
        if (!conflict) {
            const Row review = openReviews(c.desk(1)).front();
            QVERIFY(decodeEntry(std::get<schema::Blob>(of(review, sync_reviews, "entry")))->uuid == late.entry);
            return;
        }
        const Saved closed = c.desk(1).change(sync_conflicts, openConflicts(c.desk(1)).front().id, {{col(sync_conflicts, "status"), words("closed")}});
        QVERIFY2(closed.ok(), qPrintable(closed.refused));
        c.settle();
        c.expectEqual();
        QVERIFY(openConflicts(c.desk(2)).empty());
    }

    void rule6_aFrameThatIsTooLargeIsScanned()
    {
        Clinic c(2);
        c.settle();
        std::vector<schema::Change> many;
        std::string page(16000, ' ');
        for (int i = 0; i < 52; ++i) {
            SeededRandom random(static_cast<std::uint64_t>(i) + 1);
            for (char &letter : page)
                letter = static_cast<char>('a' + random.u64() % 26);
            many.push_back(schema::makeInsert(notes, c.newId(), {{col(notes, "text"), page}, {col(notes, "subject_class"), std::int64_t{1}}}));
        }
        const Saved big = c.desk(1).save(many);
        QVERIFY2(big.ok(), qPrintable(big.refused));
        c.deliver();
        QCOMPARE(c.host().rows(notes).size(), 52u);
        c.expectEqual();                             // the author too, with its answer
        QCOMPARE(verdict(c.desk(1), big), Verdict::Applied);
    }

    void rule6_aBeatTellsOfAFrameThatNeverCame()
    {
        Clinic c(2);
        c.settle();
        const Entry lost = c.host().entryOf({schema::makeInsert(patients, c.newId(), {{kNote, words("n")}})});
        QVERIFY(c.host().tx([&](StoreTx &tx, Effects &) { (void)c.log().local(lost, c.host().author(), tx); }));      // nothing is sent
        c.deliver();
        QVERIFY(!knows(c.desk(1), lost.changes.front().id));
        c.beat();
        c.deliver();
        c.expectEqual();
    }

    void rule8_laterIsNoRefusal()
    {
        Clinic c(1);
        c.settle();
        c.desk(1).line()->inject(Way::Down, c.port().envelope().pack(Later{1, "The disk of the host is full."}).value());
        QVERIFY(c.step(1, Way::Down));
        QVERIFY(c.desk(1).engine()->putOff());
        const Uuid ana = c.desk(1).admit("Silva"), rui = c.desk(1).admit("Lima");
        c.deliver();
        QCOMPARE(c.desk(1).pending(), 2);
        QVERIFY(c.desk(1).rejected().empty());
        c.desk(1).engine()->retryPushes();
        QVERIFY(c.desk(1).tx([](StoreTx &, Effects &) {}));
        c.deliver();
        QVERIFY(knows(c.host(), ana) && knows(c.host(), rui));
        c.expectEqual();
    }

    void rule8_aLongOutboxGoesUpByWindows()
    {
        Clinic c(1);
        c.settle();
        c.cut(1);
        const Uuid ana = c.desk(1).admit("Silva");
        for (int i = 0; i < 150; ++i)
            QVERIFY(c.desk(1).change(patients, ana, {{kNote, std::to_string(i)}}).ok());
        c.connect(1);
        QVERIFY(c.step(1, Way::Up) && c.step(1, Way::Down));
        QCOMPARE(c.desk(1).line()->underWay(Way::Up).size(), 128u);
        c.deliver();
        c.expectEqual();
        QCOMPARE(c.host().text(patients, ana, "note"), std::string("149"));
    }
};

QTEST_GUILESS_MAIN(SyncLoadTest)
#include "sync_load_test.moc"

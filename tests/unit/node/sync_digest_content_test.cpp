// Content (rule 15): a row that was damaged under a whole index is found and healed; nothing is compared while the clinic
// moves on.
#include "unit/node/digest_story.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::test;

namespace {

bool checkContent(Clinic &clinic, int n)
{
    Desk &desk = clinic.desk(n);
    (void)desk.tx([&](StoreTx &tx, Effects &e) { e.append(desk.engine()->compareContent(contentSums(tx), tx)); });
    clinic.deliver();
    return desk.engine()->contentChecked();
}

} // namespace

class SyncDigestContentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wholeContentIsFoundWhole()
    {
        Clinic clinic(1);
        const Uuid id = clinic.host().admit("Pérez");
        clinic.settle();
        clinic.cut(1);
        (void)clinic.desk(1).change(patients, id, {{kNote, words("waits")}});
        clinic.connect(1);
        while (clinic.step(1, Way::Down) || clinic.desk(1).engine()->mode() != ClientEngine::Mode::Live)
            (void)clinic.step(1, Way::Up);
        QVERIFY(checkContent(clinic, 1) || checkContent(clinic, 1));      // what waits is no difference
        QCOMPARE(healings(clinic.desk(1)), 0);
    }

    void damageUnderAWholeIndexIsFoundByContent_data()
    {
        QTest::addColumn<int>("damage");
        QTest::newRow("another value") << 0;
        QTest::newRow("no row") << 1;
        QTest::newRow("no place, and the sum says otherwise") << 2;
        QTest::newRow("another class") << 3;
    }
    void damageUnderAWholeIndexIsFoundByContent()
    {
        QFETCH(int, damage);
        Clinic clinic(1);
        const Uuid id = clinic.host().admit("Pérez"), note = noteAbout(clinic.host(), id, "seen");
        (void)clinic.host().admit("Gómez");
        clinic.settle();
        (void)clinic.desk(1).tx([&](StoreTx &tx, Effects &) {
            Row row = *tx.row(damage == 3 ? notes : patients, damage == 3 ? note : id);
            if (damage == 0)
                row[kNote] = words("damaged");
            if (damage == 3)
                row[kSubjectClass] = std::int64_t{5};
            if (damage == 1)
                tx.eraseRow(patients, id);
            else if (damage == 2)
                tx.eraseTouched(patients, id);
            else
                tx.putRow(damage == 3 ? notes : patients, row);
        });
        beats(clinic);
        QCOMPARE(healings(clinic.desk(1)), 0);                   // the kept sums do not tell
        QVERIFY(checkContent(clinic, 1));
        clinic.expectEqual();
        QVERIFY(healings(clinic.desk(1)) >= 1);
        QVERIFY(clinic.desk(1).rejected().empty());
        beats(clinic);
        QCOMPARE(clinic.desk(1).engine()->digestsEqual(), std::optional(true));
        QVERIFY(sumsAreRight(clinic.desk(1)));
    }

    void contentIsNotComparedWhileTheClinicMovesOn()
    {
        Clinic clinic(1);
        const Uuid id = clinic.host().admit("Pérez");
        clinic.settle();
        Desk &desk = clinic.desk(1);
        (void)desk.tx([&](StoreTx &tx, Effects &e) { e.append(desk.engine()->compareContent(contentSums(tx), tx)); });
        (void)clinic.host().change(patients, id, {{kNote, words("meanwhile")}});
        clinic.deliver();
        QVERIFY(!desk.engine()->contentChecked());
        QVERIFY(checkContent(clinic, 1));
        clinic.expectEqual();
        QCOMPARE(healings(desk), 0);
    }
};

QTEST_GUILESS_MAIN(SyncDigestContentTest)
#include "sync_digest_content_test.moc"

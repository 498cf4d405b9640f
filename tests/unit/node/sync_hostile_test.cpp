// What a damaged or hostile replica can say (rule 16): it costs its own line, never the host, its records or the others.
#include "unit/node/digest_story.h"
#include "unit/node/lost_story.h"

#include <QTest>

#include <limits>

using namespace anteroom;
using namespace anteroom::test;

namespace {

constexpr ConnId kStranger = 77;

// A line of desk 1 that says what it likes.
class Stranger {
public:
    explicit Stranger(Clinic &clinic) : m_clinic(clinic) {}

    Hello hello()
    {
        Hello m;
        m.device = m_clinic.desk(1).who().device;
        m.epoch = m_clinic.log().epoch();
        m.real = {m_clinic.log().head() + 5, 12345};
        m.cursor = {m.real.rev, schema::kAllOfRev};
        (void)m_clinic.host().tx([&](StoreTx &tx, Effects &) { m.salts = tx.saltsBetween(0, m_clinic.log().head(), 64); });
        return m;
    }
    bool says(const Hello &m)
    {
        return m_clinic.host().tx([&](StoreTx &tx, Effects &) { last = m_clinic.log().hello(kStranger, m, 0, tx); });
    }
    bool says(const Message &m)
    {
        return m_clinic.host().tx([&](StoreTx &tx, Effects &) { last = m_clinic.log().received(kStranger, m, tx); });
    }

    Effects last;

private:
    Clinic &m_clinic;
};

} // namespace

class SyncHostileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offeredRowThatRefersToNothingIsLeftOut()
    {
        Lost c(1);
        c.cut(1);
        Stranger s(c);
        QVERIFY(s.says(s.hello()));
        QVERIFY(c.log().peers().at(kStranger).mode() == HostPeer::Mode::Offering);
        const std::int64_t rev = c.log().head() + 4;
        Row bill = schema::emptyRow(patient_bills, c.newId()), good = bill, line = schema::emptyRow(bill_items, c.newId()), whole = schema::emptyRow(patients, c.newId());
        good.id = c.newId();
        bill[kBillPatient] = c.newId();
        good[kBillPatient] = whole.id;                           // it comes in the same offer, later
        line[col(bill_items, "bill_id")] = bill.id;
        whole[col(patients, "family_name")] = words("Costa");
        Offer offer;
        offer.real = s.hello().real;
        offer.rows = {{&bill_items, line, {rev, 0}}, {&patient_bills, bill, {rev, 1}}, {&patient_bills, good, {rev, 2}}, {&patients, whole, {rev, 3}}};
        QVERIFY(s.says(Message(offer)));
        QVERIFY(c.host().row(patients, whole.id) && c.host().row(patient_bills, good.id));
        QVERIFY(!c.host().row(patient_bills, bill.id) && !c.host().row(bill_items, line.id));
    }

    // A row of it was lost by its disk; what stands on that row is put aside there, and all else is offered.
    void damagedReplicaOffersWhatIsWhole()
    {
        Lost c(1);
        const Uuid eva = c.desk(1).admit("Costa"), joe = c.desk(1).admit("Rocha");
        const Uuid bill = c.desk(1).add(patient_bills, {{kBillPatient, eva}}).row;
        c.settle();
        c.crash(1);
        QVERIFY(c.desk(1).tx([&](StoreTx &tx, Effects &) { tx.eraseRow(patients, eva); }));
        c.restore(0, c.saved);
        c.settle();
        beats(c);
        c.settle();
        c.expectEqual();
        QVERIFY(c.host().row(patients, joe));
        QVERIFY(!c.host().row(patient_bills, bill) && !c.desk(1).row(patient_bills, bill));
        QVERIFY(!c.desk(1).rejected().empty());
    }

    // The bill is known to its author, who has no answer yet, and to a damaged replica, which can offer only its audit row.
    void entryWithoutItsRowsWasNotApplied()
    {
        Lost c(2);
        const Uuid eva = c.desk(2).admit("Costa");
        c.settle();
        const Uuid bill = c.desk(1).add(patient_bills, {{kBillPatient, eva}}).row;
        while (c.step(1, Way::Up)) { }                           // its answer does not come
        c.cut(1);
        c.deliver();
        QVERIFY(c.desk(2).row(patient_bills, bill));
        c.crash(2);
        QVERIFY(c.desk(2).tx([&](StoreTx &tx, Effects &) { tx.eraseRow(patients, eva); }));
        c.restore(0, c.saved);
        connectAlone(c, 2);
        QVERIFY(!c.host().row(patient_bills, bill));
        c.settle();
        beats(c);
        c.settle();
        c.expectEqual();
        QVERIFY(c.host().row(patients, eva) && c.host().row(patient_bills, bill));
    }

    // As above, of an edit, by a replica that knows that its patients differ.
    void entryWhoseRowIsKnownToDifferWasNotApplied()
    {
        Lost c(2);
        const Saved typed = note(c.desk(1), c.ana, "typed");
        while (c.step(1, Way::Up)) { }
        c.cut(1);
        c.deliver();
        QCOMPARE(noteOf(c.desk(2), c.ana), std::string("typed"));
        QVERIFY(c.desk(2).tx([](StoreTx &tx, Effects &) {
            KnownDifferences::note({{patients.number, static_cast<std::uint8_t>(patients.dataClass), 1}}, tx);
        }));
        c.restore(0, c.saved);
        connectAlone(c, 2);
        QCOMPARE(noteOf(c.host(), c.ana), std::string("old"));
        c.settle();
        beats(c);
        c.settle();
        c.expectEqual();
        QCOMPARE(verdict(c.desk(1), typed), Verdict::Applied);
        QCOMPARE(noteOf(c.host(), c.ana), std::string("typed"));
    }

    void epochThatCannotBeIsNotFollowed()
    {
        Lost c(1);
        const schema::Epoch before = c.log().epoch();
        Stranger s(c);
        for (const std::int64_t number : {std::numeric_limits<std::int64_t>::max(), std::int64_t{5'000'000}}) {
            Hello m = s.hello();
            m.epoch.number = number;
            QVERIFY(s.says(m));
            QCOMPARE(s.last.drops.size(), 1u);                   // its own line alone
            QCOMPARE(s.last.drops[0].conn, kStranger);
            QVERIFY(c.log().epoch() == before);
        }
        c.settle();
        c.expectEqual();
    }

    void numbersThatCannotBeAreNoMessage()
    {
        Hello hello;
        QVERIFY(decode(encode(hello)));
        for (const std::int64_t retired : {std::int64_t{-1}, std::numeric_limits<std::int64_t>::max()}) {
            hello.retired = retired;
            QVERIFY(!decode(encode(hello)));
            Offer offer;
            offer.retired = retired;
            QVERIFY(!decode(encode(offer)));
        }
        hello.retired = 0;
        hello.probe = Probe{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
        QVERIFY(!decode(encode(hello)));
    }

    void scansForContentDoNotUseUpHealing()
    {
        Clinic c(1);
        const Uuid ana = c.host().admit("Silva");
        c.settle();
        for (int i = 0; i < 3; ++i) {                            // days apart
            QVERIFY(c.desk(1).tx([](StoreTx &tx, Effects &e) {
                ClientEngine::scanAgain(1, tx);
                tx.setState(key::kHealingScan, QByteArrayLiteral("1"));
                (void)e;
            }));
            c.cut(1);
            c.settle();
            beats(c);
        }
        QVERIFY(c.desk(1).tx([&](StoreTx &tx, Effects &) {
            const RowKey key{&patients, ana};
            forget({&key, 1}, tx);
            tx.eraseRow(patients, ana);
        }));
        beats(c);
        QVERIFY(!c.desk(1).engine()->damaged());
        c.expectEqual();
    }
};

QTEST_GUILESS_MAIN(SyncHostileTest)
#include "sync_hostile_test.moc"

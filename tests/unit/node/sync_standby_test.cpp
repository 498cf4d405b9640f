// Another PC takes over (rule 17, H16): what its store becomes, what it knows of entries that are sent again, and how an
// old host comes back. And who follows which epoch.
#include "unit/node/story.h"

#include "schema/tables/devices.h"
#include "sync/clinic_signer.h"
#include "sync/digest.h"
#include "sync/standby.h"
#include "sync/takeover.h"

#include <QTest>

#include <sodium.h>

#include <algorithm>

using namespace anteroom;
using namespace anteroom::test;

namespace {

using schema::tables::devices;

void makeStandby(Clinic &clinic, int n)
{
    const Uuid id = clinic.desk(n).who().device;
    Row row = *clinic.host().row(devices, id);
    row[col(devices, "standby")] = std::int64_t{1};
    (void)clinic.host().tx([&](StoreTx &tx, Effects &e) { e.append(clinic.log().write({{&devices, row}}, tx)); });
    clinic.deliver();
}

std::optional<Counter> counterOf(Desk &desk, const Author &author)
{
    std::optional<Counter> counter;
    (void)desk.tx([&](StoreTx &tx, Effects &) { counter = tx.counter(author); });
    return counter;
}

std::string prefixOf(Desk &desk)
{
    std::string prefix;
    (void)desk.tx([&](StoreTx &tx, Effects &) { prefix = tx.state(key::kPrefix).value_or(QByteArray()).toStdString(); });
    return prefix;
}

struct Keys { QByteArray open, secret; };
Keys newKeys()
{
    Keys keys{QByteArray(crypto_sign_PUBLICKEYBYTES, '\0'), QByteArray(crypto_sign_SECRETKEYBYTES, '\0')};
    crypto_sign_keypair(reinterpret_cast<unsigned char *>(keys.open.data()), reinterpret_cast<unsigned char *>(keys.secret.data()));
    return keys;
}

} // namespace

class SyncStandbyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(sodium_init() >= 0); }

    // ---- what a standby is told

    void standbyHoldsWhatTheHostHolds()
    {
        Clinic clinic(3);
        clinic.settle();
        QVERIFY(!counterOf(clinic.desk(1), clinic.desk(2).author()));
        makeStandby(clinic, 1);
        for (int n = 2; n <= 3; ++n)
            QCOMPARE(counterOf(clinic.desk(1), clinic.desk(n).author())->prefix, prefixOf(clinic.desk(n)));
        (void)clinic.desk(2).admit("Pérez");
        clinic.deliver();
        QCOMPARE(counterOf(clinic.desk(1), clinic.desk(2).author())->seq, 1);
        QVERIFY(!counterOf(clinic.desk(3), clinic.desk(2).author()));      // is none
        clinic.cut(1);
        (void)clinic.desk(2).admit("Gómez");
        (void)clinic.host().tx([&](StoreTx &tx, Effects &) {
            tx.setToken(clinic.desk(2).who().device, QByteArray(32, 'h'));
            tx.setOfferTaken(clinic.desk(2).author(), {7, 70});
        });
        clinic.settle();
        (void)clinic.desk(1).tx([&](StoreTx &tx, Effects &) {
            QCOMPARE(tx.counter(clinic.desk(2).author())->seq, 2);
            QCOMPARE(tx.tokens().size(), 1u);
            QVERIFY(tx.offerTaken(clinic.desk(2).author(), {7, 70}));
        });
    }

    void prefixThatIsGivenIsARevisionForStandbys()
    {
        Clinic clinic(2);
        clinic.connect(1);
        clinic.deliver();
        makeStandby(clinic, 1);
        const std::int64_t before = clinic.log().head();
        clinic.connect(2);
        (void)clinic.step(2, Way::Up);
        QCOMPARE(clinic.log().head(), before + 1);
        clinic.deliver();
        QCOMPARE(counterOf(clinic.desk(1), clinic.desk(2).author())->prefix, prefixOf(clinic.desk(2)));
    }

    void repliesThatWereAcknowledgedGo()
    {
        Clinic clinic(2);
        clinic.settle();
        makeStandby(clinic, 1);
        for (int i = 0; i < 5; ++i) {
            (void)clinic.desk(2).admit("Pérez");
            clinic.deliver();
        }
        (void)clinic.desk(1).tx([&](StoreTx &tx, Effects &) { QVERIFY(tx.repliesAfter(clinic.desk(2).author(), 0).size() <= 1); });
    }

    void junkChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("blob");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("words") << QByteArrayLiteral("junk");
        QTest::newRow("too many") << QByteArray::fromHex("8601f500" "9b7fffffffffffffff");
        QTest::newRow("another version") << QByteArray::fromHex("8602f500808080");
        QTest::newRow("negative") << QByteArray::fromHex("8601f520808080");
        QTest::newRow("more behind it") << QByteArray::fromHex("8601f50080808000");
    }
    void junkChangesNothing()
    {
        QFETCH(QByteArray, blob);
        Clinic clinic(1);
        (void)clinic.desk(1).tx([&](StoreTx &tx, Effects &) {
            QVERIFY(!takeStandby(blob, tx));
            QVERIFY(tx.counters().empty());
        });
    }

    void everyCutOfABlobIsRefused()
    {
        Clinic clinic(2);
        clinic.settle();
        (void)clinic.desk(1).admit("Pérez");
        clinic.settle();
        (void)clinic.host().tx([&](StoreTx &tx, Effects &) {
            const QByteArray whole = standbyWhole(tx);
            QVERIFY(takeStandby(whole, tx));
            for (qsizetype n = 0; n < whole.size(); ++n)
                QVERIFY(!takeStandby(whole.first(n), tx));
        });
    }

    // ---- taking over

    void standbyTakesNothingASecondTime()
    {
        Clinic clinic(2);
        clinic.settle();
        makeStandby(clinic, 1);
        const Saved saved = clinic.desk(2).add(patients, {{kNote, words("once")}});
        (void)clinic.step(2, Way::Up);                           // the host takes it; the answer gets lost, the frame to the standby does not
        while (clinic.step(1, Way::Down))
            ;
        clinic.cut(2);
        QCOMPARE(clinic.takeOver(1), QString());
        QCOMPARE(counterOf(clinic.host(), clinic.desk(2).author())->seq, saved.seq);
        clinic.settle();
        clinic.expectEqual();
        QCOMPARE(clinic.merged(saved.entry), 1);
        QCOMPARE(verdict(clinic.desk(2), saved), Verdict::Applied);
        QCOMPARE(clinic.desk(2).text(patients, saved.row, "note"), "once");
    }

    void replicaThatIsNoStandbyIsToldWhatIsRetired()
    {
        Clinic clinic(2);
        clinic.settle();
        const Saved first = clinic.desk(2).add(patients, {{kNote, words("first")}});
        clinic.settle();
        QCOMPARE(clinic.takeOver(1), QString());
        const Saved second = clinic.desk(2).add(patients, {{kNote, words("second")}});
        clinic.settle();
        clinic.expectEqual();
        QCOMPARE(clinic.merged(first.entry), 1);
        QCOMPARE(clinic.merged(second.entry), 1);
        QCOMPARE(counterOf(clinic.host(), clinic.desk(2).author())->seq, second.seq);
    }

    void ownEntriesThatWaitAreDrained()
    {
        Clinic clinic(2);
        const Uuid known = clinic.host().admit("Known");
        clinic.settle();
        clinic.cut(1);
        Desk &pc = clinic.desk(1);
        const Saved made = pc.add(patients, {{kNote, words("typed offline")}});
        const Saved edited = pc.change(patients, known, {{kEmail, words("a@b.example")}});
        const Saved refused = pc.force(pc.entryOf({schema::makeInsert(patients, clinic.newId(), {{kNote, std::string(5000, 'x')}})}));
        const Saved lost = pc.force(pc.entryOf({schema::makeInsert(patient_bills, clinic.newId(), {{kBillPatient, refused.row}})}));
        QCOMPARE(clinic.takeOver(1), QString());
        QCOMPARE(clinic.host().pending(), 0);
        QCOMPARE(clinic.host().text(patients, made.row, "note"), "typed offline");
        QCOMPARE(clinic.host().text(patients, known, "email"), "a@b.example");
        QCOMPARE(clinic.host().rejected().size(), 2u);          // by the host's check, and what refers to it
        QVERIFY(!clinic.host().row(patients, refused.row));
        QVERIFY(!clinic.host().row(patient_bills, lost.row));
        QCOMPARE(clinic.merged(made.entry), 1);
        QCOMPARE(clinic.merged(edited.entry), 1);
        clinic.settle();
        clinic.expectEqual();
    }

    void oldHostComesBackAndOffersWhatTheNewOneLacks()
    {
        Clinic clinic(2);
        const Uuid shared = clinic.host().admit("Shared");
        clinic.settle();
        makeStandby(clinic, 1);
        clinic.cut(1);
        clinic.cut(2);
        const Uuid lost = clinic.host().admit("Lost");           // nobody else heard of it
        QCOMPARE(clinic.takeOver(1), QString());
        const Uuid later = clinic.host().admit("Later");
        clinic.settle();
        clinic.expectEqual();
        QVERIFY(!clinic.host().row(patients, lost));
        clinic.comesBack(1);
        clinic.settle();
        clinic.expectEqual();
        for (const Uuid &id : {shared, lost, later})
            for (int n = 0; n <= 2; ++n)
                QVERIFY(clinic.desk(n).row(patients, id));
        QVERIFY(openConflicts(clinic.host()).empty());
        const Saved act = clinic.desk(1).add(patients, {{kNote, words("as a client")}});
        clinic.settle();
        QCOMPARE(verdict(clinic.desk(1), act), Verdict::Applied);
    }

    void twoTakeOversInARow()
    {
        Clinic clinic(3);
        clinic.settle();
        makeStandby(clinic, 1);
        makeStandby(clinic, 2);
        const std::int64_t first = clinic.log().epoch().number;
        const Saved a = clinic.desk(3).add(patients, {{kNote, words("a")}});
        clinic.settle();
        QCOMPARE(clinic.takeOver(1), QString());
        const Saved b = clinic.desk(3).add(patients, {{kNote, words("b")}});
        clinic.settle();
        QCOMPARE(clinic.takeOver(2), QString());
        const Saved c = clinic.desk(3).add(patients, {{kNote, words("c")}});
        clinic.comesBack(1, 2);
        clinic.comesBack(2, 2);
        clinic.settle();
        clinic.expectEqual();
        QCOMPARE(clinic.log().epoch().number, first + 2);
        for (const Saved &s : {a, b, c}) {
            QCOMPARE(clinic.merged(s.entry), 1);
            QVERIFY(clinic.host().row(patients, s.row));
        }
        std::vector<std::string> prefixes;
        for (int n = 0; n <= 3; ++n)
            prefixes.push_back(prefixOf(clinic.desk(n)));
        std::ranges::sort(prefixes);
        QVERIFY(std::ranges::adjacent_find(prefixes) == prefixes.end());
    }

    void replicaThatIsKnownToBeDamagedDoesNotTakeOver()
    {
        Clinic clinic(1);
        const Uuid id = clinic.host().admit("Pérez");
        clinic.settle();
        (void)clinic.desk(1).tx([&](StoreTx &tx, Effects &) {
            const RowAt at{&patients, *tx.row(patients, id), {2, 0}};
            touch({&at, 1}, tx);
        });
        clinic.beat();
        (void)clinic.step(1, Way::Down);                         // it knows, and is not healed yet
        QVERIFY(clinic.takeOver(1).contains(u"differ"));
        clinic.settle();
        clinic.beat();
        clinic.deliver();
        QCOMPARE(clinic.takeOver(1), QString());
    }

    void replicaWithoutAllRecordsDoesNotTakeOver()
    {
        Clinic clinic(1);
        QVERIFY(!clinic.takeOver(1).isEmpty());
    }

    // ---- signatures

    void signatureIsOfThisEpochAndThisKey()
    {
        const Keys keys = newKeys(), other = newKeys();
        const ClinicSigner signer(keys.open, keys.secret), pinned(keys.open), stranger(other.open);
        const Epoch epoch{3, {{1, 2, 3}}};
        const QByteArray signature = signer.sign(epoch);
        QCOMPARE(signature.size(), 64);
        QVERIFY(pinned.verify(epoch, signature));
        QVERIFY(!stranger.verify(epoch, signature));
        QVERIFY(!pinned.verify({4, epoch.id}, signature));
        QVERIFY(!pinned.verify({3, {{1, 2, 4}}}, signature));
        QVERIFY(!pinned.verify(epoch, {}));
        QVERIFY(!pinned.verify(epoch, signature.first(63)));
        QVERIFY(pinned.sign(epoch).isEmpty());                   // it holds no private key
        QVERIFY(!ClinicSigner({}).verify(epoch, signature));
    }

    void signedEpochIsFollowedAndAnotherIsNot()
    {
        const Keys keys = newKeys(), other = newKeys();
        const ClinicSigner signer(keys.open, keys.secret), pinned(keys.open), thief(other.open, other.secret);
        Clinic clinic(2);
        clinic.trust(signer, pinned);
        clinic.settle();
        clinic.expectEqual();
        clinic.trust(thief, pinned);                             // its history goes on under the old signature
        clinic.settle();
        QCOMPARE(clinic.takeOver(1), QString());                 // a PC that does not hold the clinic's key
        const Uuid id = clinic.host().admit("Stolen");
        clinic.connect(2);
        clinic.deliver();
        QVERIFY(!clinic.desk(2).row(patients, id));
        QVERIFY(!clinic.desk(2).engine() || clinic.desk(2).engine()->mode() == ClientEngine::Mode::Ended);
    }

    void oldHostStepsDownToASignedNewerOne()
    {
        const Keys keys = newKeys();
        const ClinicSigner signer(keys.open, keys.secret), pinned(keys.open);
        Clinic clinic(1);
        clinic.trust(signer, pinned);
        clinic.settle();
        const Epoch next{clinic.log().epoch().number + 1, {{9}}};
        (void)clinic.desk(1).tx([&](StoreTx &tx, Effects &) {
            setStateEpoch(tx, next);
            setStateSignature(next, signer.sign(next), tx);
        });
        clinic.cut(1);
        clinic.connect(1);
        clinic.deliver();
        QVERIFY(clinic.log().steppedDown());
    }
};

QTEST_GUILESS_MAIN(SyncStandbyTest)
#include "sync_standby_test.moc"

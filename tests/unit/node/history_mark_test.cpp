// Whether a mark fits its store (rule 16, H20): every way in which it may not, and what follows; over a real database.
#include "sync/history_mark.h"

#include "core/random.h"
#include "node/sql_store_tx.h"
#include "schema/tables/patients.h"
#include "storage/migrations.h"

#include <QTemporaryDir>
#include <QTest>

using namespace anteroom;
using namespace anteroom::sync;

namespace {

constexpr const Table &patients = schema::tables::patients;
constexpr std::int64_t kHeadRev = 7;

struct FixedClock final : Clock {
    [[nodiscard]] std::int64_t utcMs() const override { return 1234; }
    [[nodiscard]] std::int64_t monotonicMs() const override { return 0; }
};

struct Store {
    QTemporaryDir dir;
    std::unique_ptr<storage::Connection> connection = std::move(storage::openDatabase(dir.filePath(QStringLiteral("anteroom.db"))).value());
    storage::Transaction transaction{*connection, "test"};
    FixedClock clock;
    node::SqlStoreTx tx{transaction, clock};
    SeededRandom random{20261121};
    Epoch epoch{3, id()};

    Uuid id()
    {
        Uuid made;
        random.fill(made.bytes.data(), made.bytes.size());
        return made;
    }
    // A host at revision 7 of epoch 3, whose salts are 100 + revision.
    void host()
    {
        setStateEpoch(tx, epoch);
        for (std::int64_t rev = 0; rev <= kHeadRev; ++rev)
            tx.setSalt(rev, saltOf(rev));
        setStateInt(tx, key::kHead, kHeadRev);
        setStateInt(tx, key::kPrefixes, 4);
        tx.setState(key::kPrefix, "AA");
        setMarkKnown(tx);
    }
    static Salt saltOf(std::int64_t rev) { return rev == 0 ? 0 : 100 + static_cast<Salt>(rev); }
    HistoryFault openAt(std::int64_t number, const Uuid &epochId, std::int64_t rev, Salt salt, bool copied = false)
    {
        return openHostHistory({HostMark{{number, epochId}, {rev, salt}}, copied}, random, tx).fault;
    }
};

} // namespace

class HistoryMarkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bytes()
    {
        Store s;
        for (const Mark &mark : {Mark(HostMark{{5, s.id()}, {1LL << 40, ~0ULL}}), Mark(ClientMark{(3LL << 32) | 77, 12})}) {
            const QByteArray bytes = encodeMark(mark);
            QVERIFY(decodeMark(bytes) == mark);
            QVERIFY(!decodeMark(QByteArrayView(bytes).chopped(1)));
            QVERIFY(!decodeMark(QByteArray('\x09' + bytes.mid(1))));
        }
        QVERIFY(!decodeMark({}));
    }

    void aMarkThatFitsChangesNothing()
    {
        Store s;
        s.host();
        QVERIFY(s.openAt(3, s.epoch.id, kHeadRev, Store::saltOf(kHeadRev)) == HistoryFault::None);
        QVERIFY(s.openAt(3, s.epoch.id, 4, Store::saltOf(4)) == HistoryFault::None);              // it lags: a crash between commit and mark
        QVERIFY(s.openAt(2, s.id(), 4, Store::saltOf(4)) == HistoryFault::None);                  // a crash after a new epoch
        QVERIFY(s.openAt(3, s.epoch.id, 0, 0) == HistoryFault::None);
        QVERIFY(stateEpoch(s.tx) == s.epoch);
        QCOMPARE(s.tx.state(key::kPrefix).value(), QByteArray("AA"));
        QVERIFY(hostMark(s.tx) == (HostMark{s.epoch, {kHeadRev, Store::saltOf(kHeadRev)}}));
    }

    void aMarkThatDoesNotFitOpensAnEpoch_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<bool>("sameEpoch");
        QTest::addColumn<int>("rev");
        QTest::addColumn<bool>("known");
        QTest::addColumn<bool>("copied");
        QTest::addColumn<HistoryFault>("fault");
        QTest::addColumn<int>("opened");
        QTest::newRow("leads") << 3 << true << 8 << true << false << HistoryFault::Leads << 4;
        QTest::newRow("leads by an epoch") << 9 << false << 7 << true << false << HistoryFault::Leads << 10;
        QTest::newRow("unknown salt") << 3 << true << 5 << false << false << HistoryFault::Foreign << 4;
        QTest::newRow("another epoch of this number") << 3 << false << 5 << true << false << HistoryFault::Foreign << 4;
        QTest::newRow("copied") << 3 << true << 7 << true << true << HistoryFault::Copied << 4;
        QTest::newRow("copied and older") << 3 << true << 8 << true << true << HistoryFault::Leads << 4;
    }
    void aMarkThatDoesNotFitOpensAnEpoch()
    {
        QFETCH(int, number);
        QFETCH(bool, sameEpoch);
        QFETCH(int, rev);
        QFETCH(bool, known);
        QFETCH(bool, copied);
        Store s;
        s.host();
        const HistoryFault fault = s.openAt(number, sameEpoch ? s.epoch.id : s.id(), rev, known ? Store::saltOf(rev) : 1, copied);
        QTEST(fault, "fault");
        const Epoch now = stateEpoch(s.tx);
        QTEST(static_cast<int>(now.number), "opened");
        QVERIFY(now.id != s.epoch.id);
        // Prefixes that the lost part of the history may have given are not given again.
        const QByteArray own = s.tx.state(key::kPrefix).value();
        QVERIFY(own != "AA");
        QVERIFY(stateInt(s.tx, key::kPrefixes) > 4 + 60);
        QVERIFY(takePrefix(s.tx) != own.toStdString());
    }

    void missing()
    {
        Store s;
        QVERIFY(openHostHistory({}, s.random, s.tx).fault == HistoryFault::None);      // nothing was ever here
        s.host();
        QVERIFY(openHostHistory({}, s.random, s.tx).fault == HistoryFault::Missing);
        QCOMPARE(stateEpoch(s.tx).number, 4);
        QVERIFY(openHostHistory({ClientMark{1, 5}, false}, s.random, s.tx).fault == HistoryFault::Missing);      // of another role
        QCOMPARE(stateEpoch(s.tx).number, 5);

        Store released;                              // written before there were marks: adopted once
        released.host();
        released.tx.setState("mark_known", {});
        QVERIFY(openHostHistory({}, released.random, released.tx).fault == HistoryFault::None);
        QVERIFY(stateEpoch(released.tx) == released.epoch);
        QVERIFY(openHostHistory({}, released.random, released.tx).fault == HistoryFault::Missing);
    }

    void aClientGoesOnUnderANewName()
    {
        Store s;
        setStateInt(s.tx, key::kIncarnation, 1);
        setStateInt(s.tx, key::kSeq, 9);
        setStateInt(s.tx, key::kRetired, 6);
        s.tx.setState(key::kPrefix, "AC");
        std::vector<Entry> unsent;
        for (std::int64_t seq = 7; seq <= 9; ++seq) {
            const Uuid row = s.id();
            unsent.push_back({.uuid = s.id(), .act = "patients.register", .at = 77, .user = s.id(), .device = s.id(), .changes = {schema::makeInsert(patients, row, {})}});
            s.tx.append({seq, seq == 8, false, unsent.back()}, {{&patients, row}});
        }
        const auto open = [&](const MarkFound &found) { return openClientHistory(found, s.random, s.tx).fault; };
        QVERIFY(open({ClientMark{1, 9}, false}) == HistoryFault::None);
        QVERIFY(open({ClientMark{1, 7}, false}) == HistoryFault::None);                // it lags
        QCOMPARE(stateInt(s.tx, key::kIncarnation), 1);
        QVERIFY(open({ClientMark{1, 10}, false}) == HistoryFault::Leads);
        const std::int64_t first = stateInt(s.tx, key::kIncarnation);
        QVERIFY(first > 1);
        QCOMPARE(stateInt(s.tx, key::kSeq), 3);
        QCOMPARE(stateInt(s.tx, key::kRetired), 0);
        QVERIFY(s.tx.state(key::kPrefix).value_or(QByteArray()).isEmpty());
        for (std::int64_t seq = 1; seq <= 3; ++seq) {
            const auto entry = s.tx.outbox(seq);
            QVERIFY(entry && entry->entry.uuid == unsent[static_cast<std::size_t>(seq - 1)].uuid && entry->doomed == (seq == 2));
            QCOMPARE(s.tx.outboxTouching(patients, entry->entry.changes.front().id), std::vector<std::int64_t>{seq});
        }
        QVERIFY(open({ClientMark{first, 3}, true}) == HistoryFault::Copied);
        const std::int64_t second = stateInt(s.tx, key::kIncarnation);
        QVERIFY(second > first);
        QVERIFY(open({}) == HistoryFault::Missing);
        QVERIFY(stateInt(s.tx, key::kIncarnation) > second);
        QVERIFY(open({ClientMark{100LL << 32, 0}, false}) == HistoryFault::Leads);
        QVERIFY(stateInt(s.tx, key::kIncarnation) > 100LL << 32);
    }

    // Two copies of one folder begin anew at the same point: they must not meet under one name.
    void noTwoCopiesTakeOneName()
    {
        Store a, b;
        b.random = SeededRandom(7);
        newIncarnation(1, a.random, a.tx);
        newIncarnation(1, b.random, b.tx);
        QVERIFY(stateInt(a.tx, key::kIncarnation) != stateInt(b.tx, key::kIncarnation));
    }
};

QTEST_GUILESS_MAIN(HistoryMarkTest)
#include "history_mark_test.moc"

// SqlStoreTx over a real database: every method of the engines' port, and failures as StoreFailure.
#include "node/sql_store_tx.h"

#include "core/random.h"
#include "schema/registry.h"
#include "storage/migrations.h"
#include "sync/codec.h"

#include <QTemporaryDir>
#include <QTest>

using namespace anteroom;
using namespace anteroom::sync;
using node::SqlStoreTx;

class SqlStoreTxTest : public QObject {
    Q_OBJECT

private:
    struct FixedClock final : Clock {
        [[nodiscard]] std::int64_t utcMs() const override { return 1234; }
        [[nodiscard]] std::int64_t monotonicMs() const override { return 0; }
    };
    struct Store {
        QTemporaryDir dir;
        std::unique_ptr<storage::Connection> connection = std::move(storage::openDatabase(dir.filePath(QStringLiteral("anteroom.db"))).value());
        storage::Transaction transaction{*connection, "test"};
        FixedClock clock;
        SqlStoreTx tx{transaction, clock};
        SeededRandom random{20261120};

        Uuid id()
        {
            Uuid made;
            random.fill(made.bytes.data(), made.bytes.size());
            return made;
        }
        Row patient(const char *family)
        {
            Row row = schema::emptyRow(patients(), id());
            row[kFamily] = std::string(family);
            return row;
        }
        // n patients, touched at (1, 0), (1, 1), (2, 0), (2, 1) …
        std::vector<RowAt> touched(int n)
        {
            std::vector<RowAt> rows;
            for (int i = 0; i < n; ++i) {
                rows.push_back({&patients(), patient("Silva"), {1 + i / 2, i % 2}});
                tx.putRow(patients(), rows.back().row);
                tx.setTouched(patients(), rows.back().row.id, rows.back().at);
            }
            return rows;
        }
        Entry entry(const std::vector<Uuid> &rows)
        {
            Entry made{.uuid = id(), .act = "patients.register", .at = 77, .user = id(), .device = id()};
            for (const Uuid &row : rows)
                made.changes.push_back(schema::makeInsert(patients(), row, {{kFamily, std::string("Silva")}}));
            return made;
        }
    };
    static const Table &patients() { return *schema::findTable("patients"); }
    static inline const int kFamily = schema::findColumn(patients(), "family_name");

private Q_SLOTS:
    void rowsFindMax()
    {
        Store s;
        Row ana = s.patient("Silva");
        QVERIFY(!s.tx.row(patients(), ana.id));
        s.tx.putRow(patients(), ana);
        ana[schema::kUpdatedAt] = std::int64_t{5};
        s.tx.putRow(patients(), ana);
        QVERIFY(s.tx.row(patients(), ana.id) == ana);
        s.tx.putRow(patients(), s.patient("Berg"));
        QVERIFY(s.tx.find(patients(), {{kFamily, std::string("Silva")}}) == std::vector{ana});
        QCOMPARE(s.tx.find(patients(), {}).size(), 2u);
        QCOMPARE(s.tx.find(patients(), {}, 1).size(), 1u);
        QCOMPARE(s.tx.maxOf(patients(), schema::kUpdatedAt, {}), 5);
        QCOMPARE(s.tx.maxOf(patients(), schema::kUpdatedAt, {{kFamily, std::string("Berg")}}), 0);
        s.tx.eraseRow(patients(), ana.id);
        QVERIFY(!s.tx.row(patients(), ana.id));
    }

    void scanIsCutByRowsExactly()
    {
        constexpr int kLimit = 4;
        for (const int n : {0, 1, kLimit - 1, kLimit, kLimit + 1}) {
            Store s;
            const auto rows = s.touched(n);
            bool more = true;
            const auto page = s.tx.scan(schema::kStart, kLimit, SIZE_MAX, more);
            QVERIFY(page == std::vector(rows.begin(), rows.begin() + std::min(n, kLimit)));
            QCOMPARE(more, n > kLimit);
            if (!more)
                continue;
            const auto rest = s.tx.scan(page.back().at, kLimit, SIZE_MAX, more);
            QVERIFY(rest == std::vector(rows.begin() + kLimit, rows.end()));
            QVERIFY(!more);
        }
    }

    void scanIsCutByBytesButGivesAtLeastOne()
    {
        Store s;
        const auto rows = s.touched(4);
        const std::size_t one = wireSize(rows.front());
        bool more = false;
        QCOMPARE(s.tx.scan(schema::kStart, 100, 1, more).size(), 1u);
        QVERIFY(more);
        QCOMPARE(s.tx.scan(schema::kStart, 100, 2 * one - 1, more).size(), 1u);
        QCOMPARE(s.tx.scan(schema::kStart, 100, 2 * one, more).size(), 2u);
        QVERIFY(more);
        QCOMPARE(s.tx.scan(schema::kStart, 100, 4 * one, more).size(), 4u);
        QVERIFY(!more);
        QCOMPARE(s.tx.scan({2, 0}, 0, 0, more).size(), 1u);
        QVERIFY(!more);
    }

    void scanShowsMarkedRowsAndTheLastTouch()
    {
        Store s;
        auto rows = s.touched(3);
        Row &marked = rows[0].row;
        marked[schema::kDeletedAt] = std::int64_t{9};
        s.tx.putRow(patients(), marked);
        s.tx.setTouched(patients(), marked.id, {9, 3});
        QVERIFY(s.tx.touched(patients(), marked.id) == RevPos(9, 3));
        bool more = true;
        const auto page = s.tx.scan(schema::kStart, 10, SIZE_MAX, more);
        QCOMPARE(page.size(), 3u);
        QVERIFY(page.back() == (RowAt{&patients(), marked, {9, 3}}));
    }

    void stateSaltsCounters()
    {
        Store s;
        QVERIFY(!s.tx.state(key::kHead));
        setStateInt(s.tx, key::kHead, 42);
        QCOMPARE(stateInt(s.tx, key::kHead), 42);
        setStateCursor(s.tx, key::kCursor, {7, schema::kAllOfRev});
        QVERIFY(stateCursor(s.tx, key::kCursor) == RevPos(7, schema::kAllOfRev));
        const Epoch epoch{2, s.id()};
        setStateEpoch(s.tx, epoch);
        QVERIFY(stateEpoch(s.tx) == epoch);

        QVERIFY(s.tx.salt(0) == Salt{0});
        QVERIFY(!s.tx.salt(1));
        for (const std::int64_t rev : {1, 2, 4})
            s.tx.setSalt(rev, static_cast<Salt>(rev) << 60);
        QVERIFY(s.tx.salt(4) == Salt{4} << 60);
        QVERIFY(s.tx.saltsBetween(1, 4, 2) == (std::vector<RevSalt>{{2, Salt{2} << 60}, {4, Salt{4} << 60}}));
        s.tx.eraseSalts();
        QVERIFY(s.tx.saltsBetween(1, 4, 9).empty());

        const Author author{s.id(), 2}, otherLife{author.device, 3};
        QVERIFY(!s.tx.counter(author));
        s.tx.setCounter(author, {5, "AB"});
        QCOMPARE(s.tx.counter(author)->seq, 5);
        QCOMPARE(s.tx.counter(author)->prefix, std::string("AB"));
        QVERIFY(!s.tx.counter(otherLife));
        const Reply applied{.verdict = Verdict::Applied, .rev = 3, .number = "T-004", .called = s.id(), .desk = s.id()};
        const Reply refused{.verdict = Verdict::Refused, .rev = 4, .why = "needs patients"};
        s.tx.keepReply(author, 2, refused);
        s.tx.keepReply(author, 1, applied);
        s.tx.keepReply(otherLife, 1, refused);
        QVERIFY(s.tx.repliesAfter(author, 0) == (Answers{{1, applied}, {2, refused}}));
        QVERIFY(s.tx.repliesAfter(author, 1) == (Answers{{2, refused}}));
        s.tx.dropReplies(author, 1);
        QVERIFY(s.tx.repliesAfter(author, 0) == (Answers{{2, refused}}));
        QCOMPARE(s.tx.repliesAfter(otherLife, 0).size(), 1u);
    }

    void basesAndStage()
    {
        Store s;
        const Row ana = s.patient("Silva");
        QVERIFY(!s.tx.hasBase(patients(), ana.id));
        s.tx.setBase(patients(), ana.id, std::nullopt);
        QVERIFY(s.tx.hasBase(patients(), ana.id));
        QVERIFY(!s.tx.base(patients(), ana.id));
        s.tx.setBase(patients(), ana.id, ana);
        QVERIFY(s.tx.base(patients(), ana.id) == ana);
        s.tx.eraseBase(patients(), ana.id);
        QVERIFY(!s.tx.hasBase(patients(), ana.id));

        Row later = ana;
        later[kFamily] = std::string("Berg");
        const RowAt other{&patients(), s.patient("Silva"), {2, 0}};
        s.tx.stagePut({&patients(), ana, {1, 0}});
        s.tx.stagePut(other);
        s.tx.stagePut({&patients(), later, {3, 0}});
        QVERIFY(s.tx.stageAfter(schema::kStart, 10) == (std::vector<RowAt>{other, {&patients(), later, {3, 0}}}));
        QVERIFY(s.tx.stageAfter(schema::kStart, 1) == std::vector<RowAt>{other});
        QVERIFY(s.tx.stageAfter({3, 0}, 10).empty());
        s.tx.stageClear();
        QVERIFY(s.tx.stageAfter(schema::kStart, 10).empty());
    }

    void outboxAndRefusals()
    {
        Store s;
        const Uuid a = s.id(), b = s.id();
        const Entry one = s.entry({a, b}), two = s.entry({a});
        s.tx.append({1, false, true, one}, {{&patients(), a}, {&patients(), b}});
        s.tx.append({2, false, false, two}, {{&patients(), a}});
        QVERIFY(s.tx.outbox(1)->entry == one);
        QVERIFY(s.tx.outbox(1)->provisional && !s.tx.outbox(1)->doomed);
        QVERIFY(!s.tx.outbox(3));
        QCOMPARE(s.tx.outboxAfter(0, 10).size(), 2u);
        QCOMPARE(s.tx.outboxAfter(0, 1).front().seq, 1);
        QVERIFY(s.tx.outboxAfter(1, 10).front().entry == two);
        QCOMPARE(s.tx.outboxTouching(patients(), a).size(), 2u);
        QCOMPARE(s.tx.outboxTouching(patients(), b).front(), 1);
        s.tx.markOutbox(2, true, true);
        QVERIFY(s.tx.outbox(2)->doomed && s.tx.outbox(2)->provisional);
        s.tx.retire(1);
        QVERIFY(!s.tx.outbox(1));
        QVERIFY(s.tx.outboxTouching(patients(), b).empty());
        s.tx.reject(1, one, "not allowed");
        const auto rejected = storage::Outbox(*s.connection).rejected(10);
        QCOMPARE(rejected.size(), 1u);
        QCOMPARE(rejected.front().why, std::string("not allowed"));
        QCOMPARE(rejected.front().at, 1234);
        QVERIFY(decodeEntry(rejected.front().entry).value() == one);
    }

    void failuresArriveAsStoreFailure()
    {
        Store s;
        const auto codeOf = [](const auto &call) {
            try {
                call();
            } catch (const StoreFailure &e) {
                return e.error().code;
            }
            return ErrorCode{};
        };
        QCOMPARE(codeOf([&] { s.tx.setTouched(patients(), s.id(), {-1, 0}); }), ErrorCode::Protocol);
        storage::SyncImages(*s.connection).setBase(patients(), Uuid{}, QByteArray("not CBOR"));
        QCOMPARE(codeOf([&] { (void)s.tx.base(patients(), Uuid{}); }), ErrorCode::Io);
        s.connection->execute("PRAGMA max_page_count=1");                // not below what is there: nothing more fits
        QCOMPARE(codeOf([&] { for (int i = 0; i < 100000; ++i) s.tx.putRow(patients(), s.patient("Silva")); }), ErrorCode::DiskFull);
    }
};

QTEST_GUILESS_MAIN(SqlStoreTxTest)
#include "sql_store_tx_test.moc"

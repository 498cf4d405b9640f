// ReaderPool: answers by future, one snapshot a job, cancelling, closing, a database that cannot be opened.
#include "storage/reader_pool.h"

#include "scratch.h"
#include "storage/records.h"

#include <QFileInfo>

#include <latch>

using namespace scratch;

class ReaderPoolTest : public QObject {
    Q_OBJECT

private:
    // Counts for hours unless it is stopped.
    static Result<std::int64_t> forEver(Connection &connection)
    {
        return number(connection, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT max(i) FROM n");
    }

private Q_SLOTS:
    void readsWhatWasCommitted()
    {
        Scratch s;
        SeededRandom random(1);
        ReaderPool pool(s.path);
        const schema::Table &rooms = *schema::findTable("rooms");
        const auto count = [&] { return pool.submit([&](Connection &c) -> Result<std::int64_t> { return countRows(c, rooms, {}, true); }); };
        for (int i = 1; i <= 5; ++i) {
            Transaction transaction(*s, "test");
            upsertRow(transaction, rooms, randomRow(random, rooms));
            transaction.commit();
            auto answer = count();
            QCOMPARE(*answer.result(), i);
        }
    }

    void aJobIsOneSnapshotAndLeavesNoneOpen()
    {
        Scratch s;
        SeededRandom random(2);
        const schema::Table &rooms = *schema::findTable("rooms");
        ReaderPool pool(s.path, 1);
        std::latch first(1), written(1);
        auto answer = pool.submit([&](Connection &c) -> Result<std::pair<std::int64_t, std::int64_t>> {
            const auto before = countRows(c, rooms, {}, true);
            first.count_down();
            written.wait();
            return std::pair(before, countRows(c, rooms, {}, true));
        });
        first.wait();
        {
            Transaction transaction(*s, "test");
            upsertRow(transaction, rooms, randomRow(random, rooms));
            transaction.commit();
        }
        written.count_down();
        QCOMPARE(answer.result()->first, 0);
        QCOMPARE(answer.result()->second, 0);
        // The next job on the same connection runs after the first has let its snapshot go, so all can be truncated.
        (void)pool.submit([](Connection &) -> Result<int> { return 0; }).result();
        QTRY_VERIFY((s.connection->checkpoint(true), QFileInfo(s.path + u"-wal").size() == 0));
    }

    void failuresComeAsErrors()
    {
        Scratch s;
        ReaderPool pool(s.path, 1);
        auto thrownInside = pool.submit([](Connection &c) -> Result<std::int64_t> { return number(c, "SELECT * FROM nothing"); });
        QVERIFY(!thrownInside.result());
        auto writes = pool.submit([](Connection &c) -> Result<int> { Statement(c, "DELETE FROM rooms").run(); return 0; });
        QCOMPARE(writes.result().error().code, ErrorCode::ReadOnly);
        auto after = pool.submit([](Connection &c) -> Result<std::int64_t> { return number(c, "SELECT 7"); });
        QCOMPARE(*after.result(), 7);
        ReaderPool none(s.dir.filePath(QStringLiteral("none.db")), 1);
        auto unopened = none.submit([](Connection &) -> Result<int> { return 0; });
        QCOMPARE(unopened.result().error().code, ErrorCode::ReadOnly);
    }

    void cancellingStopsARunningRead()
    {
        Scratch s;
        ReaderPool pool(s.path, 1);
        std::latch running(1);
        auto endless = pool.submit([&](Connection &c) { running.count_down(); return forEver(c); });
        bool ran = false;
        auto waiting = pool.submit([&](Connection &) -> Result<int> { ran = true; return 0; });
        running.wait();
        waiting.cancel();
        endless.cancel();
        auto after = pool.submit([](Connection &c) -> Result<std::int64_t> { return number(c, "SELECT 7"); });
        QCOMPARE(*after.result(), 7);
        QVERIFY(endless.isFinished() && endless.isCanceled());
        QVERIFY(waiting.isFinished());
        QVERIFY(!ran);
    }

    void closingEndsRunningAndWaitingReads()
    {
        Scratch s;
        std::latch running(1);
        auto pool = std::make_unique<ReaderPool>(s.path, 1);
        auto endless = pool->submit([&](Connection &c) { running.count_down(); return forEver(c); });
        auto waiting = pool->submit([](Connection &) -> Result<int> { return 0; });
        running.wait();
        pool.reset();
        QCOMPARE(endless.result().error().code, ErrorCode::Cancelled);
        QCOMPARE(waiting.result().error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(ReaderPoolTest)
#include "reader_pool_test.moc"

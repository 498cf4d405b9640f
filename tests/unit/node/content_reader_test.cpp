// ContentReader: sums of a snapshot, on a thread of its own; who asks while it reads is answered by the next reading.
#include "node/content_reader.h"

#include "node/sql_store_tx.h"
#include "schema/tables/patients.h"
#include "storage/migrations.h"

#include <QTemporaryDir>
#include <QTest>

using namespace anteroom;
using namespace anteroom::sync;
using schema::tables::patients;

namespace {

constexpr int kWaitMs = 20'000;

struct Store {
    QTemporaryDir dir;
    SystemClock clock;
    std::unique_ptr<storage::Connection> connection;

    Store() { connection = std::move(*storage::openDatabase(path())); }
    [[nodiscard]] QString path() const { return dir.filePath(QStringLiteral("content.db")); }
    void write(std::uint8_t id, std::int64_t rev)
    {
        storage::Transaction transaction(*connection, "test");
        node::SqlStoreTx tx(transaction, clock);
        Row row = schema::emptyRow(patients, Uuid{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, id}});
        row[schema::col(patients, "family_name")] = std::string("Pérez");
        const RowAt at{&patients, row, {rev, 0}};
        touch({&at, 1}, tx);
        tx.putRow(patients, row);
        setStateInt(tx, key::kHead, rev);
        transaction.commit();
    }
};

} // namespace

class ContentReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsASnapshotAtItsRevision()
    {
        Store store;
        store.write(7, 3);
        node::ContentReader reader(store.path(), store.clock);
        std::vector<Result<ContentSums>> got;
        reader.read([&](const Result<ContentSums> &sums) {
            got.push_back(sums);
            store.write(8, 4);
            reader.read([&](const Result<ContentSums> &again) { got.push_back(again); });
        });
        QTRY_COMPARE_WITH_TIMEOUT(got.size(), 2u, kWaitMs);
        QVERIFY(got[0] && got[1]);
        QCOMPARE(got[0]->rev, 3);
        QCOMPARE(got[1]->rev, 4);
        const BucketSums &first = got[0]->sums.begin()->second, &second = got[1]->sums.begin()->second;
        QVERIFY(first[7] != 0);
        QCOMPARE(first[8], 0u);
        QCOMPARE(second[7], first[7]);
        QVERIFY(second[8] != 0);
    }

    void whoAsksMeanwhileSharesTheNextReading()
    {
        Store store;
        store.write(7, 3);
        node::ContentReader reader(store.path(), store.clock);
        int answers = 0;
        for (int i = 0; i < 5; ++i)
            reader.read([&](const Result<ContentSums> &sums) { answers += sums && sums->rev == 3; });
        QTRY_COMPARE_WITH_TIMEOUT(answers, 5, kWaitMs);
    }

    void fileThatIsNotThereIsSaid()
    {
        SystemClock clock;
        node::ContentReader reader(QStringLiteral("/nowhere/none.db"), clock);
        bool failed = false;
        reader.read([&](const Result<ContentSums> &sums) { failed = !sums; });
        QTRY_VERIFY_WITH_TIMEOUT(failed, kWaitMs);
    }

    void endsWhileItReads()
    {
        Store store;
        store.write(7, 3);
        bool called = false;
        {
            node::ContentReader reader(store.path(), store.clock);
            reader.read([&](const Result<ContentSums> &) { called = true; });
        }
        QCoreApplication::sendPostedEvents();
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(ContentReaderTest)
#include "content_reader_test.moc"

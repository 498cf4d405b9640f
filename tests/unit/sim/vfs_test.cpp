// The simulated disk: what a power cut may and may not take, faults, images, and SQLite in WAL mode on top of it.
#include "app/sim/vfs.h"

#include "storage/migrations.h"
#include "storage/sql_error.h"

#include <QTest>

#include <sqlite3.h>

#include <set>

using namespace anteroom;
using namespace anteroom::sim;
using namespace anteroom::storage;
using namespace Qt::StringLiterals;

namespace {

const QString kDb = u"clinic.db"_s;

std::unique_ptr<Connection> openOn(const Disk &disk, Mode mode = Mode::ReadWrite)
{
    auto result = Connection::open(disk.path(kDb), mode, Disk::openOptions());
    if (!result)
        throw std::runtime_error(result.error().detail.toStdString());
    return std::move(*result);
}

// One row a transaction, value = how many transactions there were: a state that is easy to name.
void makeTable(Connection &connection)
{
    Transaction transaction(connection, "test");
    connection.execute("CREATE TABLE t(pk INTEGER PRIMARY KEY, filler BLOB)");
    transaction.commit();
}

void addRow(Connection &connection, int bytes = 700)
{
    Transaction transaction(connection, "test");
    Statement(connection, "INSERT INTO t(filler) VALUES(randomblob(?1))").bindInt(1, bytes).run();
    transaction.commit();
}

std::int64_t number(Connection &connection, std::string_view sql)
{
    Statement statement(connection, sql);
    return statement.step() ? statement.integer(0) : -1;
}

std::int64_t rowsOf(Connection &connection) { return number(connection, "SELECT count(*) FROM t"); }

bool isWhole(Connection &connection)
{
    Statement statement(connection, "PRAGMA integrity_check");
    return statement.step() && statement.text(0) == "ok";
}

template <typename Call>
ErrorCode thrown(Call call)
{
    try {
        call();
    } catch (const SqlError &e) {
        return e.error().code;
    }
    return ErrorCode{};
}

} // namespace

class VfsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_file_is_replaced_whole_or_not_at_all()
    {
        SeededRandom random(1);
        std::set<QByteArray> seen;
        for (int i = 0; i < 60; ++i) {
            Disk disk;
            QVERIFY(disk.writeFile(u"mark"_s, QByteArray(900, 'a'), true));
            QVERIFY(disk.writeFile(u"mark"_s, QByteArray(1700, 'b'), false));
            disk.powerCut(random);
            seen.insert(disk.readFile(u"mark"_s).value_or("none"));
        }
        QCOMPARE(seen, (std::set<QByteArray>{QByteArray(900, 'a'), QByteArray(1700, 'b')}));
    }

    void a_new_file_may_vanish_until_it_was_synced()
    {
        SeededRandom random(2);
        int there = 0;
        for (int i = 0; i < 60; ++i) {
            Disk disk;
            (void)disk.writeFile(u"synced"_s, "1", true);
            (void)disk.writeFile(u"new"_s, "2", false);
            disk.removeFile(u"synced"_s, false);         // a removal may be lost too
            disk.powerCut(random);
            there += disk.readFile(u"new"_s) ? 1 : 0;
            there += disk.readFile(u"synced"_s) == "1" ? 100 : 0;
        }
        QVERIFY2(there % 100 > 5 && there % 100 < 55 && there > 500 && there < 5500, qPrintable(QString::number(there)));
    }

    void what_was_synced_stays_and_what_was_not_is_lost_in_parts()
    {
        SeededRandom random(3);
        std::set<std::int64_t> counts;
        for (int i = 0; i < 200; ++i) {
            Disk disk;
            auto connection = openOn(disk);
            makeTable(*connection);
            for (int n = 0; n < 5; ++n)
                addRow(*connection);                     // FULL: certain
            connection->setDurability(Durability::Normal);
            for (int n = 0; n < 5; ++n)
                addRow(*connection);
            disk.powerCut(random);
            connection.reset();
            connection = openOn(disk);
            QVERIFY(isWhole(*connection));
            counts.insert(rowsOf(*connection));
        }
        QVERIFY2(*counts.begin() >= 5, "a commit that was synced is lost");
        QCOMPARE(*counts.begin(), 5);
        QCOMPARE(*counts.rbegin(), 10);
        QVERIFY2(counts.size() >= 4, "a cut leaves more than all or nothing");
    }

    void a_device_that_lies_loses_acknowledged_commits()
    {
        SeededRandom random(4);
        bool lost = false;
        for (int i = 0; i < 50 && !lost; ++i) {
            Disk disk;
            auto connection = openOn(disk);
            makeTable(*connection);
            disk.ignoreSync(true);
            addRow(*connection);
            disk.powerCut(random);
            connection.reset();
            lost = rowsOf(*openOn(disk)) == 0;
        }
        QVERIFY(lost);
    }

    void a_crashed_process_loses_nothing_that_was_written()
    {
        Disk disk;
        auto connection = openOn(disk);
        makeTable(*connection);
        connection->setDurability(Durability::Normal);
        for (int n = 0; n < 20; ++n)
            addRow(*connection);
        disk.processCrash();
        QCOMPARE(thrown([&] { addRow(*connection); }), ErrorCode::Io);
        connection.reset();
        connection = openOn(disk);
        QCOMPARE(rowsOf(*connection), 20);
    }

    void a_dead_handle_fails_and_closes_harmlessly()
    {
        SeededRandom random(5);
        Disk disk;
        auto old = openOn(disk);
        makeTable(*old);
        addRow(*old);
        disk.powerCut(random);
        auto fresh = openOn(disk);
        addRow(*fresh);
        QCOMPARE(thrown([&] { addRow(*old); }), ErrorCode::Io);
        QCOMPARE(thrown([&] { (void)rowsOf(*old); }), ErrorCode::Io);
        old.reset();                                     // would checkpoint and remove the log, if it could
        addRow(*fresh);
        QCOMPARE(rowsOf(*fresh), 3);
        auto outlives = std::make_unique<Disk>();
        auto orphan = openOn(*outlives);
        outlives.reset();
        QVERIFY(thrown([&] { (void)number(*orphan, "SELECT count(*) FROM sqlite_schema"); }) != ErrorCode{});
    }

    void a_full_disk_says_so_and_goes_on_after_it()
    {
        Disk disk;
        auto connection = openOn(disk);
        makeTable(*connection);
        disk.setCapacity(disk.bytesUsed() + 20'000);
        int added = 0;
        while (thrown([&] { addRow(*connection, 3000); }) == ErrorCode{})
            ++added;
        QCOMPARE(thrown([&] { addRow(*connection, 3000); }), ErrorCode::DiskFull);
        QVERIFY(added > 0 && added < 10);
        QCOMPARE(rowsOf(*connection), added);
        QVERIFY(!disk.writeFile(u"mark"_s, QByteArray(50'000, 'x'), true));
        disk.setCapacity({});
        addRow(*connection);
        QCOMPARE(rowsOf(*connection), added + 1);
    }

    void every_failing_operation_leaves_whole_transactions()
    {
        for (int n = 1;; ++n) {
            Disk disk;
            auto connection = openOn(disk);
            makeTable(*connection);
            for (int i = 0; i < 3; ++i)
                addRow(*connection);
            disk.failOperation(n);
            const ErrorCode first = thrown([&] { addRow(*connection, 9000); });
            const ErrorCode second = thrown([&] { (void)connection->checkpoint(); });
            if (first == ErrorCode{} && second == ErrorCode{}) {
                QVERIFY2(n > 6, "a commit and a checkpoint are more operations than that");
                return;
            }
            QCOMPARE(first == ErrorCode{} ? second : first, ErrorCode::Io);
            addRow(*connection);
            const int expected = first == ErrorCode{} ? 5 : 4;
            QCOMPARE(rowsOf(*connection), expected);
            SeededRandom random(static_cast<std::uint64_t>(n));
            disk.powerCut(random);
            connection.reset();
            connection = openOn(disk);
            QVERIFY(isWhole(*connection));
            QCOMPARE(rowsOf(*connection), expected);
        }
    }

    void images_are_cheap_copies()
    {
        Disk disk;
        auto connection = openOn(disk);
        makeTable(*connection);
        addRow(*connection);
        const Disk::Image one = disk.image();
        addRow(*connection);
        const Disk::Image two = disk.image();
        Disk clone(one);
        {
            auto other = openOn(clone);
            QCOMPARE(rowsOf(*other), 1);
            for (int i = 0; i < 5; ++i)
                addRow(*other);
        }
        addRow(*connection);
        QCOMPARE(rowsOf(*connection), 3);
        disk.restore(two);
        QCOMPARE(thrown([&] { addRow(*connection); }), ErrorCode::Io);
        connection.reset();
        QCOMPARE(rowsOf(*openOn(disk)), 2);
        disk.restore(one);
        QCOMPARE(rowsOf(*openOn(disk)), 1);
        SeededRandom random(6);
        disk.powerCut(random);                           // a restored image is certain
        QCOMPARE(rowsOf(*openOn(disk)), 1);
        QCOMPARE(rowsOf(*openOn(clone)), 6);
    }

    void an_idle_connection_reads_what_was_put_under_it()
    {
        SeededRandom random(12);
        Disk disk, other;
        auto connection = openOn(disk);
        makeTable(*connection);
        std::vector<Disk::Image> images{disk.image()};
        for (int n = 0; n < 6; ++n) {
            addRow(*connection);
            images.push_back(disk.image());
        }
        other.restore(images.front());
        auto watcher = openOn(other);
        for (int i = 0; i < 50; ++i) {
            const auto which = static_cast<std::size_t>(random.u64() % images.size());
            other.exchange(images[which]);
            sqlite3_db_release_memory(watcher->handle());
            QCOMPARE(rowsOf(*watcher), static_cast<std::int64_t>(which));
            if (i % 5 == 0)
                addRow(*watcher);
        }
    }

    void readers_and_the_writer_share_a_database_in_wal_mode()
    {
        Disk disk;
        auto writer = openOn(disk);
        makeTable(*writer);
        addRow(*writer);
        auto reader = openOn(disk, Mode::ReadOnly);
        Transaction snapshot(*reader, "read", Transaction::Kind::Read);
        QCOMPARE(rowsOf(*reader), 1);
        addRow(*writer);
        QCOMPARE(rowsOf(*reader), 1);
        QVERIFY2(disk.files().contains(u"clinic.db-wal"_s), "the log is a file of the disk");
        const CheckpointResult held = writer->checkpoint();
        QVERIFY2(held.copied < held.walFrames, "a reader holds the newest frames back");
        snapshot.commit();
        QCOMPARE(rowsOf(*reader), 2);
        const CheckpointResult all = writer->checkpoint();
        QCOMPARE(all.copied, all.walFrames);
        auto second = openOn(disk);
        Transaction write(*writer, "write");
        QCOMPARE(thrown([&] { addRow(*second); }), ErrorCode::Busy);
        write.commit();
        addRow(*second);
        QCOMPARE(rowsOf(*reader), 3);
    }

    void every_table_of_the_product_is_made_on_it()
    {
        Disk disk;
        auto opened = openDatabase(disk.path(kDb), IfNewer::Refuse, Disk::openOptions());
        QVERIFY(opened.has_value());
        QCOMPARE((*opened)->userVersion(), kSchemaVersion);
        QVERIFY(isWhole(**opened));
        QVERIFY(disk.operations() > 0);
    }

    void a_thousand_cuts_leave_a_whole_database()
    {
        SeededRandom random(7);
        Disk disk, after;
        auto connection = openOn(disk);
        makeTable(*connection);
        std::int64_t committed = 0, shown = 0;           // certain; perhaps there
        int points = 0;
        QString wrong;
        disk.observe([&](const DiskOperation &) {
            if (!wrong.isEmpty())
                return;
            ++points;
            after.restore(disk.imageAfterPowerCut(random));
            auto survivor = openOn(after);
            const std::int64_t rows = rowsOf(*survivor);
            if (!isWhole(*survivor) || rows < committed || rows > shown)
                wrong = u"point %1: %2 rows, %3 to %4 expected"_s.arg(points).arg(rows).arg(committed).arg(shown);
        });
        while (points < 1'000 && wrong.isEmpty()) {
            const bool full = random.u64() % 2;
            connection->setDurability(full ? Durability::Full : Durability::Normal);
            ++shown;
            addRow(*connection, int(random.u64() % 6000));
            if (full)
                committed = shown;
            if (shown % 7 == 0)
                (void)connection->checkpoint(shown % 3 == 0);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        disk.observe(nullptr);
    }

    void the_same_seed_leaves_the_same_disk()
    {
        const auto run = [](std::uint64_t seed) {
            SeededRandom random(seed);
            Disk disk;
            disk.keepLog(true);
            for (int i = 0; i < 20; ++i)
                (void)disk.writeFile(u"file-%1"_s.arg(i % 7), QByteArray(i * 100, char('a' + i)), i % 3 == 0);
            disk.powerCut(random);
            QByteArray all = QByteArray::number(qsizetype(disk.log().size()));
            for (const QString &name : disk.files())
                all += name.toUtf8() + disk.readFile(name).value_or("none");
            return all;
        };
        QCOMPARE(run(8), run(8));
        QVERIFY(run(8) != run(9) || run(8) != run(10));
    }
};

QTEST_GUILESS_MAIN(VfsTest)
#include "vfs_test.moc"

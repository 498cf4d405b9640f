// The database file itself: what open() sets, whom it refuses, transactions, savepoints, a full disk.
#include "storage/connection.h"

#include "scratch.h"
#include "storage/transaction.h"

#include <QScopeGuard>

#include <sqlite3.h>

#include <sys/mount.h>
#include <unistd.h>

using namespace scratch;

class ConnectionTest : public QObject {
    Q_OBJECT

private:
    static void makeTable(Connection &connection)
    {
        Transaction transaction(connection, "test");
        connection.execute("CREATE TABLE t(pk INTEGER PRIMARY KEY, a, b)");
        connection.execute("CREATE TABLE child(pk INTEGER PRIMARY KEY, t INTEGER REFERENCES t(pk) DEFERRABLE INITIALLY DEFERRED)");
        transaction.commit();
    }
    static void insert(Connection &connection, std::int64_t a)
    {
        Statement statement(connection, "INSERT INTO t(a) VALUES(?1)");
        statement.bindInt(1, a).run();
    }
    struct Bare {
        QTemporaryDir dir;
        QString path = dir.filePath(QStringLiteral("t.db"));
        std::unique_ptr<Connection> connection = opened(Connection::open(path, Mode::ReadWrite));
        Bare() { makeTable(*connection); }
    };
    // Fills until SQLite says no; then the same connection must go on.
    static void fillAndGoOn(Connection &connection, const std::function<void()> &makeRoom)
    {
        const std::int64_t before = number(connection, "SELECT count(*) FROM t");
        QString words;
        const std::string big(64 * 1024, 'x');
        const ErrorCode code = thrown([&] {
            Transaction transaction(connection, "fill");
            Statement statement(connection, "INSERT INTO t(a,b) VALUES(?1,?2)");
            for (int i = 0; i < 10000; ++i)
                statement.bindInt(1, i).bindText(2, big).run();
            transaction.commit();
        }, &words);
        QCOMPARE(code, ErrorCode::DiskFull);
        QVERIFY(words.contains(QStringLiteral("Free some space")));
        QVERIFY(!connection.inTransaction());
        QCOMPARE(number(connection, "SELECT count(*) FROM t"), before);
        makeRoom();
        Transaction transaction(connection, "go on");
        insert(connection, 1);
        transaction.commit();
        QCOMPARE(number(connection, "SELECT count(*) FROM t"), before + 1);
    }

private Q_SLOTS:
    void pragmasHold()
    {
        Scratch s;
        Connection &c = *s;
        QCOMPARE(c.pragma("application_id"), std::int64_t{kApplicationId});
        QCOMPARE(c.userVersion(), kSchemaVersion);
        QCOMPARE(c.pragma("trusted_schema"), 0);
        QCOMPARE(c.pragma("foreign_keys"), 1);
        QCOMPARE(c.pragma("synchronous"), 2);
        QCOMPARE(c.pragma("wal_autocheckpoint"), 0);
        QCOMPARE(c.pragma("busy_timeout"), kBusyTimeoutMs);
        QCOMPARE(sqlite3_limit(c.handle(), SQLITE_LIMIT_ATTACHED, -1), 0);
        int defensive = 0;
        sqlite3_db_config(c.handle(), SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive);
        QCOMPARE(defensive, 1);
        Statement wal(c, "SELECT * FROM pragma_journal_mode");
        QVERIFY(wal.step());
        QVERIFY(wal.text(0) == "wal");
        QVERIFY(thrown([&] { c.execute("ATTACH ':memory:' AS other"); }) != ErrorCode{});
    }

    void refusesWhatIsNotOurs()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("x.db"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'n'));
        file.close();
        const auto notDatabase = Connection::open(path, Mode::ReadWrite);
        QVERIFY(!notDatabase);
        QCOMPARE(notDatabase.error().code, ErrorCode::Io);
        QVERIFY(notDatabase.error().detail.contains(QStringLiteral("not a database")));
        QVERIFY(file.remove());

        sqlite3 *other = nullptr;
        QCOMPARE(sqlite3_open(path.toUtf8().constData(), &other), SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, "CREATE TABLE theirs(x)", nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(other);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray before = file.readAll();
        file.close();
        const auto foreign = Connection::open(path, Mode::ReadWrite);
        QVERIFY(!foreign);
        QVERIFY(foreign.error().detail.contains(QStringLiteral("another program")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), before);
    }

    void missingFileForReaderIsWords()
    {
        QTemporaryDir dir;
        const auto reader = Connection::open(dir.filePath(QStringLiteral("none.db")), Mode::ReadOnly);
        QVERIFY(!reader);
        QCOMPARE(reader.error().code, ErrorCode::ReadOnly);
    }

    void valuesRoundTrip()
    {
        Bare s;
        Transaction transaction(*s.connection, "test");
        SeededRandom random(1);
        const Uuid id = randomUuid(random);
        const schema::Value values[] = {{}, std::int64_t{INT64_MIN}, 2.5, std::string("a\0b", 3), id, schema::Blob(), schema::Blob("\0x", 2)};
        const schema::Type types[] = {schema::Type::Text, schema::Type::Integer, schema::Type::Real, schema::Type::Text, schema::Type::Uuid, schema::Type::Blob, schema::Type::Blob};
        Statement write(*s.connection, "INSERT INTO t(pk,a) VALUES(?1,?2)");
        Statement read(*s.connection, "SELECT a FROM t WHERE pk=?1");
        for (int i = 0; i < static_cast<int>(std::size(values)); ++i) {
            write.bindInt(1, i).bindValue(2, values[i]).run();
            QVERIFY(read.bindInt(1, i).step());
            QVERIFY2(read.value(0, types[i]) == values[i], qPrintable(QString::number(i)));
            read.reset();
        }
        QVERIFY(read.bindInt(1, 6).step());
        QCOMPARE(thrown([&] { (void)read.uuid(0); }), ErrorCode::Io);      // two bytes are no id
    }

    void sameTextTwiceAtOnce()
    {
        Bare s;
        Transaction transaction(*s.connection, "test");
        for (int i = 1; i <= 3; ++i)
            insert(*s.connection, i);
        constexpr std::string_view kSql = "SELECT a FROM t ORDER BY a";
        int pairs = 0;
        Statement outer(*s.connection, kSql);
        while (outer.step()) {
            Statement inner(*s.connection, kSql);
            while (inner.step())
                ++pairs;
        }
        QCOMPARE(pairs, 9);
        QVERIFY(s.connection->slot(kSql).idle != nullptr);      // the inner one went back
        const Statement again(*s.connection, kSql);
        QVERIFY(s.connection->slot(kSql).idle == nullptr);
    }

    void manyTextsKeepWorking()
    {
        Bare s;
        for (int i = 0; i < kStatementCacheLimit * 2; ++i)
            QCOMPARE(number(*s.connection, "SELECT " + std::to_string(i)), i);
        QCOMPARE(number(*s.connection, "SELECT 3"), 3);
    }

    void rollsBackUnlessCommitted()
    {
        Bare s;
        {
            Transaction transaction(*s.connection, "test");
            insert(*s.connection, 1);
        }
        QCOMPARE(number(*s.connection, "SELECT count(*) FROM t"), 0);
        {
            Transaction transaction(*s.connection, "test");
            insert(*s.connection, 1);
            transaction.commit();
            QCOMPARE(thrown([&] { transaction.commit(); }), ErrorCode::Failed);
        }
        QCOMPARE(number(*s.connection, "SELECT count(*) FROM t"), 1);
        Transaction outer(*s.connection, "test");
        QCOMPARE(thrown([&] { Transaction nested(*s.connection, "nested"); }), ErrorCode::Failed);
        QVERIFY(s.connection->inTransaction());
    }

    void writeOutsideOfATransactionIsRefused()
    {
        Bare s;
        QCOMPARE(thrown([&] { insert(*s.connection, 1); }), ErrorCode::Failed);
        QCOMPARE(number(*s.connection, "SELECT count(*) FROM t"), 0);
    }

    void savepointsFailAlone()
    {
        Bare s;
        Transaction transaction(*s.connection, "test");
        {
            Savepoint kept(transaction);
            insert(*s.connection, 1);
            {
                Savepoint lost(transaction);
                insert(*s.connection, 2);
            }
            kept.release();
        }
        {
            Savepoint lost(transaction);
            insert(*s.connection, 3);
        }
        transaction.commit();
        QCOMPARE(number(*s.connection, "SELECT count(*) FROM t"), 1);
        QCOMPARE(number(*s.connection, "SELECT a FROM t"), 1);
    }

    void afterSqliteRolledBackNothingRunsAlone()
    {
        Bare s;
        Transaction transaction(*s.connection, "test");
        insert(*s.connection, 1);
        sqlite3_exec(s.connection->handle(), "ROLLBACK", nullptr, nullptr, nullptr);      // as a full disk does
        QCOMPARE(thrown([&] { insert(*s.connection, 2); }), ErrorCode::Io);
        QCOMPARE(thrown([&] { transaction.commit(); }), ErrorCode::Io);
    }

    void durabilityAndForeignKeysSwitchBetweenTransactions()
    {
        Bare s;
        Connection &c = *s.connection;
        c.setDurability(Durability::Normal);
        QCOMPARE(c.pragma("synchronous"), 1);
        c.setForeignKeys(false);
        QCOMPARE(c.pragma("foreign_keys"), 0);
        {
            Transaction transaction(c, "test");
            c.setDurability(Durability::Normal);             // nothing to switch
            QCOMPARE(thrown([&] { c.setDurability(Durability::Full); }), ErrorCode::Failed);
            QCOMPARE(thrown([&] { c.setForeignKeys(true); }), ErrorCode::Failed);
            Statement(c, "INSERT INTO child(t) VALUES(99)").run();
        }
        c.setDurability(Durability::Full);
        QCOMPARE(c.pragma("synchronous"), 2);
        c.setForeignKeys(true);
        QCOMPARE(c.pragma("foreign_keys"), 1);
    }

    void brokenForeignKeyFailsAtCommitAndRollsBack()
    {
        Bare s;
        {
            Transaction transaction(*s.connection, "test");
            Statement(*s.connection, "INSERT INTO child(t) VALUES(99)").run();       // deferred: not yet
            QCOMPARE(thrown([&] { transaction.commit(); }), ErrorCode::Failed);
        }
        QVERIFY(!s.connection->inTransaction());
        QCOMPARE(number(*s.connection, "SELECT count(*) FROM child"), 0);
    }

    void readOnlyConnectionCannotWrite()
    {
        Bare s;
        const auto reader = opened(Connection::open(s.path, Mode::ReadOnly));
        Transaction transaction(*reader, "test", Transaction::Kind::Read);
        QCOMPARE(thrown([&] { insert(*reader, 1); }), ErrorCode::ReadOnly);
    }

    void readTransactionIsOneSnapshot()
    {
        Bare s;
        const auto reader = opened(Connection::open(s.path, Mode::ReadOnly));
        Transaction snapshot(*reader, "test", Transaction::Kind::Read);
        QCOMPARE(number(*reader, "SELECT count(*) FROM t"), 0);
        {
            Transaction transaction(*s.connection, "test");
            insert(*s.connection, 1);
            transaction.commit();
        }
        QCOMPARE(number(*reader, "SELECT count(*) FROM t"), 0);
        snapshot.commit();
        QCOMPARE(number(*reader, "SELECT count(*) FROM t"), 1);
    }

    void secondWriterWaitsThenSaysBusy()
    {
        Bare s;
        const auto other = opened(Connection::open(s.path, Mode::ReadWrite, {.busyTimeoutMs = 1}));
        Transaction transaction(*s.connection, "test");
        QCOMPARE(thrown([&] { Transaction second(*other, "second"); }), ErrorCode::Busy);
    }

    void checkpointMovesTheLog()
    {
        Bare s;
        {
            Transaction transaction(*s.connection, "test");
            for (int i = 0; i < 2000; ++i)
                insert(*s.connection, i);
            transaction.commit();
        }
        const std::int64_t pending = s.connection->walBytes();
        QVERIFY(pending > 0);
        const CheckpointResult passive = s.connection->checkpoint();
        QVERIFY(passive.walFrames > 0);
        QCOMPARE(passive.copied, passive.walFrames);
        QCOMPARE(pending, std::int64_t{passive.walFrames} * kPageBytes);
        QCOMPARE(s.connection->walBytes(), 0);
        const QFileInfo log(s.path + u"-wal");
        QVERIFY(log.size() > 0);                             // the file stays and is written again from its begin
        {
            Transaction transaction(*s.connection, "test");
            insert(*s.connection, 1);
            transaction.commit();
        }
        QVERIFY(s.connection->walBytes() > 0 && s.connection->walBytes() < pending);
        {
            const auto reader = opened(Connection::open(s.path, Mode::ReadOnly));
            Transaction snapshot(*reader, "test", Transaction::Kind::Read);
            QCOMPARE(number(*reader, "SELECT count(*) FROM t"), 2001);
            Transaction transaction(*s.connection, "test");
            insert(*s.connection, 2);
            transaction.commit();
            s.connection->checkpoint();
            QVERIFY(s.connection->walBytes() > 0);           // a reader still needs the log
        }
        s.connection->checkpoint(true);
        QCOMPARE(QFileInfo(s.path + u"-wal").size(), 0);
    }

    // A folder may bear any name, and a VFS may be named; it is how the simulator gets under a real database.
    void opensAnyPathThroughANamedVfs()
    {
        QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("a b?c#d%41é"));
        QVERIFY(QDir().mkdir(folder));
        for (const QString &vfs : {QString(), QStringLiteral("unix-excl")}) {
            const QString path = folder + u"/t" + vfs + u".db";
            const auto connection = opened(Connection::open(path, Mode::ReadWrite, {.vfs = vfs}));
            makeTable(*connection);
            QVERIFY(QFile::exists(path));
        }
        const auto unknown = Connection::open(folder + u"/x.db", Mode::ReadWrite, {.vfs = QStringLiteral("no-such")});
        QVERIFY(!unknown);
    }

    void survivesWithoutClosing()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("t.db"));
        const QString copy = dir.filePath(QStringLiteral("copy.db"));
        auto first = opened(Connection::open(path, Mode::ReadWrite));
        makeTable(*first);
        {
            Transaction transaction(*first, "test");
            insert(*first, 7);
            transaction.commit();
        }
        QVERIFY(QFile::copy(path, copy));                    // as a crash leaves it: the file and its log
        QVERIFY(QFile::copy(path + u"-wal", copy + u"-wal"));
        const auto second = opened(Connection::open(copy, Mode::ReadWrite));
        QCOMPARE(number(*second, "SELECT a FROM t"), 7);
    }

    void fullDatabaseIsRefusedAndGoesOn()
    {
        Bare s;
        Connection &c = *s.connection;
        const std::int64_t pages = c.pragma("page_count");
        c.execute("PRAGMA max_page_count=" + std::to_string(pages + 50));
        fillAndGoOn(c, [] {});
    }

    void fullDiskIsRefusedAndGoesOn()
    {
        QTemporaryDir dir;
        const QString mountPoint = dir.filePath(QStringLiteral("small"));
        QVERIFY(QDir().mkdir(mountPoint));
        if (geteuid() != 0 || mount("tmpfs", mountPoint.toUtf8().constData(), "tmpfs", 0, "size=1m") != 0)
            QSKIP("A small disk of its own needs the right to mount; the page limit above stands for it.");
        const auto unmount = qScopeGuard([&] { umount2(mountPoint.toUtf8().constData(), MNT_DETACH); });
        QFile ballast(mountPoint + u"/ballast");
        QVERIFY(ballast.open(QIODevice::WriteOnly));
        QCOMPARE(ballast.write(QByteArray(256 * 1024, 'b')), 256 * 1024);
        ballast.close();
        const auto connection = opened(Connection::open(mountPoint + u"/t.db", Mode::ReadWrite));
        makeTable(*connection);
        fillAndGoOn(*connection, [&] { QVERIFY(ballast.remove()); });
        connection->checkpoint(true);
        QCOMPARE(number(*connection, "SELECT count(*) FROM t"), 1);
    }
};

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connection_test.moc"

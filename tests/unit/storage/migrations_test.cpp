// Migrations: a fresh database is the oldest one with all migrations; a failing one leaves nothing; newer ones are safe.
#include "storage/migrations.h"

#include "schema/ddl.h"
#include "scratch.h"
#include "storage/statement.h"

using namespace scratch;

class MigrationsTest : public QObject {
    Q_OBJECT

private:
    static QStringList shape(Connection &connection)
    {
        QStringList all;
        Statement statement(connection, "SELECT coalesce(sql, name) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name");
        while (statement.step())
            all << QString::fromUtf8(statement.text(0).data(), static_cast<qsizetype>(statement.text(0).size()));
        return all;
    }
    static void setVersion(Connection &connection, int version)
    {
        connection.execute("PRAGMA user_version=" + std::to_string(version));
    }

private Q_SLOTS:
    void freshIsOldestWithAllMigrations()
    {
        const Scratch fresh;
        QTemporaryDir dir;
        const auto old = opened(Connection::open(dir.filePath(QStringLiteral("old.db")), Mode::ReadWrite));
        for (std::size_t i = 1; i <= kMigrations.size(); ++i) {      // one program after the other
            QVERIFY(migrate(*old, std::span(kMigrations).first(i)));
            QCOMPARE(old->userVersion(), kMigrations[i - 1].version);
        }
        QCOMPARE(shape(*old), shape(*fresh));
        QVERIFY(migrate(*old));                                      // nothing left to do
        QCOMPARE(shape(*old), shape(*fresh));
    }

    void everyTableIsThere()
    {
        const Scratch s;
        QVERIFY(!schema::allTables().empty());
        for (const schema::Table *table : schema::allTables())
            QCOMPARE(number(*s, "SELECT count(*) FROM \"" + std::string(table->name) + '"'), 0);
        // What the migrations made is what the description says: columns with their types, and indexes; the order of
        // columns is that of the days they came on.
        for (const schema::Table *table : schema::allTables()) {
            QTemporaryDir dir;
            const auto described = opened(Connection::open(dir.filePath(QStringLiteral("d.db")), Mode::ReadWrite));
            described->setForeignKeys(false);
            for (const std::string &sql : schema::createStatements(*table, schema::Dialect::Sqlite))
                described->execute(sql);
            const auto shapeOf = [&](Connection &c) {
                const std::string name(table->name);
                QStringList lines;
                for (const std::string &sql : {"SELECT name || ' ' || type || ' ' || \"notnull\" FROM pragma_table_info('" + name + "')",
                                               "SELECT \"from\" || ' to ' || \"table\" FROM pragma_foreign_key_list('" + name + "')",
                                               "SELECT sql FROM sqlite_schema WHERE type='index' AND sql NOTNULL AND tbl_name='" + name + "'"}) {
                    Statement statement(c, sql);
                    while (statement.step())
                        lines << QString::fromUtf8(statement.text(0).data(), static_cast<qsizetype>(statement.text(0).size()));
                }
                lines.sort();
                return lines;
            };
            QCOMPARE(shapeOf(*s), shapeOf(*described));
        }
        // The local name for a row in indexes is the row's own key, never SQLite's hidden rowid.
        for (const schema::Table *table : schema::allTables())
            QCOMPARE(number(*s, "SELECT count(*) FROM pragma_table_info('" + std::string(table->name) + "') WHERE name='pk' AND pk=1 AND type='INTEGER'"), 1);
    }

    void aFailingMigrationLeavesNothing()
    {
        static constexpr Migration kBroken[] = {
            {1, "good", [](Transaction &t) { t.connection().execute("CREATE TABLE one(x)"); }},
            {2, "bad", [](Transaction &t) { t.connection().execute("CREATE TABLE two(x)"); t.connection().execute("CREATE TABLE one(x)"); }},
        };
        QTemporaryDir dir;
        const auto connection = opened(Connection::open(dir.filePath(QStringLiteral("x.db")), Mode::ReadWrite));
        QVERIFY(!migrate(*connection, kBroken));
        QCOMPARE(connection->userVersion(), 1);
        QCOMPARE(number(*connection, "SELECT count(*) FROM sqlite_schema WHERE name IN ('one','two')"), 1);
    }

    void ascendingIsChecked()
    {
        static constexpr Migration kTwice[] = {{1, "a", nullptr}, {1, "b", nullptr}};
        static constexpr Migration kBack[] = {{2, "a", nullptr}, {1, "b", nullptr}};
        QVERIFY(ascending(kMigrations));
        QVERIFY(!ascending(kTwice));
        QVERIFY(!ascending(kBack));
    }

    void newerDatabaseIsNeverWritten()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("newer.db"));
        setVersion(*opened(openDatabase(path)), kSchemaVersion + 1);
        const auto refused = openDatabase(path);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::ReadOnly);
        QVERIFY(refused.error().detail.contains(QStringLiteral("written by a newer Anteroom")));
        const auto reading = opened(openDatabase(path, IfNewer::OpenReadOnly));
        QCOMPARE(reading->mode(), Mode::ReadOnly);
        QCOMPARE(number(*reading, "SELECT count(*) FROM patients"), 0);
        QVERIFY(thrown([&] { Transaction transaction(*reading, "test"); Statement(*reading, "DELETE FROM patients").run(); }) == ErrorCode::ReadOnly);
    }
};

QTEST_GUILESS_MAIN(MigrationsTest)
#include "migrations_test.moc"

#include "storage/migrations.h"

#include "schema/ddl.h"
#include "schema/registry.h"
#include "storage/local_tables.h"
#include "storage/sql_error.h"

namespace anteroom::storage {

namespace migration {

void createTables(Transaction &transaction)
{
    Connection &connection = transaction.connection();
    for (const schema::Table *table : schema::allTables())
        for (const std::string &sql : schema::createStatements(*table, schema::Dialect::Sqlite))
            connection.execute(sql);
    for (const std::string_view sql : localTableStatements())
        connection.execute(sql);
}

} // namespace migration

Result<void> migrate(Connection &connection, std::span<const Migration> list)
{
    try {
        for (const Migration &m : list) {
            if (connection.userVersion() >= m.version)
                continue;
            Transaction transaction(connection, "migrate");
            m.apply(transaction);
            connection.execute("PRAGMA user_version=" + std::to_string(m.version));
            transaction.commit();
        }
    } catch (const SqlError &e) {
        Error error = e.error();
        error.subject = connection.path();
        return tl::unexpected(std::move(error));
    }
    return {};
}

Result<std::unique_ptr<Connection>> openDatabase(const QString &path, IfNewer ifNewer, const OpenOptions &options)
{
    auto opened = Connection::open(path, Mode::ReadWrite, options);
    if (!opened)
        return opened;
    int version = 0;
    try {
        version = (*opened)->userVersion();
    } catch (const SqlError &e) {
        return tl::unexpected(e.error());
    }
    if (version <= kSchemaVersion) {
        if (auto migrated = migrate(**opened); !migrated)
            return tl::unexpected(migrated.error());
        return opened;
    }
    if (ifNewer == IfNewer::OpenReadOnly) {
        opened->reset();
        return Connection::open(path, Mode::ReadOnly, options);
    }
    return fail(ErrorCode::ReadOnly,
                QStringLiteral("The database was written by a newer Anteroom (schema %1, this program knows %2). Update this program; until then the data can only be read.")
                    .arg(version).arg(kSchemaVersion), path);
}

} // namespace anteroom::storage

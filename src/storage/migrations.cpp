#include "storage/migrations.h"

#include "storage/activity_index.h"
#include "storage/sql_error.h"

namespace anteroom::storage {

namespace migration {
namespace {

std::string_view text(int version)
{
    switch (version) {
#include "migration_texts.inc"
    }
    return {};
}

} // namespace

std::vector<std::string_view> statements(int version)
{
    constexpr std::string_view kEnd = ";\n";
    std::vector<std::string_view> all;
    std::string_view rest = text(version);
    for (std::size_t end = rest.find(kEnd); end != std::string_view::npos; end = rest.find(kEnd)) {
        all.push_back(rest.substr(0, end));
        rest.remove_prefix(end + kEnd.size());
    }
    return all;
}

void run(Transaction &transaction, int version)
{
    for (const std::string_view sql : statements(version))
        transaction.connection().execute(std::string(sql));
}

void records(Transaction &transaction)
{
    run(transaction, 2);
    indexActivities(transaction);                // what was done before has a history too
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

#include "node/verify.h"

#include "schema/registry.h"
#include "storage/connection.h"
#include "storage/sql_error.h"
#include "storage/statement.h"
#include "storage/transaction.h"

using namespace Qt::StringLiterals;

namespace anteroom::node {

namespace {

constexpr int kMaxFindings = 20;          // the rest is the same story

QString words(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

void checkPages(storage::Connection &connection, Verification &result)
{
    storage::Statement check(connection, "PRAGMA integrity_check(20)");
    while (check.step())
        if (const std::string_view line = check.text(0); line != "ok")
            result.findings.append(u"The file is damaged: %1"_s.arg(words(line)));
    result.checks.append(u"pages and indexes of the file"_s);
}

void checkForeignKeys(storage::Connection &connection, Verification &result)
{
    storage::Statement check(connection, "PRAGMA foreign_key_check");
    int count = 0;
    while (check.step())
        if (++count <= kMaxFindings)
            result.findings.append(u"A row of %1 names a row of %2 that is not there"_s.arg(words(check.text(0)), words(check.text(2))));
    result.checks.append(u"references between tables"_s);
}

// A row that the index does not know would never reach another PC; one that only the index knows would stop a catch-up.
void checkIndex(storage::Connection &connection, Verification &result)
{
    for (const schema::Table *table : schema::allTables()) {
        const std::string name(table->name);
        storage::Statement rows(connection, "SELECT count(*) FROM \"" + name + "\"");
        if (rows.step())
            result.rows += rows.integer(0);
        // Rows with edits that the host has not answered are not in its order yet.
        storage::Statement missing(connection,
            "SELECT count(*) FROM \"" + name + "\" AS r WHERE NOT EXISTS (SELECT 1 FROM sync_row WHERE tbl = ?1 AND id = r.id)"
            " AND NOT EXISTS (SELECT 1 FROM sync_base WHERE tbl = ?1 AND id = r.id)");
        missing.bindInt(1, table->number);
        if (missing.step() && missing.integer(0) > 0)
            result.findings.append(u"%1 rows of %2 are not in the change index and would not reach another PC"_s.arg(missing.integer(0)).arg(words(name)));
        storage::Statement orphans(connection,
            "SELECT count(*) FROM sync_row WHERE tbl = ?1 AND NOT EXISTS (SELECT 1 FROM \"" + name + "\" AS r WHERE r.id = sync_row.id)");
        orphans.bindInt(1, table->number);
        if (orphans.step() && orphans.integer(0) > 0)
            result.findings.append(u"The change index knows %1 rows of %2 that are not there"_s.arg(orphans.integer(0)).arg(words(name)));
    }
    result.checks.append(u"change index against rows"_s);
}

} // namespace

Verification verifyDatabase(storage::Connection &connection)
{
    Verification result;
    checkPages(connection, result);
    if (result.sound()) {                    // on a damaged file the other answers mean nothing
        checkForeignKeys(connection, result);
        checkIndex(connection, result);
    }
    return result;
}

Result<Verification> verifyDatabase(const QString &databasePath)
{
    try {
        const auto connection = storage::Connection::open(databasePath, storage::Mode::ReadOnly);
        if (!connection)
            return tl::unexpected(connection.error());
        const storage::Transaction snapshot(**connection, "verify", storage::Transaction::Kind::Read);
        return verifyDatabase(**connection);
    } catch (const storage::SqlError &error) {
        return tl::unexpected(error.error());
    }
}

} // namespace anteroom::node

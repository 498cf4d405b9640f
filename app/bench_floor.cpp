#include "app/bench_floor.h"

#include "schema/ddl.h"
#include "storage/connection.h"
#include "storage/records.h"
#include "storage/sql_error.h"
#include "storage/transaction.h"

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

int bindValue(sqlite3_stmt *statement, int index, const schema::Value &value)
{
    if (const auto *number = std::get_if<std::int64_t>(&value))
        return sqlite3_bind_int64(statement, index, *number);
    if (const auto *real = std::get_if<double>(&value))
        return sqlite3_bind_double(statement, index, *real);
    if (const auto *text = std::get_if<std::string>(&value))
        return sqlite3_bind_text(statement, index, text->data(), int(text->size()), SQLITE_STATIC);
    if (const auto *id = std::get_if<Uuid>(&value))
        return sqlite3_bind_blob(statement, index, id->bytes.data(), int(id->bytes.size()), SQLITE_STATIC);
    if (const auto *blob = std::get_if<schema::Blob>(&value))
        return sqlite3_bind_blob(statement, index, blob->constData(), int(blob->size()), SQLITE_STATIC);
    return sqlite3_bind_null(statement, index);
}

} // namespace

Result<std::unique_ptr<BareTable>> BareTable::create(const QString &path, const schema::Table &table, bool full)
{
    std::unique_ptr<BareTable> bare(new BareTable(table));
    const auto failed = [&] { return fail(ErrorCode::Io, u"The floor's database cannot be made at %1"_s.arg(path), path); };
    if (sqlite3_open(path.toUtf8().constData(), &bare->m_handle) != SQLITE_OK)
        return failed();
    bool ok = bare->execute("PRAGMA page_size=4096") && bare->execute("PRAGMA journal_mode=WAL")
        && bare->execute(full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL") && bare->execute("PRAGMA cache_size=-32768");
    for (const std::string &sql : schema::createStatements(table, schema::Dialect::Sqlite))
        ok = ok && bare->execute(sql.c_str());
    std::string names = "id", marks = "?1", sets;
    for (int i = 0; i < schema::columnCount(table); ++i) {
        const std::string name = '"' + std::string(schema::columnAt(table, i).name) + '"';
        const std::string mark = "?" + std::to_string(i + 2);
        names += "," + name;
        marks += "," + mark;
        sets += (i ? "," : "") + name + "=" + mark;
    }
    const std::string insert = "INSERT INTO \"" + std::string(table.name) + "\"(" + names + ") VALUES(" + marks + ")";
    const std::string replace = "UPDATE \"" + std::string(table.name) + "\" SET " + sets + " WHERE id=?1";
    ok = ok && sqlite3_prepare_v2(bare->m_handle, insert.c_str(), -1, &bare->m_insert, nullptr) == SQLITE_OK
        && sqlite3_prepare_v2(bare->m_handle, replace.c_str(), -1, &bare->m_replace, nullptr) == SQLITE_OK;
    if (!ok)
        return failed();
    return bare;
}

BareTable::~BareTable()
{
    sqlite3_finalize(m_insert);
    sqlite3_finalize(m_replace);
    sqlite3_finalize(m_set);
    sqlite3_close(m_handle);
}

bool BareTable::execute(const char *sql)
{
    return sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

bool BareTable::run(sqlite3_stmt *statement)
{
    const bool ok = sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_reset(statement);
    return ok;
}

bool BareTable::begin() { return execute("BEGIN IMMEDIATE"); }
bool BareTable::commit() { return execute("COMMIT"); }

bool BareTable::insert(const schema::Row &row)
{
    sqlite3_bind_blob(m_insert, 1, row.id.bytes.data(), int(row.id.bytes.size()), SQLITE_STATIC);
    for (int i = 0; i < schema::columnCount(m_table); ++i)
        bindValue(m_insert, i + 2, row[i]);
    return run(m_insert);
}

bool BareTable::replace(const schema::Row &row)
{
    sqlite3_bind_blob(m_replace, 1, row.id.bytes.data(), int(row.id.bytes.size()), SQLITE_STATIC);
    for (int i = 0; i < schema::columnCount(m_table); ++i)
        bindValue(m_replace, i + 2, row[i]);
    return run(m_replace);
}

bool BareTable::setText(const Uuid &id, int column, const std::string &value)
{
    if (m_setColumn != column) {
        sqlite3_finalize(m_set);
        m_set = nullptr;
        const std::string sql = "UPDATE \"" + std::string(m_table.name) + "\" SET \"" + std::string(schema::columnAt(m_table, column).name) + "\"=?2 WHERE id=?1";
        if (sqlite3_prepare_v2(m_handle, sql.c_str(), -1, &m_set, nullptr) != SQLITE_OK)
            return false;
        m_setColumn = column;
    }
    sqlite3_bind_blob(m_set, 1, id.bytes.data(), int(id.bytes.size()), SQLITE_STATIC);
    sqlite3_bind_text(m_set, 2, value.data(), int(value.size()), SQLITE_STATIC);
    return begin() && run(m_set) && commit();
}

Result<std::vector<schema::Row>> rowsOf(const QString &databasePath, const schema::Table &table)
{
    try {
        const auto connection = storage::Connection::open(databasePath, storage::Mode::ReadOnly);
        if (!connection)
            return tl::unexpected(connection.error());
        const storage::Transaction snapshot(**connection, "floor", storage::Transaction::Kind::Read);
        std::vector<schema::Row> rows;
        storage::forEachRow(**connection, table, [&](const schema::Row &row) {
            rows.push_back(row);
            return true;
        });
        return rows;
    } catch (const storage::SqlError &error) {
        return tl::unexpected(error.error());
    }
}

} // namespace anteroom::app

#include "storage/statement.h"

#include "storage/connection.h"
#include "storage/sql_error.h"

#include <sqlite3.h>

#include <cstring>

namespace anteroom::storage {

Statement::Statement(Connection &connection, StatementSlot &slot)
    : m_connection(&connection)
    , m_slot(&slot)
    , m_stmt(slot.idle)
{
    if (m_stmt) {
        slot.idle = nullptr;
        return;
    }
    const int rc = sqlite3_prepare_v3(connection.handle(), slot.sql.data(), static_cast<int>(slot.sql.size()), SQLITE_PREPARE_PERSISTENT, &m_stmt, nullptr);
    if (rc != SQLITE_OK)
        throwSqliteError(rc, connection.handle(), QStringLiteral("Preparing a statement"));
}

Statement::Statement(Connection &connection, std::string_view sql)
    : Statement(connection, connection.slot(sql))
{
}

Statement::Statement(Statement &&other) noexcept
    : m_connection(other.m_connection)
    , m_slot(other.m_slot)
    , m_stmt(std::exchange(other.m_stmt, nullptr))
    , m_stepping(std::exchange(other.m_stepping, false))
{
}

Statement::~Statement()
{
    if (!m_stmt)
        return;
    if (m_slot->idle) {                    // the same text was running twice; one copy is enough to keep
        sqlite3_finalize(m_stmt);
        return;
    }
    sqlite3_reset(m_stmt);
    sqlite3_clear_bindings(m_stmt);        // they may point at what dies with the caller
    m_slot->idle = m_stmt;
}

void Statement::check(int resultCode)
{
    if (resultCode != SQLITE_OK)
        throwSqliteError(resultCode, m_connection->handle(), QStringLiteral("Binding a value"));
}

Statement &Statement::bindNull(int index)
{
    check(sqlite3_bind_null(m_stmt, index));
    return *this;
}

Statement &Statement::bindInt(int index, std::int64_t value)
{
    check(sqlite3_bind_int64(m_stmt, index, value));
    return *this;
}

Statement &Statement::bindReal(int index, double value)
{
    check(sqlite3_bind_double(m_stmt, index, value));
    return *this;
}

Statement &Statement::bindText(int index, std::string_view value)
{
    check(sqlite3_bind_text64(m_stmt, index, value.data() ? value.data() : "", value.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

Statement &Statement::bindBlob(int index, QByteArrayView value)
{
    // A null pointer would bind NULL; empty bytes are bytes.
    check(sqlite3_bind_blob64(m_stmt, index, value.data() ? value.data() : "", static_cast<sqlite3_uint64>(value.size()), SQLITE_STATIC));
    return *this;
}

Statement &Statement::bindUuid(int index, const Uuid &value)
{
    check(sqlite3_bind_blob(m_stmt, index, value.bytes.data(), static_cast<int>(value.bytes.size()), SQLITE_STATIC));
    return *this;
}

Statement &Statement::bindValue(int index, const schema::Value &value)
{
    switch (value.index()) {
    case 1:
        return bindInt(index, *std::get_if<std::int64_t>(&value));
    case 2:
        return bindReal(index, *std::get_if<double>(&value));
    case 3:
        return bindText(index, *std::get_if<std::string>(&value));
    case 4:
        return bindUuid(index, *std::get_if<Uuid>(&value));
    case 5:
        return bindBlob(index, *std::get_if<schema::Blob>(&value));
    default:
        return bindNull(index);
    }
}

bool Statement::step()
{
    if (!m_stepping) {
        m_connection->requireTransaction(sqlite3_stmt_readonly(m_stmt) == 0);
        m_stepping = true;
    }
    const int rc = sqlite3_step(m_stmt);
    if (rc == SQLITE_ROW)
        return true;
    if (rc == SQLITE_DONE)
        return false;
    Error error = sqliteError(rc, m_connection->handle(), sqlite3_stmt_readonly(m_stmt) && (rc & 0xff) != SQLITE_FULL ? QStringLiteral("Reading") : QStringLiteral("Saving"));
    sqlite3_reset(m_stmt);
    m_stepping = false;
    throw SqlError(std::move(error));
}

void Statement::run()
{
    while (step()) {
    }
    reset();
}

void Statement::reset()
{
    sqlite3_reset(m_stmt);
    m_stepping = false;
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_stmt, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_stmt, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_stmt, column);
}

std::string_view Statement::text(int column) const
{
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(m_stmt, column));
    return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(m_stmt, column))) : std::string_view();
}

QByteArrayView Statement::blob(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_stmt, column));
    return data ? QByteArrayView(data, sqlite3_column_bytes(m_stmt, column)) : QByteArrayView();
}

Uuid Statement::uuid(int column) const
{
    const QByteArrayView bytes = blob(column);
    Uuid id;
    if (bytes.size() != static_cast<qsizetype>(id.bytes.size()))
        throw SqlError({ErrorCode::Io, Severity::Defect,
                        QStringLiteral("The database holds an id of %1 bytes. Restore a backup, or join the clinic afresh.").arg(bytes.size())});
    std::memcpy(id.bytes.data(), bytes.data(), id.bytes.size());
    return id;
}

schema::Value Statement::value(int column, schema::Type type) const
{
    using schema::Type;
    if (isNull(column))
        return {};
    switch (type) {
    case Type::Integer:
    case Type::Boolean:
    case Type::Timestamp:
    case Type::Money:
        return integer(column);
    case Type::Real:
        return real(column);
    case Type::Text:
    case Type::Date:
    case Type::Json:
        return std::string(text(column));
    case Type::Uuid:
        return uuid(column);
    case Type::Blob:
        return blob(column).toByteArray();
    }
    return {};
}

} // namespace anteroom::storage

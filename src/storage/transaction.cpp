#include "storage/transaction.h"

#include "storage/sql_error.h"

#include <sqlite3.h>

namespace anteroom::storage {

Transaction::Transaction(Connection &connection, const char *name, Kind kind)
    : m_connection(connection)
    , m_name(name)
{
    if (connection.m_inScope || connection.inTransaction())
        throw SqlError({ErrorCode::Failed, Severity::Defect, QStringLiteral("A transaction was begun inside another."), QString::fromUtf8(name)});
    connection.execute(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN");
    connection.m_inScope = m_open = true;
}

Transaction::~Transaction()
{
    if (!m_open)
        return;
    m_connection.m_inScope = false;
    if (m_connection.inTransaction())          // SQLite may have rolled back already
        sqlite3_exec(m_connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit()
{
    if (!m_open)
        throw SqlError({ErrorCode::Failed, Severity::Defect, QStringLiteral("A transaction was committed twice."), QString::fromUtf8(m_name)});
    Statement(m_connection, "COMMIT").run();
    m_connection.m_inScope = m_open = false;
}

// All savepoints bear one name: SQLite takes the innermost, and scopes end in order.
Savepoint::Savepoint(Transaction &transaction)
    : m_connection(transaction.connection())
{
    Statement(m_connection, "SAVEPOINT part").run();
    m_open = true;
}

Savepoint::~Savepoint()
{
    if (!m_open || !m_connection.inTransaction())
        return;
    sqlite3_exec(m_connection.handle(), "ROLLBACK TO part", nullptr, nullptr, nullptr);
    sqlite3_exec(m_connection.handle(), "RELEASE part", nullptr, nullptr, nullptr);
}

void Savepoint::release()
{
    Statement(m_connection, "RELEASE part").run();
    m_open = false;
}

} // namespace anteroom::storage

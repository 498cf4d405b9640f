#include "storage/records.h"

#include "storage/sql_error.h"

namespace anteroom::storage {

using schema::Row;
using schema::Table;

namespace {

std::string quoted(const Table &table, int column)
{
    return '"' + std::string(schema::columnAt(table, column).name) + '"';
}

} // namespace

Row currentRow(const Statement &statement, const TableStatements &sql)
{
    Row row;
    row.id = statement.uuid(0);
    row.values.reserve(sql.types.size());
    int column = 1;
    for (const schema::Type type : sql.types)
        row.values.push_back(statement.value(column++, type));
    return row;
}

std::optional<Row> readRow(Connection &connection, const Table &table, const Uuid &id)
{
    const TableStatements &sql = connection.statements(table);
    Statement statement(connection, *sql.read);
    statement.bindUuid(1, id);
    if (!statement.step())
        return std::nullopt;
    return currentRow(statement, sql);
}

void upsertRow(Transaction &transaction, const Table &table, const Row &row)
{
    const TableStatements &sql = transaction.connection().statements(table);
    if (row.values.size() != sql.types.size())
        throw SqlError({ErrorCode::Invalid, Severity::Defect, QStringLiteral("A row has %1 values where its table has %2 columns.").arg(row.values.size()).arg(sql.types.size())});
    Statement statement(transaction.connection(), *sql.upsert);
    statement.bindUuid(1, row.id);
    int parameter = 2;
    for (const schema::Value &value : row.values)
        statement.bindValue(parameter++, value);
    statement.run();
}

void eraseRow(Transaction &transaction, const Table &table, const Uuid &id)
{
    Statement statement(transaction.connection(), *transaction.connection().statements(table).erase);
    statement.bindUuid(1, id);
    statement.run();
}

std::string whereClause(const Table &table, std::span<const Condition> where, int first)
{
    std::string sql;
    for (const Condition &condition : where) {
        sql += sql.empty() ? " WHERE " : " AND ";
        sql += quoted(table, condition.column);
        sql += schema::isNull(condition.value) ? std::string(" IS NULL") : "=?" + std::to_string(first++);
    }
    return sql;
}

int bindWhere(Statement &statement, std::span<const Condition> where, int first)
{
    for (const Condition &condition : where)
        if (!schema::isNull(condition.value))
            statement.bindValue(first++, condition.value);
    return first;
}

std::vector<Row> findRows(Connection &connection, const Table &table, std::span<const Condition> where, int limit)
{
    const TableStatements &sql = connection.statements(table);
    // "+id": with conditions their index must be walked and the few hits sorted, never the whole table in id order.
    Statement statement(connection, "SELECT " + sql.columnList + " FROM " + sql.quotedName + whereClause(table, where, 2)
                                        + (where.empty() ? " ORDER BY \"id\"" : " ORDER BY +\"id\"") + " LIMIT ?1");
    statement.bindInt(1, limit);
    bindWhere(statement, where, 2);
    std::vector<Row> rows;
    while (statement.step())
        rows.push_back(currentRow(statement, sql));
    return rows;
}

std::int64_t maxOf(Connection &connection, const Table &table, int column, std::span<const Condition> where)
{
    Statement statement(connection, "SELECT max(" + quoted(table, column) + ") FROM " + connection.statements(table).quotedName + whereClause(table, where));
    bindWhere(statement, where);
    return statement.step() ? statement.integer(0) : 0;
}

std::int64_t countRows(Connection &connection, const Table &table, std::span<const Condition> where, bool deletedToo)
{
    std::string sql = "SELECT count(*) FROM " + connection.statements(table).quotedName + whereClause(table, where);
    if (!deletedToo)
        sql += std::string(where.empty() ? " WHERE " : " AND ") + "\"deleted_at\" IS NULL";
    Statement statement(connection, sql);
    bindWhere(statement, where);
    return statement.step() ? statement.integer(0) : 0;
}

void forEachRow(Connection &connection, const Table &table, const std::function<bool(const Row &)> &visit)
{
    const TableStatements &sql = connection.statements(table);
    Statement statement(connection, "SELECT " + sql.columnList + " FROM " + sql.quotedName + " ORDER BY \"id\"");
    while (statement.step())
        if (!visit(currentRow(statement, sql)))
            return;
}

} // namespace anteroom::storage

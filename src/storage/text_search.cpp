#include "storage/text_search.h"

#include "storage/statement.h"

namespace anteroom::storage {

namespace {

std::vector<schema::Row> rowsWhere(Connection &connection, const schema::Table &table, int column, const std::string &where,
                                   const std::vector<std::string> &values, int limit)
{
    const TableStatements &generated = connection.statements(table);
    const std::string name = '"' + std::string(schema::columnAt(table, column).name) + '"';
    Statement statement(connection, "SELECT " + generated.columnList + " FROM " + generated.quotedName + " WHERE \"deleted_at\" IS NULL" + where
                                        + " ORDER BY " + name + ",\"id\" LIMIT " + std::to_string(limit));
    for (std::size_t i = 0; i < values.size(); ++i)
        statement.bindText(static_cast<int>(i) + 1, values[i]);
    std::vector<schema::Row> rows;
    while (statement.step())
        rows.push_back(currentRow(statement, generated));
    return rows;
}

} // namespace

std::vector<schema::Row> searchWords(Connection &connection, const schema::Table &table, int column, const std::vector<std::string> &tokens, int limit)
{
    const std::string name = '"' + std::string(schema::columnAt(table, column).name) + '"';
    std::string where;
    std::vector<std::string> values;
    for (std::size_t i = 0; i < tokens.size() && i < 8; ++i) {      // nobody has more than eight names
        where += " AND instr(' '||" + name + ",?" + std::to_string(i + 1) + ")>0";
        values.push_back(' ' + tokens[i]);
    }
    return rowsWhere(connection, table, column, where, values, limit);
}

std::vector<schema::Row> searchContains(Connection &connection, const schema::Table &table, int column, const std::string &part, int limit)
{
    const std::string name = '"' + std::string(schema::columnAt(table, column).name) + '"';
    return rowsWhere(connection, table, column, " AND instr(" + name + ",?1)>0", {part}, limit);
}

} // namespace anteroom::storage

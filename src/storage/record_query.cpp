#include "storage/record_query.h"

namespace anteroom::storage {

namespace {

// The greatest code point ends the range of all texts that begin with the prefix (UTF-8 sorts by code point).
constexpr std::string_view kLastCharacter = "\xF4\x8F\xBF\xBF";

class Builder {
public:
    explicit Builder(const RecordQuery &query) : m_query(query), m_table(*query.table) {}

    std::string sql(const TableStatements &sql)
    {
        std::string text = "SELECT " + sql.columnList + " FROM " + sql.quotedName + whereClause(m_table, m_query.where);
        for (const Condition &condition : m_query.where)
            if (!schema::isNull(condition.value))
                m_values.push_back(&condition.value);
        if (!m_query.deletedToo)
            add(text, "\"deleted_at\" IS NULL");
        if (m_query.prefixColumn >= 0 && !m_query.prefix.empty()) {
            m_from = m_query.prefix;
            m_to = m_query.prefix + std::string(kLastCharacter);
            add(text, name(m_query.prefixColumn) + ">=" + mark(m_from));
            add(text, name(m_query.prefixColumn) + '<' + mark(m_to));
        }
        if (m_query.after)
            add(text, '(' + beyond(0) + ')');
        text += " ORDER BY ";
        for (const OrderBy &order : m_query.orderBy)
            text += name(order.column) + (order.descending ? " DESC," : ",");
        return text + "\"id\" LIMIT " + mark(m_limit) + " OFFSET " + mark(m_offset);
    }

    void bind(Statement &statement) const
    {
        int parameter = 1;
        for (const schema::Value *value : m_values)
            statement.bindValue(parameter++, *value);
    }

private:
    std::string name(int column) const { return '"' + std::string(schema::columnAt(m_table, column).name) + '"'; }

    std::string mark(const schema::Value &value)
    {
        m_values.push_back(&value);
        return '?' + std::to_string(m_values.size());
    }

    void add(std::string &text, const std::string &condition) const
    {
        text += (m_hasWhere || !m_query.where.empty() ? " AND " : " WHERE ") + condition;
        m_hasWhere = true;
    }

    // Rows that come after `after` in the order; NULL comes first ascending and last descending, as SQLite sorts.
    std::string beyond(std::size_t level)
    {
        const schema::Row &last = *m_query.after;
        if (level == m_query.orderBy.size()) {
            m_id = last.id;
            return "\"id\">" + mark(m_id);
        }
        const OrderBy &order = m_query.orderBy[level];
        const schema::Value &value = last[order.column];
        const std::string column = name(order.column);
        if (schema::isNull(value)) {
            const std::string same = '(' + column + " IS NULL AND (" + beyond(level + 1) + "))";
            return order.descending ? same : column + " IS NOT NULL OR " + same;
        }
        const std::string bound = mark(value);
        const std::string further = order.descending ? '(' + column + '<' + bound + " OR " + column + " IS NULL)" : column + '>' + bound;
        return further + " OR (" + column + '=' + bound + " AND (" + beyond(level + 1) + "))";
    }

    const RecordQuery &m_query;
    const schema::Table &m_table;
    schema::Value m_from, m_to, m_id;
    schema::Value m_limit = std::int64_t{m_query.limit}, m_offset = std::int64_t{m_query.offset};
    std::vector<const schema::Value *> m_values;
    mutable bool m_hasWhere = false;
};

} // namespace

std::vector<schema::Row> listRows(Connection &connection, const RecordQuery &query)
{
    const TableStatements &generated = connection.statements(*query.table);
    Builder builder(query);
    Statement statement(connection, builder.sql(generated));
    builder.bind(statement);
    std::vector<schema::Row> rows;
    while (statement.step())
        rows.push_back(currentRow(statement, generated));
    return rows;
}

} // namespace anteroom::storage

#include "storage/record_query.h"

#include "storage/text_filter.h"

namespace anteroom::storage {

namespace {

// The greatest code point ends the range of all texts that begin with the prefix (UTF-8 sorts by code point).
constexpr std::string_view kLastCharacter = "\xF4\x8F\xBF\xBF";

std::string withoutBlobs(const schema::Table &table)
{
    std::string text = "\"id\"";
    for (int i = 0; i < schema::columnCount(table); ++i) {
        const schema::Column &column = schema::columnAt(table, i);
        text += column.type == schema::Type::Blob ? std::string(",NULL") : ",\"" + std::string(column.name) + '"';
    }
    return text;
}

class Builder {
public:
    explicit Builder(const RecordQuery &query) : m_query(query), m_table(*query.table) {}

    std::string sql(const TableStatements &sql)
    {
        std::string text = "SELECT " + (m_query.blobs ? sql.columnList : withoutBlobs(m_table)) + from(sql);
        if (m_query.after)
            add(text, beyond(0));
        text += " ORDER BY ";
        for (const OrderBy &order : m_query.orderBy)
            text += name(order) + (order.descending ? " DESC," : ",");
        return text + "\"id\" LIMIT " + mark(m_limit) + " OFFSET " + mark(m_offset);
    }

    std::string countSql(const TableStatements &sql, std::int64_t most)
    {
        m_limit = most;
        return "SELECT count(*) FROM (SELECT 1" + from(sql) + " LIMIT " + mark(m_limit) + ')';
    }

    std::string keysSql(const TableStatements &sql, const std::string &columns) { return "SELECT pk" + columns + from(sql); }

    void bind(Statement &statement) const
    {
        int parameter = 1;
        for (const schema::Value *value : m_values)
            statement.bindValue(parameter++, *value);
    }

private:
    std::string from(const TableStatements &sql)
    {
        std::string text = " FROM " + sql.quotedName + whereClause(m_table, m_query.where);
        m_hasWhere = !m_query.where.empty();
        for (const Condition &condition : m_query.where)
            if (!schema::isNull(condition.value))
                m_values.push_back(&condition.value);
        const Marked marked = m_query.deletedToo ? Marked::Too : m_query.marked;
        if (marked != Marked::Too)
            add(text, marked == Marked::Hidden ? "\"deleted_at\" IS NULL" : "\"deleted_at\" IS NOT NULL");
        if (m_query.notFalse >= 0)
            add(text, name(m_query.notFalse) + " IS NOT 0");
        if (m_query.prefixColumn >= 0 && !m_query.prefix.empty()) {
            m_from = m_query.prefix;
            m_to = m_query.prefix + std::string(kLastCharacter);
            add(text, name(m_query.prefixColumn) + ">=" + mark(m_from));
            add(text, name(m_query.prefixColumn) + '<' + mark(m_to));
        }
        if (m_query.keys) {
            m_keys = jsonOf(*m_query.keys);
            add(text, "pk IN (SELECT value FROM json_each(" + mark(m_keys) + "))");
        }
        return text;
    }

    static std::string jsonOf(const std::vector<std::int64_t> &keys)
    {
        std::string json = "[";
        for (const std::int64_t key : keys)
            json += (json.size() > 1 ? "," : "") + std::to_string(key);
        return json + ']';
    }

    std::string name(const OrderBy &order) const { return name(order.column) + (order.ignoreCase ? " COLLATE NOCASE" : ""); }
    std::string name(int column) const { return '"' + std::string(schema::columnAt(m_table, column).name) + '"'; }

    std::string mark(const schema::Value &value)
    {
        m_values.push_back(&value);
        return '?' + std::to_string(m_values.size());
    }

    void add(std::string &text, const std::string &condition)
    {
        text += (m_hasWhere ? " AND (" : " WHERE (") + condition + ')';
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
        const std::string column = name(order);
        if (schema::isNull(value)) {
            const std::string same = '(' + column + " IS NULL AND (" + beyond(level + 1) + "))";
            return order.descending ? same : column + " IS NOT NULL OR " + same;
        }
        const std::string bound = mark(value);
        const std::string further = order.descending ? '(' + column + '<' + bound + " OR " + column + " IS NULL)" : column + '>' + bound;
        const std::string later = further + " OR (" + column + '=' + bound + " AND (" + beyond(level + 1) + "))";
        if (level > 0 || order.descending)
            return later;
        return column + ">=" + bound + " AND (" + later + ')';      // what an index can be entered at
    }

    const RecordQuery &m_query;
    const schema::Table &m_table;
    schema::Value m_from, m_to, m_id, m_keys;
    schema::Value m_limit = std::int64_t{m_query.limit}, m_offset = std::int64_t{m_query.offset};
    std::vector<const schema::Value *> m_values;
    bool m_hasWhere = false;
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

std::optional<schema::Row> readRowWithoutBlobs(Connection &connection, const schema::Table &table, const Uuid &id)
{
    const TableStatements &generated = connection.statements(table);
    Statement statement(connection, "SELECT " + withoutBlobs(table) + " FROM " + generated.quotedName + " WHERE \"id\"=?1");
    statement.bindUuid(1, id);
    if (!statement.step())
        return std::nullopt;
    return currentRow(statement, generated);
}

std::int64_t countUpTo(Connection &connection, const RecordQuery &query, std::int64_t most)
{
    Builder builder(query);
    Statement statement(connection, builder.countSql(connection.statements(*query.table), most));
    builder.bind(statement);
    return statement.step() ? statement.integer(0) : 0;
}

std::vector<std::int64_t> matchingKeys(Connection &connection, const RecordQuery &query, const TextFilter &filter)
{
    const TextFilter::Reading reading = filter.readingOf(connection, *query.table);
    Builder builder(query);
    Statement statement(connection, builder.keysSql(connection.statements(*query.table), reading.columns));
    builder.bind(statement);
    std::vector<std::int64_t> keys;
    while (statement.step())
        if (reading.matches(statement, 1))
            keys.push_back(statement.integer(0));
    return keys;
}

} // namespace anteroom::storage

#include "storage/record_query.h"

#include "storage/sql_error.h"
#include "storage/text_filter.h"

#include <algorithm>
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

    // From the newest rows back: the latest change is found early, and what is older is left at one look.
    std::string scanSql(const TableStatements &sql, const std::string &columns)
    {
        return "SELECT pk,\"id\"," + name(m_query.orderBy.front()) + columns + from(sql) + (m_hasWhere && !m_query.where.empty() ? "" : " ORDER BY pk DESC");
    }

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
        return text;
    }

    std::string name(const OrderBy &order) const { return name(order.column); }
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
    schema::Value m_from, m_to, m_id;
    schema::Value m_limit = std::int64_t{m_query.limit}, m_offset = std::int64_t{m_query.offset};
    std::vector<const schema::Value *> m_values;
    bool m_hasWhere = false;
};

constexpr int kBeforeTexts = 3;          // key, id and what is sorted by

struct Place {
    std::int64_t pk = 0;
    Uuid id;
    schema::Value by;
};

// NULL comes first ascending and last descending, as SQLite sorts; equal ones by id.
class Order {
public:
    explicit Order(const RecordQuery &query) : m_by(query.orderBy.front()), m_type(schema::columnAt(*query.table, m_by.column).type) {}

    bool operator()(const Place &a, const Place &b) const
    {
        if (a.by != b.by)
            return m_by.descending ? b.by < a.by : a.by < b.by;
        return a.id < b.id;
    }
    void read(Place &place, const Statement &statement) const
    {
        place.pk = statement.integer(0);
        place.id = statement.uuid(1);
        if (!m_by.folded || statement.isNull(2))
            place.by = statement.value(2, m_type);
        else
            setFolded(place.by, statement.text(2));
    }
    [[nodiscard]] Place of(const schema::Row &row) const
    {
        Place place{0, row.id, row[m_by.column]};
        if (const auto *text = m_by.folded ? std::get_if<std::string>(&row[m_by.column]) : nullptr)
            setFolded(place.by, *text);
        return place;
    }

private:
    static void setFolded(schema::Value &value, std::string_view text)
    {
        auto *const kept = std::get_if<std::string>(&value);
        foldInto(kept ? *kept : value.emplace<std::string>(), text);
    }

    OrderBy m_by;
    schema::Type m_type;
};

schema::Row rowAt(Connection &connection, const RecordQuery &query, std::int64_t pk)
{
    const TableStatements &generated = connection.statements(*query.table);
    Statement statement(connection, "SELECT " + (query.blobs ? generated.columnList : withoutBlobs(*query.table)) + " FROM " + generated.quotedName + " WHERE pk=?1");
    statement.bindInt(1, pk);
    if (!statement.step())
        throw SqlError({ErrorCode::Failed, Severity::Defect, QStringLiteral("A row went while its list was read: the reading was not in one transaction.")});
    return currentRow(statement, generated);
}

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

Scanned scanRows(Connection &connection, const RecordQuery &query, const TextFilter &filter)
{
    const TextFilter::Reading reading = filter.readingOf(connection, *query.table);
    const Order before(query);
    const std::optional<Place> after = query.after ? std::optional(before.of(*query.after)) : std::nullopt;
    Builder builder(query);
    Statement statement(connection, builder.scanSql(connection.statements(*query.table), reading.columns));
    builder.bind(statement);
    Scanned scanned;
    std::vector<Place> best;             // a heap, the last one of the page on top
    Place place;                         // one for all rows: a text is folded into the room of the one before
    const auto room = static_cast<std::size_t>(std::max(query.limit, 0));
    while (statement.step()) {
        if (!reading.matches(statement, kBeforeTexts))
            continue;
        ++scanned.total;
        before.read(place, statement);
        const bool full = best.size() == room;
        if ((after && !before(*after, place)) || (full && (room == 0 || !before(place, best.front()))))
            continue;
        if (full) {
            std::ranges::pop_heap(best, before);
            best.pop_back();
        }
        best.push_back(place);
        std::ranges::push_heap(best, before);
    }
    std::ranges::sort_heap(best, before);
    for (const Place &one : best)
        scanned.rows.push_back(rowAt(connection, query, one.pk));
    return scanned;
}

} // namespace anteroom::storage

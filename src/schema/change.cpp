#include "schema/change.h"

#include "schema/registry.h"
#include "schema/validation.h"

#include <QCryptographicHash>

#include <algorithm>
#include <charconv>

namespace anteroom::schema {

namespace {

// The default of a column in its own type; defaults are checked when the registry is compiled.
Value defaultOf(const Column &column)
{
    if (column.defaultValue.empty())
        return {};
    if (column.type == Type::Text)
        return std::string(column.defaultValue);
    std::int64_t number = 0;
    std::from_chars(column.defaultValue.data(), column.defaultValue.data() + column.defaultValue.size(), number);
    return number;
}

bool hasValue(const std::vector<Value> &values)
{
    return std::any_of(values.begin(), values.end(), [](const Value &v) { return !isNull(v); });
}

// In its canonical form, so that a blank more is no change. What the type cannot hold stays as it is: validate() says so.
Value tidy(const Column &column, const Value &value)
{
    auto canonicalValue = canonical(column, value);
    return canonicalValue ? std::move(*canonicalValue) : value;
}

} // namespace

Row emptyRow(const Table &table, const Uuid &id)
{
    return Row{id, std::vector<Value>(static_cast<std::size_t>(columnCount(table)))};
}

std::vector<Value> groupValues(const Table &table, const Row &row, GroupNo group)
{
    const auto columns = groupColumns(table, group);
    std::vector<Value> values;
    values.reserve(columns.size());
    for (const int column : columns)
        values.push_back(row[column]);
    return values;
}

std::vector<Value> oldGroupValues(const Table &table, const Row &row, GroupNo group)
{
    auto values = groupValues(table, row, group);
    const auto columns = groupColumns(table, group);
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (const auto *bytes = std::get_if<Blob>(&values[i]); bytes && columnAt(table, columns[i]).content)
            values[i] = QCryptographicHash::hash(*bytes, QCryptographicHash::Blake2b_256);
    return values;
}

void setGroupValues(const Table &table, Row &row, GroupNo group, const std::vector<Value> &values)
{
    const auto columns = groupColumns(table, group);
    for (std::size_t i = 0; i < columns.size() && i < values.size(); ++i)
        row[columns[i]] = values[i];
}

Change makeInsert(const Table &table, const Uuid &id, const std::vector<ColumnValue> &values)
{
    Row row = emptyRow(table, id);
    for (int i = kStandardCount; i < columnCount(table); ++i)
        row[i] = defaultOf(columnAt(table, i));
    for (const ColumnValue &v : values)
        row[v.column] = tidy(columnAt(table, v.column), v.value);

    Change change{.table = &table, .id = id, .op = Op::Insert};
    for (const Group &group : table.groups) {
        auto mine = groupValues(table, row, group.number);
        if (hasValue(mine))
            change.groups.push_back({group.number, std::vector<Value>(mine.size()), std::move(mine)});
    }
    return change;
}

Change makeUpdate(const Table &table, const Row &shown, const std::vector<ColumnValue> &values)
{
    Row mine = shown;
    for (const ColumnValue &v : values)
        mine[v.column] = tidy(columnAt(table, v.column), v.value);

    Change change{.table = &table, .id = shown.id, .op = Op::Update, .oldDeleted = shown.deleted()};
    for (const Group &group : table.groups) {
        auto after = groupValues(table, mine, group.number);
        if (groupValues(table, shown, group.number) != after)
            change.groups.push_back({group.number, oldGroupValues(table, shown, group.number), std::move(after)});
    }
    return change;
}

Change makeDelete(const Table &table, const Row &shown, std::string reason)
{
    Change change{.table = &table, .id = shown.id, .op = Op::Delete, .oldDeleted = shown.deleted(), .reason = std::move(reason)};
    for (const Group &group : table.groups)
        change.groups.push_back({group.number, oldGroupValues(table, shown, group.number), {}});
    return change;
}

Change makeRestore(const Table &table, const Row &shown)
{
    return Change{.table = &table, .id = shown.id, .op = Op::Restore, .oldDeleted = shown.deleted()};
}

std::optional<Change> makeInverse(const Change &change, const Row &after, std::string reason)
{
    const Table &table = *change.table;
    switch (change.op) {
    case Op::Insert:
    case Op::Restore:
        return after.deleted() ? std::nullopt : std::optional(makeDelete(table, after, std::move(reason)));
    case Op::Delete:
        return after.deleted() ? std::optional(makeRestore(table, after)) : std::nullopt;
    case Op::Update:
        break;
    }
    Change back{.table = &table, .id = change.id, .op = Op::Update, .oldDeleted = after.deleted()};
    for (const GroupChange &g : change.groups)
        if (auto now = oldGroupValues(table, after, g.group); now != g.oldValues)
            back.groups.push_back({g.group, std::move(now), g.oldValues});
    return back.groups.empty() ? std::nullopt : std::optional(std::move(back));
}

Uuid naturalId(const Table &table, const std::vector<std::string> &values)
{
    std::string name(table.name);
    for (const std::string &value : values) {
        name += '\x1f';
        name += value;
    }
    return uuidV5(kNamespace, name);
}

std::optional<Uuid> naturalIdOf(const Table &table, const std::vector<ColumnValue> &values)
{
    if (table.naturalKey.empty())
        return std::nullopt;
    std::vector<std::string> key;
    for (const std::string_view name : table.naturalKey) {
        const int position = findColumn(table, name);
        Value value = defaultOf(columnAt(table, position));
        for (const ColumnValue &v : values)
            if (v.column == position)
                value = tidy(columnAt(table, position), v.value);
        key.emplace_back(toText(value));
    }
    return naturalId(table, key);
}

Uuid importedId(std::string_view system, std::string_view value)
{
    std::string name("import");
    name += '\x1f';
    name += system;
    name += '\x1f';
    name += value;
    return uuidV5(kNamespace, name);
}

} // namespace anteroom::schema

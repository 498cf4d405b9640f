// Rules that every table description keeps, as constexpr functions: registry.cpp holds them by static_assert, so that a
// table file that breaks one does not build. They read descriptions, never rows.
#pragma once

#include "schema/table.h"

#include <algorithm>
#include <span>

namespace anteroom::schema::checks {

using Tables = std::span<const Table *const>;

constexpr bool sqlName(std::string_view name)
{
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z'
           && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

// Words that SQLite 3.40 or PostgreSQL 15 keep for themselves; statements write names without quotation marks.
inline constexpr std::string_view kReserved[] = {
    "add", "all", "alter", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "autoincrement", "between",
    "both", "case", "cast", "check", "collate", "column", "commit", "constraint", "create", "cross", "current_date", "current_role",
    "current_time", "current_timestamp", "current_user", "default", "deferrable", "delete", "desc", "distinct", "do", "drop", "else",
    "end", "escape", "except", "exists", "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group", "having",
    "in", "index", "initially", "inner", "insert", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like",
    "limit", "localtime", "localtimestamp", "natural", "not", "nothing", "notnull", "null", "offset", "on", "only", "or", "order",
    "outer", "overlaps", "placing", "primary", "references", "returning", "right", "select", "session_user", "set", "similar",
    "some", "symmetric", "table", "then", "to", "trailing", "transaction", "true", "union", "unique", "update", "user", "using",
    "values", "variadic", "verbose", "when", "where", "window", "with"};

constexpr bool contains(std::span<const std::string_view> list, std::string_view word)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

template <typename Rule> constexpr bool everyTable(Tables tables, Rule rule)
{
    return std::all_of(tables.begin(), tables.end(), [&](const Table *t) { return rule(*t); });
}

template <typename Rule> constexpr bool everyColumn(Tables tables, Rule rule)
{
    return everyTable(tables, [&](const Table &t) {
        return std::all_of(t.columns.begin(), t.columns.end(), [&](const Column &c) { return rule(t, c); });
    });
}

template <typename List> constexpr bool ascending(const List &list)
{
    return std::adjacent_find(list.begin(), list.end(), [](const auto &a, const auto &b) { return a.number >= b.number; }) == list.end();
}

constexpr bool tableNumbersAreUniqueAndAscending(Tables tables)
{
    return std::adjacent_find(tables.begin(), tables.end(), [](const Table *a, const Table *b) { return a->number >= b->number; })
               == tables.end() && tables.front()->number > 0;
}

constexpr bool tableNamesAreUnique(Tables tables)
{
    return everyTable(tables, [&](const Table &t) {
        return sqlName(t.name) && !contains(kReserved, t.name) && !t.title.empty()
               && std::count_if(tables.begin(), tables.end(), [&](const Table *other) { return other->name == t.name; }) == 1;
    });
}

constexpr bool columnNumbersStartAt16AndAscend(Tables tables)
{
    return everyTable(tables, [](const Table &t) { return !t.columns.empty() && t.columns.front().number >= 16 && ascending(t.columns); });
}

constexpr bool columnNamesAreUniqueAndSqlSafe(Tables tables)
{
    return everyTable(tables, [](const Table &t) {
        for (int i = 0; i < columnCount(t); ++i) {
            const std::string_view name = columnAt(t, i).name;
            if (!sqlName(name) || name == "id" || name == "pk" || contains(kReserved, name) || findColumn(t, name) != i)
                return false;
        }
        return true;
    });
}

constexpr bool everyColumnHasAGroupThatExists(Tables tables)
{
    return everyColumn(tables, [](const Table &t, const Column &c) { return c.group == kHostFilled || findGroup(t, c.group) != nullptr; });
}

constexpr bool everyGroupHasAColumn(Tables tables)
{
    return everyTable(tables, [](const Table &t) {
        return std::all_of(t.groups.begin(), t.groups.end(), [&](const Group &g) {
            return std::any_of(t.columns.begin(), t.columns.end(), [&](const Column &c) { return c.group == g.number; });
        });
    });
}

constexpr bool groupNumbersAscendBelow255(Tables tables)      // 255 names the row itself: its delete
{
    return everyTable(tables, [](const Table &t) {
        return !t.groups.empty() && ascending(t.groups) && t.groups.front().number > kHostFilled && t.groups.back().number < 255;
    });
}

constexpr const Column *firstColumn(const Table &t, GroupNo group)
{
    for (const Column &c : t.columns)
        if (c.group == group)
            return &c;
    return nullptr;
}

constexpr bool stateGroupsBeginWithAStateColumn(Tables tables)
{
    return everyTable(tables, [](const Table &t) {
        return std::all_of(t.groups.begin(), t.groups.end(), [&](const Group &g) {
            if (g.kind != GroupKind::State)
                return g.transitions.empty();
            const Column *state = firstColumn(t, g.number);
            return state && state->type == Type::Text && !state->allowed.empty() && !g.transitions.empty();
        });
    });
}

constexpr bool transitionsNameAllowedStates(Tables tables)
{
    return everyTable(tables, [](const Table &t) {
        return std::all_of(t.groups.begin(), t.groups.end(), [&](const Group &g) {
            return std::all_of(g.transitions.begin(), g.transitions.end(), [&](const Transition &step) {
                const Column *state = firstColumn(t, g.number);
                return step.from != step.to && contains(state->allowed, step.from) && contains(state->allowed, step.to);
            });
        });
    });
}

constexpr bool referencesExist(Tables tables)
{
    return everyColumn(tables, [&](const Table &, const Column &c) {
        return c.references.empty()
               || (c.type == Type::Uuid
                   && std::any_of(tables.begin(), tables.end(), [&](const Table *t) { return t->name == c.references; }));
    });
}

constexpr bool keysNameColumns(Tables tables)
{
    return everyTable(tables, [](const Table &t) {
        const auto known = [&](const auto &names) {
            return std::all_of(names.begin(), names.end(), [&](std::string_view name) { return findColumn(t, name) >= 0; });
        };
        const auto knownAll = [&](std::span<const Index> list) {
            return std::all_of(list.begin(), list.end(), [&](const Index &i) { return !i.columns.empty() && known(i.columns); });
        };
        if (!knownAll(t.indexes) || !knownAll(t.unique) || !known(t.naturalKey))
            return false;
        const int classAt = findColumn(t, t.classColumn);
        return t.classColumn.empty() || (classAt >= 0 && columnAt(t, classAt).type == Type::Integer && columnAt(t, classAt).required);
    });
}

constexpr bool wholeNumber(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

constexpr bool defaultsAreAllowed(Tables tables)
{
    return everyColumn(tables, [](const Table &, const Column &c) {
        if (!c.allowed.empty() && c.type != Type::Text)
            return false;
        if (c.defaultValue.empty())
            return true;
        if (c.type == Type::Text)
            return c.allowed.empty() || contains(c.allowed, c.defaultValue);
        return (c.type == Type::Integer || c.type == Type::Money || c.type == Type::Boolean) && wholeNumber(c.defaultValue);
    });
}

constexpr bool classesAndScopesAreSet(Tables tables)
{
    const auto isClass = [](DataClass c) { return c >= DataClass::Operational && c <= DataClass::Audit; };
    return everyTable(tables, [&](const Table &t) { return isClass(t.dataClass) && (t.scopes & kFullOnly) != 0; })
           && everyColumn(tables, [&](const Table &, const Column &c) { return isClass(c.dataClass) && c.min <= c.max; });
}

// A page of any table can be called something, show columns and name its rows; no list loads a blob.
constexpr bool namesForPeopleAreGiven(Tables tables)
{
    constexpr std::size_t kMostListed = 7;        // more do not stand side by side on a small screen
    return everyTable(tables, [](const Table &t) {
        const auto shown = [&](std::string_view name) {
            const int i = findColumn(t, name);
            return i >= 0 && columnAt(t, i).type != Type::Blob && std::count(t.list.begin(), t.list.end(), name) < 2;
        };
        return !t.plural.empty() && !t.label.empty() && !t.list.empty() && t.list.size() <= kMostListed
               && std::all_of(t.label.begin(), t.label.end(), shown) && std::all_of(t.list.begin(), t.list.end(), shown);
    });
}

constexpr bool ledgersAreNotChanged(Tables tables)
{
    return everyTable(tables, [](const Table &t) { return !t.insertOnly || t.permissions.change == kNobody; })
           && everyColumn(tables, [](const Table &t, const Column &c) { return !c.content || t.insertOnly; });
}

} // namespace anteroom::schema::checks

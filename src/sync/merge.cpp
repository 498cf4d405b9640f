#include "sync/merge.h"

#include "schema/registry.h"

#include <sodium.h>

#include <algorithm>

namespace anteroom::sync {

using namespace schema;

namespace {

Value contentHash(const Value &v)
{
    if (isNull(v))
        return {};
    const auto text = toText(v);
    const auto *blob = std::get_if<Blob>(&v);
    const char *data = blob ? blob->constData() : text.data();
    const std::size_t size = blob ? static_cast<std::size_t>(blob->size()) : text.size();
    Blob hash(32, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(hash.data()), 32, reinterpret_cast<const unsigned char *>(data), size, nullptr, 0);
    return hash;
}

bool equalTo(const Table &table, std::span<const int> columns, const std::vector<Value> &have, const std::vector<Value> &sent, bool hashed)
{
    if (have.size() != sent.size())
        return false;
    for (std::size_t i = 0; i < have.size(); ++i) {
        const bool content = hashed && columnAt(table, columns[i]).content;
        if ((content ? contentHash(have[i]) : have[i]) != sent[i])
            return false;
    }
    return true;
}

enum class Fit { Take, Already, Keep, Conflict };

// How far along a state is: its place in the column's list of allowed values.
int rank(const Column &column, const Value &state)
{
    for (std::size_t i = 0; i < column.allowed.size(); ++i)
        if (column.allowed[i] == toText(state))
            return static_cast<int>(i);
    return -1;
}

// Somebody else has it by now: another desk, another claim than this step was made from.
bool inOtherHands(const Table &table, std::span<const int> columns, const std::vector<Value> &have, const std::vector<Value> &shown)
{
    for (std::size_t i = 0; i < have.size() && i < shown.size(); ++i)
        if (columnAt(table, columns[i]).type == Type::Uuid && !isNull(have[i]) && !isNull(shown[i]) && have[i] != shown[i])
            return true;
    return false;
}

// Rule 9 and H17: a step forward is taken from the host's state where it is allowed; where the host is already further
// the further one stays, silently. A step back (an undo) needs the state that was shown; two at one state conflict, and
// so does a step with what another desk has by now.
Fit stateFit(const Table &table, const Group &group, std::span<const int> columns, const GroupChange &g, const std::vector<Value> &all)
{
    const Column &column = columnAt(table, columns.front());
    const Value &have = all.front();
    const int now = rank(column, have), to = rank(column, g.newValues.front());
    const int from = g.oldValues.empty() ? -1 : rank(column, g.oldValues.front());
    if (now < 0 || to < 0 || to == now || to < from)
        return Fit::Conflict;
    if (to < now)
        return Fit::Keep;
    if (inOtherHands(table, columns, all, g.oldValues))
        return Fit::Conflict;
    for (const Transition &t : group.transitions)
        if (t.from == toText(have) && t.to == toText(g.newValues.front()))
            return Fit::Take;
    return Fit::Conflict;
}

Fit fit(const Change &c, const GroupChange &g, const Row &row)
{
    const Table &table = *c.table;
    const auto columns = groupColumns(table, g.group);
    const std::vector<Value> have = groupValues(table, row, g.group);
    if (equalTo(table, columns, have, g.newValues, false))
        return Fit::Already;
    const bool fromNothing = c.op == Op::Insert && g.oldValues.empty();
    if (equalTo(table, columns, have, fromNothing ? std::vector<Value>(have.size()) : g.oldValues, true))
        return Fit::Take;
    const Group *group = findGroup(table, g.group);
    if (group && group->kind == GroupKind::State && !g.newValues.empty() && c.op != Op::Insert)
        return stateFit(table, *group, columns, g, have);
    return Fit::Conflict;
}

void stampUpdate(const Entry &entry, Row &row)
{
    row[kUpdatedAt] = entry.at;
    row[kUpdatedBy] = idOrNull(entry.user);
    row[kUpdatedDevice] = idOrNull(entry.device);
}

Row created(const Entry &entry, const Change &c)
{
    Row row = emptyRow(*c.table, c.id);
    row[kCreatedAt] = entry.at;
    row[kCreatedBy] = idOrNull(entry.user);
    stampUpdate(entry, row);
    for (const GroupChange &g : c.groups)
        setGroupValues(*c.table, row, g.group, g.newValues);
    return row;
}

void markDeleted(const Entry &entry, const Change &c, Row &row)
{
    row[kDeletedAt] = entry.at;
    row[kDeletedReason] = c.reason.empty() ? Value{} : Value{c.reason};
    stampUpdate(entry, row);
}

void mergeDelete(const Entry &entry, const Change &c, Row &row, std::vector<LostGroup> &lost)
{
    if (row.deleted())
        return;
    for (const GroupChange &g : c.groups)       // a delete touches every group: anything unseen stops it
        if (!groupMatches(*c.table, g, row)) {
            lost.push_back({&c, kWholeRow, {}, {}, {}});
            return;
        }
    markDeleted(entry, c, row);
}

void mergeRestore(const Entry &entry, Row &row)
{
    if (!row.deleted())
        return;
    row[kDeletedAt] = {};
    row[kDeletedReason] = {};
    stampUpdate(entry, row);
}

void mergeGroups(const Entry &entry, const Change &c, Row &row, std::vector<LostGroup> &lost)
{
    bool taken = false;
    const bool gone = row.deleted() && !c.oldDeleted;
    for (const GroupChange &g : c.groups) {
        const Fit f = fit(c, g, row);
        if ((f == Fit::Already || f == Fit::Keep) && !gone)
            continue;
        if (f == Fit::Take && !gone) {
            setGroupValues(*c.table, row, g.group, g.newValues);
            taken = true;
        } else {
            lost.push_back({&c, g.group, g.oldValues, g.newValues, groupValues(*c.table, row, g.group)});
        }
    }
    if (taken)
        stampUpdate(entry, row);
}

} // namespace

bool groupMatches(const Table &table, const GroupChange &group, const Row &now)
{
    return equalTo(table, groupColumns(table, group.group), groupValues(table, now, group.group), group.oldValues, true);
}

Further furtherState(const Table &table, const Group &group, const Value &held, const Value &offered)
{
    const Column &column = columnAt(table, groupColumns(table, group.number).front());
    const int now = rank(column, held), to = rank(column, offered);
    if (now < 0 || to < 0 || now == to)
        return Further::Neither;
    if (to < now)
        return Further::Held;
    std::vector<std::string_view> reached{toText(held)};         // by steps forward alone: between the two lies a history
    for (std::size_t i = 0; i < reached.size(); ++i)
        for (const Transition &t : group.transitions)
            if (t.from == reached[i] && rank(column, std::string(t.to)) > rank(column, std::string(t.from)))
                reached.push_back(t.to);
    return std::ranges::find(reached, toText(offered)) != reached.end() ? Further::Offered : Further::Neither;
}

void mergeChange(const Entry &entry, const Change &c, std::optional<Row> &row, std::vector<LostGroup> &lost)
{
    if (!row) {
        if (c.op != Op::Insert)
            return;                             // refused before: it refers to what is not there
        row = created(entry, c);
        return;
    }
    switch (c.op) {
    case Op::Delete: return mergeDelete(entry, c, *row, lost);
    case Op::Restore: return mergeRestore(entry, *row);
    case Op::Insert:                            // H2: a second creation of one natural key merges as an update from nothing
    case Op::Update: return mergeGroups(entry, c, *row, lost);
    }
}

void overlay(const Entry &entry, const Change &c, std::optional<Row> &row)
{
    if (!row) {
        if (c.op == Op::Insert)
            row = created(entry, c);
        return;
    }
    if (c.op == Op::Delete)
        return markDeleted(entry, c, *row);
    if (c.op == Op::Restore)
        return mergeRestore(entry, *row);
    for (const GroupChange &g : c.groups)
        setGroupValues(*c.table, *row, g.group, g.newValues);
    if (!c.groups.empty())
        stampUpdate(entry, *row);
}

} // namespace anteroom::sync

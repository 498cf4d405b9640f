#include "node/host_audit.h"

#include "sync/audit.h"
#include "sync/merge.h"

namespace anteroom::node {

using namespace schema;

namespace {

Change told(const Table &table, const Row &row)
{
    if (row.deleted()) {
        Change change = makeDelete(table, row, std::string(toText(row[kDeletedReason])));
        change.oldDeleted = false;
        return change;
    }
    std::vector<ColumnValue> values;
    for (int i = kStandardCount; i < columnCount(table); ++i)
        values.push_back({i, row[i]});
    return makeInsert(table, row.id, values);
}

} // namespace

MadeRows audited(MadeRows rows, const std::string &act, const Identity &who, const Clock &clock, Random &random)
{
    Entry entry;
    entry.uuid = uuidV7(clock, random);
    entry.act = act;
    entry.at = clock.utcMs();
    entry.user = who.user;
    entry.device = who.device;
    for (const auto &[table, row] : rows)
        entry.changes.push_back(told(*table, row));
    for (const Change &change : sync::auditChanges(entry)) {
        std::optional<Row> row;
        sync::overlay(entry, change, row);
        rows.emplace_back(change.table, std::move(*row));
    }
    return rows;
}

} // namespace anteroom::node

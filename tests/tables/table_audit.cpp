#include "tables/table_audit.h"

#include "node/data_folder.h"
#include "node/sql_store_tx.h"
#include "sync/cbor.h"
#include "tables/row_maker.h"

#include <algorithm>

namespace anteroom::test {

using namespace node;
using namespace schema;
using namespace Qt::StringLiterals;

namespace {

std::vector<Value> readValues(sync::CborReader &r, std::span<const int> columns, const Table &table)
{
    std::vector<Value> out;
    const std::size_t n = r.array(256);
    for (std::size_t i = 0; i < n && i < columns.size(); ++i)
        out.push_back(r.value(columnAt(table, columns[i]).type));
    r.leave();
    return out;
}

} // namespace

std::vector<Told> readDetails(const QByteArray &bytes)
{
    std::vector<Told> out;
    sync::CborReader r(bytes);
    const std::size_t changes = r.array(kMaxChangesPerEntry);
    for (std::size_t i = 0; i < changes; ++i) {
        Told told;
        r.exactArray(4);
        told.table = r.integer();
        told.id = r.id();
        told.op = r.integer();
        const Table *table = findTable(static_cast<std::uint16_t>(told.table));
        check(table != nullptr, u"the details name a table"_s);
        const std::size_t groups = r.array(256);
        for (std::size_t g = 0; g < groups; ++g) {
            GroupChange group;
            r.exactArray(3);
            group.group = static_cast<GroupNo>(r.integer());
            group.oldValues = readValues(r, groupColumns(*table, group.group), *table);
            group.newValues = readValues(r, groupColumns(*table, group.group), *table);
            r.leave();
            told.groups.push_back(std::move(group));
        }
        r.leave();
        r.leave();
        out.push_back(std::move(told));
    }
    r.leave();
    check(r.ok(), u"the details are whole"_s);
    return out;
}

std::int64_t revisionOf(Replica &replica, const Table &table, const Uuid &id)
{
    const auto connection = storage::Connection::open(databasePath(replica.dataDir()), storage::Mode::ReadOnly);
    check(connection.has_value(), u"the database opens"_s);
    storage::Transaction read(**connection, "test", storage::Transaction::Kind::Read);
    SystemClock clock;
    SqlStoreTx tx(read, clock);
    const auto at = tx.touched(table, id);
    return at ? at->rev : 0;
}

bool tellsOf(const Told &told, const Change &change)
{
    const auto numbered = [&](const GroupChange &g) {
        return change.op == Op::Insert
               && std::ranges::any_of(groupColumns(*change.table, g.group), [&](int column) { return doorFills(*change.table, column); });
    };
    std::vector<GroupChange> typed = change.groups, said = told.groups;
    std::erase_if(typed, numbered);
    std::erase_if(said, numbered);
    return typed == said;
}

} // namespace anteroom::test

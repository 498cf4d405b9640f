#include "app/sim/store_look.h"

#include "schema/registry.h"
#include "storage/records.h"
#include "storage/statement.h"
#include "storage/sync_index.h"

#include <sqlite3.h>

namespace anteroom::sim {

void eachWorldItsOwnSqlite()
{
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);   // refused, harmlessly, where something was opened already
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

std::map<RowId, schema::RevPos> placesIn(storage::Connection &connection)
{
    std::map<RowId, schema::RevPos> out;
    storage::Statement all(connection, "SELECT tbl,id,revpos FROM sync_row ORDER BY tbl,id");
    while (all.step())
        out.emplace_hint(out.end(), RowId{static_cast<std::uint16_t>(all.integer(0)), all.uuid(1)}, storage::unpacked(all.integer(2)));
    return out;
}

std::int64_t countIn(storage::Connection &connection, std::string_view table)
{
    storage::Statement count(connection, "SELECT count(*) FROM " + std::string(table));
    return count.step() ? count.integer(0) : 0;
}

RowPtr rowIn(storage::Connection &connection, const RowId &key)
{
    auto row = storage::readRow(connection, tableOf(key), key.id);
    return row ? std::make_shared<const schema::Row>(std::move(*row)) : nullptr;
}

Image everythingIn(storage::Connection &connection, const std::set<std::uint16_t> &tables)
{
    Image out;
    for (const std::uint16_t table : tables)
        storage::forEachRow(connection, *schema::findTable(table), [&](const schema::Row &row) {
            out.emplace_hint(out.end(), RowId{table, row.id}, std::make_shared<const schema::Row>(row));
            return true;
        });
    return out;
}

} // namespace anteroom::sim

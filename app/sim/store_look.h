// Reading a replica's tables as the examiner needs them: places of all rows in one scan, small counts. Reads only.
#pragma once

#include "app/sim/rows.h"
#include "storage/connection.h"

#include <set>

namespace anteroom::sim {

// Worlds share no connection: SQLite needs no locks between them. Before the first database of the process is opened.
void eachWorldItsOwnSqlite();

// Of every row of the change index. Needs no transaction.
[[nodiscard]] std::map<RowId, schema::RevPos> placesIn(storage::Connection &connection);
[[nodiscard]] std::int64_t countIn(storage::Connection &connection, std::string_view table);
[[nodiscard]] RowPtr rowIn(storage::Connection &connection, const RowId &key);
// Every row of these tables (by number), whether the index knows it or not.
[[nodiscard]] Image everythingIn(storage::Connection &connection, const std::set<std::uint16_t> &tables);

} // namespace anteroom::sim

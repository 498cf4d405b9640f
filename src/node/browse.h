// Browse: how lists and records of any table are read on a reader's connection, in the role of the session. Queries hands
// them out; tests ask them directly. Reads only.
#pragma once

#include "node/queries.h"
#include "storage/connection.h"

namespace anteroom::node {

[[nodiscard]] Result<BrowsePage> browsePage(storage::Connection &connection, const BrowseRequest &request, schema::Role role);
[[nodiscard]] Result<RecordCard> recordCardOf(storage::Connection &connection, const schema::Table &table, const Uuid &id, schema::Role role);

} // namespace anteroom::node

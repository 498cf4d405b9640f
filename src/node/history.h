// History: what the activity log tells of one record, on a reader's connection, in the role of the session. It is the
// history of that record: who may read the record may read it, whoever may read the log. Reads only.
#pragma once

#include "node/queries.h"
#include "storage/connection.h"

namespace anteroom::node {

[[nodiscard]] Result<History> historyOf(storage::Connection &connection, const schema::Table &table, const Uuid &id, int limit, schema::Role role);

} // namespace anteroom::node

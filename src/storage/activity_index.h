// Activity index: which rows of user_activity_log touched a record, whatever subject they name. Derived from the log on
// this PC, never sent; an entry of it whose activity is gone is harmless, because readers ask the activity itself.
// Failures throw SqlError.
#pragma once

#include "schema/change.h"
#include "storage/transaction.h"

#include <vector>

namespace anteroom::storage {

// Notes every record that this row of user_activity_log tells of. The row is in its table already; calling it again
// changes nothing. Of a row of which nothing can be read, its subject.
void indexActivity(Transaction &transaction, const schema::Row &activity);

// The same for every row of the log, by the columns that it had from its first day on.
void indexActivities(Transaction &transaction);

// Rows of user_activity_log that touched the record, latest first by their author's clock.
[[nodiscard]] std::vector<schema::Row> activitiesOf(Connection &connection, const schema::Table &table, const Uuid &id, int limit);

} // namespace anteroom::storage

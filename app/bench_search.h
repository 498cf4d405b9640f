// How fast the search box answers: a data folder with so many people, and every keystroke of many searches, asked the way
// the desk asks. Names of demo_names in all their scripts, made various; tickets and bills are not among them.
// Or with the entries of a code list; either way with the pages of the list of the same records.
#pragma once

#include "core/result.h"

#include <QJsonObject>

namespace anteroom::app {

// p50_ms, p95_ms, max_ms from the call of Queries::find to its answer in this thread, first 20 hits, over `keystrokes`;
// index_mib of the database file; index_s until everybody saved was found; save_max_ms, the longest that a save waited
// behind it; `lists` as runLists() says.
[[nodiscard]] Result<QJsonObject> runSearch(int patients);
// Queries::findCodes, of a list of codes as `anteroom-hub import` takes it; import_s without an index, index_s after it.
[[nodiscard]] Result<QJsonObject> runSearchCodes(const QString &file);

} // namespace anteroom::app

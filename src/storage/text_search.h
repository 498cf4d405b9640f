// Text search without an index: words that begin like each of the tokens, in any order, and digits anywhere. Scans the
// column; good for a clinic's patients, until the search index takes over. Read only.
#pragma once

#include "storage/records.h"

#include <string>
#include <vector>

namespace anteroom::storage {

// Every token begins a word of the folded column. Rows in the order of the column.
[[nodiscard]] std::vector<schema::Row> searchWords(Connection &connection, const schema::Table &table, int column, const std::vector<std::string> &tokens, int limit);
[[nodiscard]] std::vector<schema::Row> searchContains(Connection &connection, const schema::Table &table, int column, const std::string &part, int limit);

} // namespace anteroom::storage

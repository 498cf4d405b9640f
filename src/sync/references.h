// References: which rows a change needs to be there, and which rows an entry creates (H5, H6). Pure.
#pragma once

#include "sync/store_tx.h"

namespace anteroom::sync {

[[nodiscard]] std::vector<RowKey> needs(const schema::Change &change);
// A sentence for people about a row that is not there.
[[nodiscard]] std::string missingWords(const RowKey &need);
[[nodiscard]] bool creates(const schema::Entry &entry, const RowKey &key);

} // namespace anteroom::sync

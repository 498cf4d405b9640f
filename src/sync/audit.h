// Audit: the rows of user_activity_log that an entry makes, one an act and data class, with CBOR old → new. Derived from
// the entry by the author's replica and by the host alike (ids are UUIDv5 of the entry), so they are written in the
// act's transaction, disappear with a refused act, and never travel up.
#pragma once

#include "schema/change.h"

#include <vector>

namespace anteroom::sync {

[[nodiscard]] std::vector<schema::Change> auditChanges(const schema::Entry &entry);

// The entry with its audit changes at the end: what both sides apply.
[[nodiscard]] schema::Entry withAudit(schema::Entry entry);

} // namespace anteroom::sync

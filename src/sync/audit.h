// Audit: the rows of user_activity_log that an entry makes, one an act and data class, with CBOR old → new. Derived from
// the entry by the author's replica and by the host alike (ids are UUIDv5 of the entry), so they are written in the
// act's transaction, disappear with a refused act, and never travel up.
#pragma once

#include "sync/store_tx.h"

#include <optional>
#include <vector>

namespace anteroom::sync {

struct Writing { Uuid user, device; std::int64_t at = 0; };

// Who wrote the values that a group of this row holds now, as the log tells it; nothing where it does not tell. `not_` is
// an entry that does not count: the one that is being merged.
[[nodiscard]] std::optional<Writing> whoWrote(const schema::Row &row, const schema::Table &table, int group, const Uuid &not_, StoreTx &tx);

// What one row of user_activity_log tells of one record, in the order of the act. Values are named by group, as in a
// Change; without groups where the act was an import. Nothing where it does not tell of it, or cannot be read.
struct AuditStep {
    schema::Op op = schema::Op::Insert;
    std::vector<schema::GroupChange> groups;
};
[[nodiscard]] std::vector<AuditStep> auditSteps(const schema::Row &activity, const schema::Table &table, const Uuid &id);
// The rows that it tells of, by table and id.
[[nodiscard]] std::vector<std::pair<std::uint16_t, Uuid>> auditSubjects(const Row &activity);

[[nodiscard]] std::vector<schema::Change> auditChanges(const schema::Entry &entry);

// The entry with its audit changes at the end: what both sides apply.
[[nodiscard]] schema::Entry withAudit(schema::Entry entry);

} // namespace anteroom::sync

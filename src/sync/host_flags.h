// Semantic conflicts (rule 14): accept first, flag second. What the clinic's rules find wrong with rows that were just
// written becomes rows of sync_conflicts in the same revision. Decides nothing about the rows themselves.
#pragma once

#include "sync/policy.h"

namespace anteroom::sync {

struct FlagCause {
    Uuid uuid;                           // of the entry, or of the offer: the ids of what is flagged are made of it (H18)
    Uuid user, device;
    std::int64_t at = 0;                 // UTC ms, for people
    const Entry *entry = nullptr;        // null: a replica offered the rows
};
[[nodiscard]] inline FlagCause causeOf(const Entry &entry) { return {entry.uuid, entry.user, entry.device, entry.at, &entry}; }

// After `rows` of one revision were put: appends what is flagged to them, put, indexed and numbered as the others. A flag
// of this rule on this record that is open already is not raised again.
void flagRows(Policy &policy, const FlagCause &cause, std::vector<RowAt> &rows, StoreTx &tx);

} // namespace anteroom::sync

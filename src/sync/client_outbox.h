// The outbox of a client: the write door's own transaction (rules 4, 8, 12, 13) and what a person sees while entries
// are unanswered. Functions over the store; no connection, no memory of their own. Writer thread.
#pragma once

#include "sync/effects.h"

namespace anteroom::sync {

struct Mismatch {                        // a touched group is no longer what the person was shown
    std::size_t change = 0;              // index in Entry::changes
    int group = 0;                       // kWholeRow: the row was deleted, or is gone
};

// Rule 4, host and client alike: what was shown against what the row holds now.
[[nodiscard]] std::vector<Mismatch> compareShown(const Entry &entry, StoreTx &tx);

// Appends the entry, keeps the host's images behind it, shows it. The caller commits FULL. Answers the seq.
[[nodiscard]] std::int64_t saveLocally(const Entry &entry, StoreTx &tx, Effects &out);

// Rule 13: no answer yet; the person goes on under the same seq. Nothing happens if it was answered meanwhile.
void goOn(std::int64_t seq, StoreTx &tx, Effects &out);

// Each visible row = the host's image with all remaining, not doomed entries on top, oldest first.
void showRows(std::span<const RowKey> keys, StoreTx &tx);

// H5: entries that stand on rows which the host does not have keep their seq, are hidden at once, and are refused by the
// host in their turn. Appends the rows whose picture may have changed.
void doomDependents(std::vector<RowKey> gone, StoreTx &tx, std::vector<RowKey> &changed);

// The host's answer: retires the entry, keeps a refused one readable, hides what stood on it (H5). Appends the rows
// whose picture may have changed.
void takeAnswer(std::int64_t seq, const Reply &reply, StoreTx &tx, std::vector<RowKey> &changed, Effects &out);

} // namespace anteroom::sync

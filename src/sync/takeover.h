// Taking over (rule 17): a client's store becomes a host's in one transaction, and an old host's store a client's when it
// comes back. Whether a PC may is decided by people; here is what then has to become of its rows, entries, counters and
// place in the order. The caller commits FULL, writes the mark, and builds its engines anew from the store.
#pragma once

#include "sync/host_log.h"

namespace anteroom::sync {

struct TakenOver {
    Epoch epoch;
    int drained = 0;                     // own entries that waited and are part of the order now
    int refused = 0;                     // of them, put aside with words
    Effects effects;                     // rows that changed, own entries that are answered
};

// Whether this store can be a host's: words where it cannot. Its digests need not have agreed at its very cursor: a host
// that is gone cannot be asked any more. But what is known to be damaged must be healed first (H19).
[[nodiscard]] Result<void> mayTakeOver(StoreTx &tx);

// The host's images become the rows, the cursor the head, counters and salts go on; then a new epoch, signed where
// `options.signer` can, and own entries that wait, in order, through the same door as everybody's.
[[nodiscard]] Result<TakenOver> takeOver(StoreTx &tx, Policy &policy, Random &random, const HostOptions &options, const Uuid &device);

// An old host that comes back: it stands at its own head, in its own epoch, and offers what the new one lacks. Its
// entries count from 1 in a new incarnation, which no life of this device had before.
void becomeClient(StoreTx &tx, std::int64_t incarnation, int schemaVersion);

} // namespace anteroom::sync

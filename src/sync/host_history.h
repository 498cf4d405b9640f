// Histories that part, at the host (rule 16): where a replica's history left this one. Reads the store, writes nothing;
// HostLog asks, opens epochs and takes offers.
#pragma once

#include "sync/store_tx.h"

namespace anteroom::sync {

struct Parting {
    std::int64_t fork = 0;               // the highest revision that both are known to share
    std::optional<Probe> probe;          // it may be higher: salts between these two tell
    int rounds = 0;                      // questions so far, this one too
};

// Nothing: this host knows all that the replica stands on. `rounds`: questions for salts so far.
[[nodiscard]] std::optional<Parting> partingOf(const Hello &hello, int rounds, std::int64_t head, StoreTx &tx);

} // namespace anteroom::sync

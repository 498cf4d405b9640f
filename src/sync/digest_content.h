// Content (rule 15): the same sums over what rows hold instead of where they were touched last. It finds a row that was
// damaged under a whole index, and an index that its kept sums do not describe any more. Reads everything: over a
// snapshot of its own, never on the writer's thread.
#pragma once

#include "sync/digest.h"

#include <atomic>
#include <map>

namespace anteroom::sync {

struct ContentSums {
    std::int64_t rev = 0;                // the replica stood at exactly this revision; -1: between two
    std::vector<TableDigest> places;     // the index as it was read on the way
    std::map<std::pair<std::uint16_t, std::uint8_t>, BucketSums> sums;      // by table, class
};

// Of all rows that have a place. A host stands at its head, a client at its cursor. `stop` ends it early, as rev -1.
[[nodiscard]] ContentSums contentSums(StoreTx &tx, const std::atomic_bool *stop = nullptr);

} // namespace anteroom::sync

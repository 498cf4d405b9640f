// Histories that part, at a client (rule 16, H8, H10, H11): which salts it tells, what it offers a host that lacks it,
// and how what was staged from another history is given up. Functions and small values over the store; ClientEngine
// says when.
#pragma once

#include "sync/effects.h"
#include "sync/messages.h"
#include "sync/store_tx.h"

#include <set>
#include <utility>

namespace anteroom::sync {

// Of the salts that are held: the newest, the one before, -2, -4, … Exact among the newest, then by doubling distance.
[[nodiscard]] std::vector<RevSalt> toldSalts(StoreTx &tx);
// The answer to a probe.
[[nodiscard]] std::vector<RevSalt> askedSalts(const Probe &probe, StoreTx &tx);

// The change of history that is under way; nothing where there is none.
[[nodiscard]] std::optional<std::int64_t> forkUnderWay(StoreTx &tx);

// The highest head that the scan under way was told (H11).
[[nodiscard]] std::optional<RevSalt> scanHead(StoreTx &tx);
void noteHead(const RevSalt &head, StoreTx &tx);

// What was staged is published: nothing is staged, no change of history and no healing scan is under way.
void endStage(StoreTx &tx);
// What is staged is given up, a change of history with it; what is published stays.
void abandonStage(StoreTx &tx);
// A first sync has no stage, its rows are written as they come: everything is given up, and it starts over.
void abandonFirstSync(StoreTx &tx, Effects &out);

// What this replica holds beyond a fork, as the host of that history had it, part by part. Lives on one line: another
// one starts from the first part.
class Offering {
public:
    void begin(std::int64_t fork, const RevSalt &real, bool taken, StoreTx &tx);
    [[nodiscard]] Offer next(StoreTx &tx);
    [[nodiscard]] int part() const { return m_part; }              // that next() makes
    [[nodiscard]] bool done() const { return m_done; }

private:
    std::int64_t m_fork = 0;
    RevSalt m_real;
    RevPos m_after;
    std::set<std::pair<std::uint16_t, Uuid>> m_kept;         // not offered
    int m_part = 0;
    bool m_done = true;
};

// Rows that this replica holds beyond the fork, until the new history brings them again.
class BeyondFork {
public:
    BeyondFork(std::optional<std::int64_t> fork, StoreTx &tx);      // no fork: there are none
    void brought(const std::vector<RowAt> &rows);
    [[nodiscard]] std::vector<RowKey> missing();

private:
    using Key = std::pair<std::uint16_t, Uuid>;
    std::vector<Key> m_held, m_brought;
};

} // namespace anteroom::sync

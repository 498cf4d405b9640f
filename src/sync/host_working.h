// Working: the rows that one revision writes, in the order of their first touch, which becomes their position. And what
// does not fit into them: conflicts and reviews as rows of their own (rules 10 and 11, H1, H6, H18).
#pragma once

#include "sync/merge.h"
#include "sync/store_tx.h"

#include <map>

namespace anteroom::sync {

class Working {
public:
    [[nodiscard]] std::optional<Row> get(const Table &table, const Uuid &id, StoreTx &tx) const;
    void put(const Table &table, Row row);
    [[nodiscard]] std::vector<RowAt> take(std::int64_t rev);      // numbered; empties it

private:
    std::vector<RowAt> m_rows;
    std::map<std::pair<std::uint16_t, Uuid>, std::size_t> m_at;
};

// What lost, as open conflicts; `entry` names who wrote it and is the cause that their ids are made of (H1, H18).
void openConflicts(const Entry &entry, const std::vector<LostGroup> &lost, Working &working, StoreTx &tx);
// The whole act waits for a person.
void openReview(const Entry &entry, std::int64_t seq, const std::string &why, Working &working, StoreTx &tx);

// Each of them fits into a row of sync_conflicts.
[[nodiscard]] bool fitConflicts(const std::vector<LostGroup> &lost);
// An open review holds an insert of this row.
[[nodiscard]] bool inOpenReview(const RowKey &key, StoreTx &tx);

} // namespace anteroom::sync

// Merge: the host's decision about one change against one row, group by group (rules 9 and 10, H2, H12, H17). Pure
// functions over rows; they read no store and write none.
#pragma once

#include "schema/change.h"

#include <optional>
#include <vector>

namespace anteroom::sync {

inline constexpr int kWholeRow = 255;      // merge_group of a conflict about a delete

struct LostGroup {                          // what did not apply: it becomes a row of sync_conflicts
    const schema::Change *change = nullptr;
    int group = kWholeRow;
    std::vector<schema::Value> base, mine, theirs;
    bool baseKnown = true;                  // false: two histories met, nobody knows what both started from
};

// Applies the change to `row` (empty: the row does not exist) and appends what lost. Bookkeeping columns are stamped
// from the entry where anything was taken.
void mergeChange(const schema::Entry &entry, const schema::Change &change, std::optional<schema::Row> &row, std::vector<LostGroup> &lost);

// What a person at this replica sees: the host's image with one unanswered entry on top (rule 12). No comparing.
void overlay(const schema::Entry &entry, const schema::Change &change, std::optional<schema::Row> &row);

// May a person who was shown `shown` of this group write, where the row holds `now`? (rule 4, rule 9)
[[nodiscard]] bool groupMatches(const schema::Table &table, const schema::GroupChange &group, const schema::Row &now);

// Two pictures of one state after histories parted (H17): the further one along the allowed transitions stays. Neither:
// two people stand at the same one, or there is no way from one to the other.
enum class Further : std::uint8_t { Held, Offered, Neither };
[[nodiscard]] Further furtherState(const schema::Table &table, const schema::Group &group, const schema::Value &held, const schema::Value &offered);

} // namespace anteroom::sync

// Ledger: what people typed and what they had seen when they typed it, kept apart from everything that the engines keep.
// It answers whether somebody composed a value, whether they had seen what it overwrote, and where it is now.
#pragma once

#include "app/sim/rows.h"

#include <set>

namespace anteroom::sim {

using Seen = std::set<std::uint64_t>;            // hashes of a group's values

struct Typed {                                   // one group of one row
    RowId key;
    schema::GroupNo group = 0;
    std::uint64_t value = kNothing;
    Seen seen;
    bool sawDeleted = false;
    std::string text;                            // for words
};

struct Act {
    schema::Entry entry;
    int pc = 0;
    std::vector<Typed> typed;
    std::map<RowId, std::map<schema::GroupNo, Seen>> deletes;
    bool saved = false;                          // the person was told so, or it turned up
    bool gone = false;                           // only a disk that is no more held it
};

class Ledger {
public:
    // What the person did in a form: the entry as the door made it, with the values that were seen beside the shown ones.
    void attempted(Act act);
    void saved(const Uuid &entry);
    [[nodiscard]] Act *find(const Uuid &entry);
    [[nodiscard]] const Typed *typed(const Uuid &entry, const RowId &key, schema::GroupNo group) const;
    [[nodiscard]] const std::map<Uuid, Act> &acts() const { return m_acts; }

    // Values that stand somewhere: (row, group, hash).
    using Kept = std::set<std::tuple<RowId, schema::GroupNo, std::uint64_t>>;
    static void keep(Kept &kept, const schema::Entry &entry);
    // The first saved value that is neither kept nor was overwritten by somebody who had seen it.
    [[nodiscard]] std::optional<std::string> lost(const Kept &kept) const;

private:
    std::map<Uuid, Act> m_acts;
};

// Rows that people's words do not stand in as they typed them: the host writes in them.
[[nodiscard]] bool hostsOwn(const schema::Table &table);
// Groups of the change and what of them was shown; `more`: pictures that were shown beside the row.
[[nodiscard]] Act actOf(const schema::Entry &entry, int pc, const std::map<std::pair<RowId, schema::GroupNo>, Seen> &more);

} // namespace anteroom::sim

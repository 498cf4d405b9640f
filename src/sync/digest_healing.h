// Healing: what a client does where its digests differ from the host's (rule 15). It asks for the buckets that differ,
// one table after the other, until the sums are equal; where that does not help, everything is read again, and if that
// does not help either it says so and leaves it. Lives as long as its engine; what must outlive it is in the store.
#pragma once

#include "sync/digest_content.h"
#include "sync/effects.h"

#include <set>
#include <tuple>

namespace anteroom::sync {

class Healing {
public:
    enum class Step : std::uint8_t { Nothing, Ask, Scan };

    // A heartbeat whose revision is exactly the cursor's, on a live line.
    [[nodiscard]] Step beat(const Beat &beat, StoreTx &tx);
    // By content, at exactly the cursor: each table is asked about once. It ends early where the clinic moves on.
    [[nodiscard]] Step beginContent(ContentSums mine);
    [[nodiscard]] bool contentChecked() const { return m_contentChecked; }      // the last one came to its end
    // Of an Ask.
    [[nodiscard]] const Compare &question() const { return *m_asked; }
    [[nodiscard]] bool isAnswer(const Compared &m) const;
    // Own rows of the buckets that were answered which the host lacks.
    [[nodiscard]] std::vector<RowKey> lacking(const Compared &m, StoreTx &tx) const;
    // The answer was applied.
    [[nodiscard]] Step healed(const Compared &m, StoreTx &tx);
    // The line moved on: what was asked is answered by nobody.
    void forgetQuestion();

    // Nothing before the first heartbeat that could be compared.
    [[nodiscard]] std::optional<bool> equal() const { return m_equal; }
    [[nodiscard]] bool stuck() const { return m_stuck; }

private:
    [[nodiscard]] Step look(StoreTx &tx);
    [[nodiscard]] Step nextContent();
    void defect(const TableDigest &where, bool content, StoreTx &tx);
    void agree(StoreTx &tx);
    void differ(const std::vector<TableDigest> &where, StoreTx &tx);

    std::int64_t m_rev = 0;                  // of the last heartbeat that was compared
    std::vector<TableDigest> m_told;
    std::optional<Compare> m_asked;
    std::set<std::tuple<std::uint16_t, std::uint8_t, std::uint8_t>> m_mended;      // at m_rev: table, class, bucket
    std::optional<ContentSums> m_content;    // what is not asked about yet
    bool m_contentChecked = false, m_contentDiffers = false;
    std::int64_t m_emptyAt = 0;              // revision at which the host found every bucket equal
    int m_agreements = 0;
    Epoch m_agreedIn;
    std::optional<bool> m_equal;
    bool m_stuck = false;
};

// Appends the rows whose host's picture refers to one of these, and theirs.
void addDependents(std::vector<RowKey> &rows, StoreTx &tx);

// Rows that the host lacks: each becomes an entry among the refused ones, where people find it, then leaves the visible
// tables and the index with what refers to it. Own entries that wait and stand on it are hidden; the host refuses them.
// Appends what is to be shown anew.
void takeAway(std::vector<RowKey> lacking, const Uuid &device, StoreTx &tx, std::vector<RowKey> &changed, Effects &out);

// A scan of everything for healing: which rows came, to know at its end which did not.
class ScannedRows {
public:
    void add(std::span<const RowAt> rows);
    // Places in the index whose rows did not come.
    [[nodiscard]] std::vector<RowKey> missing(StoreTx &tx);

private:
    std::vector<std::pair<std::uint16_t, Uuid>> m_rows;
};

} // namespace anteroom::sync

// Digests (rule 15): per table and class of data the sum mod 2^64 of h(table, id, revision) over the change index. Two
// replicas at one revision hold equal sums, or one of them is damaged. Kept up to date by touch(), the one way by which
// places get into the index and out of it. Functions over the store; they decide nothing about rows.
#pragma once

#include "sync/store_tx.h"

#include <array>
#include <span>

namespace anteroom::sync {

inline constexpr std::size_t kBuckets = 256;                 // by byte 15 of the id: random in every kind of UUID
using BucketSums = std::array<std::uint64_t, kBuckets>;
[[nodiscard]] inline std::uint8_t bucketOf(const Uuid &id) { return id.bytes[15]; }

// SipHash-2-4 under a key of zeros over table (16 bits), id, revision (64 bits), big endian.
[[nodiscard]] std::uint64_t placeHash(const Table &table, const Uuid &id, std::int64_t rev);
// First 8 bytes of BLAKE2b-256 over the encoded row.
[[nodiscard]] std::uint64_t contentHash(const Table &table, const Row &row);
// The class that a row counts under: of rows about other rows that of their subject.
[[nodiscard]] std::uint8_t classOf(const Table &table, const Row &row);
// The host's picture of a row: behind pending edits the kept image.
[[nodiscard]] std::optional<Row> hostImage(const Table &table, const Uuid &id, StoreTx &tx);

// Notes the places of these rows, before their pictures are written; each row once.
void touch(std::span<const RowAt> rows, StoreTx &tx);
// These rows have no place any more, before their pictures go.
void forget(std::span<const RowKey> rows, StoreTx &tx);

// Reads the index where the sums were never kept: a database from before there were any. Else it does nothing.
void ensureDigests(StoreTx &tx);
// Reads the index: the sums are what it says. False if they were something else.
bool recountDigests(StoreTx &tx);

// One table and class, by bucket, read from the index; `content`: over the pictures instead of revisions.
// Where it finds the kept sum to be another one, it puts it right.
[[nodiscard]] BucketSums bucketSums(const Table &table, std::uint8_t dataClass, bool content, StoreTx &tx);
// The rows of these buckets that have a place; of every class where none is named.
[[nodiscard]] std::vector<RowKey> rowsOfBuckets(const Table &table, std::optional<std::uint8_t> dataClass, std::span<const std::uint8_t> buckets, StoreTx &tx);

// The host's answer to a replica that differs, at revision `head`. `own`: its sums of what is asked, where they were read
// already, at this very revision.
[[nodiscard]] Compared answerCompare(const Compare &asked, std::int64_t head, StoreTx &tx, const BucketSums *own = nullptr);
// Tables and classes whose sums differ. A table that this program does not know is no difference.
[[nodiscard]] std::vector<TableDigest> differences(const std::vector<TableDigest> &theirs, const std::vector<TableDigest> &mine);

// ---- what a client remembers of it (H19)

// The revision of this epoch at which the sums last equalled the host's; 0 if they never did.
[[nodiscard]] std::int64_t agreedRev(StoreTx &tx);
void setAgreedRev(std::int64_t rev, StoreTx &tx);

// What was known to differ when the sums were last compared, and is not healed yet: such rows are not offered, and no PC
// takes over with them.
class KnownDifferences {
public:
    explicit KnownDifferences(StoreTx &tx);
    [[nodiscard]] bool empty() const { return m_known.isEmpty(); }
    [[nodiscard]] bool holds(const Table &table, const Row &row) const;
    static void note(const std::vector<TableDigest> &differ, StoreTx &tx);

private:
    QByteArray m_known;                  // three bytes each: table, class
};

namespace key {
inline constexpr std::string_view kUnequal = "unequal";          // client: tables and classes that differ, until the sums are equal again
inline constexpr std::string_view kHealingScan = "healing_scan"; // client: "1" while everything is read again for that
inline constexpr std::string_view kHealingDone = "healing_done"; // client: "1" from the end of such a scan until the sums are equal
} // namespace key

[[nodiscard]] inline bool stateSet(StoreTx &tx, std::string_view key)
{
    const auto value = tx.state(key);
    return value && !value->isEmpty();
}

} // namespace anteroom::sync

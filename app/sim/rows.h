// Rows as the examiner keeps them: by table and id, shared and never changed. And what a person sees of one: the host's
// image with entries on top that the host has not answered.
#pragma once

#include "sync/store_tx.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace anteroom::sim {

struct RowId {
    std::uint16_t table = 0;
    Uuid id;
    friend auto operator<=>(const RowId &, const RowId &) = default;
};
using RowPtr = std::shared_ptr<const schema::Row>;
using Image = std::map<RowId, RowPtr>;           // a row that is not there is not in it

[[nodiscard]] const schema::Table &tableOf(const RowId &key);
[[nodiscard]] std::string nameOf(const RowId &key);          // "patients 0199…"
[[nodiscard]] std::string textOf(std::span<const schema::Value> values);
// Equal values have equal hashes; all NULL is kNothing.
inline constexpr std::uint64_t kNothing = 0;
[[nodiscard]] std::uint64_t hashOf(std::span<const schema::Value> values);
[[nodiscard]] std::uint64_t groupHash(const schema::Table &table, const schema::Row &row, schema::GroupNo group);

// An entry that waits for its answer, with its audit rows and what it touches.
struct Waiting {
    schema::Entry entry;                         // with its audit changes
    std::vector<RowId> touches;
    bool doomed = false, provisional = false;

    [[nodiscard]] bool shown() const;
};
[[nodiscard]] std::shared_ptr<Waiting> waiting(const schema::Entry &entry, bool doomed, bool provisional);
[[nodiscard]] RowPtr overlaid(const RowPtr &image, const std::map<std::int64_t, std::shared_ptr<Waiting>> &outbox, const RowId &key);
[[nodiscard]] bool same(const RowPtr &a, const RowPtr &b);
// What differs, in words of columns.
[[nodiscard]] std::string difference(const RowId &key, const RowPtr &is, const RowPtr &shouldBe);

} // namespace anteroom::sim

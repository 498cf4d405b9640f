// Row, Change, Entry: what a record is in memory, and what one act does to records. A Change names, for each touched
// merge group, all of the group's values as the person was shown them (old) and as they are to be (new).
#pragma once

#include "schema/revision.h"
#include "schema/table.h"
#include "schema/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace anteroom::schema {

struct Row {
    Uuid id;
    std::vector<Value> values;       // positional: kStandardColumns, then Table::columns

    [[nodiscard]] const Value &operator[](int i) const { return values[static_cast<std::size_t>(i)]; }
    [[nodiscard]] Value &operator[](int i) { return values[static_cast<std::size_t>(i)]; }
    [[nodiscard]] bool deleted() const { return !isNull(values[kDeletedAt]); }
    friend bool operator==(const Row &, const Row &) = default;
};

[[nodiscard]] Row emptyRow(const Table &table, const Uuid &id);

enum class Op : std::uint8_t { Insert = 1, Update = 2, Delete = 3, Restore = 4 };      // wire numbers

struct GroupChange {
    GroupNo group = 0;
    std::vector<Value> oldValues;    // in the order of groupColumns(); of `content` columns the BLAKE2b-256
    std::vector<Value> newValues;    // a Delete names every group, with newValues empty
    friend bool operator==(const GroupChange &, const GroupChange &) = default;
};

struct Change {
    const Table *table = nullptr;    // never null in a decoded change
    Uuid id;
    Op op = Op::Insert;
    std::int64_t baseRev = 0;        // 0 for a row created here; matters only for signed records
    bool oldDeleted = false;
    std::string reason;              // of a Delete
    std::vector<GroupChange> groups;
    friend bool operator==(const Change &, const Change &) = default;
};

enum class Claim : std::uint8_t { None = 0, Take = 1, Call = 2 };       // wire numbers; rule 13

// One act: one transaction of one person on one device. Never changes after it was made, except for its seq.
struct Entry {
    Uuid uuid;                       // H9: known by it, wherever it arrives again
    Claim claim = Claim::None;
    std::string act;                 // "patients.register", "queue.call", "import" …: what the audit entry says
    std::int64_t at = 0;             // author's wall clock, bookkeeping only
    Uuid user;                       // users.id of the person
    Uuid device;                     // devices.id
    std::vector<Change> changes;     // ≤ 500; audit rows are derived from them, never listed
    friend bool operator==(const Entry &, const Entry &) = default;
};

inline constexpr int kMaxChangesPerEntry = 500;
inline constexpr int kMaxEntryBytes = 900 * 1024;

// The values of a group, as one vector.
[[nodiscard]] std::vector<Value> groupValues(const Table &table, const Row &row, GroupNo group);
// The same as a change names them as old: `content` columns as their BLAKE2b-256. What is compared with oldValues.
[[nodiscard]] std::vector<Value> oldGroupValues(const Table &table, const Row &row, GroupNo group);
void setGroupValues(const Table &table, Row &row, GroupNo group, const std::vector<Value> &values);

// What a form hands to the door: the row as it was shown and the columns the person changed. `shown` empty = insert.
// Builds one Change that touches exactly the groups that hold a changed column; empty groups if nothing differs.
// Values are made canonical here, so that a blank more is no change and no other natural id.
struct ColumnValue { int column; Value value; };
[[nodiscard]] Change makeInsert(const Table &table, const Uuid &id, const std::vector<ColumnValue> &values);
[[nodiscard]] Change makeUpdate(const Table &table, const Row &shown, const std::vector<ColumnValue> &values);
[[nodiscard]] Change makeDelete(const Table &table, const Row &shown, std::string reason);
[[nodiscard]] Change makeRestore(const Table &table, const Row &shown);

// The change that takes `change` back, from the row as it is after it: an update to the values it replaced, a delete of
// what it inserted, a restore of what it deleted. `after` is what the person is shown: where someone has changed a group
// of it since, the door says so. Nothing where the row holds the former values already.
[[nodiscard]] std::optional<Change> makeInverse(const Change &change, const Row &after, std::string reason);

// id of a row that exists once per natural key (DESIGN 2). `values` in the order of Table::naturalKey.
[[nodiscard]] Uuid naturalId(const Table &table, const std::vector<std::string> &values);
// The same from a form's values; nothing where the table has no natural key, and then a new row takes uuidV7().
[[nodiscard]] std::optional<Uuid> naturalIdOf(const Table &table, const std::vector<ColumnValue> &values);
// id of an imported row: UUIDv5(identifier system, resource id).
[[nodiscard]] Uuid importedId(std::string_view system, std::string_view value);

} // namespace anteroom::schema

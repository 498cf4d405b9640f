// The description of a table: the one place that says what a record is. Everything else — DDL, wire codec, validation,
// forms, audit, merge, demo data, tests — is derived from it. Data only: constexpr, no behaviour, no I/O.
//
// Wire numbers of tables, columns and groups are permanent: explicit, never reused (tests/golden/wire_numbers.txt).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace anteroom::schema {

enum class Type : std::uint8_t {
    Uuid, Text, Integer, Real, Boolean,
    Date,        // text "YYYY", "YYYY-MM" or "YYYY-MM-DD": a date never shifts with a zone
    Timestamp,   // integer, UTC milliseconds
    Money,       // integer, minor units of the clinic's currency
    Json,        // text holding one JSON value
    Blob,
};

// Who may see it: what a device scope holds and what a role reads is decided per class (DESIGN 5), never per row.
enum class DataClass : std::uint8_t { Operational = 1, Demographic, Clinical, Medication, Financial, Account, Audit };

// How a group of columns merges (DESIGN 4, rule 9).
enum class GroupKind : std::uint8_t {
    Values,      // taken where the host's values equal old or already new; else a conflict
    State,       // first column is a state: also taken where the transition from the host's state is allowed
};

using GroupNo = std::uint8_t;
inline constexpr GroupNo kHostFilled = 0;     // no group: only the host writes it, it can never conflict (H12)

struct Transition { std::string_view from, to; };

struct Group {
    GroupNo number;
    std::string_view name;
    GroupKind kind = GroupKind::Values;
    std::span<const Transition> transitions = {};
};

struct Column {
    std::uint16_t number;                 // permanent; own columns start at 16, standard columns are 1…7
    std::string_view name;
    Type type = Type::Text;
    GroupNo group = 1;
    DataClass dataClass = DataClass::Operational;
    bool required = false;
    bool content = false;                 // large and insert-only: its old value travels as BLAKE2b-256
    std::uint32_t maxLength = 0;          // characters of Text, bytes of Json and Blob; 0 = 255 for text, 256 KiB else
    std::int64_t min = INT64_MIN, max = INT64_MAX;      // of Integer, Money, Timestamp; also applied to Real
    std::span<const std::string_view> allowed = {};     // of Text; empty = anything
    std::string_view references = {};     // table whose id it holds; empty = none, or of a table named in another column
    std::string_view defaultValue = {};   // as text; applied by the write door to an insert that leaves it out
};

struct Index {
    std::span<const std::string_view> columns;
};

enum class MergePolicy : std::uint8_t {
    Merge,       // groups in conflict go to the inbox, the rest applies
    Whole,       // any update in conflict sends the whole transaction to review
    Compare,     // conflicts and reviews: a compare-and-set over the whole row; a difference refuses
};

enum class Role : std::uint16_t { Admin = 1, Doctor = 2, Nurse = 4, Receptionist = 8, Cashier = 16, Pharmacist = 32 };
using Roles = std::uint16_t;
inline constexpr Roles kNobody = 0, kEverybody = 63, kAdmin = 1;
constexpr Roles operator|(Role a, Role b) { return static_cast<Roles>(static_cast<Roles>(a) | static_cast<Roles>(b)); }
constexpr Roles operator|(Roles a, Role b) { return static_cast<Roles>(a | static_cast<Roles>(b)); }

struct Permissions { Roles read, create, change, erase; };

enum class Scope : std::uint8_t { Full = 1, Reception = 2, Pharmacy = 4, Display = 8 };
using Scopes = std::uint8_t;
constexpr Scopes operator|(Scope a, Scope b) { return static_cast<Scopes>(static_cast<Scopes>(a) | static_cast<Scopes>(b)); }
constexpr Scopes operator|(Scopes a, Scope b) { return static_cast<Scopes>(a | static_cast<Scopes>(b)); }
inline constexpr Scopes kFullOnly = 1, kEveryScope = 15;

enum class EventCategory : std::uint8_t { PatientData = 1, Queue, Billing, UserData, Data };

// Who makes rows of it: people through Commands; the host while it merges; the write door with every act.
enum class Writer : std::uint8_t { People, Host, Door };

struct Table {
    std::uint16_t number;
    std::string_view name;
    std::string_view title;                          // singular, for people: "Patient"
    std::string_view plural = {};                    // "Patients": names a list of them
    std::span<const std::string_view> label = {};    // columns whose values name a row to a person; a reference is named by its row
    std::span<const std::string_view> list = {};     // columns of a list, the most telling first; empty = label, then the others
    std::span<const Column> columns;                 // own columns; the standard ones come before them in a Row
    std::span<const Group> groups;
    std::span<const Index> indexes = {};
    std::span<const Index> unique = {};              // rules of the door and of the host, no UNIQUE in a replica's DDL
    MergePolicy policy = MergePolicy::Merge;
    Permissions permissions{kEverybody, kEverybody, kEverybody, kAdmin};
    Scopes scopes = Scope::Full | Scope::Reception;
    DataClass dataClass = DataClass::Operational;
    EventCategory category = EventCategory::Data;
    Writer writer = Writer::People;
    std::span<const std::string_view> naturalKey = {};   // id = UUIDv5(kNamespace, table + 0x1f + values joined by 0x1f)
    std::string_view classColumn = {};               // rows about other rows: integer column with the subject's DataClass
    bool insertOnly = false;                         // ledgers, strokes, logs: no update; no delete where erase is kNobody
};

// Columns 0…6 of every Row, in this order.
enum Standard : int { kCreatedAt, kCreatedBy, kUpdatedAt, kUpdatedBy, kUpdatedDevice, kDeletedAt, kDeletedReason, kStandardCount };
inline constexpr Column kStandardColumns[kStandardCount] = {
    {.number = 1, .name = "created_at", .type = Type::Timestamp, .group = kHostFilled},
    {.number = 2, .name = "created_by", .type = Type::Uuid, .group = kHostFilled},
    {.number = 3, .name = "updated_at", .type = Type::Timestamp, .group = kHostFilled},
    {.number = 4, .name = "updated_by", .type = Type::Uuid, .group = kHostFilled},
    {.number = 5, .name = "updated_device", .type = Type::Uuid, .group = kHostFilled},
    {.number = 6, .name = "deleted_at", .type = Type::Timestamp, .group = kHostFilled},
    {.number = 7, .name = "deleted_reason", .type = Type::Text, .group = kHostFilled, .maxLength = 500},
};

// Position in a Row of an own or standard column.
constexpr int columnCount(const Table &t) { return kStandardCount + static_cast<int>(t.columns.size()); }
constexpr const Column &columnAt(const Table &t, int position)
{
    return position < kStandardCount ? kStandardColumns[position] : t.columns[static_cast<std::size_t>(position - kStandardCount)];
}
constexpr int findColumn(const Table &t, std::string_view name)      // -1 where there is none
{
    for (int i = 0; i < columnCount(t); ++i)
        if (columnAt(t, i).name == name)
            return i;
    return -1;
}
// Compile-time position: `constexpr int kState = col(tables::active_patient_queue, "state");` a typo does not build.
consteval int col(const Table &t, std::string_view name)
{
    const int i = findColumn(t, name);
    if (i < 0)
        throw "no such column";
    return i;
}
constexpr const Group *findGroup(const Table &t, GroupNo number)
{
    for (const Group &g : t.groups)
        if (g.number == number)
            return &g;
    return nullptr;
}

} // namespace anteroom::schema

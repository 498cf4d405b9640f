// What the host could not merge: both pictures of a group, who made them and where. The whole row is one group, so that
// resolving is a compare-and-set over the row as it was shown; there is never a conflict about a conflict.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kSyncConflictsStatus[] = {"open", "closed"};
inline constexpr std::string_view kSyncConflictsResolution[] = {"mine", "theirs", "by_field", "withdrawn", "superseded"};
inline constexpr Group kSyncConflictsGroups[] = {
    {1, "conflict"},
};
inline constexpr Column kSyncConflictsColumns[] = {
    {.number = 16, .name = "subject_table", .type = Type::Integer, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .min = 1, .max = 65535},
    {.number = 17, .name = "subject_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .required = true},
    {.number = 18, .name = "subject_class", .type = Type::Integer, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .min = 1, .max = 7},
    {.number = 19, .name = "merge_group", .type = Type::Integer, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .min = 0, .max = 255},
    {.number = 20, .name = "base", .type = Type::Blob, .group = 1, .dataClass = DataClass::Clinical, .maxLength = 256 * 1024},
    {.number = 21, .name = "mine", .type = Type::Blob, .group = 1, .dataClass = DataClass::Clinical, .maxLength = 256 * 1024},
    {.number = 22, .name = "theirs", .type = Type::Blob, .group = 1, .dataClass = DataClass::Clinical, .maxLength = 256 * 1024},
    {.number = 23, .name = "mine_user", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "users"},
    {.number = 24, .name = "mine_device", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "devices"},
    {.number = 25, .name = "mine_at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Clinical},
    {.number = 26, .name = "theirs_user", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "users"},
    {.number = 27, .name = "theirs_device", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "devices"},
    {.number = 28, .name = "theirs_at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Clinical},
    {.number = 29, .name = "status", .group = 1, .dataClass = DataClass::Clinical, .allowed = kSyncConflictsStatus, .defaultValue = "open"},
    {.number = 30, .name = "resolution", .group = 1, .dataClass = DataClass::Clinical, .allowed = kSyncConflictsResolution},
    {.number = 31, .name = "resolved_by", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "users"},
    {.number = 32, .name = "resolved_at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Clinical},
    {.number = 33, .name = "entry_uuid", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical},
    {.number = 34, .name = "rule", .group = 1, .dataClass = DataClass::Clinical, .maxLength = 80},
    {.number = 35, .name = "note", .group = 1, .dataClass = DataClass::Clinical, .maxLength = 500},
};
inline constexpr std::string_view kSyncConflictsByStatus[] = {"status"};
inline constexpr std::string_view kSyncConflictsBySubjectId[] = {"subject_id"};
inline constexpr Index kSyncConflictsIndexes[] = {{kSyncConflictsByStatus}, {kSyncConflictsBySubjectId}};
inline constexpr std::string_view kSyncConflictsLabel[] = {"mine_user", "mine_at"};
inline constexpr std::string_view kSyncConflictsList[] = {"mine_at", "subject_table", "mine_user", "theirs_user", "status", "rule",
    "resolution"};

inline constexpr Table sync_conflicts{
    .number = 40,
    .name = "sync_conflicts",
    .title = "Conflict",
    .plural = "Conflicts",
    .label = kSyncConflictsLabel,
    .list = kSyncConflictsList,
    .columns = kSyncConflictsColumns,
    .groups = kSyncConflictsGroups,
    .indexes = kSyncConflictsIndexes,
    .policy = MergePolicy::Compare,
    .permissions = {.read = kEverybody, .create = kNobody, .change = kEverybody, .erase = kNobody},
    .scopes = Scope::Full | Scope::Reception | Scope::Pharmacy,
    .dataClass = DataClass::Clinical,
    .category = EventCategory::Data,
    .writer = Writer::Host,
    .classColumn = "subject_class",
};

} // namespace anteroom::schema::tables

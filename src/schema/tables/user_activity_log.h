// Who did what: one entry an act and class, written by the door in the act's own transaction, chained by the host in
// the order of revisions. It travels only where the class of its subject does.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kUserActivityLogGroups[] = {
    {1, "entry"},
    {2, "details"},
};
inline constexpr Column kUserActivityLogColumns[] = {
    {.number = 16, .name = "entry_uuid", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Audit, .required = true},
    {.number = 17, .name = "action", .group = 1, .dataClass = DataClass::Audit, .required = true, .maxLength = 80},
    {.number = 18, .name = "subject_table", .type = Type::Integer, .group = 1, .dataClass = DataClass::Audit, .min = 0, .max = 65535},
    {.number = 19, .name = "subject_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Audit},
    {.number = 20, .name = "subject_class", .type = Type::Integer, .group = 1, .dataClass = DataClass::Audit,
     .required = true, .min = 1, .max = 7},
    {.number = 21, .name = "summary", .group = 2, .dataClass = DataClass::Audit, .maxLength = 500},
    {.number = 22, .name = "details", .type = Type::Blob, .group = 2, .dataClass = DataClass::Audit, .maxLength = 896 * 1024},
    {.number = 23, .name = "at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Audit},
    {.number = 24, .name = "user_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Audit, .references = "users"},
    {.number = 25, .name = "device_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Audit, .references = "devices"},
    {.number = 26, .name = "rows", .type = Type::Integer, .group = 1, .dataClass = DataClass::Audit, .min = 0, .max = 1000000},
    {.number = 27, .name = "reason", .group = 2, .dataClass = DataClass::Audit, .maxLength = 500},
    {.number = 28, .name = "prev_hash", .type = Type::Blob, .group = kHostFilled, .dataClass = DataClass::Audit, .maxLength = 32},
    {.number = 29, .name = "hash", .type = Type::Blob, .group = kHostFilled, .dataClass = DataClass::Audit, .maxLength = 32},
    {.number = 30, .name = "chain_position", .type = Type::Integer, .group = kHostFilled, .dataClass = DataClass::Audit, .min = 0},
};
inline constexpr std::string_view kUserActivityLogBySubjectId[] = {"subject_id"};
inline constexpr Index kUserActivityLogIndexes[] = {{kUserActivityLogBySubjectId}};
inline constexpr std::string_view kUserActivityLogLabel[] = {"action", "at"};
inline constexpr std::string_view kUserActivityLogList[] = {"at", "user_id", "action", "summary", "device_id", "rows", "reason"};

inline constexpr Table user_activity_log{
    .number = 29,
    .name = "user_activity_log",
    .title = "Activity",
    .plural = "Activities",
    .label = kUserActivityLogLabel,
    .list = kUserActivityLogList,
    .columns = kUserActivityLogColumns,
    .groups = kUserActivityLogGroups,
    .indexes = kUserActivityLogIndexes,
    .permissions = {.read = kAdmin, .create = kNobody, .change = kNobody, .erase = kNobody},
    .scopes = Scope::Full | Scope::Reception | Scope::Pharmacy,
    .dataClass = DataClass::Audit,
    .category = EventCategory::UserData,
    .writer = Writer::Door,
    .classColumn = "subject_class",
    .insertOnly = true,
};

} // namespace anteroom::schema::tables

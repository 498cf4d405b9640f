// A run of sync worth remembering: by hand, failed, or catching up. A row that only says so starts no run itself.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kSyncLogKind[] = {"manual", "failed", "catchup"};
inline constexpr Group kSyncLogGroups[] = {
    {1, "run"},
};
inline constexpr Column kSyncLogColumns[] = {
    {.number = 16, .name = "kind", .group = 1, .required = true, .allowed = kSyncLogKind},
    {.number = 17, .name = "device_id", .type = Type::Uuid, .group = 1, .references = "devices"},
    {.number = 18, .name = "started_at", .type = Type::Timestamp, .group = 1},
    {.number = 19, .name = "finished_at", .type = Type::Timestamp, .group = 1},
    {.number = 20, .name = "sent", .type = Type::Integer, .group = 1, .min = 0},
    {.number = 21, .name = "received", .type = Type::Integer, .group = 1, .min = 0},
    {.number = 22, .name = "conflicts", .type = Type::Integer, .group = 1, .min = 0},
    {.number = 23, .name = "error", .group = 1, .maxLength = 500},
    {.number = 24, .name = "from_rev", .type = Type::Integer, .group = 1, .min = 0},
    {.number = 25, .name = "to_rev", .type = Type::Integer, .group = 1, .min = 0},
};
inline constexpr std::string_view kSyncLogLabel[] = {"kind", "started_at"};
inline constexpr std::string_view kSyncLogList[] = {"started_at", "kind", "device_id", "sent", "received", "conflicts", "error"};

inline constexpr Table sync_log{
    .number = 42,
    .name = "sync_log",
    .title = "Sync run",
    .plural = "Sync runs",
    .label = kSyncLogLabel,
    .list = kSyncLogList,
    .columns = kSyncLogColumns,
    .groups = kSyncLogGroups,
    .permissions = {.read = kEverybody, .create = kEverybody, .change = kNobody, .erase = kNobody},
    .scopes = kEveryScope,
    .dataClass = DataClass::Operational,
    .category = EventCategory::Data,
    .insertOnly = true,
};

} // namespace anteroom::schema::tables

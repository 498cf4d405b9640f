// What an entry of the log of activity tells: its columns, its details decoded, and the revision of a row beside it.
#pragma once

#include "schema/registry.h"
#include "schema/tables/user_activity_log.h"
#include "tables/replica_pair.h"

namespace anteroom::test {

namespace audit {
inline constexpr const schema::Table &kTable = schema::tables::user_activity_log;
inline constexpr int kEntry = schema::col(kTable, "entry_uuid"), kAction = schema::col(kTable, "action"),
                     kSubjectTable = schema::col(kTable, "subject_table"), kSubject = schema::col(kTable, "subject_id"),
                     kClass = schema::col(kTable, "subject_class"), kDetails = schema::col(kTable, "details"),
                     kUser = schema::col(kTable, "user_id"), kDevice = schema::col(kTable, "device_id");
} // namespace audit

// Of one change: old → new by group.
struct Told {
    std::int64_t table = 0, op = 0;
    Uuid id;
    std::vector<schema::GroupChange> groups;
};

[[nodiscard]] std::vector<Told> readDetails(const QByteArray &bytes);
// All that was typed, old → new, and nothing else but the numbers that the door gives to what is new.
[[nodiscard]] bool tellsOf(const Told &told, const schema::Change &change);
// Of the last touch of the row on this replica; 0 where the host has not answered yet.
[[nodiscard]] std::int64_t revisionOf(node::Replica &replica, const schema::Table &table, const Uuid &id);

} // namespace anteroom::test

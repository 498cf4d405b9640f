// Two charts of one person were joined: which one survived, both as they were, and every row that was re-pointed, so
// that the merge can be undone exactly.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kPatientMergesGroups[] = {
    {1, "merge"},
    {2, "undone"},
};
inline constexpr Column kPatientMergesColumns[] = {
    {.number = 16, .name = "survivor_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic,
     .required = true, .references = "patients"},
    {.number = 17, .name = "merged_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic,
     .required = true, .references = "patients"},
    {.number = 18, .name = "survivor_before", .type = Type::Json, .group = 1, .dataClass = DataClass::Demographic, .maxLength = 64 * 1024},
    {.number = 19, .name = "merged_before", .type = Type::Json, .group = 1, .dataClass = DataClass::Demographic, .maxLength = 64 * 1024},
    {.number = 20, .name = "moved_rows", .type = Type::Json, .group = 1, .dataClass = DataClass::Demographic, .maxLength = 256 * 1024},
    {.number = 21, .name = "reason", .group = 1, .dataClass = DataClass::Demographic, .maxLength = 500},
    {.number = 22, .name = "score", .type = Type::Real, .group = 1, .dataClass = DataClass::Demographic},
    {.number = 23, .name = "merged_at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Demographic},
    {.number = 24, .name = "merged_by", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic, .references = "users"},
    {.number = 25, .name = "undone_at", .type = Type::Timestamp, .group = 2, .dataClass = DataClass::Demographic},
    {.number = 26, .name = "undone_by", .type = Type::Uuid, .group = 2, .dataClass = DataClass::Demographic, .references = "users"},
    {.number = 27, .name = "undone_reason", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 500},
};
inline constexpr std::string_view kPatientMergesBySurvivorId[] = {"survivor_id"};
inline constexpr std::string_view kPatientMergesByMergedId[] = {"merged_id"};
inline constexpr Index kPatientMergesIndexes[] = {{kPatientMergesBySurvivorId}, {kPatientMergesByMergedId}};
inline constexpr std::string_view kPatientMergesLabel[] = {"survivor_id", "merged_id"};
inline constexpr std::string_view kPatientMergesList[] = {"survivor_id", "merged_id", "merged_at", "merged_by", "reason", "undone_at"};

inline constexpr Table patient_merges{
    .number = 5,
    .name = "patient_merges",
    .title = "Merge of patients",
    .plural = "Merges of patients",
    .label = kPatientMergesLabel,
    .list = kPatientMergesList,
    .columns = kPatientMergesColumns,
    .groups = kPatientMergesGroups,
    .indexes = kPatientMergesIndexes,
    .policy = MergePolicy::Whole,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .create = Role::Admin | Role::Doctor | Role::Receptionist,
                    .change = Role::Admin | Role::Doctor | Role::Receptionist,
                    .erase = kNobody},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Demographic,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

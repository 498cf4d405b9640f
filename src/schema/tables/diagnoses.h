// A diagnosis of a visit, coded where the clinic imported a list, and always with the words that were typed.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kDiagnosesRank[] = {"primary", "secondary"};
inline constexpr std::string_view kDiagnosesCertainty[] = {"provisional", "confirmed", "refuted"};
inline constexpr std::string_view kDiagnosesStatus[] = {"active", "recurrence", "remission", "resolved", "entered_in_error"};
inline constexpr Group kDiagnosesGroups[] = {
    {1, "patient"},
    {2, "what"},
    {3, "rank"},
    {4, "certainty"},
    {5, "status"},
    {6, "note"},
    {7, "identifier"},
};
inline constexpr Column kDiagnosesColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .references = "patients"},
    {.number = 17, .name = "visit_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "visits"},
    {.number = 18, .name = "code", .group = 2, .dataClass = DataClass::Clinical, .maxLength = 32},
    {.number = 19, .name = "code_system", .group = 2, .dataClass = DataClass::Clinical, .maxLength = 160},
    {.number = 20, .name = "title", .group = 2, .dataClass = DataClass::Clinical, .required = true, .maxLength = 400},
    {.number = 21, .name = "rank", .group = 3, .dataClass = DataClass::Clinical, .allowed = kDiagnosesRank, .defaultValue = "primary"},
    {.number = 22, .name = "certainty", .group = 4, .dataClass = DataClass::Clinical,
     .allowed = kDiagnosesCertainty, .defaultValue = "confirmed"},
    {.number = 23, .name = "status", .group = 5, .dataClass = DataClass::Clinical, .allowed = kDiagnosesStatus, .defaultValue = "active"},
    {.number = 24, .name = "onset_date", .type = Type::Date, .group = 5, .dataClass = DataClass::Clinical},
    {.number = 25, .name = "resolved_date", .type = Type::Date, .group = 5, .dataClass = DataClass::Clinical},
    {.number = 26, .name = "note", .group = 6, .dataClass = DataClass::Clinical, .maxLength = 4000},
    {.number = 27, .name = "notifiable", .type = Type::Boolean, .group = 4, .dataClass = DataClass::Clinical,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 28, .name = "identifier", .group = 7, .dataClass = DataClass::Clinical, .maxLength = 400},      // "system|value" of what was imported
};
inline constexpr std::string_view kDiagnosesByPatientId[] = {"patient_id"};
inline constexpr Index kDiagnosesIndexes[] = {{kDiagnosesByPatientId}};
inline constexpr std::string_view kDiagnosesLabel[] = {"title", "code"};
inline constexpr std::string_view kDiagnosesList[] = {"patient_id", "title", "code", "certainty", "status", "onset_date", "rank"};

inline constexpr Table diagnoses{
    .number = 10,
    .name = "diagnoses",
    .title = "Diagnosis",
    .plural = "Diagnoses",
    .label = kDiagnosesLabel,
    .list = kDiagnosesList,
    .columns = kDiagnosesColumns,
    .groups = kDiagnosesGroups,
    .indexes = kDiagnosesIndexes,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse,
                    .create = Role::Admin | Role::Doctor,
                    .change = Role::Admin | Role::Doctor,
                    .erase = Role::Admin | Role::Doctor},
    .scopes = kFullOnly,
    .dataClass = DataClass::Clinical,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

// A note or an addendum to one. A signed note is not edited any more: an addendum names it.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kMedicalRecordsKind[] = {"consultation", "triage", "procedure", "result",
    "referral", "certificate", "addendum", "telephone"};
inline constexpr Group kMedicalRecordsGroups[] = {
    {1, "patient"},
    {2, "subject"},
    {3, "text"},
    {4, "signature"},
    {5, "addendum"},
    {6, "identifier"},
};
inline constexpr Column kMedicalRecordsColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .references = "patients"},
    {.number = 17, .name = "visit_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "visits"},
    {.number = 18, .name = "kind", .group = 2, .dataClass = DataClass::Clinical, .required = true,
     .allowed = kMedicalRecordsKind, .defaultValue = "consultation"},
    {.number = 19, .name = "title", .group = 2, .dataClass = DataClass::Clinical},
    {.number = 20, .name = "noted_at", .type = Type::Timestamp, .group = 2, .dataClass = DataClass::Clinical},
    {.number = 21, .name = "complaint", .group = 3, .dataClass = DataClass::Clinical, .maxLength = 8000},
    {.number = 22, .name = "findings", .group = 3, .dataClass = DataClass::Clinical, .maxLength = 64 * 1024},
    {.number = 23, .name = "assessment", .group = 3, .dataClass = DataClass::Clinical, .maxLength = 64 * 1024},
    {.number = 24, .name = "plan", .group = 3, .dataClass = DataClass::Clinical, .maxLength = 64 * 1024},
    {.number = 25, .name = "body", .group = 3, .dataClass = DataClass::Clinical, .maxLength = 128 * 1024},
    {.number = 26, .name = "signed_at", .type = Type::Timestamp, .group = 4, .dataClass = DataClass::Clinical},
    {.number = 27, .name = "signed_by", .type = Type::Uuid, .group = 4, .dataClass = DataClass::Clinical, .references = "users"},
    {.number = 28, .name = "addendum_to", .type = Type::Uuid, .group = 5, .dataClass = DataClass::Clinical,
     .references = "medical_records"},
    {.number = 29, .name = "confidential", .type = Type::Boolean, .group = 2, .dataClass = DataClass::Clinical,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 30, .name = "identifier", .group = 6, .dataClass = DataClass::Clinical, .maxLength = 400},      // "system|value" of what was imported
};
inline constexpr std::string_view kMedicalRecordsByPatientId[] = {"patient_id"};
inline constexpr Index kMedicalRecordsIndexes[] = {{kMedicalRecordsByPatientId}};
inline constexpr std::string_view kMedicalRecordsLabel[] = {"kind", "title", "noted_at"};
inline constexpr std::string_view kMedicalRecordsList[] = {"patient_id", "noted_at", "kind", "title", "complaint", "signed_at",
    "signed_by"};

inline constexpr Table medical_records{
    .number = 8,
    .name = "medical_records",
    .title = "Clinical note",
    .plural = "Clinical notes",
    .label = kMedicalRecordsLabel,
    .list = kMedicalRecordsList,
    .columns = kMedicalRecordsColumns,
    .groups = kMedicalRecordsGroups,
    .indexes = kMedicalRecordsIndexes,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse,
                    .create = Role::Admin | Role::Doctor | Role::Nurse,
                    .change = Role::Admin | Role::Doctor | Role::Nurse,
                    .erase = Role::Admin | Role::Doctor},
    .scopes = kFullOnly,
    .dataClass = DataClass::Clinical,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

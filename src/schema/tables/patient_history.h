// What is known about a patient beyond this visit: allergies, conditions, surgery, family, immunisation, habits. Of
// class Medication, because whoever dispenses must see an allergy; the narrative columns are Clinical.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kPatientHistoryKind[] = {"allergy", "intolerance", "condition", "surgery",
    "family", "immunisation", "social", "medication", "alert"};
inline constexpr std::string_view kPatientHistorySeverity[] = {"mild", "moderate", "severe", "life_threatening", "unknown"};
inline constexpr std::string_view kPatientHistoryCriticality[] = {"low", "high", "unknown"};
inline constexpr std::string_view kPatientHistoryStatus[] = {"active", "inactive", "resolved", "refuted", "entered_in_error"};
inline constexpr std::string_view kPatientHistoryVerification[] = {"unconfirmed", "confirmed", "refuted"};
inline constexpr Group kPatientHistoryGroups[] = {
    {1, "patient"},
    {2, "what"},
    {3, "reaction"},
    {4, "status"},
    {5, "onset"},
    {6, "verification"},
    {7, "note"},
    {8, "immunisation"},
    {9, "relative"},
    {10, "identifier"},
};
inline constexpr Column kPatientHistoryColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication,
     .required = true, .references = "patients"},
    {.number = 17, .name = "kind", .group = 2, .dataClass = DataClass::Medication, .required = true, .allowed = kPatientHistoryKind},
    {.number = 18, .name = "title", .group = 2, .dataClass = DataClass::Medication, .required = true, .maxLength = 400},
    {.number = 19, .name = "code", .group = 2, .dataClass = DataClass::Medication, .maxLength = 64},
    {.number = 20, .name = "code_system", .group = 2, .dataClass = DataClass::Medication, .maxLength = 160},
    {.number = 21, .name = "drug_id", .type = Type::Uuid, .group = 2, .dataClass = DataClass::Medication, .references = "drugs"},
    {.number = 22, .name = "substance", .group = 2, .dataClass = DataClass::Medication},
    {.number = 23, .name = "reaction", .group = 3, .dataClass = DataClass::Medication, .maxLength = 400},
    {.number = 24, .name = "severity", .group = 3, .dataClass = DataClass::Medication, .allowed = kPatientHistorySeverity},
    {.number = 25, .name = "criticality", .group = 3, .dataClass = DataClass::Medication, .allowed = kPatientHistoryCriticality},
    {.number = 26, .name = "status", .group = 4, .dataClass = DataClass::Medication,
     .allowed = kPatientHistoryStatus, .defaultValue = "active"},
    {.number = 27, .name = "onset_date", .type = Type::Date, .group = 5, .dataClass = DataClass::Clinical},
    {.number = 28, .name = "end_date", .type = Type::Date, .group = 5, .dataClass = DataClass::Clinical},
    {.number = 29, .name = "verification", .group = 6, .dataClass = DataClass::Medication, .allowed = kPatientHistoryVerification},
    {.number = 30, .name = "reported_by", .group = 6, .dataClass = DataClass::Clinical},
    {.number = 31, .name = "note", .group = 7, .dataClass = DataClass::Clinical, .maxLength = 8000},
    {.number = 32, .name = "dose_number", .type = Type::Integer, .group = 8, .dataClass = DataClass::Clinical, .min = 0, .max = 1000},
    {.number = 33, .name = "lot", .group = 8, .dataClass = DataClass::Clinical, .maxLength = 80},
    {.number = 34, .name = "given_on", .type = Type::Date, .group = 8, .dataClass = DataClass::Clinical},
    {.number = 35, .name = "relative", .group = 9, .dataClass = DataClass::Clinical, .maxLength = 80},
    {.number = 36, .name = "visit_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "visits"},
    {.number = 37, .name = "identifier", .group = 10, .dataClass = DataClass::Medication, .maxLength = 400},      // "system|value" of what was imported
};
inline constexpr std::string_view kPatientHistoryByPatientId[] = {"patient_id"};
inline constexpr Index kPatientHistoryIndexes[] = {{kPatientHistoryByPatientId}};
inline constexpr std::string_view kPatientHistoryLabel[] = {"title"};
inline constexpr std::string_view kPatientHistoryList[] = {"patient_id", "kind", "title", "severity", "status", "onset_date", "reaction"};

inline constexpr Table patient_history{
    .number = 6,
    .name = "patient_history",
    .title = "History",
    .plural = "History entries",
    .label = kPatientHistoryLabel,
    .list = kPatientHistoryList,
    .columns = kPatientHistoryColumns,
    .groups = kPatientHistoryGroups,
    .indexes = kPatientHistoryIndexes,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse | Role::Pharmacist,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Pharmacist,
                    .change = Role::Admin | Role::Doctor | Role::Nurse | Role::Pharmacist,
                    .erase = Role::Admin | Role::Doctor},
    .scopes = Scope::Full | Scope::Pharmacy,
    .dataClass = DataClass::Medication,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

// A prescription: one signed order with items. What is dispensed is counted from dispense_records, never stored here.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Transition kPrescriptionsTransitions[] = {
    {"draft", "active"}, {"draft", "cancelled"}, {"active", "completed"}, {"active", "stopped"},
    {"active", "cancelled"},
};
inline constexpr std::string_view kPrescriptionsState[] = {"draft", "active", "completed", "stopped", "cancelled"};
inline constexpr Group kPrescriptionsGroups[] = {
    {1, "patient"},
    {2, "number"},
    {3, "state", GroupKind::State, kPrescriptionsTransitions},
    {4, "prescriber"},
    {5, "snapshot"},
    {6, "note"},
};
inline constexpr Column kPrescriptionsColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication,
     .required = true, .references = "patients"},
    {.number = 17, .name = "visit_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication, .references = "visits"},
    {.number = 18, .name = "number", .group = 2, .dataClass = DataClass::Medication, .maxLength = 32},
    {.number = 19, .name = "state", .group = 3, .dataClass = DataClass::Medication, .allowed = kPrescriptionsState,
     .defaultValue = "draft"},
    {.number = 20, .name = "signed_at", .type = Type::Timestamp, .group = 3, .dataClass = DataClass::Medication},
    {.number = 21, .name = "ended_at", .type = Type::Timestamp, .group = 3, .dataClass = DataClass::Medication},
    {.number = 22, .name = "end_reason", .group = 3, .dataClass = DataClass::Medication, .maxLength = 500},
    {.number = 23, .name = "prescriber_id", .type = Type::Uuid, .group = 4, .dataClass = DataClass::Medication, .references = "users"},
    {.number = 24, .name = "prescriber_name", .group = 4, .dataClass = DataClass::Medication},
    {.number = 25, .name = "weight_grams", .type = Type::Integer, .group = 5, .dataClass = DataClass::Medication,
     .min = 200, .max = 700000},
    {.number = 26, .name = "pregnant", .type = Type::Boolean, .group = 5, .dataClass = DataClass::Medication, .min = 0, .max = 1},
    {.number = 27, .name = "allergies_seen", .type = Type::Json, .group = 5, .dataClass = DataClass::Medication, .maxLength = 16 * 1024},
    {.number = 28, .name = "note", .group = 6, .dataClass = DataClass::Medication, .maxLength = 4000},
    {.number = 29, .name = "valid_until", .type = Type::Date, .group = 6, .dataClass = DataClass::Medication},
};
inline constexpr std::string_view kPrescriptionsByPatientId[] = {"patient_id"};
inline constexpr Index kPrescriptionsIndexes[] = {{kPrescriptionsByPatientId}};
inline constexpr std::string_view kPrescriptionsLabel[] = {"number", "patient_id"};
inline constexpr std::string_view kPrescriptionsList[] = {"number", "patient_id", "state", "signed_at", "prescriber_id", "valid_until"};

inline constexpr Table prescriptions{
    .number = 11,
    .name = "prescriptions",
    .title = "Prescription",
    .plural = "Prescriptions",
    .label = kPrescriptionsLabel,
    .list = kPrescriptionsList,
    .columns = kPrescriptionsColumns,
    .groups = kPrescriptionsGroups,
    .indexes = kPrescriptionsIndexes,
    .policy = MergePolicy::Whole,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse | Role::Pharmacist,
                    .create = Role::Admin | Role::Doctor,
                    .change = Role::Admin | Role::Doctor | Role::Pharmacist,
                    .erase = Role::Admin | Role::Doctor},
    .scopes = Scope::Full | Scope::Pharmacy,
    .dataClass = DataClass::Medication,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

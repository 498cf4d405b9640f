// Medicine handed out. It stands on its own: names, age and weight are copied as they were, and patient_id may be empty
// and be matched later. external_id makes a repeated message harmless.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Transition kDispenseRecordsTransitions[] = {
    {"prepared", "handed_over"}, {"prepared", "cancelled"}, {"handed_over", "returned"},
};
inline constexpr std::string_view kDispenseRecordsState[] = {"prepared", "handed_over", "cancelled", "returned"};
inline constexpr Group kDispenseRecordsGroups[] = {
    {1, "patient"},
    {2, "snapshot"},
    {3, "dispense"},
    {4, "acknowledgements"},
    {5, "printed"},
    {6, "audit_note"},
    {7, "state", GroupKind::State, kDispenseRecordsTransitions},
};
inline constexpr Column kDispenseRecordsColumns[] = {
    {.number = 16, .name = "external_id", .group = 3, .dataClass = DataClass::Medication, .maxLength = 160},
    {.number = 17, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication, .references = "patients"},
    {.number = 18, .name = "match_score", .type = Type::Real, .group = 1, .dataClass = DataClass::Medication},
    {.number = 19, .name = "snapshot_name", .group = 2, .dataClass = DataClass::Medication, .maxLength = 400},
    {.number = 20, .name = "snapshot_age", .group = 2, .dataClass = DataClass::Medication, .maxLength = 40},
    {.number = 21, .name = "snapshot_weight_grams", .type = Type::Integer, .group = 2,
     .dataClass = DataClass::Medication, .min = 200, .max = 700000},
    {.number = 22, .name = "snapshot_number", .group = 2, .dataClass = DataClass::Medication, .maxLength = 32},
    {.number = 23, .name = "snapshot_birth_date", .type = Type::Date, .group = 2, .dataClass = DataClass::Medication},
    {.number = 24, .name = "prescription_id", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Medication,
     .references = "prescriptions"},
    {.number = 25, .name = "prescription_item_id", .type = Type::Uuid, .group = 3,
     .dataClass = DataClass::Medication, .references = "prescription_items"},
    {.number = 26, .name = "drug_id", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Medication, .references = "drugs"},
    {.number = 27, .name = "drug_name", .group = 3, .dataClass = DataClass::Medication, .required = true},
    {.number = 28, .name = "drug_code", .group = 3, .dataClass = DataClass::Medication, .maxLength = 64},
    {.number = 29, .name = "lot_number", .group = 3, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 30, .name = "dose", .group = 3, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 31, .name = "dose_unit", .group = 3, .dataClass = DataClass::Medication, .maxLength = 40},
    {.number = 32, .name = "quantity", .type = Type::Real, .group = 3, .dataClass = DataClass::Medication,
     .required = true, .min = 0, .max = 1000000},
    {.number = 33, .name = "unit", .group = 3, .dataClass = DataClass::Medication, .maxLength = 40},
    {.number = 34, .name = "days_supply", .type = Type::Integer, .group = 3, .dataClass = DataClass::Medication, .min = 0, .max = 3660},
    {.number = 35, .name = "directions", .group = 3, .dataClass = DataClass::Medication, .maxLength = 1000},
    {.number = 36, .name = "substituted_for", .group = 3, .dataClass = DataClass::Medication},
    {.number = 37, .name = "dispensed_at", .type = Type::Timestamp, .group = 3, .dataClass = DataClass::Medication},
    {.number = 38, .name = "dispensed_by", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Medication, .references = "users"},
    {.number = 39, .name = "device_id", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Medication, .references = "devices"},
    {.number = 40, .name = "attempt_id", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Medication},
    {.number = 41, .name = "dose_ack", .type = Type::Json, .group = 4, .dataClass = DataClass::Medication, .maxLength = 16 * 1024},
    {.number = 42, .name = "safety_ack", .type = Type::Json, .group = 4, .dataClass = DataClass::Medication, .maxLength = 16 * 1024},
    {.number = 43, .name = "printed_at", .type = Type::Timestamp, .group = 5, .dataClass = DataClass::Medication},
    {.number = 44, .name = "copies", .type = Type::Integer, .group = 5, .dataClass = DataClass::Medication, .min = 0, .max = 1000},
    {.number = 45, .name = "audit_note", .group = 6, .dataClass = DataClass::Medication, .maxLength = 4000},
    {.number = 46, .name = "state", .group = 7, .dataClass = DataClass::Medication,
     .allowed = kDispenseRecordsState, .defaultValue = "handed_over"},
    {.number = 47, .name = "handed_over_at", .type = Type::Timestamp, .group = 7, .dataClass = DataClass::Medication},
    {.number = 48, .name = "state_reason", .group = 7, .dataClass = DataClass::Medication, .maxLength = 500},
};
inline constexpr std::string_view kDispenseRecordsByPatientId[] = {"patient_id"};
inline constexpr std::string_view kDispenseRecordsByPrescriptionId[] = {"prescription_id"};
inline constexpr Index kDispenseRecordsIndexes[] = {{kDispenseRecordsByPatientId}, {kDispenseRecordsByPrescriptionId}};
inline constexpr std::string_view kDispenseRecordsUniqueExternalId[] = {"external_id"};
inline constexpr Index kDispenseRecordsUnique[] = {{kDispenseRecordsUniqueExternalId}};
inline constexpr std::string_view kDispenseRecordsLabel[] = {"drug_name", "snapshot_name", "dispensed_at"};
inline constexpr std::string_view kDispenseRecordsList[] = {"dispensed_at", "snapshot_name", "drug_name", "quantity", "unit",
    "dispensed_by", "state"};

inline constexpr Table dispense_records{
    .number = 33,
    .name = "dispense_records",
    .title = "Dispensing",
    .plural = "Dispensings",
    .label = kDispenseRecordsLabel,
    .list = kDispenseRecordsList,
    .columns = kDispenseRecordsColumns,
    .groups = kDispenseRecordsGroups,
    .indexes = kDispenseRecordsIndexes,
    .unique = kDispenseRecordsUnique,
    .policy = MergePolicy::Whole,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse | Role::Pharmacist,
                    .create = Role::Admin | Role::Pharmacist,
                    .change = Role::Admin | Role::Pharmacist,
                    .erase = kNobody},
    .scopes = Scope::Full | Scope::Pharmacy,
    .dataClass = DataClass::Medication,
    .category = EventCategory::Data,
};

} // namespace anteroom::schema::tables

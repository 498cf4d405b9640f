// One drug of a prescription. It is one group: a dose beside the unit of another person's edit would be a new order.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kPrescriptionItemsGroups[] = {
    {1, "item"},
    {2, "identifier"},
};
inline constexpr Column kPrescriptionItemsColumns[] = {
    {.number = 16, .name = "prescription_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication,
     .required = true, .references = "prescriptions"},
    {.number = 17, .name = "position", .type = Type::Integer, .group = 1, .dataClass = DataClass::Medication, .min = 0, .max = 1000},
    {.number = 18, .name = "drug_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication, .references = "drugs"},
    {.number = 19, .name = "drug_name", .group = 1, .dataClass = DataClass::Medication, .required = true},
    {.number = 20, .name = "strength", .group = 1, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 21, .name = "form", .group = 1, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 22, .name = "as_typed", .group = 1, .dataClass = DataClass::Medication, .maxLength = 400},
    {.number = 23, .name = "dose", .type = Type::Real, .group = 1, .dataClass = DataClass::Medication, .min = 0, .max = 1000000},
    {.number = 24, .name = "dose_unit", .group = 1, .dataClass = DataClass::Medication, .maxLength = 40},
    {.number = 25, .name = "route", .group = 1, .dataClass = DataClass::Medication, .maxLength = 40},
    {.number = 26, .name = "frequency", .group = 1, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 27, .name = "times_per_day", .type = Type::Real, .group = 1, .dataClass = DataClass::Medication, .min = 0, .max = 96},
    {.number = 28, .name = "as_needed", .type = Type::Boolean, .group = 1, .dataClass = DataClass::Medication,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 29, .name = "as_needed_reason", .group = 1, .dataClass = DataClass::Medication},
    {.number = 30, .name = "duration_days", .type = Type::Integer, .group = 1, .dataClass = DataClass::Medication, .min = 0, .max = 3660},
    {.number = 31, .name = "quantity", .type = Type::Real, .group = 1, .dataClass = DataClass::Medication, .min = 0, .max = 1000000},
    {.number = 32, .name = "quantity_unit", .group = 1, .dataClass = DataClass::Medication, .maxLength = 40},
    {.number = 33, .name = "refills", .type = Type::Integer, .group = 1, .dataClass = DataClass::Medication, .min = 0, .max = 99},
    {.number = 34, .name = "directions", .group = 1, .dataClass = DataClass::Medication, .maxLength = 1000},
    {.number = 35, .name = "substitution_allowed", .type = Type::Boolean, .group = 1,
     .dataClass = DataClass::Medication, .min = 0, .max = 1, .defaultValue = "1"},
    {.number = 36, .name = "starts_on", .type = Type::Date, .group = 1, .dataClass = DataClass::Medication},
    {.number = 37, .name = "alerts_acknowledged", .type = Type::Json, .group = 1,
     .dataClass = DataClass::Medication, .maxLength = 16 * 1024},
    {.number = 38, .name = "stopped_at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Medication},
    {.number = 39, .name = "stop_reason", .group = 1, .dataClass = DataClass::Medication, .maxLength = 500},
    {.number = 40, .name = "identifier", .group = 2, .dataClass = DataClass::Medication, .maxLength = 400},      // "system|value" of what was imported
};
inline constexpr std::string_view kPrescriptionItemsByPrescriptionId[] = {"prescription_id"};
inline constexpr Index kPrescriptionItemsIndexes[] = {{kPrescriptionItemsByPrescriptionId}};
inline constexpr std::string_view kPrescriptionItemsLabel[] = {"drug_name", "strength"};
inline constexpr std::string_view kPrescriptionItemsList[] = {"drug_name", "strength", "dose", "dose_unit", "frequency",
    "duration_days", "prescription_id"};

inline constexpr Table prescription_items{
    .number = 12,
    .name = "prescription_items",
    .title = "Prescription item",
    .plural = "Prescription items",
    .label = kPrescriptionItemsLabel,
    .list = kPrescriptionItemsList,
    .columns = kPrescriptionItemsColumns,
    .groups = kPrescriptionItemsGroups,
    .indexes = kPrescriptionItemsIndexes,
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

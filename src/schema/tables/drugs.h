// A medicine of the clinic's list, with what the checks at prescribing and dispensing need. Doses are per kilogram and
// day in the unit of dose_unit.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kDrugsGroups[] = {
    {1, "code"},
    {2, "name"},
    {3, "product"},
    {4, "classification"},
    {5, "adult_dose"},
    {6, "weight_dose"},
    {7, "age_limits"},
    {8, "directions"},
    {9, "stock"},
    {10, "active"},
    {11, "warnings"},
    {12, "controlled"},
};
inline constexpr Column kDrugsColumns[] = {
    {.number = 16, .name = "code", .group = 1, .dataClass = DataClass::Medication, .required = true, .maxLength = 64},
    {.number = 17, .name = "name", .group = 2, .dataClass = DataClass::Medication, .required = true},
    {.number = 18, .name = "folded_name", .group = 2, .dataClass = DataClass::Medication, .maxLength = 510},
    {.number = 19, .name = "brand", .group = 2, .dataClass = DataClass::Medication, .maxLength = 160},
    {.number = 20, .name = "ingredients", .group = 2, .dataClass = DataClass::Medication, .maxLength = 400},
    {.number = 21, .name = "strength", .group = 3, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 22, .name = "form", .group = 3, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 23, .name = "route", .group = 3, .dataClass = DataClass::Medication, .maxLength = 40},
    {.number = 24, .name = "dispensing_unit", .group = 3, .dataClass = DataClass::Medication, .maxLength = 40},
    {.number = 25, .name = "pack_size", .type = Type::Real, .group = 3, .dataClass = DataClass::Medication, .min = 0, .max = 100000},
    {.number = 26, .name = "atc", .group = 4, .dataClass = DataClass::Medication, .maxLength = 16},
    {.number = 27, .name = "category", .group = 4, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 28, .name = "dose_unit", .group = 5, .dataClass = DataClass::Medication, .maxLength = 40},
    {.number = 29, .name = "usual_dose", .type = Type::Real, .group = 5, .dataClass = DataClass::Medication, .min = 0},
    {.number = 30, .name = "max_single_dose", .type = Type::Real, .group = 5, .dataClass = DataClass::Medication, .min = 0},
    {.number = 31, .name = "max_daily_dose", .type = Type::Real, .group = 5, .dataClass = DataClass::Medication, .min = 0},
    {.number = 32, .name = "dose_per_kg", .type = Type::Real, .group = 6, .dataClass = DataClass::Medication, .min = 0},
    {.number = 33, .name = "max_dose_per_kg", .type = Type::Real, .group = 6, .dataClass = DataClass::Medication, .min = 0},
    {.number = 34, .name = "min_age_days", .type = Type::Integer, .group = 7, .dataClass = DataClass::Medication, .min = 0, .max = 50000},
    {.number = 35, .name = "max_age_days", .type = Type::Integer, .group = 7, .dataClass = DataClass::Medication, .min = 0, .max = 50000},
    {.number = 36, .name = "default_directions", .group = 8, .dataClass = DataClass::Medication, .maxLength = 1000},
    {.number = 37, .name = "default_frequency", .group = 8, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 38, .name = "default_duration_days", .type = Type::Integer, .group = 8,
     .dataClass = DataClass::Medication, .min = 0, .max = 3660},
    {.number = 39, .name = "repeat_window_days", .type = Type::Integer, .group = 8,
     .dataClass = DataClass::Medication, .min = 0, .max = 3660},
    {.number = 40, .name = "reorder_level", .type = Type::Real, .group = 9, .dataClass = DataClass::Medication, .min = 0},
    {.number = 41, .name = "shelf", .group = 9, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 42, .name = "active", .type = Type::Boolean, .group = 10, .dataClass = DataClass::Medication,
     .min = 0, .max = 1, .defaultValue = "1"},
    {.number = 43, .name = "warnings", .group = 11, .dataClass = DataClass::Medication, .maxLength = 2000},
    {.number = 44, .name = "pregnancy_warning", .type = Type::Boolean, .group = 11,
     .dataClass = DataClass::Medication, .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 45, .name = "controlled", .type = Type::Boolean, .group = 12, .dataClass = DataClass::Medication,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 46, .name = "prescription_only", .type = Type::Boolean, .group = 12,
     .dataClass = DataClass::Medication, .min = 0, .max = 1, .defaultValue = "0"},
};
inline constexpr std::string_view kDrugsKeyCode[] = {"code"};
inline constexpr Index kDrugsUnique[] = {{kDrugsKeyCode}};
inline constexpr std::string_view kDrugsLabel[] = {"name", "strength", "form"};
inline constexpr std::string_view kDrugsList[] = {"name", "strength", "form", "code", "category", "reorder_level", "active"};

inline constexpr Table drugs{
    .number = 30,
    .name = "drugs",
    .title = "Drug",
    .plural = "Drugs",
    .label = kDrugsLabel,
    .list = kDrugsList,
    .columns = kDrugsColumns,
    .groups = kDrugsGroups,
    .unique = kDrugsUnique,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse | Role::Pharmacist,
                    .create = Role::Admin | Role::Pharmacist,
                    .change = Role::Admin | Role::Pharmacist,
                    .erase = kAdmin},
    .scopes = Scope::Full | Scope::Pharmacy,
    .dataClass = DataClass::Medication,
    .category = EventCategory::Data,
    .naturalKey = kDrugsKeyCode,
};

} // namespace anteroom::schema::tables

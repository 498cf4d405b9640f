// One set of measurements. Units are fixed so that nothing needs converting: mmHg, /min, 0.1 °C, %, g, mm, 0.1 mmol/l.
// The ranges are the impossible, not the unusual: what is only unusual is confirmed in the form.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kVitalsPosition[] = {"sitting", "standing", "lying"};
inline constexpr std::string_view kVitalsHeartRhythm[] = {"regular", "irregular"};
inline constexpr std::string_view kVitalsTemperatureSite[] = {"oral", "axillary", "rectal", "ear", "forehead"};
inline constexpr std::string_view kVitalsGlucoseWhen[] = {"fasting", "random", "after_meal"};
inline constexpr Group kVitalsGroups[] = {
    {1, "patient"},
    {2, "when"},
    {3, "blood_pressure"},
    {4, "heart_rate"},
    {5, "respiratory_rate"},
    {6, "temperature"},
    {7, "oxygen"},
    {8, "weight"},
    {9, "height"},
    {10, "head"},
    {11, "pain"},
    {12, "glucose"},
    {13, "note"},
    {14, "pregnancy"},
    {15, "identifier"},
};
inline constexpr Column kVitalsColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .references = "patients"},
    {.number = 17, .name = "visit_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical, .references = "visits"},
    {.number = 18, .name = "taken_at", .type = Type::Timestamp, .group = 2, .dataClass = DataClass::Clinical},
    {.number = 19, .name = "taken_by", .type = Type::Uuid, .group = 2, .dataClass = DataClass::Clinical, .references = "users"},
    {.number = 20, .name = "systolic", .type = Type::Integer, .group = 3, .dataClass = DataClass::Clinical, .min = 20, .max = 350},
    {.number = 21, .name = "diastolic", .type = Type::Integer, .group = 3, .dataClass = DataClass::Clinical, .min = 10, .max = 250},
    {.number = 22, .name = "position", .group = 3, .dataClass = DataClass::Clinical, .allowed = kVitalsPosition},
    {.number = 23, .name = "heart_rate", .type = Type::Integer, .group = 4, .dataClass = DataClass::Clinical, .min = 10, .max = 400},
    {.number = 24, .name = "heart_rhythm", .group = 4, .dataClass = DataClass::Clinical, .allowed = kVitalsHeartRhythm},
    {.number = 25, .name = "respiratory_rate", .type = Type::Integer, .group = 5, .dataClass = DataClass::Clinical, .min = 2, .max = 150},
    {.number = 26, .name = "temperature_decidegrees", .type = Type::Integer, .group = 6,
     .dataClass = DataClass::Clinical, .min = 200, .max = 460},
    {.number = 27, .name = "temperature_site", .group = 6, .dataClass = DataClass::Clinical, .allowed = kVitalsTemperatureSite},
    {.number = 28, .name = "oxygen_percent", .type = Type::Integer, .group = 7, .dataClass = DataClass::Clinical, .min = 20, .max = 100},
    {.number = 29, .name = "on_oxygen", .type = Type::Boolean, .group = 7, .dataClass = DataClass::Clinical, .min = 0, .max = 1},
    {.number = 30, .name = "weight_grams", .type = Type::Integer, .group = 8, .dataClass = DataClass::Clinical, .min = 200, .max = 700000},
    {.number = 31, .name = "height_millimetres", .type = Type::Integer, .group = 9,
     .dataClass = DataClass::Clinical, .min = 200, .max = 2800},
    {.number = 32, .name = "head_millimetres", .type = Type::Integer, .group = 10, .dataClass = DataClass::Clinical,
     .min = 150, .max = 800},
    {.number = 33, .name = "pain", .type = Type::Integer, .group = 11, .dataClass = DataClass::Clinical, .min = 0, .max = 10},
    {.number = 34, .name = "glucose_decimmol", .type = Type::Integer, .group = 12, .dataClass = DataClass::Clinical, .min = 1, .max = 1000},
    {.number = 35, .name = "glucose_when", .group = 12, .dataClass = DataClass::Clinical, .allowed = kVitalsGlucoseWhen},
    {.number = 36, .name = "note", .group = 13, .dataClass = DataClass::Clinical, .maxLength = 2000},
    {.number = 37, .name = "pregnant", .type = Type::Boolean, .group = 14, .dataClass = DataClass::Clinical, .min = 0, .max = 1},
    {.number = 38, .name = "last_period_on", .type = Type::Date, .group = 14, .dataClass = DataClass::Clinical},
    {.number = 39, .name = "identifier", .group = 15, .dataClass = DataClass::Clinical, .maxLength = 400},      // "system|value" of what was imported
};
inline constexpr std::string_view kVitalsByPatientId[] = {"patient_id"};
inline constexpr Index kVitalsIndexes[] = {{kVitalsByPatientId}};
inline constexpr std::string_view kVitalsLabel[] = {"patient_id", "taken_at"};
inline constexpr std::string_view kVitalsList[] = {"patient_id", "taken_at", "systolic", "diastolic", "heart_rate",
    "temperature_decidegrees", "oxygen_percent"};

inline constexpr Table vitals{
    .number = 9,
    .name = "vitals",
    .title = "Vital signs",
    .plural = "Vital signs",
    .label = kVitalsLabel,
    .list = kVitalsList,
    .columns = kVitalsColumns,
    .groups = kVitalsGroups,
    .indexes = kVitalsIndexes,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse,
                    .create = Role::Admin | Role::Doctor | Role::Nurse,
                    .change = Role::Admin | Role::Doctor | Role::Nurse,
                    .erase = Role::Admin | Role::Doctor | Role::Nurse},
    .scopes = kFullOnly,
    .dataClass = DataClass::Clinical,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

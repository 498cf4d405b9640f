// One stay of a patient at the clinic, from arrival to leaving. Tickets, notes, prescriptions and bills hang on it.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Transition kVisitsTransitions[] = {
    {"planned", "arrived"}, {"planned", "cancelled"}, {"arrived", "triaged"}, {"arrived", "in_progress"},
    {"arrived", "cancelled"}, {"arrived", "finished"}, {"triaged", "in_progress"}, {"triaged", "finished"},
    {"in_progress", "finished"},
};
inline constexpr std::string_view kVisitsState[] = {"planned", "arrived", "triaged", "in_progress", "finished",
    "cancelled", "entered_in_error"};
inline constexpr std::string_view kVisitsKind[] = {"walk_in", "booked", "follow_up", "emergency", "home", "telephone"};
inline constexpr std::string_view kVisitsOutcome[] = {"sent_home", "referred", "admitted", "follow_up", "left", "died"};
inline constexpr Group kVisitsGroups[] = {
    {1, "patient"},
    {2, "state", GroupKind::State, kVisitsTransitions},
    {3, "reason"},
    {4, "provider"},
    {5, "kind"},
    {6, "outcome"},
    {7, "appointment"},
    {8, "identifier"},
};
inline constexpr Column kVisitsColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic,
     .required = true, .references = "patients"},
    {.number = 17, .name = "clinic_day", .type = Type::Date, .group = 1, .dataClass = DataClass::Demographic},
    {.number = 18, .name = "number", .group = kHostFilled, .dataClass = DataClass::Demographic, .maxLength = 32},
    {.number = 19, .name = "state", .group = 2, .dataClass = DataClass::Demographic, .allowed = kVisitsState, .defaultValue = "arrived"},
    {.number = 20, .name = "arrived_at", .type = Type::Timestamp, .group = 2, .dataClass = DataClass::Demographic},
    {.number = 21, .name = "started_at", .type = Type::Timestamp, .group = 2, .dataClass = DataClass::Demographic},
    {.number = 22, .name = "finished_at", .type = Type::Timestamp, .group = 2, .dataClass = DataClass::Demographic},
    {.number = 23, .name = "reason", .group = 3, .dataClass = DataClass::Clinical, .maxLength = 1000},
    {.number = 24, .name = "provider_id", .type = Type::Uuid, .group = 4, .dataClass = DataClass::Demographic, .references = "users"},
    {.number = 25, .name = "service_point_id", .type = Type::Uuid, .group = 4, .dataClass = DataClass::Demographic,
     .references = "service_points"},
    {.number = 26, .name = "kind", .group = 5, .dataClass = DataClass::Demographic, .allowed = kVisitsKind, .defaultValue = "walk_in"},
    {.number = 27, .name = "referred_by", .group = 5, .dataClass = DataClass::Demographic},
    {.number = 28, .name = "outcome", .group = 6, .dataClass = DataClass::Clinical, .allowed = kVisitsOutcome},
    {.number = 29, .name = "outcome_note", .group = 6, .dataClass = DataClass::Clinical, .maxLength = 2000},
    {.number = 30, .name = "follow_up_on", .type = Type::Date, .group = 6, .dataClass = DataClass::Clinical},
    {.number = 31, .name = "appointment_id", .type = Type::Uuid, .group = 7, .dataClass = DataClass::Demographic,
     .references = "appointments"},
    {.number = 32, .name = "identifier", .group = 8, .dataClass = DataClass::Demographic, .maxLength = 400},      // "system|value" of what was imported
};
inline constexpr std::string_view kVisitsByPatientId[] = {"patient_id"};
inline constexpr std::string_view kVisitsByClinicDay[] = {"clinic_day"};
inline constexpr Index kVisitsIndexes[] = {{kVisitsByPatientId}, {kVisitsByClinicDay}};
inline constexpr std::string_view kVisitsLabel[] = {"patient_id", "clinic_day"};
inline constexpr std::string_view kVisitsList[] = {"clinic_day", "patient_id", "number", "state", "provider_id", "service_point_id",
    "reason"};

inline constexpr Table visits{
    .number = 7,
    .name = "visits",
    .title = "Visit",
    .plural = "Visits",
    .label = kVisitsLabel,
    .list = kVisitsList,
    .columns = kVisitsColumns,
    .groups = kVisitsGroups,
    .indexes = kVisitsIndexes,
    .permissions = {.read = kEverybody,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .change = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .erase = kAdmin},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Demographic,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

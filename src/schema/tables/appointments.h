// A time that was promised to a patient. starts_at is UTC; local_start keeps the wall time and zone that were agreed,
// which stand when the rules of the zone change. Overlaps are warned of, never forbidden.
// ticket_id names no table: a ticket moves to patient_queue at day close.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Transition kAppointmentsTransitions[] = {
    {"booked", "confirmed"}, {"booked", "arrived"}, {"booked", "cancelled"}, {"booked", "no_show"},
    {"confirmed", "arrived"}, {"confirmed", "cancelled"}, {"confirmed", "no_show"}, {"no_show", "arrived"},
    {"arrived", "in_progress"}, {"arrived", "fulfilled"}, {"in_progress", "fulfilled"},
};
inline constexpr std::string_view kAppointmentsState[] = {"booked", "confirmed", "arrived", "in_progress",
    "fulfilled", "no_show", "cancelled", "waitlist"};
inline constexpr Group kAppointmentsGroups[] = {
    {1, "patient"},
    {2, "time"},
    {3, "provider"},
    {4, "state", GroupKind::State, kAppointmentsTransitions},
    {5, "reason"},
    {6, "service"},
    {7, "series"},
    {8, "reminder"},
    {9, "note"},
};
inline constexpr Column kAppointmentsColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic, .references = "patients"},
    {.number = 17, .name = "patient_name", .group = 1, .dataClass = DataClass::Demographic, .maxLength = 400},
    {.number = 18, .name = "phone", .group = 1, .dataClass = DataClass::Demographic, .maxLength = 64},
    {.number = 19, .name = "starts_at", .type = Type::Timestamp, .group = 2, .dataClass = DataClass::Demographic, .required = true},
    {.number = 20, .name = "ends_at", .type = Type::Timestamp, .group = 2, .dataClass = DataClass::Demographic},
    {.number = 21, .name = "clinic_day", .type = Type::Date, .group = 2, .dataClass = DataClass::Demographic},
    {.number = 22, .name = "local_start", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 16},
    {.number = 23, .name = "zone", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 64},
    {.number = 24, .name = "provider_id", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Demographic, .references = "users"},
    {.number = 25, .name = "room_id", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Demographic, .references = "rooms"},
    {.number = 26, .name = "service_point_id", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Demographic,
     .references = "service_points"},
    {.number = 27, .name = "state", .group = 4, .dataClass = DataClass::Demographic, .allowed = kAppointmentsState,
     .defaultValue = "booked"},
    {.number = 28, .name = "arrived_at", .type = Type::Timestamp, .group = 4, .dataClass = DataClass::Demographic},
    {.number = 29, .name = "cancelled_reason", .group = 4, .dataClass = DataClass::Demographic, .maxLength = 500},
    {.number = 30, .name = "ticket_id", .type = Type::Uuid, .group = 4, .dataClass = DataClass::Demographic},
    {.number = 31, .name = "reason", .group = 5, .dataClass = DataClass::Demographic, .maxLength = 1000},
    {.number = 32, .name = "service_id", .type = Type::Uuid, .group = 6, .dataClass = DataClass::Demographic,
     .references = "clinic_services"},
    {.number = 33, .name = "series_id", .type = Type::Uuid, .group = 7, .dataClass = DataClass::Demographic},
    {.number = 34, .name = "series_position", .type = Type::Integer, .group = 7,
     .dataClass = DataClass::Demographic, .min = 0, .max = 1000},
    {.number = 35, .name = "series_rule", .group = 7, .dataClass = DataClass::Demographic},
    {.number = 36, .name = "remind_at", .type = Type::Timestamp, .group = 8, .dataClass = DataClass::Demographic},
    {.number = 37, .name = "reminded_at", .type = Type::Timestamp, .group = 8, .dataClass = DataClass::Demographic},
    {.number = 38, .name = "note", .group = 9, .dataClass = DataClass::Demographic, .maxLength = 2000},
    {.number = 39, .name = "colour", .group = 9, .dataClass = DataClass::Demographic, .maxLength = 16},
};
inline constexpr std::string_view kAppointmentsByClinicDay[] = {"clinic_day"};
inline constexpr std::string_view kAppointmentsByPatientId[] = {"patient_id"};
inline constexpr Index kAppointmentsIndexes[] = {{kAppointmentsByClinicDay}, {kAppointmentsByPatientId}};
inline constexpr std::string_view kAppointmentsLabel[] = {"starts_at", "patient_id", "patient_name"};
inline constexpr std::string_view kAppointmentsList[] = {"starts_at", "patient_id", "patient_name", "provider_id", "room_id",
    "state", "reason"};

inline constexpr Table appointments{
    .number = 15,
    .name = "appointments",
    .title = "Appointment",
    .plural = "Appointments",
    .label = kAppointmentsLabel,
    .list = kAppointmentsList,
    .columns = kAppointmentsColumns,
    .groups = kAppointmentsGroups,
    .indexes = kAppointmentsIndexes,
    .permissions = {.read = kEverybody,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .change = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .erase = Role::Admin | Role::Doctor | Role::Receptionist},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Demographic,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

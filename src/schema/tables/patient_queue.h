// Closed tickets: the rows of active_patient_queue of past days, moved by the host alone at day close under the same id,
// with the same columns under the same numbers.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Transition kPatientQueueTransitions[] = {
    {"waiting", "called"}, {"waiting", "in_service"}, {"waiting", "left"}, {"waiting", "no_show"},
    {"waiting", "transferred"}, {"called", "in_service"}, {"called", "no_show"}, {"called", "left"},
    {"called", "transferred"}, {"called", "done"}, {"in_service", "done"}, {"in_service", "transferred"},
    {"in_service", "left"}, {"no_show", "waiting"}, {"no_show", "left"},
};
inline constexpr std::string_view kPatientQueuePriority[] = {"emergency", "urgent", "priority", "normal"};
inline constexpr std::string_view kPatientQueueState[] = {"waiting", "called", "in_service", "transferred", "done", "no_show", "left"};
inline constexpr Group kPatientQueueGroups[] = {
    {1, "patient"},
    {2, "service"},
    {3, "arrival"},
    {4, "priority"},
    {5, "note"},
    {6, "state", GroupKind::State, kPatientQueueTransitions},
    {7, "label"},
    {8, "transfer"},
    {9, "recall"},
    {10, "origin"},
};
inline constexpr Column kPatientQueueColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic, .references = "patients"},
    {.number = 17, .name = "visit_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic, .references = "visits"},
    {.number = 18, .name = "service_point_id", .type = Type::Uuid, .group = 2, .required = true, .references = "service_points"},
    {.number = 19, .name = "clinic_day", .type = Type::Date, .group = 3},
    {.number = 20, .name = "arrived_at", .type = Type::Timestamp, .group = 3},
    {.number = 21, .name = "number", .type = Type::Integer, .group = kHostFilled, .min = 0, .max = 1000000},
    {.number = 22, .name = "number_epoch", .type = Type::Integer, .group = kHostFilled, .min = 0, .max = 1000},
    {.number = 23, .name = "epoch_number", .type = Type::Integer, .group = kHostFilled, .min = 0},
    {.number = 24, .name = "label", .group = kHostFilled, .maxLength = 32},
    {.number = 25, .name = "provisional_label", .group = 7, .maxLength = 32},
    {.number = 26, .name = "priority", .group = 4, .allowed = kPatientQueuePriority, .defaultValue = "normal"},
    {.number = 27, .name = "priority_reason", .group = 4, .dataClass = DataClass::Clinical},
    {.number = 28, .name = "note", .group = 5, .dataClass = DataClass::Demographic, .maxLength = 1000},
    {.number = 29, .name = "transferred_from", .type = Type::Uuid, .group = 8},
    {.number = 30, .name = "transferred_by", .type = Type::Uuid, .group = 8, .references = "users"},
    {.number = 31, .name = "state", .group = 6, .allowed = kPatientQueueState, .defaultValue = "waiting"},
    {.number = 32, .name = "desk_id", .type = Type::Uuid, .group = 6, .references = "devices"},
    {.number = 33, .name = "room_id", .type = Type::Uuid, .group = 6, .references = "rooms"},
    {.number = 34, .name = "served_by", .type = Type::Uuid, .group = 6, .references = "users"},
    {.number = 35, .name = "claim_uuid", .type = Type::Uuid, .group = 6},
    {.number = 36, .name = "called_at", .type = Type::Timestamp, .group = 6},
    {.number = 37, .name = "started_at", .type = Type::Timestamp, .group = 6},
    {.number = 38, .name = "finished_at", .type = Type::Timestamp, .group = 6},
    {.number = 39, .name = "recalled_at", .type = Type::Timestamp, .group = 9},
    {.number = 40, .name = "recalls", .type = Type::Integer, .group = 9, .min = 0, .max = 1000},
    {.number = 41, .name = "appointment_id", .type = Type::Uuid, .group = 10, .dataClass = DataClass::Demographic,
     .references = "appointments"},
    {.number = 42, .name = "preferred_user_id", .type = Type::Uuid, .group = 10, .references = "users"},
};
inline constexpr std::string_view kPatientQueueByClinicDay[] = {"clinic_day"};
inline constexpr std::string_view kPatientQueueByPatientId[] = {"patient_id"};
inline constexpr Index kPatientQueueIndexes[] = {{kPatientQueueByClinicDay}, {kPatientQueueByPatientId}};
inline constexpr std::string_view kPatientQueueLabel[] = {"label", "provisional_label", "patient_id", "clinic_day"};
inline constexpr std::string_view kPatientQueueList[] = {"clinic_day", "label", "patient_id", "service_point_id", "state",
    "arrived_at", "served_by"};

inline constexpr Table patient_queue{
    .number = 17,
    .name = "patient_queue",
    .title = "Closed ticket",
    .plural = "Closed tickets",
    .label = kPatientQueueLabel,
    .list = kPatientQueueList,
    .columns = kPatientQueueColumns,
    .groups = kPatientQueueGroups,
    .indexes = kPatientQueueIndexes,
    .permissions = {.read = kEverybody, .create = kNobody, .change = kNobody, .erase = kNobody},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Operational,
    .category = EventCategory::Queue,
    .writer = Writer::Host,
};

} // namespace anteroom::schema::tables

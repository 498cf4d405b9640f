// Positions of the columns of a ticket, a service point and a room that the queue shows, by name at compile time.
#pragma once

#include "schema/tables/active_patient_queue.h"
#include "schema/tables/rooms.h"
#include "schema/tables/service_points.h"

namespace anteroom::ui {

inline constexpr const schema::Table &kTickets = schema::tables::active_patient_queue;

namespace ticket {
inline constexpr int kPatient = schema::col(kTickets, "patient_id");
inline constexpr int kServicePoint = schema::col(kTickets, "service_point_id");
inline constexpr int kDay = schema::col(kTickets, "clinic_day");
inline constexpr int kArrivedAt = schema::col(kTickets, "arrived_at");
inline constexpr int kLabel = schema::col(kTickets, "label");
inline constexpr int kProvisionalLabel = schema::col(kTickets, "provisional_label");
inline constexpr int kPriority = schema::col(kTickets, "priority");
inline constexpr int kNote = schema::col(kTickets, "note");
inline constexpr int kTransferredFrom = schema::col(kTickets, "transferred_from");
inline constexpr int kTransferredBy = schema::col(kTickets, "transferred_by");
inline constexpr int kState = schema::col(kTickets, "state");
inline constexpr int kDesk = schema::col(kTickets, "desk_id");
inline constexpr int kRoom = schema::col(kTickets, "room_id");
inline constexpr int kServedBy = schema::col(kTickets, "served_by");
inline constexpr int kCalledAt = schema::col(kTickets, "called_at");
inline constexpr int kStartedAt = schema::col(kTickets, "started_at");
inline constexpr int kFinishedAt = schema::col(kTickets, "finished_at");
inline constexpr int kRecalledAt = schema::col(kTickets, "recalled_at");
inline constexpr int kRecalls = schema::col(kTickets, "recalls");
} // namespace ticket

namespace point {
inline constexpr int kName = schema::col(schema::tables::service_points, "name");
inline constexpr int kTargetMinutes = schema::col(schema::tables::service_points, "target_minutes");
} // namespace point

namespace room {
inline constexpr int kName = schema::col(schema::tables::rooms, "name");
inline constexpr int kServicePoint = schema::col(schema::tables::rooms, "service_point_id");
} // namespace room

} // namespace anteroom::ui

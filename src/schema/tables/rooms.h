// A place where a service point serves: what the wall display sends people to.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kRoomsGroups[] = {
    {1, "name"},
    {2, "service_point"},
    {3, "sort_order"},
    {4, "active"},
    {5, "device"},
    {6, "place"},
};
inline constexpr Column kRoomsColumns[] = {
    {.number = 16, .name = "name", .group = 1, .required = true, .maxLength = 80},
    {.number = 17, .name = "short_name", .group = 1, .maxLength = 16},
    {.number = 18, .name = "spoken_name", .group = 1, .maxLength = 80},
    {.number = 19, .name = "service_point_id", .type = Type::Uuid, .group = 2, .references = "service_points"},
    {.number = 20, .name = "sort_order", .type = Type::Integer, .group = 3, .min = 0, .max = 10000, .defaultValue = "0"},
    {.number = 21, .name = "active", .type = Type::Boolean, .group = 4, .min = 0, .max = 1, .defaultValue = "1"},
    {.number = 22, .name = "device_id", .type = Type::Uuid, .group = 5, .references = "devices"},
    {.number = 23, .name = "floor", .group = 6, .maxLength = 40},
    {.number = 24, .name = "directions", .group = 6},
};
inline constexpr std::string_view kRoomsLabel[] = {"name"};
inline constexpr std::string_view kRoomsList[] = {"name", "short_name", "service_point_id", "floor", "device_id", "active"};

inline constexpr Table rooms{
    .number = 19,
    .name = "rooms",
    .title = "Room",
    .plural = "Rooms",
    .label = kRoomsLabel,
    .list = kRoomsList,
    .columns = kRoomsColumns,
    .groups = kRoomsGroups,
    .permissions = {.read = kEverybody, .create = kAdmin, .change = kAdmin, .erase = kAdmin},
    .scopes = kEveryScope,
    .dataClass = DataClass::Operational,
    .category = EventCategory::Queue,
};

} // namespace anteroom::schema::tables

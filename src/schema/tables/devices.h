// A PC or display of the clinic. The host adds one when pairing succeeds; a retired one keeps its row, because rows name
// it. Whether it is connected is presence, not data.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kDevicesScope[] = {"full", "reception", "pharmacy", "display"};
inline constexpr std::string_view kDevicesRetiredHow[] = {"retired", "stolen"};
inline constexpr Group kDevicesGroups[] = {
    {1, "name"},
    {2, "scope"},
    {3, "prefix"},
    {4, "retired"},
    {5, "program"},
    {6, "added"},
    {7, "place"},
};
inline constexpr Column kDevicesColumns[] = {
    {.number = 16, .name = "name", .group = 1, .required = true, .maxLength = 120},
    {.number = 17, .name = "scope", .group = 2, .allowed = kDevicesScope, .defaultValue = "full"},
    {.number = 18, .name = "standby", .type = Type::Boolean, .group = 2, .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 19, .name = "prefix", .group = 3, .maxLength = 8},
    {.number = 20, .name = "retired_at", .type = Type::Timestamp, .group = 4},
    {.number = 21, .name = "retired_how", .group = 4, .allowed = kDevicesRetiredHow},
    {.number = 22, .name = "retired_by", .type = Type::Uuid, .group = 4, .references = "users"},
    {.number = 23, .name = "program_version", .group = 5, .maxLength = 32},
    {.number = 24, .name = "platform", .group = 5, .maxLength = 80},
    {.number = 25, .name = "added_at", .type = Type::Timestamp, .group = 6},
    {.number = 26, .name = "added_by", .type = Type::Uuid, .group = 6, .references = "users"},
    {.number = 27, .name = "key_hash", .type = Type::Blob, .group = 6, .dataClass = DataClass::Account, .maxLength = 32},
    {.number = 28, .name = "place", .group = 7, .maxLength = 120},
    {.number = 29, .name = "room_id", .type = Type::Uuid, .group = 7, .references = "rooms"},
};
inline constexpr std::string_view kDevicesLabel[] = {"name"};
inline constexpr std::string_view kDevicesList[] = {"name", "scope", "place", "room_id", "program_version", "added_at", "retired_at"};

inline constexpr Table devices{
    .number = 39,
    .name = "devices",
    .title = "Device",
    .plural = "Devices",
    .label = kDevicesLabel,
    .list = kDevicesList,
    .columns = kDevicesColumns,
    .groups = kDevicesGroups,
    .permissions = {.read = kEverybody, .create = kNobody, .change = kAdmin, .erase = kNobody},
    .scopes = kEveryScope,
    .dataClass = DataClass::Operational,
    .category = EventCategory::Data,
    .writer = Writer::Host,
};

} // namespace anteroom::schema::tables

// What a patient waits for: reception, triage, doctor, laboratory, pharmacy, cashier. prefix begins its ticket numbers.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kServicePointsPolicy[] = {"strict", "aged", "ratio"};
inline constexpr Group kServicePointsGroups[] = {
    {1, "name"},
    {2, "prefix"},
    {3, "colour"},
    {4, "sort_order"},
    {5, "policy"},
    {6, "target"},
    {7, "active"},
    {8, "hours"},
    {9, "next_point"},
};
inline constexpr Column kServicePointsColumns[] = {
    {.number = 16, .name = "name", .group = 1, .required = true, .maxLength = 80},
    {.number = 17, .name = "spoken_name", .group = 1, .maxLength = 80},
    {.number = 18, .name = "prefix", .group = 2, .required = true, .maxLength = 4},
    {.number = 19, .name = "colour", .group = 3, .maxLength = 16},
    {.number = 20, .name = "icon", .group = 3, .maxLength = 40},
    {.number = 21, .name = "sort_order", .type = Type::Integer, .group = 4, .min = 0, .max = 10000, .defaultValue = "0"},
    {.number = 22, .name = "policy", .group = 5, .allowed = kServicePointsPolicy, .defaultValue = "strict"},
    {.number = 23, .name = "aged_minutes", .type = Type::Integer, .group = 5, .min = 1, .max = 1440},
    {.number = 24, .name = "ratio_urgent", .type = Type::Integer, .group = 5, .min = 1, .max = 20},
    {.number = 25, .name = "ratio_normal", .type = Type::Integer, .group = 5, .min = 1, .max = 20},
    {.number = 26, .name = "target_minutes", .type = Type::Integer, .group = 6, .min = 0, .max = 1440},
    {.number = 27, .name = "no_show_minutes", .type = Type::Integer, .group = 6, .min = 0, .max = 240},
    {.number = 28, .name = "active", .type = Type::Boolean, .group = 7, .min = 0, .max = 1, .defaultValue = "1"},
    {.number = 29, .name = "opens_at", .group = 8, .maxLength = 5},
    {.number = 30, .name = "closes_at", .group = 8, .maxLength = 5},
    {.number = 31, .name = "next_point_id", .type = Type::Uuid, .group = 9, .references = "service_points"},
};
inline constexpr std::string_view kServicePointsLabel[] = {"name"};
inline constexpr std::string_view kServicePointsList[] = {"name", "prefix", "policy", "target_minutes", "opens_at", "closes_at", "active"};

inline constexpr Table service_points{
    .number = 18,
    .name = "service_points",
    .title = "Service point",
    .plural = "Service points",
    .label = kServicePointsLabel,
    .list = kServicePointsList,
    .columns = kServicePointsColumns,
    .groups = kServicePointsGroups,
    .permissions = {.read = kEverybody, .create = kAdmin, .change = kAdmin, .erase = kAdmin},
    .scopes = kEveryScope,
    .dataClass = DataClass::Operational,
    .category = EventCategory::Queue,
};

} // namespace anteroom::schema::tables

// What the clinic does for money. Its code makes its id, so that two desks that add one code offline add one row.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kClinicServicesGroups[] = {
    {1, "code"},
    {2, "name"},
    {3, "category"},
    {4, "tax"},
    {5, "duration"},
    {6, "active"},
    {7, "service_point"},
    {8, "note"},
};
inline constexpr Column kClinicServicesColumns[] = {
    {.number = 16, .name = "code", .group = 1, .required = true, .maxLength = 32},
    {.number = 17, .name = "name", .group = 2, .required = true, .maxLength = 160},
    {.number = 18, .name = "folded_name", .group = 2, .maxLength = 320},
    {.number = 19, .name = "category", .group = 3, .maxLength = 80},
    {.number = 20, .name = "tax_permille", .type = Type::Integer, .group = 4, .min = 0, .max = 1000},
    {.number = 21, .name = "duration_minutes", .type = Type::Integer, .group = 5, .min = 0, .max = 1440},
    {.number = 22, .name = "active", .type = Type::Boolean, .group = 6, .min = 0, .max = 1, .defaultValue = "1"},
    {.number = 23, .name = "service_point_id", .type = Type::Uuid, .group = 7, .references = "service_points"},
    {.number = 24, .name = "note", .group = 8, .maxLength = 1000},
    {.number = 25, .name = "sort_order", .type = Type::Integer, .group = 3, .min = 0, .max = 100000},
};
inline constexpr std::string_view kClinicServicesKeyCode[] = {"code"};
inline constexpr Index kClinicServicesUnique[] = {{kClinicServicesKeyCode}};
inline constexpr std::string_view kClinicServicesLabel[] = {"code", "name"};
inline constexpr std::string_view kClinicServicesList[] = {"code", "name", "category", "tax_permille", "duration_minutes", "active"};

inline constexpr Table clinic_services{
    .number = 20,
    .name = "clinic_services",
    .title = "Service",
    .plural = "Services",
    .label = kClinicServicesLabel,
    .list = kClinicServicesList,
    .columns = kClinicServicesColumns,
    .groups = kClinicServicesGroups,
    .unique = kClinicServicesUnique,
    .permissions = {.read = kEverybody,
                    .create = Role::Admin | Role::Cashier,
                    .change = Role::Admin | Role::Cashier,
                    .erase = kAdmin},
    .scopes = kEveryScope,
    .dataClass = DataClass::Operational,
    .category = EventCategory::Billing,
    .naturalKey = kClinicServicesKeyCode,
};

} // namespace anteroom::schema::tables

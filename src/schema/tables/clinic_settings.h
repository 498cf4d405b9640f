// One setting of the clinic by its key, as text; core's settings table says which keys there are and what they default to.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kClinicSettingsGroups[] = {
    {1, "key"},
    {2, "value"},
};
inline constexpr Column kClinicSettingsColumns[] = {
    {.number = 16, .name = "key", .group = 1, .required = true, .maxLength = 120},
    {.number = 17, .name = "value", .group = 2, .maxLength = 16 * 1024},
};
inline constexpr std::string_view kClinicSettingsKeyKey[] = {"key"};
inline constexpr Index kClinicSettingsUnique[] = {{kClinicSettingsKeyKey}};
inline constexpr std::string_view kClinicSettingsLabel[] = {"key"};
inline constexpr std::string_view kClinicSettingsList[] = {"key", "value", "updated_at", "updated_by"};

inline constexpr Table clinic_settings{
    .number = 38,
    .name = "clinic_settings",
    .title = "Setting",
    .plural = "Settings",
    .label = kClinicSettingsLabel,
    .list = kClinicSettingsList,
    .columns = kClinicSettingsColumns,
    .groups = kClinicSettingsGroups,
    .unique = kClinicSettingsUnique,
    .permissions = {.read = kEverybody, .create = kAdmin, .change = kAdmin, .erase = kAdmin},
    .scopes = kEveryScope,
    .dataClass = DataClass::Operational,
    .category = EventCategory::Data,
    .naturalKey = kClinicSettingsKeyKey,
};

} // namespace anteroom::schema::tables

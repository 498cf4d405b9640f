// A schedule book, one for a doctor or a room: pages of days with events, notes and strokes of the pen.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kBooksGroups[] = {
    {1, "title"},
    {2, "owner"},
    {3, "grid"},
    {4, "active"},
    {5, "look"},
};
inline constexpr Column kBooksColumns[] = {
    {.number = 16, .name = "title", .group = 1, .required = true, .maxLength = 120},
    {.number = 17, .name = "owner_id", .type = Type::Uuid, .group = 2, .references = "users"},
    {.number = 18, .name = "room_id", .type = Type::Uuid, .group = 2, .references = "rooms"},
    {.number = 19, .name = "first_minute", .type = Type::Integer, .group = 3, .min = 0, .max = 1439},
    {.number = 20, .name = "last_minute", .type = Type::Integer, .group = 3, .min = 1, .max = 1440},
    {.number = 21, .name = "slot_minutes", .type = Type::Integer, .group = 3, .min = 5, .max = 240},
    {.number = 22, .name = "weekdays", .type = Type::Integer, .group = 3, .min = 0, .max = 127},
    {.number = 23, .name = "active", .type = Type::Boolean, .group = 4, .min = 0, .max = 1, .defaultValue = "1"},
    {.number = 24, .name = "colour", .group = 5, .maxLength = 16},
    {.number = 25, .name = "sort_order", .type = Type::Integer, .group = 5, .min = 0, .max = 10000, .defaultValue = "0"},
};
inline constexpr std::string_view kBooksLabel[] = {"title"};
inline constexpr std::string_view kBooksList[] = {"title", "owner_id", "room_id", "first_minute", "last_minute", "slot_minutes", "active"};

inline constexpr Table books{
    .number = 34,
    .name = "books",
    .title = "Schedule book",
    .plural = "Schedule books",
    .label = kBooksLabel,
    .list = kBooksList,
    .columns = kBooksColumns,
    .groups = kBooksGroups,
    .permissions = {.read = kEverybody,
                    .create = Role::Admin | Role::Doctor | Role::Receptionist,
                    .change = Role::Admin | Role::Doctor | Role::Receptionist,
                    .erase = kAdmin},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Operational,
    .category = EventCategory::Data,
};

} // namespace anteroom::schema::tables

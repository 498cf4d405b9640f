// An appointment on a page of a book: where it stands on the page and what is written there.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kEventsGroups[] = {
    {1, "place"},
    {2, "text"},
    {3, "link"},
    {4, "colour"},
    {5, "removed"},
};
inline constexpr Column kEventsColumns[] = {
    {.number = 16, .name = "book_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic,
     .required = true, .references = "books"},
    {.number = 17, .name = "page_day", .type = Type::Date, .group = 1, .dataClass = DataClass::Demographic, .required = true},
    {.number = 18, .name = "start_minute", .type = Type::Integer, .group = 1, .dataClass = DataClass::Demographic, .min = 0, .max = 1439},
    {.number = 19, .name = "duration_minutes", .type = Type::Integer, .group = 1,
     .dataClass = DataClass::Demographic, .min = 0, .max = 1440},
    {.number = 20, .name = "lane", .type = Type::Integer, .group = 1, .dataClass = DataClass::Demographic, .min = 0, .max = 64},
    {.number = 21, .name = "title", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 400},
    {.number = 22, .name = "body", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 4000},
    {.number = 23, .name = "appointment_id", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Demographic,
     .references = "appointments"},
    {.number = 24, .name = "patient_id", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Demographic, .references = "patients"},
    {.number = 25, .name = "colour", .group = 4, .dataClass = DataClass::Demographic, .maxLength = 16},
    {.number = 26, .name = "struck_out", .type = Type::Boolean, .group = 5, .dataClass = DataClass::Demographic,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 27, .name = "struck_reason", .group = 5, .dataClass = DataClass::Demographic},
};
inline constexpr std::string_view kEventsByPageDay[] = {"page_day"};
inline constexpr Index kEventsIndexes[] = {{kEventsByPageDay}};
inline constexpr std::string_view kEventsLabel[] = {"title", "page_day"};
inline constexpr std::string_view kEventsList[] = {"page_day", "start_minute", "duration_minutes", "title", "patient_id", "book_id",
    "struck_out"};

inline constexpr Table events{
    .number = 35,
    .name = "events",
    .title = "Book event",
    .plural = "Book events",
    .label = kEventsLabel,
    .list = kEventsList,
    .columns = kEventsColumns,
    .groups = kEventsGroups,
    .indexes = kEventsIndexes,
    .permissions = {.read = kEverybody,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .change = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .erase = Role::Admin | Role::Doctor | Role::Receptionist},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Demographic,
    .category = EventCategory::Data,
};

} // namespace anteroom::schema::tables

// One stroke of the pen on a page of a book, points and pressure in a compact binary form. Drawn once, never changed;
// the rubber deletes it.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kScheduleDrawingsTool[] = {"pen", "marker", "pencil"};
inline constexpr Group kScheduleDrawingsGroups[] = {
    {1, "place"},
    {2, "stroke"},
};
inline constexpr Column kScheduleDrawingsColumns[] = {
    {.number = 16, .name = "book_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic,
     .required = true, .references = "books"},
    {.number = 17, .name = "page_day", .type = Type::Date, .group = 1, .dataClass = DataClass::Demographic, .required = true},
    {.number = 18, .name = "tool", .group = 1, .dataClass = DataClass::Demographic,
     .allowed = kScheduleDrawingsTool, .defaultValue = "pen"},
    {.number = 19, .name = "colour", .group = 1, .dataClass = DataClass::Demographic, .maxLength = 16},
    {.number = 20, .name = "width", .type = Type::Real, .group = 1, .dataClass = DataClass::Demographic, .min = 0, .max = 100},
    {.number = 21, .name = "min_x", .type = Type::Real, .group = 1, .dataClass = DataClass::Demographic},
    {.number = 22, .name = "min_y", .type = Type::Real, .group = 1, .dataClass = DataClass::Demographic},
    {.number = 23, .name = "max_x", .type = Type::Real, .group = 1, .dataClass = DataClass::Demographic},
    {.number = 24, .name = "max_y", .type = Type::Real, .group = 1, .dataClass = DataClass::Demographic},
    {.number = 25, .name = "points", .type = Type::Integer, .group = 1, .dataClass = DataClass::Demographic, .min = 0, .max = 100000},
    {.number = 26, .name = "stroke", .type = Type::Blob, .group = 2, .dataClass = DataClass::Demographic,
     .required = true, .content = true, .maxLength = 128 * 1024},
    {.number = 27, .name = "encoding", .type = Type::Integer, .group = 1, .dataClass = DataClass::Demographic,
     .min = 1, .max = 255, .defaultValue = "1"},
};
inline constexpr std::string_view kScheduleDrawingsByPageDay[] = {"page_day"};
inline constexpr Index kScheduleDrawingsIndexes[] = {{kScheduleDrawingsByPageDay}};
inline constexpr std::string_view kScheduleDrawingsLabel[] = {"book_id", "page_day"};
inline constexpr std::string_view kScheduleDrawingsList[] = {"book_id", "page_day", "tool", "colour", "points"};

inline constexpr Table schedule_drawings{
    .number = 37,
    .name = "schedule_drawings",
    .title = "Stroke",
    .plural = "Strokes",
    .label = kScheduleDrawingsLabel,
    .list = kScheduleDrawingsList,
    .columns = kScheduleDrawingsColumns,
    .groups = kScheduleDrawingsGroups,
    .indexes = kScheduleDrawingsIndexes,
    .permissions = {.read = kEverybody,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .change = kNobody,
                    .erase = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Demographic,
    .category = EventCategory::Data,
    .insertOnly = true,
};

} // namespace anteroom::schema::tables

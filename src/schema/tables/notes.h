// Words on a slip: about a row, on a page of a book, or for a colleague. It travels only where its subject does.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kNotesGroups[] = {
    {1, "subject"},
    {2, "text"},
    {3, "place"},
    {4, "pinned"},
    {5, "done"},
};
inline constexpr Column kNotesColumns[] = {
    {.number = 16, .name = "subject_table", .type = Type::Integer, .group = 1, .dataClass = DataClass::Clinical, .min = 0, .max = 65535},
    {.number = 17, .name = "subject_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Clinical},
    {.number = 18, .name = "subject_class", .type = Type::Integer, .group = 1, .dataClass = DataClass::Clinical,
     .required = true, .min = 1, .max = 7},
    {.number = 19, .name = "book_id", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Clinical, .references = "books"},
    {.number = 20, .name = "page_day", .type = Type::Date, .group = 3, .dataClass = DataClass::Clinical},
    {.number = 21, .name = "x", .type = Type::Real, .group = 3, .dataClass = DataClass::Clinical},
    {.number = 22, .name = "y", .type = Type::Real, .group = 3, .dataClass = DataClass::Clinical},
    {.number = 23, .name = "text", .group = 2, .dataClass = DataClass::Clinical, .maxLength = 16 * 1024},
    {.number = 24, .name = "colour", .group = 2, .dataClass = DataClass::Clinical, .maxLength = 16},
    {.number = 25, .name = "for_user_id", .type = Type::Uuid, .group = 4, .dataClass = DataClass::Clinical, .references = "users"},
    {.number = 26, .name = "pinned", .type = Type::Boolean, .group = 4, .dataClass = DataClass::Clinical, .min = 0,
     .max = 1, .defaultValue = "0"},
    {.number = 27, .name = "remind_at", .type = Type::Timestamp, .group = 4, .dataClass = DataClass::Clinical},
    {.number = 28, .name = "done_at", .type = Type::Timestamp, .group = 5, .dataClass = DataClass::Clinical},
    {.number = 29, .name = "done_by", .type = Type::Uuid, .group = 5, .dataClass = DataClass::Clinical, .references = "users"},
};
inline constexpr std::string_view kNotesBySubjectId[] = {"subject_id"};
inline constexpr std::string_view kNotesByPageDay[] = {"page_day"};
inline constexpr Index kNotesIndexes[] = {{kNotesBySubjectId}, {kNotesByPageDay}};
inline constexpr std::string_view kNotesLabel[] = {"text"};
inline constexpr std::string_view kNotesList[] = {"text", "page_day", "for_user_id", "remind_at", "done_at", "pinned"};

inline constexpr Table notes{
    .number = 36,
    .name = "notes",
    .title = "Note",
    .plural = "Notes",
    .label = kNotesLabel,
    .list = kNotesList,
    .columns = kNotesColumns,
    .groups = kNotesGroups,
    .indexes = kNotesIndexes,
    .permissions = {.read = kEverybody, .create = kEverybody, .change = kEverybody, .erase = kEverybody},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Clinical,
    .category = EventCategory::Data,
    .classColumn = "subject_class",
};

} // namespace anteroom::schema::tables

// A person who works here. No secret is in it: verifiers live on the host and where the person signed in. Two persons
// with one login, made apart, are flagged by the host, not refused.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kUsersRole[] = {"admin", "doctor", "nurse", "receptionist", "cashier", "pharmacist"};
inline constexpr Group kUsersGroups[] = {
    {1, "name"},
    {2, "login"},
    {3, "role"},
    {4, "active"},
    {5, "registration"},
    {6, "contact"},
    {7, "language"},
    {8, "limits"},
    {9, "places"},
};
inline constexpr Column kUsersColumns[] = {
    {.number = 16, .name = "name", .group = 1, .required = true, .maxLength = 160},
    {.number = 17, .name = "short_name", .group = 1, .maxLength = 40},
    {.number = 18, .name = "login", .group = 2, .maxLength = 64},
    {.number = 19, .name = "role", .group = 3, .required = true, .allowed = kUsersRole},
    {.number = 20, .name = "active", .type = Type::Boolean, .group = 4, .min = 0, .max = 1, .defaultValue = "1"},
    {.number = 21, .name = "registration_number", .group = 5, .maxLength = 64},
    {.number = 22, .name = "speciality", .group = 5, .maxLength = 120},
    {.number = 23, .name = "phone", .group = 6, .dataClass = DataClass::Account, .maxLength = 64},
    {.number = 24, .name = "email", .group = 6, .dataClass = DataClass::Account},
    {.number = 25, .name = "language", .group = 7, .maxLength = 35},
    {.number = 26, .name = "discount_limit_permille", .type = Type::Integer, .group = 8,
     .dataClass = DataClass::Account, .min = 0, .max = 1000},
    {.number = 27, .name = "may_approve", .type = Type::Boolean, .group = 8, .dataClass = DataClass::Account,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 28, .name = "several_places", .type = Type::Boolean, .group = 9, .dataClass = DataClass::Account,
     .min = 0, .max = 1, .defaultValue = "0"},
};
inline constexpr std::string_view kUsersUniqueLogin[] = {"login"};
inline constexpr Index kUsersUnique[] = {{kUsersUniqueLogin}};
inline constexpr std::string_view kUsersLabel[] = {"name"};
inline constexpr std::string_view kUsersList[] = {"name", "role", "login", "registration_number", "speciality", "phone", "active"};

inline constexpr Table users{
    .number = 27,
    .name = "users",
    .title = "User",
    .plural = "Users",
    .label = kUsersLabel,
    .list = kUsersList,
    .columns = kUsersColumns,
    .groups = kUsersGroups,
    .unique = kUsersUnique,
    .permissions = {.read = kEverybody, .create = kAdmin, .change = kAdmin, .erase = kAdmin},
    .scopes = kEveryScope,
    .dataClass = DataClass::Operational,
    .category = EventCategory::UserData,
};

} // namespace anteroom::schema::tables

// A person signed in on a device. fence rises with every forced sign-in: what a session with an older fence does is
// flagged. Presence (last seen) is not data and not here.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Transition kUserSessionsTransitions[] = {
    {"active", "locked"}, {"active", "signed_out"}, {"active", "revoked"}, {"active", "expired"},
    {"locked", "active"}, {"locked", "signed_out"}, {"locked", "revoked"}, {"locked", "expired"},
};
inline constexpr std::string_view kUserSessionsKind[] = {"desk", "api", "display"};
inline constexpr std::string_view kUserSessionsState[] = {"active", "locked", "signed_out", "revoked", "expired"};
inline constexpr Group kUserSessionsGroups[] = {
    {1, "session"},
    {2, "state", GroupKind::State, kUserSessionsTransitions},
    {3, "reason"},
};
inline constexpr Column kUserSessionsColumns[] = {
    {.number = 16, .name = "user_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Account,
     .required = true, .references = "users"},
    {.number = 17, .name = "device_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Account,
     .required = true, .references = "devices"},
    {.number = 18, .name = "kind", .group = 1, .dataClass = DataClass::Account, .allowed = kUserSessionsKind, .defaultValue = "desk"},
    {.number = 19, .name = "started_at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Account},
    {.number = 20, .name = "expires_at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Account},
    {.number = 21, .name = "fence", .type = Type::Integer, .group = 1, .dataClass = DataClass::Account, .min = 0},
    {.number = 22, .name = "place", .group = 1, .dataClass = DataClass::Account, .maxLength = 120},
    {.number = 23, .name = "state", .group = 2, .dataClass = DataClass::Account, .allowed = kUserSessionsState, .defaultValue = "active"},
    {.number = 24, .name = "ended_at", .type = Type::Timestamp, .group = 2, .dataClass = DataClass::Account},
    {.number = 25, .name = "ended_by", .type = Type::Uuid, .group = 2, .dataClass = DataClass::Account, .references = "users"},
    {.number = 26, .name = "claim_uuid", .type = Type::Uuid, .group = 2, .dataClass = DataClass::Account},
    {.number = 27, .name = "reason", .group = 3, .dataClass = DataClass::Account},
    {.number = 28, .name = "forced_from", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Account, .references = "user_sessions"},
};
inline constexpr std::string_view kUserSessionsByUserId[] = {"user_id"};
inline constexpr Index kUserSessionsIndexes[] = {{kUserSessionsByUserId}};
inline constexpr std::string_view kUserSessionsLabel[] = {"user_id", "started_at"};
inline constexpr std::string_view kUserSessionsList[] = {"user_id", "device_id", "kind", "started_at", "ended_at", "state", "place"};

inline constexpr Table user_sessions{
    .number = 28,
    .name = "user_sessions",
    .title = "Session",
    .plural = "Sessions",
    .label = kUserSessionsLabel,
    .list = kUserSessionsList,
    .columns = kUserSessionsColumns,
    .groups = kUserSessionsGroups,
    .indexes = kUserSessionsIndexes,
    .permissions = {.read = kEverybody, .create = kEverybody, .change = kEverybody, .erase = kNobody},
    .scopes = Scope::Full | Scope::Reception | Scope::Pharmacy,
    .dataClass = DataClass::Account,
    .category = EventCategory::UserData,
};

} // namespace anteroom::schema::tables

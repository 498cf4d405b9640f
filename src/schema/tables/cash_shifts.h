// A drawer from its opening float to its blind count. The expected amount is counted from payments and cash_movements.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Transition kCashShiftsTransitions[] = {
    {"open", "counted"}, {"open", "closed"}, {"counted", "closed"},
};
inline constexpr std::string_view kCashShiftsState[] = {"open", "counted", "closed"};
inline constexpr Group kCashShiftsGroups[] = {
    {1, "drawer"},
    {2, "opening"},
    {3, "state", GroupKind::State, kCashShiftsTransitions},
    {4, "count"},
    {5, "handover"},
};
inline constexpr Column kCashShiftsColumns[] = {
    {.number = 16, .name = "drawer", .group = 1, .dataClass = DataClass::Financial, .required = true, .maxLength = 80},
    {.number = 17, .name = "device_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "devices"},
    {.number = 18, .name = "cashier_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "users"},
    {.number = 19, .name = "z_number", .group = kHostFilled, .dataClass = DataClass::Financial, .maxLength = 32},
    {.number = 20, .name = "opened_at", .type = Type::Timestamp, .group = 2, .dataClass = DataClass::Financial},
    {.number = 21, .name = "opening_float", .type = Type::Money, .group = 2, .dataClass = DataClass::Financial,
     .min = 0, .defaultValue = "0"},
    {.number = 22, .name = "opening_denominations", .type = Type::Json, .group = 2, .dataClass = DataClass::Financial, .maxLength = 4096},
    {.number = 23, .name = "state", .group = 3, .dataClass = DataClass::Financial, .allowed = kCashShiftsState, .defaultValue = "open"},
    {.number = 24, .name = "closed_at", .type = Type::Timestamp, .group = 3, .dataClass = DataClass::Financial},
    {.number = 25, .name = "closed_by", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Financial, .references = "users"},
    {.number = 26, .name = "claim_uuid", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Financial},
    {.number = 27, .name = "counted_amount", .type = Type::Money, .group = 4, .dataClass = DataClass::Financial},
    {.number = 28, .name = "counted_denominations", .type = Type::Json, .group = 4, .dataClass = DataClass::Financial, .maxLength = 4096},
    {.number = 29, .name = "expected_amount", .type = Type::Money, .group = 4, .dataClass = DataClass::Financial},
    {.number = 30, .name = "variance_reason", .group = 4, .dataClass = DataClass::Financial, .maxLength = 500},
    {.number = 31, .name = "handed_to", .type = Type::Uuid, .group = 5, .dataClass = DataClass::Financial, .references = "users"},
    {.number = 32, .name = "accepted_at", .type = Type::Timestamp, .group = 5, .dataClass = DataClass::Financial},
    {.number = 33, .name = "handed_amount", .type = Type::Money, .group = 5, .dataClass = DataClass::Financial},
};
inline constexpr std::string_view kCashShiftsLabel[] = {"drawer", "opened_at"};
inline constexpr std::string_view kCashShiftsList[] = {"drawer", "cashier_id", "opened_at", "closed_at", "state", "counted_amount",
    "expected_amount"};

inline constexpr Table cash_shifts{
    .number = 25,
    .name = "cash_shifts",
    .title = "Cash shift",
    .plural = "Cash shifts",
    .label = kCashShiftsLabel,
    .list = kCashShiftsList,
    .columns = kCashShiftsColumns,
    .groups = kCashShiftsGroups,
    .policy = MergePolicy::Whole,
    .permissions = {.read = Role::Admin | Role::Receptionist | Role::Cashier,
                    .create = Role::Admin | Role::Receptionist | Role::Cashier,
                    .change = Role::Admin | Role::Receptionist | Role::Cashier,
                    .erase = kNobody},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Financial,
    .category = EventCategory::Billing,
};

} // namespace anteroom::schema::tables

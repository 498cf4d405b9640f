// Money put into or taken out of a drawer that is no payment: float, deposit at the bank, petty cash. A ledger.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kCashMovementsKind[] = {"float_in", "float_out", "bank", "petty_cash", "correction"};
inline constexpr Group kCashMovementsGroups[] = {
    {1, "movement"},
};
inline constexpr Column kCashMovementsColumns[] = {
    {.number = 16, .name = "shift_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial,
     .required = true, .references = "cash_shifts"},
    {.number = 17, .name = "kind", .group = 1, .dataClass = DataClass::Financial, .required = true, .allowed = kCashMovementsKind},
    {.number = 18, .name = "amount", .type = Type::Money, .group = 1, .dataClass = DataClass::Financial, .required = true},
    {.number = 19, .name = "reason", .group = 1, .dataClass = DataClass::Financial, .maxLength = 500},
    {.number = 20, .name = "moved_at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Financial},
    {.number = 21, .name = "moved_by", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "users"},
    {.number = 22, .name = "approved_by", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "users"},
    {.number = 23, .name = "reference", .group = 1, .dataClass = DataClass::Financial, .maxLength = 120},
    {.number = 24, .name = "refers_to", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "cash_movements"},
};
inline constexpr std::string_view kCashMovementsByShiftId[] = {"shift_id"};
inline constexpr Index kCashMovementsIndexes[] = {{kCashMovementsByShiftId}};
inline constexpr std::string_view kCashMovementsLabel[] = {"kind", "moved_at"};
inline constexpr std::string_view kCashMovementsList[] = {"moved_at", "kind", "amount", "reason", "moved_by", "shift_id"};

inline constexpr Table cash_movements{
    .number = 26,
    .name = "cash_movements",
    .title = "Cash movement",
    .plural = "Cash movements",
    .label = kCashMovementsLabel,
    .list = kCashMovementsList,
    .columns = kCashMovementsColumns,
    .groups = kCashMovementsGroups,
    .indexes = kCashMovementsIndexes,
    .policy = MergePolicy::Whole,
    .permissions = {.read = Role::Admin | Role::Receptionist | Role::Cashier,
                    .create = Role::Admin | Role::Receptionist | Role::Cashier,
                    .change = kNobody,
                    .erase = kNobody},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Financial,
    .category = EventCategory::Billing,
    .insertOnly = true,
};

} // namespace anteroom::schema::tables

// Money taken or given back. A ledger: a mistake is corrected by a counter-entry that names it. attempt_id is made when
// the form opens, so that a double click pays once.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kPaymentsKind[] = {"payment", "refund", "deposit", "void", "write_off"};
inline constexpr std::string_view kPaymentsMethod[] = {"cash", "card", "mobile", "bank", "cheque", "insurance", "account", "other"};
inline constexpr Group kPaymentsGroups[] = {
    {1, "payment"},
};
inline constexpr Column kPaymentsColumns[] = {
    {.number = 16, .name = "bill_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "patient_bills"},
    {.number = 17, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "patients"},
    {.number = 18, .name = "number", .group = 1, .dataClass = DataClass::Financial, .maxLength = 32},
    {.number = 19, .name = "kind", .group = 1, .dataClass = DataClass::Financial, .required = true,
     .allowed = kPaymentsKind, .defaultValue = "payment"},
    {.number = 20, .name = "method", .group = 1, .dataClass = DataClass::Financial, .required = true,
     .allowed = kPaymentsMethod, .defaultValue = "cash"},
    {.number = 21, .name = "amount", .type = Type::Money, .group = 1, .dataClass = DataClass::Financial, .required = true},
    {.number = 22, .name = "tendered", .type = Type::Money, .group = 1, .dataClass = DataClass::Financial},
    {.number = 23, .name = "change_given", .type = Type::Money, .group = 1, .dataClass = DataClass::Financial},
    {.number = 24, .name = "rounding", .type = Type::Money, .group = 1, .dataClass = DataClass::Financial, .defaultValue = "0"},
    {.number = 25, .name = "reference", .group = 1, .dataClass = DataClass::Financial, .maxLength = 120},
    {.number = 26, .name = "shift_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "cash_shifts"},
    {.number = 27, .name = "received_at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Financial},
    {.number = 28, .name = "received_by", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "users"},
    {.number = 29, .name = "refers_to", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "payments"},
    {.number = 30, .name = "reason", .group = 1, .dataClass = DataClass::Financial, .maxLength = 500},
    {.number = 31, .name = "approved_by", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "users"},
    {.number = 32, .name = "attempt_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial},
    {.number = 33, .name = "device_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "devices"},
};
inline constexpr std::string_view kPaymentsByBillId[] = {"bill_id"};
inline constexpr std::string_view kPaymentsByPatientId[] = {"patient_id"};
inline constexpr Index kPaymentsIndexes[] = {{kPaymentsByBillId}, {kPaymentsByPatientId}};
inline constexpr std::string_view kPaymentsUniqueAttemptId[] = {"attempt_id"};
inline constexpr Index kPaymentsUnique[] = {{kPaymentsUniqueAttemptId}};
inline constexpr std::string_view kPaymentsLabel[] = {"number", "received_at"};
inline constexpr std::string_view kPaymentsList[] = {"number", "received_at", "kind", "method", "amount", "patient_id", "bill_id"};

inline constexpr Table payments{
    .number = 24,
    .name = "payments",
    .title = "Payment",
    .plural = "Payments",
    .label = kPaymentsLabel,
    .list = kPaymentsList,
    .columns = kPaymentsColumns,
    .groups = kPaymentsGroups,
    .indexes = kPaymentsIndexes,
    .unique = kPaymentsUnique,
    .policy = MergePolicy::Whole,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Receptionist | Role::Cashier,
                    .create = Role::Admin | Role::Receptionist | Role::Cashier,
                    .change = kNobody,
                    .erase = kNobody},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Financial,
    .category = EventCategory::Billing,
    .insertOnly = true,
};

} // namespace anteroom::schema::tables

// A bill. Once issued it is not edited: a void is a document of its own that names it. What is due is the sum of
// bill_items less payments, never a stored balance (DESIGN 4, rule 10).
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Transition kPatientBillsTransitions[] = {
    {"draft", "issued"}, {"draft", "cancelled"}, {"issued", "void"},
};
inline constexpr std::string_view kPatientBillsKind[] = {"bill", "void", "credit"};
inline constexpr std::string_view kPatientBillsState[] = {"draft", "issued", "void", "cancelled"};
inline constexpr Group kPatientBillsGroups[] = {
    {1, "patient"},
    {2, "number"},
    {3, "state", GroupKind::State, kPatientBillsTransitions},
    {4, "payer"},
    {5, "note"},
    {6, "void"},
    {7, "discount"},
};
inline constexpr Column kPatientBillsColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "patients"},
    {.number = 17, .name = "visit_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "visits"},
    {.number = 18, .name = "snapshot_name", .group = 1, .dataClass = DataClass::Financial, .maxLength = 400},
    {.number = 19, .name = "snapshot_number", .group = 1, .dataClass = DataClass::Financial, .maxLength = 32},
    {.number = 20, .name = "number", .group = 2, .dataClass = DataClass::Financial, .maxLength = 32},
    {.number = 21, .name = "kind", .group = 2, .dataClass = DataClass::Financial, .allowed = kPatientBillsKind, .defaultValue = "bill"},
    {.number = 22, .name = "state", .group = 3, .dataClass = DataClass::Financial, .allowed = kPatientBillsState, .defaultValue = "draft"},
    {.number = 23, .name = "issued_at", .type = Type::Timestamp, .group = 3, .dataClass = DataClass::Financial},
    {.number = 24, .name = "issued_by", .type = Type::Uuid, .group = 3, .dataClass = DataClass::Financial, .references = "users"},
    {.number = 25, .name = "due_on", .type = Type::Date, .group = 3, .dataClass = DataClass::Financial},
    {.number = 26, .name = "payer", .group = 4, .dataClass = DataClass::Financial},
    {.number = 27, .name = "payer_reference", .group = 4, .dataClass = DataClass::Financial, .maxLength = 80},
    {.number = 28, .name = "price_list", .group = 4, .dataClass = DataClass::Financial, .maxLength = 64},
    {.number = 29, .name = "note", .group = 5, .dataClass = DataClass::Financial, .maxLength = 2000},
    {.number = 30, .name = "voids_id", .type = Type::Uuid, .group = 6, .dataClass = DataClass::Financial, .references = "patient_bills"},
    {.number = 31, .name = "void_reason", .group = 6, .dataClass = DataClass::Financial, .maxLength = 500},
    {.number = 32, .name = "void_approved_by", .type = Type::Uuid, .group = 6, .dataClass = DataClass::Financial, .references = "users"},
    {.number = 33, .name = "discount_amount", .type = Type::Money, .group = 7, .dataClass = DataClass::Financial, .min = 0},
    {.number = 34, .name = "discount_reason", .group = 7, .dataClass = DataClass::Financial},
    {.number = 35, .name = "discount_approved_by", .type = Type::Uuid, .group = 7,
     .dataClass = DataClass::Financial, .references = "users"},
    {.number = 36, .name = "shift_id", .type = Type::Uuid, .group = 2, .dataClass = DataClass::Financial, .references = "cash_shifts"},
};
inline constexpr std::string_view kPatientBillsByPatientId[] = {"patient_id"};
inline constexpr std::string_view kPatientBillsByNumber[] = {"number"};
inline constexpr Index kPatientBillsIndexes[] = {{kPatientBillsByPatientId}, {kPatientBillsByNumber}};
inline constexpr std::string_view kPatientBillsLabel[] = {"number", "snapshot_name"};
inline constexpr std::string_view kPatientBillsList[] = {"number", "snapshot_name", "state", "kind", "issued_at", "due_on", "payer"};

inline constexpr Table patient_bills{
    .number = 22,
    .name = "patient_bills",
    .title = "Bill",
    .plural = "Bills",
    .label = kPatientBillsLabel,
    .list = kPatientBillsList,
    .columns = kPatientBillsColumns,
    .groups = kPatientBillsGroups,
    .indexes = kPatientBillsIndexes,
    .policy = MergePolicy::Whole,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Receptionist | Role::Cashier,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist | Role::Cashier,
                    .change = Role::Admin | Role::Receptionist | Role::Cashier,
                    .erase = kNobody},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Financial,
    .category = EventCategory::Billing,
};

} // namespace anteroom::schema::tables

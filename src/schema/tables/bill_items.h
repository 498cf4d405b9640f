// A line of a bill with the price it had then. Money is minor units; quantity is thousandths, so that sums are exact.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kBillItemsKind[] = {"service", "drug", "rounding", "discount", "other"};
inline constexpr Group kBillItemsGroups[] = {
    {1, "item"},
};
inline constexpr Column kBillItemsColumns[] = {
    {.number = 16, .name = "bill_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial,
     .required = true, .references = "patient_bills"},
    {.number = 17, .name = "position", .type = Type::Integer, .group = 1, .dataClass = DataClass::Financial, .min = 0, .max = 10000},
    {.number = 18, .name = "kind", .group = 1, .dataClass = DataClass::Financial, .allowed = kBillItemsKind, .defaultValue = "service"},
    {.number = 19, .name = "service_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial,
     .references = "clinic_services"},
    {.number = 20, .name = "drug_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "drugs"},
    {.number = 21, .name = "dispense_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial,
     .references = "dispense_records"},
    {.number = 22, .name = "code", .group = 1, .dataClass = DataClass::Financial, .maxLength = 64},
    {.number = 23, .name = "description", .group = 1, .dataClass = DataClass::Financial, .required = true},
    {.number = 24, .name = "quantity_milli", .type = Type::Integer, .group = 1, .dataClass = DataClass::Financial,
     .required = true, .min = -1000000000, .max = 1000000000, .defaultValue = "1000"},
    {.number = 25, .name = "unit_price", .type = Type::Money, .group = 1, .dataClass = DataClass::Financial, .required = true},
    {.number = 26, .name = "discount", .type = Type::Money, .group = 1, .dataClass = DataClass::Financial, .defaultValue = "0"},
    {.number = 27, .name = "discount_reason", .group = 1, .dataClass = DataClass::Financial},
    {.number = 28, .name = "discount_approved_by", .type = Type::Uuid, .group = 1,
     .dataClass = DataClass::Financial, .references = "users"},
    {.number = 29, .name = "tax_permille", .type = Type::Integer, .group = 1, .dataClass = DataClass::Financial, .min = 0, .max = 1000},
    {.number = 30, .name = "tax", .type = Type::Money, .group = 1, .dataClass = DataClass::Financial, .defaultValue = "0"},
    {.number = 31, .name = "total", .type = Type::Money, .group = 1, .dataClass = DataClass::Financial, .required = true},
    {.number = 32, .name = "provider_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "users"},
};
inline constexpr std::string_view kBillItemsByBillId[] = {"bill_id"};
inline constexpr Index kBillItemsIndexes[] = {{kBillItemsByBillId}};
inline constexpr std::string_view kBillItemsLabel[] = {"description"};
inline constexpr std::string_view kBillItemsList[] = {"description", "bill_id", "quantity_milli", "unit_price", "discount", "tax", "total"};

inline constexpr Table bill_items{
    .number = 23,
    .name = "bill_items",
    .title = "Bill item",
    .plural = "Bill items",
    .label = kBillItemsLabel,
    .list = kBillItemsList,
    .columns = kBillItemsColumns,
    .groups = kBillItemsGroups,
    .indexes = kBillItemsIndexes,
    .policy = MergePolicy::Whole,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Receptionist | Role::Cashier,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist | Role::Cashier,
                    .change = Role::Admin | Role::Receptionist | Role::Cashier,
                    .erase = kAdmin},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Financial,
    .category = EventCategory::Billing,
};

} // namespace anteroom::schema::tables

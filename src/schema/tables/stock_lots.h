// Boxes of one drug with one lot number and expiry. How many are left is the sum of stock_movements, never stored.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kStockLotsGroups[] = {
    {1, "lot"},
    {2, "expiry"},
    {3, "supply"},
    {4, "blocked"},
    {5, "place"},
};
inline constexpr Column kStockLotsColumns[] = {
    {.number = 16, .name = "drug_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication,
     .required = true, .references = "drugs"},
    {.number = 17, .name = "lot_number", .group = 1, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 18, .name = "barcode", .group = 1, .dataClass = DataClass::Medication, .maxLength = 80},
    {.number = 19, .name = "expires_on", .type = Type::Date, .group = 2, .dataClass = DataClass::Medication},
    {.number = 20, .name = "supplier", .group = 3, .dataClass = DataClass::Medication},
    {.number = 21, .name = "received_on", .type = Type::Date, .group = 3, .dataClass = DataClass::Medication},
    {.number = 22, .name = "unit_cost", .type = Type::Money, .group = 3, .dataClass = DataClass::Financial, .min = 0},
    {.number = 23, .name = "invoice", .group = 3, .dataClass = DataClass::Financial, .maxLength = 80},
    {.number = 24, .name = "blocked", .type = Type::Boolean, .group = 4, .dataClass = DataClass::Medication,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 25, .name = "blocked_reason", .group = 4, .dataClass = DataClass::Medication},
    {.number = 26, .name = "shelf", .group = 5, .dataClass = DataClass::Medication, .maxLength = 80},
};
inline constexpr std::string_view kStockLotsByDrugId[] = {"drug_id"};
inline constexpr Index kStockLotsIndexes[] = {{kStockLotsByDrugId}};
inline constexpr std::string_view kStockLotsLabel[] = {"lot_number", "drug_id"};
inline constexpr std::string_view kStockLotsList[] = {"drug_id", "lot_number", "expires_on", "received_on", "supplier", "unit_cost",
    "blocked"};

inline constexpr Table stock_lots{
    .number = 31,
    .name = "stock_lots",
    .title = "Stock lot",
    .plural = "Stock lots",
    .label = kStockLotsLabel,
    .list = kStockLotsList,
    .columns = kStockLotsColumns,
    .groups = kStockLotsGroups,
    .indexes = kStockLotsIndexes,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse | Role::Pharmacist,
                    .create = Role::Admin | Role::Pharmacist,
                    .change = Role::Admin | Role::Pharmacist,
                    .erase = Role::Admin | Role::Pharmacist},
    .scopes = Scope::Full | Scope::Pharmacy,
    .dataClass = DataClass::Medication,
    .category = EventCategory::Data,
};

} // namespace anteroom::schema::tables

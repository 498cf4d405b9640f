// What an item of the catalogue costs in a price list from a day on. The newest price that has begun counts.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kPricesGroups[] = {
    {1, "item"},
    {2, "amount"},
    {3, "end"},
};
inline constexpr Column kPricesColumns[] = {
    {.number = 16, .name = "item_code", .group = 1, .dataClass = DataClass::Financial, .required = true, .maxLength = 64},
    {.number = 17, .name = "price_list", .group = 1, .dataClass = DataClass::Financial, .required = true,
     .maxLength = 64, .defaultValue = "standard"},
    {.number = 18, .name = "valid_from", .type = Type::Date, .group = 1, .dataClass = DataClass::Financial, .required = true},
    {.number = 19, .name = "service_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial,
     .references = "clinic_services"},
    {.number = 20, .name = "drug_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Financial, .references = "drugs"},
    {.number = 21, .name = "amount", .type = Type::Money, .group = 2, .dataClass = DataClass::Financial, .required = true, .min = 0},
    {.number = 22, .name = "per_unit", .group = 2, .dataClass = DataClass::Financial, .maxLength = 40},
    {.number = 23, .name = "valid_to", .type = Type::Date, .group = 3, .dataClass = DataClass::Financial},
    {.number = 24, .name = "minimum", .type = Type::Money, .group = 2, .dataClass = DataClass::Financial, .min = 0},
};
inline constexpr std::string_view kPricesByItemCode[] = {"item_code"};
inline constexpr Index kPricesIndexes[] = {{kPricesByItemCode}};
inline constexpr std::string_view kPricesKeyItemCodePriceListValidFrom[] = {"item_code", "price_list", "valid_from"};
inline constexpr std::string_view kPricesLabel[] = {"item_code", "price_list", "valid_from"};
inline constexpr std::string_view kPricesList[] = {"item_code", "price_list", "amount", "per_unit", "valid_from", "valid_to", "minimum"};

inline constexpr Table prices{
    .number = 21,
    .name = "prices",
    .title = "Price",
    .plural = "Prices",
    .label = kPricesLabel,
    .list = kPricesList,
    .columns = kPricesColumns,
    .groups = kPricesGroups,
    .indexes = kPricesIndexes,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Receptionist | Role::Cashier,
                    .create = Role::Admin | Role::Cashier,
                    .change = Role::Admin | Role::Cashier,
                    .erase = kAdmin},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Financial,
    .category = EventCategory::Billing,
    .naturalKey = kPricesKeyItemCodePriceListValidFrom,
};

} // namespace anteroom::schema::tables

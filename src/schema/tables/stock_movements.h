// Medicine that came, left or was counted. A ledger: a mistake is corrected by a counter-entry that names it.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kStockMovementsKind[] = {"received", "dispensed", "returned", "expired", "damaged",
    "counted", "transferred", "correction"};
inline constexpr Group kStockMovementsGroups[] = {
    {1, "movement"},
};
inline constexpr Column kStockMovementsColumns[] = {
    {.number = 16, .name = "drug_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication,
     .required = true, .references = "drugs"},
    {.number = 17, .name = "lot_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication, .references = "stock_lots"},
    {.number = 18, .name = "kind", .group = 1, .dataClass = DataClass::Medication, .required = true, .allowed = kStockMovementsKind},
    {.number = 19, .name = "quantity_milli", .type = Type::Integer, .group = 1, .dataClass = DataClass::Medication, .required = true},
    {.number = 20, .name = "unit", .group = 1, .dataClass = DataClass::Medication, .maxLength = 40},
    {.number = 21, .name = "dispense_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication,
     .references = "dispense_records"},
    {.number = 22, .name = "moved_at", .type = Type::Timestamp, .group = 1, .dataClass = DataClass::Medication},
    {.number = 23, .name = "moved_by", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication, .references = "users"},
    {.number = 24, .name = "reason", .group = 1, .dataClass = DataClass::Medication, .maxLength = 500},
    {.number = 25, .name = "reference", .group = 1, .dataClass = DataClass::Medication, .maxLength = 120},
    {.number = 26, .name = "refers_to", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication,
     .references = "stock_movements"},
    {.number = 27, .name = "attempt_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Medication},
};
inline constexpr std::string_view kStockMovementsByDrugId[] = {"drug_id"};
inline constexpr Index kStockMovementsIndexes[] = {{kStockMovementsByDrugId}};
inline constexpr std::string_view kStockMovementsUniqueAttemptId[] = {"attempt_id"};
inline constexpr Index kStockMovementsUnique[] = {{kStockMovementsUniqueAttemptId}};
inline constexpr std::string_view kStockMovementsLabel[] = {"kind", "drug_id", "moved_at"};
inline constexpr std::string_view kStockMovementsList[] = {"moved_at", "drug_id", "lot_id", "kind", "quantity_milli", "unit", "moved_by"};

inline constexpr Table stock_movements{
    .number = 32,
    .name = "stock_movements",
    .title = "Stock movement",
    .plural = "Stock movements",
    .label = kStockMovementsLabel,
    .list = kStockMovementsList,
    .columns = kStockMovementsColumns,
    .groups = kStockMovementsGroups,
    .indexes = kStockMovementsIndexes,
    .unique = kStockMovementsUnique,
    .policy = MergePolicy::Whole,
    .permissions = {.read = Role::Admin | Role::Doctor | Role::Nurse | Role::Pharmacist,
                    .create = Role::Admin | Role::Pharmacist,
                    .change = kNobody,
                    .erase = kNobody},
    .scopes = Scope::Full | Scope::Pharmacy,
    .dataClass = DataClass::Medication,
    .category = EventCategory::Data,
    .insertOnly = true,
};

} // namespace anteroom::schema::tables

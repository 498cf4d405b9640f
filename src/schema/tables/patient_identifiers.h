// A number by which somebody else knows the patient: passport, national id, the number in an older program.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kPatientIdentifiersUse[] = {"official", "usual", "secondary", "old"};
inline constexpr Group kPatientIdentifiersGroups[] = {
    {1, "patient"},
    {2, "identifier"},
    {3, "period"},
};
inline constexpr Column kPatientIdentifiersColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic,
     .required = true, .references = "patients"},
    {.number = 17, .name = "system", .group = 2, .dataClass = DataClass::Demographic, .required = true},
    {.number = 18, .name = "value", .group = 2, .dataClass = DataClass::Demographic, .required = true, .maxLength = 160},
    {.number = 19, .name = "kind", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 64},
    {.number = 20, .name = "use", .group = 2, .dataClass = DataClass::Demographic, .allowed = kPatientIdentifiersUse},
    {.number = 21, .name = "issuer", .group = 2, .dataClass = DataClass::Demographic},
    {.number = 22, .name = "valid_from", .type = Type::Date, .group = 3, .dataClass = DataClass::Demographic},
    {.number = 23, .name = "valid_to", .type = Type::Date, .group = 3, .dataClass = DataClass::Demographic},
};
inline constexpr std::string_view kPatientIdentifiersByPatientId[] = {"patient_id"};
inline constexpr std::string_view kPatientIdentifiersByValue[] = {"value"};
inline constexpr Index kPatientIdentifiersIndexes[] = {{kPatientIdentifiersByPatientId}, {kPatientIdentifiersByValue}};
inline constexpr std::string_view kPatientIdentifiersLabel[] = {"value"};
inline constexpr std::string_view kPatientIdentifiersList[] = {"patient_id", "kind", "value", "system", "issuer", "valid_to"};

inline constexpr Table patient_identifiers{
    .number = 3,
    .name = "patient_identifiers",
    .title = "Identifier",
    .plural = "Identifiers",
    .label = kPatientIdentifiersLabel,
    .list = kPatientIdentifiersList,
    .columns = kPatientIdentifiersColumns,
    .groups = kPatientIdentifiersGroups,
    .indexes = kPatientIdentifiersIndexes,
    .permissions = {.read = kEverybody,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .change = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .erase = Role::Admin | Role::Doctor | Role::Receptionist},
    .scopes = Scope::Full | Scope::Reception | Scope::Pharmacy,
    .dataClass = DataClass::Demographic,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

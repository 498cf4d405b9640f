// A further name of a patient: maiden name, nickname, the name in another script.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kPatientNamesUse[] = {"official", "usual", "maiden", "nickname", "old", "anonymous", "script"};
inline constexpr Group kPatientNamesGroups[] = {
    {1, "patient"},
    {2, "name"},
    {3, "period"},
};
inline constexpr Column kPatientNamesColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic,
     .required = true, .references = "patients"},
    {.number = 17, .name = "use", .group = 2, .dataClass = DataClass::Demographic, .allowed = kPatientNamesUse, .defaultValue = "usual"},
    {.number = 18, .name = "family_name", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 160},
    {.number = 19, .name = "given_name", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 160},
    {.number = 20, .name = "display_name", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 400},
    {.number = 21, .name = "folded_name", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 800},
    {.number = 22, .name = "script", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 8},
    {.number = 23, .name = "valid_from", .type = Type::Date, .group = 3, .dataClass = DataClass::Demographic},
    {.number = 24, .name = "valid_to", .type = Type::Date, .group = 3, .dataClass = DataClass::Demographic},
};
inline constexpr std::string_view kPatientNamesByPatientId[] = {"patient_id"};
inline constexpr Index kPatientNamesIndexes[] = {{kPatientNamesByPatientId}};
inline constexpr std::string_view kPatientNamesLabel[] = {"display_name", "given_name", "family_name"};
inline constexpr std::string_view kPatientNamesList[] = {"patient_id", "use", "display_name", "given_name", "family_name", "script"};

inline constexpr Table patient_names{
    .number = 2,
    .name = "patient_names",
    .title = "Other name",
    .plural = "Other names",
    .label = kPatientNamesLabel,
    .list = kPatientNamesList,
    .columns = kPatientNamesColumns,
    .groups = kPatientNamesGroups,
    .indexes = kPatientNamesIndexes,
    .permissions = {.read = kEverybody,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .change = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .erase = Role::Admin | Role::Doctor | Role::Receptionist},
    .scopes = Scope::Full | Scope::Reception | Scope::Pharmacy,
    .dataClass = DataClass::Demographic,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

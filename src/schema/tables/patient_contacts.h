// Somebody to call about a patient: next of kin, guardian, employer.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr Group kPatientContactsGroups[] = {
    {1, "patient"},
    {2, "person"},
    {3, "phone"},
    {4, "address"},
    {5, "role"},
    {6, "note"},
};
inline constexpr Column kPatientContactsColumns[] = {
    {.number = 16, .name = "patient_id", .type = Type::Uuid, .group = 1, .dataClass = DataClass::Demographic,
     .required = true, .references = "patients"},
    {.number = 17, .name = "name", .group = 2, .dataClass = DataClass::Demographic, .required = true, .maxLength = 400},
    {.number = 18, .name = "relationship", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 80},
    {.number = 19, .name = "phone", .group = 3, .dataClass = DataClass::Demographic, .maxLength = 64},
    {.number = 20, .name = "phone_digits", .group = 3, .dataClass = DataClass::Demographic, .maxLength = 64},
    {.number = 21, .name = "email", .group = 3, .dataClass = DataClass::Demographic},
    {.number = 22, .name = "address_line", .group = 4, .dataClass = DataClass::Demographic, .maxLength = 400},
    {.number = 23, .name = "city", .group = 4, .dataClass = DataClass::Demographic, .maxLength = 160},
    {.number = 24, .name = "postal_code", .group = 4, .dataClass = DataClass::Demographic, .maxLength = 32},
    {.number = 25, .name = "country", .group = 4, .dataClass = DataClass::Demographic, .maxLength = 80},
    {.number = 26, .name = "emergency", .type = Type::Boolean, .group = 5, .dataClass = DataClass::Demographic,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 27, .name = "guardian", .type = Type::Boolean, .group = 5, .dataClass = DataClass::Demographic,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 28, .name = "note", .group = 6, .dataClass = DataClass::Demographic, .maxLength = 2000},
};
inline constexpr std::string_view kPatientContactsByPatientId[] = {"patient_id"};
inline constexpr Index kPatientContactsIndexes[] = {{kPatientContactsByPatientId}};
inline constexpr std::string_view kPatientContactsLabel[] = {"name", "relationship"};
inline constexpr std::string_view kPatientContactsList[] = {"name", "relationship", "patient_id", "phone", "emergency", "guardian"};

inline constexpr Table patient_contacts{
    .number = 4,
    .name = "patient_contacts",
    .title = "Contact",
    .plural = "Contacts",
    .label = kPatientContactsLabel,
    .list = kPatientContactsList,
    .columns = kPatientContactsColumns,
    .groups = kPatientContactsGroups,
    .indexes = kPatientContactsIndexes,
    .permissions = {.read = kEverybody,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .change = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist,
                    .erase = Role::Admin | Role::Doctor | Role::Receptionist},
    .scopes = Scope::Full | Scope::Reception,
    .dataClass = DataClass::Demographic,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

// A person the clinic knows. The name group carries folded_name, the search key that the write door derives from it;
// birth_date is text with its precision, so that it never shifts with a zone. Nobody is deleted by a merge: active
// goes off and merged_into names the survivor (patient_merges holds what it takes to undo it).
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

inline constexpr std::string_view kPatientsBirthPrecision[] = {"day", "month", "year", "age"};
inline constexpr std::string_view kPatientsSex[] = {"male", "female", "other", "unknown"};
inline constexpr std::string_view kPatientsCivilStatus[] = {"single", "married", "partnership", "divorced", "widowed", "other"};
inline constexpr std::string_view kPatientsBloodGroup[] = {"A+", "A-", "B+", "B-", "AB+", "AB-", "O+", "O-"};
inline constexpr Group kPatientsGroups[] = {
    {1, "number"},
    {2, "name"},
    {3, "birth"},
    {4, "sex"},
    {5, "phone"},
    {6, "second_phone"},
    {7, "email"},
    {8, "address"},
    {9, "deceased"},
    {10, "language"},
    {11, "occupation"},
    {12, "civil_status"},
    {13, "status"},
    {14, "national_id"},
    {15, "blood_group"},
    {16, "note"},
    {17, "billing"},
    {18, "birth_place"},
    {19, "consent"},
};
inline constexpr Column kPatientsColumns[] = {
    {.number = 16, .name = "number", .group = 1, .dataClass = DataClass::Demographic, .maxLength = 32},
    {.number = 17, .name = "family_name", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 160},
    {.number = 18, .name = "given_name", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 160},
    {.number = 19, .name = "middle_name", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 160},
    {.number = 20, .name = "title", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 40},
    {.number = 21, .name = "display_name", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 400},
    {.number = 22, .name = "folded_name", .group = 2, .dataClass = DataClass::Demographic, .maxLength = 800},
    {.number = 23, .name = "unknown", .type = Type::Boolean, .group = 2, .dataClass = DataClass::Demographic,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 24, .name = "birth_date", .type = Type::Date, .group = 3, .dataClass = DataClass::Demographic},
    {.number = 25, .name = "birth_precision", .group = 3, .dataClass = DataClass::Demographic, .allowed = kPatientsBirthPrecision},
    {.number = 26, .name = "birth_captured_on", .type = Type::Date, .group = 3, .dataClass = DataClass::Demographic},
    {.number = 27, .name = "sex", .group = 4, .dataClass = DataClass::Demographic, .allowed = kPatientsSex},
    {.number = 28, .name = "sex_note", .group = 4, .dataClass = DataClass::Clinical, .maxLength = 400},
    {.number = 29, .name = "phone", .group = 5, .dataClass = DataClass::Demographic, .maxLength = 64},
    {.number = 30, .name = "phone_digits", .group = 5, .dataClass = DataClass::Demographic, .maxLength = 64},
    {.number = 31, .name = "second_phone", .group = 6, .dataClass = DataClass::Demographic, .maxLength = 64},
    {.number = 32, .name = "second_phone_digits", .group = 6, .dataClass = DataClass::Demographic, .maxLength = 64},
    {.number = 33, .name = "email", .group = 7, .dataClass = DataClass::Demographic},
    {.number = 34, .name = "address_line", .group = 8, .dataClass = DataClass::Demographic, .maxLength = 400},
    {.number = 35, .name = "district", .group = 8, .dataClass = DataClass::Demographic, .maxLength = 160},
    {.number = 36, .name = "city", .group = 8, .dataClass = DataClass::Demographic, .maxLength = 160},
    {.number = 37, .name = "state", .group = 8, .dataClass = DataClass::Demographic, .maxLength = 160},
    {.number = 38, .name = "postal_code", .group = 8, .dataClass = DataClass::Demographic, .maxLength = 32},
    {.number = 39, .name = "country", .group = 8, .dataClass = DataClass::Demographic, .maxLength = 80},
    {.number = 40, .name = "deceased", .type = Type::Boolean, .group = 9, .dataClass = DataClass::Demographic,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 41, .name = "deceased_at", .type = Type::Timestamp, .group = 9, .dataClass = DataClass::Demographic},
    {.number = 42, .name = "deceased_on", .type = Type::Date, .group = 9, .dataClass = DataClass::Demographic},
    {.number = 43, .name = "language", .group = 10, .dataClass = DataClass::Demographic, .maxLength = 35},
    {.number = 44, .name = "interpreter", .type = Type::Boolean, .group = 10, .dataClass = DataClass::Demographic,
     .min = 0, .max = 1, .defaultValue = "0"},
    {.number = 45, .name = "occupation", .group = 11, .dataClass = DataClass::Demographic},
    {.number = 46, .name = "civil_status", .group = 12, .dataClass = DataClass::Demographic, .allowed = kPatientsCivilStatus},
    {.number = 47, .name = "active", .type = Type::Boolean, .group = 13, .dataClass = DataClass::Demographic,
     .min = 0, .max = 1, .defaultValue = "1"},
    {.number = 48, .name = "merged_into", .type = Type::Uuid, .group = 13, .dataClass = DataClass::Demographic, .references = "patients"},
    {.number = 49, .name = "national_id", .group = 14, .dataClass = DataClass::Demographic, .maxLength = 64},
    {.number = 50, .name = "blood_group", .group = 15, .dataClass = DataClass::Clinical, .allowed = kPatientsBloodGroup},
    {.number = 51, .name = "note", .group = 16, .dataClass = DataClass::Demographic, .maxLength = 4000},
    {.number = 52, .name = "price_list", .group = 17, .dataClass = DataClass::Financial, .maxLength = 64},
    {.number = 53, .name = "payer", .group = 17, .dataClass = DataClass::Financial},
    {.number = 54, .name = "birth_place", .group = 18, .dataClass = DataClass::Demographic},
    {.number = 55, .name = "religion", .group = 19, .dataClass = DataClass::Demographic, .maxLength = 80},
    {.number = 56, .name = "contact_consent", .type = Type::Boolean, .group = 19, .dataClass = DataClass::Demographic, .min = 0, .max = 1},
};
inline constexpr std::string_view kPatientsByFoldedName[] = {"folded_name"};
inline constexpr std::string_view kPatientsByNumber[] = {"number"};
inline constexpr Index kPatientsIndexes[] = {{kPatientsByFoldedName}, {kPatientsByNumber}};
inline constexpr std::string_view kPatientsLabel[] = {"display_name", "given_name", "family_name", "number"};
inline constexpr std::string_view kPatientsList[] = {"family_name", "given_name", "number", "birth_date", "sex", "phone", "city"};

inline constexpr Table patients{
    .number = 1,
    .name = "patients",
    .title = "Patient",
    .plural = "Patients",
    .label = kPatientsLabel,
    .list = kPatientsList,
    .columns = kPatientsColumns,
    .groups = kPatientsGroups,
    .indexes = kPatientsIndexes,
    .permissions = {.read = kEverybody,
                    .create = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist | Role::Pharmacist,
                    .change = Role::Admin | Role::Doctor | Role::Nurse | Role::Receptionist | Role::Pharmacist,
                    .erase = kAdmin},
    .scopes = Scope::Full | Scope::Reception | Scope::Pharmacy,
    .dataClass = DataClass::Demographic,
    .category = EventCategory::PatientData,
};

} // namespace anteroom::schema::tables

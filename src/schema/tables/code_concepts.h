// One code of an imported list (ICD-10-CM), as FHIR's CodeSystem.concept. A code that a later list has no more stays,
// inactive: records that name it must go on being readable.
#pragma once

#include "schema/table.h"

namespace anteroom::schema::tables {

// FHIR's name of the list, as a diagnosis that takes a code from it says it too.
inline constexpr std::string_view kIcd10CmSystem = "http://hl7.org/fhir/sid/icd-10-cm";

inline constexpr Group kCodeConceptsGroups[] = {
    {1, "code"},
    {2, "title"},
    {3, "version"},
    {4, "billable"},
    {5, "active"},
};
inline constexpr Column kCodeConceptsColumns[] = {
    {.number = 16, .name = "system", .group = 1, .required = true, .maxLength = 160},
    {.number = 17, .name = "code", .group = 1, .required = true, .maxLength = 32},
    {.number = 18, .name = "title", .group = 2, .required = true, .maxLength = 400},
    {.number = 19, .name = "folded", .group = 2, .maxLength = 800},      // folding may lengthen: one letter becomes two
    {.number = 20, .name = "version", .group = 3, .maxLength = 40},      // of the list that named it last
    {.number = 21, .name = "billable", .type = Type::Boolean, .group = 4, .min = 0, .max = 1, .defaultValue = "1"},
    {.number = 22, .name = "active", .type = Type::Boolean, .group = 5, .min = 0, .max = 1, .defaultValue = "1"},
};
inline constexpr std::string_view kCodeConceptsKey[] = {"system", "code"};
inline constexpr Index kCodeConceptsIndexes[] = {{kCodeConceptsKey}};
inline constexpr std::string_view kCodeConceptsLabel[] = {"code", "title"};
inline constexpr std::string_view kCodeConceptsList[] = {"code", "title", "billable", "active", "version"};

inline constexpr Table code_concepts{
    .number = 43,
    .name = "code_concepts",
    .title = "Code",
    .plural = "Codes",
    .label = kCodeConceptsLabel,
    .list = kCodeConceptsList,
    .columns = kCodeConceptsColumns,
    .groups = kCodeConceptsGroups,
    .indexes = kCodeConceptsIndexes,
    .permissions = {.read = kEverybody,
                    .create = Role::Admin | Role::Doctor,
                    .change = Role::Admin | Role::Doctor,
                    .erase = kAdmin},
    .scopes = Scope::Full | Scope::Reception | Scope::Pharmacy,
    .dataClass = DataClass::Operational,
    .category = EventCategory::Data,
    .naturalKey = kCodeConceptsKey,
};

} // namespace anteroom::schema::tables

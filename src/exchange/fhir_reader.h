// What Anteroom reads of a FHIR R4 Patient, as plain text and lists, before it becomes rows. Reads JSON that strangers
// wrote: every field may be missing or of another type, and lengths have limits. Knows no table.
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace anteroom::exchange {

struct FhirName {
    QString use;          // "official", "maiden", "nickname", …; empty where none is given
    QString family;
    QString given;        // all given names, one blank between
    QString prefix;
    QString suffix;
    QString text;         // the name as one text, where the source has it
};

struct FhirIdentifier {
    QString system;
    QString value;
    QString type;         // words where there are any ("Passport Number"), else the code
    QString use;
};

struct FhirTelecom {
    QString system;       // "phone", "email", …
    QString value;
    QString use;
};

struct FhirAddress {
    QString line;         // lines joined by ", "
    QString city, district, state, postalCode, country;
    QString text;
};

struct FhirContact {
    QString relationship;
    QString name;
    QString phone;
    QString address;
};

struct FhirPatient {
    QString resourceId;
    std::vector<FhirName> names;              // the name to show first, whatever the order in the file
    std::vector<FhirIdentifier> identifiers;
    std::vector<FhirTelecom> telecom;         // by rank, then as written
    std::vector<FhirAddress> addresses;
    std::vector<FhirContact> contacts;
    QString gender;                           // "male", "female", "other", "unknown"
    std::string birthDate;                    // ISO, checked; empty = unknown
    bool deceased = false;
    std::string deceasedOn;                   // ISO date without time; empty = unknown
    QString mothersMaidenName;                // the mother's, not the patient's
    QString birthPlace;
    QString maritalStatus;
    QString language;
};

// The error says which field is wrong and of what kind it should be; never a name or a value.
[[nodiscard]] Result<FhirPatient> readFhirPatient(const QJsonObject &resource);

} // namespace anteroom::exchange

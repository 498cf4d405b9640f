// A FHIR R4 Patient as rows of the clinic: the patient, other names, identifiers, contacts. Ids are made of the source's
// own ids, so that the same resource gives the same rows, whoever imports it and however often. Text stays as it came
// (digits in a name too); numbers of the clinic are not given here.
#pragma once

#include "core/result.h"
#include "schema/change.h"

#include <QJsonObject>

#include <vector>

namespace anteroom::exchange {

// Inserts, canonical, derived and valid: the patients row first, then what refers to it; no id twice. The error names
// the field, never what is in it.
[[nodiscard]] Result<std::vector<schema::Change>> patientChanges(const QJsonObject &resource);

struct PatientRows {
    std::vector<schema::Change> changes;
    QString resourceId;      // as references name it; the first identifier's value where there is none
    QString system;          // importSystem() of it
};
[[nodiscard]] Result<PatientRows> patientRows(const QJsonObject &resource);

// The identifier system under which a resource is known: that of the identifier which repeats the resource's id, else
// "fhir/Patient".
[[nodiscard]] QString importSystem(const QJsonObject &resource);

} // namespace anteroom::exchange

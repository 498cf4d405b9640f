// FHIR R4 resources about a patient as rows of the clinic: Encounter, Condition, Observation (vital signs),
// MedicationRequest, Immunization, AllergyIntolerance, Procedure. Pure: what the resource refers to was resolved before.
// Nothing is cut or guessed: what does not fit is an error whose words are the reason, without any value of the patient.
#pragma once

#include "core/result.h"
#include "schema/change.h"

#include <QJsonObject>

#include <span>
#include <vector>

namespace anteroom::exchange {

// Where a resource comes from and whom it is about.
struct Source {
    QString system;      // of its ids: that of the patient's with the type, "https://…/Condition"
    QString id;
    Uuid patient;
    Uuid visit;          // null: it names none
};

// Inserts, canonical, derived and valid. The one that keeps the resource's id stands last where rows it needs come first.
using Mapper = Result<std::vector<schema::Change>> (*)(const QJsonObject &, const Source &);

[[nodiscard]] Result<std::vector<schema::Change>> encounterRows(const QJsonObject &resource, const Source &source);
[[nodiscard]] Result<std::vector<schema::Change>> conditionRows(const QJsonObject &resource, const Source &source);
[[nodiscard]] Result<std::vector<schema::Change>> observationRows(const QJsonObject &resource, const Source &source);
// `medicationReference` was replaced by the medication's own code before.
[[nodiscard]] Result<std::vector<schema::Change>> medicationRows(const QJsonObject &resource, const Source &source);
[[nodiscard]] Result<std::vector<schema::Change>> immunizationRows(const QJsonObject &resource, const Source &source);
[[nodiscard]] Result<std::vector<schema::Change>> allergyRows(const QJsonObject &resource, const Source &source);
[[nodiscard]] Result<std::vector<schema::Change>> procedureRows(const QJsonObject &resource, const Source &source);

// Building blocks of the above.
[[nodiscard]] Uuid rowId(const Source &source);
[[nodiscard]] schema::Value identifierOf(const Source &source);
// What a code of the file is called here; `known` pairs (FHIR's, ours). An error with the field's name where it is neither
// known nor absent.
struct CodeName { std::string_view fhir, ours; };
[[nodiscard]] Result<schema::Value> named(const QString &code, std::span<const CodeName> known, const QString &field);
[[nodiscard]] Result<std::vector<schema::Change>> oneRow(const schema::Table &table, const Source &source, std::vector<schema::ColumnValue> values);

} // namespace anteroom::exchange

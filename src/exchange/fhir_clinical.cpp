#include "exchange/fhir_clinical.h"

#include "exchange/fhir_json.h"
#include "exchange/import_writer.h"
#include "schema/tables/diagnoses.h"
#include "schema/tables/patient_history.h"
#include "schema/tables/visits.h"

#include <QJsonArray>

#include <algorithm>

namespace anteroom::exchange {
namespace {

using schema::col;
using schema::ColumnValue;
using schema::text;
using schema::Value;
namespace tables = schema::tables;
using Changes = Result<std::vector<schema::Change>>;

constexpr CodeName kEncounterStatus[] = {{"planned", "planned"}, {"arrived", "arrived"}, {"triaged", "triaged"}, {"in-progress", "in_progress"},
    {"onleave", "in_progress"}, {"finished", "finished"}, {"cancelled", "cancelled"}, {"entered-in-error", "entered_in_error"}};
// A stay in hospital is a visit that ended with an admission; the others differ in how the person came.
constexpr CodeName kEncounterClass[] = {{"AMB", "walk_in"}, {"SS", "walk_in"}, {"PRENC", "walk_in"}, {"EMER", "emergency"}, {"HH", "home"},
    {"VR", "telephone"}, {"FLD", "home"}, {"IMP", "walk_in"}, {"ACUTE", "walk_in"}, {"NONAC", "walk_in"}, {"OBSENC", "walk_in"}};
constexpr std::string_view kHospitalClasses[] = {"IMP", "ACUTE", "NONAC"};
constexpr CodeName kCertainty[] = {{"confirmed", "confirmed"}, {"provisional", "provisional"}, {"differential", "provisional"},
    {"unconfirmed", "provisional"}, {"refuted", "refuted"}};
constexpr CodeName kDiagnosisStatus[] = {{"active", "active"}, {"recurrence", "recurrence"}, {"relapse", "recurrence"},
    {"remission", "remission"}, {"resolved", "resolved"}};
constexpr CodeName kHistoryStatus[] = {{"active", "active"}, {"recurrence", "active"}, {"relapse", "active"}, {"inactive", "inactive"},
    {"remission", "inactive"}, {"resolved", "resolved"}};
constexpr CodeName kVerification[] = {{"confirmed", "confirmed"}, {"unconfirmed", "unconfirmed"}, {"presumed", "unconfirmed"},
    {"provisional", "unconfirmed"}, {"differential", "unconfirmed"}, {"refuted", "refuted"}};
constexpr CodeName kCriticality[] = {{"low", "low"}, {"high", "high"}, {"unable-to-assess", "unknown"}};
constexpr CodeName kAllergyKind[] = {{"allergy", "allergy"}, {"intolerance", "intolerance"}};
constexpr CodeName kSeverity[] = {{"mild", "mild"}, {"moderate", "moderate"}, {"severe", "severe"}};      // the last is the worst

const auto kMistake = QLatin1String("entered-in-error");

// A status that may be missing; `mistake` where the record was entered in error.
Result<Value> statusIn(const QJsonObject &resource, std::span<const CodeName> known, const Value &mistake)
{
    if (statusOf(resource[QLatin1String("verificationStatus")]) == kMistake)
        return mistake;
    auto status = named(statusOf(resource[QLatin1String("clinicalStatus")]), known, QStringLiteral("clinicalStatus"));
    if (status && schema::isNull(*status))
        return Value{std::string("active")};         // FHIR asks for one where the record is no mistake; it is old data then
    return status;
}

// What a record is about: words and, where there is one, a code of some list.
Result<std::vector<ColumnValue>> subjectOf(const QJsonObject &coded, const schema::Table &table, const QString &field)
{
    const QString words = conceptText(coded);
    if (words.isEmpty())
        return notTaken(QStringLiteral("%1 is missing").arg(field));
    const Coding coding = codingOf(coded);
    return std::vector<ColumnValue>{{schema::findColumn(table, "title"), text(words)}, {schema::findColumn(table, "code"), text(coding.code)},
        {schema::findColumn(table, "code_system"), text(coding.system)}};
}

} // namespace

Uuid rowId(const Source &source) { return schema::importedId(source.system.toStdString(), source.id.toStdString()); }

Value identifierOf(const Source &source) { return text(source.system + QLatin1Char('|') + source.id); }

Result<Value> named(const QString &code, std::span<const CodeName> known, const QString &field)
{
    if (code.isEmpty())
        return Value{};
    const QByteArray word = code.toUtf8();
    const auto at = std::find_if(known.begin(), known.end(), [&](const CodeName &k) { return word == QByteArrayView(k.fhir.data(), static_cast<qsizetype>(k.fhir.size())); });
    if (at == known.end())
        return notTaken(QStringLiteral("%1 %2 is not known here").arg(field, shownCode(code)));
    return Value{std::string(at->ours)};
}

Changes oneRow(const schema::Table &table, const Source &source, std::vector<ColumnValue> values)
{
    values.push_back({schema::findColumn(table, "patient_id"), source.patient});
    if (!source.visit.isNull() && &table != &tables::visits)
        values.push_back({schema::findColumn(table, "visit_id"), source.visit});
    values.push_back({schema::findColumn(table, "identifier"), identifierOf(source)});
    std::vector<schema::Change> changes{schema::makeInsert(table, rowId(source), values)};
    if (const auto ok = makeReady(changes); !ok)
        return tl::unexpected(ok.error());
    return changes;
}

Changes encounterRows(const QJsonObject &resource, const Source &source)
{
    const auto &t = tables::visits;
    const QString status = textOf(resource[QLatin1String("status")]);
    if (status.isEmpty())
        return notTaken(QStringLiteral("status is missing"));
    const auto state = named(status, kEncounterStatus, QStringLiteral("status"));
    const QString code = textOf(resource[QLatin1String("class")].toObject()[QLatin1String("code")]);
    const auto kind = named(code, kEncounterClass, QStringLiteral("class"));
    const QJsonObject period = resource[QLatin1String("period")].toObject();
    const auto start = momentOf(period[QLatin1String("start")], QStringLiteral("period.start"));
    const auto end = momentOf(period[QLatin1String("end")], QStringLiteral("period.end"));
    for (const auto *value : {&state, &kind, &start, &end})
        if (!*value)
            return tl::unexpected(value->error());
    const auto reasons = resource[QLatin1String("reasonCode")].toArray();
    const auto types = resource[QLatin1String("type")].toArray();
    const QString reason = conceptText((reasons.isEmpty() ? types : reasons).first().toObject());
    std::vector<ColumnValue> values{{col(t, "state"), *state}, {col(t, "arrived_at"), *start}, {col(t, "finished_at"), *end},
        {col(t, "clinic_day"), dayOf(period[QLatin1String("start")])}, {col(t, "reason"), text(reason)}};
    if (!schema::isNull(*kind))
        values.push_back({col(t, "kind"), *kind});
    if (std::find(std::begin(kHospitalClasses), std::end(kHospitalClasses), code.toStdString()) != std::end(kHospitalClasses))
        values.push_back({col(t, "outcome"), std::string("admitted")});
    return oneRow(t, source, std::move(values));
}

// A condition of a visit is its diagnosis. One without a visit is a line of a problem list: it belongs to the person and
// stands in the history, where whoever treats or dispenses looks for it.
Changes conditionRows(const QJsonObject &resource, const Source &source)
{
    const bool ofVisit = !source.visit.isNull();
    const schema::Table &t = ofVisit ? tables::diagnoses : tables::patient_history;
    auto values = subjectOf(resource[QLatin1String("code")].toObject(), t, QStringLiteral("code"));
    const auto status = ofVisit ? statusIn(resource, kDiagnosisStatus, std::string("entered_in_error"))
                                : statusIn(resource, kHistoryStatus, std::string("entered_in_error"));
    QString verified = statusOf(resource[QLatin1String("verificationStatus")]);
    if (verified == kMistake)
        verified.clear();
    const auto certainty = ofVisit ? named(verified, kCertainty, QStringLiteral("verificationStatus"))
                                   : named(verified, kVerification, QStringLiteral("verificationStatus"));
    if (!values)
        return tl::unexpected(values.error());
    for (const auto *value : {&status, &certainty})
        if (!*value)
            return tl::unexpected(value->error());
    Value onset = dayOf(resource[QLatin1String("onsetDateTime")]), over = dayOf(resource[QLatin1String("abatementDateTime")]);
    if (schema::isNull(onset))
        onset = dayOf(resource[QLatin1String("onsetPeriod")].toObject()[QLatin1String("start")]);
    if (schema::isNull(over))
        over = dayOf(resource[QLatin1String("abatementPeriod")].toObject()[QLatin1String("end")]);
    values->insert(values->end(), {{schema::findColumn(t, "status"), *status}, {schema::findColumn(t, "onset_date"), onset},
                                      {schema::findColumn(t, ofVisit ? "resolved_date" : "end_date"), over},
                                      {schema::findColumn(t, "note"), text(notesOf(resource))}});
    if (!schema::isNull(*certainty))
        values->push_back({schema::findColumn(t, ofVisit ? "certainty" : "verification"), *certainty});
    if (!ofVisit)
        values->push_back({schema::findColumn(t, "kind"), std::string("condition")});
    return oneRow(t, source, std::move(*values));
}

Changes immunizationRows(const QJsonObject &resource, const Source &source)
{
    const auto &t = tables::patient_history;
    const QString status = textOf(resource[QLatin1String("status")]);
    if (status == QLatin1String("not-done"))
        return notTaken(QStringLiteral("it was not given"));
    if (status != QLatin1String("completed") && status != kMistake)
        return notTaken(QStringLiteral("status %1 is not known here").arg(shownCode(status)));
    auto values = subjectOf(resource[QLatin1String("vaccineCode")].toObject(), t, QStringLiteral("vaccineCode"));
    if (!values)
        return tl::unexpected(values.error());
    values->insert(values->end(), {{col(t, "kind"), std::string("immunisation")}, {col(t, "given_on"), dayOf(resource[QLatin1String("occurrenceDateTime")])},
                                      {col(t, "lot"), text(textOf(resource[QLatin1String("lotNumber")]))}, {col(t, "note"), text(notesOf(resource))}});
    const QJsonValue dose = resource[QLatin1String("protocolApplied")].toArray().first().toObject()[QLatin1String("doseNumberPositiveInt")];
    if (dose.isDouble())
        values->push_back({col(t, "dose_number"), std::int64_t{dose.toInteger(-1)}});
    if (status == kMistake)
        values->push_back({col(t, "status"), std::string("entered_in_error")});
    return oneRow(t, source, std::move(*values));
}

Changes allergyRows(const QJsonObject &resource, const Source &source)
{
    const auto &t = tables::patient_history;
    auto values = subjectOf(resource[QLatin1String("code")].toObject(), t, QStringLiteral("code"));
    const auto kind = named(textOf(resource[QLatin1String("type")]), kAllergyKind, QStringLiteral("type"));
    const auto criticality = named(textOf(resource[QLatin1String("criticality")]), kCriticality, QStringLiteral("criticality"));
    QString verified = statusOf(resource[QLatin1String("verificationStatus")]);
    const auto status = verified == QLatin1String("refuted") ? Result<Value>(std::string("refuted"))
                                                             : statusIn(resource, kHistoryStatus, std::string("entered_in_error"));
    if (verified == kMistake)
        verified.clear();
    const auto verification = named(verified, kVerification, QStringLiteral("verificationStatus"));
    if (!values)
        return tl::unexpected(values.error());
    for (const auto *value : {&kind, &criticality, &status, &verification})
        if (!*value)
            return tl::unexpected(value->error());
    QStringList manifestations;
    QString substance;
    Value worst;
    std::size_t worstRank = 0;
    const auto reactions = resource[QLatin1String("reaction")].toArray();
    for (const auto &item : reactions) {
        const QJsonObject reaction = item.toObject();
        const auto seen = reaction[QLatin1String("manifestation")].toArray();
        for (const auto &m : seen)
            if (const QString words = conceptText(m.toObject()); !words.isEmpty() && !manifestations.contains(words))
                manifestations.append(words);
        if (substance.isEmpty())
            substance = conceptText(reaction[QLatin1String("substance")].toObject());
        const auto severity = named(textOf(reaction[QLatin1String("severity")]), kSeverity, QStringLiteral("severity"));
        if (!severity)
            return tl::unexpected(severity.error());
        for (std::size_t rank = 0; rank < std::size(kSeverity); ++rank)
            if (schema::toText(*severity) == kSeverity[rank].ours && rank + 1 > worstRank) {
                worst = *severity;
                worstRank = rank + 1;
            }
    }
    values->insert(values->end(), {{col(t, "kind"), schema::isNull(*kind) ? Value{std::string("allergy")} : *kind}, {col(t, "substance"), text(substance)},
                                      {col(t, "reaction"), text(manifestations.join(QStringLiteral("; ")))}, {col(t, "severity"), worst},
                                      {col(t, "criticality"), *criticality}, {col(t, "status"), *status}, {col(t, "verification"), *verification},
                                      {col(t, "onset_date"), dayOf(resource[QLatin1String("onsetDateTime")])}, {col(t, "note"), text(notesOf(resource))}});
    return oneRow(t, source, std::move(*values));
}

Changes procedureRows(const QJsonObject &resource, const Source &source)
{
    const auto &t = tables::patient_history;
    const QString status = textOf(resource[QLatin1String("status")]);
    if (status == QLatin1String("not-done"))
        return notTaken(QStringLiteral("it was not done"));
    if (status != QLatin1String("completed") && status != kMistake)
        return notTaken(QStringLiteral("status %1 is not known here").arg(shownCode(status)));
    auto values = subjectOf(resource[QLatin1String("code")].toObject(), t, QStringLiteral("code"));
    if (!values)
        return tl::unexpected(values.error());
    const QJsonObject period = resource[QLatin1String("performedPeriod")].toObject();
    Value from = dayOf(resource[QLatin1String("performedDateTime")]);
    if (schema::isNull(from))
        from = dayOf(period[QLatin1String("start")]);
    values->insert(values->end(), {{col(t, "kind"), std::string("surgery")}, {col(t, "onset_date"), from},
                                      {col(t, "end_date"), dayOf(period[QLatin1String("end")])}, {col(t, "note"), text(notesOf(resource))}});
    if (status == kMistake)
        values->push_back({col(t, "status"), std::string("entered_in_error")});
    return oneRow(t, source, std::move(*values));
}

} // namespace anteroom::exchange

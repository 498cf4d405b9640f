#include "exchange/fhir_clinical.h"
#include "exchange/fhir_json.h"
#include "exchange/import_writer.h"
#include "schema/tables/prescription_items.h"
#include "schema/tables/prescriptions.h"

#include <QJsonArray>

#include <optional>

namespace anteroom::exchange {
namespace {

using schema::col;
using schema::ColumnValue;
using schema::text;
using schema::Value;
namespace tables = schema::tables;

constexpr CodeName kState[] = {{"draft", "draft"}, {"active", "active"}, {"completed", "completed"}, {"stopped", "stopped"}, {"cancelled", "cancelled"}};
constexpr CodeName kOrder[] = {{"order", "order"}, {"original-order", "order"}, {"reflex-order", "order"}, {"filler-order", "order"}, {"instance-order", "order"}};
struct Period { QLatin1String unit; double days; };
constexpr Period kPeriods[] = {{QLatin1String("h"), 1.0 / 24}, {QLatin1String("d"), 1}, {QLatin1String("wk"), 7}};

QString unitOf(const QJsonObject &quantity)
{
    const QString unit = textOf(quantity[QLatin1String("unit")]);
    return unit.isEmpty() ? textOf(quantity[QLatin1String("code")]) : unit;
}

// Whole days of a length of time; nothing where it is none.
std::optional<std::int64_t> daysOf(const QJsonObject &duration)
{
    const QString unit = textOf(duration[QLatin1String("code")]);
    const QJsonValue length = duration[QLatin1String("value")];
    const std::int64_t days = length.toInteger(-1) * (unit == QLatin1String("wk") ? 7 : 1);
    const bool known = (unit == QLatin1String("d") || unit == QLatin1String("wk")) && !duration.contains(QLatin1String("comparator"));
    return known && days >= 0 ? std::optional(days) : std::nullopt;
}

// How often, where it is a plain "n times in a period"; what it cannot say must stand in the words of the dosage.
Result<Value> timesPerDay(const QJsonObject &repeat, bool words)
{
    if (repeat.isEmpty())
        return Value{};
    bool plain = repeat[QLatin1String("period")].toDouble() > 0;
    for (const QString &key : repeat.keys())
        plain = plain && (key == QLatin1String("frequency") || key == QLatin1String("period") || key == QLatin1String("periodUnit")
                          || (key == QLatin1String("boundsDuration") && daysOf(repeat[key].toObject())));
    const QString unit = textOf(repeat[QLatin1String("periodUnit")]);
    for (const Period &period : kPeriods)
        if (plain && unit == period.unit)
            return Value{repeat[QLatin1String("frequency")].toDouble(1) / (repeat[QLatin1String("period")].toDouble() * period.days)};
    if (!words)
        return notTaken(QStringLiteral("its timing cannot be written here, and it has no words for it"));
    return Value{};
}

Result<void> addDosage(const QJsonObject &dosage, std::vector<ColumnValue> &values)
{
    const auto &t = tables::prescription_items;
    const QString words = textOf(dosage[QLatin1String("text")]);
    QStringList directions{words, textOf(dosage[QLatin1String("patientInstruction")])};
    directions.removeAll(QString());
    const QJsonObject timing = dosage[QLatin1String("timing")].toObject();
    const QJsonObject repeat = timing[QLatin1String("repeat")].toObject();
    const auto times = timesPerDay(repeat, !words.isEmpty());
    if (!times)
        return tl::unexpected(times.error());
    if (const auto days = daysOf(repeat[QLatin1String("boundsDuration")].toObject()))
        values.push_back({col(t, "duration_days"), *days});      // how long it is taken, whatever one supply lasts
    const auto rates = dosage[QLatin1String("doseAndRate")].toArray();
    const QJsonObject rate = rates.first().toObject();
    const QJsonObject dose = rate[QLatin1String("doseQuantity")].toObject();
    const bool exact = rates.size() <= 1 && (rate.isEmpty() || dose[QLatin1String("value")].isDouble()) && !rate.contains(QLatin1String("rateQuantity"))
        && !rate.contains(QLatin1String("rateRatio")) && !rate.contains(QLatin1String("rateRange")) && !dose.contains(QLatin1String("comparator"));
    if (!exact && words.isEmpty())
        return notTaken(QStringLiteral("its dose is no single quantity, and it has no words for it"));
    if (exact && !dose.isEmpty())
        values.insert(values.end(), {{col(t, "dose"), dose[QLatin1String("value")].toDouble()}, {col(t, "dose_unit"), text(unitOf(dose))}});
    const QString reason = conceptText(dosage[QLatin1String("asNeededCodeableConcept")].toObject());
    if (dosage[QLatin1String("asNeededBoolean")].toBool() || !reason.isEmpty())
        values.push_back({col(t, "as_needed"), std::int64_t{1}});
    values.insert(values.end(), {{col(t, "as_needed_reason"), text(reason)}, {col(t, "times_per_day"), *times},
                                    {col(t, "frequency"), text(conceptText(timing[QLatin1String("code")].toObject()))},
                                    {col(t, "route"), text(conceptText(dosage[QLatin1String("route")].toObject()))},
                                    {col(t, "directions"), text(directions.join(QLatin1Char('\n')))}});
    return {};
}

void addSupply(const QJsonObject &supply, std::vector<ColumnValue> &values)
{
    const auto &t = tables::prescription_items;
    const QJsonObject quantity = supply[QLatin1String("quantity")].toObject();
    if (const QJsonValue n = quantity[QLatin1String("value")]; n.isDouble())
        values.insert(values.end(), {{col(t, "quantity"), n.toDouble()}, {col(t, "quantity_unit"), text(unitOf(quantity))}});
    if (const QJsonValue n = supply[QLatin1String("numberOfRepeatsAllowed")]; n.isDouble())
        values.push_back({col(t, "refills"), std::int64_t{n.toInteger(-1)}});
    if (const auto days = daysOf(supply[QLatin1String("expectedSupplyDuration")].toObject()))
        values.push_back({col(t, "duration_days"), *days});
}

} // namespace

// One request is one order with one item: FHIR has a request a drug. The item keeps the request's id, since the dose, what
// was dispensed and what was stopped are said of it.
Result<std::vector<schema::Change>> medicationRows(const QJsonObject &resource, const Source &source)
{
    const auto &order = tables::prescriptions;
    const auto &item = tables::prescription_items;
    if (textOf(resource[QLatin1String("status")]).isEmpty())
        return notTaken(QStringLiteral("status is missing"));
    const auto state = named(textOf(resource[QLatin1String("status")]), kState, QStringLiteral("status"));
    if (const QString intent = textOf(resource[QLatin1String("intent")]); !intent.isEmpty() && !named(intent, kOrder, QStringLiteral("intent")))
        return notTaken(QStringLiteral("it is a %1 and no order").arg(shownCode(intent)));
    if (resource[QLatin1String("doNotPerform")].toBool())
        return notTaken(QStringLiteral("it says not to give the medicine"));
    const auto signedAt = momentOf(resource[QLatin1String("authoredOn")], QStringLiteral("authoredOn"));
    for (const auto *value : {&state, &signedAt})
        if (!*value)
            return tl::unexpected(value->error());
    const QString drug = conceptText(resource[QLatin1String("medicationCodeableConcept")].toObject());
    if (drug.isEmpty())
        return notTaken(QStringLiteral("the medicine is missing"));
    const auto dosages = resource[QLatin1String("dosageInstruction")].toArray();
    if (dosages.size() > 1)
        return notTaken(QStringLiteral("it has several dosages, and an item holds one"));
    const QString orders = source.system + QStringLiteral("/prescriptions");
    const Uuid orderId = schema::importedId(orders.toStdString(), source.id.toStdString());
    std::vector<ColumnValue> values{{col(item, "prescription_id"), orderId}, {col(item, "position"), std::int64_t{1}}, {col(item, "drug_name"), text(drug)},
        {col(item, "starts_on"), dayOf(resource[QLatin1String("authoredOn")])}, {col(item, "identifier"), identifierOf(source)}};
    addSupply(resource[QLatin1String("dispenseRequest")].toObject(), values);
    if (const auto ok = addDosage(dosages.first().toObject(), values); !ok)
        return tl::unexpected(ok.error());
    if (const QJsonValue allowed = resource[QLatin1String("substitution")].toObject()[QLatin1String("allowedBoolean")]; allowed.isBool())
        values.push_back({col(item, "substitution_allowed"), std::int64_t{allowed.toBool()}});
    std::vector<schema::Change> changes;
    changes.push_back(schema::makeInsert(order, orderId,
        {{col(order, "patient_id"), source.patient}, {col(order, "visit_id"), schema::idOrNull(source.visit)}, {col(order, "state"), *state},
            {col(order, "signed_at"), *signedAt}, {col(order, "prescriber_name"), text(textOf(resource[QLatin1String("requester")].toObject()[QLatin1String("display")]))},
            {col(order, "note"), text(notesOf(resource))}}));
    changes.push_back(schema::makeInsert(item, rowId(source), values));
    if (const auto ok = makeReady(changes); !ok)
        return tl::unexpected(ok.error());
    return changes;
}

} // namespace anteroom::exchange

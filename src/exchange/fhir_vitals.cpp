#include "exchange/fhir_clinical.h"
#include "exchange/fhir_json.h"
#include "schema/tables/vitals.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace anteroom::exchange {
namespace {

using schema::col;
using schema::ColumnValue;
namespace tables = schema::tables;

struct Unit { std::string_view code; double factor; double offset = 0; };      // ours = (value + offset) × factor

constexpr Unit kPressure[] = {{"mm[Hg]", 1}, {"mmHg", 1}, {"kPa", 7.50062}};
constexpr Unit kRate[] = {{"/min", 1}, {"{beats}/min", 1}, {"{breaths}/min", 1}, {"beats/minute", 1}, {"breaths/minute", 1}};
constexpr Unit kTemperature[] = {{"Cel", 10}, {"[degF]", 10.0 / 1.8, -32}};
constexpr Unit kPercent[] = {{"%", 1}};
constexpr Unit kWeight[] = {{"kg", 1000}, {"g", 1}, {"[lb_av]", 453.59237}, {"[oz_av]", 28.349523125}};
constexpr Unit kLength[] = {{"cm", 10}, {"m", 1000}, {"mm", 1}, {"[in_i]", 25.4}, {"[ft_i]", 304.8}};
constexpr Unit kScore[] = {{"{score}", 1}, {"1", 1}, {"", 1}};

// LOINC codes of the vital signs profile and of what programs send in its place.
struct Measure { std::string_view loinc, column; std::span<const Unit> units; std::string_view extraColumn = {}, extra = {}; };
constexpr Measure kMeasures[] = {
    {"8480-6", "systolic", kPressure},
    {"8462-4", "diastolic", kPressure},
    {"8867-4", "heart_rate", kRate},
    {"9279-1", "respiratory_rate", kRate},
    {"8310-5", "temperature_decidegrees", kTemperature},
    {"8331-1", "temperature_decidegrees", kTemperature, "temperature_site", "oral"},
    {"8328-7", "temperature_decidegrees", kTemperature, "temperature_site", "axillary"},
    {"8332-5", "temperature_decidegrees", kTemperature, "temperature_site", "rectal"},
    {"8333-3", "temperature_decidegrees", kTemperature, "temperature_site", "ear"},
    {"2708-6", "oxygen_percent", kPercent},
    {"59408-5", "oxygen_percent", kPercent},
    {"29463-7", "weight_grams", kWeight},
    {"3141-9", "weight_grams", kWeight},
    {"8302-2", "height_millimetres", kLength},
    {"8306-3", "height_millimetres", kLength},
    {"9843-4", "head_millimetres", kLength},
    {"8287-5", "head_millimetres", kLength},
    {"72514-3", "pain", kScore},
    {"38208-5", "pain", kScore},
};
constexpr CodeName kResult[] = {{"final", "final"}, {"amended", "final"}, {"corrected", "final"}, {"preliminary", "final"}};
constexpr std::string_view kBloodPressure[] = {"85354-9", "55284-4", "35094-2"};
constexpr std::string_view kBodyMassIndex[] = {"39156-5", "59576-9"};

bool has(const QJsonObject &coded, std::span<const std::string_view> codes)
{
    const auto list = coded[QLatin1String("coding")].toArray();
    return std::any_of(list.begin(), list.end(), [&](const QJsonValue &item) {
        return std::find(codes.begin(), codes.end(), textOf(item.toObject()[QLatin1String("code")]).toStdString()) != codes.end();
    });
}

const Measure *measureOf(const QJsonObject &coded)
{
    for (const Measure &m : kMeasures)
        if (has(coded, std::span(&m.loinc, 1)))
            return &m;
    return nullptr;
}

QString wordsOf(std::string_view column) { return QString::fromLatin1(column.data(), static_cast<qsizetype>(column.size())); }

// A number with a unit, in the clinic's own unit. Rounded to the step in which the clinic records it, never cut.
Result<void> addQuantity(const QJsonObject &holder, const Measure &measure, std::vector<ColumnValue> &values)
{
    const auto &t = tables::vitals;
    const QString name = wordsOf(measure.column);
    const QJsonValue whole = holder[QLatin1String("valueInteger")];
    const QJsonObject quantity = holder[QLatin1String("valueQuantity")].toObject();
    const QJsonValue number = whole.isDouble() ? whole : quantity[QLatin1String("value")];
    if (!number.isDouble())
        return notTaken(QStringLiteral("%1 has no number").arg(name));
    if (quantity.contains(QLatin1String("comparator")))
        return notTaken(QStringLiteral("%1 is no exact number").arg(name));
    QString unit = textOf(quantity[QLatin1String("code")]);
    if (unit.isEmpty())
        unit = textOf(quantity[QLatin1String("unit")]);
    const auto at = std::find_if(measure.units.begin(), measure.units.end(), [&](const Unit &u) { return unit == wordsOf(u.code); });
    if (at == measure.units.end())
        return notTaken(QStringLiteral("%1 in the unit %2 is not known here").arg(name, unit.isEmpty() ? QStringLiteral("—") : shownCode(unit)));
    const double ours = (number.toDouble() + at->offset) * at->factor;
    const schema::Column &column = schema::columnAt(t, schema::findColumn(t, measure.column));
    if (!(ours >= static_cast<double>(column.min) - 0.5 && ours < static_cast<double>(column.max) + 0.5))
        return notTaken(QStringLiteral("%1 is impossible: below %2 or above %3").arg(name).arg(column.min).arg(column.max));
    values.push_back({schema::findColumn(t, measure.column), std::int64_t{std::llround(ours)}});
    if (!measure.extraColumn.empty())
        values.push_back({schema::findColumn(t, measure.extraColumn), std::string(measure.extra)});
    return {};
}

Result<void> addBloodPressure(const QJsonObject &resource, std::vector<ColumnValue> &values)
{
    const auto parts = resource[QLatin1String("component")].toArray();
    const std::size_t before = values.size();
    for (const auto &item : parts) {
        const QJsonObject part = item.toObject();
        const Measure *measure = measureOf(part[QLatin1String("code")].toObject());
        if (!measure || (measure->column != "systolic" && measure->column != "diastolic"))
            return notTaken(QStringLiteral("the blood pressure has a part that is not known here"));
        if (!part.contains(QLatin1String("valueQuantity")) && part.contains(QLatin1String("dataAbsentReason")))
            continue;
        if (const auto ok = addQuantity(part, *measure, values); !ok)
            return ok;
    }
    if (values.size() == before)
        return notTaken(QStringLiteral("the blood pressure has no number"));
    return {};
}

QString categoryOf(const QJsonObject &resource)
{
    const auto categories = resource[QLatin1String("category")].toArray();
    QString first;
    for (const auto &item : categories) {
        const QString code = codingOf(item.toObject()).code;
        if (code == QLatin1String("vital-signs"))
            return code;
        if (first.isEmpty())
            first = code;
    }
    return first;
}

} // namespace

Result<std::vector<schema::Change>> observationRows(const QJsonObject &resource, const Source &source)
{
    const auto &t = tables::vitals;
    if (const QString category = categoryOf(resource); category != QLatin1String("vital-signs"))
        return notTaken(category.isEmpty() ? QStringLiteral("it names no category")
                                           : QStringLiteral("category %1 has no place here yet").arg(shownCode(category)));
    const QString status = textOf(resource[QLatin1String("status")]);
    if (status.isEmpty())
        return notTaken(QStringLiteral("status is missing"));
    if (const auto known = named(status, kResult, QStringLiteral("status")); !known)
        return tl::unexpected(known.error());
    const QJsonObject code = resource[QLatin1String("code")].toObject();
    if (has(code, kBodyMassIndex))
        return notTaken(QStringLiteral("the body mass index follows from weight and height"));
    QJsonValue when = resource[QLatin1String("effectiveDateTime")];
    if (when.isUndefined())
        when = resource[QLatin1String("effectiveInstant")];
    if (when.isUndefined())
        when = resource[QLatin1String("effectivePeriod")].toObject()[QLatin1String("start")];
    const auto taken = momentOf(when, QStringLiteral("effectiveDateTime"));
    if (!taken)
        return tl::unexpected(taken.error());
    if (schema::isNull(*taken))
        return notTaken(QStringLiteral("it does not say when"));
    std::vector<ColumnValue> values{{col(t, "taken_at"), *taken}, {col(t, "note"), schema::text(notesOf(resource))}};
    const Measure *measure = measureOf(code);
    if (!measure && !has(code, kBloodPressure))
        return notTaken(QStringLiteral("the measurement %1 is not known here").arg(shownCode(codingOf(code).code)));
    const auto ok = measure ? addQuantity(resource, *measure, values) : addBloodPressure(resource, values);
    if (!ok)
        return tl::unexpected(ok.error());
    return oneRow(t, source, std::move(values));
}

} // namespace anteroom::exchange

#include "domain/patient.h"

#include "core/text.h"
#include "domain/billing.h"
#include "schema/registry.h"
#include "schema/tables/patients.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <span>

namespace anteroom::domain {
namespace {

using schema::col;
using schema::tables::patients;

// A column that follows from others of its own table and merge group, by name, so that one list does for every table.
struct Derived {
    std::string_view column;
    std::array<std::string_view, 4> from;
    bool digits;
};
constexpr Derived kDerived[] = {
    {"folded_name", {"display_name", "given_name", "middle_name", "family_name"}, false},
    {"folded_name", {"name", "brand"}, false},
    {"folded", {"title"}, false},
    {"phone_digits", {"phone"}, true},
    {"second_phone_digits", {"second_phone"}, true},
};

// Words once each, in order: "Ana Ana Pérez" and display name and parts would repeat them.
QString foldedWords(const QStringList &parts, qsizetype limit)
{
    QStringList words;
    for (const QString &part : parts)
        for (const QString &word : fold(part).split(QLatin1Char(' '), Qt::SkipEmptyParts))
            if (!words.contains(word))
                words.append(word);
    return words.join(QLatin1Char(' ')).left(limit).trimmed();
}

schema::Value computed(const schema::Column &column, const Derived &rule, const QStringList &parts)
{
    const qsizetype limit = column.maxLength != 0 ? column.maxLength : 255;
    return schema::text(rule.digits ? digitsOnly(parts.join(QString())).left(limit) : foldedWords(parts, limit));
}

// Calls `fill(rule's column, source columns)` for each rule whose columns the table has, all in one group.
template <typename Fill>
void forEachRule(const schema::Table &table, Fill fill)
{
    for (const Derived &rule : kDerived) {
        const int target = schema::findColumn(table, rule.column);
        if (target < 0)
            continue;
        std::vector<int> sources;
        for (const auto &name : rule.from) {
            const int source = name.empty() ? -1 : schema::findColumn(table, name);
            if (source >= 0 && schema::columnAt(table, source).group == schema::columnAt(table, target).group)
                sources.push_back(source);
        }
        if (!sources.empty())
            fill(rule, target, sources);
    }
}

} // namespace

QString displayName(const QString &given, const QString &middle, const QString &family)
{
    QStringList parts;
    for (const QString &part : {given.simplified(), middle.simplified(), family.simplified()})
        if (!part.isEmpty())
            parts.append(part);
    return parts.join(QLatin1Char(' '));
}

QString displayName(const schema::Row &patient)
{
    constexpr int kDisplay = col(patients, "display_name"), kGiven = col(patients, "given_name"),
                  kMiddle = col(patients, "middle_name"), kFamily = col(patients, "family_name");
    QString name = schema::toQString(patient[kDisplay]).simplified();
    if (name.isEmpty())
        name = displayName(schema::toQString(patient[kGiven]), schema::toQString(patient[kMiddle]),
            schema::toQString(patient[kFamily]));
    return name.isEmpty() ? QStringLiteral("Unnamed") : name;
}

std::string foldedName(const QString &shown, const QString &given, const QString &middle, const QString &family)
{
    constexpr auto kLimit = schema::columnAt(patients, col(patients, "folded_name")).maxLength;
    return foldedWords({shown, given, middle, family}, kLimit).toStdString();
}

Result<void> checkNamed(const schema::Change &change)
{
    constexpr int kUnknown = col(patients, "unknown");
    constexpr std::array kNames{col(patients, "family_name"), col(patients, "given_name"), col(patients, "display_name")};
    constexpr schema::GroupNo kGroup = schema::columnAt(patients, kUnknown).group;
    const bool writes = change.op == schema::Op::Insert || change.op == schema::Op::Update;
    if (change.table != &patients || !writes)
        return {};
    bool named = change.op == schema::Op::Update; // a group that is not touched keeps its names
    const auto columns = schema::groupColumns(patients, kGroup);
    for (const schema::GroupChange &g : change.groups) {
        if (g.group != kGroup || g.newValues.size() != columns.size())
            continue;
        named = false;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const bool name = std::find(kNames.begin(), kNames.end(), columns[i]) != kNames.end();
            named = named || (name && !schema::toText(g.newValues[i]).empty())
                || (columns[i] == kUnknown && schema::toInt(g.newValues[i]) != 0);
        }
    }
    if (named)
        return {};
    return fail(ErrorCode::Invalid,
        QStringLiteral("A patient needs a name: write the family name, the given name or the name as the person is called. "
                       "Where nobody knows it, mark the patient as unknown."),
        QStringLiteral("family_name"));
}

BirthDate birthOf(const schema::Row &patient)
{
    constexpr int kDate = col(patients, "birth_date"), kPrecision = col(patients, "birth_precision");
    const auto date = schema::toText(patient[kDate]);
    return {std::string(date), birthPrecision(schema::toText(patient[kPrecision]), date)};
}

std::optional<Age> ageOf(const schema::Row &patient, QDate today)
{
    constexpr int kDied = col(patients, "deceased_on");
    const auto died = schema::toText(patient[kDied]);
    if (died.size() == 10)
        today = QDate::fromString(QString::fromLatin1(died.data(), 10), Qt::ISODate);
    return ageOn(birthOf(patient), today);
}

bool isDeceased(const schema::Row &patient)
{
    constexpr int kDeceased = col(patients, "deceased"), kAt = col(patients, "deceased_at"),
                  kOn = col(patients, "deceased_on");
    return schema::toInt(patient[kDeceased]) != 0 || !schema::isNull(patient[kAt]) || !schema::isNull(patient[kOn]);
}

Uuid mergedInto(const schema::Row &patient)
{
    constexpr int kMerged = col(patients, "merged_into");
    return schema::toUuid(patient[kMerged]);
}

void derive(schema::Change &change)
{
    if (!change.table || change.op == schema::Op::Delete)
        return;
    deriveAmounts(change);
    forEachRule(*change.table, [&](const Derived &rule, int target, const std::vector<int> &sources) {
        const schema::GroupNo group = schema::columnAt(*change.table, target).group;
        const auto columns = schema::groupColumns(*change.table, group);
        const auto slot = [&](int column) {
            return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), column) - columns.begin());
        };
        for (schema::GroupChange &g : change.groups) {
            if (g.group != group || g.newValues.size() != columns.size())
                continue;
            QStringList parts;
            for (const int source : sources)
                parts.append(schema::toQString(g.newValues[slot(source)]));
            g.newValues[slot(target)] = computed(schema::columnAt(*change.table, target), rule, parts);
        }
    });
}

void derive(const schema::Table &table, schema::Row &row)
{
    deriveAmounts(table, row);
    forEachRule(table, [&](const Derived &rule, int target, const std::vector<int> &sources) {
        QStringList parts;
        for (const int source : sources)
            parts.append(schema::toQString(row[source]));
        row[target] = computed(schema::columnAt(table, target), rule, parts);
    });
}

} // namespace anteroom::domain

// Names, search keys, phones and ages of a patient row, and the columns that follow from others.
#include "domain/patient.h"

#include "schema/registry.h"
#include "schema/tables/clinic_services.h"
#include "schema/tables/patient_contacts.h"
#include "schema/tables/patients.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::domain;
using schema::col;
namespace tables = schema::tables;

class PatientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void names();
    void derivesOnInsert();
    void derivesOnlyTouchedGroups();
    void derivesInEveryTable();
    void aDeleteIsLeftAlone();
    void ages();
};

namespace {
schema::Row person(std::initializer_list<std::pair<std::string_view, schema::Value>> values)
{
    schema::Row row = schema::emptyRow(tables::patients, kNamespace);
    for (const auto &[name, value] : values)
        row[schema::findColumn(tables::patients, name)] = value;
    return row;
}
std::string textIn(const schema::Row &row, std::string_view column)
{
    return std::string(schema::toText(row[schema::findColumn(tables::patients, column)]));
}
} // namespace

void PatientTest::names()
{
    using std::string;
    QCOMPARE(displayName(person({{"given_name", string("Fatoumata")}, {"family_name", string("Keita")}})),
        QStringLiteral("Fatoumata Keita"));
    QCOMPARE(displayName(person({{"given_name", string("Mei Ling")}, {"family_name", string("Ng")},
                 {"display_name", string("Ng Mei Ling")}})),
        QStringLiteral("Ng Mei Ling"));
    QCOMPARE(displayName(person({{"given_name", string("Suharto")}})), QStringLiteral("Suharto"));
    QCOMPARE(displayName(person({})), QStringLiteral("Unnamed"));
    QCOMPARE(foldedName(QStringLiteral("Zoë Østergård"), QStringLiteral("Zoë"), {}, QStringLiteral("Østergård")),
        string("zoe ostergard"));
    const std::string key = foldedName({}, QStringLiteral("Andrew29"), {}, QStringLiteral("O'Brien"));
    QCOMPARE(key, string("andrew29 obrien"));
}

void PatientTest::derivesOnInsert()
{
    const auto &t = tables::patients;
    schema::Change change = schema::makeInsert(t, kNamespace,
        {{col(t, "given_name"), std::string("José Luis")}, {col(t, "family_name"), std::string("Peña")},
            {col(t, "phone"), std::string("+34 91-555 01 02")}});
    derive(change);
    schema::Row row = schema::emptyRow(t, change.id);
    for (const auto &g : change.groups)
        schema::setGroupValues(t, row, g.group, g.newValues);
    QCOMPARE(textIn(row, "folded_name"), std::string("jose luis pena"));
    QCOMPARE(textIn(row, "phone_digits"), std::string("34915550102"));
    QVERIFY(schema::isNull(row[col(t, "second_phone_digits")]));
    const schema::Change once = change;
    derive(change);
    QVERIFY(change == once);
    schema::Row direct = row;
    direct[col(t, "folded_name")] = {};
    derive(t, direct);
    QVERIFY(direct == row);
}

void PatientTest::derivesOnlyTouchedGroups()
{
    const auto &t = tables::patients;
    schema::Row shown = person({{"given_name", std::string("Ana")}, {"phone", std::string("12 34")}});
    derive(t, shown);
    schema::Change change = schema::makeUpdate(t, shown, {{col(t, "phone"), std::string("99 88")}});
    derive(change);
    QCOMPARE(change.groups.size(), std::size_t(1));
    schema::Row row = shown;
    schema::setGroupValues(t, row, change.groups[0].group, change.groups[0].newValues);
    QCOMPARE(textIn(row, "phone_digits"), std::string("9988"));
    QCOMPARE(textIn(row, "folded_name"), std::string("ana"));
    change = schema::makeUpdate(t, shown, {{col(t, "phone"), schema::Value{}}});
    derive(change);
    schema::setGroupValues(t, row, change.groups[0].group, change.groups[0].newValues);
    QVERIFY(schema::isNull(row[col(t, "phone_digits")]));
}

void PatientTest::derivesInEveryTable()
{
    int checked = 0;
    for (const schema::Table *table : schema::allTables())
        for (const std::string_view key : {"folded_name", "phone_digits", "second_phone_digits"}) {
            const int target = schema::findColumn(*table, key);
            if (target < 0)
                continue;
            schema::Row row = schema::emptyRow(*table, kNamespace);
            for (const int c : schema::groupColumns(*table, schema::columnAt(*table, target).group))
                if (schema::columnAt(*table, c).type == schema::Type::Text)
                    row[c] = std::string("Łódź 12");
            row[target] = {};
            derive(*table, row);
            QVERIFY2(!schema::isNull(row[target]), table->name.data());
            ++checked;
        }
    QVERIFY(checked >= 5);
}

void PatientTest::aDeleteIsLeftAlone()
{
    const schema::Row shown = person({{"given_name", std::string("Ana")}});
    schema::Change change = schema::makeDelete(tables::patients, shown, "entered twice");
    const schema::Change before = change;
    derive(change);
    QVERIFY(change == before);
}

void PatientTest::ages()
{
    const QDate today(2026, 11, 20);
    const schema::Row lives = person({{"birth_date", std::string("1988")}, {"birth_precision", std::string("age")}});
    QCOMPARE(ageOf(lives, today), std::optional(Age{38, AgeUnit::Years, true}));
    QVERIFY(!isDeceased(lives));
    const schema::Row died = person(
        {{"birth_date", std::string("1950-01-01")}, {"deceased_on", std::string("2010-06-01")}});
    QCOMPARE(ageOf(died, today), std::optional(Age{60, AgeUnit::Years, false}));
    QVERIFY(isDeceased(died));
    QVERIFY(isDeceased(person({{"deceased", std::int64_t{1}}})));
    QVERIFY(!ageOf(person({}), today));
}

QTEST_GUILESS_MAIN(PatientTest)
#include "patient_test.moc"

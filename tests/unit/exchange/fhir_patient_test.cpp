// A FHIR Patient becomes rows: which field goes where, ids that repeat, and what is refused by name of the field.
#include "exchange/fhir_patient.h"

#include "schema/tables/patient_contacts.h"
#include "schema/tables/patient_identifiers.h"
#include "schema/tables/patient_names.h"
#include "schema/tables/patients.h"
#include "schema/validation.h"

#include <QJsonDocument>
#include <QTest>

#include <set>

using namespace anteroom;
using namespace anteroom::exchange;
namespace tables = schema::tables;

namespace {

// JSON with ' for ", so that it reads in C++.
QJsonObject json(const char *text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray(text).replace('\'', '"'), &error);
    if (!document.isObject())
        qFatal("test data: %s", qPrintable(error.errorString()));
    return document.object();
}

const char *const kFull =
    "{'resourceType':'Patient','id':'p-1',"
    " 'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName','valueString':'Xenia801 "
    "Brown30'},"
    "              "
    "{'url':'http://hl7.org/fhir/StructureDefinition/"
    "patient-birthPlace','valueAddress':{'city':'Novosibirsk','country':'RU'}}],"
    " 'identifier':[{'system':'https://source.example','value':'p-1'},{'type':{'text':'Passport "
    "Number'},'system':'urn:passport','value':'X1'},"
    "               {'type':{'text':'Passport Number'},'system':'urn:passport','value':'X1'}],"
    " 'name':[{'use':'maiden','family':'O\\u0027Keefe54','given':['Mária12']},{'use':'official','family':'Núñez3','"
    "given':['Mária12','Inés4'],'prefix':['Mrs.'],'suffix':['PhD']}],"
    " 'telecom':[{'system':'email','value':'m@example.org'},{'system':'phone','value':'555-806-9773','use':'home','"
    "rank':2},"
    "            {'system':'phone','value':'+34 600 "
    "1','use':'mobile','rank':1},{'system':'phone','value':'000','use':'old'}],"
    " 'gender':'female','birthDate':'1943-03','deceasedDateTime':'2010-06-01T12:00:00+14:00',"
    " 'address':[{'line':['847 Tremblay','Flat 2'],'city':'Bloom','state':'KS','postalCode':'00000','country':'US'}],"
    " 'maritalStatus':{'coding':[{'code':'M','display':'Married'}],'text':'Married'},"
    " 'contact':[{'relationship':[{'text':'brother'}],'name':{'family':'Núñez','given':['Luis']},'telecom':[{'system':'"
    "phone','value':'555 1'}]}],"
    " 'communication':[{'language':{'coding':[{'code':'ru-RU','display':'Russian'}]}}]}";

schema::Row rowOf(const schema::Change &change)
{
    schema::Row row = schema::emptyRow(*change.table, change.id);
    for (const auto &g : change.groups)
        schema::setGroupValues(*change.table, row, g.group, g.newValues);
    return row;
}

std::vector<schema::Row> rowsIn(const std::vector<schema::Change> &changes, const schema::Table &table)
{
    std::vector<schema::Row> rows;
    for (const auto &change : changes)
        if (change.table == &table)
            rows.push_back(rowOf(change));
    return rows;
}

QString in(const schema::Row &row, const schema::Table &table, const char *column)
{
    const auto &value = row[schema::findColumn(table, column)];
    if (const auto *n = std::get_if<std::int64_t>(&value))
        return QString::number(*n);
    return schema::toQString(value);
}

} // namespace

class FhirPatientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFieldHasItsColumn();
    void namesIdentifiersContacts();
    void idsRepeat();
    void leastPatient();
    void refusesByField_data();
    void refusesByField();
    void oddTypesAreHarmless();
};

void FhirPatientTest::everyFieldHasItsColumn()
{
    const auto changes = patientChanges(json(kFull));
    QVERIFY2(changes, changes ? "" : qPrintable(changes.error().detail));
    QVERIFY(changes->front().table == &tables::patients);
    const schema::Row row = rowOf(changes->front());
    const std::pair<const char *, const char *> expected[] = {{"family_name", "Núñez3"},
        {"given_name", "Mária12 Inés4"}, {"title", "Mrs."}, {"display_name", "Mária12 Inés4 Núñez3, PhD"},
        {"birth_date", "1943-03"}, {"birth_precision", "month"}, {"sex", "female"}, {"phone", "+34 600 1"},
        {"phone_digits", "346001"}, {"second_phone", "555-806-9773"}, {"second_phone_digits", "5558069773"},
        {"email", "m@example.org"}, {"address_line", "847 Tremblay, Flat 2"}, {"city", "Bloom"}, {"state", "KS"},
        {"postal_code", "00000"}, {"country", "US"}, {"deceased", "1"}, {"deceased_on", "2010-06-01"},
        {"language", "ru-RU"}, {"civil_status", "married"}, {"birth_place", "Novosibirsk, RU"}, {"active", "1"},
        {"number", ""}};
    for (const auto &[column, value] : expected)
        QCOMPARE(in(row, tables::patients, column), QString::fromUtf8(value));
    const QString folded = in(row, tables::patients, "folded_name");
    QVERIFY2(
        folded.contains(QStringLiteral("maria12")) && folded.contains(QStringLiteral("nunez3")), qPrintable(folded));
}

void FhirPatientTest::namesIdentifiersContacts()
{
    const auto changes = *patientChanges(json(kFull));
    const auto names = rowsIn(changes, tables::patient_names);
    QCOMPARE(names.size(), std::size_t(1));
    QCOMPARE(in(names[0], tables::patient_names, "use"), QStringLiteral("maiden"));
    QCOMPARE(in(names[0], tables::patient_names, "family_name"), QStringLiteral("O'Keefe54"));
    QVERIFY(in(names[0], tables::patient_names, "folded_name").contains(QStringLiteral("okeefe54")));
    const auto identifiers = rowsIn(changes, tables::patient_identifiers);
    QCOMPARE(identifiers.size(), std::size_t(2)); // the repeated passport is one row
    QCOMPARE(in(identifiers[1], tables::patient_identifiers, "kind"), QStringLiteral("Passport Number"));
    const auto contacts = rowsIn(changes, tables::patient_contacts);
    QCOMPARE(contacts.size(), std::size_t(2));
    QCOMPARE(in(contacts[0], tables::patient_contacts, "name"), QStringLiteral("Luis Núñez"));
    QCOMPARE(in(contacts[0], tables::patient_contacts, "phone_digits"), QStringLiteral("5551"));
    // The mother's maiden name is hers: a contact, never a maiden name of the patient.
    QCOMPARE(in(contacts[1], tables::patient_contacts, "name"), QStringLiteral("Xenia801 Brown30"));
    QVERIFY(in(contacts[1], tables::patient_contacts, "relationship").contains(QStringLiteral("mother")));
    for (const auto &change : changes)
        if (change.table != &tables::patients)
            QVERIFY(schema::toUuid(rowOf(change)[schema::findColumn(*change.table, "patient_id")]) == changes[0].id);
}

void FhirPatientTest::idsRepeat()
{
    const auto once = *patientChanges(json(kFull));
    QVERIFY(once == *patientChanges(json(kFull)));
    QCOMPARE(once[0].id.toString(), schema::importedId("https://source.example", "p-1").toString());
    std::set<Uuid> ids;
    for (const auto &change : once)
        ids.insert(change.id);
    QCOMPARE(ids.size(), once.size());
    auto other = json(kFull);
    other[QLatin1String("id")] = QStringLiteral("p-2");
    QVERIFY(patientChanges(other)->front().id != once[0].id);
    QCOMPARE(importSystem(other), QStringLiteral("fhir/Patient")); // no identifier repeats the id any more
}

void FhirPatientTest::leastPatient()
{
    const auto changes = patientChanges(json("{'resourceType':'Patient','id':'x'}"));
    QVERIFY(changes);
    QCOMPARE(changes->size(), std::size_t(2));          // the person, and the id of the resource
    QCOMPARE(in(rowOf(changes->front()), tables::patients, "unknown"), QStringLiteral("1"));
    QCOMPARE(in(rowOf(changes->front()), tables::patients, "sex"), QStringLiteral("unknown"));
    const auto single = patientChanges(
        json("{'resourceType':'Patient','id':'x','name':[{'text':'Suharto'}],'birthDate':'1950'}"));
    QCOMPARE(in(rowOf(single->front()), tables::patients, "given_name"), QStringLiteral("Suharto"));
    QCOMPARE(in(rowOf(single->front()), tables::patients, "birth_precision"), QStringLiteral("year"));
}

void FhirPatientTest::refusesByField_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("field");
    QTest::newRow("another type") << QByteArray("{'resourceType':'Device','id':'x'}") << QStringLiteral("resourceType");
    QTest::newRow("no id") << QByteArray("{'resourceType':'Patient'}") << QStringLiteral("id");
    QTest::newRow("gender") << QByteArray("{'resourceType':'Patient','id':'x','gender':'m'}")
                            << QStringLiteral("gender");
    QTest::newRow("birth date") << QByteArray("{'resourceType':'Patient','id':'x','birthDate':'1988-02-30'}")
                                << QStringLiteral("birthDate");
    QTest::newRow("death") << QByteArray("{'resourceType':'Patient','id':'x','deceasedDateTime':'soon'}")
                           << QStringLiteral("deceasedDateTime");
    QTest::newRow("name is no list") << QByteArray("{'resourceType':'Patient','id':'x','name':{'family':'A'}}")
                                     << QStringLiteral("name");
    QByteArray many = "{'resourceType':'Patient','id':'x','identifier':[{'value':'0'}";
    for (int i = 1; i < 60; ++i)
        many += ",{'value':'" + QByteArray::number(i) + "'}";
    QTest::newRow("too many") << many + "]}" << QStringLiteral("identifier");
    QTest::newRow("too long") << QByteArray("{'resourceType':'Patient','id':'x','name':[{'family':'")
            + QByteArray(500, 'a')
            + "'}]}" << QStringLiteral("family_name");
}

void FhirPatientTest::refusesByField()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, field);
    const auto changes = patientChanges(json(text.constData()));
    QVERIFY(!changes);
    QCOMPARE(changes.error().code, ErrorCode::Invalid);
    QVERIFY2(changes.error().subject.contains(field) || changes.error().detail.contains(field),
        qPrintable(changes.error().detail));
}

void FhirPatientTest::oddTypesAreHarmless()
{
    const auto changes = patientChanges(
        json("{'resourceType':'Patient','id':'x','name':[7,null,'a',{'given':'Ana'},{'given':[1,'Eva']}],"
             "        "
             "'telecom':[[],{'system':5,'value':{}}],'extension':{'url':1},'maritalStatus':[],'communication':[{}],'"
             "identifier':[{'value':12}],'deceasedBoolean':'yes'}"));
    QVERIFY(changes);
    QCOMPARE(in(rowOf(changes->front()), tables::patients, "given_name"), QStringLiteral("Eva"));
    QCOMPARE(in(rowOf(changes->front()), tables::patients, "deceased"), QStringLiteral("0"));
}

QTEST_GUILESS_MAIN(FhirPatientTest)
#include "fhir_patient_test.moc"

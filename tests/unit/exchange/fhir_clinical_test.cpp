// Clinical resources as records, on generated ones always, on the Synthea bundles where they are: each resource stands in
// one record that keeps its id or is counted with its reason; references across a bundle and across files; a second time
// changes nothing; what a person changed stays.
#include "exchange/fhir_import.h"
#include "exchange/import_files.h"
#include "exchange/ndjson_import.h"

#include "schema/registry.h"
#include "schema/tables/diagnoses.h"
#include "schema/tables/patient_history.h"
#include "schema/tables/patients.h"
#include "schema/tables/prescription_items.h"
#include "schema/tables/prescriptions.h"
#include "schema/tables/visits.h"
#include "schema/tables/vitals.h"
#include "support/process.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace anteroom;
using namespace anteroom::exchange;
using namespace Qt::StringLiterals;
namespace tables = schema::tables;

namespace {

struct FakeClinic {
    std::map<std::pair<const schema::Table *, Uuid>, schema::Row> rows;
    int written = 0;

    ImportHooks hooks()
    {
        ImportHooks hooks;
        hooks.lookup = [this](const schema::Table &table, const Uuid &id) -> Result<std::optional<schema::Row>> {
            const auto at = rows.find({&table, id});
            return at == rows.end() ? std::nullopt : std::optional(at->second);
        };
        hooks.where = [this](const schema::Table &table, const schema::ColumnValue &value, const Uuid &after, int limit) -> Result<std::vector<schema::Row>> {
            std::vector<schema::Row> found;
            for (const auto &[key, row] : rows)
                if (key.first == &table && row[value.column] == value.value && (after.isNull() || after < row.id) && static_cast<int>(found.size()) < limit)
                    found.push_back(row);
            return found;
        };
        hooks.sink = [this](std::vector<schema::Change> batch) -> Result<void> {
            if (batch.empty() || batch.size() > static_cast<std::size_t>(schema::kMaxChangesPerEntry))
                return fail(ErrorCode::Invalid, u"A batch of no size."_s);
            for (const auto &change : batch) {
                auto &row = rows.try_emplace({change.table, change.id}, schema::emptyRow(*change.table, change.id)).first->second;
                for (const auto &g : change.groups)
                    schema::setGroupValues(*change.table, row, g.group, g.newValues);
                if (const auto missing = unknownParent(*change.table, row); !missing.isEmpty())
                    return fail(ErrorCode::Invalid, missing);
                ++written;
            }
            return {};
        };
        return hooks;
    }
    // What a row refers to came before it.
    QString unknownParent(const schema::Table &table, const schema::Row &row) const
    {
        for (int i = 0; i < schema::columnCount(table); ++i) {
            const auto *parent = schema::findTable(schema::columnAt(table, i).references);
            if (parent && !schema::isNull(row[i]) && !rows.contains({parent, schema::toUuid(row[i])}))
                return u"%1 refers to nothing"_s.arg(QLatin1String(table.name.data(), qsizetype(table.name.size())));
        }
        return {};
    }
    std::vector<schema::Row> of(const schema::Table &table) const
    {
        std::vector<schema::Row> found;
        for (const auto &[key, row] : rows)
            if (key.first == &table)
                found.push_back(row);
        return found;
    }
};

QJsonObject object(const QString &json) { return QJsonDocument::fromJson(json.toUtf8()).object(); }

QJsonObject patient(const QString &id)
{
    return object(u"{'resourceType':'Patient','id':'%1','identifier':[{'system':'urn:a','value':'%1'}],'name':[{'family':'Roca','given':['Ana']}]}"_s.arg(id).replace(u'\'', u'"'));
}
QJsonObject resource(const QString &type, const QString &id, const QString &rest)
{
    QString text = u"{'resourceType':'%1','id':'%2','%3':{'reference':'urn:uuid:p1'}%4}"_s;
    const bool direct = type == u"Immunization"_s || type == u"AllergyIntolerance"_s;
    return object(text.arg(type, id, direct ? u"patient"_s : u"subject"_s, rest.isEmpty() ? QString() : u","_s + rest).replace(u'\'', u'"'));
}
QString coded(const QString &field) { return u"'%1':{'coding':[{'system':'http://snomed.info/sct','code':'1','display':'Thing'}]}"_s.arg(field); }
const QString kVisit = u"'encounter':{'reference':'urn:uuid:e1'}"_s;
QJsonObject vital(const QString &id, const QString &loinc, double value, const QString &unit)
{
    return resource(u"Observation"_s, id, u"'status':'final','category':[{'coding':[{'code':'vital-signs'}]}],'effectiveDateTime':'2020-01-02T03:04:05Z',"
                                          "'code':{'coding':[{'system':'http://loinc.org','code':'%1'}]},'valueQuantity':{'value':%2,'code':'%3'}"_s.arg(loinc).arg(value).arg(unit));
}
QJsonObject encounter(const QString &id = u"e1"_s)
{
    return resource(u"Encounter"_s, id, u"'status':'finished','class':{'code':'AMB'},'period':{'start':'2020-01-02T03:00:00+01:00','end':'2020-01-02T03:30:00+01:00'}"_s);
}
QJsonObject bundle(const QList<QJsonObject> &resources)
{
    QJsonArray entries;
    for (const QJsonObject &r : resources)
        entries.append(QJsonObject{{u"fullUrl"_s, QString(u"urn:uuid:"_s + r[u"id"_s].toString())}, {u"resource"_s, r}});
    return {{u"resourceType"_s, u"Bundle"_s}, {u"type"_s, u"transaction"_s}, {u"entry"_s, entries}};
}

ImportReport import(FakeClinic &clinic, const QList<QJsonObject> &documents)
{
    ImportReport report;
    const ImportHooks hooks = clinic.hooks();
    ImportWriter writer(hooks, report);
    FhirImport fhir(writer);
    for (const QJsonObject &document : documents)
        if (const auto ok = fhir.take(document, {}); !ok)
            qFatal("%s", qPrintable(ok.error().detail));
    if (!fhir.finish() || !writer.flush())
        qFatal("not finished");
    return report;
}

// in = taken + not taken, and what was taken stands in exactly one record under its id.
QString unaccounted(const ImportReport &report)
{
    for (const auto &[type, count] : report.types) {
        int left = 0;
        for (const auto &[why, n] : count.notTaken)
            left += n;
        if (count.in != count.taken + left)
            return type;
    }
    return {};
}
int identified(const FakeClinic &clinic, const QString &type)
{
    int n = 0;
    for (const auto &[key, row] : clinic.rows)
        if (const int at = schema::findColumn(*key.first, "identifier"); at >= 0)
            n += schema::toQString(row[at]).contains(u"/"_s + type + u'|') ? 1 : 0;
    return n;
}
QString reason(const ImportReport &report, const QString &type)
{
    const auto at = report.types.find(type);
    return at == report.types.end() || at->second.notTaken.empty() ? QString() : at->second.notTaken.begin()->first;
}

} // namespace

class FhirClinicalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTypeInOneBundle();
    void unitsAreConverted_data();
    void unitsAreConverted();
    void whatDoesNotFitIsNamed_data();
    void whatDoesNotFitIsNamed();
    void acrossFiles();
    void howLongAMedicineIsTaken();
    void aPersonsChangeStays();
    void realBundles();
};

void FhirClinicalTest::everyTypeInOneBundle()
{
    const QJsonObject document = bundle({
        resource(u"Condition"_s, u"c1"_s, kVisit + u","_s + coded(u"code"_s) + u",'onsetDateTime':'2020-01','clinicalStatus':{'coding':[{'code':'resolved'}]}"_s),
        resource(u"Condition"_s, u"c2"_s, coded(u"code"_s)),
        resource(u"MedicationRequest"_s, u"m1"_s, kVisit + u",'status':'active','intent':'order',"_s + coded(u"medicationCodeableConcept"_s)
                     + u",'dosageInstruction':[{'asNeededBoolean':true,'timing':{'repeat':{'frequency':3,'period':1,'periodUnit':'d'}},'doseAndRate':[{'doseQuantity':{'value':2,'unit':'tablet'}}]}]"_s),
        resource(u"Immunization"_s, u"i1"_s, u"'status':'completed','occurrenceDateTime':'2020-01-02',"_s + coded(u"vaccineCode"_s)),
        resource(u"AllergyIntolerance"_s, u"a1"_s, u"'type':'allergy','criticality':'high','reaction':[{'severity':'mild'},{'severity':'severe'}],"_s + coded(u"code"_s)),
        resource(u"Procedure"_s, u"q1"_s, kVisit + u",'status':'completed',"_s + coded(u"code"_s)),
        resource(u"Claim"_s, u"x1"_s, {}), vital(u"o1"_s, u"8302-2"_s, 178.7, u"cm"_s), encounter(), patient(u"p1"_s)});
    FakeClinic clinic;
    auto report = import(clinic, {document});
    QCOMPARE(unaccounted(report), QString());
    for (const QString &type : {u"Encounter"_s, u"MedicationRequest"_s, u"Immunization"_s, u"AllergyIntolerance"_s, u"Procedure"_s, u"Observation"_s}) {
        QCOMPARE(report.types[type].taken, 1);
        QCOMPARE(identified(clinic, type), 1);
    }
    QCOMPARE(report.types[u"Condition"_s].taken, 2);
    QCOMPARE(report.types[u"Claim"_s].taken, 0);
    QCOMPARE(clinic.of(tables::diagnoses).size(), std::size_t(1));
    QCOMPARE(clinic.of(tables::patient_history).size(), std::size_t(4));
    const schema::Row visit = clinic.of(tables::visits).front();
    QCOMPARE(schema::toText(visit[schema::col(tables::visits, "state")]), "finished");
    QCOMPARE(schema::toText(visit[schema::col(tables::visits, "clinic_day")]), "2020-01-02");
    QCOMPARE(schema::toQString(visit[schema::col(tables::visits, "identifier")]), u"urn:a/Encounter|e1"_s);
    const schema::Row item = clinic.of(tables::prescription_items).front();
    QVERIFY(item[schema::col(tables::prescription_items, "times_per_day")] == schema::Value{3.0});
    QVERIFY(item[schema::col(tables::prescription_items, "dose")] == schema::Value{2.0});
    for (const schema::Row &row : clinic.of(tables::patient_history))
        if (schema::toText(row[schema::col(tables::patient_history, "kind")]) == "allergy")
            QCOMPARE(schema::toText(row[schema::col(tables::patient_history, "severity")]), "severe");
    const int written = clinic.written;
    report = import(clinic, {document});
    QCOMPARE(clinic.written, written);
    for (const auto &[type, count] : report.types)
        QCOMPARE(count.added + count.kept, 0);
}

void FhirClinicalTest::unitsAreConverted_data()
{
    QTest::addColumn<QString>("loinc");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("column");
    QTest::addColumn<qint64>("stored");
    QTest::newRow("height") << u"8302-2"_s << 178.69 << u"cm"_s << u"height_millimetres"_s << qint64(1787);
    QTest::newRow("inches") << u"8302-2"_s << 70.0 << u"[in_i]"_s << u"height_millimetres"_s << qint64(1778);
    QTest::newRow("weight") << u"29463-7"_s << 78.687 << u"kg"_s << u"weight_grams"_s << qint64(78687);
    QTest::newRow("pounds") << u"29463-7"_s << 10.0 << u"[lb_av]"_s << u"weight_grams"_s << qint64(4536);
    QTest::newRow("Celsius") << u"8331-1"_s << 37.46 << u"Cel"_s << u"temperature_decidegrees"_s << qint64(375);
    QTest::newRow("Fahrenheit") << u"8310-5"_s << 98.6 << u"[degF]"_s << u"temperature_decidegrees"_s << qint64(370);
    QTest::newRow("pulse") << u"8867-4"_s << 72.0 << u"/min"_s << u"heart_rate"_s << qint64(72);
    QTest::newRow("oxygen") << u"59408-5"_s << 97.0 << u"%"_s << u"oxygen_percent"_s << qint64(97);
    QTest::newRow("pain") << u"72514-3"_s << 4.0 << u"{score}"_s << u"pain"_s << qint64(4);
}

void FhirClinicalTest::unitsAreConverted()
{
    QFETCH(QString, loinc);
    QFETCH(double, value);
    QFETCH(QString, unit);
    QFETCH(QString, column);
    QFETCH(qint64, stored);
    FakeClinic clinic;
    const auto report = import(clinic, {bundle({patient(u"p1"_s), vital(u"o1"_s, loinc, value, unit)})});
    QVERIFY2(reason(report, u"Observation"_s).isEmpty(), qPrintable(reason(report, u"Observation"_s)));
    QCOMPARE(schema::toInt(clinic.of(tables::vitals).front()[schema::findColumn(tables::vitals, column.toStdString())]), stored);
}

void FhirClinicalTest::whatDoesNotFitIsNamed_data()
{
    QTest::addColumn<QJsonObject>("resource");
    QTest::addColumn<QString>("word");
    QTest::newRow("height of a giant") << vital(u"o"_s, u"8302-2"_s, 2800.6, u"cm"_s) << u"impossible"_s;
    QTest::newRow("unknown unit") << vital(u"o"_s, u"8302-2"_s, 1, u"[mi_us]"_s) << u"unit"_s;
    QTest::newRow("body mass index") << vital(u"o"_s, u"39156-5"_s, 24, u"kg/m2"_s) << u"body mass index"_s;
    QTest::newRow("unknown measurement") << vital(u"o"_s, u"1-1"_s, 24, u"1"_s) << u"not known here"_s;
    QTest::newRow("laboratory") << resource(u"Observation"_s, u"o"_s, u"'status':'final','category':[{'coding':[{'code':'laboratory'}]}]"_s) << u"laboratory"_s;
    QTest::newRow("long title") << resource(u"Condition"_s, u"c"_s, u"'code':{'text':'%1'}"_s.arg(QString(401, u'x'))) << u"title"_s;
    QTest::newRow("no such day") << resource(u"Condition"_s, u"c"_s, coded(u"code"_s) + u",'onsetDateTime':'2020-02-30'"_s) << u"onset_date"_s;
    QTest::newRow("unknown status") << resource(u"Procedure"_s, u"q"_s, u"'status':'on-hold',"_s + coded(u"code"_s)) << u"on-hold"_s;
    QTest::newRow("plan") << resource(u"MedicationRequest"_s, u"m"_s, u"'status':'active','intent':'plan',"_s + coded(u"medicationCodeableConcept"_s)) << u"no order"_s;
    QTest::newRow("until a day") << resource(u"MedicationRequest"_s, u"m"_s, u"'status':'active','dosageInstruction':[{'timing':{'repeat':{'frequency':3,'period':1,'periodUnit':'d','boundsPeriod':{'end':'2020-01-09'}}}}],"_s
                                                                                 + coded(u"medicationCodeableConcept"_s)) << u"timing"_s;
    QTest::newRow("unknown medicine") << resource(u"MedicationRequest"_s, u"m"_s, u"'status':'active','medicationReference':{'reference':'Medication/9'}"_s) << u"medicine"_s;
    QTest::newRow("not given") << resource(u"Immunization"_s, u"i"_s, u"'status':'not-done',"_s + coded(u"vaccineCode"_s)) << u"not given"_s;
    QTest::newRow("no zone") << resource(u"Encounter"_s, u"e"_s, u"'status':'finished','period':{'start':'2020-01-02T03:00:00'}"_s) << u"zone"_s;
    QTest::newRow("encounter of nobody") << resource(u"Procedure"_s, u"q"_s, u"'status':'completed',"_s + kVisit + u","_s + coded(u"code"_s)) << u"encounter"_s;
    QTest::newRow("no id") << resource(u"Procedure"_s, u""_s, u"'status':'completed',"_s + coded(u"code"_s)) << u"id is missing"_s;
}

void FhirClinicalTest::whatDoesNotFitIsNamed()
{
    QFETCH(QJsonObject, resource);
    QFETCH(QString, word);
    FakeClinic clinic;
    QJsonObject document = bundle({patient(u"p1"_s), resource});
    if (resource[u"id"_s].toString().isEmpty())
        document[u"entry"_s] = QJsonArray{QJsonObject{{u"fullUrl"_s, u"urn:uuid:p1"_s}, {u"resource"_s, patient(u"p1"_s)}}, QJsonObject{{u"resource"_s, resource}}};
    auto report = import(clinic, {document});
    const QString type = resource[u"resourceType"_s].toString();
    QCOMPARE(report.types[type].taken, 0);
    QCOMPARE(report.types[type].notTaken.size(), std::size_t(1));
    QVERIFY2(reason(report, type).contains(word), qPrintable(reason(report, type)));
    QCOMPARE(clinic.of(tables::patients).size(), std::size_t(1));
    QCOMPARE(unaccounted(report), QString());
}

// A file of allergies after an import of patients, before it in one run, and with a patient of another system beside.
void FhirClinicalTest::acrossFiles()
{
    const QString text = u"'clinicalStatus':{'coding':[{'code':'active'}]},"_s + coded(u"code"_s);
    QJsonObject allergy = resource(u"AllergyIntolerance"_s, u"a1"_s, text);
    allergy[u"patient"_s] = QJsonObject{{u"reference"_s, u"Patient/p1"_s}};
    FakeClinic clinic;
    auto alone = import(clinic, {allergy});
    QVERIFY(reason(alone, u"AllergyIntolerance"_s).contains(u"patient"_s));
    import(clinic, {patient(u"p1"_s)});
    auto later = import(clinic, {allergy});
    QCOMPARE(later.types[u"AllergyIntolerance"_s].added, 1);
    FakeClinic other;
    auto together = import(other, {allergy, patient(u"p1"_s)});      // it waits for the patient
    QCOMPARE(together.types[u"AllergyIntolerance"_s].added, 1);
    QVERIFY(clinic.rows == other.rows);                              // whatever the order, the same records
    QJsonObject twin = patient(u"p1"_s);
    twin[u"identifier"_s] = QJsonArray{QJsonObject{{u"system"_s, u"urn:b"_s}, {u"value"_s, u"p1"_s}}};
    auto two = import(other, {twin, patient(u"p1"_s), allergy});
    QVERIFY2(reason(two, u"AllergyIntolerance"_s).contains(u"two patients"_s), qPrintable(reason(two, u"AllergyIntolerance"_s)));
}

void FhirClinicalTest::howLongAMedicineIsTaken()
{
    FakeClinic clinic;
    const QString timing = u"'dosageInstruction':[{'timing':{'repeat':{'frequency':3,'period':1,'periodUnit':'d','boundsDuration':{'value':2,'code':'wk'}}}}],"_s;
    const QString supply = u"'dispenseRequest':{'expectedSupplyDuration':{'value':5,'code':'d'}},"_s;
    import(clinic, {bundle({patient(u"p1"_s), resource(u"MedicationRequest"_s, u"m"_s, u"'status':'active',"_s + timing + supply + coded(u"medicationCodeableConcept"_s))})});
    const auto items = clinic.of(tables::prescription_items);
    QCOMPARE(items.size(), std::size_t(1));
    QCOMPARE(schema::toInt(items.front()[schema::col(tables::prescription_items, "duration_days")]), std::int64_t{14});
}

void FhirClinicalTest::aPersonsChangeStays()
{
    const QJsonObject document = bundle({patient(u"p1"_s), encounter(), vital(u"o1"_s, u"8867-4"_s, 72, u"/min"_s)});
    FakeClinic clinic;
    import(clinic, {document});
    for (auto &[key, row] : clinic.rows)
        if (key.first == &tables::vitals)
            row[schema::col(tables::vitals, "heart_rate")] = std::int64_t{80};
    const int written = clinic.written;
    auto report = import(clinic, {document});
    QCOMPARE(clinic.written, written);
    QCOMPARE(report.types[u"Observation"_s].kept, 1);
    QCOMPARE(schema::toInt(clinic.of(tables::vitals).front()[schema::col(tables::vitals, "heart_rate")]), 80);
}

void FhirClinicalTest::realBundles()
{
    const QString bulk = test::sharedData(u"synthea-bulk/Patient.ndjson"_s);
    if (bulk.isEmpty())
        QSKIP("The shared data is not here; set ANTEROOM_DATA. The generated resources ran all the same.");
    const QDir folder(QFileInfo(bulk).dir().filePath(u"../synthea-fhir"_s));
    QStringList files{test::sharedData(u"synthea-bulk/AllergyIntolerance.ndjson"_s), bulk};
    for (const QString &name : folder.entryList({u"*.json"_s}))
        files << folder.filePath(name);
    FakeClinic clinic;
    auto report = importFiles(files, {}, clinic.hooks());
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QCOMPARE(unaccounted(*report), QString());
    QCOMPARE(report->badLineCount, 0);
    const std::map<QString, int> in{{u"Patient"_s, 1165}, {u"Encounter"_s, 158}, {u"Condition"_s, 73}, {u"Observation"_s, 1070},
        {u"MedicationRequest"_s, 37}, {u"Immunization"_s, 140}, {u"AllergyIntolerance"_s, 835}, {u"Procedure"_s, 49}};
    for (const auto &[type, n] : in) {
        QCOMPARE(report->types[type].in, n);
        if (type != u"Patient"_s)
            QCOMPARE(identified(clinic, type), report->types[type].taken);
        if (type != u"Observation"_s)
            QCOMPARE(report->types[type].taken, n);
    }
    QCOMPARE(report->types[u"Observation"_s].taken, 359);
    const int written = clinic.written;
    QVERIFY(importFiles(files, {}, clinic.hooks()));
    QCOMPARE(clinic.written, written);
}

QTEST_GUILESS_MAIN(FhirClinicalTest)
#include "fhir_clinical_test.moc"

// The importer against a store in memory: what it adds, what it leaves alone, which lines it names, and where it stops;
// on a generated file always, on the Synthea patients where they are.
#include "exchange/ndjson_import.h"

#include "domain/patient_number.h"
#include "schema/tables/patient_identifiers.h"
#include "schema/tables/patient_names.h"
#include "schema/tables/patients.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace anteroom;
using namespace anteroom::exchange;
namespace tables = schema::tables;

namespace {

// A replica without storage: applies inserts, remembers batches.
struct FakeClinic {
    std::map<std::pair<const schema::Table *, Uuid>, schema::Row> rows;
    std::vector<std::vector<schema::Change>> batches;
    int serial = 0;
    int failAtBatch = -1;

    ImportHooks hooks()
    {
        return {.lookup = [this](const schema::Table &table, const Uuid &id) -> Result<std::optional<schema::Row>> {
                    const auto at = rows.find({&table, id});
                    return at == rows.end() ? std::nullopt : std::optional(at->second);
                },
            .sink = [this](std::vector<schema::Change> batch) -> Result<void> {
                if (static_cast<int>(batches.size()) == failAtBatch)
                    return fail(ErrorCode::DiskFull, QStringLiteral("The disk is full."));
                for (const auto &change : batch) {
                    schema::Row row = schema::emptyRow(*change.table, change.id);
                    for (const auto &g : change.groups)
                        schema::setGroupValues(*change.table, row, g.group, g.newValues);
                    rows.insert_or_assign({change.table, change.id}, row);
                }
                batches.push_back(std::move(batch));
                return {};
            },
            .newNumber = [this] { return domain::patientNumber(u"AA", ++serial); }};
    }
    int count(const schema::Table &table) const
    {
        return static_cast<int>(
            std::count_if(rows.begin(), rows.end(), [&](const auto &r) { return r.first.first == &table; }));
    }
};

QByteArray patientLine(int n)
{
    QJsonObject o{{QStringLiteral("resourceType"), QStringLiteral("Patient")},
        {QStringLiteral("id"), QStringLiteral("p-%1").arg(n)},
        {QStringLiteral("gender"), n % 2 ? QStringLiteral("female") : QStringLiteral("male")},
        {QStringLiteral("birthDate"), QStringLiteral("%1-0%2").arg(1930 + n % 90).arg(1 + n % 9)}};
    QJsonArray names{QJsonObject{{QStringLiteral("use"), QStringLiteral("official")},
        {QStringLiteral("family"), QStringLiteral("Pérez%1").arg(n)},
        {QStringLiteral("given"), QJsonArray{QStringLiteral("Ana%1").arg(n % 13)}}}};
    if (n % 4 == 0)
        names.append(QJsonObject{{QStringLiteral("use"), QStringLiteral("maiden")},
            {QStringLiteral("family"), QStringLiteral("Roca%1").arg(n)}});
    o[QStringLiteral("name")] = names;
    o[QStringLiteral("identifier")] = QJsonArray{QJsonObject{{QStringLiteral("system"), QStringLiteral("urn:mr")},
                                                     {QStringLiteral("value"), QStringLiteral("MR%1").arg(n)}},
        QJsonObject{{QStringLiteral("system"), QStringLiteral("urn:card")},
            {QStringLiteral("value"), QStringLiteral("C%1").arg(n)}}};
    return QJsonDocument(o).toJson(QJsonDocument::Compact) + '\n';
}

QByteArray manyPatients(int count)
{
    QByteArray file;
    for (int n = 0; n < count; ++n)
        file += patientLine(n);
    return file;
}

Result<ImportReport> import(const QByteArray &text, const ImportHooks &hooks)
{
    QBuffer buffer;
    buffer.setData(text);
    buffer.open(QIODevice::ReadOnly);
    return importNdjson(buffer, hooks);
}

QString dataFolder()
{
    const QString set = qEnvironmentVariable("ANTEROOM_DATA");
    return set.isEmpty() ? QDir::cleanPath(qEnvironmentVariable("ANTEROOM_SOURCE") + QStringLiteral("/../shared/data"))
                         : set;
}

void checkBatches(const FakeClinic &clinic)
{
    for (const auto &batch : clinic.batches) {
        QVERIFY(!batch.empty());
        QVERIFY(batch.size() <= static_cast<std::size_t>(schema::kMaxChangesPerEntry));
        Uuid person; // rows that refer to a person stand behind that person, in one transaction
        for (const auto &change : batch) {
            if (change.table == &tables::patients)
                person = change.id;
            const int ref = schema::findColumn(*change.table, "patient_id");
            if (ref < 0)
                continue;
            schema::Row row = schema::emptyRow(*change.table, change.id);
            for (const auto &g : change.groups)
                schema::setGroupValues(*change.table, row, g.group, g.newValues);
            QVERIFY(schema::toUuid(row[ref]) == person);
        }
    }
}

} // namespace

class NdjsonImportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void importsAndChangesNothingTheSecondTime();
    void neverOverwritesAPerson();
    void addsWhatIsNew();
    void namesBadLines();
    void lineLengthLimit();
    void badLinesAreBounded();
    void samePersonTwiceInOneFile();
    void cancelKeepsWhatWasRead();
    void progressEndsAtTheEnd();
    void aRefusedBatchStops();
    void dryRunCountsTheSame();
    void notNdjson();
    void syntheaPatients();
};

void NdjsonImportTest::importsAndChangesNothingTheSecondTime()
{
    FakeClinic clinic;
    const QByteArray file = manyPatients(1200);
    const auto first = import(file, clinic.hooks());
    QVERIFY(first);
    QCOMPARE(first->created, 1200);
    QCOMPARE(first->badLineCount, 0);
    QCOMPARE(clinic.count(tables::patients), 1200);
    QCOMPARE(clinic.count(tables::patient_names), 300);
    QCOMPARE(clinic.count(tables::patient_identifiers), 3600);
    QCOMPARE(first->rowsAdded, static_cast<int>(clinic.rows.size()));
    checkBatches(clinic);
    std::set<std::string> numbers;
    for (const auto &[key, row] : clinic.rows)
        if (key.first == &tables::patients)
            numbers.emplace(schema::toText(row[schema::findColumn(tables::patients, "number")]));
    QCOMPARE(numbers.size(), std::size_t(1200));

    const auto before = clinic.rows;
    clinic.batches.clear();
    const auto second = import(file, clinic.hooks());
    QVERIFY(second);
    QCOMPARE(second->created, 0);
    QCOMPARE(second->kept, 0);
    QCOMPARE(second->unchanged, 1200);
    QVERIFY(clinic.batches.empty()); // no transaction at all: the revision stays
    QVERIFY(clinic.rows == before);
    QCOMPARE(clinic.serial, 1200); // and no number is used up
}

void NdjsonImportTest::neverOverwritesAPerson()
{
    FakeClinic clinic;
    const QByteArray file = manyPatients(10);
    QVERIFY(import(file, clinic.hooks()));
    int edited = 0;
    for (auto &[key, row] : clinic.rows) {
        if (key.first != &tables::patients || edited == 3)
            continue;
        if (edited == 0)
            row[schema::findColumn(tables::patients, "given_name")] = std::string("Corrected");
        else if (edited == 1)
            row[schema::kDeletedAt] = std::int64_t{1};
        else
            row[schema::findColumn(tables::patients, "phone")] = std::string("added by hand"); // the source has none
        ++edited;
    }
    const auto before = clinic.rows;
    const auto again = import(file, clinic.hooks());
    QCOMPARE(again->kept, 2);
    QCOMPARE(again->unchanged, 8);
    QVERIFY(clinic.rows == before);
}

void NdjsonImportTest::addsWhatIsNew()
{
    FakeClinic clinic;
    QVERIFY(import(patientLine(1), clinic.hooks()));
    auto object = QJsonDocument::fromJson(patientLine(1)).object();
    auto identifiers = object[QStringLiteral("identifier")].toArray();
    identifiers.append(QJsonObject{
        {QStringLiteral("system"), QStringLiteral("urn:new")}, {QStringLiteral("value"), QStringLiteral("N1")}});
    object[QStringLiteral("identifier")] = identifiers;
    const auto report = import(QJsonDocument(object).toJson(QJsonDocument::Compact), clinic.hooks());
    QCOMPARE(report->created, 0);
    QCOMPARE(report->unchanged, 1);
    QCOMPARE(report->rowsAdded, 1);
    QCOMPARE(clinic.count(tables::patient_identifiers), 4);
}

void NdjsonImportTest::namesBadLines()
{
    FakeClinic clinic;
    const QByteArray file = QByteArray("\xef\xbb\xbf") + patientLine(1) + "\r\n" + "{not json\n" + "[1]\n"
        + "{\"a\":1}\n" + "{\"resourceType\":\"Claim\",\"id\":\"o\"}\n"
        + "{\"resourceType\":\"Claim\",\"id\":\"p\"}\n"
        + "{\"resourceType\":\"Patient\",\"id\":\"b\",\"birthDate\":\"30.2.1988\"}\n"
        + "{\"resourceType\":\"Patient\",\"id\":\"\xff\"}\n" + patientLine(2).trimmed();
    auto report = import(file, clinic.hooks());
    QVERIFY(report);
    QCOMPARE(report->created, 2);
    QCOMPARE(report->otherTypes[QStringLiteral("Claim")], 2);
    QCOMPARE(report->types[QStringLiteral("Claim")].in, 2);
    QCOMPARE(report->types[QStringLiteral("Claim")].taken, 0);
    QCOMPARE(report->types[QStringLiteral("Patient")].in, 3);
    QCOMPARE(report->types[QStringLiteral("Patient")].taken, 2);
    QList<qint64> numbers;
    for (const auto &line : report->badLines) {
        numbers.append(line.number);
        QVERIFY(line.why.endsWith(QLatin1Char('.')));
    }
    QCOMPARE(numbers, (QList<qint64>{3, 4, 5, 8, 9}));
    QCOMPARE(report->badLineCount, 5);
    QVERIFY(report->badLines[3].why.contains(QStringLiteral("birthDate")));
    QVERIFY(!report->badLines[3].why.contains(QStringLiteral("1988"))); // never what is in it
}

void NdjsonImportTest::lineLengthLimit()
{
    const auto lineOf = [](qint64 size, int n) {
        QByteArray line = patientLine(n).trimmed();
        line.insert(line.size() - 1, QByteArray(size - line.size(), ' '));
        return line;
    };
    FakeClinic clinic;
    const auto report = import(lineOf(kMaxLineBytes, 1) + '\n' + lineOf(kMaxLineBytes + 1, 2) + '\n'
            + lineOf(3 * kMaxLineBytes, 3) + '\n' + lineOf(kMaxLineBytes + 2, 4) + '\n' + patientLine(5)
            + lineOf(kMaxLineBytes + 1, 6),
        clinic.hooks());
    QVERIFY(report);
    QCOMPARE(report->created, 2);
    QList<qint64> numbers;
    for (const auto &line : report->badLines)
        numbers.append(line.number);
    QCOMPARE(numbers, (QList<qint64>{2, 3, 4, 6}));
    QVERIFY(report->badLines[0].why.contains(QStringLiteral("4 MiB")));
}

void NdjsonImportTest::badLinesAreBounded()
{
    FakeClinic clinic;
    const auto report = import(QByteArray("x\n").repeated(5000), clinic.hooks());
    QVERIFY(report);
    QCOMPARE(report->badLineCount, 5000);
    QCOMPARE(report->badLines.size(), kMaxBadLinesListed);
}

void NdjsonImportTest::samePersonTwiceInOneFile()
{
    FakeClinic clinic;
    const auto report = import(patientLine(1) + patientLine(1), clinic.hooks());
    QCOMPARE(report->created, 1);
    QCOMPARE(report->unchanged, 1);
    QCOMPARE(clinic.batches.size(), std::size_t(1));
    QCOMPARE(clinic.batches[0].size(), std::size_t(4));
}

void NdjsonImportTest::cancelKeepsWhatWasRead()
{
    FakeClinic clinic;
    std::atomic<bool> cancel = false;
    auto hooks = clinic.hooks();
    hooks.cancel = &cancel;
    hooks.progress = [&](const ImportProgress &p) { cancel = cancel || p.patients >= 200; };
    const auto report = import(manyPatients(1200), hooks);
    QVERIFY(report);
    QVERIFY(report->cancelled);
    QVERIFY(report->created >= 150 && report->created < 600);
    QCOMPARE(clinic.count(tables::patients), report->created);
    cancel = false;
    hooks.progress = {};
    const auto rest = import(manyPatients(1200), hooks);
    QCOMPARE(rest->created + report->created, 1200);
}

void NdjsonImportTest::progressEndsAtTheEnd()
{
    FakeClinic clinic;
    const QByteArray file = manyPatients(500);
    std::vector<ImportProgress> seen;
    auto hooks = clinic.hooks();
    hooks.progress = [&](const ImportProgress &p) { seen.push_back(p); };
    QVERIFY(import(file, hooks));
    QVERIFY(seen.size() >= 3);
    for (std::size_t i = 1; i < seen.size(); ++i)
        QVERIFY(seen[i].bytesDone >= seen[i - 1].bytesDone && seen[i].patients >= seen[i - 1].patients);
    QCOMPARE(seen.back().bytesDone, file.size());
    QCOMPARE(seen.back().bytesTotal, file.size());
    QCOMPARE(seen.back().patients, 500);
}

void NdjsonImportTest::aRefusedBatchStops()
{
    FakeClinic clinic;
    clinic.failAtBatch = 1;
    const auto report = import(manyPatients(1200), clinic.hooks());
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::DiskFull);
    QVERIFY(report.error().detail.contains(QStringLiteral("line")));
    QVERIFY(report.error().detail.contains(QString::number(clinic.rows.size())));
    clinic.failAtBatch = -1;
    const auto rest = import(manyPatients(1200), clinic.hooks());
    QVERIFY(rest && rest->created > 0 && rest->unchanged > 0);
    QCOMPARE(clinic.count(tables::patients), 1200);
}

void NdjsonImportTest::dryRunCountsTheSame()
{
    FakeClinic clinic;
    auto hooks = clinic.hooks();
    hooks.sink = [](std::vector<schema::Change>) -> Result<void> { return {}; };
    hooks.newNumber = {};
    const auto dry = import(manyPatients(300) + patientLine(1), hooks);
    const auto wet = import(manyPatients(300) + patientLine(1), clinic.hooks());
    QCOMPARE(dry->created, wet->created);
    QCOMPARE(dry->unchanged, wet->unchanged);
    QCOMPARE(dry->rowsAdded, wet->rowsAdded);
}

void NdjsonImportTest::notNdjson()
{
    FakeClinic clinic;
    const auto report = import("{\n  \"resourceType\": \"Bundle\"\n}\n", clinic.hooks());
    QVERIFY(!report);
    QVERIFY(report.error().detail.contains(QStringLiteral("NDJSON")));
    const auto empty = import("", clinic.hooks());
    QVERIFY(empty);
    QCOMPARE(empty->created, 0);
}

void NdjsonImportTest::syntheaPatients()
{
    const QString path = dataFolder() + QStringLiteral("/synthea-bulk/Patient.ndjson");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        QSKIP("The Synthea patients are not here; set ANTEROOM_DATA to the folder that holds synthea-bulk/Patient.ndjson.");
    FakeClinic clinic;
    const auto report = importNdjson(file, clinic.hooks());
    QVERIFY(report);
    QCOMPARE(report->created, 1144);
    for (const auto &line : report->badLines)
        qWarning("line %lld: %s", static_cast<long long>(line.number), qPrintable(line.why));
    QCOMPARE(report->badLineCount, 0);
    QCOMPARE(clinic.count(tables::patient_names), 297); // each "maiden" entry of the file
    checkBatches(clinic);
    int dead = 0;
    for (const auto &[key, row] : clinic.rows)
        if (key.first == &tables::patients)
            dead += schema::toInt(row[schema::findColumn(tables::patients, "deceased")]) != 0;
    QCOMPARE(dead, 144);
    file.seek(0);
    clinic.batches.clear();
    const auto again = importNdjson(file, clinic.hooks());
    QCOMPARE(again->unchanged, 1144);
    QVERIFY(clinic.batches.empty());
}

QTEST_GUILESS_MAIN(NdjsonImportTest)
#include "ndjson_import_test.moc"

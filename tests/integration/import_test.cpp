// The real hub imports bundles, allergies and a list of codes while a client is connected: every resource is accounted for,
// the client has all of it, and importing again changes nothing.
#include "support/process.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace anteroom::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPeople = 40;
constexpr int kCodes = 1200;         // three batches

QByteArray coded(const QByteArray &field, int n) { return '"' + field + R"(":{"coding":[{"system":"http://snomed.info/sct","code":")" + QByteArray::number(n) + R"(","display":"Thing"}]})"; }

// A life in one bundle: what refers to a row stands before it.
QByteArray twinBundle(int n)
{
    const QByteArray id = QByteArray::number(n), who = R"({"reference":"urn:uuid:p)" + id + R"("})";
    const auto entry = [&](const QByteArray &type, const QByteArray &key, const QByteArray &rest) -> QByteArray {
        return R"({"fullUrl":"urn:uuid:)" + key + id + R"(","resource":{"resourceType":")" + type + R"(","id":")" + key + id + R"(",)" + rest + "}}";
    };
    const QByteArray at = R"("encounter":{"reference":"urn:uuid:e)" + id + R"("},)", subject = "\"subject\":" + who + ',', patient = "\"patient\":" + who + ',';
    return R"({"resourceType":"Bundle","type":"collection","entry":[)"
        + entry("Condition", "c", subject + at + coded("code", n)) + ','
        + entry("Observation", "o", subject + at + R"("status":"final","category":[{"coding":[{"code":"vital-signs"}]}],"effectiveDateTime":"2020-01-02T03:04:05Z",)"
                    R"("code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"valueQuantity":{"value":72,"code":"/min"})") + ','
        + entry("Observation", "l", subject + R"("status":"final","category":[{"coding":[{"code":"laboratory"}]}])") + ','
        + entry("MedicationRequest", "m", subject + at + R"("status":"stopped","intent":"order",)" + coded("medicationCodeableConcept", n)) + ','
        + entry("Immunization", "i", patient + at + R"("status":"completed",)" + coded("vaccineCode", n)) + ','
        + entry("AllergyIntolerance", "a", patient + coded("code", n)) + ','
        + entry("Procedure", "q", subject + at + R"("status":"completed",)" + coded("code", n)) + ','
        + entry("Claim", "x", R"("status":"active")") + ','
        + entry("Encounter", "e", subject + R"("status":"finished","class":{"code":"AMB"},"period":{"start":"2020-01-02T03:00:00Z"})") + ','
        + entry("Patient", "p", R"("name":[{"family":"Roca","given":["Ana"]}],"birthDate":"1988-11-20")") + "]}\n";
}

QStringList twins(const QDir &dir)
{
    QStringList files;
    for (int n = 0; n < kPeople; ++n) {
        QFile file(dir.filePath(u"twin%1.json"_s.arg(n)));
        if (file.open(QIODevice::WriteOnly) && file.write(twinBundle(n)) > 0)
            files << file.fileName();
    }
    return files;
}

QString codes(const QDir &dir)
{
    QFile file(dir.filePath(u"icd10cm_2021.tsv"_s));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write("code\tbillable\tdescription\n");
    for (int n = 0; n < kCodes; ++n)
        file.write("A" + QByteArray::number(n) + "\t1\tDisease number " + QByteArray::number(n) + '\n');
    return file.fileName();
}

QString unaccounted(const QJsonObject &types)
{
    for (const QString &type : types.keys()) {
        const QJsonObject count = types[type].toObject();
        int left = 0;
        for (const QJsonValue &n : count["not_taken"_L1].toObject())
            left += n.toInt();
        if (count["in"_L1].toInt() != count["taken"_L1].toInt() + left)
            return type;
    }
    return {};
}

} // namespace

class ImportTest : public QObject {
    Q_OBJECT

    void run(const QStringList &files, const QMap<QString, int> &taken)
    {
        QTemporaryDir dir;
        TwoProcesses two(dir.path());
        QVERIFY2(two.startHost(), two.host.words().constData());
        QVERIFY2(two.joinFirst(), two.client.words().constData());
        const RunOptions long_{.input = {}, .uid = {}, .timeoutMs = 300'000};
        const QStringList import = QStringList{u"import"_s} + files + QStringList{u"--json"_s, u"--data"_s};
        const Finished dry = runHub(import + QStringList{two.hostDir, u"--dry-run"_s}, long_);
        QVERIFY2(dry.code == 0, dry.err.constData());
        const qint64 before = status(two.hostDir).value("rev"_L1).toInteger();
        const Finished first = runHub(import + QStringList{two.hostDir}, long_);
        QVERIFY2(first.code == 0, first.err.constData());
        QCOMPARE(dry.json()["types"_L1].toObject(), first.json()["types"_L1].toObject());
        const QJsonObject types = first.json()["types"_L1].toObject();
        QCOMPARE(unaccounted(types), QString());
        for (const QString &type : taken.keys())
            QCOMPARE(types[type].toObject()["taken"_L1].toInt(), taken[type]);
        const qint64 rev = status(two.hostDir).value("rev"_L1).toInteger();
        QVERIFY(rev > before);
        const Finished again = runHub(import + QStringList{two.hostDir}, long_);
        QVERIFY2(again.code == 0, again.err.constData());
        QCOMPARE(status(two.hostDir).value("rev"_L1).toInteger(), rev);
        QCOMPARE(again.json()["rows"_L1].toInt(), 0);
        QVERIFY(two.settle(180'000));                        // digests of both are equal
        for (const QString &folder : {two.hostDir, two.clientDir})
            QCOMPARE(runHub({u"verify"_s, u"--data"_s, folder}, long_).code, 0);
    }

private Q_SLOTS:
    void twinBundlesAndCodes()
    {
        QTemporaryDir dir;
        run(twins(QDir(dir.path())) + QStringList{codes(QDir(dir.path()))},
            {{u"Patient"_s, kPeople}, {u"Encounter"_s, kPeople}, {u"Condition"_s, kPeople}, {u"Observation"_s, kPeople}, {u"MedicationRequest"_s, kPeople},
             {u"Immunization"_s, kPeople}, {u"AllergyIntolerance"_s, kPeople}, {u"Procedure"_s, kPeople}, {u"Claim"_s, 0}, {u"ICD-10-CM code"_s, kCodes}});
    }

    void realBundlesAndAllergies()
    {
        const QString bulk = sharedData(u"synthea-bulk/Patient.ndjson"_s);
        if (bulk.isEmpty())
            QSKIP("The shared data is not here; set ANTEROOM_DATA. The generated twin ran all the same.");
        const QDir folder(QFileInfo(bulk).dir().filePath(u"../synthea-fhir"_s));
        QStringList files{sharedData(u"synthea-bulk/AllergyIntolerance.ndjson"_s), bulk};
        for (const QString &name : folder.entryList({u"*.json"_s}))
            files << folder.filePath(name);
        run(files, {{u"Patient"_s, 1165}, {u"Encounter"_s, 158}, {u"Condition"_s, 73}, {u"Observation"_s, 359}, {u"MedicationRequest"_s, 37},
                    {u"Immunization"_s, 140}, {u"AllergyIntolerance"_s, 835}, {u"Procedure"_s, 49}});
    }
};

QTEST_GUILESS_MAIN(ImportTest)
#include "import_test.moc"

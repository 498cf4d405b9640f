// What a file is, bundles that are no bundles, and lists of codes: a first import, a second one, a newer and an older list.
#include "exchange/import_files.h"

#include "exchange/code_list.h"
#include "schema/tables/code_concepts.h"
#include "support/process.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace anteroom;
using namespace anteroom::exchange;
using namespace Qt::StringLiterals;
namespace tables = schema::tables;

namespace {

const auto &t = tables::code_concepts;
const QByteArray kHeader = "code\tbillable\tdescription\n";

struct FakeCodes {
    std::map<Uuid, schema::Row> rows;
    int written = 0;

    ImportHooks hooks()
    {
        ImportHooks hooks;
        hooks.lookup = [this](const schema::Table &, const Uuid &id) -> Result<std::optional<schema::Row>> {
            const auto at = rows.find(id);
            return at == rows.end() ? std::nullopt : std::optional(at->second);
        };
        hooks.where = [this](const schema::Table &table, const schema::ColumnValue &, const Uuid &after, int limit) -> Result<std::vector<schema::Row>> {
            std::vector<schema::Row> found;
            for (const auto &[id, row] : rows)
                if (&table == &t && after < id && static_cast<int>(found.size()) < limit)
                    found.push_back(row);
            return found;
        };
        hooks.sink = [this](std::vector<schema::Change> batch) -> Result<void> {
            for (const auto &change : batch) {
                auto &row = rows.try_emplace(change.id, schema::emptyRow(*change.table, change.id)).first->second;
                for (const auto &g : change.groups)
                    schema::setGroupValues(*change.table, row, g.group, g.newValues);
                ++written;
            }
            return {};
        };
        return hooks;
    }
    schema::Row code(const std::string &name) const { return rows.at(schema::naturalId(t, {std::string(tables::kIcd10CmSystem), name})); }
    QString title(const std::string &name) const { return schema::toQString(code(name)[schema::col(t, "title")]); }
    bool active(const std::string &name) const { return schema::toInt(code(name)[schema::col(t, "active")]) != 0; }
};

} // namespace

class ImportFilesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    QString file(const QString &name, const QByteArray &text) const
    {
        QFile out(m_dir.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("no file");
        return out.fileName();
    }

private Q_SLOTS:
    void kinds()
    {
        QCOMPARE(kindOfFile(QByteArray(kHeader + "A00\t0\tCholera\n")), FileKind::Codes);
        QCOMPARE(kindOfFile("\xef\xbb\xbf" "code\tbillable\tdescription\r\n"), FileKind::Codes);
        QCOMPARE(kindOfFile("{\n  \"resourceType\": \"Bundle\",\n"), FileKind::Document);
        QCOMPARE(kindOfFile("{\"resourceType\":\"Bundle\",\"entry\":[]}"), FileKind::Document);
        QCOMPARE(kindOfFile("{\n  \"id\": \"1\",\n  \"resourceType\": \"Patient\"\n}\n"), FileKind::Document);
        QCOMPARE(kindOfFile("{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Patient\"}\n"), FileKind::Ndjson);
        QCOMPARE(kindOfFile(""), FileKind::Ndjson);
    }

    void aBrokenBundleSaysWhereAndStopsNothing()
    {
        FakeCodes clinic;
        const QString broken = file(u"broken.json"_s, "{\n \"resourceType\": \"Bundle\",\n \"entry\": [\n  {]\n");
        const QString codes = file(u"icd10cm_2021.tsv"_s, kHeader + "A00\t0\tCholera\n");
        const QString deep = file(u"deep.json"_s, "{\"resourceType\":\"Bundle\",\n\"entry\":" + QByteArray(5000, '[') + QByteArray(5000, ']') + "}\n");
        const QString odd = file(u"odd.json"_s, "{\"resourceType\":\"Bundle\",\n\"entry\":[{\"request\":{}}, 7, {\"resource\":{\"resourceType\":\"Bundle\"}}]}\n");
        auto report = importFiles({broken, deep, odd, codes}, {}, clinic.hooks());
        QVERIFY(report);
        QCOMPARE(report->badLineCount, 4);
        QCOMPARE(report->badLines[0].file, broken);
        QCOMPARE(report->badLines[0].number, 4);
        QCOMPARE(report->badLines[1].file, deep);
        QVERIFY(report->badLines[2].entry);
        QCOMPARE(report->badLines[2].number, 1);
        QCOMPARE(report->types[u"Bundle"_s].in, 1);
        QCOMPARE(clinic.rows.size(), std::size_t(1));
    }

    void aNewerListUpdatesAndRetires()
    {
        FakeCodes clinic;
        const QString first = file(u"icd10cm_2021.tsv"_s, kHeader + "A00\t0\tCholera\nA00.0\t1\tOld words\nA01\t0\tTyphoid\nbad line\nA00\t1\tTwice\n");
        auto report = importFiles({first}, {}, clinic.hooks());
        QVERIFY(report);
        QCOMPARE(report->types[u"ICD-10-CM code"_s].in, 5);
        QCOMPARE(report->types[u"ICD-10-CM code"_s].taken, 3);
        QCOMPARE(schema::toText(clinic.code("A00.0")[schema::col(t, "folded")]), "old words");
        const int written = clinic.written;
        QVERIFY(importFiles({first}, {}, clinic.hooks()));
        QCOMPARE(clinic.written, written);

        const QString second = file(u"icd10cm_2022.tsv"_s, kHeader + "A00\t0\tCholera\nA00.0\t1\tNew words\nA02\t1\tNew code\n");
        report = importFiles({second}, {}, clinic.hooks());
        QVERIFY(report);
        QCOMPARE(report->types[u"ICD-10-CM code"_s].retired, 1);
        QCOMPARE(clinic.title("A00.0"), u"New words"_s);
        QVERIFY(!clinic.active("A01"));
        const int afterSecond = clinic.written;
        report = importFiles({first}, {}, clinic.hooks());           // last year's again: nothing goes back
        QVERIFY(report);
        QCOMPARE(clinic.written, afterSecond);
        QCOMPARE(clinic.title("A00.0"), u"New words"_s);

        QVERIFY(importFiles({file(u"icd10cm_2023.tsv"_s, kHeader + "A00\t0\tCholera\nA01\t0\tTyphoid\nA02\t1\tNew code\n")}, {}, clinic.hooks()));
        QVERIFY(clinic.active("A01"));                               // it came back
        QVERIFY(!clinic.active("A00.0"));
        report = importFiles({file(u"icd10cm_2024.tsv"_s, kHeader + "A00\t0\tCholera\n")}, {}, clinic.hooks());
        QVERIFY(report);
        QCOMPARE(report->notes.size(), std::size_t(1));              // a torso retires nothing
        QVERIFY(clinic.active("A01"));
    }

    void aNewerListThatWasStoppedRetiresWhenItIsReadAgain()
    {
        FakeCodes clinic;
        QByteArray lines = kHeader;
        for (int i = 0; i < 600; ++i)
            lines += "B" + QByteArray::number(1000 + i) + "\t1\tWords\n";
        QVERIFY(importFiles({file(u"icd10cm_2021.tsv"_s, lines + "A00\t0\tCholera\n")}, {}, clinic.hooks()));
        const QString second = file(u"icd10cm_2022.tsv"_s, lines);
        ImportHooks stopped = clinic.hooks();
        stopped.sink = [&, save = stopped.sink, batches = 0](std::vector<schema::Change> batch) mutable -> Result<void> {
            return ++batches > 1 ? fail(ErrorCode::DiskFull, u"The disk is full."_s) : save(std::move(batch));
        };
        QVERIFY(!importFiles({second}, {}, stopped));
        QVERIFY(clinic.active("A00"));
        auto report = importFiles({second}, {}, clinic.hooks());
        QVERIFY(report);
        QCOMPARE(report->types[u"ICD-10-CM code"_s].retired, 1);
        QVERIFY(!clinic.active("A00"));
        auto &row = clinic.rows.at(schema::naturalId(t, {std::string(tables::kIcd10CmSystem), "A00"}));
        row[schema::col(t, "active")] = std::int64_t{1};           // somebody still uses it
        const int written = clinic.written;
        QVERIFY(importFiles({second}, {}, clinic.hooks()));
        QCOMPARE(clinic.written, written);
    }

    void aListWithoutAYearIsRefused()
    {
        FakeCodes clinic;
        const QString path = file(u"codes.tsv"_s, kHeader + "A00\t0\tCholera\n");
        const auto report = importFiles({path}, {}, clinic.hooks());
        QVERIFY(!report);
        QVERIFY(report.error().detail.contains(u"year"_s));
        QVERIFY(importFiles({path}, {.codesVersion = u"2021"_s}, clinic.hooks()));
        QCOMPARE(versionInName(u"/data/2019/icd10cm_2021.tsv"_s), u"2021"_s);
        QCOMPARE(versionInName(u"icd10cm_20210.tsv"_s), QString());
    }

    void theRealList()
    {
        const QString path = test::sharedData(u"icd10cm/icd10cm_2021.tsv"_s);
        if (path.isEmpty())
            QSKIP("The shared data is not here; set ANTEROOM_DATA. The generated list ran all the same.");
        FakeCodes clinic;
        auto report = importFiles({path}, {}, clinic.hooks());
        QVERIFY(report);
        QCOMPARE(report->types[u"ICD-10-CM code"_s].taken, 95'358);
        QCOMPARE(report->badLineCount, 0);
    }
};

QTEST_GUILESS_MAIN(ImportFilesTest)
#include "import_files_test.moc"

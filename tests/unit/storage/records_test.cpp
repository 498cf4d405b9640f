// Records: what is written is read, for every table of the registry; lists are cut, sorted and paged as asked.
#include "storage/record_query.h"
#include "storage/records.h"

#include "scratch.h"

#include <algorithm>

using namespace scratch;

class RecordsTest : public QObject {
    Q_OBJECT

private:
    static const schema::Table &patients() { return *schema::findTable("patients"); }
    static int column(std::string_view name) { return schema::findColumn(patients(), name); }
    static schema::Row patient(Random &random, const char *family, const char *given, bool deleted = false)
    {
        schema::Row row = schema::emptyRow(patients(), randomUuid(random));
        row[column("family_name")] = *family ? schema::Value{std::string(family)} : schema::Value{};
        row[column("given_name")] = *given ? schema::Value{std::string(given)} : schema::Value{};
        row[column("folded_name")] = std::string(family) + ' ' + given;
        row[schema::kCreatedAt] = std::int64_t{5};
        if (deleted)
            row[schema::kDeletedAt] = std::int64_t{9};
        return row;
    }
    static QStringList names(const std::vector<schema::Row> &rows)
    {
        QStringList all;
        for (const auto &row : rows)
            all << schema::toQString(row[column("family_name")]) + u' ' + schema::toQString(row[column("given_name")]);
        return all;
    }

private Q_SLOTS:
    void everyTableRoundTrips()
    {
        Scratch s;
        SeededRandom random(20261120);
        for (const schema::Table *table : schema::allTables()) {
            Transaction transaction(*s, "test");
            for (int i = 0; i < 40; ++i) {
                const schema::Row row = randomRow(random, *table);
                upsertRow(transaction, *table, row);
                auto read = readRow(*s, *table, row.id);
                QVERIFY2(read && *read == row, table->name.data());
                schema::Row changed = randomRow(random, *table);         // every column is overwritten, NULL too
                changed.id = row.id;
                upsertRow(transaction, *table, changed);
                read = readRow(*s, *table, row.id);
                QVERIFY2(read && *read == changed, table->name.data());
            }
            QCOMPARE(countRows(*s, *table, {}, true), 40);
            std::vector<Uuid> ids;
            forEachRow(*s, *table, [&](const schema::Row &row) { ids.push_back(row.id); return true; });
            QCOMPARE(ids.size(), 40u);
            QVERIFY(std::is_sorted(ids.begin(), ids.end()));
            eraseRow(transaction, *table, ids.front());
            QVERIFY(!readRow(*s, *table, ids.front()));
            QCOMPARE(countRows(*s, *table, {}, true), 39);
            transaction.commit();
        }
    }

    void overwritingKeepsTheLocalKey()
    {
        Scratch s;
        SeededRandom random(2);
        Transaction transaction(*s, "test");
        const schema::Row ana = patient(random, "Silva", "Ana"), bo = patient(random, "Berg", "Bo");
        upsertRow(transaction, patients(), ana);
        upsertRow(transaction, patients(), bo);
        upsertRow(transaction, patients(), ana);
        QCOMPARE(number(*s, "SELECT pk FROM patients WHERE family_name='Silva'"), 1);
        QCOMPARE(number(*s, "SELECT max(pk) FROM patients"), 2);
    }

    void wrongShapeIsADefect()
    {
        Scratch s;
        Transaction transaction(*s, "test");
        schema::Row row;
        QCOMPARE(thrown([&] { upsertRow(transaction, patients(), row); }), ErrorCode::Invalid);
    }

    void findsByValueAndByNull()
    {
        Scratch s;
        SeededRandom random(3);
        Transaction transaction(*s, "test");
        std::vector<schema::Row> same{patient(random, "Silva", "Ana"), patient(random, "Silva", ""), patient(random, "Silva", "Bo", true)};
        for (const auto &row : same)
            upsertRow(transaction, patients(), row);
        upsertRow(transaction, patients(), patient(random, "Berg", "Ana"));
        std::sort(same.begin(), same.end(), [](const auto &a, const auto &b) { return a.id < b.id; });
        const Condition silva{column("family_name"), std::string("Silva")};
        QVERIFY(findRows(*s, patients(), std::vector{silva}, 10) == same);
        QVERIFY(findRows(*s, patients(), std::vector{silva}, 2) == std::vector(same.begin(), same.begin() + 2));
        QCOMPARE(names(findRows(*s, patients(), std::vector<Condition>{silva, {column("given_name"), {}}}, 10)), QStringList{QStringLiteral("Silva ")});
        QCOMPARE(findRows(*s, patients(), {}, 10).size(), 4u);
        QCOMPARE(countRows(*s, patients(), std::vector{silva}), 2);
        QCOMPARE(countRows(*s, patients(), std::vector{silva}, true), 3);
        QCOMPARE(countRows(*s, patients(), {}), 3);
    }

    void maxOfCountsMarkedRowsAndIsZeroWithoutAny()
    {
        Scratch s;
        SeededRandom random(4);
        Transaction transaction(*s, "test");
        QCOMPARE(maxOf(*s, patients(), schema::kDeletedAt, {}), 0);
        upsertRow(transaction, patients(), patient(random, "Silva", "Ana", true));
        QCOMPARE(maxOf(*s, patients(), schema::kDeletedAt, {}), 9);
        QCOMPARE(maxOf(*s, patients(), schema::kDeletedAt, std::vector<Condition>{{column("family_name"), std::string("Berg")}}), 0);
    }

    void listsByPrefixSortedAndWithoutMarkedRows()
    {
        Scratch s;
        SeededRandom random(5);
        Transaction transaction(*s, "test");
        for (const auto &row : {patient(random, "silva", "bo"), patient(random, "silva", "ana"), patient(random, "silvester", "x"), patient(random, "silva", "z", true),
                                patient(random, "sil", "q"), patient(random, "berg", "silva"), patient(random, "silv\xF0\x9F\x98\x80", "emoji")})
            upsertRow(transaction, patients(), row);
        RecordQuery query{.table = &patients(), .prefixColumn = column("folded_name"), .prefix = "silv", .orderBy = {{column("family_name")}, {column("given_name"), true}}};
        QCOMPARE(names(listRows(*s, query)), (QStringList{QStringLiteral("silva bo"), QStringLiteral("silva ana"), QStringLiteral("silvester x"), QStringLiteral("silv😀 emoji")}));
        query.limit = 1;
        query.offset = 2;
        QCOMPARE(names(listRows(*s, query)), QStringList{QStringLiteral("silvester x")});
        query.offset = 0;
        query.deletedToo = true;
        QCOMPARE(names(listRows(*s, query)), QStringList{QStringLiteral("silva z")});
    }

    // Pages by key, of every size, in every direction, with NULLs and equal values: together they are the list.
    void pagesByKeyMakeTheWholeList()
    {
        Scratch s;
        SeededRandom random(6);
        Transaction transaction(*s, "test");
        static constexpr const char *kNames[] = {"", "a", "b"};
        for (int i = 0; i < 60; ++i)
            upsertRow(transaction, patients(), patient(random, kNames[random.u64() % 3], kNames[random.u64() % 3]));
        for (int directions = 0; directions < 4; ++directions) {
            RecordQuery whole{.table = &patients(), .orderBy = {{column("family_name"), (directions & 1) != 0}, {column("given_name"), (directions & 2) != 0}}};
            const auto all = listRows(*s, whole);
            QCOMPARE(all.size(), 60u);
            for (const int size : {1, 7, 60, 61}) {
                RecordQuery query = whole;
                query.limit = size;
                std::vector<schema::Row> paged;
                for (;;) {
                    const auto page = listRows(*s, query);
                    if (page.empty())
                        break;
                    paged.insert(paged.end(), page.begin(), page.end());
                    query.after = page.back();
                }
                QVERIFY2(paged == all, qPrintable(QStringLiteral("%1 rows a page, directions %2").arg(size).arg(directions)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(RecordsTest)
#include "records_test.moc"

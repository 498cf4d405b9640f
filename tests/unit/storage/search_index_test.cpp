// The search index: how people type names and numbers, what is found first, and that the index follows its rows through
// changes, slices and half-done work.
#include "storage/records.h"
#include "storage/search_index.h"
#include "storage/search_query.h"
#include "storage/sync_index.h"

#include "schema/tables/active_patient_queue.h"
#include "schema/tables/code_concepts.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patient_contacts.h"
#include "schema/tables/patient_names.h"
#include "schema/tables/patients.h"

#include "scratch.h"

using namespace scratch;
using namespace anteroom::schema::tables;

namespace {

struct Clinic {
    Scratch scratch;
    SeededRandom random{20261121};
    SearchVocabulary vocabulary;
    std::int64_t rev = 0;

    Connection &db() { return *scratch; }
    void write(const schema::Table &table, const schema::Row &row, bool index = true)
    {
        Transaction transaction(db(), "test");
        upsertRow(transaction, table, row);
        SyncIndex(db()).setTouched(table, row.id, {++rev, 0});
        if (index)
            SearchIndex(db()).read(table, row.id);
        transaction.commit();
    }
    schema::Row patient(const QString &given, const QString &family, const QString &phone = {}, const QString &number = {}, bool index = true)
    {
        schema::Row row = schema::emptyRow(patients, randomUuid(random));
        row[schema::col(patients, "given_name")] = schema::text(given);
        row[schema::col(patients, "family_name")] = schema::text(family);
        row[schema::col(patients, "phone_digits")] = schema::text(phone);
        row[schema::col(patients, "number")] = schema::text(number);
        row[schema::col(patients, "active")] = std::int64_t{1};
        write(patients, row, index);
        return row;
    }
    bool slice(int rows)
    {
        Transaction transaction(db(), "test");
        const bool more = SearchIndex(db()).slice([&rows] { return --rows <= 0; });
        transaction.commit();
        return more;
    }
    void catchUp()
    {
        while (slice(50)) {
        }
    }
    bool behind()
    {
        Transaction transaction(db(), "test", Transaction::Kind::Read);
        return SearchIndex(db()).behind();
    }
    SearchAnswer find(SearchRequest request)
    {
        Transaction transaction(db(), "test", Transaction::Kind::Read);
        return search(db(), vocabulary, request);
    }
    // Given names of patients, labels of tickets, numbers of bills; the lower band in brackets.
    QStringList found(const QString &typed, int limit = 20)
    {
        QStringList all;
        for (const SearchHit &hit : find({.text = typed, .limit = limit}).hits) {
            const int column = hit.table == &patients ? schema::col(patients, "given_name") : hit.table == &patient_bills ? schema::col(patient_bills, "number")
                                                                                            : schema::findColumn(*hit.table, "label");
            const QString name = schema::toQString(hit.row[column]);
            all << (hit.similar ? u'(' + name + u')' : name);
        }
        return all;
    }
};

} // namespace

class SearchIndexTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAreFoundAsTheyAreTyped_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char *typed, const QStringList &found) { QTest::newRow(typed) << QString::fromUtf8(typed) << found; };
        row("lukasz", {QStringLiteral("Łukasz")});
        row("Łuk", {QStringLiteral("Łukasz")});
        row("oystein", {QStringLiteral("Øystein")});
        row("strasse", {QStringLiteral("Anja")});
        row("Straße", {QStringLiteral("Anja")});
        row("محمد", {QStringLiteral("محمد")});
        row("مح", {QStringLiteral("محمد")});
        row("kowalczyk lukasz", {QStringLiteral("Łukasz")});
        row("luk kow", {QStringLiteral("Łukasz")});
        row("obrien", {QStringLiteral("Seán")});
        row("o'br", {QStringLiteral("Seán")});
        row("4088", {QStringLiteral("Łukasz")});
        row("+221 76 12 40", {QStringLiteral("Łukasz")});
        row("261 sean", {});
        row("kow 1240", {QStringLiteral("Łukasz")});
        row("AA-000123-7", {QStringLiteral("Øystein")});
        row("aa0001237", {QStringLiteral("Øystein")});
        row("123", {QStringLiteral("Øystein")});
        row("राम", {QStringLiteral("राम")});
        row("zzz", {});
        row("  ", {});
    }
    void namesAreFoundAsTheyAreTyped()
    {
        QFETCH(QString, typed);
        QFETCH(QStringList, found);
        Clinic c;
        c.patient(QStringLiteral("Łukasz"), QStringLiteral("Kowalczyk"), QStringLiteral("221761240" "88"));
        c.patient(QStringLiteral("Øystein"), QStringLiteral("Berg"), QStringLiteral("47555000"), QStringLiteral("AA-000123-7"));
        c.patient(QStringLiteral("Anja"), QStringLiteral("Straße"));
        c.patient(QStringLiteral("محمد"), QStringLiteral("الحداد"));
        c.patient(QStringLiteral("Seán"), QStringLiteral("O'Brien"));
        c.patient(QStringLiteral("राम"), QStringLiteral("शर्मा"));
        QCOMPARE(c.found(typed), found);
    }

    void wholeWordsStandBeforeBeginnings()
    {
        Clinic c;
        for (const char *name : {"Annabel", "Anna", "Annika", "Anne"})
            c.patient(QString::fromUtf8(name), QStringLiteral("Berg"));
        schema::Row former = c.patient(QStringLiteral("Anna-Lena"), QStringLiteral("Aas"));
        former[schema::col(patients, "active")] = std::int64_t{0};
        c.write(patients, former);
        QCOMPARE(c.found(QStringLiteral("anna")), (QStringList{QStringLiteral("Anna"), QStringLiteral("Anna-Lena"), QStringLiteral("Annabel"), QStringLiteral("(Anne)")}));
        QCOMPARE(c.found(QStringLiteral("ann")).size(), 5);
        QCOMPARE(c.found(QStringLiteral("ann")).last(), QStringLiteral("Anna-Lena"));
        QCOMPARE(c.found(QStringLiteral("ann"), 2), (QStringList{QStringLiteral("Anna"), QStringLiteral("Annabel")}));
        QVERIFY(c.find({.text = QStringLiteral("ann"), .limit = 2}).more);
        QVERIFY(!c.find({.text = QStringLiteral("ann"), .limit = 5}).more);
    }

    void slipsAndSoundsStandBelow_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char *typed, const QStringList &found) { QTest::newRow(typed) << QString::fromUtf8(typed) << found; };
        row("mairam", {QStringLiteral("(Mariam)")});                 // two letters exchanged are one slip
        row("marim", {QStringLiteral("(Mariam)")});
        row("fatumata", {QStringLiteral("(Fatoumata)")});
        row("fetoumada", {QStringLiteral("(Fatoumata)")});            // two slips in a long name
        row("filip", {QStringLiteral("(Philippe)")});
        row("kathy", {QStringLiteral("(Cathy)")});
        row("catti", {QStringLiteral("(Cathy)")});
        row("mriaam", {});                                           // two slips in a short one
        row("mariam dialo", {QStringLiteral("(Mariam)")});
    }
    void slipsAndSoundsStandBelow()
    {
        QFETCH(QString, typed);
        QFETCH(QStringList, found);
        Clinic c;
        c.patient(QStringLiteral("Mariam"), QStringLiteral("Diallo"));
        c.patient(QStringLiteral("Fatoumata"), QStringLiteral("Keita"));
        c.patient(QStringLiteral("Philippe"), QStringLiteral("Roux"));
        c.patient(QStringLiteral("Cathy"), QStringLiteral("Lee"));
        QCOMPARE(c.found(typed), found);
    }
    void whatIsTypedRightStandsAbove()
    {
        Clinic c;
        c.patient(QStringLiteral("Mariam"), QStringLiteral("Diallo"));
        c.patient(QStringLiteral("Miriam"), QStringLiteral("Diallo"));
        QCOMPARE(c.found(QStringLiteral("miriam")), (QStringList{QStringLiteral("Miriam"), QStringLiteral("(Mariam)")}));
    }

    void ticketsAndBillsAreFoundByTheirNumbers()
    {
        Clinic c;
        schema::Row ticket = schema::emptyRow(active_patient_queue, randomUuid(c.random));
        ticket[schema::col(active_patient_queue, "label")] = std::string("A-014");
        ticket[schema::col(active_patient_queue, "clinic_day")] = std::string("2026-11-21");
        c.write(active_patient_queue, ticket);
        schema::Row bill = schema::emptyRow(patient_bills, randomUuid(c.random));
        bill[schema::col(patient_bills, "number")] = std::string("AA-000077-X");
        bill[schema::col(patient_bills, "snapshot_name")] = std::string("Mariam Diallo");
        c.write(patient_bills, bill);
        c.patient(QStringLiteral("Mariam"), QStringLiteral("Diallo"), QStringLiteral("770140"));
        for (const char *typed : {"A-014", "a014", "a14", "A 014"})
            QCOMPARE(c.found(QString::fromUtf8(typed)), QStringList{QStringLiteral("A-014")});
        QCOMPARE(c.found(QStringLiteral("014")), (QStringList{QStringLiteral("A-014"), QStringLiteral("Mariam")}));
        QCOMPARE(c.found(QStringLiteral("AA-000077")), QStringList{QStringLiteral("AA-000077-X")});
        QCOMPARE(c.found(QStringLiteral("mariam")), (QStringList{QStringLiteral("Mariam"), QStringLiteral("AA-000077-X")}));
        const auto hidden = c.find({.text = QStringLiteral("mariam"), .mayShow = [](const schema::Table &t) { return &t != &patient_bills; }});
        QCOMPARE(hidden.hits.size(), 1u);
        QCOMPARE(c.find({.text = QStringLiteral("mariam"), .onlyPatients = true}).hits.size(), 1u);
    }

    void otherNamesAndContactsFindThePatient()
    {
        Clinic c;
        const schema::Row mariam = c.patient(QStringLiteral("Mariam"), QStringLiteral("Diallo"));
        schema::Row name = schema::emptyRow(patient_names, randomUuid(c.random));
        name[schema::col(patient_names, "patient_id")] = mariam.id;
        name[schema::col(patient_names, "family_name")] = std::string("Sangaré");
        c.write(patient_names, name);
        schema::Row contact = schema::emptyRow(patient_contacts, randomUuid(c.random));
        contact[schema::col(patient_contacts, "patient_id")] = mariam.id;
        contact[schema::col(patient_contacts, "phone_digits")] = std::string("76994411");
        c.write(patient_contacts, contact);
        QCOMPARE(c.found(QStringLiteral("mariam sangare")), QStringList{QStringLiteral("Mariam")});
        QCOMPARE(c.found(QStringLiteral("4411")), QStringList{QStringLiteral("Mariam")});
        name[schema::kDeletedAt] = std::int64_t{5};
        c.write(patient_names, name);
        QCOMPARE(c.found(QStringLiteral("sangare")), QStringList());
    }

    // What the index says is compared with the row: a name that changed a moment ago, a row that went.
    void aHitIsComparedWithItsRow()
    {
        Clinic c;
        schema::Row mariam = c.patient(QStringLiteral("Mariam"), QStringLiteral("Diallo"));
        c.catchUp();
        mariam[schema::col(patients, "family_name")] = std::string("Keita");
        c.write(patients, mariam, false);
        QVERIFY(c.behind());
        QCOMPARE(c.found(QStringLiteral("diallo")), QStringList());
        QCOMPARE(c.found(QStringLiteral("mariam")), QStringList{QStringLiteral("Mariam")});
        c.catchUp();
        QVERIFY(!c.behind());
        QCOMPARE(c.found(QStringLiteral("keita")), QStringList{QStringLiteral("Mariam")});
        {
            Transaction transaction(c.db(), "test");
            eraseRow(transaction, patients, mariam.id);
            transaction.commit();
        }
        QCOMPARE(c.found(QStringLiteral("keita")), QStringList());
        schema::Row other = c.patient(QStringLiteral("Ousmane"), QStringLiteral("Traoré"), {}, {}, false);      // takes the local key that became free
        QCOMPARE(c.found(QStringLiteral("keita")), QStringList());
        c.catchUp();
        QCOMPARE(c.found(QStringLiteral("traore")), QStringList{QStringLiteral("Ousmane")});
    }

    void rowsOfOthersAreReadInSlices()
    {
        Clinic c;
        c.catchUp();
        for (int i = 0; i < 100; ++i)
            c.patient(QStringLiteral("Person%1").arg(QChar(u'a' + i % 26)), QStringLiteral("Test"), {}, {}, false);
        QVERIFY(c.behind());
        QVERIFY(c.slice(30));
        QCOMPARE(c.found(QStringLiteral("test"), 200).size(), 30);
        QVERIFY(c.behind());
        c.catchUp();
        QVERIFY(!c.behind());
        QCOMPARE(c.found(QStringLiteral("test"), 200).size(), 100);
    }

    // A slice that is never committed has not happened: neither its documents nor its cursor.
    void aSliceThatIsCutLeavesNothing()
    {
        Clinic c;
        c.catchUp();
        for (int i = 0; i < 40; ++i)
            c.patient(QStringLiteral("Mariam"), QStringLiteral("Test"), {}, {}, false);
        {
            Transaction transaction(c.db(), "test");
            int rows = 20;
            QVERIFY(SearchIndex(c.db()).slice([&rows] { return --rows <= 0; }));
        }                                                            // rolled back
        QCOMPARE(c.found(QStringLiteral("test"), 200).size(), 0);
        c.catchUp();
        QCOMPARE(c.found(QStringLiteral("test"), 200).size(), 40);
        Transaction transaction(c.db(), "test");
        c.db().execute("INSERT INTO search_text(search_text) VALUES('integrity-check')");
    }

    void anotherHistoryIsReadAgain()
    {
        Clinic c;
        for (int i = 0; i < 130; ++i)
            c.patient(QStringLiteral("Mariam"), QStringLiteral("Test"), {}, {}, false);
        const schema::Row gone = c.patient(QStringLiteral("Ousmane"), QStringLiteral("Gone"));
        c.catchUp();
        {
            Transaction transaction(c.db(), "test");
            SearchIndex(c.db()).followEpoch(1);
            transaction.commit();
        }
        QVERIFY(!c.behind());
        {
            Transaction transaction(c.db(), "test");
            eraseRow(transaction, patients, gone.id);
            SearchIndex(c.db()).followEpoch(2);
            transaction.commit();
        }
        QVERIFY(c.behind());
        QCOMPARE(c.found(QStringLiteral("test"), 200).size(), 130);      // goes on answering meanwhile
        c.catchUp();
        QCOMPARE(c.found(QStringLiteral("test"), 200).size(), 130);
        Transaction transaction(c.db(), "test", Transaction::Kind::Read);
        Statement count(c.db(), "SELECT count(*) FROM search_doc");
        QVERIFY(count.step());
        QCOMPARE(count.integer(0), 130);
    }

    void codesAreFoundByCodeAndByWords()
    {
        Clinic c;
        const QString system = QStringLiteral("icd10cm");
        for (const auto &[code, title] : {std::pair{"J45.909", "Unspecified asthma, uncomplicated"}, std::pair{"J45.901", "Unspecified asthma with (acute) exacerbation"},
                                          std::pair{"A01.0", "Typhoid fever"}, std::pair{"R50.9", "Fever, unspecified"}}) {
            schema::Row row = schema::emptyRow(code_concepts, randomUuid(c.random));
            row[schema::col(code_concepts, "system")] = system.toStdString();
            row[schema::col(code_concepts, "code")] = std::string(code);
            row[schema::col(code_concepts, "title")] = std::string(title);
            c.write(code_concepts, row);
        }
        const auto codes = [&](const char *typed, const QString &of) {
            Transaction transaction(c.db(), "test", Transaction::Kind::Read);
            QStringList all;
            for (const schema::Row &row : searchCodes(c.db(), of, QString::fromUtf8(typed), 20))
                all << schema::toQString(row[schema::col(code_concepts, "code")]);
            return all;
        };
        QCOMPARE(codes("j45", system), (QStringList{QStringLiteral("J45.901"), QStringLiteral("J45.909")}));
        QCOMPARE(codes("J45.90", system).size(), 2);
        QCOMPARE(codes("j45909", system), QStringList{QStringLiteral("J45.909")});
        QCOMPARE(codes("feve typh", system), QStringList{QStringLiteral("A01.0")});
        QCOMPARE(codes("", system).size(), 4);
        QCOMPARE(codes("fever", QStringLiteral("other")), QStringList());
        QCOMPARE(c.found(QStringLiteral("fever")), QStringList());       // a diagnosis is no patient
    }
};

QTEST_GUILESS_MAIN(SearchIndexTest)
#include "search_index_test.moc"

// Lists of any table: pages by key, words in texts and in names of what is referred to, names that keep what a role may
// not see. Over a real database.
#include "node/browse.h"

#include "core/clock.h"
#include "core/random.h"
#include "core/text.h"
#include "schema/registry.h"
#include "schema/tables/attachments.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "schema/tables/users.h"
#include "schema/tables/visits.h"
#include "schema/tables/vitals.h"
#include "storage/migrations.h"
#include "storage/records.h"
#include "storage/text_filter.h"

#include <QTemporaryDir>
#include <QTest>

#include <rapidcheck.h>

using namespace anteroom;
using namespace anteroom::node;
using namespace schema;
using schema::tables::patients;
using schema::tables::visits;
using namespace Qt::StringLiterals;

namespace {

Value text(const char *words) { return std::string(words); }

struct Db {
    QTemporaryDir dir;
    std::unique_ptr<storage::Connection> connection;
    SystemClock clock;
    SystemRandom random;

    Db()
    {
        auto opened = storage::openDatabase(dir.filePath(u"anteroom.db"_s));
        if (!opened)
            throw std::runtime_error(opened.error().detail.toStdString());
        connection = std::move(*opened);
        connection->setDurability(storage::Durability::Normal);
    }
    Row put(const Table &table, std::vector<ColumnValue> values)
    {
        Row row = emptyRow(table, uuidV7(clock, random));
        for (ColumnValue &v : values)
            row[v.column] = std::move(v.value);
        storage::Transaction write(*connection, "test", storage::Transaction::Kind::Write);
        storage::upsertRow(write, table, row);
        write.commit();
        return row;
    }
    void clear(const Table &table)
    {
        storage::Transaction write(*connection, "test", storage::Transaction::Kind::Write);
        connection->execute("DELETE FROM " + std::string(table.name));
        write.commit();
    }
    BrowsePage browse(const BrowseRequest &request, schema::Role role = schema::Role::Admin)
    {
        storage::Transaction read(*connection, "test", storage::Transaction::Kind::Read);
        auto page = browsePage(*connection, request, role);
        if (!page)
            throw std::runtime_error(page.error().detail.toStdString());
        return std::move(*page);
    }
};

Row patient(Db &db, const char *given, const char *family, const char *number = "AA0000013")
{
    return db.put(patients, {{col(patients, "given_name"), text(given)}, {col(patients, "family_name"), text(family)}, {col(patients, "number"), text(number)}});
}

std::vector<Uuid> idsOf(const std::vector<Row> &rows)
{
    std::vector<Uuid> ids;
    for (const Row &row : rows)
        ids.push_back(row.id);
    return ids;
}

} // namespace

class BrowseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Few values, so that keys are equal and NULL often; compared with a sort in memory.
    void pagesHoldEveryRowOnceInOrder()
    {
        constexpr int kCity = col(patients, "city"), kDeaths = col(patients, "deceased_at");
        Db db;
        const bool ok = rc::check([&](bool descending, bool byText) {
            db.clear(patients);
            const int column = byText ? kCity : kDeaths;
            std::vector<Row> all;
            for (int i = *rc::gen::inRange(0, 30); i > 0; --i) {
                const int pick = *rc::gen::inRange(0, 5);
                static constexpr const char *kCities[] = {"Lima", "límà", "Quito", "Élan", ""};
                const Value city = pick == 4 ? Value{} : Value{text(kCities[pick])}, death = pick == 4 ? Value{} : Value{std::int64_t{pick / 2}};
                all.push_back(db.put(patients, {{kCity, city}, {kDeaths, death}}));
            }
            std::ranges::sort(all, [&](const Row &a, const Row &b) {
                const auto key = [&](const Row &r) {
                    return std::tuple(!isNull(r[column]), byText ? fold(toQString(r[column])).toStdString() : std::string(), byText ? 0 : toInt(r[column]));
                };
                if (key(a) != key(b))
                    return descending ? key(a) > key(b) : key(a) < key(b);
                return a.id < b.id;
            });
            const int size = *rc::gen::inRange(1, 8);
            BrowseRequest request{.table = &patients, .sortBy = column, .descending = descending, .limit = size};
            std::vector<Row> paged;
            for (bool more = true; more;) {
                const BrowsePage page = db.browse(request);
                RC_ASSERT(page.total == static_cast<std::int64_t>(all.size()));
                RC_ASSERT(static_cast<int>(page.rows.size()) <= size);
                paged.insert(paged.end(), page.rows.begin(), page.rows.end());
                more = page.more;
                RC_ASSERT(!more || !page.rows.empty());
                if (more)
                    request.after = page.rows.back();
            }
            RC_ASSERT(idsOf(paged) == idsOf(all));
        });
        QVERIFY(ok);
    }

    void deletedRowsAreHiddenShownOrAlone()
    {
        Db db;
        const Row ana = patient(db, "Ana", "Silva");
        const Row gone = db.put(patients, {{col(patients, "given_name"), text("Eva")}, {kDeletedAt, std::int64_t{5}}, {kUpdatedAt, std::int64_t{9}}});
        BrowseRequest request{.table = &patients};
        QCOMPARE(idsOf(db.browse(request).rows), std::vector{ana.id});
        request.deleted = BrowseRequest::Deleted::Only;
        QCOMPARE(idsOf(db.browse(request).rows), std::vector{gone.id});
        request.deleted = BrowseRequest::Deleted::Too;
        QCOMPARE(idsOf(db.browse(request).rows), (std::vector{gone.id, ana.id}));      // latest change first
        request.filter = u"eva"_s;
        QCOMPARE(db.browse(request).total, 1);
    }

    void wordsAreFoundFoldedAndInNames()
    {
        Db db;
        const Row ana = patient(db, "Ana María", "O'Brien-Núñez", "AA0000021"), ben = patient(db, "Ben", "Diallo");
        const Row first = db.put(visits, {{col(visits, "patient_id"), ana.id}, {col(visits, "clinic_day"), text("2026-05-04")}, {col(visits, "reason"), text("Cough")}});
        const Row second = db.put(visits, {{col(visits, "patient_id"), ben.id}, {col(visits, "clinic_day"), text("2026-05-04")}, {col(visits, "reason"), text("COUGH, fever")}});
        const Row vital = db.put(tables::vitals, {{col(tables::vitals, "patient_id"), ben.id}, {col(tables::vitals, "visit_id"), first.id}});
        const auto found = [&](const Table &table, const QString &words, schema::Role role = schema::Role::Admin) {
            auto ids = idsOf(db.browse({.table = &table, .filter = words}, role).rows);
            std::ranges::sort(ids);
            return ids;
        };
        std::vector both{first.id, second.id};
        std::ranges::sort(both);
        QCOMPARE(found(visits, u"cough"_s), both);
        QCOMPARE(found(visits, u"maria COUGH"_s), std::vector{first.id});
        QCOMPARE(found(visits, u"nunez obrien 2026-05"_s), std::vector{first.id});
        QCOMPARE(found(visits, u"aa0000021"_s), std::vector{first.id});
        QCOMPARE(found(visits, u"fever diallo"_s), std::vector{second.id});
        QVERIFY(found(visits, u"fever maria"_s).empty());
        QCOMPARE(found(tables::vitals, u"maría"_s), std::vector{vital.id});            // by the patient of its visit
        const Row bill = db.put(tables::patient_bills, {{col(tables::patient_bills, "patient_id"), ana.id}, {col(tables::patient_bills, "visit_id"), first.id}});
        QCOMPARE(found(tables::patient_bills, u"maria"_s), std::vector{bill.id});
    }

    void plainTextFoldsAsFoldDoes()
    {
        Db db;
        const bool ok = rc::check([&] {
            db.clear(visits);
            auto words = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
            (void)db.put(visits, {{col(visits, "reason"), words}});
            const QStringList folded = fold(QString::fromStdString(words)).split(u' ', Qt::SkipEmptyParts);
            if (folded.isEmpty() || folded.size() > int(storage::TextFilter::kMostWords))
                return;
            RC_ASSERT(db.browse({.table = &visits, .filter = QString::fromStdString(words)}).total == 1);
        });
        QVERIFY(ok);
    }

    void namesKeepWhatTheRoleMayNotSee()
    {
        Db db;
        const Row ana = patient(db, "Ana", "Silva");
        const Row bill = db.put(tables::patient_bills, {{col(tables::patient_bills, "number"), text("B-7")}, {col(tables::patient_bills, "snapshot_name"), text("Ana Silva")}});
        const Row maria = db.put(tables::users, {{col(tables::users, "name"), text("Maria")}, {col(tables::users, "role"), text("nurse")}});
        const Row file = db.put(tables::attachments, {{col(tables::attachments, "file_name"), text("x.png")}, {col(tables::attachments, "patient_id"), ana.id},
            {col(tables::attachments, "subject_table"), std::int64_t{tables::patient_bills.number}}, {col(tables::attachments, "subject_id"), bill.id},
            {col(tables::attachments, "thumbnail"), Blob("png")}, {kCreatedBy, maria.id}});
        const BrowsePage seen = db.browse({.table = &tables::attachments});
        QCOMPARE(seen.labels.at(file.id), u"x.png"_s);
        QCOMPARE(seen.labels.at(ana.id), u"Ana Silva · AA0000013"_s);
        QCOMPARE(seen.labels.at(bill.id), u"B-7 · Ana Silva"_s);
        QCOMPARE(seen.labels.at(maria.id), u"Maria"_s);
        QVERIFY(isNull(seen.rows.front()[col(tables::attachments, "thumbnail")]));
        QCOMPARE(db.browse({.table = &tables::attachments}, schema::Role::Nurse).labels.at(bill.id), u"Bill"_s);
        storage::Transaction read(*db.connection, "test", storage::Transaction::Kind::Read);
        const auto refused = browsePage(*db.connection, {.table = &tables::patient_bills}, schema::Role::Nurse);
        QVERIFY(!refused && refused.error().detail.contains(u"nurse"_s) && refused.error().detail.contains(u"Bills"_s));
        QVERIFY(!recordCardOf(*db.connection, tables::patient_bills, bill.id, schema::Role::Nurse));
        const auto card = recordCardOf(*db.connection, tables::attachments, file.id, schema::Role::Admin);
        QVERIFY(card && std::get<Blob>(card->row[col(tables::attachments, "thumbnail")]) == Blob("png"));
    }

    void aBillAddsUp()
    {
        Db db;
        const Row bill = db.put(tables::patient_bills, {{col(tables::patient_bills, "state"), text("issued")}});
        const auto item = [&](std::int64_t total, Value deleted = {}) {
            return db.put(tables::bill_items, {{col(tables::bill_items, "bill_id"), bill.id}, {col(tables::bill_items, "total"), total}, {kDeletedAt, deleted}});
        };
        const Row first = item(1000);
        (void)item(500, std::int64_t{1});
        const Row paid = db.put(tables::payments, {{col(tables::payments, "bill_id"), bill.id}, {col(tables::payments, "kind"), text("payment")}, {col(tables::payments, "amount"), std::int64_t{400}}});
        storage::Transaction read(*db.connection, "test", storage::Transaction::Kind::Read);
        for (const auto &[table, id] : {std::pair{&tables::patient_bills, bill.id}, {&tables::bill_items, first.id}, {&tables::payments, paid.id}}) {
            const auto card = recordCardOf(*db.connection, *table, id, schema::Role::Cashier);
            QVERIFY(card && card->bill);
            QCOMPARE(card->bill->due.minor, 1000);
            QCOMPARE(card->bill->open.minor, 600);
            QVERIFY(card->bill->state == domain::BillState::PartPaid);
        }
    }
};

QTEST_GUILESS_MAIN(BrowseTest)
#include "browse_test.moc"

// Rule 14, told: two PCs that do not see each other each do something right, and together it is wrong. Both acts stand,
// and the inbox of every replica names the rule, once.
#include "domain/checks.h"
#include "schema/tables/dispense_records.h"
#include "schema/tables/drugs.h"
#include "schema/tables/patient_identifiers.h"
#include "schema/tables/prescription_items.h"
#include "schema/tables/prescriptions.h"
#include "schema/tables/stock_lots.h"
#include "schema/tables/stock_movements.h"
#include "schema/tables/users.h"
#include "unit/node/story.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::test;
using schema::ColumnValue;
namespace tables = schema::tables;
namespace check = domain::check;

namespace {

using Values = std::initializer_list<std::pair<std::string_view, Value>>;

std::vector<ColumnValue> columns(const Table &table, Values values)
{
    std::vector<ColumnValue> out;
    for (const auto &[name, value] : values)
        out.push_back({schema::findColumn(table, name), value});
    return out;
}

// PCs 1 and 2 have no line; what each did alone meets at the end.
struct Apart : Clinic {
    Uuid ana;
    Apart() : Clinic(3)
    {
        settle();
        ana = desk(3).admit("Silva");
        settle();
        cut(1);
        cut(2);
    }
    Saved add(int n, const Table &table, Values values) { return desk(n).add(table, columns(table, values)); }
    Uuid made(const Table &table, Values values)         // while everybody is connected
    {
        connect(1);
        connect(2);
        settle();
        const Saved saved = add(3, table, values);
        settle();
        cut(1);
        cut(2);
        return saved.row;
    }
    // Both were taken as they were written, everybody has the same, and exactly this stands in the inbox.
    void meetAndExpect(const Saved &first, const Saved &second, std::string_view rule, const Table &table, const std::vector<Uuid> &oneOf)
    {
        for (const Saved *saved : {&first, &second})
            QVERIFY2(saved->ok(), qPrintable(saved->refused));
        settle();
        expectEqual();
        QCOMPARE(verdict(desk(1), first), Verdict::Applied);
        QCOMPARE(verdict(desk(2), second), Verdict::Applied);
        for (int n = 0; n <= clients(); ++n) {
            const auto open = openConflicts(desk(n));
            QCOMPARE(open.size(), 1U);
            const Row &flag = open.front();
            const auto column = [&](std::string_view name) { return of(flag, sync_conflicts, name); };
            QCOMPARE(std::string(schema::toText(column("rule"))), std::string(rule));
            QVERIFY(!schema::toText(column("note")).empty());
            QCOMPARE(schema::toInt(column("subject_table")), std::int64_t{table.number});
            QVERIFY(std::ranges::find(oneOf, schema::toUuid(column("subject_id"))) != oneOf.end());
            QCOMPARE(schema::toInt(column("subject_class")), static_cast<std::int64_t>(table.dataClass));
            QCOMPARE(schema::toInt(column("merge_group"), -1), std::int64_t{0});
            for (const char *picture : {"base", "mine", "theirs"})
                QVERIFY(schema::isNull(column(picture)));
            QVERIFY(schema::toUuid(column("mine_device")) == desk(1).who().device || schema::toUuid(column("mine_device")) == desk(2).who().device);
            QVERIFY(schema::toInt(column("mine_at")) > 0);
        }
    }
};

} // namespace

class SyncSemanticTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void paidTwice()
    {
        Apart c;
        const Uuid bill = c.made(patient_bills, {{"patient_id", c.ana}, {"number", words("AA-1")}});
        (void)c.made(bill_items, {{"bill_id", bill}, {"description", words("Consultation")}, {"quantity_milli", std::int64_t{1000}}, {"unit_price", std::int64_t{2500}}, {"total", std::int64_t{2500}}});
        const auto pay = [&](int n) { return c.add(n, payments, {{"bill_id", bill}, {"patient_id", c.ana}, {"kind", words("payment")}, {"method", words("cash")}, {"amount", std::int64_t{2500}}}); };
        c.meetAndExpect(pay(1), pay(2), check::kPaid, patient_bills, {bill});
        QCOMPARE(c.host().rows(payments).size(), 2U);
        QVERIFY(pay(1).ok());                            // a third one: the flag stands already
        c.settle();
        c.expectEqual();
        QCOMPARE(openConflicts(c.desk(3)).size(), 1U);
    }

    void dispensedTwice()
    {
        Apart c;
        const Uuid prescription = c.made(tables::prescriptions, {{"patient_id", c.ana}});
        const Uuid item = c.made(tables::prescription_items, {{"prescription_id", prescription}, {"drug_name", words("Amoxicillin")}, {"quantity", 10.0}, {"quantity_unit", words("tablet")}});
        const auto give = [&](int n) {
            return c.add(n, tables::dispense_records, {{"patient_id", c.ana}, {"prescription_id", prescription}, {"prescription_item_id", item}, {"drug_name", words("Amoxicillin")}, {"quantity", 10.0}, {"unit", words("tablet")}});
        };
        c.meetAndExpect(give(1), give(2), check::kDispensed, tables::prescription_items, {item});
        QCOMPARE(c.host().rows(tables::dispense_records).size(), 2U);
    }

    void twoTickets()
    {
        Apart c;
        const Saved first = c.desk(1).takeTicket(c.ana), second = c.desk(2).takeTicket(c.ana);
        c.meetAndExpect(first, second, check::kTicket, active_patient_queue, {first.row, second.row});
        QVERIFY(c.host().text(active_patient_queue, first.row, "label") != c.host().text(active_patient_queue, second.row, "label"));
    }

    void oneExternalIdTwice()
    {
        Apart c;
        const auto give = [&](int n, double quantity) {
            return c.add(n, tables::dispense_records, {{"external_id", words("rx-77")}, {"drug_name", words("Ibuprofen")}, {"quantity", quantity}});
        };
        const Saved first = give(1, 10), second = give(2, 20);
        c.meetAndExpect(first, second, check::kExternalId, tables::dispense_records, {first.row, second.row});
    }

    void oneLoginTwice()
    {
        Apart c;
        const auto hire = [&](int n, const char *name) { return c.add(n, tables::users, {{"name", words(name)}, {"login", words("nurse")}, {"role", words("nurse")}}); };
        const Saved first = hire(1, "Ana"), second = hire(2, "Bea");
        c.meetAndExpect(first, second, check::kLogin, tables::users, {first.row, second.row});
    }

    void onePersonTwice()
    {
        Apart c;
        const auto admit = [&](int n, const char *family) {
            return c.add(n, patients, {{"family_name", words(family)}, {"given_name", words("José")}, {"birth_date", words("1971-02-03")}, {"sex", words("male")}});
        };
        const Saved first = admit(1, "Núñez"), second = admit(2, "NUNEZ");
        c.meetAndExpect(first, second, check::kPerson, patients, {first.row, second.row});
        QVERIFY(c.desk(1).change(patients, second.row, columns(patients, {{"phone", words("555 0100")}})).ok());     // makes nobody a second person
        c.settle();
        QCOMPARE(openConflicts(c.desk(3)).size(), 1U);
    }

    void onePersonByIdentifier()
    {
        Apart c;
        const Uuid bea = c.made(patients, {{"family_name", words("Okafor")}});
        const auto name = [&](int n, const Uuid &who) { return c.add(n, tables::patient_identifiers, {{"patient_id", who}, {"system", words("passport")}, {"value", words("X 12")}}); };
        c.meetAndExpect(name(1, c.ana), name(2, bea), check::kPerson, patients, {c.ana, bea});
    }

    void stockBelowZero()
    {
        Apart c;
        const Uuid drug = c.made(tables::drugs, {{"code", words("PARA")}, {"name", words("Paracetamol")}});
        const Uuid lot = c.made(tables::stock_lots, {{"drug_id", drug}, {"lot_number", words("L7")}});
        (void)c.made(tables::stock_movements, {{"drug_id", drug}, {"lot_id", lot}, {"kind", words("received")}, {"quantity_milli", std::int64_t{20000}}});
        const auto give = [&](int n) { return c.add(n, tables::stock_movements, {{"drug_id", drug}, {"lot_id", lot}, {"kind", words("dispensed")}, {"quantity_milli", std::int64_t{15000}}}); };
        c.meetAndExpect(give(1), give(2), check::kStock, tables::stock_lots, {lot});
    }

    // What is right is not flagged, and what was decided may be flagged again when it happens again.
    void nothingWithoutAReason()
    {
        Apart c;
        const Uuid bill = c.made(patient_bills, {{"patient_id", c.ana}});
        (void)c.made(bill_items, {{"bill_id", bill}, {"description", words("Consultation")}, {"quantity_milli", std::int64_t{1000}}, {"unit_price", std::int64_t{5000}}, {"total", std::int64_t{5000}}});
        const auto pay = [&](int n) { return c.add(n, payments, {{"bill_id", bill}, {"kind", words("payment")}, {"method", words("cash")}, {"amount", std::int64_t{2500}}}); };
        QVERIFY(pay(1).ok() && pay(2).ok());
        QVERIFY(c.desk(1).takeTicket(c.ana).ok());
        QVERIFY(c.desk(2).takeTicket(c.desk(2).admit("Okafor")).ok());
        c.settle();
        c.expectEqual();
        QVERIFY(openConflicts(c.host()).empty());
        QVERIFY(pay(1).ok());
        c.settle();
        QCOMPARE(openConflicts(c.host()).size(), 1U);
        const Row shown = openConflicts(c.desk(2)).front();
        QVERIFY(c.desk(2).changeShown(sync_conflicts, shown, columns(sync_conflicts, {{"status", words("closed")}, {"resolution", words("withdrawn")}})).ok());
        c.settle();
        QVERIFY(openConflicts(c.host()).empty());
        QVERIFY(pay(2).ok());
        c.settle();
        c.expectEqual();
        QCOMPARE(openConflicts(c.host()).size(), 1U);
        QVERIFY(openConflicts(c.host()).front().id != shown.id);
    }
};

QTEST_GUILESS_MAIN(SyncSemanticTest)
#include "sync_semantic_test.moc"

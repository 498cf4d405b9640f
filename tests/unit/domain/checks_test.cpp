// What records say together and yet is wrong: each rule at its edge, just below it and just above.
#include "domain/checks.h"

#include "domain/patient.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/dispense_records.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patient_identifiers.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "schema/tables/prescription_items.h"
#include "schema/tables/stock_lots.h"
#include "schema/tables/stock_movements.h"
#include "schema/tables/users.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::domain;
namespace tables = schema::tables;
using schema::Row;
using schema::Value;
using Values = std::initializer_list<std::pair<std::string_view, Value>>;

namespace {

Uuid id(const char *name) { return uuidV5(kNamespace, name); }
Value text(const char *words) { return std::string(words); }

Row rowOf(const schema::Table &table, const char *name, Values values)
{
    Row row = schema::emptyRow(table, id(name));
    for (const auto &[column, value] : values)
        row[schema::findColumn(table, column)] = value;
    derive(table, row);
    return row;
}
Row with(Row row, const schema::Table &table, Values values)
{
    for (const auto &[column, value] : values)
        row[schema::findColumn(table, column)] = value;
    return row;
}
Row item(std::int64_t total)
{
    Row row = schema::emptyRow(tables::bill_items, id("item"));
    row[schema::col(tables::bill_items, "total")] = total;
    return row;
}
Row money(const char *kind, std::int64_t amount) { return rowOf(tables::payments, "payment", {{"kind", text(kind)}, {"amount", amount}}); }
Row bill(const char *state) { return rowOf(tables::patient_bills, "bill", {{"state", text(state)}, {"number", text("AB-0001")}}); }

} // namespace

class ChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void paid()
    {
        const std::vector<Row> items{item(100)};
        const auto tooMuch = [&](const char *state, std::vector<Row> payments, bool now = true) { return paidTooMuch(bill(state), items, payments, now).has_value(); };
        QVERIFY(!tooMuch("issued", {money("payment", 100)}));
        QVERIFY(tooMuch("issued", {money("payment", 100), money("payment", 1)}));
        QVERIFY(!tooMuch("issued", {money("payment", 100), money("payment", 100), money("refund", 100)}));
        QVERIFY(tooMuch("draft", {money("payment", 101)}));
        QVERIFY(!tooMuch("draft", {money("deposit", 500)}));                  // it is no payment yet
        QVERIFY(!paidTooMuch(bill("draft"), {}, std::vector{money("payment", 50)}, true));      // nothing is on it yet
        QVERIFY(tooMuch("issued", {money("deposit", 101)}));
        QVERIFY(tooMuch("void", {money("payment", 1)}));
        QVERIFY(!tooMuch("void", {money("payment", 1)}, false));               // its refund follows
        const auto words = paidTooMuch(bill("issued"), items, std::vector{money("payment", 200)}, true);
        QVERIFY(words && words->find("AB-0001") != std::string::npos);
    }

    void dispensed()
    {
        const Row prescribed = rowOf(tables::prescription_items, "item", {{"prescription_id", id("prescription")}, {"drug_name", text("Amoxicillin")}, {"quantity", 10.0}, {"quantity_unit", text("Tablet")}});
        const Row record = rowOf(tables::dispense_records, "record", {{"prescription_item_id", id("item")}, {"quantity", 6.0}, {"unit", text("tablet")}, {"state", text("handed_over")}});
        const auto tooMuch = [&](const Row &i, std::vector<Row> records) { return dispensedTooMuch(i, records).has_value(); };
        QVERIFY(!tooMuch(prescribed, {record}));
        QVERIFY(tooMuch(prescribed, {record, record}));
        QVERIFY(!tooMuch(with(prescribed, tables::prescription_items, {{"refills", std::int64_t{1}}}), {record, record, record}));
        QVERIFY(tooMuch(with(prescribed, tables::prescription_items, {{"refills", std::int64_t{1}}}), {record, record, record, record}));
        for (const char *state : {"cancelled", "returned"})
            QVERIFY(!tooMuch(prescribed, {record, with(record, tables::dispense_records, {{"state", text(state)}})}));
        QVERIFY(!tooMuch(prescribed, {record, with(record, tables::dispense_records, {{"unit", text("ml")}})}));
        QVERIFY(!tooMuch(prescribed, {record, with(record, tables::dispense_records, {{"prescription_item_id", id("another")}})}));
        const Row byDrug = with(record, tables::dispense_records, {{"prescription_item_id", Value{}}, {"prescription_id", id("prescription")}, {"drug_name", text("AMOXICILLIN")}});
        QVERIFY(tooMuch(prescribed, {record, byDrug}));
        QVERIFY(!tooMuch(prescribed, {record, with(byDrug, tables::dispense_records, {{"drug_name", text("Ibuprofen")}})}));
        QVERIFY(!tooMuch(with(prescribed, tables::prescription_items, {{"quantity", Value{}}}), {record, record}));
        const Row third = with(record, tables::dispense_records, {{"quantity", 10.0 / 3}});
        QVERIFY(!tooMuch(prescribed, {third, third, third}));
    }

    void tickets()
    {
        const Row first = rowOf(tables::active_patient_queue, "first", {{"patient_id", id("ana")}, {"service_point_id", id("triage")}, {"clinic_day", text("2025-11-20")}, {"state", text("called")}, {"label", text("T-001")}});
        const Row second = with(rowOf(tables::active_patient_queue, "second", {{"patient_id", id("ana")}, {"service_point_id", id("triage")}, {"clinic_day", text("2025-11-20")}, {"state", text("waiting")}}), tables::active_patient_queue, {});
        const auto flagged = [&](const Row &ticket, Row other) { return secondTicket(ticket, std::vector{ticket, std::move(other)}); };
        QVERIFY(flagged(second, first).value_or("").find("T-001") != std::string::npos);
        const auto other = [&](Values values) { return with(first, tables::active_patient_queue, values); };
        for (const char *state : {"done", "left", "transferred", "no_show"})
            QVERIFY(!flagged(second, other({{"state", text(state)}})));
        QVERIFY(!flagged(second, other({{"service_point_id", id("doctor")}})));
        QVERIFY(!flagged(second, other({{"clinic_day", text("2025-11-19")}})));
        QVERIFY(!flagged(second, other({{"patient_id", id("bea")}})));
        QVERIFY(!flagged(with(second, tables::active_patient_queue, {{"patient_id", Value{}}}), other({{"patient_id", Value{}}})));
        QVERIFY(!flagged(with(second, tables::active_patient_queue, {{"state", text("done")}}), first));
    }

    void dispensings()
    {
        const Row first = rowOf(tables::dispense_records, "first", {{"external_id", text("rx-1")}, {"drug_name", text("Ibuprofen")}, {"quantity", 2.0}, {"state", text("handed_over")}});
        Row second = first;
        second.id = id("second");
        const auto flagged = [&](const Row &a, const Row &b) { return secondDispensing(a, std::vector{a, b}); };
        QVERIFY(flagged(second, first).value_or("").find("recorded twice.") != std::string::npos);
        const Row different = with(second, tables::dispense_records, {{"quantity", 3.0}});
        QVERIFY(flagged(different, first).value_or("").find("different things") != std::string::npos);
        QVERIFY(!flagged(different, with(first, tables::dispense_records, {{"external_id", text("rx-2")}})));
        QVERIFY(!flagged(different, with(first, tables::dispense_records, {{"state", text("cancelled")}})));
        QVERIFY(!secondDispensing(first, std::vector{first}));
        const Row printed = with(second, tables::dispense_records, {{"copies", std::int64_t{1}}, {"audit_note", text("fetched by the daughter")}});
        QVERIFY(sameDispensing(first, printed));
        QVERIFY(!sameDispensing(first, different));
    }

    void logins()
    {
        const Row first = rowOf(tables::users, "first", {{"login", text("ana")}});
        const auto flagged = [&](const Row &other) { return secondLogin(first, std::vector{first, other}).has_value(); };
        QVERIFY(flagged(rowOf(tables::users, "second", {{"login", text("ana")}})));
        QVERIFY(!flagged(rowOf(tables::users, "second", {{"login", text("bea")}})));
        QVERIFY(!secondLogin(rowOf(tables::users, "none", {}), std::vector{rowOf(tables::users, "second", {})}));
    }

    void persons()
    {
        const Row ana = rowOf(tables::patients, "ana", {{"family_name", text("Peña")}, {"given_name", text("Ana")}, {"birth_date", text("1980-05-06")}, {"sex", text("female")}});
        const auto flagged = [&](Values values) {
            Row other = rowOf(tables::patients, "other", {{"family_name", text("PENA")}, {"given_name", text("ana")}, {"birth_date", text("1980-05-06")}, {"sex", text("female")}});
            other = with(other, tables::patients, values);
            return samePerson(ana, std::vector{ana, other}).has_value();
        };
        QVERIFY(flagged({}));
        QVERIFY(!flagged({{"birth_date", text("1980-05-07")}}));
        QVERIFY(!flagged({{"sex", text("male")}}));
        QVERIFY(!flagged({{"folded_name", text("ana penna")}}));
        QVERIFY(!flagged({{"merged_into", id("ana")}}));
        const Row about = with(ana, tables::patients, {{"birth_date", text("1980")}, {"birth_precision", text("year")}});
        Row other = about;
        other.id = id("other");
        QVERIFY(!samePerson(about, std::vector{about, other}));               // a year is no proof
    }

    void identifiers()
    {
        const Row mine = rowOf(tables::patient_identifiers, "mine", {{"patient_id", id("ana")}, {"system", text("passport")}, {"value", text("X1")}});
        const auto flagged = [&](Values values) {
            const Row other = with(rowOf(tables::patient_identifiers, "other", {{"patient_id", id("bea")}, {"system", text("passport")}, {"value", text("X1")}}), tables::patient_identifiers, values);
            return sameIdentifier(mine, std::vector{mine, other});
        };
        QVERIFY(flagged({}) == id("bea"));
        QVERIFY(!flagged({{"system", text("insurance")}}));
        QVERIFY(!flagged({{"patient_id", id("ana")}}));
        QVERIFY(!flagged({{"use", text("old")}}));
    }

    void stock()
    {
        const Row lot = rowOf(tables::stock_lots, "lot", {{"lot_number", text("L7")}});
        const auto moved = [](const char *kind, std::int64_t milli) { return rowOf(tables::stock_movements, "movement", {{"kind", text(kind)}, {"quantity_milli", milli}}); };
        QVERIFY(!stockBelowZero(lot, std::vector{moved("received", 5000), moved("dispensed", 5000)}));
        QVERIFY(stockBelowZero(lot, std::vector{moved("received", 5000), moved("dispensed", 5000), moved("damaged", 1)}).value_or("").find("L7") != std::string::npos);
        QVERIFY(stockBelowZero(lot, std::vector{moved("received", 5000), moved("dispensed", -5001)}));
        QVERIFY(!stockBelowZero(lot, std::vector{moved("dispensed", 5000), moved("correction", 5000)}));
        QVERIFY(!stockBelowZero(lot, {}));
    }
};

QTEST_GUILESS_MAIN(ChecksTest)
#include "checks_test.moc"

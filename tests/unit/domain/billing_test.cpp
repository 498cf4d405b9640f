// A bill adds up in integers: items, discounts, tax, part payments, refunds, and amounts that do not fit.
#include "domain/billing.h"

#include "schema/tables/bill_items.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/payments.h"

#include <QTest>

#include <rapidcheck.h>

using namespace anteroom;
using namespace anteroom::domain;
namespace tables = schema::tables;

namespace {

schema::Row rowOf(const schema::Table &table, std::initializer_list<std::pair<std::string_view, schema::Value>> values)
{
    schema::Row row = schema::emptyRow(table, kNamespace);
    for (const auto &[name, value] : values)
        row[schema::findColumn(table, name)] = value;
    return row;
}
schema::Row issued(std::int64_t discount = 0)
{
    return rowOf(tables::patient_bills, {{"state", std::string("issued")}, {"discount_amount", discount}});
}
schema::Row item(std::int64_t total)
{
    return rowOf(tables::bill_items, {{"total", total}});
}
schema::Row money(std::string kind, std::int64_t amount, std::int64_t rounding = 0)
{
    return rowOf(tables::payments, {{"kind", std::move(kind)}, {"amount", amount}, {"rounding", rounding}});
}

} // namespace

class BillingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itemRounds();
    void statesFollowTheLedger();
    void deletedItemsDoNotCount();
    void whatDoesNotFitIsAnError();
    void openIsDueMinusPaid();
};

void BillingTest::itemRounds()
{
    const auto a = itemAmounts(Money{333}, 1500, Money{0}, 180); // 1.5 × 3.33 = 4.995 → 5.00, tax 0.90
    QVERIFY(a);
    QCOMPARE(a->net.minor, 500);
    QCOMPARE(a->tax.minor, 90);
    QCOMPARE(a->total.minor, 590);
    const auto back = itemAmounts(Money{333}, -1500, Money{0}, 180); // a counter-item is the same amount the other way
    QCOMPARE(back->total.minor, -590);
    QCOMPARE(itemAmounts(Money{1000}, 2000, Money{250}, 0)->total.minor, 1750);
}

void BillingTest::statesFollowTheLedger()
{
    const std::vector items{item(6000), item(4000)};
    const auto state = [&](const schema::Row &bill, std::vector<schema::Row> payments) {
        return billTotals(bill, items, payments)->state;
    };
    QCOMPARE(state(issued(), {}), BillState::Open);
    QCOMPARE(state(issued(), {money("payment", 4000)}), BillState::PartPaid);
    QCOMPARE(state(issued(), {money("payment", 4000), money("payment", 6000)}), BillState::Paid);
    QCOMPARE(state(issued(), {money("payment", 10000), money("refund", 10000)}), BillState::Open);
    QCOMPARE(state(issued(), {money("payment", 10001)}), BillState::Overpaid);
    QCOMPARE(state(issued(), {money("payment", 9998, 2)}), BillState::Paid); // cash rounding closes it
    QCOMPARE(state(issued(1000), {money("payment", 9000)}), BillState::Paid);
    QCOMPARE(state(issued(), {money("payment", 6000), money("void", 6000)}), BillState::Open);
    QCOMPARE(state(rowOf(tables::patient_bills, {}), {}), BillState::Draft);
    QCOMPARE(
        state(rowOf(tables::patient_bills, {{"state", std::string("void")}}), {money("payment", 1)}), BillState::Void);
}

void BillingTest::deletedItemsDoNotCount()
{
    schema::Row gone = item(500);
    gone[schema::kDeletedAt] = std::int64_t{1};
    QCOMPARE(billTotals(issued(), std::vector{item(100), gone}, {})->due.minor, 100);
}

void BillingTest::whatDoesNotFitIsAnError()
{
    QVERIFY(!billTotals(issued(), std::vector{item(INT64_MAX), item(1)}, {}));
    QVERIFY(!itemAmounts(Money{INT64_MAX}, 2000, Money{0}, 0));
}

void BillingTest::openIsDueMinusPaid()
{
    QVERIFY(rc::check("whatever the ledger holds, open = items − discount − paid", [] {
        std::int64_t items = 0;
        std::int64_t paid = 0;
        std::vector<schema::Row> lines;
        std::vector<schema::Row> ledger;
        const int lineCount = *rc::gen::inRange(0, 8);
        for (int i = 0; i < lineCount; ++i) {
            const auto amount = *rc::gen::inRange<std::int64_t>(-100'000, 1'000'000);
            items += amount;
            lines.push_back(item(amount));
        }
        const int paymentCount = *rc::gen::inRange(0, 6);
        for (int i = 0; i < paymentCount; ++i) {
            const auto amount = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
            const bool refund = *rc::gen::arbitrary<bool>();
            paid += refund ? -amount : amount;
            ledger.push_back(money(refund ? "refund" : "payment", amount));
        }
        const auto discount = *rc::gen::inRange<std::int64_t>(0, 5000);
        const auto totals = billTotals(issued(discount), lines, ledger);
        RC_ASSERT(totals.has_value());
        RC_ASSERT(totals->open.minor == items - discount - paid);
        RC_ASSERT((totals->state == BillState::Paid) == (totals->open.minor == 0));
    }));
}

QTEST_GUILESS_MAIN(BillingTest)
#include "billing_test.moc"

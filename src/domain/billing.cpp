#include "domain/billing.h"

#include "schema/registry.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/payments.h"

#include <algorithm>
#include <array>

namespace anteroom::domain {
namespace {

using schema::col;
using schema::tables::bill_items;
using schema::tables::patient_bills;
using schema::tables::payments;

constexpr std::int64_t kMilli = 1000;

// Sums up, and remembers the first overflow, so that a column of additions reads like one.
class Sum {
public:
    void add(Money amount) { keep(anteroom::add(m_total, amount)); }
    void subtract(Money amount) { keep(anteroom::subtract(m_total, amount)); }
    [[nodiscard]] Money total() const { return m_total; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    void keep(const Result<Money> &result)
    {
        if (result)
            m_total = *result;
        else if (!m_error)
            m_error = result.error();
    }
    Money m_total;
    std::optional<Error> m_error;
};

Money amount(const schema::Row &row, int column)
{
    return Money{schema::toInt(row[column])};
}

constexpr int kQuantity = col(bill_items, "quantity_milli"), kPrice = col(bill_items, "unit_price"),
              kItemDiscount = col(bill_items, "discount"), kPermille = col(bill_items, "tax_permille"),
              kTax = col(bill_items, "tax"), kItemTotal = col(bill_items, "total");
constexpr schema::GroupNo kItemGroup = schema::columnAt(bill_items, kItemTotal).group;
constexpr bool oneGroup()
{
    for (const int column : {kQuantity, kPrice, kItemDiscount, kPermille, kTax})
        if (schema::columnAt(bill_items, column).group != kItemGroup)
            return false;
    return true;
}
static_assert(oneGroup(), "a total could be written without what it follows from");

// `at(column)` is the value of that column.
template <typename At> Result<ItemAmounts> amountsOf(At at)
{
    return itemAmounts(Money{schema::toInt(at(kPrice))}, schema::toInt(at(kQuantity)), Money{schema::toInt(at(kItemDiscount))},
        schema::toInt(at(kPermille)));
}

// Calls `visit(group's values, amounts)` for the group of an item's amounts where the change writes it.
template <typename Change, typename Visit> void forAmounts(Change &change, Visit visit)
{
    if (change.table != &bill_items || (change.op != schema::Op::Insert && change.op != schema::Op::Update))
        return;
    const auto columns = schema::groupColumns(bill_items, kItemGroup);
    for (auto &group : change.groups) {
        if (group.group != kItemGroup || group.newValues.size() != columns.size())
            continue;
        const auto at = [&](int column) -> auto & {
            return group.newValues[static_cast<std::size_t>(std::find(columns.begin(), columns.end(), column) - columns.begin())];
        };
        visit(at, amountsOf(at));
    }
}

BillState stateOf(const schema::Row &bill, const BillTotals &totals)
{
    constexpr int kState = col(patient_bills, "state");
    const auto state = schema::toText(bill[kState]);
    if (state == "void" || state == "cancelled" || bill.deleted())
        return BillState::Void;
    if (totals.open.minor < 0)
        return BillState::Overpaid;
    if (state.empty() || state == "draft")
        return BillState::Draft;
    if (totals.open.minor == 0)
        return BillState::Paid;
    return totals.paid.minor > 0 ? BillState::PartPaid : BillState::Open;
}

} // namespace

Result<ItemAmounts> itemAmounts(Money unitPrice, std::int64_t quantityMilli, Money discount, std::int64_t taxPermille)
{
    const auto gross = portion(unitPrice, quantityMilli, kMilli);
    if (!gross)
        return tl::unexpected(gross.error());
    const auto net = subtract(*gross, discount);
    if (!net)
        return tl::unexpected(net.error());
    const auto tax = portion(*net, taxPermille, kMilli);
    if (!tax)
        return tl::unexpected(tax.error());
    const auto total = add(*net, *tax);
    if (!total)
        return tl::unexpected(total.error());
    return ItemAmounts{*net, *tax, *total};
}

void deriveAmounts(schema::Change &change)
{
    forAmounts(change, [](const auto &at, const Result<ItemAmounts> &amounts) {
        if (!amounts)
            return;
        at(kTax) = amounts->tax.minor;
        at(kItemTotal) = amounts->total.minor;
    });
}

void deriveAmounts(const schema::Table &table, schema::Row &row)
{
    if (&table != &bill_items)
        return;
    const auto at = [&](int column) -> schema::Value & { return row[column]; };
    if (const auto amounts = amountsOf(at)) {
        row[kTax] = amounts->tax.minor;
        row[kItemTotal] = amounts->total.minor;
    }
}

Result<void> checkAmounts(const schema::Change &change)
{
    Result<void> fits;
    forAmounts(change, [&](const auto &, const Result<ItemAmounts> &amounts) {
        if (!amounts)
            fits = fail(ErrorCode::Invalid,
                QStringLiteral("The amount of this item is too large. Check its quantity, its price and its discount."),
                QStringLiteral("unit_price"));
    });
    return fits;
}

Result<void> checkItemsOpen(const schema::Row &bill)
{
    constexpr int kState = col(patient_bills, "state"), kNumber = col(patient_bills, "number");
    const auto state = schema::toText(bill[kState]);
    if (state.empty() || state == "draft")
        return {};
    const QString number = schema::toQString(bill[kNumber]);
    const QString named = number.isEmpty() ? QStringLiteral("This bill") : QStringLiteral("Bill %1").arg(number);
    if (state == "cancelled")
        return fail(ErrorCode::Refused, QStringLiteral("%1 was cancelled. Make a new bill.").arg(named), QStringLiteral("bill_id"));
    if (state == "void")
        return fail(ErrorCode::Refused, QStringLiteral("%1 is void. Make a new bill.").arg(named), QStringLiteral("bill_id"));
    return fail(ErrorCode::Refused,
        QStringLiteral("%1 is issued, so its items stay as they are. Void it with a counter-bill and make a new one.").arg(named),
        QStringLiteral("bill_id"));
}

std::string_view toText(BillState state)
{
    switch (state) {
    case BillState::Draft:
        return "draft";
    case BillState::Open:
        return "open";
    case BillState::PartPaid:
        return "part_paid";
    case BillState::Paid:
        return "paid";
    case BillState::Overpaid:
        return "overpaid";
    case BillState::Void:
        return "void";
    }
    return "open";
}

Result<BillTotals> billTotals(
    const schema::Row &bill, std::span<const schema::Row> items, std::span<const schema::Row> receipts)
{
    constexpr int kTotal = col(bill_items, "total"), kDiscount = col(patient_bills, "discount_amount");
    constexpr int kAmount = col(payments, "amount"), kRounding = col(payments, "rounding"),
                  kKind = col(payments, "kind");
    Sum sum;
    for (const schema::Row &item : items)
        if (!item.deleted())
            sum.add(amount(item, kTotal));
    Sum paid;
    for (const schema::Row &payment : receipts) {
        if (payment.deleted())
            continue;
        const auto kind = schema::toText(payment[kKind]); // amounts are positive, the kind says which way
        const bool back = kind == "refund" || kind == "void";
        for (const int column : {kAmount, kRounding}) {
            if (back)
                paid.subtract(amount(payment, column));
            else
                paid.add(amount(payment, column));
        }
    }
    Sum due;
    due.add(sum.total());
    due.subtract(amount(bill, kDiscount));
    Sum open;
    open.add(due.total());
    open.subtract(paid.total());
    for (const Sum *s : {&sum, &paid, &due, &open})
        if (s->error())
            return tl::unexpected(*s->error());
    BillTotals totals{.items = sum.total(),
        .discount = amount(bill, kDiscount),
        .due = due.total(),
        .paid = paid.total(),
        .open = open.total()};
    totals.state = stateOf(bill, totals);
    return totals;
}

} // namespace anteroom::domain

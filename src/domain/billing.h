// What a bill comes to and where it stands, in integers of the minor unit, from its items and payments. A bill's state
// is never stored when it can be told from these; who paid what is a ledger that only grows. No rounding but the tax's.
#pragma once

#include "core/money.h"
#include "core/result.h"
#include "schema/change.h"

#include <span>

namespace anteroom::domain {

// quantity in thousandths × unit price − discount, and the tax on it; halves go away from zero.
struct ItemAmounts {
    Money net;           // after discount, before tax
    Money tax;
    Money total;         // what bill_items.total holds
};
[[nodiscard]] Result<ItemAmounts> itemAmounts(Money unitPrice, std::int64_t quantityMilli, Money discount, std::int64_t taxPermille);

// Tax and total of bill_items wherever a change writes what they follow from; other tables stay as they are. Where the
// amounts do not fit they are left, and checkAmounts() has the words.
void deriveAmounts(schema::Change &change);
void deriveAmounts(const schema::Table &table, schema::Row &row);
[[nodiscard]] Result<void> checkAmounts(const schema::Change &change);

// Items of a bill are written while it is a draft. Words where this state closes it: "issued", "void", "cancelled".
[[nodiscard]] Result<void> checkItemsOpen(const schema::Row &bill);

enum class BillState : std::uint8_t { Draft, Open, PartPaid, Paid, Overpaid, Void };
[[nodiscard]] std::string_view toText(BillState state);        // for lists and logs: "part_paid"

struct BillTotals {
    Money items;         // sum of the items
    Money discount;      // of the whole bill
    Money due;           // items − discount
    Money paid;          // payments − refunds, with cash rounding
    Money open;          // due − paid; negative = too much was paid
    BillState state = BillState::Open;
};

// `items` and `payments` are rows of bill_items and payments of this bill; deleted ones count as absent. An error where
// amounts do not fit into 64 bits.
[[nodiscard]] Result<BillTotals> billTotals(const schema::Row &bill, std::span<const schema::Row> items, std::span<const schema::Row> payments);

} // namespace anteroom::domain

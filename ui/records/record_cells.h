// What a list of records shows: which columns, and which cell is an exception that a person must see. Pure functions over
// the schema; RecordsModel asks them for every cell.
#pragma once

#include "ui/common/paint.h"
#include "ui/records/record_words.h"

namespace anteroom::ui {

inline constexpr int kChangedColumn = -1;      // stands for "when, and by whom"; every list ends with it

[[nodiscard]] std::vector<int> defaultColumns(const schema::Table &table);         // until a person chooses
[[nodiscard]] std::vector<int> offeredColumns(const schema::Table &table);         // in the order of the schema
[[nodiscard]] QString listTitle(const schema::Table &table, int column);
[[nodiscard]] QString changedText(const schema::Row &row, const node::Labels &labels, QDate today, const ValueStyle &style);
// Normal has no chip: "Not used", "No-show", "Emergency".
[[nodiscard]] std::optional<ChipSpec> chipOf(const schema::Table &table, int column, const schema::Row &row);

} // namespace anteroom::ui

#include "ui/books/book_columns.h"

#include <algorithm>

namespace anteroom::ui {
namespace {

double real(const schema::Value &value)
{
    const auto *number = std::get_if<double>(&value);
    return number ? *number : static_cast<double>(schema::toInt(value));
}

} // namespace

BookItem bookOf(const schema::Row &row)
{
    BookItem item{.id = row.id, .title = schema::toQString(row[book::kTitle])};
    item.first = static_cast<int>(std::clamp<std::int64_t>(schema::toInt(row[book::kFirst], book::kUsualFirst), 0, 23 * 60)) / 60 * 60;
    item.last = static_cast<int>(std::clamp<std::int64_t>(schema::toInt(row[book::kLast], book::kUsualLast), item.first + 60, 24 * 60));
    item.slot = static_cast<int>(std::clamp<std::int64_t>(schema::toInt(row[book::kSlot], book::kUsualSlot), 5, 240));
    return item;
}

EventItem eventOf(const schema::Row &row, int usualMinutes)
{
    EventItem item{.id = row.id, .title = schema::toQString(row[appointment::kTitle]), .body = schema::toQString(row[appointment::kBody]),
                   .reason = schema::toQString(row[appointment::kReason]), .struck = schema::toInt(row[appointment::kStruck]) != 0,
                   .patient = schema::toUuid(row[appointment::kPatient]), .row = row};
    item.start = static_cast<int>(std::clamp<std::int64_t>(schema::toInt(row[appointment::kStart]), 0, 24 * 60 - 1));
    const std::int64_t minutes = schema::toInt(row[appointment::kDuration]);
    item.minutes = static_cast<int>(std::clamp<std::int64_t>(minutes > 0 ? minutes : usualMinutes, 5, 24 * 60));
    return item;
}

NoteItem noteOf(const schema::Row &row)
{
    return {.id = row.id, .at = {real(row[slip::kX]), real(row[slip::kY])}, .text = schema::toQString(row[slip::kText]), .row = row};
}

} // namespace anteroom::ui

// Positions of the columns that a page of a book reads and writes, and the rows as a page shows them. No behaviour
// beyond reading a row.
#pragma once

#include "schema/change.h"
#include "schema/tables/books.h"
#include "schema/tables/events.h"
#include "schema/tables/notes.h"
#include "schema/tables/schedule_drawings.h"

#include <QPointF>

namespace anteroom::ui {

namespace book {
inline constexpr const schema::Table &kTable = schema::tables::books;
inline constexpr int kTitle = schema::col(kTable, "title"), kFirst = schema::col(kTable, "first_minute"), kLast = schema::col(kTable, "last_minute"),
                     kSlot = schema::col(kTable, "slot_minutes"), kActive = schema::col(kTable, "active"), kSort = schema::col(kTable, "sort_order");
inline constexpr int kUsualFirst = 8 * 60, kUsualLast = 18 * 60, kUsualSlot = 15;      // of a book that does not say
}

namespace appointment {
inline constexpr const schema::Table &kTable = schema::tables::events;
inline constexpr int kBook = schema::col(kTable, "book_id"), kDay = schema::col(kTable, "page_day"), kStart = schema::col(kTable, "start_minute"),
                     kDuration = schema::col(kTable, "duration_minutes"), kTitle = schema::col(kTable, "title"), kBody = schema::col(kTable, "body"),
                     kPatient = schema::col(kTable, "patient_id"), kStruck = schema::col(kTable, "struck_out"), kReason = schema::col(kTable, "struck_reason");
}

namespace slip {
inline constexpr const schema::Table &kTable = schema::tables::notes;
inline constexpr int kBook = schema::col(kTable, "book_id"), kDay = schema::col(kTable, "page_day"), kX = schema::col(kTable, "x"),
                     kY = schema::col(kTable, "y"), kText = schema::col(kTable, "text"), kClass = schema::col(kTable, "subject_class");
}

namespace drawing {
inline constexpr const schema::Table &kTable = schema::tables::schedule_drawings;
inline constexpr int kBook = schema::col(kTable, "book_id"), kDay = schema::col(kTable, "page_day"), kTool = schema::col(kTable, "tool"),
                     kColour = schema::col(kTable, "colour"), kWidth = schema::col(kTable, "width"), kMinX = schema::col(kTable, "min_x"),
                     kMinY = schema::col(kTable, "min_y"), kMaxX = schema::col(kTable, "max_x"), kMaxY = schema::col(kTable, "max_y"),
                     kPoints = schema::col(kTable, "points"), kStroke = schema::col(kTable, "stroke"), kEncoding = schema::col(kTable, "encoding");
}

struct BookItem {
    Uuid id;
    QString title;
    int first = book::kUsualFirst, last = book::kUsualLast, slot = book::kUsualSlot;      // minutes of the day
    friend bool operator==(const BookItem &, const BookItem &) = default;
};

struct EventItem {
    Uuid id;
    int start = 0, minutes = 0;
    QString title, body, reason;         // reason: why it is struck out
    bool struck = false;
    Uuid patient;
    schema::Row row;
    [[nodiscard]] int end() const { return start + minutes; }
    friend bool operator==(const EventItem &, const EventItem &) = default;
};

struct NoteItem {
    Uuid id;
    QPointF at;                          // page units
    QString text;
    schema::Row row;
    friend bool operator==(const NoteItem &, const NoteItem &) = default;
};

[[nodiscard]] BookItem bookOf(const schema::Row &row);
[[nodiscard]] EventItem eventOf(const schema::Row &row, int usualMinutes);
[[nodiscard]] NoteItem noteOf(const schema::Row &row);

} // namespace anteroom::ui

// What a form asks of each column, from the schema alone: which kind of field, in which order and width, what it is filled
// with in a new record, and what follows from other fields. Pure functions; no widget, no replica.
#pragma once

#include "ui/records/record_words.h"

namespace anteroom::ui {

enum class FieldKind : std::uint8_t {
    Hidden,          // kept for the program
    Shown,           // the host fills it, or it follows from others: read only
    Line, Lines, Choice, Check, YesNo, Date, Birth, Moment, Money, Number, Real, MinuteOfDay, Weekdays, Colour, Reference,
    SubjectTable, Subject,      // a row of any table: which table, which row
    Json, Bytes,
};

struct FieldSpec {
    int column = 0;
    FieldKind kind = FieldKind::Hidden;
    QString title;
    bool optional = true;
    bool wide = false;           // takes both columns of the form
    int section = 0;             // fields of one section stand together
};

[[nodiscard]] FieldKind fieldKind(const schema::Table &table, int column);
// Fields of a form in reading order; hidden ones are left out.
[[nodiscard]] std::vector<FieldSpec> fieldSpecs(const schema::Table &table);
[[nodiscard]] QString sectionTitle(const schema::Table &table, int section);       // empty: no heading helps there
[[nodiscard]] QString groupTitle(const schema::Table &table, schema::GroupNo group);
[[nodiscard]] int stateColumn(const schema::Table &table);                         // -1 where there is none
[[nodiscard]] bool isKey(const schema::Table &table, int column);                  // makes the id: it stays as it is

// Values that a person may choose: all, or of a state the present one and where it may go. An empty one: nothing known.
[[nodiscard]] std::vector<std::string_view> choicesOf(const schema::Table &table, int column, std::string_view present);

// Why nobody writes such a record in a form; empty where people do.
[[nodiscard]] QString madeElsewhere(const schema::Table &table);

// Columns of a new record that are known without asking: moments that are now, persons who are who sits here.
struct Prefill { int column; schema::Value value; };
[[nodiscard]] std::vector<Prefill> prefill(const schema::Table &table, std::int64_t now, const Uuid &person);

// Adds what follows from the values: total and tax of an item, day and wall time of an appointment, the class of a subject.
// `row` holds all values as they are to be saved.
void addDerived(const schema::Table &table, const schema::Row &row, const ValueStyle &style, std::vector<schema::ColumnValue> &values);

} // namespace anteroom::ui

// Words of the schema for people: what tables, columns and allowed values are called, and values as they are read on a
// screen. Source texts are made from the schema's names (context "Schema"), with a short table where the name alone would
// be wrong. Pure functions: zone, currency and day are arguments. It never decides who may see a value.
#pragma once

#include "node/queries.h"
#include "schema/table.h"

#include <QDate>
#include <QLocale>
#include <QTimeZone>

namespace anteroom::ui {

struct ValueStyle {                        // how this clinic writes values
    QTimeZone zone = QTimeZone::utc();
    int moneyDigits = 2;
    QLocale locale;
};

[[nodiscard]] QString tableTitle(const schema::Table &table);                      // "Service"
[[nodiscard]] QString tablePlural(const schema::Table &table);                     // "Services"
[[nodiscard]] QString columnTitle(const schema::Table &table, int column);         // "Birth date"; each once in its table
[[nodiscard]] QString allowedWord(const schema::Table &table, int column, std::string_view value);      // "In progress"
[[nodiscard]] QString actWords(std::string_view act);                              // "patients.register": "Patient registered"
[[nodiscard]] QString dataClassWord(std::int64_t dataClass);                       // "Clinical"
// A title in the middle of a sentence: "38 services"; an abbreviation keeps its capitals.
[[nodiscard]] QString inSentence(const QString &title);

// A number that is kept in whole small units and read in larger ones: kept = read × 10^digits. Unit may be empty.
struct Measure {
    int digits = 0;
    QString unit;
    friend bool operator==(const Measure &, const Measure &) = default;
};
[[nodiscard]] std::optional<Measure> measureOf(const schema::Table &table, int column);
[[nodiscard]] bool isMinuteOfDay(const schema::Table &table, int column);          // 480 is 08:00
[[nodiscard]] bool isNumber(const schema::Table &table, int column);               // stands at the trailing edge of a list
// Kept for the program, not for people: folded names, digits of a phone, hashes.
[[nodiscard]] bool isTechnical(const schema::Table &table, int column);

// One line; empty where nothing is known. Text is shown as it is kept.
[[nodiscard]] QString valueText(const schema::Table &table, int column, const schema::Value &value, const node::Labels &labels, const ValueStyle &style);
// The same where a neighbour decides how it reads: a birth date with its precision, the part of a record in conflict.
[[nodiscard]] QString cellText(const schema::Table &table, int column, const schema::Row &row, const node::Labels &labels, const ValueStyle &style);

[[nodiscard]] QString dayText(QDate day, const ValueStyle &style);                 // "12 Mar 1992"
[[nodiscard]] QString partialDateText(const QString &date, const ValueStyle &style);        // "12 Mar 1992", "Mar 1992", "1992"
[[nodiscard]] QString momentText(std::int64_t utcMs, const ValueStyle &style);     // "12 Mar 1992, 10:42"
// "today 10:42", "2 Nov", "2 Nov 2025": as short as a column of lists allows.
[[nodiscard]] QString shortMomentText(std::int64_t utcMs, QDate today, const ValueStyle &style);
[[nodiscard]] QString measureText(std::int64_t kept, const Measure &measure, const QLocale &locale);       // "62.5 kg"
[[nodiscard]] QString bytesText(std::int64_t bytes, const QLocale &locale);        // "12 kB"

} // namespace anteroom::ui

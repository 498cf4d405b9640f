// Values as a person types them in a form, and back: "62.5" kg, "20 Nov", "+2w", "1500". What is refused says what to
// write. Pure functions: zone, currency and day are arguments.
#pragma once

#include "core/result.h"
#include "ui/records/field_rules.h"

namespace anteroom::ui {

struct TextContext {
    ValueStyle style;
    QDate today;
    std::int64_t now = 0;        // UTC ms
};

// As the form shows it; of a birth date its precision stands in the row beside it. A reference is its id.
[[nodiscard]] QString fieldText(const schema::Table &table, int column, const schema::Row &row, const TextContext &context);
[[nodiscard]] QString defaultText(const schema::Table &table, int column, const TextContext &context);
// NULL for empty text. A text that cannot be read is an error; so is a reference that was typed and not chosen.
[[nodiscard]] Result<schema::Value> fieldValue(const schema::Table &table, int column, const QString &text, const TextContext &context);
// What stands below the field while nothing is wrong: "kg", "Also today, +1w, 1 Jan".
[[nodiscard]] QString fieldHint(const schema::Table &table, const FieldSpec &field, const TextContext &context);
[[nodiscard]] QString neededWords(const FieldSpec &field);

// "2026-11-20", "20 Nov", "20/11/2026", "today", "+2w", "-3d"; also "Nov 2026" and "2026" where `partial`.
[[nodiscard]] Result<QString> parseDay(const QString &text, QDate today, const QLocale &locale, bool partial);
// A day and a time, a time of today, or "now".
[[nodiscard]] Result<std::int64_t> parseMoment(const QString &text, const TextContext &context);

} // namespace anteroom::ui

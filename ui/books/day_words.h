// A day as one types it: "+1w", "-2d", "+1m", "today", "tomorrow", "24", "24 11", "24.11.2026", "2026-11-24", a day of the
// week (the next one). Pure function of the words, of the day that is open and of today.
#pragma once

#include <QDate>
#include <QString>

#include <optional>

namespace anteroom::ui {

// Steps with a sign count from the day that is open, names from today. Nothing where no day is meant.
[[nodiscard]] std::optional<QDate> readDay(const QString &typed, const QDate &open, const QDate &today);
[[nodiscard]] QString dayWords(const QDate &day);        // "Sat 21 Nov 2026"

} // namespace anteroom::ui

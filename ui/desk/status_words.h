// node::Status in the words of the status bar. Pure functions: the clock is an argument, nothing is stored.
#pragma once

#include "node/types.h"
#include "ui/shell/status_strip.h"

namespace anteroom::ui {

[[nodiscard]] StatusView statusView(const node::Status &status, std::int64_t now);
[[nodiscard]] QString summaryWords(const node::SyncSummary &summary);      // "Up to date: 3 sent, 12 received, 1 needs you"
[[nodiscard]] QString waitingWords(const node::Status &status);            // "1 difference between two desks, 2 changes not taken"
[[nodiscard]] QString skewWords(const node::Status &status);               // empty below a minute
[[nodiscard]] QString roleWords(const node::Status &status);               // "Host", "Client of Desk 1", "Alone"
[[nodiscard]] QString clockTime(std::int64_t utcMs, bool seconds = false); // local "10:42"

} // namespace anteroom::ui

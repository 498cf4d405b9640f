// What an import tells at its end: JSON for programs (GOALS), and lines for people.
#pragma once

#include "exchange/import_report.h"

#include <QJsonObject>

namespace anteroom::app {

[[nodiscard]] QJsonObject importJson(const exchange::ImportReport &report, bool dryRun);
[[nodiscard]] QString importWords(const exchange::ImportReport &report, bool dryRun);

} // namespace anteroom::app

// The benchmarks of GOALS: each starts its processes, runs replica and floor in the same run, and gives one JSON object.
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QString>

namespace anteroom::app {

[[nodiscard]] Result<QJsonObject> runLive(int rate, int seconds);
[[nodiscard]] Result<QJsonObject> runFirst(int rows, const QString &rowsFile);
[[nodiscard]] Result<QJsonObject> runCatchup(int rows, int changes);
[[nodiscard]] Result<QJsonObject> runFanout(int clients, int changes);
[[nodiscard]] Result<QJsonObject> runIdle(int clients, int seconds);

} // namespace anteroom::app

// What lies where in a data folder, for everything that opens a replica's database beside it. Names only, no I/O.
#pragma once

#include <QDir>
#include <QString>

namespace anteroom::node {

[[nodiscard]] inline QString databasePath(const QString &dataDir) { return QDir(dataDir).filePath(QStringLiteral("anteroom.db")); }
[[nodiscard]] inline QString markPath(const QString &dataDir) { return QDir(dataDir).filePath(QStringLiteral("anteroom.mark")); }
[[nodiscard]] inline QString knownDevicesPath(const QString &dataDir) { return QDir(dataDir).filePath(QStringLiteral("devices.known")); }

} // namespace anteroom::node

// How long the desk keeps a person waiting while rows of other PCs come in: the real program, with its window, is the
// client of a host in another process, and types (desktop_probe) while the host changes its patients.
#pragma once

#include "core/result.h"

#include <QJsonObject>

namespace anteroom::app {

// max_block_ms and p99_block_ms of the event loop during `changes` remote changes; quiet_* is the same before them, the
// floor that this machine's scheduling sets.
[[nodiscard]] Result<QJsonObject> runUi(int changes);

} // namespace anteroom::app

// A copy of an open database as one file, made page by page inside one read of the source, while others go on writing.
// Plain, as the source is; encryption and rotation of backups are not its business.
#pragma once

#include "core/result.h"

#include <QString>

namespace anteroom::storage {

class Connection;

// The file must not exist. Durable when it returns; on an error nothing is left at `path`.
[[nodiscard]] Result<void> copyDatabase(Connection &source, const QString &path);

} // namespace anteroom::storage

// Disk: the data folder itself. Made with 0700, because it holds patients; found unwritable, it says so in words
// before SQLite would in codes. Never touches the files inside.
#pragma once

#include "core/result.h"

namespace anteroom::storage {

// Creates the folder where it is missing, and proves by writing that this user may write in it.
[[nodiscard]] Result<void> prepareDirectory(const QString &dir);

} // namespace anteroom::storage

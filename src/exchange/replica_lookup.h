// What an import asks of the replica it goes into, over a read-only connection beside the one that writes. Belongs to the
// thread that opened the connection.
#pragma once

#include "exchange/import_report.h"

namespace anteroom::storage {
class Connection;
}

namespace anteroom::exchange {

// Sets `lookup` and `where`; the connection outlives the hooks.
void lookIn(storage::Connection &connection, ImportHooks &hooks);

} // namespace anteroom::exchange

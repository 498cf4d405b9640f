// A list by command, of any length: read and handed over by pages, so that neither process holds the whole table. Each
// page is one read transaction behind the last row of the one before; rows that come meanwhile move none.
#pragma once

#include "node/control_protocol.h"
#include "node/queries.h"

namespace anteroom::node {

// A part per row, by id, at most `most`; then {"count"}. `request` names no order and no limit.
void listByPages(Replica &replica, QObject *context, ListRequest request, int most, const ControlAnswer &answer);

} // namespace anteroom::node

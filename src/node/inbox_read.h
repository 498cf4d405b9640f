// The reading of the inbox on a reader's connection. Internal to node; it writes nothing and shows no row that the role
// may not read.
#pragma once

#include "node/inbox.h"
#include "storage/connection.h"

namespace anteroom::node {

[[nodiscard]] Result<InboxList> inboxOf(storage::Connection &connection, const InboxRequest &request, schema::Role role);
[[nodiscard]] Result<InboxCard> inboxCardOf(storage::Connection &connection, InboxKind kind, const Uuid &id, schema::Role role);

} // namespace anteroom::node

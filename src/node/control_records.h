// Records by command: list, get, put and delete of any table, through Queries and Commands like every other write.
// put updates exactly the columns it names; a row that is no longer what the caller saw is answered with both.
#pragma once

#include "node/control_protocol.h"
#include "node/replica.h"

namespace anteroom::node {

// {"table", "where": ["COLUMN=VALUE", …], "limit", "as"?}: a part per row, then {"count"}.
void controlList(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer);
// {"table", "id", "as"?}: the row.
void controlGet(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer);
// {"table", "id"?, "values", "old"?, "as"?}: {"row"}, or {"differs": true, "old", "now"}.
void controlPut(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer);
// {"table", "id", "as"?}: {"row"}, marked.
void controlDelete(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer);

// Who `name` (login, name or short name) is, in the role of that users row; for an empty name the session of the replica.
void findActor(Replica &replica, QObject *context, const QString &name, std::function<void(const Result<session::Session> &)> next);

} // namespace anteroom::node

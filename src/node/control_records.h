// Records by command: list, get, put and delete of any table, through Queries and Commands like every other write.
// put updates exactly the columns it names; a row that is no longer what the caller saw is answered with both.
#pragma once

#include "node/control_protocol.h"
#include "node/replica.h"

namespace anteroom::node {

// {"table", "where": ["COLUMN=VALUE", …], "limit"}: a part per row, then {"count"}.
void controlList(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer);
// {"table", "id"}: the row.
void controlGet(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer);
// {"table", "id"?, "values", "old"?, "as"?}: {"row"}, or {"differs": true, "old", "now"}.
void controlPut(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer);
// {"table", "id", "as"?}: {"row"}, marked.
void controlDelete(Replica &replica, QObject *context, const QJsonObject &request, const ControlAnswer &answer);

// The users row that `name` (login, name or short name) means; null for an empty name: the person of this device.
void findActor(Replica &replica, QObject *context, const QString &name, std::function<void(const Result<Uuid> &)> next);

} // namespace anteroom::node

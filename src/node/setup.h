// Setup: the rows with which a clinic, a PC and a person begin: settings, device, user, the usual service points.
// Until accounts exist the person who starts or joins gets one users row with the role admin.
#pragma once

#include "node/types.h"
#include "sync/store_tx.h"

namespace anteroom::node {

using MadeRows = std::vector<std::pair<const schema::Table *, schema::Row>>;

[[nodiscard]] MadeRows clinicRows(const Identity &identity, std::int64_t nowMs);
[[nodiscard]] MadeRows deviceAndUserRows(const Identity &identity, const std::string &program, std::int64_t nowMs);

// Identity of a replica in sync_state.
void storeIdentity(const Identity &identity, sync::StoreTx &tx);
[[nodiscard]] Identity loadIdentity(sync::StoreTx &tx);
// The device's token, DIR/device.token, 0600.
[[nodiscard]] QString tokenPath(const QString &dataDir);

} // namespace anteroom::node

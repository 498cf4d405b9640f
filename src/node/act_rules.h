// Rules of an act that need the clinic's rows: what the role of its person may do, which bills are closed, which
// dispensing is here already. Asked inside the transaction, by the door and, where both must hold them, by the host.
// They write nothing.
#pragma once

#include "core/result.h"
#include "schema/table.h"
#include "sync/store_tx.h"

#include <optional>

namespace anteroom::node {

// Of the person's row; nothing where this replica does not hold it (yet).
[[nodiscard]] std::optional<schema::Role> roleOfUser(const Uuid &user, sync::StoreTx &tx);
// Words where the role may not do one of the changes.
[[nodiscard]] std::optional<Error> notPermitted(const schema::Entry &entry, schema::Role role);
// Words where an item is written to a bill that was closed before this act.
[[nodiscard]] std::optional<Error> ofClosedBill(const schema::Entry &entry, sync::StoreTx &tx);
// The rows that an act would make a second time, because a pharmacy program sends a dispensing again under its
// external_id: then nothing is to be written. An error where the record that is here says something else.
[[nodiscard]] Result<std::optional<std::vector<schema::Row>>> repeatedDispensing(const schema::Entry &entry, sync::StoreTx &tx);

} // namespace anteroom::node

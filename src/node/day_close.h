// Day close: tickets of earlier days move, under the same id, from active_patient_queue to patient_queue. By the host
// alone, in batches that fit one revision.
#pragma once

#include "sync/store_tx.h"

namespace anteroom::node {

// Rows to write for up to 200 tickets of days before `today`; empty when nothing is left to close.
[[nodiscard]] std::vector<std::pair<const schema::Table *, schema::Row>> closedTickets(sync::StoreTx &tx, const std::string &today, std::int64_t nowMs);

} // namespace anteroom::node

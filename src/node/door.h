// Door: what happens to an act between the form and the transaction: values made canonical, derived columns filled,
// own serials and provisional labels given, the schema's rules asked, the entry bounded. The same on host and client.
// Writer thread, inside a transaction.
#pragma once

#include "core/clock.h"
#include "core/random.h"
#include "node/types.h"
#include "sync/client_outbox.h"

namespace anteroom::node {

class Door {
public:
    Door(const Clock &clock, Random &random) : m_clock(clock), m_random(random) {}

    // Nothing is written yet: derived, checked, stamped with the person and the device.
    [[nodiscard]] Result<schema::Entry> prepare(const Act &act, const Identity &who, schema::Claim claim) const;
    // Words of the first rule that the act breaks against the rows of this replica.
    [[nodiscard]] std::optional<Error> refused(const schema::Entry &entry, sync::StoreTx &tx) const;
    // UNIQUE is a rule of the door (DESIGN 3): words where another row of this replica has the value already. What two
    // PCs make apart is taken by the host and flagged there.
    [[nodiscard]] std::optional<Error> taken(const schema::Entry &entry, sync::StoreTx &tx) const;
    // Words where a row that the act refers to is not on this replica: SQLite's own would say nothing to a person.
    [[nodiscard]] std::optional<Error> missing(const schema::Entry &entry, sync::StoreTx &tx) const;
    // Own numbers, which cost a counter: after the comparison, before the write.
    void number(schema::Entry &entry, bool provisionalLabels, sync::StoreTx &tx) const;
    // What the person must see before it is saved (rule 4).
    [[nodiscard]] std::vector<Difference> differences(const schema::Entry &entry, sync::StoreTx &tx) const;
    [[nodiscard]] static std::vector<schema::Row> rowsOf(const schema::Entry &entry, sync::StoreTx &tx);

private:
    const Clock &m_clock;
    Random &m_random;
};

} // namespace anteroom::node

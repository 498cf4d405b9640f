// ClinicPolicy: sync's Policy from the clinic's rules. What the host refuses, how it numbers tickets (H13), which ticket
// a desk gets (rule 13), which columns it fills, what it flags (rule 14). Reads through the transaction that merges; keeps nothing.
#pragma once

#include "core/clock.h"
#include "sync/policy.h"

#include <QTimeZone>

namespace anteroom::node {

class ClinicPolicy final : public sync::Policy {
public:
    explicit ClinicPolicy(const Clock &clock) : m_clock(clock) {}

    [[nodiscard]] bool standby(const Uuid &device, sync::StoreTx &tx) override;
    [[nodiscard]] std::optional<std::string> refuse(const schema::Entry &entry, const sync::Author &author, sync::StoreTx &tx) override;
    void fillHostColumns(const schema::Entry &entry, const sync::Author &author, const schema::Table &table, schema::Row &row, sync::StoreTx &tx) override;
    [[nodiscard]] sync::ClaimResult claim(const schema::Entry &entry, const sync::Author &author, const schema::Epoch &epoch, sync::StoreTx &tx) override;
    [[nodiscard]] std::vector<sync::Flag> flags(const schema::Entry *entry, std::span<const sync::RowAt> rows, sync::StoreTx &tx) override;

private:
    [[nodiscard]] sync::ClaimResult take(const schema::Entry &entry, const schema::Epoch &epoch, sync::StoreTx &tx);
    [[nodiscard]] sync::ClaimResult call(const schema::Entry &entry, const sync::Author &author, sync::StoreTx &tx);

    const Clock &m_clock;
};

// Words where the table's description lets nobody do this: rows that Anteroom makes itself, that are never changed, or
// never deleted. Asked by the door and by the host alike.
[[nodiscard]] std::optional<QString> forbidden(const schema::Change &change);
// The clinic's day "YYYY-MM-DD" at this moment, in the zone of its settings (PC's zone where none is set).
[[nodiscard]] std::string clinicDay(sync::StoreTx &tx, std::int64_t utcMs);
[[nodiscard]] QTimeZone zoneFromSetting(const std::string &name);

} // namespace anteroom::node

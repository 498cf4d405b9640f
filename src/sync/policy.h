// Policy: what the host asks of the clinic's rules while it merges. A port: node implements it over domain. It reads
// through StoreTx, inside the host's transaction, and writes nothing itself.
#pragma once

#include "sync/store_tx.h"

#include <span>

namespace anteroom::sync {

struct ClaimResult {
    std::optional<std::string> refused;          // words; then nothing else is set
    std::vector<std::pair<const Table *, Row>> rows;      // rows to write
    std::string number;
    std::optional<Uuid> called, desk;
    std::string note;                            // "nobody waits", where the rest of the entry applies all the same
};

// Something that no single change is to blame for, found after it was taken (rule 14).
struct Flag {
    std::string rule;                            // stable name: "paid_more_than_due"
    std::string note;                            // one sentence for people
    const Table *table = nullptr;                // of the record that it is about
    Uuid id;
};

class Policy {
public:
    virtual ~Policy() = default;
    // The owner named this device to keep what a host needs (rule 17).
    [[nodiscard]] virtual bool standby(const Uuid &device, StoreTx &tx) { (void)device, (void)tx; return false; }
    // Words of a refusal, or nothing: validation, permissions, uniqueness that a person could have known.
    [[nodiscard]] virtual std::optional<std::string> refuse(const Entry &entry, const Author &author, StoreTx &tx) = 0;
    // Fills columns that only the host fills (group 0) of a row that the entry inserted.
    virtual void fillHostColumns(const Entry &entry, const Author &author, const Table &table, Row &row, StoreTx &tx) = 0;
    // changes[0] of a claim. `epoch` dates the series of ticket numbers (H13).
    [[nodiscard]] virtual ClaimResult claim(const Entry &entry, const Author &author, const Epoch &epoch, StoreTx &tx) = 0;
    // What is wrong with the clinic now that these rows are written. `entry` made them; null: a replica offered them.
    [[nodiscard]] virtual std::vector<Flag> flags(const Entry *entry, std::span<const RowAt> rows, StoreTx &tx) = 0;
};

} // namespace anteroom::sync

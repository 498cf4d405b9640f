// Outbox: own entries that the host has not answered, which rows each touches, and the entries that the host refused.
// Entries are opaque bytes here and never change; only their flags do. Failures throw SqlError.
#pragma once

#include "schema/table.h"
#include "storage/transaction.h"

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace anteroom::storage {

struct OutboxItem {
    std::int64_t seq = 0;
    bool doomed = false;
    bool provisional = false;
    std::int64_t at = 0;                 // author's wall clock, UTC ms
    QByteArray entry;
};

struct OutboxSummary {
    int count = 0;
    std::int64_t oldestAt = 0;           // 0 if empty
};

struct RejectedItem {
    Uuid entryUuid;
    std::int64_t seq = 0;
    std::string why;
    std::int64_t at = 0;
    QByteArray entry;
    std::int64_t closedAt = 0;           // 0 while a person has not dealt with it
    std::string closedHow, closedWhy;    // "sent" again, or "dropped" with the reason
};

class Outbox {
public:
    using RowKey = std::pair<const schema::Table *, Uuid>;

    explicit Outbox(Connection &connection) : m_connection(connection) {}

    void append(const OutboxItem &item, std::span<const RowKey> rows);
    [[nodiscard]] std::optional<OutboxItem> item(std::int64_t seq);
    [[nodiscard]] std::vector<OutboxItem> after(std::int64_t seq, int limit);                          // ascending
    [[nodiscard]] std::vector<std::int64_t> touching(const schema::Table &table, const Uuid &id);        // ascending
    void mark(std::int64_t seq, bool doomed, bool provisional);
    void retire(std::int64_t seq);
    // Every entry gets a new number, from 1 in the same order (a new incarnation). Answers how many there are.
    std::int64_t renumber();
    [[nodiscard]] OutboxSummary summary();

    void reject(const RejectedItem &item);         // the same entry again replaces its words and is open again
    [[nodiscard]] std::vector<RejectedItem> rejected(int limit, bool closedToo = false);                // newest first
    [[nodiscard]] std::optional<RejectedItem> rejected(const Uuid &entryUuid);
    [[nodiscard]] int rejectedCount();             // open ones
    // It was sent again, or put away by a person with a reason; it stays readable.
    void closeRejected(const Uuid &entryUuid, std::string_view how, std::string_view why, std::int64_t at);

private:
    Connection &m_connection;
};

} // namespace anteroom::storage

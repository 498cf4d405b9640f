// HistoryTables: what a host keeps of histories that parted (offers under way, offers taken, which picture a row stands
// as since), and the sums by which replicas compare themselves. A thin value over a connection, inside the transaction
// that its owner holds; it decides nothing. Failures throw SqlError.
#pragma once

#include "schema/revision.h"
#include "schema/table.h"
#include "storage/sync_images.h"
#include "storage/transaction.h"

#include <optional>
#include <utility>
#include <vector>

namespace anteroom::storage {

struct DigestSum {
    std::uint16_t table = 0;
    std::uint8_t dataClass = 0;
    std::uint64_t sum = 0;
};

struct OfferTaken {                      // by who offered, and where that replica stood
    Uuid device;
    std::int64_t incarnation = 1;
    std::int64_t rev = 0;
    schema::Salt salt = 0;
};

class HistoryTables {
public:
    explicit HistoryTables(Connection &connection) : m_connection(connection) {}

    [[nodiscard]] bool offered(const Uuid &device, std::int64_t incarnation, std::int64_t rev, schema::Salt salt);
    void setOffered(const Uuid &device, std::int64_t incarnation, std::int64_t rev, schema::Salt salt);
    [[nodiscard]] std::vector<OfferTaken> offersTaken();

    // (revision there, revision here that took the offer)
    [[nodiscard]] std::optional<std::pair<std::int64_t, std::int64_t>> origin(const schema::Table &table, const Uuid &id);
    void setOrigin(const schema::Table &table, const Uuid &id, std::int64_t rev, std::int64_t offer);
    [[nodiscard]] std::optional<schema::Salt> offerSalt(std::int64_t offer, std::int64_t rev);
    void keepOfferSalt(std::int64_t offer, std::int64_t rev, schema::Salt salt);

    void offerPut(const Uuid &device, std::int64_t incarnation, const schema::Table &table, const Uuid &id, schema::RevPos at, const QByteArray &row);
    [[nodiscard]] std::vector<StagedRow> offerRows(const Uuid &device, std::int64_t incarnation, schema::RevPos after, int maxRows);      // ascending
    void offerClear(const Uuid &device, std::int64_t incarnation);

    [[nodiscard]] std::uint64_t digest(std::uint16_t table, std::uint8_t dataClass);      // 0 where nothing was added
    void setDigest(std::uint16_t table, std::uint8_t dataClass, std::uint64_t sum);
    [[nodiscard]] std::vector<DigestSum> digests();                                        // by table, class
    void eraseDigests();

private:
    Connection &m_connection;
};

} // namespace anteroom::storage

// SqlStoreTx: the engines' store over SQLite, inside one open transaction of the writer thread. It encodes entries,
// replies and images with sync's codec and hands bytes to storage; it decides nothing. Lives no longer than its
// transaction, neither begins nor commits one. What SQLite refuses leaves as sync::StoreFailure.
#pragma once

#include "core/clock.h"
#include "storage/device_tables.h"
#include "storage/history_tables.h"
#include "storage/outbox.h"
#include "storage/sync_images.h"
#include "storage/sync_index.h"
#include "storage/transaction.h"
#include "sync/store_tx.h"

namespace anteroom::node {

class SqlStoreTx final : public sync::StoreTx {
public:
    // The clock dates refusals for people; no rule reads it.
    SqlStoreTx(storage::Transaction &transaction, const Clock &clock);

    [[nodiscard]] std::optional<schema::Row> row(const schema::Table &table, const Uuid &id) override;
    void putRow(const schema::Table &table, const schema::Row &row) override;
    void eraseRow(const schema::Table &table, const Uuid &id) override;
    [[nodiscard]] std::vector<schema::Row> find(const schema::Table &table, const std::vector<sync::Condition> &where, int limit = 1000) override;
    [[nodiscard]] std::int64_t maxOf(const schema::Table &table, int column, const std::vector<sync::Condition> &where) override;

    [[nodiscard]] std::optional<schema::RevPos> touched(const schema::Table &table, const Uuid &id) override;
    void setTouched(const schema::Table &table, const Uuid &id, schema::RevPos at) override;
    [[nodiscard]] std::vector<sync::RowAt> scan(schema::RevPos after, int maxRows, std::size_t maxBytes, bool &more) override;

    void forEachTouched(const schema::Table &table, const std::function<void(const Uuid &, schema::RevPos)> &visit) override;
    void eraseTouched(const schema::Table &table, const Uuid &id) override;
    [[nodiscard]] std::uint64_t digest(std::uint16_t table, std::uint8_t dataClass) override;
    void setDigest(std::uint16_t table, std::uint8_t dataClass, std::uint64_t sum) override;
    [[nodiscard]] std::vector<sync::TableDigest> digests() override;
    void eraseDigests() override;

    [[nodiscard]] std::optional<QByteArray> state(std::string_view key) override;
    void setState(std::string_view key, const QByteArray &value) override;
    [[nodiscard]] std::optional<schema::Salt> salt(std::int64_t rev) override;
    void setSalt(std::int64_t rev, schema::Salt salt) override;
    [[nodiscard]] std::vector<sync::RevSalt> saltsBetween(std::int64_t from, std::int64_t to, int newest) override;
    [[nodiscard]] std::vector<sync::RevSalt> saltsSpread(std::int64_t lo, std::int64_t hi, int count) override;
    [[nodiscard]] std::optional<sync::RevSalt> saltAtOrBefore(std::int64_t rev) override;
    void eraseSalts(std::int64_t after = -1) override;

    [[nodiscard]] std::optional<sync::Counter> counter(const sync::Author &author) override;
    void setCounter(const sync::Author &author, const sync::Counter &counter) override;
    void keepReply(const sync::Author &author, std::int64_t seq, const sync::Reply &reply) override;
    [[nodiscard]] sync::Answers repliesAfter(const sync::Author &author, std::int64_t retired) override;
    void dropReplies(const sync::Author &author, std::int64_t retired) override;

    [[nodiscard]] std::vector<std::pair<sync::Author, sync::Counter>> counters() override;
    [[nodiscard]] std::vector<std::pair<Uuid, QByteArray>> tokens() override;
    void setToken(const Uuid &device, const QByteArray &hash) override;

    [[nodiscard]] bool offerTaken(const sync::Author &author, const sync::RevSalt &real) override;
    void setOfferTaken(const sync::Author &author, const sync::RevSalt &real) override;
    [[nodiscard]] std::vector<std::pair<sync::Author, sync::RevSalt>> offersTaken() override;
    [[nodiscard]] std::optional<sync::Origin> origin(const schema::Table &table, const Uuid &id) override;
    void setOrigin(const schema::Table &table, const Uuid &id, const sync::Origin &origin) override;
    [[nodiscard]] std::optional<schema::Salt> offerSalt(std::int64_t offer, std::int64_t rev) override;
    void keepOfferSalts(std::int64_t offer, const std::vector<sync::RevSalt> &salts) override;
    void offerPut(const sync::Author &author, const sync::RowAt &row) override;
    [[nodiscard]] std::vector<sync::RowAt> offerRows(const sync::Author &author, schema::RevPos after, int maxRows) override;
    void offerClear(const sync::Author &author) override;

    [[nodiscard]] bool hasBase(const schema::Table &table, const Uuid &id) override;
    [[nodiscard]] std::optional<schema::Row> base(const schema::Table &table, const Uuid &id) override;
    void setBase(const schema::Table &table, const Uuid &id, const std::optional<schema::Row> &image) override;
    void eraseBase(const schema::Table &table, const Uuid &id) override;

    void stagePut(const sync::RowAt &row) override;
    [[nodiscard]] std::vector<sync::RowAt> stageAfter(schema::RevPos after, int maxRows) override;
    void stageClear() override;

    void append(const sync::OutboxEntry &entry, const std::vector<sync::RowKey> &touches) override;
    [[nodiscard]] std::optional<sync::OutboxEntry> outbox(std::int64_t seq) override;
    [[nodiscard]] std::vector<sync::OutboxEntry> outboxAfter(std::int64_t seq, int limit) override;
    [[nodiscard]] std::vector<std::int64_t> outboxTouching(const schema::Table &table, const Uuid &id) override;
    void markOutbox(std::int64_t seq, bool doomed, bool provisional) override;
    void retire(std::int64_t seq) override;
    std::int64_t renumberOutbox() override;
    void reject(std::int64_t seq, const schema::Entry &entry, const std::string &why) override;

private:
    storage::Transaction &m_transaction;
    const Clock &m_clock;
    storage::SyncIndex m_index;
    storage::DeviceTables m_devices;
    storage::HistoryTables m_history;
    storage::SyncImages m_images;
    storage::Outbox m_outbox;
};

} // namespace anteroom::node

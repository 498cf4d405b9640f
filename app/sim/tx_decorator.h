// TxDecorator: a StoreTx that hands every call to another one. The examiner looks through it, and planted bugs change
// what passes; production code knows nothing of either.
#pragma once

#include "sync/store_tx.h"

namespace anteroom::sim {

class TxDecorator : public sync::StoreTx {
public:
    explicit TxDecorator(sync::StoreTx &tx) : m_tx(tx) {}

    [[nodiscard]] std::optional<sync::Row> row(const sync::Table &t, const Uuid &id) override { return m_tx.row(t, id); }
    void putRow(const sync::Table &t, const sync::Row &row) override { m_tx.putRow(t, row); }
    void eraseRow(const sync::Table &t, const Uuid &id) override { m_tx.eraseRow(t, id); }
    [[nodiscard]] std::vector<sync::Row> find(const sync::Table &t, const std::vector<sync::Condition> &where, int limit) override { return m_tx.find(t, where, limit); }
    [[nodiscard]] std::int64_t maxOf(const sync::Table &t, int column, const std::vector<sync::Condition> &where) override { return m_tx.maxOf(t, column, where); }

    [[nodiscard]] std::optional<sync::RevPos> touched(const sync::Table &t, const Uuid &id) override { return m_tx.touched(t, id); }
    void setTouched(const sync::Table &t, const Uuid &id, sync::RevPos at) override { m_tx.setTouched(t, id, at); }
    [[nodiscard]] std::vector<sync::RowAt> scan(sync::RevPos after, int maxRows, std::size_t maxBytes, bool &more) override { return m_tx.scan(after, maxRows, maxBytes, more); }

    void forEachTouched(const sync::Table &t, const std::function<void(const Uuid &, sync::RevPos)> &visit) override { m_tx.forEachTouched(t, visit); }
    void eraseTouched(const sync::Table &t, const Uuid &id) override { m_tx.eraseTouched(t, id); }
    [[nodiscard]] std::uint64_t digest(std::uint16_t table, std::uint8_t dataClass) override { return m_tx.digest(table, dataClass); }
    void setDigest(std::uint16_t table, std::uint8_t dataClass, std::uint64_t sum) override { m_tx.setDigest(table, dataClass, sum); }
    [[nodiscard]] std::vector<sync::TableDigest> digests() override { return m_tx.digests(); }
    void eraseDigests() override { m_tx.eraseDigests(); }

    [[nodiscard]] std::optional<QByteArray> state(std::string_view key) override { return m_tx.state(key); }
    void setState(std::string_view key, const QByteArray &value) override { m_tx.setState(key, value); }
    [[nodiscard]] std::optional<sync::Salt> salt(std::int64_t rev) override { return m_tx.salt(rev); }
    void setSalt(std::int64_t rev, sync::Salt salt) override { m_tx.setSalt(rev, salt); }
    [[nodiscard]] std::vector<sync::RevSalt> saltsBetween(std::int64_t from, std::int64_t to, int newest) override { return m_tx.saltsBetween(from, to, newest); }
    [[nodiscard]] std::vector<sync::RevSalt> saltsSpread(std::int64_t lo, std::int64_t hi, int count) override { return m_tx.saltsSpread(lo, hi, count); }
    [[nodiscard]] std::optional<sync::RevSalt> saltAtOrBefore(std::int64_t rev) override { return m_tx.saltAtOrBefore(rev); }
    void eraseSalts(std::int64_t after) override { m_tx.eraseSalts(after); }

    [[nodiscard]] std::optional<sync::Counter> counter(const sync::Author &a) override { return m_tx.counter(a); }
    void setCounter(const sync::Author &a, const sync::Counter &c) override { m_tx.setCounter(a, c); }
    void keepReply(const sync::Author &a, std::int64_t seq, const sync::Reply &reply) override { m_tx.keepReply(a, seq, reply); }
    [[nodiscard]] sync::Answers repliesAfter(const sync::Author &a, std::int64_t retired) override { return m_tx.repliesAfter(a, retired); }
    void dropReplies(const sync::Author &a, std::int64_t retired) override { m_tx.dropReplies(a, retired); }

    [[nodiscard]] std::vector<std::pair<sync::Author, sync::Counter>> counters() override { return m_tx.counters(); }
    [[nodiscard]] std::vector<std::pair<Uuid, QByteArray>> tokens() override { return m_tx.tokens(); }
    void setToken(const Uuid &device, const QByteArray &hash) override { m_tx.setToken(device, hash); }

    [[nodiscard]] bool offerTaken(const sync::Author &a, const sync::RevSalt &real) override { return m_tx.offerTaken(a, real); }
    void setOfferTaken(const sync::Author &a, const sync::RevSalt &real) override { m_tx.setOfferTaken(a, real); }
    [[nodiscard]] std::vector<std::pair<sync::Author, sync::RevSalt>> offersTaken() override { return m_tx.offersTaken(); }
    [[nodiscard]] std::optional<sync::Origin> origin(const sync::Table &t, const Uuid &id) override { return m_tx.origin(t, id); }
    void setOrigin(const sync::Table &t, const Uuid &id, const sync::Origin &origin) override { m_tx.setOrigin(t, id, origin); }
    [[nodiscard]] std::optional<sync::Salt> offerSalt(std::int64_t offer, std::int64_t rev) override { return m_tx.offerSalt(offer, rev); }
    void keepOfferSalts(std::int64_t offer, const std::vector<sync::RevSalt> &salts) override { m_tx.keepOfferSalts(offer, salts); }
    void offerPut(const sync::Author &a, const sync::RowAt &row) override { m_tx.offerPut(a, row); }
    [[nodiscard]] std::vector<sync::RowAt> offerRows(const sync::Author &a, sync::RevPos after, int maxRows) override { return m_tx.offerRows(a, after, maxRows); }
    void offerClear(const sync::Author &a) override { m_tx.offerClear(a); }

    [[nodiscard]] bool hasBase(const sync::Table &t, const Uuid &id) override { return m_tx.hasBase(t, id); }
    [[nodiscard]] std::optional<sync::Row> base(const sync::Table &t, const Uuid &id) override { return m_tx.base(t, id); }
    void setBase(const sync::Table &t, const Uuid &id, const std::optional<sync::Row> &image) override { m_tx.setBase(t, id, image); }
    void eraseBase(const sync::Table &t, const Uuid &id) override { m_tx.eraseBase(t, id); }

    void stagePut(const sync::RowAt &row) override { m_tx.stagePut(row); }
    [[nodiscard]] std::vector<sync::RowAt> stageAfter(sync::RevPos after, int maxRows) override { return m_tx.stageAfter(after, maxRows); }
    void stageClear() override { m_tx.stageClear(); }

    void append(const sync::OutboxEntry &e, const std::vector<sync::RowKey> &touches) override { m_tx.append(e, touches); }
    [[nodiscard]] std::optional<sync::OutboxEntry> outbox(std::int64_t seq) override { return m_tx.outbox(seq); }
    [[nodiscard]] std::vector<sync::OutboxEntry> outboxAfter(std::int64_t seq, int limit) override { return m_tx.outboxAfter(seq, limit); }
    [[nodiscard]] std::vector<std::int64_t> outboxTouching(const sync::Table &t, const Uuid &id) override { return m_tx.outboxTouching(t, id); }
    void markOutbox(std::int64_t seq, bool doomed, bool provisional) override { m_tx.markOutbox(seq, doomed, provisional); }
    void retire(std::int64_t seq) override { m_tx.retire(seq); }
    std::int64_t renumberOutbox() override { return m_tx.renumberOutbox(); }
    void reject(std::int64_t seq, const sync::Entry &entry, const std::string &why) override { m_tx.reject(seq, entry, why); }

protected:
    sync::StoreTx &m_tx;
};

} // namespace anteroom::sim

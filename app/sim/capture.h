// What one transaction of a PC did, as seen at its StoreTx: revisions and answers of a host; pictures, outbox and cursor
// of a client. It counts only once the transaction is committed; a job that is rolled back leaves nothing.
#pragma once

#include "app/sim/history.h"
#include "app/sim/tx_decorator.h"

#include <set>

namespace anteroom::sim {

struct Merged {                                  // an entry that the host answered
    sync::Author author;
    std::int64_t seq = 0;                        // 0: an act at the host
    sync::Reply reply;
    schema::Entry entry;
};

struct Taken {                                   // an offer: what the replica held at `real` is held from `rev` on
    sync::RevSalt real;
    std::int64_t rev = 0;
};

struct HostCapture {
    std::vector<Revision> revisions;
    std::vector<Merged> merged;
    std::vector<Taken> taken;
    std::vector<RowId> loose;                    // rows written without a revision
};

class HostSpy final : public TxDecorator {
public:
    HostSpy(sync::StoreTx &tx, HostCapture &capture) : TxDecorator(tx), m_capture(capture) {}

    void setSalt(std::int64_t rev, sync::Salt salt) override;
    void putRow(const sync::Table &table, const sync::Row &row) override;
    void eraseRow(const sync::Table &table, const Uuid &id) override;
    void keepReply(const sync::Author &author, std::int64_t seq, const sync::Reply &reply) override;
    void setOfferTaken(const sync::Author &author, const sync::RevSalt &real) override;

private:
    HostCapture &m_capture;
};

struct ClientCapture {
    std::vector<std::pair<RowId, RowPtr>> shown; // null: erased
    std::vector<std::pair<std::int64_t, std::shared_ptr<Waiting>>> outbox;      // null: retired; flags replace
    std::vector<std::pair<std::int64_t, std::pair<bool, bool>>> marks;          // doomed, provisional
    std::optional<sync::Cursor> cursor;
    std::vector<sync::RevSalt> salts;
    std::optional<bool> first;                   // the first copy is not whole yet
};

class ClientSpy final : public TxDecorator {
public:
    ClientSpy(sync::StoreTx &tx, ClientCapture &capture) : TxDecorator(tx), m_capture(capture) {}

    void setState(std::string_view key, const QByteArray &value) override;
    void setSalt(std::int64_t rev, sync::Salt salt) override;
    void putRow(const sync::Table &table, const sync::Row &row) override;
    void eraseRow(const sync::Table &table, const Uuid &id) override;
    void append(const sync::OutboxEntry &entry, const std::vector<sync::RowKey> &touches) override;
    void markOutbox(std::int64_t seq, bool doomed, bool provisional) override;
    void retire(std::int64_t seq) override;

private:
    ClientCapture &m_capture;
};

} // namespace anteroom::sim

#include "app/sim/capture.h"

namespace anteroom::sim {

void HostSpy::setSalt(std::int64_t rev, sync::Salt salt)
{
    TxDecorator::setSalt(rev, salt);
    if (rev > 0)
        m_capture.revisions.push_back({rev, salt, {}});
}

void HostSpy::putRow(const sync::Table &table, const sync::Row &row)
{
    TxDecorator::putRow(table, row);
    const RowId key{table.number, row.id};
    if (m_capture.revisions.empty())
        m_capture.loose.push_back(key);
    else
        m_capture.revisions.back().rows.emplace_back(key, std::make_shared<const sync::Row>(row));
}

void HostSpy::eraseRow(const sync::Table &table, const Uuid &id)
{
    TxDecorator::eraseRow(table, id);
    m_capture.loose.push_back({table.number, id});
}

void HostSpy::keepReply(const sync::Author &author, std::int64_t seq, const sync::Reply &reply)
{
    TxDecorator::keepReply(author, seq, reply);
    m_capture.merged.push_back({author, seq, reply, {}});
}

void HostSpy::setOfferTaken(const sync::Author &author, const sync::RevSalt &real)
{
    TxDecorator::setOfferTaken(author, real);
    if (!m_capture.revisions.empty())
        m_capture.taken.push_back({real, m_capture.revisions.back().rev});
}

void ClientSpy::setState(std::string_view key, const QByteArray &value)
{
    TxDecorator::setState(key, value);
    if (key == sync::key::kCursor)
        m_capture.cursor = sync::stateCursor(m_tx, key);
    else if (key == sync::key::kFirstSync)
        m_capture.first = !value.isEmpty();
}

void ClientSpy::setSalt(std::int64_t rev, sync::Salt salt)
{
    TxDecorator::setSalt(rev, salt);
    m_capture.salts.push_back({rev, salt});
}

void ClientSpy::putRow(const sync::Table &table, const sync::Row &row)
{
    TxDecorator::putRow(table, row);
    m_capture.shown.emplace_back(RowId{table.number, row.id}, std::make_shared<const sync::Row>(row));
}

void ClientSpy::eraseRow(const sync::Table &table, const Uuid &id)
{
    TxDecorator::eraseRow(table, id);
    m_capture.shown.emplace_back(RowId{table.number, id}, nullptr);
}

void ClientSpy::append(const sync::OutboxEntry &entry, const std::vector<sync::RowKey> &touches)
{
    TxDecorator::append(entry, touches);
    m_capture.outbox.emplace_back(entry.seq, waiting(entry.entry, entry.doomed, entry.provisional));
}

void ClientSpy::markOutbox(std::int64_t seq, bool doomed, bool provisional)
{
    TxDecorator::markOutbox(seq, doomed, provisional);
    m_capture.marks.push_back({seq, {doomed, provisional}});
}

void ClientSpy::retire(std::int64_t seq)
{
    TxDecorator::retire(seq);
    m_capture.outbox.emplace_back(seq, nullptr);
}

} // namespace anteroom::sim

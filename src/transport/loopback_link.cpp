#include "transport/loopback_link.h"

namespace anteroom::transport {

namespace {

Error ended(ErrorCode code, const QString &words)
{
    return {code, Severity::Note, words, {}};
}

} // namespace

void LoopbackHost::send(std::vector<sync::Send> sends)
{
    std::pair<MessagePtr, QByteArray> last;      // a frame for many peers is encoded once
    for (const sync::Send &send : sends) {
        const auto line = m_lines.find(send.to);
        if (line == m_lines.end() || line->second->m_parting || !send.message)
            continue;
        if (last.first != send.message) {
            const auto bytes = m_envelope.pack(*send.message);
            if (!bytes) {
                line->second->end(bytes.error());
                continue;
            }
            last = {send.message, *bytes};
        }
        line->second->m_down.push_back(last.second);
    }
}

void LoopbackHost::drop(ConnId conn, std::optional<Refuse> because)
{
    const auto found = m_lines.find(conn);
    if (found == m_lines.end() || found->second->m_parting)
        return;
    LoopbackLink *line = found->second;
    if (because)
        line->m_down.push_back(*m_envelope.pack(*because));
    line->m_parting = true;                      // the link hears the rest first
    line->m_up.clear();
    m_lines.erase(found);
    Q_EMIT closed(conn, ended(ErrorCode::Cancelled, QStringLiteral("This host ended the line.")));
    if (line->m_down.empty())
        line->end(ended(ErrorCode::Network, QStringLiteral("The host ended the line.")));
}

int LoopbackHost::deliver()
{
    int total = 0;
    for (int moved = 1; moved != 0; total += moved) {
        moved = 0;
        const auto lines = m_lines;              // a signal may open or end lines
        for (const auto &[conn, line] : lines)
            if (const auto still = m_lines.find(conn); still != m_lines.end() && still->second == line)
                moved += line->deliver();
    }
    return total;
}

LoopbackLink::~LoopbackLink()
{
    if (const auto line = m_host->m_lines.find(m_conn); line != m_host->m_lines.end() && line->second == this) {
        m_host->m_lines.erase(line);
        Q_EMIT m_host->closed(m_conn, ended(ErrorCode::Network, QStringLiteral("The other PC went away.")));
    }
}

void LoopbackLink::open(const QString &, quint16)
{
    if (std::exchange(m_used, true))
        return;
    m_conn = ++m_host->m_lastConn;
    m_host->m_lines.emplace(m_conn, this);
    Q_EMIT m_host->connected(m_conn, QStringLiteral("loopback"));
    Q_EMIT opened();
}

void LoopbackLink::send(MessagePtr message)
{
    if (m_conn == 0 || m_parting || !message)
        return;
    if (auto bytes = m_host->m_envelope.pack(*message))
        m_up.push_back(*std::move(bytes));
    else
        end(bytes.error());
}

void LoopbackLink::close()
{
    end(ended(ErrorCode::Cancelled, QStringLiteral("This PC closed the line.")));
}

void LoopbackLink::cut(const QString &words)
{
    end(ended(ErrorCode::Network, words));
}

bool LoopbackLink::deliverOne(Way way)
{
    auto &queue = way == Way::Up ? m_up : m_down;
    if (m_conn == 0 || queue.empty() || (way == Way::Up ? m_upHeld : m_downHeld))
        return false;
    const QByteArray bytes = queue.front();
    queue.pop_front();
    auto message = m_host->m_envelope.unpack(bytes);
    if (!message && way == Way::Up) {
        m_host->drop(m_conn, Refuse{sync::RefusalCode::Malformed, message.error().detail.toStdString()});
        return true;
    }
    if (!message) {
        end(message.error());
        return true;
    }
    const auto shared = std::make_shared<const sync::Message>(std::move(*message));
    if (way == Way::Up) {
        Q_EMIT m_host->received(m_conn, shared);
        return true;
    }
    Q_EMIT received(shared);
    if (m_parting && m_down.empty())
        end(ended(ErrorCode::Network, QStringLiteral("The host ended the line.")));
    return true;
}

int LoopbackLink::deliver()
{
    int total = 0;
    for (bool moved = true; moved;) {
        moved = deliverOne(Way::Up);
        total += moved;
        while (deliverOne(Way::Down)) {
            moved = true;
            ++total;
        }
    }
    return total;
}

void LoopbackLink::end(const Error &why)
{
    const ConnId conn = std::exchange(m_conn, 0);
    if (conn == 0 && !m_parting)
        return;
    m_up.clear();
    m_down.clear();
    m_parting = false;
    if (const auto line = m_host->m_lines.find(conn); line != m_host->m_lines.end() && line->second == this) {
        m_host->m_lines.erase(line);
        Q_EMIT m_host->closed(conn, ended(ErrorCode::Network, why.detail));
    }
    Q_EMIT closed(why);
}

} // namespace anteroom::transport

// LoopbackHost and LoopbackLink: the same two ports in one thread, for tests and the simulator. What is sent lies encoded,
// in the same envelopes, until deliver() hands it over; a direction can be held (delay, half-open) and a line cut.
// No socket, no timer, no event loop: every signal is emitted from a call.
#pragma once

#include "transport/envelope.h"
#include "transport/ports.h"

#include <deque>
#include <map>

namespace anteroom::transport {

class LoopbackLink;
enum class Way { Up, Down };                     // up: to the host

class LoopbackHost final : public HostPort {
    Q_OBJECT

public:
    using HostPort::send;
    void send(std::vector<sync::Send> sends) override;
    void drop(ConnId conn, std::optional<Refuse> because) override;

    int deliver();                               // on every line, until nothing moves; answers how many messages arrived
    [[nodiscard]] Envelope &envelope() { return m_envelope; }

private:
    friend class LoopbackLink;
    std::map<ConnId, LoopbackLink *> m_lines;
    Envelope m_envelope;
    ConnId m_lastConn = 0;
};

class LoopbackLink final : public LinkPort {
    Q_OBJECT

public:
    explicit LoopbackLink(LoopbackHost &host) : m_host(&host) {}         // outlives the link
    ~LoopbackLink() override;

    void open(const QString &address = {}, quint16 port = 0) override;   // opens at once
    void send(MessagePtr message) override;
    void close() override;

    bool deliverOne(Way way);                    // false: nothing waits, or the way is held
    int deliver();                               // both ways, until nothing moves
    void hold(Way way, bool held) { (way == Way::Up ? m_upHeld : m_downHeld) = held; }
    [[nodiscard]] std::size_t waiting(Way way) const { return (way == Way::Up ? m_up : m_down).size(); }
    [[nodiscard]] const std::deque<QByteArray> &underWay(Way way) const { return way == Way::Up ? m_up : m_down; }
    void inject(Way way, QByteArray envelope) { (way == Way::Up ? m_up : m_down).push_back(std::move(envelope)); }
    void cut(const QString &words = QStringLiteral("The cable was pulled: plug it in again."));   // what is under way is lost
    [[nodiscard]] bool isOpen() const { return m_conn != 0; }
    [[nodiscard]] ConnId conn() const { return m_conn; }

private:
    friend class LoopbackHost;
    void end(const Error &why);

    LoopbackHost *m_host;
    ConnId m_conn = 0;
    std::deque<QByteArray> m_up, m_down;
    bool m_upHeld = false, m_downHeld = false, m_parting = false, m_used = false;
};

} // namespace anteroom::transport

// WebSocketHost: the host's door. Listens, greets strangers within limits, turns WebSocket messages into Messages and
// back, and tells the writer thread. A peer that breaks the protocol is told so and dropped; others do not notice.
// Lives in the net thread (NetThread::adopt). Decides nothing about data.
#pragma once

#include "transport/envelope.h"
#include "transport/gate.h"
#include "transport/ports.h"
#include "transport/wire.h"

#include <QHostAddress>
#include <QPointer>

#include <map>

namespace anteroom::transport {

struct ListenAt {
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 0;             // 0: the system chooses
    bool trialLan = false;        // without TLS only on request, and with a banner (DESIGN 5)
};

class WebSocketHost final : public HostPort {
    Q_OBJECT

public:
    explicit WebSocketHost(const Timings &timings = {});
    ~WebSocketHost() override;

    // From any thread; waits for the net thread, which binds at once. Answers the port.
    [[nodiscard]] Result<quint16> listen(const ListenAt &at);
    void stop();                                         // every line is closed; listen() may follow

    using HostPort::send;
    void send(std::vector<sync::Send> sends) override;
    void drop(ConnId conn, std::optional<Refuse> because) override;

private:
    struct Line {
        Wire *wire = nullptr;
        QHostAddress address;
        bool greeted = false;                            // HELLO or JOIN came
        bool welcomed = false;                           // WELCOME went: no stranger any more
    };

    [[nodiscard]] Result<quint16> listenHere(const ListenAt &at);
    void stopHere(const Error &why);
    void makeRoom(const QHostAddress &address);
    void dropOldestStranger(const QHostAddress *only);
    [[nodiscard]] int strangers(const QHostAddress *only) const;
    void admit(QWebSocket *socket, QTcpSocket *tcp);
    void watchGreeting(ConnId conn);
    void arrived(ConnId conn, const QByteArray &bytes);
    void sendHere(const std::vector<sync::Send> &sends);
    void dropHere(ConnId conn, const std::optional<Refuse> &because, const Error &why);
    void malformed(ConnId conn, const QString &words);
    void ended(ConnId conn, const Error &why);
    [[nodiscard]] Result<QByteArray> packed(const MessagePtr &message);

    Timings m_timings;
    Envelope m_envelope;
    Gate *m_gate = nullptr;                              // while listening
    std::map<ConnId, Line> m_lines;                      // oldest first
    ConnId m_lastConn = 0;
    std::vector<std::pair<MessagePtr, QByteArray>> m_encoded;      // of this burst
};

} // namespace anteroom::transport

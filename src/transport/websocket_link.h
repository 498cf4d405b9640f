// WebSocketLink: a client's line to its host, one connection. Says in words why it could not be made or why it ended.
// Lives in the net thread (NetThread::adopt). Never reconnects: the replica makes a new link.
#pragma once

#include "transport/envelope.h"
#include "transport/ports.h"
#include "transport/wire.h"

namespace anteroom::transport {

class WebSocketLink final : public LinkPort {
    Q_OBJECT

public:
    explicit WebSocketLink(const Timings &timings = {});
    ~WebSocketLink() override;

    void open(const QString &address, quint16 port) override;        // name, IPv4 or IPv6
    void send(MessagePtr message) override;
    void close() override;

private:
    void openHere(const QString &address, quint16 port);
    void connectedHere();
    void arrived(const QByteArray &bytes);
    void sendHere(const sync::Message &message);
    void end(const Error &why);                                      // before the wire stands, or by it

    Timings m_timings;
    Envelope m_envelope;
    QWebSocket *m_socket = nullptr;                                  // owned by m_wire
    Wire *m_wire = nullptr;
    bool m_open = false, m_closed = false;
};

} // namespace anteroom::transport

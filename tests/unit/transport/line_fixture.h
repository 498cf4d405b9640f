// A real host and real links on port 0, with what each of them heard, for the tests of sockets. Short timings.
#pragma once

#include "transport/net_thread.h"
#include "transport/websocket_host.h"
#include "transport/websocket_link.h"

#include "sync/codec.h"

#include <QTest>

namespace anteroom::test {

using namespace std::chrono_literals;
using namespace anteroom::transport;

// Fast enough for a test, slow enough for a busy machine.
inline constexpr Timings kTestTimings{.ping = 50ms, .silentDrop = 800ms, .connect = 2000ms, .upgrade = 300ms, .hello = 500ms,
                                      .welcome = 3000ms, .parting = 200ms};

inline MessagePtr shared(sync::Message message) { return std::make_shared<const sync::Message>(std::move(message)); }
inline MessagePtr ack(std::int64_t n) { return shared(sync::Ack{{n, 0}, 0}); }
inline MessagePtr hello() { return shared(sync::Hello{.nonce = 1}); }
inline MessagePtr welcome() { return shared(sync::Welcome{.nonce = 1}); }
inline std::size_t encodedSize(const sync::Message &message) { return static_cast<std::size_t>(sync::encode(message).size()); }

struct HostSide : QObject {
    explicit HostSide(NetThread &net, const Timings &timings = kTestTimings) : port(net.adopt(std::make_unique<WebSocketHost>(timings)))
    {
        connect(port.get(), &HostPort::connected, this, [this](ConnId conn) { conns << conn; });
        connect(port.get(), &HostPort::received, this, [this](ConnId conn, const MessagePtr &message) {
            received[conn] << message;
            if (welcomes && std::holds_alternative<sync::Hello>(*message))
                port->send(conn, welcome());
        });
        connect(port.get(), &HostPort::closed, this, [this](ConnId conn, const Error &why) { closed[conn] << why; });
        connect(port.get(), &HostPort::pressure, this, [this](ConnId conn, bool behind) { pressure[conn] << behind; });
    }
    quint16 listen(const ListenAt &at = {})
    {
        const auto answer = port->listen(at);
        return answer ? *answer : quint16(0);
    }
    NetOwned<WebSocketHost> port;
    QList<ConnId> conns;
    std::map<ConnId, QList<MessagePtr>> received;
    std::map<ConnId, QList<Error>> closed;
    std::map<ConnId, QList<bool>> pressure;
    bool welcomes = true;
};

struct LinkSide : QObject {
    explicit LinkSide(NetThread &net, const Timings &timings = kTestTimings) : port(net.adopt(std::make_unique<WebSocketLink>(timings)))
    {
        connect(port.get(), &LinkPort::opened, this, [this] {
            opened = true;
            if (greets)
                port->send(hello());
        });
        connect(port.get(), &LinkPort::received, this, [this](const MessagePtr &message) { received << message; });
        connect(port.get(), &LinkPort::heard, this, [this](qint64 ms) { heard << ms; });
        connect(port.get(), &LinkPort::closed, this, [this](const Error &why) { closed << why; });
    }
    void open(quint16 at) { port->open(QStringLiteral("127.0.0.1"), at); }
    [[nodiscard]] bool welcomed() const { return !received.isEmpty() && std::holds_alternative<sync::Welcome>(*received.first()); }

    NetOwned<WebSocketLink> port;
    bool opened = false, greets = true;
    QList<MessagePtr> received;
    QList<qint64> heard;
    QList<Error> closed;
};

} // namespace anteroom::test

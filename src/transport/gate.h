// Gate: accepts TCP connections, keeps silent and slow strangers from holding places, and hands a socket on only once it
// upgraded to a WebSocket. TLS comes between the two steps later. Lives in the net thread; knows no message.
#pragma once

#include "core/result.h"
#include "transport/limits.h"

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QWebSocketServer>

QT_FORWARD_DECLARE_CLASS(QTcpSocket)
QT_FORWARD_DECLARE_CLASS(QWebSocket)

namespace anteroom::transport {

class Gate : public QObject {
    Q_OBJECT

public:
    Gate(const Timings &timings, QObject *parent);
    ~Gate() override;

    [[nodiscard]] Result<quint16> listen(const QHostAddress &address, quint16 port);
    void close();                                        // upgraded sockets are not touched
    [[nodiscard]] int waiting() const { return static_cast<int>(m_waiting.size()); }
    [[nodiscard]] int waitingFrom(const QHostAddress &address) const;
    void dropOldest(const QHostAddress *only);           // of those that have not upgraded

Q_SIGNALS:
    // Room is made by the receiver, before the socket counts.
    void knocked(const QHostAddress &address);
    void upgraded(QWebSocket *socket, QTcpSocket *tcp);  // the receiver sets limits at once and owns the socket

private:
    void accept(QTcpSocket *tcp);
    void upgrade(QWebSocket *socket);

    QTcpServer m_tcp;
    QWebSocketServer m_server;
    QList<QTcpSocket *> m_waiting;                       // oldest first
    Timings m_timings;
};

// ::ffff:127.0.0.1 and 127.0.0.1 are one address.
[[nodiscard]] QHostAddress plainAddress(const QHostAddress &address);
// 127.0.0.1 and ::1 alone; the rest of 127/8 counts as strangers.
[[nodiscard]] bool isOwnPc(const QHostAddress &address);

} // namespace anteroom::transport

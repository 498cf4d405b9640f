#include "transport/gate.h"

#include "transport/socket_words.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketCorsAuthenticator>

namespace anteroom::transport {

QHostAddress plainAddress(const QHostAddress &address)
{
    bool ok = false;
    const quint32 v4 = address.toIPv4Address(&ok);
    return ok ? QHostAddress(v4) : address;
}

bool isOwnPc(const QHostAddress &address)
{
    const QHostAddress plain = plainAddress(address);
    return plain == QHostAddress(QHostAddress::LocalHost) || plain == QHostAddress(QHostAddress::LocalHostIPv6);
}

Gate::Gate(const Timings &timings, QObject *parent)
    : QObject(parent), m_tcp(this), m_server(QStringLiteral("Anteroom"), QWebSocketServer::NonSecureMode, this), m_timings(timings)
{
    m_tcp.setProxy(QNetworkProxy::NoProxy);
    m_tcp.setMaxPendingConnections(kMaxStrangers);
    connect(&m_tcp, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *tcp = m_tcp.nextPendingConnection())
            accept(tcp);
    });
    connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
        while (QWebSocket *socket = m_server.nextPendingConnection())
            upgrade(socket);
    });
    // Only a browser names an origin; no page of the web may use the clinic's PCs as its way in.
    connect(&m_server, &QWebSocketServer::originAuthenticationRequired, this,
            [](QWebSocketCorsAuthenticator *cors) { cors->setAllowed(cors->origin().isEmpty()); });
}

Gate::~Gate()
{
    close();
}

Result<quint16> Gate::listen(const QHostAddress &address, quint16 port)
{
    if (m_tcp.listen(address, port))
        return m_tcp.serverPort();
    return tl::unexpected(listenError(m_tcp.serverError(), hostAndPort(address.toString(), port), m_tcp.errorString()));
}

void Gate::close()
{
    m_tcp.close();
    const auto waiting = std::exchange(m_waiting, {});
    for (QTcpSocket *tcp : waiting)
        tcp->abort();
}

int Gate::waitingFrom(const QHostAddress &address) const
{
    return static_cast<int>(std::count_if(m_waiting.begin(), m_waiting.end(),
                                          [&](QTcpSocket *tcp) { return plainAddress(tcp->peerAddress()) == address; }));
}

void Gate::dropOldest(const QHostAddress *only)
{
    for (QTcpSocket *tcp : std::as_const(m_waiting))
        if (!only || plainAddress(tcp->peerAddress()) == *only)
            return tcp->abort();             // disconnected takes it off the list
}

void Gate::accept(QTcpSocket *tcp)
{
    Q_EMIT knocked(plainAddress(tcp->peerAddress()));
    tcp->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    tcp->setReadBufferSize(static_cast<qint64>(kMaxUpgradeBytes));
    m_waiting.append(tcp);
    connect(tcp, &QTcpSocket::disconnected, this, [this, tcp] {
        if (m_waiting.removeOne(tcp))
            tcp->deleteLater();
    });
    // QWebSocketServer starts no timer for a socket that is handed to it.
    QTimer::singleShot(m_timings.upgrade, tcp, [this, tcp] {
        if (m_waiting.contains(tcp))
            tcp->abort();
    });
    m_server.handleConnection(tcp);
}

void Gate::upgrade(QWebSocket *socket)
{
    const auto same = std::find_if(m_waiting.begin(), m_waiting.end(), [socket](QTcpSocket *tcp) {
        return tcp->peerPort() == socket->peerPort() && tcp->peerAddress() == socket->peerAddress();
    });
    if (same == m_waiting.end()) {           // dropped while it upgraded
        socket->abort();
        socket->deleteLater();
        return;
    }
    QTcpSocket *tcp = *same;
    m_waiting.erase(same);
    tcp->setReadBufferSize(static_cast<qint64>(kReadBufferBytes));
    tcp->setParent(socket);                  // nextPendingConnection made it a child of the server, which may go first
    Q_EMIT upgraded(socket, tcp);
}

} // namespace anteroom::transport

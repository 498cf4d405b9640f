#include "transport/wire.h"

#include "transport/socket_words.h"

#include <QTcpSocket>
#include <QWebSocket>

namespace anteroom::transport {

Wire::Wire(QWebSocket *socket, QTcpSocket *tcp, const Timings &timings, std::size_t maxIncoming, QObject *parent)
    : QObject(parent), m_socket(socket), m_timings(timings), m_ping(this)
{
    m_socket->setParent(this);
    m_socket->setMaxAllowedIncomingFrameSize(kMaxSocketFrameBytes);
    m_socket->setOutgoingFrameSize(kMaxSocketFrameBytes);
    setMaxIncoming(maxIncoming);
    m_sinceByte.start();
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray &bytes) {
        if (!m_over)
            Q_EMIT message(bytes);
    });
    connect(m_socket, &QWebSocket::textMessageReceived, this, [this] {
        if (!m_over)
            Q_EMIT textArrived();
    });
    connect(m_socket, &QWebSocket::binaryFrameReceived, this, [this] { m_sinceByte.restart(); });
    connect(m_socket, &QWebSocket::pong, this, [this] { m_sinceByte.restart(); });
    if (tcp)
        connect(tcp, &QTcpSocket::readyRead, this, [this] { m_sinceByte.restart(); });
    connect(m_socket, &QWebSocket::bytesWritten, this, [this] {
        // While a queue waits behind a slow peer our ping waits too: that the peer takes bytes is its sign of life.
        if (m_queued)
            m_sinceByte.restart();
        watchQueue();
    });
    connect(m_socket, &QWebSocket::disconnected, this, [this] {
        over(lineEnded(m_socket->closeCode(), m_socket->closeReason()));
        m_ping.stop();
        if (!m_gone) {
            m_gone = true;
            Q_EMIT gone();
        }
    });
    connect(&m_ping, &QTimer::timeout, this, &Wire::tick);
}

Wire::~Wire()
{
    m_over = m_gone = true;      // the socket's last signals find nobody
    m_socket->disconnect(this);
}

void Wire::start()
{
    m_sinceByte.restart();
    m_ping.start(m_timings.ping);
}

void Wire::setMaxIncoming(std::size_t bytes)
{
    m_socket->setMaxAllowedIncomingMessageSize(bytes);
}

void Wire::send(const QByteArray &envelope)
{
    if (m_over || !m_socket->isValid())
        return;
    m_socket->sendBinaryMessage(envelope);
    watchQueue();
    if (m_socket->bytesToWrite() > kMaxUnsentBytes)
        part({ErrorCode::Network, Severity::Warning, QStringLiteral("The other PC takes data too slowly; the line is opened again."), {}},
             QWebSocketProtocol::CloseCodeGoingAway, Parting::AtOnce);
}

void Wire::part(const Error &why, QWebSocketProtocol::CloseCode code, Parting parting)
{
    if (m_over)
        return;
    over(why);
    if (parting == Parting::AtOnce) {
        m_socket->close(code);
        return cutSoon();
    }
    // The peer is given the time to read the last words and to hang up: closing over unread bytes resets the line,
    // and a reset throws away what is still on its way to the peer.
    QTimer::singleShot(m_timings.parting, this, [this, code] {
        m_socket->close(code);
        cutSoon();
    });
}

void Wire::cutSoon()
{
    QTimer::singleShot(m_timings.parting, this, [this] {
        m_socket->abort();
        if (!m_gone) {
            m_gone = true;
            Q_EMIT gone();
        }
    });
}

void Wire::over(const Error &why)
{
    if (m_over)
        return;
    m_over = true;
    m_ping.stop();
    Q_EMIT ended(why);
}

void Wire::tick()
{
    const qint64 silent = m_sinceByte.elapsed();
    if (silent >= m_timings.silentDrop.count()) {
        over({ErrorCode::Network, Severity::Warning,
              QStringLiteral("The other PC has been silent for %1 s: check its power and the cable; it is tried again by itself.")
                  .arg(std::max<qint64>(1, silent / 1000)), {}});
        m_socket->abort();       // nobody is there to say goodbye to
        if (!m_gone) {
            m_gone = true;
            Q_EMIT gone();
        }
        return;
    }
    m_queued = m_socket->bytesToWrite() > 0;
    m_socket->ping();
    Q_EMIT heard(silent);
}

void Wire::watchQueue()
{
    const qint64 unsent = m_socket->bytesToWrite();
    const bool behind = m_behind ? unsent > kBehindBytes / 2 : unsent > kBehindBytes;
    if (behind == m_behind || m_over)
        return;
    m_behind = behind;
    Q_EMIT pressure(behind);
}

} // namespace anteroom::transport

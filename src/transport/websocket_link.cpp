#include "transport/websocket_link.h"

#include "transport/socket_words.h"

#include <QNetworkProxy>
#include <QUrl>
#include <QWebSocket>

namespace anteroom::transport {

WebSocketLink::WebSocketLink(const Timings &timings) : m_timings(timings) {}
WebSocketLink::~WebSocketLink() = default;

void WebSocketLink::open(const QString &address, quint16 port)
{
    QMetaObject::invokeMethod(this, [this, address, port] { openHere(address, port); }, Qt::QueuedConnection);
}

void WebSocketLink::send(MessagePtr message)
{
    QMetaObject::invokeMethod(this, [this, kept = std::move(message)] { if (kept) sendHere(*kept); }, Qt::QueuedConnection);
}

void WebSocketLink::close()
{
    QMetaObject::invokeMethod(this, [this] {
        const Error why{ErrorCode::Cancelled, Severity::Note, QStringLiteral("This PC closed the line."), {}};
        if (m_open)
            m_wire->part(why, QWebSocketProtocol::CloseCodeNormal, Wire::Parting::AtOnce);
        else
            end(why);
    }, Qt::QueuedConnection);
}

void WebSocketLink::openHere(const QString &address, quint16 port)
{
    if (m_socket || m_closed)
        return;
    const QString where = hostAndPort(address, port);
    QUrl url;
    url.setScheme(QStringLiteral("ws"));
    url.setHost(address.trimmed());
    url.setPort(port);
    url.setPath(QStringLiteral("/"));
    if (!url.isValid() || url.host().isEmpty() || port == 0)
        return end({ErrorCode::Usage, Severity::Failure,
                    QStringLiteral("%1 is no address of a PC: write it as 192.168.1.20:7420 or front-desk:7420.").arg(where), where});
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest);
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setReadBufferSize(static_cast<qint64>(kReadBufferBytes));
    m_wire = new Wire(m_socket, nullptr, m_timings, kMaxEnvelopeBytes, this);
    connect(m_socket, &QWebSocket::connected, this, &WebSocketLink::connectedHere);
    connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, [this, where](QAbstractSocket::SocketError error) {
        if (!m_open)
            end(connectError(error, where, m_socket->errorString()));      // afterwards `disconnected` says it
    });
    connect(m_wire, &Wire::message, this, &WebSocketLink::arrived);
    connect(m_wire, &Wire::textArrived, this, [this] {
        m_wire->part(lineEnded(QWebSocketProtocol::CloseCodeDatatypeNotSupported, {}), QWebSocketProtocol::CloseCodeDatatypeNotSupported, Wire::Parting::AtOnce);
    });
    connect(m_wire, &Wire::heard, this, &LinkPort::heard);
    connect(m_wire, &Wire::pressure, this, &LinkPort::pressure);
    connect(m_wire, &Wire::ended, this, [this, where](const Error &why) {
        end(m_open ? why : connectError(m_socket->error(), where, m_socket->errorString()));      // it may come before `error`
    });
    QTimer::singleShot(m_timings.connect, m_wire, [this, where] {
        if (!m_open)
            end(connectTimeout(where));
    });
    m_socket->open(url);
}

void WebSocketLink::connectedHere()
{
    if (m_closed)
        return;
    m_open = true;
    m_wire->start();
    Q_EMIT opened();
}

void WebSocketLink::arrived(const QByteArray &bytes)
{
    if (m_closed)
        return;
    auto message = m_envelope.unpack(bytes);
    if (!message)
        return m_wire->part(message.error(), QWebSocketProtocol::CloseCodePolicyViolated, Wire::Parting::AtOnce);
    const bool lastWords = std::holds_alternative<sync::Refuse>(*message);
    Q_EMIT received(std::make_shared<const sync::Message>(std::move(*message)));
    if (lastWords)      // the host waits for us to hang up, so that its words are not lost in a reset
        m_wire->part({ErrorCode::Refused, Severity::Warning, QStringLiteral("The host ended the line; its own words say why."), {}},
                     QWebSocketProtocol::CloseCodeNormal, Wire::Parting::AtOnce);
}

void WebSocketLink::sendHere(const sync::Message &message)
{
    if (!m_open || m_closed)
        return;
    if (const auto bytes = m_envelope.pack(message))
        m_wire->send(*bytes);
    else
        m_wire->part(bytes.error(), QWebSocketProtocol::CloseCodeGoingAway, Wire::Parting::AtOnce);
}

void WebSocketLink::end(const Error &why)
{
    if (std::exchange(m_closed, true))
        return;
    if (m_socket && !m_open)
        m_socket->abort();
    Q_EMIT closed(why);
}

} // namespace anteroom::transport

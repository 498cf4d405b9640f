#include "transport/websocket_host.h"

#include "transport/socket_words.h"

#include <QTcpSocket>
#include <QThread>
#include <QWebSocket>

namespace anteroom::transport {

namespace {

const Error kDropped{ErrorCode::Cancelled, Severity::Note, QStringLiteral("This host ended the line."), {}};

bool greets(const sync::Message &message)
{
    return std::holds_alternative<sync::Hello>(message) || std::holds_alternative<sync::Join>(message);
}

} // namespace

WebSocketHost::WebSocketHost(const Timings &timings) : m_timings(timings) {}
WebSocketHost::~WebSocketHost() = default;

Result<quint16> WebSocketHost::listen(const ListenAt &at)
{
    if (thread() == QThread::currentThread())
        return listenHere(at);
    Result<quint16> answer = fail(ErrorCode::Failed, QStringLiteral("The network thread has ended: start Anteroom again."));
    QMetaObject::invokeMethod(this, [&] { answer = listenHere(at); }, Qt::BlockingQueuedConnection);
    return answer;
}

void WebSocketHost::stop()
{
    QMetaObject::invokeMethod(this, [this] {
        stopHere({ErrorCode::Cancelled, Severity::Note, QStringLiteral("This PC stopped hosting."), {}});
    }, Qt::QueuedConnection);
}

void WebSocketHost::send(std::vector<sync::Send> sends)
{
    QMetaObject::invokeMethod(this, [this, list = std::move(sends)] { sendHere(list); }, Qt::QueuedConnection);
}

void WebSocketHost::drop(ConnId conn, std::optional<Refuse> because)
{
    QMetaObject::invokeMethod(this, [this, conn, words = std::move(because)] { dropHere(conn, words, kDropped); }, Qt::QueuedConnection);
}

Result<quint16> WebSocketHost::listenHere(const ListenAt &at)
{
    if (m_gate)
        return fail(ErrorCode::Busy, QStringLiteral("This PC hosts already: stop hosting first, then choose another address or port."));
    if (!isOwnPc(at.address) && !at.trialLan)
        return fail(ErrorCode::Network,
                    QStringLiteral("Lines to other PCs are not encrypted yet, so only 127.0.0.1 is opened: host at 127.0.0.1, or ask for the trial with --trial-lan on a network that you trust."),
                    at.address.toString());
    auto gate = std::make_unique<Gate>(m_timings, this);
    connect(gate.get(), &Gate::knocked, this, &WebSocketHost::makeRoom);
    connect(gate.get(), &Gate::upgraded, this, &WebSocketHost::admit);
    auto port = gate->listen(at.address, at.port);
    if (port)
        m_gate = gate.release();
    return port;
}

void WebSocketHost::stopHere(const Error &why)
{
    if (!m_gate)
        return;
    m_gate->close();
    m_gate->deleteLater();
    m_gate = nullptr;
    while (!m_lines.empty())
        m_lines.begin()->second.wire->part(why, QWebSocketProtocol::CloseCodeGoingAway, Wire::Parting::AtOnce);   // ended() erases it
}

int WebSocketHost::strangers(const QHostAddress *only) const
{
    int count = only ? m_gate->waitingFrom(*only) : m_gate->waiting();
    for (const auto &[conn, line] : m_lines)
        count += !line.welcomed && (!only || line.address == *only);
    return count;
}

void WebSocketHost::makeRoom(const QHostAddress &address)
{
    if (!m_gate)
        return;
    if (strangers(&address) >= (isOwnPc(address) ? kMaxStrangersOwnPc : kMaxStrangersPerAddress))
        dropOldestStranger(&address);
    if (strangers(nullptr) >= kMaxStrangers)
        dropOldestStranger(nullptr);
}

void WebSocketHost::dropOldestStranger(const QHostAddress *only)
{
    // One that upgraded is older than any that has not, but has shown more: those that are silent go first.
    if (only ? m_gate->waitingFrom(*only) > 0 : m_gate->waiting() > 0)
        return m_gate->dropOldest(only);
    for (const auto &[conn, line] : m_lines)
        if (!line.welcomed && (!only || line.address == *only))
            return dropHere(conn, Refuse{sync::RefusalCode::Full, "Too many new connections wait at this host: try again in a minute."}, kDropped);
}

void WebSocketHost::admit(QWebSocket *socket, QTcpSocket *tcp)
{
    const ConnId conn = ++m_lastConn;
    auto *wire = new Wire(socket, tcp, m_timings, kMaxGreetingBytes + 1, this);
    m_lines.emplace(conn, Line{wire, plainAddress(socket->peerAddress())});
    connect(wire, &Wire::message, this, [this, conn](const QByteArray &bytes) { arrived(conn, bytes); });
    connect(wire, &Wire::textArrived, this, [this, conn] { malformed(conn, QStringLiteral("A text message arrived.")); });
    connect(wire, &Wire::pressure, this, [this, conn](bool behind) { Q_EMIT pressure(conn, behind); });
    connect(wire, &Wire::ended, this, [this, conn](const Error &why) { ended(conn, why); });
    connect(wire, &Wire::gone, wire, &QObject::deleteLater);
    Q_EMIT connected(conn, m_lines.at(conn).address.toString());
    wire->start();
    watchGreeting(conn);
    if (std::count_if(m_lines.begin(), m_lines.end(), [](const auto &l) { return l.second.welcomed; }) >= kMaxPeers)
        dropHere(conn, Refuse{sync::RefusalCode::Full, "This host has as many PCs as it can serve: close Anteroom on one of them."}, kDropped);
}

void WebSocketHost::watchGreeting(ConnId conn)
{
    const auto drops = [this, conn](bool Line::*step, const char *words) {
        return [this, conn, step, words] {
            const auto line = m_lines.find(conn);
            if (line != m_lines.end() && !(line->second.*step))
                dropHere(conn, Refuse{sync::RefusalCode::Malformed, words},
                         {ErrorCode::Protocol, Severity::Warning, QString::fromLatin1(words), {}});
        };
    };
    Wire *wire = m_lines.at(conn).wire;
    QTimer::singleShot(m_timings.hello, wire, drops(&Line::greeted, "No HELLO came in time: check that this PC runs Anteroom."));
    QTimer::singleShot(m_timings.welcome, wire, drops(&Line::welcomed, "The greeting took too long: try again."));
}

void WebSocketHost::arrived(ConnId conn, const QByteArray &bytes)
{
    const auto line = m_lines.find(conn);
    if (line == m_lines.end())
        return;
    auto message = m_envelope.unpack(bytes, line->second.welcomed ? kMaxMessageBytes : kMaxGreetingBytes);
    if (!message)
        return malformed(conn, message.error().detail);
    if (!line->second.greeted && !greets(*message))
        return malformed(conn, QStringLiteral("The first message was neither HELLO nor JOIN."));
    line->second.greeted = true;
    Q_EMIT received(conn, std::make_shared<const sync::Message>(std::move(*message)));
}

void WebSocketHost::sendHere(const std::vector<sync::Send> &sends)
{
    for (const sync::Send &send : sends) {
        const auto line = m_lines.find(send.to);
        if (line == m_lines.end() || !send.message)
            continue;
        const auto bytes = packed(send.message);
        if (!bytes) {
            dropHere(send.to, std::nullopt, bytes.error());
            continue;
        }
        Wire *wire = line->second.wire;
        if (std::holds_alternative<sync::Welcome>(*send.message)) {
            line->second.welcomed = true;
            wire->setMaxIncoming(kMaxEnvelopeBytes);
        }
        wire->send(*bytes);                 // may end the line
    }
}

Result<QByteArray> WebSocketHost::packed(const MessagePtr &message)
{
    for (const auto &[kept, bytes] : m_encoded)
        if (kept == message)
            return bytes;
    auto bytes = m_envelope.pack(*message);
    if (!bytes)
        return bytes;
    if (m_encoded.empty())                  // the burst is over when the events that wait now are done
        QMetaObject::invokeMethod(this, [this] { m_encoded.clear(); }, Qt::QueuedConnection);
    if (m_encoded.size() < kEncodedKept)
        m_encoded.emplace_back(message, *bytes);
    return bytes;
}

void WebSocketHost::malformed(ConnId conn, const QString &words)
{
    dropHere(conn, Refuse{sync::RefusalCode::Malformed, words.toStdString()}, {ErrorCode::Protocol, Severity::Warning, words, {}});
}

void WebSocketHost::dropHere(ConnId conn, const std::optional<Refuse> &because, const Error &why)
{
    const auto line = m_lines.find(conn);
    if (line == m_lines.end())
        return;
    Wire *wire = line->second.wire;
    if (because)
        if (const auto bytes = m_envelope.pack(*because))
            wire->send(*bytes);
    wire->part(why, because ? QWebSocketProtocol::CloseCodePolicyViolated : QWebSocketProtocol::CloseCodeGoingAway,
               because ? Wire::Parting::AfterLastWords : Wire::Parting::AtOnce);
}

void WebSocketHost::ended(ConnId conn, const Error &why)
{
    if (m_lines.erase(conn) != 0)
        Q_EMIT closed(conn, why);
}

} // namespace anteroom::transport

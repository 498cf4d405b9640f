// Wire: one open WebSocket of either end: sizes, pings, silence, unsent bytes, parting. Knows bytes, not messages.
// Owns the socket. Lives in the net thread. Ends with exactly one `ended`.
#pragma once

#include "core/result.h"
#include "transport/limits.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QWebSocketProtocol>

QT_FORWARD_DECLARE_CLASS(QTcpSocket)
QT_FORWARD_DECLARE_CLASS(QWebSocket)

namespace anteroom::transport {

class Wire : public QObject {
    Q_OBJECT

public:
    // Sets every limit of the socket at once. `tcp` (if known) lets a ping of the peer count as a sign of life.
    Wire(QWebSocket *socket, QTcpSocket *tcp, const Timings &timings, std::size_t maxIncoming, QObject *parent);
    ~Wire() override;

    void start();                                   // connected: pings begin
    void setMaxIncoming(std::size_t bytes);
    void send(const QByteArray &envelope);
    // No more is read; the line ends, after last words only when the peer could read them. `ended` is told at once.
    enum class Parting { AtOnce, AfterLastWords };
    void part(const Error &why, QWebSocketProtocol::CloseCode code, Parting parting);
    [[nodiscard]] bool isOver() const { return m_over; }

Q_SIGNALS:
    void message(const QByteArray &envelope);
    void textArrived();
    void heard(qint64 silentMs);
    void pressure(bool behind);
    void ended(const anteroom::Error &why);
    void gone();                                    // the socket is closed too

private:
    void tick();
    void watchQueue();
    void over(const Error &why);
    void cutSoon();

    QWebSocket *m_socket;
    Timings m_timings;
    QTimer m_ping;
    QElapsedTimer m_sinceByte;
    bool m_over = false, m_gone = false, m_behind = false, m_queued = false;
};

} // namespace anteroom::transport

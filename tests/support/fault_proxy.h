// FaultProxy: a TCP proxy on 127.0.0.1 in the test's own thread that makes the network bad: cut, one way silent, slow,
// refusing, healed. Bytes are never lost or reordered on an open line, as on TCP. Knows nothing of WebSockets.
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QTcpServer>
#include <QTimer>

#include <chrono>
#include <deque>
#include <memory>
#include <vector>

QT_FORWARD_DECLARE_CLASS(QTcpSocket)

namespace anteroom::test {

enum class Toward { Host, Client };

class FaultProxy : public QObject {
    Q_OBJECT

public:
    explicit FaultProxy(quint16 hostPort, QObject *parent = nullptr);
    ~FaultProxy() override;

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] int lines() const { return static_cast<int>(m_pairs.size()); }
    [[nodiscard]] qint64 passed(Toward way) const { return way == Toward::Host ? m_toHost : m_toClient; }

    void cut();                                       // reset every line; new ones are taken
    void refuse(bool refused);                        // cut, and take none until healed
    void hold(Toward way, bool held);                 // bytes of that way wait; the line looks alive to TCP
    void delay(std::chrono::milliseconds each);       // every byte arrives that much later
    void setHostPort(quint16 port) { m_hostPort = port; }      // the host came back elsewhere
    void heal();                                      // all of it ends; what waited arrives

private:
    struct Pair;
    void accept(QTcpSocket *client);
    void take(Pair &pair, Toward way);
    void pump(Pair &pair);
    void pumpAll();
    void end(Pair *pair);

    QTcpServer m_server;
    QTimer m_tick;
    QElapsedTimer m_clock;
    std::vector<std::unique_ptr<Pair>> m_pairs;
    quint16 m_hostPort;
    std::chrono::milliseconds m_delay{0};
    bool m_refused = false, m_holdHost = false, m_holdClient = false;
    qint64 m_toHost = 0, m_toClient = 0;
};

} // namespace anteroom::test

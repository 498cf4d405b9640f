#include "fault_proxy.h"

#include <QHostAddress>
#include <QTcpSocket>

namespace anteroom::test {

namespace {
constexpr qint64 kBuffer = 64 * 1024;      // small, so that a held line pushes back on its sender as a real one does
}

struct FaultProxy::Pair {
    struct Part { qint64 due; QByteArray bytes; };
    QTcpSocket *client = nullptr, *host = nullptr;
    std::deque<Part> toHost, toClient;
    bool over = false;
};

FaultProxy::FaultProxy(quint16 hostPort, QObject *parent) : QObject(parent), m_server(this), m_tick(this), m_hostPort(hostPort)
{
    m_clock.start();
    m_tick.setInterval(2);
    connect(&m_tick, &QTimer::timeout, this, &FaultProxy::pumpAll);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection())
            accept(client);
    });
    m_server.listen(QHostAddress::LocalHost, 0);
}

FaultProxy::~FaultProxy()
{
    cut();
}

void FaultProxy::cut()
{
    const auto pairs = std::exchange(m_pairs, {});
    for (const auto &pair : pairs) {
        if (pair->over)
            continue;                        // its sockets end by themselves
        for (QTcpSocket *socket : {pair->client, pair->host}) {
            socket->disconnect(this);
            socket->abort();
            socket->deleteLater();
        }
    }
}

void FaultProxy::refuse(bool refused)
{
    m_refused = refused;
    if (refused)
        cut();
}

void FaultProxy::hold(Toward way, bool held)
{
    (way == Toward::Host ? m_holdHost : m_holdClient) = held;
    pumpAll();
}

void FaultProxy::delay(std::chrono::milliseconds each)
{
    m_delay = each;
    each.count() > 0 ? m_tick.start() : m_tick.stop();
    pumpAll();
}

void FaultProxy::heal()
{
    m_refused = m_holdHost = m_holdClient = false;
    delay({});
}

void FaultProxy::accept(QTcpSocket *client)
{
    if (m_refused) {
        client->abort();
        client->deleteLater();
        return;
    }
    auto owned = std::make_unique<Pair>();
    Pair *pair = owned.get();
    pair->client = client;
    pair->host = new QTcpSocket(this);
    m_pairs.push_back(std::move(owned));
    for (QTcpSocket *socket : {pair->client, pair->host}) {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        socket->setReadBufferSize(kBuffer);
        connect(socket, &QTcpSocket::disconnected, this, [this, pair] { end(pair); });
        connect(socket, &QTcpSocket::errorOccurred, this, [this, pair] { end(pair); });
        connect(socket, &QTcpSocket::bytesWritten, this, [this, pair] { pump(*pair); });
    }
    connect(pair->host, &QTcpSocket::connected, this, [this, pair] { pump(*pair); });
    connect(pair->client, &QTcpSocket::readyRead, this, [this, pair] { pump(*pair); });
    connect(pair->host, &QTcpSocket::readyRead, this, [this, pair] { pump(*pair); });
    pair->host->connectToHost(QHostAddress(QHostAddress::LocalHost), m_hostPort);
}

void FaultProxy::take(Pair &pair, Toward way)
{
    const bool up = way == Toward::Host;
    if (up ? m_holdHost : m_holdClient)
        return;                              // unread bytes fill the kernel's buffers: the sender feels it
    QTcpSocket *from = up ? pair.client : pair.host;
    QTcpSocket *to = up ? pair.host : pair.client;
    auto &parts = up ? pair.toHost : pair.toClient;
    if (to->state() != QAbstractSocket::ConnectedState)
        return;
    const qint64 now = m_clock.elapsed();
    while (from->bytesAvailable() > 0 && to->bytesToWrite() < kBuffer) {
        QByteArray bytes = from->read(kBuffer);
        if (bytes.isEmpty())
            break;
        if (m_delay.count() == 0 && parts.empty()) {
            (up ? m_toHost : m_toClient) += bytes.size();
            to->write(bytes);
        } else {
            parts.push_back({now + m_delay.count(), std::move(bytes)});
            if (parts.size() > 1024)
                break;
        }
    }
    while (!parts.empty() && (parts.front().due <= now || m_delay.count() == 0)) {
        (up ? m_toHost : m_toClient) += parts.front().bytes.size();
        to->write(parts.front().bytes);
        parts.pop_front();
    }
}

void FaultProxy::pump(Pair &pair)
{
    if (pair.over)
        return;
    take(pair, Toward::Host);
    take(pair, Toward::Client);
}

void FaultProxy::pumpAll()
{
    std::vector<Pair *> pairs;
    for (const auto &pair : m_pairs)
        pairs.push_back(pair.get());
    for (Pair *pair : pairs)
        pump(*pair);
}

void FaultProxy::end(Pair *pair)
{
    if (pair->over)
        return;
    pump(*pair);                             // last words
    pair->over = true;
    for (QTcpSocket *socket : {pair->client, pair->host}) {
        socket->disconnect(this);
        if (socket->state() == QAbstractSocket::UnconnectedState)
            socket->deleteLater();
        else {
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            socket->disconnectFromHost();    // after what waits is written
        }
    }
    // Not under the feet of a caller that still holds the pair.
    QMetaObject::invokeMethod(this, [this, pair] {
        std::erase_if(m_pairs, [pair](const auto &p) { return p.get() == pair; });
    }, Qt::QueuedConnection);
}

} // namespace anteroom::test

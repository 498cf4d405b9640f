#include "node/control_server.h"

#include <QLocalSocket>
#include <QPointer>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace anteroom::node {

namespace {

// One line to one command. It owns its socket and deletes itself with it; an answer that comes later finds nobody.
class ControlConnection final : public QObject {
public:
    ControlConnection(ControlHandler &handler, QLocalSocket *socket, QObject *parent) : QObject(parent), m_handler(handler), m_socket(socket)
    {
        socket->setParent(this);
        m_idle.setSingleShot(true);
        m_idle.setInterval(control_limits::kIdleMs);
        connect(&m_idle, &QTimer::timeout, this, [this] { m_socket->abort(); });
        connect(socket, &QLocalSocket::readyRead, this, &ControlConnection::read);
        connect(socket, &QLocalSocket::disconnected, this, &QObject::deleteLater);
        m_idle.start();
        QMetaObject::invokeMethod(this, &ControlConnection::read, Qt::QueuedConnection);       // what came with the connect
    }

private:
    void read()
    {
        if (m_busy || m_socket->state() != QLocalSocket::ConnectedState)
            return;                                            // the next request waits for this answer
        if (!m_socket->canReadLine()) {
            if (m_socket->bytesAvailable() > control_limits::kMaxRequestBytes)
                refuse(u"The request is too large; send at most 2 MiB"_s);
            return;
        }
        const QByteArray line = m_socket->readLine(control_limits::kMaxRequestBytes + 1);
        if (!line.endsWith('\n'))
            return refuse(u"The request is too large; send at most 2 MiB"_s);
        const auto request = parseControlLine(line);
        if (!request)
            return refuse(request.error().detail);
        m_idle.stop();
        m_busy = true;
        const QPointer<ControlConnection> self(this);
        m_handler.handle(*request, ControlAnswer{
            .part = [self](const QJsonObject &part) {
                if (self)
                    self->write({{u"part"_s, part}});
            },
            .done = [self](const Result<QJsonObject> &done) {
                if (!self)
                    return;
                self->write(done ? QJsonObject{{u"done"_s, *done}} : QJsonObject{{u"error"_s, errorToJson(done.error())}});
                self->m_busy = false;
                self->m_idle.start();
                QMetaObject::invokeMethod(self, &ControlConnection::read, Qt::QueuedConnection);
            }});
    }

    void write(const QJsonObject &object)
    {
        if (m_socket->state() != QLocalSocket::ConnectedState)
            return;
        if (m_socket->bytesToWrite() > control_limits::kMaxUnsentBytes) {
            m_socket->abort();
            return;
        }
        m_socket->write(controlLine(object));
    }

    void refuse(const QString &words)
    {
        write({{u"error"_s, errorToJson({ErrorCode::Protocol, Severity::Failure, words, {}})}});
        m_busy = true;                                         // nothing more is read from it
        m_socket->disconnectFromServer();
    }

    ControlHandler &m_handler;
    QLocalSocket *m_socket;
    QTimer m_idle;
    bool m_busy = false;
};

} // namespace

ControlServer::ControlServer(ControlHandler &handler, QObject *parent) : QObject(parent), m_handler(handler)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &ControlServer::accept);
}

Result<void> ControlServer::listen(const QString &dataDir)
{
    const auto path = controlSocketPath(dataDir);
    if (!path)
        return tl::unexpected(path.error());
    QLocalServer::removeServer(*path);
    if (!m_server.listen(*path))
        return fail(ErrorCode::Io, u"Commands for this folder cannot be taken at %1: %2"_s.arg(*path, m_server.errorString()), *path);
    return {};
}

void ControlServer::accept()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        if (m_connections >= control_limits::kMaxConnections) {
            socket->write(controlLine({{u"error"_s, errorToJson({ErrorCode::Busy, Severity::Failure,
                                                                 u"Too many commands at once; try again in a moment"_s, {}})}}));
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            socket->disconnectFromServer();
            continue;
        }
        ++m_connections;
        auto *connection = new ControlConnection(m_handler, socket, this);
        connect(connection, &QObject::destroyed, this, [this] { --m_connections; });
    }
}

} // namespace anteroom::node

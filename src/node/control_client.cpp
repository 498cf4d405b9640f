#include "node/control_client.h"

using namespace Qt::StringLiterals;

namespace anteroom::node {

ControlClient::ControlClient(int silenceMs)
{
    m_silence.setSingleShot(true);
    m_silence.setInterval(silenceMs);
    m_silence.callOnTimeout(this, [this] {
        m_socket.disconnect(this);           // a late answer would be taken for that of the next request
        m_socket.abort();
        finish(fail(ErrorCode::Io, u"The process that runs this folder does not answer; look whether it hangs, end it, then try again"_s));
    });
    connect(&m_socket, &QLocalSocket::readyRead, this, &ControlClient::read);
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] {
        read();
        finish(fail(ErrorCode::Io, u"The process that runs this folder ended before it answered; look whether the work was done, then try again"_s));
    });
}

Result<std::unique_ptr<ControlClient>> ControlClient::connectTo(const QString &dataDir, int silenceMs)
{
    const auto path = controlSocketPath(dataDir);
    if (!path)
        return tl::unexpected(path.error());
    std::unique_ptr<ControlClient> client(new ControlClient(silenceMs));
    client->m_socket.connectToServer(*path);
    if (!client->m_socket.waitForConnected(control_limits::kConnectMs))
        return fail(ErrorCode::NotFound, u"No process runs the replica in %1"_s.arg(dataDir), dataDir);
    return client;
}

void ControlClient::handle(const QJsonObject &request, const ControlAnswer &answer)
{
    if (m_answer) {
        answer.done(fail(ErrorCode::Busy, u"One request at a time on a control connection"_s));
        return;
    }
    const QByteArray line = controlLine(request);
    if (line.size() > control_limits::kMaxRequestBytes) {
        answer.done(fail(ErrorCode::Invalid, u"The request is too large; send at most 2 MiB"_s));
        return;
    }
    m_answer = answer;
    if (m_socket.state() != QLocalSocket::ConnectedState) {
        finish(fail(ErrorCode::Io, u"The process that runs this folder has ended; try again"_s));
        return;
    }
    m_silence.start();
    m_socket.write(line);
}

void ControlClient::read()
{
    if (m_answer)
        m_silence.start();
    while (m_socket.canReadLine()) {
        const auto object = parseControlLine(m_socket.readLine(control_limits::kMaxLineBytes));
        if (!object)
            return finish(tl::unexpected(object.error()));
        if (object->contains("part"_L1)) {
            if (m_answer && m_answer->part)
                m_answer->part(object->value("part"_L1).toObject());
        } else if (object->contains("error"_L1)) {
            return finish(tl::unexpected(errorFromJson(object->value("error"_L1).toObject())));
        } else {
            return finish(object->value("done"_L1).toObject());
        }
    }
    if (m_socket.bytesAvailable() > control_limits::kMaxLineBytes)
        m_socket.abort();
}

void ControlClient::finish(const Result<QJsonObject> &result)
{
    if (!m_answer)
        return;
    m_silence.stop();
    const ControlAnswer answer = *std::exchange(m_answer, std::nullopt);       // it may ask again at once
    answer.done(result);
}

} // namespace anteroom::node

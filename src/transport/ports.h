// HostPort and LinkPort: the two ends of a line as the writer thread sees them. Commands may be called from any thread
// and never wait; events are signals, to be connected with a context object of the writer thread (then they are queued,
// in order). Each connection ends with exactly one `closed`, after which nothing more is heard of it.
#pragma once

#include "core/result.h"
#include "sync/effects.h"

#include <QObject>

#include <optional>
#include <vector>

namespace anteroom::transport {

using sync::ConnId;
using sync::MessagePtr;
using sync::Refuse;

class HostPort : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    // A message of many peers is one MessagePtr: it is encoded once. Sends to a line that is gone do nothing.
    virtual void send(std::vector<sync::Send> sends) = 0;
    void send(ConnId to, MessagePtr message) { send({sync::Send{to, std::move(message)}}); }
    // Last words first, then the line ends. `closed` follows.
    virtual void drop(ConnId conn, std::optional<Refuse> because) = 0;

Q_SIGNALS:
    void connected(anteroom::transport::ConnId conn, const QString &address);
    void received(anteroom::transport::ConnId conn, const anteroom::transport::MessagePtr &message);
    // behind: over kBehindBytes wait unsent; stop sending until it is told with false.
    void pressure(anteroom::transport::ConnId conn, bool behind);
    void closed(anteroom::transport::ConnId conn, const anteroom::Error &why);
};

// One object is one connection: reconnecting makes a new one.
class LinkPort : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void open(const QString &address, quint16 port) = 0;     // ends in opened or closed
    virtual void send(MessagePtr message) = 0;
    virtual void close() = 0;

Q_SIGNALS:
    void opened();
    void received(const anteroom::transport::MessagePtr &message);
    void heard(qint64 silentMs);                                     // each ping: ms since the last byte of the host
    void pressure(bool behind);
    void closed(const anteroom::Error &why);                         // code Cancelled after close()
};

} // namespace anteroom::transport

// Words for what a socket says: one English sentence each, with what to do. Pure functions.
#pragma once

#include "core/result.h"

#include <QAbstractSocket>
#include <QWebSocketProtocol>

namespace anteroom::transport {

// `where` is "address:port" as the person typed it.
[[nodiscard]] QString hostAndPort(const QString &address, quint16 port);
[[nodiscard]] Error connectError(QAbstractSocket::SocketError error, const QString &where, const QString &detail);
[[nodiscard]] Error connectTimeout(const QString &where);
[[nodiscard]] Error listenError(QAbstractSocket::SocketError error, const QString &where, const QString &detail);
[[nodiscard]] Error lineEnded(QWebSocketProtocol::CloseCode code, const QString &reason);

} // namespace anteroom::transport

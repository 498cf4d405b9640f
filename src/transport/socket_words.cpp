#include "transport/socket_words.h"

namespace anteroom::transport {

namespace {

Error network(const QString &detail, const QString &where)
{
    return Error{ErrorCode::Network, Severity::Warning, detail, where};
}

} // namespace

QString hostAndPort(const QString &address, quint16 port)
{
    const bool bare6 = address.contains(u':') && !address.startsWith(u'[');
    return (bare6 ? QString(u'[' + address + u']') : address) + u':' + QString::number(port);
}

Error connectError(QAbstractSocket::SocketError error, const QString &where, const QString &detail)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return network(QStringLiteral("No host answers at %1: start hosting on that PC, and compare the port it shows.").arg(where), where);
    case QAbstractSocket::HostNotFoundError:
        return network(QStringLiteral("No PC of the name in %1 was found: check its spelling, or use the IP address that the host shows.").arg(where), where);
    case QAbstractSocket::NetworkError:
        return network(QStringLiteral("%1 cannot be reached: check the cable or the Wi-Fi of both PCs.").arg(where), where);
    case QAbstractSocket::SocketTimeoutError:
        return connectTimeout(where);
    case QAbstractSocket::SocketAccessError:
        return network(QStringLiteral("This PC does not allow a connection to %1: check its firewall.").arg(where), where);
    case QAbstractSocket::RemoteHostClosedError:
        return network(QStringLiteral("%1 closed the connection at once: check that an Anteroom host uses this port.").arg(where), where);
    default:
        return network(QStringLiteral("No connection to %1 (%2): check the address, the port, and that the host runs.").arg(where, detail), where);
    }
}

Error connectTimeout(const QString &where)
{
    return network(QStringLiteral("%1 does not answer: check the address, that the PC is on, and that its firewall lets the port in.").arg(where), where);
}

Error listenError(QAbstractSocket::SocketError error, const QString &where, const QString &detail)
{
    switch (error) {
    case QAbstractSocket::AddressInUseError:
        return network(QStringLiteral("The port in %1 is in use by another program: choose another port, or end that program.").arg(where), where);
    case QAbstractSocket::SocketAddressNotAvailableError:
        return network(QStringLiteral("The address in %1 is not one of this PC: choose an address that this PC has.").arg(where), where);
    case QAbstractSocket::SocketAccessError:
        return network(QStringLiteral("This user may not open the port in %1: choose a port from 1024 on.").arg(where), where);
    default:
        return network(QStringLiteral("Hosting at %1 failed (%2): choose another address or port.").arg(where, detail), where);
    }
}

Error lineEnded(QWebSocketProtocol::CloseCode code, const QString &reason)
{
    switch (code) {
    case QWebSocketProtocol::CloseCodeTooMuchData:
        return Error{ErrorCode::Protocol, Severity::Warning,
                     QStringLiteral("A message was over the limit of the line, which was closed: update the older of the two PCs."), {}};
    case QWebSocketProtocol::CloseCodeProtocolError:
    case QWebSocketProtocol::CloseCodeDatatypeNotSupported:
    case QWebSocketProtocol::CloseCodeWrongDatatype:
    case QWebSocketProtocol::CloseCodePolicyViolated:
    case QWebSocketProtocol::CloseCodeBadOperation:
        return Error{ErrorCode::Protocol, Severity::Warning,
                     QStringLiteral("The line was closed because what came over it is not Anteroom's protocol%1: check that both PCs run Anteroom.")
                         .arg(reason.isEmpty() ? QString() : QString(u" (" + reason + u')')), {}};
    default:
        return network(QStringLiteral("The other PC ended the line: it was closed, or the network broke; it is tried again by itself."), {});
    }
}

} // namespace anteroom::transport

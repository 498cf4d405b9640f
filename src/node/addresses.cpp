#include "node/addresses.h"

#include <QHostAddress>
#include <QNetworkInterface>

namespace anteroom::node {

QStringList reachableAddresses(const QString &listening)
{
    const qsizetype colon = listening.lastIndexOf(QLatin1Char(':'));
    const QString host = listening.left(colon);
    const bool any = host == QLatin1String("0.0.0.0") || host == QLatin1String("[::]") || host == QLatin1String("::");
    if (listening.isEmpty() || !any)
        return listening.isEmpty() ? QStringList{} : QStringList{listening};
    QStringList out;
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        const auto flags = interface.flags();
        if (!(flags & QNetworkInterface::IsUp) || !(flags & QNetworkInterface::IsRunning) || (flags & QNetworkInterface::IsLoopBack))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries())
            if (entry.ip().protocol() == QAbstractSocket::IPv4Protocol)
                out.append(entry.ip().toString() + listening.mid(colon));
    }
    out.append(QStringLiteral("127.0.0.1") + listening.mid(colon));       // a second window on this PC
    return out;
}

} // namespace anteroom::node

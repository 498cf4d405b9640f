// Addresses that other PCs can use to reach a host that listens here, for people to read out or copy. Hints only: which
// of them leads where, the network decides.
#pragma once

#include <QString>
#include <QStringList>

namespace anteroom::node {

// "192.168.1.20:7310" for each address of a running interface if `listening` ("0.0.0.0:7310", "[::]:7310") takes any;
// else `listening` itself. Empty for an empty one.
[[nodiscard]] QStringList reachableAddresses(const QString &listening);

} // namespace anteroom::node

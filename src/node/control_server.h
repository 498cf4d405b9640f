// ControlServer: listens on the local socket of one data folder and hands each request to a ControlHandler. Opened by
// whichever process runs the replica. Lines have limits; a peer that breaks them is cut and nobody else notices.
// Never reads or writes data itself. Lives on the thread of the replica.
#pragma once

#include "node/control_protocol.h"

#include <QLocalServer>
#include <QObject>

namespace anteroom::node {

class ControlServer final : public QObject {
    Q_OBJECT
public:
    explicit ControlServer(ControlHandler &handler, QObject *parent = nullptr);

    // Call it only with the folder's lock held: it takes the place of a socket that a killed process left behind.
    [[nodiscard]] Result<void> listen(const QString &dataDir);
    [[nodiscard]] QString path() const { return m_server.fullServerName(); }

private:
    void accept();

    ControlHandler &m_handler;
    QLocalServer m_server;
    int m_connections = 0;
};

} // namespace anteroom::node

// serve and join: a replica that runs until it is told to end. Prints "ready ADDR:PORT" once it takes commands, ends
// cleanly on SIGTERM and SIGINT, and says in one line why it cannot go on.
#pragma once

#include "app/command_line.h"
#include "node/control_server.h"
#include "node/control_service.h"
#include "node/replica.h"

#include <QTimer>

#include <functional>
#include <memory>

namespace anteroom::app {

class HubReplica final : public QObject {
public:
    void run(const CommandSpec &command, const Arguments &arguments);

private:
    void open();
    void serve();
    void startHosting();
    void join();
    void firstJoin(bool afresh);
    void joined(const QString &address);
    void exchangeOnce();
    void watch();
    [[nodiscard]] Result<void> ready(const QString &address);
    void end(const Error &error);

    Arguments m_arguments;
    bool m_serves = false;
    int m_openTries = 0;
    int m_syncTries = 0;
    QString m_attention;                                   // said already
    QTimer m_patience;
    std::unique_ptr<node::Replica> m_replica;
    std::unique_ptr<node::ControlService> m_service;
    std::unique_ptr<node::ControlServer> m_control;
};

} // namespace anteroom::app

// HubAccess: a ControlHandler for a data folder: the process that runs its replica, or, where nobody does, a replica
// opened here without network. Waits a few seconds for a folder that another short command holds. Never creates data.
#pragma once

#include "core/result.h"
#include "node/control_service.h"

#include <QObject>

#include <functional>
#include <memory>

namespace anteroom::app {

enum class Need : std::uint8_t { Read, Write, Sync };        // Read: a newer database will do; Sync: with the network

class HubAccess final : public QObject {
public:
    explicit HubAccess(QString dataDir, Need need) : m_dataDir(std::move(dataDir)), m_need(need) {}

    // `ready` once, later or at once; the handler lives as long as this object.
    void open(std::function<void(const Result<node::ControlHandler *> &)> ready);
    [[nodiscard]] const node::Replica *ownReplica() const { return m_replica.get(); }

private:
    void attempt();

    QString m_dataDir;
    Need m_need;
    std::function<void(const Result<node::ControlHandler *> &)> m_ready;
    std::unique_ptr<node::ControlHandler> m_client;
    std::unique_ptr<node::Replica> m_replica;
    std::unique_ptr<node::ControlService> m_service;
    int m_attempts = 0;
};

} // namespace anteroom::app

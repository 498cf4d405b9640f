// ControlService: answers the requests of the control protocol from a replica. The same object serves a command that
// opened the replica itself and, behind a ControlServer, one that found it running. It waits for nobody: every answer
// comes from a future. Knows no file but the database of its replica, and prints nothing.
//
//   status · code · sync · digest · verify · list · get · put · delete · save
#pragma once

#include "node/control_protocol.h"
#include "node/replica.h"

#include <QThreadPool>

namespace anteroom::node {

class ControlService final : public ControlHandler {
public:
    explicit ControlService(Replica &replica);
    ~ControlService() override;

    void handle(const QJsonObject &request, const ControlAnswer &answer) override;

private:
    void status(const ControlAnswer &answer);
    void code(const ControlAnswer &answer);
    void sync(const ControlAnswer &answer);
    void save(const QJsonObject &request, const ControlAnswer &answer);
    // Work that reads the whole database, on a thread and a connection of its own.
    void inBackground(std::function<Result<QJsonObject>()> work, const ControlAnswer &answer);

    Replica &m_replica;
    QObject m_context;                   // continuations end with the service
    QThreadPool m_pool;
};

// status --json (GOALS). Seconds are counted from `nowMs`.
[[nodiscard]] QJsonObject statusToJson(const Status &status, std::int64_t nowMs);
[[nodiscard]] QString summaryWords(const SyncSummary &summary);

} // namespace anteroom::node

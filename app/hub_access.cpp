#include "app/hub_access.h"

#include "node/control_client.h"

#include <QFileInfo>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {
constexpr int kRetryMs = 100;
constexpr int kAttempts = 50;            // 5 s: another short command, or a replica that is just starting or ending
} // namespace

void HubAccess::open(std::function<void(const Result<node::ControlHandler *> &)> ready)
{
    m_ready = std::move(ready);
    if (!QFileInfo::exists(node::databasePath(m_dataDir)))
        return m_ready(fail(ErrorCode::NotFound,
            u"There is no clinic in %1; start one with: anteroom-hub serve --data %1, or join one with: anteroom-hub join --data %1 --address ADDR:PORT --code C"_s.arg(m_dataDir), m_dataDir));
    attempt();
}

void HubAccess::attempt()
{
    if (auto client = node::ControlClient::connectTo(m_dataDir)) {
        m_client = std::move(*client);
        return m_ready(m_client.get());
    }
    auto replica = node::Replica::open({.dataDir = m_dataDir, .network = m_need == Need::Sync, .readOnlyAllowed = m_need == Need::Read});
    if (replica) {
        m_replica = std::move(*replica);
        m_service = std::make_unique<node::ControlService>(*m_replica);
        return m_ready(m_service.get());
    }
    if (replica.error().code != ErrorCode::Locked || ++m_attempts >= kAttempts)
        return m_ready(tl::unexpected(replica.error()));
    QTimer::singleShot(kRetryMs, this, &HubAccess::attempt);
}

} // namespace anteroom::app

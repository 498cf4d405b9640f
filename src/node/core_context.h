// CoreContext: what the parts of a replica on the writer thread share: clock, random, the writer's queue, who acts.
// Made and owned by Replica::Core; internal to node.
#pragma once

#include "core/clock.h"
#include "core/random.h"
#include "node/replica.h"
#include "node/writer.h"
#include "transport/net_thread.h"

#include <QPromise>

#include <functional>
#include <memory>

namespace anteroom::node {

inline constexpr const char *kProgramVersion = ANTEROOM_VERSION;

struct CoreContext {
    ReplicaConfig config;
    const Clock *clock = nullptr;
    Random *random = nullptr;
    Writer *writer = nullptr;                // null before there is a database
    transport::NetThread *net = nullptr;
    Identity identity;
    std::function<void()> statusDirty;       // cheap; the status is made later, once for many calls
};

// Keys of sync_state that node keeps beside the engines'.
namespace key {
inline constexpr std::string_view kRole = "role";                    // "host" or "client"
inline constexpr std::string_view kClinic = "clinic_id";
inline constexpr std::string_view kClinicName = "clinic_name";
inline constexpr std::string_view kDevice = "device_id";
inline constexpr std::string_view kDeviceName = "device_name";
inline constexpr std::string_view kUser = "user_id";
inline constexpr std::string_view kPersonName = "person_name";
inline constexpr std::string_view kDemo = "demo";
inline constexpr std::string_view kHostAddress = "host_address";
inline constexpr std::string_view kHostPort = "host_port";
inline constexpr std::string_view kLastExchange = "last_exchange";     // client: UTC ms
} // namespace key

// A promise that can be copied into jobs and callbacks; finished exactly once.
template <typename T>
class Promise {
public:
    Promise() : m_state(std::make_shared<QPromise<Result<T>>>()) { m_state->start(); }
    [[nodiscard]] QFuture<Result<T>> future() const { return m_state->future(); }
    void finish(Result<T> result) const
    {
        m_state->addResult(std::move(result));
        m_state->finish();
    }

private:
    std::shared_ptr<QPromise<Result<T>>> m_state;
};

} // namespace anteroom::node

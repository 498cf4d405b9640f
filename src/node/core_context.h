// CoreContext: what the parts of a replica on the writer thread share: clock, random, the writer's queue, who acts.
// Made and owned by Replica::Core; internal to node.
#pragma once

#include "core/clock.h"
#include "core/random.h"
#include "node/replica.h"
#include "node/writer.h"
#include "transport/net_thread.h"

#include <QPromise>

#include <atomic>
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
inline constexpr std::string_view kTroubleTried = "trouble_tried";     // UTC ms: written to see whether writing works again
inline constexpr std::string_view kContentChecked = "content_checked"; // client: UTC ms of the last comparing of content
inline constexpr std::string_view kLastExchange = "last_exchange";     // client: UTC ms
} // namespace key

// Of an entry that the host could not merge.
[[nodiscard]] inline QString reviewWords() { return QStringLiteral("It waits in review: somebody has to decide on it first."); }

// A promise that can be copied into jobs and callbacks; finished exactly once, with words where all copies are gone
// before (a job that waited when the database was closed).
template <typename T>
class Promise {
public:
    Promise() : m_state(std::make_shared<State>()) {}
    [[nodiscard]] QFuture<Result<T>> future() const { return m_state->promise.future(); }
    void finish(Result<T> result) const { m_state->finish(std::move(result)); }

private:
    struct State {
        QPromise<Result<T>> promise;
        std::atomic_bool finished = false;
        State() { promise.start(); }
        ~State() { finish(fail(ErrorCode::Cancelled, QStringLiteral("Anteroom ended before this was done. Nothing of it was saved."))); }
        void finish(Result<T> result)
        {
            if (finished.exchange(true))
                return;
            promise.addResult(std::move(result));
            promise.finish();
        }
    };
    std::shared_ptr<State> m_state;
};

} // namespace anteroom::node

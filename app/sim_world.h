// SimWorld: a clinic in one thread — a host, clients, real SQLite stores, loopback lines that carry encoded frames, a
// simulated clock. A seed decides everything that happens; the same seed replays it. People edit at random while lines
// are cut, delayed and PCs restarted; then all heals, and what must hold is looked at.
#pragma once

#include "core/clock.h"
#include "core/random.h"
#include "node/clinic_policy.h"
#include "node/door.h"
#include "storage/connection.h"
#include "storage/transaction.h"
#include "sync/client_engine.h"
#include "sync/host_log.h"
#include "transport/loopback_link.h"

#include <QTemporaryDir>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace anteroom::app {

class SimClock final : public Clock {
public:
    [[nodiscard]] std::int64_t utcMs() const override { return m_ms; }
    [[nodiscard]] std::int64_t monotonicMs() const override { return m_ms; }
    void pass(std::int64_t ms) { m_ms += ms; }

private:
    std::int64_t m_ms = 1'790'000'000'000;           // some morning of 2026
};

struct SimOptions {
    int replicas = 3;                    // the host and its clients
    int ops = 60;
    bool trace = false;                  // each event on stderr
};

struct SimOutcome {
    std::optional<QString> violation;    // the invariant that does not hold
    std::int64_t simulatedMs = 0;
};

class SimWorld final : public QObject {
public:
    SimWorld(std::uint64_t seed, SimOptions options);
    ~SimWorld() override;

    [[nodiscard]] SimOutcome run();

private:
    struct Pc {
        QString name, path;
        node::Identity who;
        std::unique_ptr<storage::Connection> connection;
    };
    struct Client : Pc {
        std::unique_ptr<transport::LoopbackLink> link;
        std::unique_ptr<sync::ClientEngine> engine;
    };

    using Work = std::function<void(sync::StoreTx &, sync::Effects &)>;
    sync::Effects transact(Pc &pc, const Work &work);
    void openStore(Pc &pc);
    void makeHost();
    void startHost();
    void makeClient(int index);
    void connectClient(Client &client);
    void disconnectClient(Client &client);
    void atHost(const Work &work);
    void atClient(Client &client, const Work &work);
    void step();
    void edit(Pc &pc, Client *client);
    void save(Pc &pc, Client *client, const schema::Change &change);
    void heal();
    [[nodiscard]] std::optional<QString> check();
    [[nodiscard]] std::uint64_t dice(std::uint64_t sides) { return m_random.u64() % sides; }
    void say(const QString &text) const;

    SimOptions m_options;
    SeededRandom m_random;
    SimClock m_clock;
    QTemporaryDir m_dir;
    node::Door m_door;
    node::ClinicPolicy m_policy;
    Pc m_host;
    std::unique_ptr<transport::LoopbackHost> m_port;
    std::unique_ptr<sync::HostLog> m_log;
    std::vector<std::unique_ptr<Client>> m_clients;
    std::set<Uuid> m_inserted;           // acknowledged to a person: durable where it was typed
    std::map<Uuid, std::set<std::string>> m_phones;      // everything that was ever saved as its phone
};

} // namespace anteroom::app

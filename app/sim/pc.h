// Pc: one simulated PC: its disk, the real writer over it, and the engine of its role. Does in one thread what
// HostService and ClientService do with sockets and timers: which transactions are FULL, what leaves after the commit,
// what a lost transaction ends. It decides nothing about the world and checks nothing.
#pragma once

#include "app/sim/capture.h"
#include "app/sim/network.h"
#include "app/sim/template.h"
#include "node/clinic_policy.h"
#include "node/door.h"
#include "node/mark_keeper.h"
#include "node/writer.h"
#include "sync/client_engine.h"
#include "sync/host_log.h"

#include <functional>

namespace anteroom::sim {

class Pc;

// What a client holds as far as it is committed; the examiner keeps it beside the database.
struct Held {
    Image rows;
    std::map<std::int64_t, std::shared_ptr<Waiting>> outbox;
    std::map<std::int64_t, sync::Salt> salts;
    sync::Cursor cursor = schema::kStart;
    bool first = true;                           // its first copy is not whole
    sync::RevSalt durable;                       // where no power cut takes it back from

    [[nodiscard]] sync::RevSalt at() const;
};

// Who looks on.
class Eyes {
public:
    virtual ~Eyes() = default;
    virtual void committed(Pc &host, HostCapture &&capture) = 0;
    virtual void committed(Pc &client, const ClientCapture &capture) = 0;
    virtual void left(Pc &host, const sync::Effects &effects) = 0;       // after the commit, to other PCs
    virtual void started(Pc &pc) = 0;            // its database was opened again
    virtual void agreed(Pc &client) = 0;         // its digests are the host's
};

struct Around {                                  // the world of a PC
    const WorldClock &clock;
    Network &network;
    Trace &trace;
    Eyes &eyes;
    Plant *plant = nullptr;
    int pageRows = 0;
};

class Pc {
public:
    Pc(Around &around, int number, bool host, const Disk::Image &image, std::uint64_t seed, const node::Identity &who);
    ~Pc();

    const int number;
    const node::Identity who;
    Disk disk;
    PcClock clock;
    Dice dice;                                   // of its engines
    node::Door door;

    [[nodiscard]] bool isHost() const { return m_host; }
    [[nodiscard]] bool on() const { return m_writer != nullptr; }
    [[nodiscard]] bool broken() const { return m_broken; }       // a transaction was lost since the last start
    void mended() { m_broken = false; }
    [[nodiscard]] sync::HostLog *log() { return m_log.get(); }
    [[nodiscard]] sync::ClientEngine *engine() { return m_engine.get(); }
    [[nodiscard]] storage::Connection &connection() { return m_writer->connection(); }
    [[nodiscard]] std::string name() const { return (m_host ? "host " : "PC ") + std::to_string(number); }
    [[nodiscard]] sync::Author author() const { return {who.device, m_host ? 1 : m_incarnation}; }
    Held held;                                   // of a client
    std::vector<HostCapture> unsure;             // of a host: lost at their COMMIT, and perhaps on the disk all the same

    // False where the disk does not let it.
    bool start();
    // The program ends at once. `dice`: the power fails, and what was not synced is lost as they say.
    void crash(Dice *power);

    // A client that runs becomes the host; nothing where it may not. The revisions that it made of its own entries.
    [[nodiscard]] std::optional<HostCapture> takeOver();
    // An old host that is off comes back as a client, in this life of its device.
    [[nodiscard]] bool comeBack(std::int64_t incarnation);
    bool retired = false;                        // nobody will switch it on again

    // One job of its writer; `work` meets what the engines meet. Nothing runs before drain().
    using Work = std::function<void(sync::StoreTx &, sync::Effects &)>;
    using Done = std::function<void(const std::optional<Error> &, const sync::Effects &)>;
    void add(storage::Durability durability, Work work, Done done = {}, std::optional<schema::Entry> entry = {}, sync::MessagePtr heard = {});
    void drain();
    [[nodiscard]] bool idle() const { return !m_writer || m_writer->idle(); }
    [[nodiscard]] std::vector<schema::Entry> rejected();     // refused entries that it keeps to be read

    // S7: words where the engine in memory and one built from the database differ.
    [[nodiscard]] std::string rebuiltDiffers(const Pc &client);

    // A line.
    void heardAsHost(Line &line, const sync::MessagePtr &message);
    void lineEnded(sync::ConnId conn);           // of a host
    void connect(Line &line);                    // of a client
    void disconnected();                         // of a client
    void heardAsClient(const sync::MessagePtr &message);
    void sayHello();                             // the periodic sync
    void retryLater();                           // what the host put off
    void beat();                                 // of a host

    // An act of a person here; answers seq at a client, 0 at a host.
    [[nodiscard]] std::int64_t write(const schema::Entry &entry, sync::StoreTx &tx, sync::Effects &effects);

private:
    [[nodiscard]] std::unique_ptr<storage::Connection> openStore();
    [[nodiscard]] sync::HostOptions hostOptions() const;
    [[nodiscard]] sync::Policy &rules() { return m_plantedRules ? *m_plantedRules : m_rules; }
    [[nodiscard]] node::WriterHooks hooks();
    void execute(sync::Effects &&effects);
    void executeAsHost(const sync::Effects &effects);
    void executeAsClient(const sync::Effects &effects);
    void linesEnd();
    void drop(sync::ConnId conn, const std::optional<sync::Refuse> &because);
    void lost(const Error &error);
    void loadHeld(sync::StoreTx &tx);

    Around &m_around;
    bool m_host;
    std::int64_t m_incarnation = 1;
    node::ClinicPolicy m_rules;
    std::unique_ptr<sync::Policy> m_plantedRules;
    std::unique_ptr<sync::HostLog> m_log;
    std::map<sync::ConnId, sync::HostPeer> m_before;         // the job that runs
    std::unique_ptr<sync::ClientEngine> m_engine;
    std::unique_ptr<node::MarkKeeper> m_mark;
    std::unique_ptr<node::Writer> m_writer;
    std::uint64_t m_life = 0;                    // jobs of an earlier start or line say nothing any more
    sync::ConnId m_line = 0;                     // of a client
    bool m_broken = false, m_lostNow = false, m_fullNow = false, m_stale = false, m_later = false, m_heal = false;
    std::vector<std::int64_t> m_heals;
};

} // namespace anteroom::sim

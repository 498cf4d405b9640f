// CutPc: one PC of the power cut runs: its disk, the real writer and mark keeper over it, and the engine of its role. It
// remembers what it told others, which is what a power cut may not take. Lives in one thread; never waits.
#pragma once

#include "app/sim/vfs.h"
#include "core/clock.h"
#include "node/clinic_policy.h"
#include "node/door.h"
#include "node/mark_keeper.h"
#include "node/writer.h"
#include "sync/client_engine.h"
#include "sync/host_log.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace anteroom::sim {

struct CutClock final : Clock {
    std::int64_t ms = 1'790'000'000'000;         // some morning of 2026
    [[nodiscard]] std::int64_t utcMs() const override { return ms; }
    [[nodiscard]] std::int64_t monotonicMs() const override { return ms; }
};

// What left a PC, or was said to its person.
struct Told {
    sync::RevSalt head;                  // host: the newest revision that anybody heard of
    std::int64_t answered = 0;           // host: the client's highest seq with an answer
    std::string prefix;                  // host: the client's
    std::int64_t seq = 0;                // client: its highest act that was saved, or went up
    std::int64_t leftRev = 0, leftSeq = 0;       // of these two, what went over a line: the mark must know it
    std::int64_t retired = 0;            // client: in HELLO and ACK
};

inline const QString kCutDatabase = QStringLiteral("clinic.db");
inline const QString kCutMark = QStringLiteral("mark");

class CutPc {
public:
    CutPc(bool host, const Disk::Image &image, node::Identity identity, const CutClock &clock, std::uint64_t seed);
    ~CutPc();

    const bool isHost;
    const node::Identity who;
    Disk disk;
    bool alwaysNormal = false, syncsMark = true;     // changed by plants
    int pageRows = 0;                    // of a host
    std::function<void()> committed;     // the mark is written, nothing has left yet
    std::function<void(const sync::Effects &)> leave;
    std::function<void()> linesEnd;      // a transaction was lost

    // False where the disk does not let it; then again later.
    bool start();
    void stop(bool crash);
    [[nodiscard]] bool on() const { return m_writer != nullptr; }
    [[nodiscard]] storage::Connection &connection() { return m_writer->connection(); }
    [[nodiscard]] const Told &told() const { return m_told; }
    [[nodiscard]] sync::HostLog *log() { return m_log.get(); }
    [[nodiscard]] sync::HistoryFault fault() const { return m_fault; }       // of the last start

    using Work = std::function<void(sync::StoreTx &, sync::Effects &)>;
    using Done = std::function<void(const std::optional<Error> &)>;
    void add(storage::Durability durability, Work work, Done done = {});
    void drain();                        // every job that waits, and those that they add

    // An act of the person here; words where it was not saved, after drain().
    void act(const schema::Entry &entry, Done done = {});
    [[nodiscard]] Result<schema::Entry> entryOf(std::vector<schema::Change> changes, schema::Claim claim = schema::Claim::None) const;

    // Client: the line.
    std::unique_ptr<sync::ClientEngine> engine;
    void connectLine();
    [[nodiscard]] SeededRandom &dice() { return m_random; }

private:
    [[nodiscard]] node::WriterHooks hooks();
    void remember(const sync::Effects &effects);

    const CutClock &m_clock;
    SeededRandom m_random;
    node::Door m_door;
    node::ClinicPolicy m_policy;
    std::unique_ptr<node::Writer> m_writer;
    std::unique_ptr<node::MarkKeeper> m_mark;
    std::unique_ptr<sync::HostLog> m_log;
    std::map<sync::ConnId, sync::HostPeer> m_before;         // the job that runs
    sync::HistoryFault m_fault = sync::HistoryFault::None;
    Told m_told;
};

// A database with today's tables and nothing in it; made once.
[[nodiscard]] const Disk::Image &emptyDatabase();

} // namespace anteroom::sim

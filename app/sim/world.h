// World: one clinic of a seed: its PCs, their lines, its people and what befalls them. run() is the whole of it: things
// happen, then all faults end and everything comes to rest, and the examiner says what does not hold. One thread, no
// real clock, no real file; the same options give the same trace.
#pragma once

#include "app/sim/faults.h"
#include "app/sim/people.h"

#include <memory>

namespace anteroom::sim {

struct WorldOptions {
    std::uint64_t seed = 1;
    int replicas = 0;                            // the host and its clients; 0: the seed says (3 to 6)
    int ops = 250;                               // things that happen: an act, a message, a fault
    Faults without = 0;                          // left out
    std::string plant;                           // a known bug
    bool aloud = false;                          // each event on stderr
};

struct WorldResult {
    std::optional<Violation> violation;
    std::uint64_t trace = 0;                     // hash of all that happened
    std::int64_t simulatedMs = 0;
    std::int64_t merged = 0;                     // entries that the host answered
};

class World {
public:
    explicit World(const WorldOptions &options);
    ~World();
    [[nodiscard]] WorldResult run();

private:
    void step(int n);
    // False where there was nothing of the kind to do.
    [[nodiscard]] bool happen(Event event, Dice &dice);
    [[nodiscard]] bool atOne(Event event, Pc &client, Dice &dice);
    void strike(Fault fault, Dice &dice);
    void strikeLine(Fault fault, Dice &dice);
    void restore(Dice &dice);
    void clone(Dice &dice);
    void takeOver(Dice &dice);
    void damage(Dice &dice);
    void afterwards(Dice &dice);
    [[nodiscard]] bool person(Dice &dice);
    bool connect(Pc &client);
    void deliver(Line &line, Way way, int most, Dice *dice);
    void cut(Line &line, bool client, bool host);
    bool notice();
    void crash(Pc &pc, Dice *power);
    void start(Pc &pc);
    void drainAll();
    void deliverAll();
    void endFaults();
    void heal();
    [[nodiscard]] bool quiet();
    [[nodiscard]] bool over() const { return m_trace.violation().has_value(); }
    [[nodiscard]] Pc &host() { return *m_pcs[static_cast<std::size_t>(m_host)]; }
    [[nodiscard]] std::vector<Pc *> clients();   // that somebody may switch on
    [[nodiscard]] Pc &any(Dice &dice);
    [[nodiscard]] Pc &anyClient(Dice &dice) { return *dice.any(clients()); }

    WorldOptions m_options;
    Dice m_dice;                                 // of the day; each step has its own
    WorldClock m_clock;
    Trace m_trace;
    std::unique_ptr<Plant> m_plant;
    Ledger m_ledger;
    Examiner m_examiner;
    Network m_network;
    People m_people;
    Around m_around;
    Faults m_faults = 0;
    Weather m_weather;
    std::vector<std::unique_ptr<Pc>> m_pcs;      // by number
    int m_host = 0;
    struct Backup { Disk::Image disk; sync::RevSalt head; };
    std::optional<Backup> m_backup;              // of this host
    int m_restores = 0, m_clones = 0, m_takeOvers = 0, m_damages = 0;
};

} // namespace anteroom::sim

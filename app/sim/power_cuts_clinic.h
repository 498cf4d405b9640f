// CutClinic: a host and a client of the power cut runs, the line between them, and the people at both who write, take
// and call tickets, correct and remove, all by one seed. Its lines are cut and its programs end and begin again;
// its databases are checkpointed between transactions. It checks nothing.
#pragma once

#include "app/sim/power_cuts_pc.h"

#include <deque>

namespace anteroom::sim {

class CutClinic {
public:
    explicit CutClinic(std::uint64_t seed);
    ~CutClinic();

    CutPc host, client;

    // Both know each other; the client has nothing yet. False where a disk does not let it.
    bool begin();
    void step();
    // All waiting messages, and lines that ended begin again, until the client has no entry that waits. False: it does not come to that.
    bool settle();
    // The program ends, cleanly or not, and starts; `power`: what was not synced is lost as the dice say. False: it does not start.
    bool restart(CutPc &pc, Random *power, bool clean = false);
    [[nodiscard]] bool takenForOlder() const { return m_takenForOlder; }     // a PC took its own disk for a restored one
    void act(CutPc &pc);
    [[nodiscard]] bool online() const { return m_conn != 0; }
    void connect();
    void cut();
    [[nodiscard]] int saved() const { return m_saved; }      // acts that people were told are saved

private:
    [[nodiscard]] std::optional<schema::Change> change(CutPc &pc, schema::Claim &claim);
    void refusable();
    void checkpoint(CutPc &pc);
    bool deliverUp();
    bool deliverDown();
    void drain();
    [[nodiscard]] std::uint64_t dice(std::uint64_t sides) { return m_random.u64() % sides; }

    CutClock m_clock;
    SeededRandom m_random;
    sync::ConnId m_conn = 0, m_lastConn = 0;         // 0: no line
    std::deque<sync::MessagePtr> m_up, m_down;
    int m_saved = 0;
    bool m_takenForOlder = false;
    bool m_copied = false;                           // the client had its first copy
};

} // namespace anteroom::sim

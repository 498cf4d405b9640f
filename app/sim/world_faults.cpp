// What befalls a clinic, and how it comes to rest.
#include "app/sim/world.h"

namespace anteroom::sim {

namespace {

constexpr int kMostOperations = 14;              // writes and syncs until one fails: inside one transaction or the next
constexpr std::int64_t kRoomBytes = 40 * 4096;   // what a full disk may have left
constexpr std::int64_t kWrongClockMs = 400LL * 24 * 3600 * 1000;
constexpr int kMostRounds = 600;                 // of messages in one second: pages of one row, and each answer to them
constexpr int kHealRounds = 60;                  // L1: seconds until everything is at rest; a run needs three

} // namespace

void World::strike(Fault fault, Dice &dice)
{
    switch (fault) {
    case Fault::HostCrash: return crash(host(), nullptr);
    case Fault::ClientCrash: {
        Pc &pc = anyClient(dice);
        crash(pc, nullptr);
        if (dice.chance(50))
            m_people.wentAway(pc.number);
        return;
    }
    case Fault::HostPower: return crash(host(), &dice);
    case Fault::ClientPower: return crash(anyClient(dice), &dice);
    case Fault::IoError: return any(dice).disk.failOperation(1 + dice.below(kMostOperations));
    case Fault::DiskFull: {
        Pc &pc = any(dice);
        if (dice.chance(60))
            pc.disk.setCapacity(pc.disk.bytesUsed() + dice.below(static_cast<int>(kRoomBytes)));
        else
            pc.disk.setCapacity(std::nullopt);
        return;
    }
    case Fault::Clock: return any(dice).clock.setWrongBy(dice.chance(30) ? 0 : static_cast<std::int64_t>(dice.next() % (2 * kWrongClockMs)) - kWrongClockMs);
    case Fault::Restore: return restore(dice);
    case Fault::Clone: return clone(dice);
    case Fault::TakeOver: return takeOver(dice);
    case Fault::Damage: return damage(dice);
    default: return strikeLine(fault, dice);
    }
}

void World::strikeLine(Fault fault, Dice &dice)
{
    const auto lines = m_network.all();
    if (lines.empty())
        return;
    Line &line = *dice.any(lines);
    const Way way = dice.chance(50) ? Way::Up : Way::Down;
    switch (fault) {
    case Fault::Cut: return cut(line, true, true);
    case Fault::HalfOpen: return dice.chance(70) ? cut(line, true, false) : cut(line, false, true);
    case Fault::Hold: (way == Way::Up ? line.heldUp : line.heldDown) = dice.chance(60); return;
    case Fault::Lose: return m_network.lose(line, way, dice);
    case Fault::Repeat: return m_network.repeat(line, way, dice);
    case Fault::Reorder: return m_network.reorder(line, way, dice);
    default: return;
    }
}

// ---- rest -----------------------------------------------------------------------------------

void World::endFaults()
{
    m_network.release();
    for (const auto &pc : m_pcs) {
        pc->disk.setCapacity(std::nullopt);
        pc->disk.failOperation(0);
        pc->clock.setWrongBy(0);
        pc->mended();
    }
    for (const auto &pc : m_pcs)
        if (!pc->on() && !pc->retired && !pc->start())
            m_trace.fail("I1", pc->name() + " does not open its data any more");
    for (Line *line : m_network.all()) {         // silence ends what was half open
        if (!line->clientEnd || !line->hostEnd)
            cut(*line, true, true);
    }
    m_network.sweep();
}

void World::drainAll()
{
    for (const auto &pc : m_pcs)
        pc->drain();
}

// Connected, answered, where the host is, and known to hold what it holds.
bool World::quiet()
{
    for (const auto &pc : m_pcs) {
        if (!pc->idle())
            return false;
        if (!pc->isHost() && !pc->retired && (!m_network.ofClient(pc->number) || pc->held.first || !pc->held.outbox.empty() || pc->held.at() != m_examiner.history().head() || m_examiner.isDamaged(*pc)))
            return false;
    }
    return true;
}

void World::deliverAll()
{
    int rounds = 0;
    for (auto moves = m_network.moves(); !moves.empty() && !over(); moves = m_network.moves()) {
        if (++rounds > kMostRounds)
            return m_trace.fail("L1", "messages go to and fro without end");
        for (const auto &[line, way] : moves)
            deliver(*line, way, 16, nullptr);
        notice();
        m_network.sweep();
    }
    drainAll();
}

void World::heal()
{
    m_trace.say("all faults end");
    endFaults();
    drainAll();
    for (int round = 0; round < kHealRounds && !over(); ++round) {
        m_clock.pass(1000);
        for (Pc *pc : clients())
            connect(*pc);
        deliverAll();
        host().beat();
        deliverAll();
        if (round % 3 != 2)
            continue;
        for (Pc *pc : clients()) {               // the periodic sync
            pc->retryLater();
            pc->sayHello();
            pc->drain();
        }
        deliverAll();
        if (quiet())
            break;
    }
    if (over())
        return;
    m_examiner.atRest(host(), clients());
}

} // namespace anteroom::sim

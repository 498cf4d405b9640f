// What takes a part of the history: an older disk under the host, a copied client, another PC that takes over.
#include "app/sim/world.h"

#include "app/sim/template.h"

namespace anteroom::sim {

namespace {

constexpr int kMostRestores = 2, kMostClones = 2, kMostTakeOvers = 1;
constexpr std::int64_t kNextLife = 1000;         // of a device that comes back: no life before had this number

} // namespace

// A backup is made, and later put back: the database alone, or the whole disk with the mark.
void World::restore(Dice &dice)
{
    const bool make = !m_backup || dice.chance(40);
    const bool wholeDisk = dice.chance(40);
    if (make) {
        if (host().on() && host().idle())
            m_backup = Backup{host().disk.image(), m_examiner.history().head()};
        return;
    }
    if (m_restores >= kMostRestores)
        return;
    ++m_restores;
    if (m_trace.aloud())
        m_trace.say(std::string("the host is restored, ") + (wholeDisk ? "the whole disk" : "the database alone"));
    crash(host(), nullptr);
    const auto mark = host().disk.readFile(kMark);
    host().unsure.clear();
    host().disk.restore(m_backup->disk);
    if (mark && !wholeDisk)
        host().disk.writeFile(kMark, *mark, true);
    m_examiner.parted(m_backup->head, clients(), wholeDisk);
    start(host());
}

// A PC's folder is copied to another one, without the mark; both go on.
void World::clone(Dice &dice)
{
    Pc &original = anyClient(dice);
    if (m_clones >= kMostClones || !original.on() || !original.idle())
        return;
    ++m_clones;
    const int number = static_cast<int>(m_pcs.size());
    if (m_trace.aloud())
        m_trace.say("PC " + std::to_string(number) + " is a copy of " + original.name());
    m_pcs.push_back(std::make_unique<Pc>(m_around, number, false, original.disk.image(), m_options.seed, original.who));
    if (!m_plant || !m_plant->copiesMarks())
        m_pcs.back()->disk.removeFile(kMark, true);
    start(*m_pcs.back());
}

void World::takeOver(Dice &dice)
{
    Pc &next = anyClient(dice);
    if (m_takeOvers >= kMostTakeOvers || !next.on() || next.held.first || clients().size() < 2)
        return;
    Pc &old = host();
    next.drain();
    if (!next.on() || next.held.first)
        return;
    crash(old, dice.chance(50) ? &dice : nullptr);
    const sync::RevSalt at = next.held.at();
    auto made = next.takeOver();
    if (!made)
        return;
    ++m_takeOvers;
    if (m_trace.aloud())
        m_trace.say("PC " + std::to_string(next.number) + " takes over");
    m_backup.reset();
    m_host = next.number;
    const bool back = dice.chance(50) && old.comeBack(kNextLife);
    old.retired = !back;
    if (back)
        start(old);
    auto replicas = clients();
    replicas.push_back(&next);
    m_examiner.parted(at, replicas, false);
    if (next.number != 1 && next.number != 2)
        m_examiner.countersLost();               // it was no standby
    m_examiner.committed(next, std::move(*made));
}

} // namespace anteroom::sim

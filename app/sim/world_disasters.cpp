// What takes a part of the history: an older disk under the host, a copied client, another PC that takes over. And what
// takes a part of one replica.
#include "app/sim/world.h"

#include "app/sim/store_look.h"
#include "app/sim/template.h"
#include "schema/registry.h"
#include "schema/tables/patients.h"
#include "sync/digest.h"

#include <algorithm>

namespace anteroom::sim {

namespace {

constexpr int kMostRestores = 2, kMostClones = 2, kMostTakeOvers = 1, kMostDamages = 4;
constexpr std::int64_t kNextLife = 1000;         // of a device that comes back: no life before had this number
constexpr std::int32_t kNoPos = 900;             // a place within a revision that no row of a run has

// Where a row of it goes, foreign keys do not notice: only digests can.
bool referredTo(const schema::Table &table)
{
    return std::ranges::any_of(schema::allTables(), [&](const schema::Table *other) {
        for (int c = schema::kStandardCount; c < schema::columnCount(*other); ++c)
            if (schema::columnAt(*other, c).references == table.name)
                return true;
        return false;
    });
}

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
    m_examiner.copied(original, *m_pcs.back());
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

// In a client's replica a row goes, the index names another revision of it, or a row comes that nobody wrote. It goes
// through the functions that keep the sums: only they can tell.
void World::damage(Dice &dice)
{
    Pc &pc = anyClient(dice);
    const int kind = dice.below(4);
    if (m_damages >= kMostDamages || !pc.on())
        return;
    pc.drain();
    if (!pc.on() || pc.held.first)
        return;
    std::set<RowId> waits;
    for (const auto &[seq, w] : pc.held.outbox)
        waits.insert(w->touches.begin(), w->touches.end());
    std::vector<std::pair<RowId, sync::RevPos>> rows;
    for (const auto &[key, at] : placesIn(pc.connection()))
        if (!waits.contains(key) && pc.held.rows.contains(key) && (kind == 0 || !referredTo(tableOf(key))))
            rows.emplace_back(key, at);
    if (rows.empty())
        return;
    const auto [key, at] = dice.any(rows);
    const schema::Table &table = tableOf(key);
    schema::Row ghost = schema::emptyRow(schema::tables::patients, {});
    dice.fill(ghost.id.bytes.data(), ghost.id.bytes.size());
    ghost[schema::col(schema::tables::patients, "family_name")] = std::string("Ghost");
    ++m_damages;
    if (m_trace.aloud())
        m_trace.say(pc.name() + " is damaged: " + (kind == 0 ? "another revision of " + nameOf(key) : kind == 1 ? "a patient comes" : nameOf(key) + " goes"));
    m_examiner.damaged(pc);
    const sync::RowAt wrong{&table, *pc.held.rows.at(key), {at.rev > 1 ? at.rev - 1 : at.rev + 1, kNoPos}};
    const sync::RowAt comes{&schema::tables::patients, ghost, {pc.held.cursor.rev, kNoPos}};
    const auto work = [&](sync::StoreTx &tx, sync::Effects &) {
        const sync::RowKey goes{&table, key.id};
        if (kind == 0) {
            sync::touch({&wrong, 1}, tx);
        } else if (kind == 1) {
            sync::touch({&comes, 1}, tx);
            tx.putRow(*comes.table, comes.row);
        } else {
            sync::forget({&goes, 1}, tx);
            tx.eraseRow(table, key.id);
        }
    };
    pc.add(storage::Durability::Full, work, [&](const std::optional<Error> &error, const sync::Effects &) {
        if (!error && kind == 1)
            m_examiner.appeared({comes.table->number, ghost.id});
    });
    pc.drain();
}

} // namespace anteroom::sim

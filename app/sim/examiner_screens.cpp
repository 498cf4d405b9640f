// The examiner at clients: S4 after every transaction, and what a start brings back.
#include "app/sim/examiner.h"
#include "app/sim/store_look.h"

#include "storage/sync_index.h"
#include "sync/references.h"

namespace anteroom::sim {

using namespace schema;

void Examiner::committed(Pc &client, const ClientCapture &capture)
{
    Held &held = client.held;
    const sync::RevSalt before = held.at();
    std::set<RowId> keys;
    for (const auto &[key, row] : capture.shown) {
        if (row)
            held.rows[key] = row;
        else
            held.rows.erase(key);
        keys.insert(key);
    }
    std::vector<std::int64_t> retired;
    for (const auto &[seq, item] : capture.outbox) {
        const auto &known = item ? item : held.outbox[seq];
        if (known)
            keys.insert(known->touches.begin(), known->touches.end());
        if (item) {
            held.outbox[seq] = item;
        } else {
            held.outbox.erase(seq);
            retired.push_back(seq);
        }
    }
    for (const auto &[seq, flags] : capture.marks) {
        const auto found = held.outbox.find(seq);
        if (found == held.outbox.end())
            continue;
        auto &item = found->second;
        item = std::make_shared<Waiting>(*item);
        std::tie(item->doomed, item->provisional) = flags;
        keys.insert(item->touches.begin(), item->touches.end());
    }
    for (const sync::RevSalt &s : capture.salts)
        held.salts[s.rev] = s.salt;
    held.cursor = capture.cursor.value_or(held.cursor);
    const bool wasFirst = held.first;
    held.first = capture.first.value_or(held.first);
    if (held.first)
        return;                                  // half a copy is shown to nobody
    const auto from = m_history.place(before), to = m_history.place(held.at());
    if (!to) {
        m_trace.fail("S5", client.name() + " is at revision " + std::to_string(held.cursor.rev) + " with a salt that no host gave");
        return;
    }
    answersOf(client, retired);
    if (!retired.empty())
        standing(client);
    const auto moved = from && !wasFirst ? m_history.touched(*from, *to) : std::nullopt;
    if (!moved)
        return wholeScreen(client);
    keys.insert(moved->begin(), moved->end());
    screenOf(client, std::move(keys));
}

void Examiner::screenOf(Pc &client, std::set<RowId> keys)
{
    const Held &held = client.held;
    const auto at = m_history.place(held.at());
    if (!at || held.first || isDamaged(client))
        return;
    for (const RowId &key : keys) {
        const RowPtr should = overlaid(m_history.row(key, *at), held.outbox, key);
        const auto found = held.rows.find(key);
        const RowPtr is = found == held.rows.end() ? nullptr : found->second;
        if (!same(is, should))
            m_trace.fail("S4", client.name() + " at " + std::to_string(at->rev) + ": " + difference(key, is, should));
    }
}

void Examiner::wholeScreen(Pc &client)
{
    const auto at = m_history.place(client.held.at());
    if (!at || client.held.first)
        return;
    std::set<RowId> keys;
    for (const auto &[key, row] : client.held.rows)
        keys.insert(key);
    for (const auto &[key, row] : m_history.image(*at))
        keys.insert(key);
    screenOf(client, std::move(keys));
}

// S2: an answer retires its entry together with its revision, neither before nor after.
void Examiner::answersOf(Pc &client, const std::vector<std::int64_t> &retired)
{
    const auto answers = m_answers.find({client.author().device, client.author().incarnation});
    const auto at = m_history.place(client.held.at());
    if (answers == m_answers.end() || !at)
        return;
    for (const std::int64_t seq : retired)
        if (const auto answer = answers->second.find(seq); answer != answers->second.end() && !m_history.holds(*at, answer->second.at)
            && m_history.holds(m_history.headPlace(), answer->second.at))
            m_trace.fail("S2", client.name() + " put #" + std::to_string(seq) + " away before revision " + std::to_string(answer->second.at.rev) + " came");
    for (const auto &[seq, w] : client.held.outbox)          // a host without counters answers once more
        if (const auto answer = answers->second.find(seq); !m_countersLost && answer != answers->second.end() && m_history.holds(*at, answer->second.at))
            m_trace.fail("S2", client.name() + " holds revision " + std::to_string(answer->second.at.rev) + " and still waits for the answer to #" + std::to_string(seq));
}

// What stands on a record that the host did not take is not shown (H5).
void Examiner::standing(Pc &client)
{
    const Held &held = client.held;
    if (isDamaged(client))
        return;
    std::set<RowId> made;
    for (const auto &[seq, w] : held.outbox) {
        if (!w->shown())
            continue;
        for (const Change &c : w->entry.changes)
            if (c.op == Op::Insert)
                made.insert({c.table->number, c.id});
        for (const Change &c : w->entry.changes)
            for (const sync::RowKey &need : sync::needs(c))
                if (const RowId key{need.table->number, need.id}; !made.contains(key) && !held.rows.contains(key))
                    m_trace.fail("S4", client.name() + " shows #" + std::to_string(seq) + ' ' + w->entry.act + ", which stands on " + nameOf(key) + ", which is not there");
    }
}

void Examiner::rebuilt(Pc &host, const Pc &client)
{
    if (client.held.first)
        return;
    try {
        if (const auto words = host.rebuiltDiffers(client); !words.empty())
            m_trace.fail("S7", host.name() + ": " + words);
    } catch (const std::exception &) {           // its disk does not let it look
    }
}

// ---- damage ---------------------------------------------------------------------------------

void Examiner::damaged(const Pc &client)
{
    m_damaged.insert(client.number);
    m_everDamaged.insert(client.number);
}

void Examiner::copied(const Pc &original, const Pc &copy)
{
    if (m_everDamaged.contains(original.number))
        damaged(copy);
}

void Examiner::agreed(Pc &client)
{
    if (m_damaged.erase(client.number) > 0)
        wholeScreen(client);
}

// ---- a start --------------------------------------------------------------------------------

void Examiner::started(Pc &pc)
{
    pc.isHost() ? startedHost(pc) : startedClient(pc);
}

void Examiner::startedHost(Pc &host)
{
    storage::SyncIndex index(host.connection());
    const auto saltOf = [&](std::int64_t rev) { return index.salt(rev); };
    for (HostCapture &capture : std::exchange(host.unsure, {}))          // its COMMIT failed and reached the disk all the same
        if (!capture.revisions.empty() && saltOf(capture.revisions.front().rev) == capture.revisions.front().salt)
            committed(host, std::move(capture));
    const sync::RevSalt head = m_history.head();
    if (head.rev > 0 && saltOf(head.rev) != head.salt)
        m_trace.fail("I1", "the host had committed revision " + std::to_string(head.rev) + " and does not have it any more");
    if (saltOf(head.rev + 1))
        m_trace.fail("I1", "the host holds revision " + std::to_string(head.rev + 1) + ", which it never committed");
    for (const sync::RevSalt &gone : std::exchange(m_left, {}))
        if (!m_history.holds(m_history.headPlace(), gone))
            m_trace.fail("I1", "revision " + std::to_string(gone.rev) + " was told to a client and is on no disk");
    if (const auto rows = placesIn(host.connection()).size(); rows != m_history.headImage().size())
        m_trace.fail("I1", "the host came back with " + std::to_string(rows) + " rows, it had " + std::to_string(m_history.headImage().size()));
    for (const auto &[key, row] : m_history.headImage())
        if (const RowPtr is = rowIn(host.connection(), key); !same(is, row))
            m_trace.fail("I1", "the host came back with another " + difference(key, is, row));
}

void Examiner::startedClient(Pc &client)
{
    if (m_everDamaged.contains(client.number))
        m_damaged.insert(client.number);
    for (const auto &[seq, w] : client.held.outbox)
        m_ledger.saved(w->entry.uuid);           // what failed to be saved in words, and was
    if (!client.held.first && !m_history.place(client.held.at())) {
        m_trace.fail("S5", client.name() + " came back at a revision that no host gave");
        return;
    }
    wholeScreen(client);
}

} // namespace anteroom::sim

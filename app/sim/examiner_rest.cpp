// The examiner when everything is at rest: replicas are equal, nothing waits, and what people typed is accounted for.
#include "app/sim/examiner.h"
#include "app/sim/store_look.h"

#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/payments.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"
#include "schema/tables/user_activity_log.h"
#include "schema/validation.h"
#include "sync/audit.h"
#include "sync/codec.h"
#include "sync/merge.h"

namespace anteroom::sim {

using namespace schema;

namespace {

bool poisoned(const Entry &entry)
{
    for (const Change &c : entry.changes)
        if (!validate(c))
            return true;
    return false;
}

} // namespace

void Examiner::atRest(Pc &host, const std::vector<Pc *> &clients)
{
    for (Pc *client : clients) {
        if (!client->held.outbox.empty())
            m_trace.fail(poisoned(client->held.outbox.begin()->second->entry) ? "L2" : "L1", client->name() + " still waits for " + std::to_string(client->held.outbox.size()) + " answers, the first to #" + std::to_string(client->held.outbox.begin()->first));
        if (client->held.cursor != sync::Cursor{m_history.head().rev, kAllOfRev} || client->held.at() != m_history.head())
            m_trace.fail("L1", client->name() + " is at " + std::to_string(client->held.cursor.rev) + ", the host at " + std::to_string(m_history.head().rev));
        equalAtRest(host, *client);
        if (isDamaged(*client))
            m_trace.fail("L1", client->name() + " was damaged, and no heartbeat found its sums equal since");
    }
    audited();
    payments();
    if (!m_parted)                               // two histories may have called one patient each
        claims();
    kept(host, clients);
    ghosts(clients);
}

// S1: by content and by the place of each row; nothing of the way there is left over.
void Examiner::equalAtRest(Pc &host, Pc &client)
{
    auto &connection = client.connection();
    const auto its = placesIn(connection);
    if (its != placesIn(host.connection()))
        m_trace.fail("S1", client.name() + ": the revisions of its rows are not the host's");
    std::set<std::uint16_t> tables;              // the others are empty everywhere, or the index would name them
    for (const auto &[key, at] : its)
        tables.insert(key.table);
    for (const auto &[key, row] : m_history.headImage())
        tables.insert(key.table);
    const Image is = everythingIn(connection, tables);
    for (const auto &[key, row] : is) {
        const auto should = m_history.headImage().find(key);
        if (should == m_history.headImage().end() || !(*should->second == *row))
            m_trace.fail("S1", client.name() + ": " + difference(key, row, should == m_history.headImage().end() ? nullptr : should->second));
    }
    if (is.size() != m_history.headImage().size())
        m_trace.fail("S1", client.name() + " has " + std::to_string(is.size()) + " rows, the host " + std::to_string(m_history.headImage().size()));
    for (const std::string_view table : {"sync_base", "sync_stage", "outbox", "outbox_row"})
        if (countIn(connection, table) != 0)
            m_trace.fail("L1", client.name() + " has leftovers in " + std::string(table));
}

// I8: each accepted act that the clinic still holds has its entries in the log.
void Examiner::audited()
{
    for (const auto &[uuid, applied] : m_applied) {
        if (applied.verdict == sync::Verdict::Review || !holds(m_history.headPlace(), uuid))
            continue;
        const Act *act = m_ledger.find(uuid);
        if (!act)
            continue;
        for (const Change &c : sync::auditChanges(act->entry))
            if (!m_history.headImage().contains({tables::user_activity_log.number, c.id}))
                m_trace.fail("I8", "the act " + act->entry.act + ' ' + uuid.toString().toStdString() + " is not in the log");
    }
}

// S6: what was paid is what was accepted, payment by payment: each is there with its amount, and no other is.
void Examiner::payments()
{
    using tables::payments;
    static constexpr int kAmount = col(payments, "amount");
    std::map<Uuid, std::int64_t> typed;
    for (const auto &[uuid, act] : m_ledger.acts())
        for (const Change &c : act.entry.changes)
            if (c.table == &payments && c.op == Op::Insert) {
                std::optional<Row> row;
                sync::overlay(act.entry, c, row);
                typed[c.id] = toInt((*row)[kAmount]);
                const auto applied = m_applied.find(uuid);
                const bool accepted = applied != m_applied.end() && applied->second.verdict != sync::Verdict::Review && holds(m_history.headPlace(), uuid);
                if (accepted && !m_history.headImage().contains({payments.number, c.id}))
                    m_trace.fail("S6", "a payment of " + std::to_string(typed[c.id]) + " was accepted and is not there");
            }
    for (const auto &[key, row] : m_history.headImage())
        if (&tableOf(key) == &payments)
            if (const auto at = typed.find(key.id); at == typed.end() || at->second != toInt((*row)[kAmount]))
                m_trace.fail("S6", nameOf(key) + " is a payment that nobody took");
}

// Rule 15: what the host lacks is put aside, and never silently.
void Examiner::ghosts(const std::vector<Pc *> &clients)
{
    std::set<RowId> aside;
    for (Pc *pc : clients)
        for (const Entry &entry : pc->rejected())
            for (const Change &c : entry.changes)
                if (c.op == Op::Insert)
                    aside.insert({c.table->number, c.id});
    for (const RowId &ghost : m_ghosts)
        if (!aside.contains(ghost))
            m_trace.fail("S3", nameOf(ghost) + ", which the host lacks, is gone and nobody can read it");
}

// S6: a claim has one effect.
void Examiner::claims()
{
    using tables::active_patient_queue;
    static constexpr int kClaim = col(active_patient_queue, "claim_uuid");
    std::set<Uuid> seen;
    for (const auto &[key, row] : m_history.headImage())
        if (&tableOf(key) == &active_patient_queue && !isNull((*row)[kClaim]) && !seen.insert(toUuid((*row)[kClaim])).second)
            m_trace.fail("S6", "one call called two tickets, " + nameOf(key) + " is the second");
}

// S3 at the end: every value that was saved stands in a row, a conflict, a review, a refused entry, or was overwritten
// by somebody who had seen it.
void Examiner::kept(Pc &host, const std::vector<Pc *> &clients)
{
    using tables::sync_conflicts;
    using tables::sync_reviews;
    Ledger::Kept kept;
    const auto blob = [](const Value &v) { const auto *b = std::get_if<Blob>(&v); return b ? *b : Blob(); };
    for (const auto &[key, row] : m_history.headImage()) {
        const Table &table = tableOf(key);
        if (&table == &sync_reviews) {
            if (const auto entry = sync::decodeEntry(blob((*row)[col(sync_reviews, "entry")])))
                Ledger::keep(kept, *entry);
        } else if (&table == &sync_conflicts) {
            const Table *subject = findTable(static_cast<std::uint16_t>(toInt((*row)[col(sync_conflicts, "subject_table")])));
            const auto group = static_cast<GroupNo>(toInt((*row)[col(sync_conflicts, "merge_group")]));
            const RowId about{subject ? subject->number : std::uint16_t{0}, toUuid((*row)[col(sync_conflicts, "subject_id")])};
            for (const char *side : {"base", "mine", "theirs"})
                if (subject && findGroup(*subject, group))
                    if (const auto values = sync::decodeGroup(*subject, group, blob((*row)[findColumn(sync_conflicts, side)])))
                        kept.insert({about, group, hashOf(*values)});
        } else {
            for (const Group &group : table.groups)
                kept.insert({key, group.number, groupHash(table, *row, group.number)});
        }
    }
    for (Pc *pc : clients)
        for (const Entry &entry : pc->rejected())
            Ledger::keep(kept, entry);
    for (const Entry &entry : host.rejected())   // of the client that it was
        Ledger::keep(kept, entry);
    if (const auto lost = m_ledger.lost(kept))
        m_trace.fail("S3", *lost);
}

} // namespace anteroom::sim

#include "app/sim/examiner.h"

#include "app/sim/template.h"
#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patients.h"
#include "schema/tables/sync_conflicts.h"
#include "storage/sync_index.h"

#include <algorithm>

namespace anteroom::sim {

using namespace schema;
using tables::active_patient_queue;

Examiner::Examiner(Trace &trace, Ledger &ledger) : m_trace(trace), m_ledger(ledger)
{
    for (const Revision &revision : theTemplate().revisions)
        m_history.append(revision);
}

// ---- the host -------------------------------------------------------------------------------

void Examiner::committed(Pc &, HostCapture &&capture)
{
    for (const RowId &key : capture.loose)
        m_trace.fail("S5", nameOf(key) + " was written without a revision");
    for (Revision &made : capture.revisions) {
        const Merged *merged = nullptr;
        for (const Merged &m : capture.merged)
            if (m.reply.rev == made.rev)
                merged = &m;
        revision(made, merged);
        m_trace.note(made.salt);
        m_history.append(std::move(made));
    }
    for (const Taken &taken : capture.taken)
        offered(taken);
}

// All that the offering replica held is in this line too from here on: as it was, or overwritten, or in a conflict.
void Examiner::offered(const Taken &taken)
{
    const auto its = m_history.place(taken.real);
    const auto salt = m_history.salt({m_history.headPlace().line, taken.rev});
    if (!its || !salt)
        return;
    for (auto &[entry, since] : m_since)
        if (holds(*its, entry)) {
            since.push_back({taken.rev, *salt});
            if (Act *act = m_ledger.find(entry))
                act->gone = false;
        }
}

bool Examiner::holds(Spot at, const Uuid &entry) const
{
    const auto found = m_since.find(entry);
    return found != m_since.end() && std::ranges::any_of(found->second, [&](const sync::RevSalt &since) { return m_history.holds(at, since); });
}

void Examiner::revision(const Revision &made, const Merged *merged)
{
    if (made.rev != m_history.head().rev + 1)
        m_trace.fail("S5", "revision " + std::to_string(made.rev) + " follows " + std::to_string(m_history.head().rev));
    if (m_history.place({made.rev, made.salt}))
        m_trace.fail("S5", "revision " + std::to_string(made.rev) + " was given twice with one salt");
    if (m_trace.aloud()) {
        std::string words = "host commits " + std::to_string(made.rev);
        if (merged)
            words += " for #" + std::to_string(merged->seq) + ' ' + merged->entry.act + ' ' + merged->entry.uuid.toString().right(6).toStdString() + " of "
                     + merged->author.device.toString().right(6).toStdString() + ": " + std::to_string(static_cast<int>(merged->reply.verdict)) + ' ' + merged->reply.why;
        for (const auto &[key, row] : made.rows)
            words += ' ' + std::string(tableOf(key).name) + ' ' + key.id.toString().right(6).toStdString();
        m_trace.say(words);
    }
    if (merged)
        once(*merged, {made.rev, made.salt});
    std::map<RowId, RowPtr> now;                 // one row may be written twice in one revision
    for (const auto &[key, row] : made.rows) {
        const auto earlier = now.find(key);
        const auto held = m_history.headImage().find(key);
        const Row *before = earlier != now.end() ? earlier->second.get() : held != m_history.headImage().end() ? held->second.get() : nullptr;
        if (&tableOf(key) == &active_patient_queue)
            ticket(key, before, *row, !merged);
        else if (&tableOf(key) == &tables::sync_conflicts && merged)
            conflict(key, before, *row);         // an offer may bring a copy that was resolved otherwise
        else if (merged && before && !hostsOwn(tableOf(key)))
            composed(key, before, *row, *merged);
        else if (merged && !hostsOwn(tableOf(key)))
            composed(key, nullptr, *row, *merged);
        now[key] = row;
    }
}

// S2: each (device, incarnation, seq) is answered once, in order, and each entry has its effect once.
void Examiner::once(const Merged &merged, const sync::RevSalt &at)
{
    ++m_merged;
    const Uuid entry = merged.entry.uuid;
    m_ledger.saved(entry);                       // it left a PC: it was saved there
    const Applied now{merged.author, merged.seq, merged.reply.verdict, at};
    if (merged.seq > 0) {
        auto &answers = m_answers[{merged.author.device, merged.author.incarnation}];
        const auto past = answers.find(merged.seq);
        if (past != answers.end() && !m_countersLost && m_history.holds(m_history.headPlace(), past->second.at))
            m_trace.fail("S2", "the host answered #" + std::to_string(merged.seq) + " of one device twice");
        if (merged.seq > 1) {
            const auto last = answers.find(merged.seq - 1);
            if (last == answers.end())
                m_trace.fail("S2", "the host answered #" + std::to_string(merged.seq) + " and never the one before it");
        }
        answers[merged.seq] = now;
    }
    if (merged.reply.verdict == sync::Verdict::Refused)
        return;
    const auto [known, isNew] = m_applied.try_emplace(entry, now);
    if (!isNew && !m_countersLost && known->second.author == merged.author && m_history.holds(m_history.headPlace(), known->second.at))
        m_trace.fail("S2", "entry " + entry.toString().toStdString() + " was applied twice");
    known->second = now;
    m_since[entry].push_back(at);
}

// S3: what a row holds somebody typed, and nobody's words were overwritten by one who had not seen them.
void Examiner::composed(const RowId &key, const Row *before, const Row &after, const Merged &merged)
{
    const Table &table = tableOf(key);
    if (before && before->deleted() != after.deleted()) {
        if (after.deleted())
            return deleted(key, *before, merged);
        bool restored = false;
        for (const Change &c : merged.entry.changes)
            restored = restored || (c.op == Op::Restore && RowId{c.table->number, c.id} == key);
        if (!restored)
            m_trace.fail("I5", nameOf(key) + " was deleted and is there again");
    }
    for (const Group &group : table.groups) {
        const std::uint64_t was = before ? groupHash(table, *before, group.number) : kNothing;
        const std::uint64_t is = groupHash(table, after, group.number);
        if (was == is)
            continue;
        const Typed *typed = m_ledger.typed(merged.entry.uuid, key, group.number);
        static constexpr GroupNo kNumber = columnAt(tables::patients, col(tables::patients, "number")).group;
        if (&table == &tables::patients && group.number == kNumber && was == kNothing && (!typed || typed->value == kNothing))
            continue;                            // the host numbers who has no number
        const std::string where = nameOf(key) + " group " + std::string(group.name);
        if (!typed || typed->value != is)
            m_trace.fail("S3", where + " holds " + textOf(groupValues(table, after, group.number)) + ", which nobody typed");
        else if (was != kNothing && group.kind != GroupKind::State && !typed->seen.contains(was))
            m_trace.fail("S3", where + ": " + textOf(groupValues(table, *before, group.number)) + " was overwritten by " + typed->text + ", typed by somebody who had not seen it");
        else if (before && before->deleted() && !typed->sawDeleted)
            m_trace.fail("S3", where + ": somebody who did not know that it was deleted wrote in it");
    }
}

void Examiner::deleted(const RowId &key, const Row &before, const Merged &merged)
{
    const Act *act = m_ledger.find(merged.entry.uuid);
    const auto found = act ? act->deletes.find(key) : std::map<RowId, std::map<GroupNo, Seen>>::const_iterator{};
    if (!act || found == act->deletes.end()) {
        m_trace.fail("S3", nameOf(key) + " was deleted by nobody");
        return;
    }
    const Table &table = tableOf(key);
    for (const Group &group : table.groups) {
        const auto seen = found->second.find(group.number);
        if (seen == found->second.end() || !seen->second.contains(groupHash(table, before, group.number)))
            m_trace.fail("S3", nameOf(key) + " was deleted by somebody who had not seen " + textOf(groupValues(table, before, group.number)));
    }
}

// S6: a number is one ticket's and stays; a ticket is called to one desk; a claim has one effect.
void Examiner::ticket(const RowId &key, const Row *before, const Row &after, bool offered)
{
    static constexpr int kNumber = col(active_patient_queue, "number"), kDay = col(active_patient_queue, "clinic_day"), kPoint = col(active_patient_queue, "service_point_id"),
                         kEpoch = col(active_patient_queue, "epoch_number"), kState = col(active_patient_queue, "state"), kDesk = col(active_patient_queue, "desk_id"),
                         kClaim = col(active_patient_queue, "claim_uuid");
    if (!isNull(after[kNumber])) {
        const auto what = std::tuple{std::string(toText(after[kDay])), toUuid(after[kPoint]), toInt(after[kEpoch]), toInt(after[kNumber])};
        const auto [at, isNew] = m_numbers.try_emplace(what, key.id);
        if (at->second != key.id && !m_numbersRepeat)
            m_trace.fail("S6", "ticket number " + std::to_string(toInt(after[kNumber])) + " was given to " + at->second.toString().toStdString() + " and to " + key.id.toString().toStdString());
    }
    if (before && !isNull((*before)[kNumber]) && (*before)[kNumber] != after[kNumber])
        m_trace.fail("S6", nameOf(key) + " got another number");
    const bool calledNow = toText(after[kState]) == "called" && (!before || (*before)[kDesk] != after[kDesk]);
    if (calledNow && before && !offered && toText((*before)[kState]) != "waiting")
        m_trace.fail("S6", nameOf(key) + " was called to a second desk");
    const Uuid claim = toUuid(after[kClaim]);
    if (!claim.isNull() && (!before || toUuid((*before)[kClaim]) != claim)) {
        const auto [at, isNew] = m_claims.try_emplace(claim, key.id);
        const RowPtr other = m_history.row({key.table, at->second}, m_history.headPlace());
        if (at->second != key.id && !offered && other && toUuid((*other)[kClaim]) == claim)
            m_trace.fail("S6", "the claim " + claim.toString().toStdString() + " called two tickets");
    }
}

// H18: one loss opens one conflict.
void Examiner::conflict(const RowId &key, const Row *before, const Row &after)
{
    using tables::sync_conflicts;
    static constexpr int kEntry = col(sync_conflicts, "entry_uuid"), kSubject = col(sync_conflicts, "subject_id"), kGroup = col(sync_conflicts, "merge_group"),
                         kRule = col(sync_conflicts, "rule");
    if (before || !isNull(after[kRule]))
        return;
    const auto cause = std::tuple{toUuid(after[kEntry]), toUuid(after[kSubject]), toInt(after[kGroup])};
    if (!m_causes.insert(cause).second && !m_history.row(key, m_history.headPlace()))
        for (const auto &[other, row] : m_history.headImage())
            if (other.table == key.table && other.id != key.id && std::tuple{toUuid((*row)[kEntry]), toUuid((*row)[kSubject]), toInt((*row)[kGroup])} == cause)
                m_trace.fail("S2", "one loss opened two conflicts about " + std::get<1>(cause).toString().toStdString());
}

void Examiner::parted(const sync::RevSalt &at, const std::vector<Pc *> &replicas, bool wholeDisk)
{
    const auto spot = m_history.place(at);
    if (!spot) {
        m_trace.fail("S5", "a host goes on from a revision that no host gave");
        return;
    }
    for (const auto &[entry, applied] : m_applied) {
        if (applied.seq > 0 || holds(*spot, entry))
            continue;
        bool somewhere = false;
        for (const Pc *pc : replicas) {
            const auto there = pc->held.first ? std::nullopt : m_history.place(pc->held.durable);
            somewhere = somewhere || (there && holds(*there, entry));
        }
        if (Act *act = somewhere ? nullptr : m_ledger.find(entry))
            act->gone = true;
    }
    m_parted = true;
    m_history.part(*spot);
    m_left.clear();
    m_numbersRepeat = m_numbersRepeat || wholeDisk;
    if (m_trace.aloud())
        m_trace.say("the host goes on from revision " + std::to_string(at.rev));
}

void Examiner::left(Pc &, const sync::Effects &effects)
{
    for (const sync::Send &send : effects.sends) {
        if (const auto *frame = std::get_if<sync::Frame>(send.message.get()))
            m_left.push_back({frame->rev, frame->salt});
        else if (const auto *page = std::get_if<sync::Page>(send.message.get()))
            m_left.push_back(page->head);
        else
            continue;
        if (m_left.size() > 1 && m_left[m_left.size() - 2] == m_left.back())
            m_left.pop_back();                   // to each client the same
    }
}

} // namespace anteroom::sim

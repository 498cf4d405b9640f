#include "sync/client_outbox.h"

#include "sync/audit.h"
#include "sync/merge.h"
#include "sync/references.h"

#include <algorithm>
#include <map>

namespace anteroom::sync {

using namespace schema;

namespace {

bool hidden(const OutboxEntry &e)
{
    return e.doomed || (e.entry.claim == Claim::Call && !e.provisional);      // an unanswered call is not shown
}

std::vector<RowKey> keysOf(const Entry &withAuditRows)
{
    std::vector<RowKey> keys;
    for (const Change &c : withAuditRows.changes)
        keys.push_back({c.table, c.id});
    return keys;
}

bool refersTo(const Entry &entry, const std::vector<RowKey> &made)
{
    for (const Change &c : entry.changes)
        for (const RowKey &need : needs(c))
            for (const RowKey &key : made)
                if (key.table == need.table && key.id == need.id)
                    return true;
    return false;
}

void addCreated(const Entry &entry, std::vector<RowKey> &made)
{
    for (const Change &c : entry.changes)
        if (c.op == Op::Insert)
            made.push_back({c.table, c.id});
}

} // namespace

void doomDependents(std::vector<RowKey> gone, StoreTx &tx, std::vector<RowKey> &changed)
{
    std::int64_t after = 0;
    while (!gone.empty()) {
        const std::vector<OutboxEntry> later = tx.outboxAfter(after, 200);
        if (later.empty())
            return;
        for (const OutboxEntry &e : later) {
            after = e.seq;
            if (!refersTo(e.entry, gone))
                continue;
            tx.markOutbox(e.seq, true, e.provisional);
            addCreated(e.entry, gone);
            for (const RowKey &key : keysOf(withAudit(e.entry)))
                changed.push_back(key);
        }
    }
}

std::vector<Mismatch> compareShown(const Entry &entry, StoreTx &tx)
{
    std::vector<Mismatch> out;
    for (std::size_t i = 0; i < entry.changes.size(); ++i) {
        const Change &c = entry.changes[i];
        if (c.op == Op::Insert)
            continue;
        const std::optional<Row> row = tx.row(*c.table, c.id);
        if (!row || (row->deleted() != c.oldDeleted)) {
            out.push_back({i, kWholeRow});
            continue;
        }
        for (const GroupChange &g : c.groups)
            if (c.op != Op::Restore && !groupMatches(*c.table, g, *row))
                out.push_back({i, g.group});
    }
    return out;
}

namespace {

// Entries on top of the rows of one call, with their audit changes. Each is decoded once: an import has 500 rows.
class Waiting {
public:
    explicit Waiting(StoreTx &tx) : m_tx(tx) {}

    // Null for one that shows nothing.
    const Entry *shown(std::int64_t seq)
    {
        const auto [at, isNew] = m_entries.try_emplace(seq);
        if (const auto item = isNew ? m_tx.outbox(seq) : std::nullopt; item && !hidden(*item))
            at->second = withAudit(item->entry);
        return at->second ? &*at->second : nullptr;
    }

private:
    StoreTx &m_tx;
    std::map<std::int64_t, std::optional<Entry>> m_entries;
};

void showRow(const RowKey &key, Waiting &waiting, StoreTx &tx)
{
    const bool hasBase = tx.hasBase(*key.table, key.id);
    std::optional<Row> row = hasBase ? tx.base(*key.table, key.id) : tx.row(*key.table, key.id);
    const std::vector<std::int64_t> entries = tx.outboxTouching(*key.table, key.id);
    for (const std::int64_t seq : entries)
        if (const Entry *entry = waiting.shown(seq))
            for (const Change &c : entry->changes)
                if (c.table == key.table && c.id == key.id)
                    overlay(*entry, c, row);
    if (row)
        tx.putRow(*key.table, *row);
    else
        tx.eraseRow(*key.table, key.id);
    if (entries.empty() && hasBase)
        tx.eraseBase(*key.table, key.id);
}

} // namespace

void showRows(std::span<const RowKey> keys, StoreTx &tx)
{
    Waiting waiting(tx);
    for (const RowKey &key : keys)
        showRow(key, waiting, tx);
}

std::int64_t saveLocally(const Entry &entry, StoreTx &tx, Effects &out)
{
    const std::int64_t seq = stateInt(tx, key::kSeq) + 1;
    setStateInt(tx, key::kSeq, seq);
    const Entry full = withAudit(entry);
    const OutboxEntry item{seq, false, false, entry};
    std::vector<RowKey> covered;                     // rows under several changes: shown from the whole outbox
    for (const Change &c : full.changes) {
        if (tx.hasBase(*c.table, c.id)) {
            covered.push_back({c.table, c.id});
            continue;
        }
        std::optional<Row> row = tx.row(*c.table, c.id);
        tx.setBase(*c.table, c.id, row);
        if (hidden(item))
            continue;
        overlay(full, c, row);                       // the only entry on this row: nothing to read back
        if (row)
            tx.putRow(*c.table, *row);
    }
    const std::vector<RowKey> keys = keysOf(full);
    tx.append(item, keys);
    showRows(covered, tx);
    out.touched.insert(out.touched.end(), keys.begin(), keys.end());
    return seq;
}

void goOn(std::int64_t seq, StoreTx &tx, Effects &out)
{
    const std::optional<OutboxEntry> e = tx.outbox(seq);
    if (!e || e->provisional)
        return;
    tx.markOutbox(seq, e->doomed, true);
    const std::vector<RowKey> keys = keysOf(withAudit(e->entry));
    showRows(keys, tx);
    out.touched.insert(out.touched.end(), keys.begin(), keys.end());
}

void takeAnswer(std::int64_t seq, const Reply &reply, StoreTx &tx, std::vector<RowKey> &changed, Effects &out)
{
    const std::optional<OutboxEntry> e = tx.outbox(seq);
    if (!e)
        return;                                     // answered before, the answer was lost on its way to being forgotten
    tx.retire(seq);
    setStateInt(tx, key::kRetired, std::max(seq, stateInt(tx, key::kRetired)));
    for (const RowKey &key : keysOf(withAudit(e->entry)))
        changed.push_back(key);
    if (reply.verdict == Verdict::Refused)
        tx.reject(seq, e->entry, reply.why);
    if (reply.verdict == Verdict::Refused || reply.verdict == Verdict::Review) {
        std::vector<RowKey> made;
        addCreated(e->entry, made);
        doomDependents(std::move(made), tx, changed);
    }
    out.answered.push_back({e->entry.uuid, seq, reply});
}

} // namespace anteroom::sync

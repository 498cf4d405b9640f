#include "sync/client_outbox.h"

#include "sync/audit.h"
#include "sync/merge.h"
#include "sync/references.h"

#include <algorithm>

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

// H5: later entries that stand on a row that the host did not take keep their seq, are hidden at once, and are refused
// by the host in their turn.
void doom(const Entry &refused, StoreTx &tx, std::vector<RowKey> &changed)
{
    std::vector<RowKey> made;
    addCreated(refused, made);
    if (made.empty())
        return;
    std::int64_t after = 0;
    for (;;) {
        const std::vector<OutboxEntry> later = tx.outboxAfter(after, 200);
        if (later.empty())
            return;
        for (const OutboxEntry &e : later) {
            after = e.seq;
            if (!refersTo(e.entry, made))
                continue;
            tx.markOutbox(e.seq, true, e.provisional);
            addCreated(e.entry, made);
            for (const RowKey &key : keysOf(withAudit(e.entry)))
                changed.push_back(key);
        }
    }
}

} // namespace

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

void showRow(const RowKey &key, StoreTx &tx)
{
    const bool hasBase = tx.hasBase(*key.table, key.id);
    std::optional<Row> row = hasBase ? tx.base(*key.table, key.id) : tx.row(*key.table, key.id);
    const std::vector<OutboxEntry> entries = tx.outboxTouching(*key.table, key.id);
    for (const OutboxEntry &e : entries) {
        if (hidden(e))
            continue;
        const Entry full = withAudit(e.entry);
        for (const Change &c : full.changes)
            if (c.table == key.table && c.id == key.id)
                overlay(full, c, row);
    }
    if (row)
        tx.putRow(*key.table, *row);
    else
        tx.eraseRow(*key.table, key.id);
    if (entries.empty() && hasBase)
        tx.eraseBase(*key.table, key.id);
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
    for (const RowKey &key : covered)
        showRow(key, tx);
    out.touched.insert(out.touched.end(), keys.begin(), keys.end());
    return seq;
}

void goOn(std::int64_t seq, StoreTx &tx, Effects &out)
{
    const std::optional<OutboxEntry> e = tx.outbox(seq);
    if (!e || e->provisional)
        return;
    tx.markOutbox(seq, e->doomed, true);
    for (const RowKey &key : keysOf(withAudit(e->entry))) {
        showRow(key, tx);
        out.touched.push_back(key);
    }
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
    if (reply.verdict == Verdict::Refused || reply.verdict == Verdict::Review)
        doom(e->entry, tx, changed);
    out.answered.push_back({e->entry.uuid, seq, reply});
}

} // namespace anteroom::sync

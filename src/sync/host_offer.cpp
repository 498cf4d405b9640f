#include "sync/host_offer.h"

#include "schema/registry.h"
#include "schema/tables/user_activity_log.h"
#include "sync/audit.h"
#include "sync/tuning.h"

#include <algorithm>
#include <functional>
#include <span>

namespace anteroom::sync {

using namespace schema;

namespace {

// Under this revision number an offer's own salt here is kept beside those that it brought: numbers repeat after a
// restore, and what was noted about a revision that is no more must not count.
constexpr std::int64_t kOwnSalt = -1;

// Columns of a conflict or review in which two pictures of the same matter may differ: who decided it how, and what the
// record held against it last.
constexpr std::string_view kDecided[] = {"status", "resolution", "resolved_by", "resolved_at", "note"};
constexpr std::string_view kAgainst[] = {"theirs", "theirs_user", "theirs_device", "theirs_at"};

bool isOf(std::span<const std::string_view> names, const Table &table, int column)
{
    return std::ranges::find(names, columnAt(table, column).name) != names.end();
}

bool sameMatter(const Table &table, const Row &a, const Row &b)
{
    for (int i = kStandardCount; i < columnCount(table); ++i)
        if (a[i] != b[i] && !isOf(kDecided, table, i) && !isOf(kAgainst, table, i))
            return false;
    return true;
}

bool sameDecision(const Table &table, const Row &a, const Row &b)
{
    for (int i = kStandardCount; i < columnCount(table); ++i)
        if (a[i] != b[i] && isOf(kDecided, table, i))
            return false;
    return true;
}

void stampAs(const Row &offered, Row &row)
{
    for (const int column : {kUpdatedAt, kUpdatedBy, kUpdatedDevice})
        row[column] = offered[column];
}

// Who wrote the offered picture, as an entry: what the merge of entries knows how to tell people.
Entry authorOf(const Row &offered, const Uuid &cause)
{
    Entry entry;
    entry.uuid = cause;
    entry.act = "sync.offer";
    entry.at = isNull(offered[kUpdatedAt]) ? 0 : toInt(offered[kUpdatedAt]);
    entry.user = isNull(offered[kUpdatedBy]) ? Uuid{} : toUuid(offered[kUpdatedBy]);
    entry.device = isNull(offered[kUpdatedDevice]) ? Uuid{} : toUuid(offered[kUpdatedDevice]);
    return entry;
}

std::string nameOf(const Table &table, const Uuid &id)
{
    return std::to_string(table.number) + '/' + id.toString().toStdString();
}

} // namespace

Uuid offerCause(const Author &author, const RevSalt &real)
{
    return uuidV5(author.device, "offer/" + std::to_string(author.incarnation) + '/' + std::to_string(real.rev) + '/' + std::to_string(real.salt));
}

void keepOffered(const RevSalt &at, const std::vector<RevSalt> &salts, StoreTx &tx)
{
    tx.keepOfferSalts(at.rev, salts);
    tx.keepOfferSalts(at.rev, {{kOwnSalt, at.salt}});
}

namespace {

using Key = std::pair<std::uint16_t, Uuid>;

void forEachOffered(const Author &author, StoreTx &tx, const std::function<void(const RowAt &)> &visit)
{
    std::vector<RowAt> rows;
    for (RevPos at = kStart; !(rows = tx.offerRows(author, at, tuning::kPublishRows)).empty(); at = rows.back().at)
        for (const RowAt &r : rows)
            visit(r);
}

std::vector<Key> parentsOf(const RowAt &r)
{
    std::vector<Key> out;
    for (int i = kStandardCount; i < columnCount(*r.table); ++i)
        if (const Column &column = columnAt(*r.table, i); !column.references.empty() && !isNull(r.row[i]))
            if (const Table *parent = findTable(column.references))
                out.emplace_back(parent->number, toUuid(r.row[i]));
    return out;
}

} // namespace

std::set<Key> rootless(const Author &author, StoreTx &tx)
{
    std::set<Key> offered, held, out;
    forEachOffered(author, tx, [&](const RowAt &r) { offered.emplace(r.table->number, r.row.id); });
    const auto there = [&](const Key &parent) {
        if (offered.contains(parent) || held.contains(parent))
            return true;
        return tx.row(*findTable(parent.first), parent.second) && held.insert(parent).second;
    };
    for (bool grew = true; grew;) {                 // what refers to a row that is left out is left out too
        grew = false;
        forEachOffered(author, tx, [&](const RowAt &r) {
            const Key key{r.table->number, r.row.id};
            if (out.contains(key))
                return;
            // Nor the log of what is left out: it says that an entry was applied, and its author may still send that.
            const bool ofLeft = !out.empty() && r.table == &tables::user_activity_log
                && std::ranges::any_of(auditSubjects(r.row), [&](const Key &subject) { return out.contains(subject); });
            if (!ofLeft && std::ranges::all_of(parentsOf(r), there))
                return;
            out.insert(key);
            offered.erase(key);
            grew = true;
        });
    }
    return out;
}

OfferMerge::OfferMerge(const Author &author, const OfferUnderWay &offer)
    : m_offer(offer)
    , m_cause(offerCause(author, offer.real))
{
}

// Of the offering replica's history; up to the fork it is this host's own.
std::optional<Salt> OfferMerge::saltOf(std::int64_t rev, StoreTx &tx) const
{
    if (rev <= m_offer.fork)
        return tx.salt(rev);
    const auto found = std::ranges::lower_bound(m_offer.salts, rev, {}, &RevSalt::rev);
    return found != m_offer.salts.end() && found->rev == rev ? std::optional(found->salt) : std::nullopt;
}

// H15: which of two offered pictures is the later one is told by salts, never by numbers: the later one's history
// contains the revision of the earlier one. Salts that were not kept tell nothing.
OfferMerge::Fit OfferMerge::fit(const RowAt &offered, StoreTx &tx) const
{
    const std::optional<RevPos> touched = tx.touched(*offered.table, offered.row.id);
    if (!touched || touched->rev <= m_offer.fork)
        return Fit::Whole;                          // nobody wrote it here since the histories parted
    const std::optional<Origin> origin = tx.origin(*offered.table, offered.row.id);
    if (!origin || tx.offerSalt(origin->offer, kOwnSalt) != tx.salt(origin->offer))
        return Fit::Merge;
    const auto shared = [&](std::int64_t rev) {
        const std::optional<Salt> theirs = saltOf(rev, tx);
        return theirs && theirs == tx.offerSalt(origin->offer, rev);
    };
    if (origin->offer == touched->rev && offered.at.rev >= origin->rev && shared(origin->rev))
        return Fit::Whole;
    // What people did here since, they did to the picture that was taken then: it contains this one.
    return offered.at.rev <= origin->rev && shared(offered.at.rev) ? Fit::Older : Fit::Merge;
}

bool OfferMerge::take(const RowAt &offered, Working &working, StoreTx &tx) const
{
    const Table &table = *offered.table;
    const std::optional<Row> held = working.get(table, offered.row.id, tx);
    const Fit how = held ? fit(offered, tx) : Fit::Whole;
    if (how == Fit::Older)
        return false;                               // its place is beyond the fork: the scan brings it to the replica as it is
    if (how == Fit::Whole) {
        working.put(table, offered.row);
        return true;
    }
    if (table.policy == MergePolicy::Compare)
        mergeDecision(offered, *held, working, tx);
    else if (table.writer != Writer::People)
        working.put(table, *held);                  // derived from acts, the same wherever it was derived
    else
        mergeGroups(offered, *held, working, tx);
    return false;
}

void OfferMerge::mergeGroups(const RowAt &offered, Row row, Working &working, StoreTx &tx) const
{
    const Table &table = *offered.table;
    Entry entry = authorOf(offered.row, m_cause);
    Change change;
    change.table = &table;
    change.id = offered.row.id;
    change.op = Op::Update;
    change.oldDeleted = row.deleted();
    std::vector<LostGroup> lost;
    for (const Group &g : table.groups) {           // what only the host fills is no group: its own stays (H12)
        std::vector<Value> mine = groupValues(table, offered.row, g.number), theirs = groupValues(table, row, g.number);
        if (mine == theirs)
            continue;
        const Further further = g.kind == GroupKind::State ? furtherState(table, g, theirs.front(), mine.front()) : Further::Neither;
        if (further == Further::Offered) {
            setGroupValues(table, row, g.number, mine);
            stampAs(offered.row, row);
        } else if (further == Further::Neither) {
            change.groups.push_back({g.number, oldGroupValues(table, row, g.number), mine});
            lost.push_back({&change, g.number, {}, std::move(mine), std::move(theirs), false});
        }
    }
    if (offered.row.deleted() && !row.deleted())
        lost.push_back({&change, kWholeRow, {}, {}, {}, false});
    if (fitConflicts(lost)) {
        openConflicts(entry, lost, working, tx);
    } else {
        entry.uuid = uuidV5(m_cause, nameOf(table, change.id));
        entry.changes.push_back(change);
        openReview(entry, 0, "Another history of the clinic holds other values of it.", working, tx);
    }
    working.put(table, std::move(row));
}

// A conflict or a review that was decided there is decided. Another matter under the same id, or another decision, stays
// readable as a copy.
void OfferMerge::mergeDecision(const RowAt &offered, const Row &held, Working &working, StoreTx &tx) const
{
    const Table &table = *offered.table;
    const int status = findColumn(table, "status");
    const auto open = [status](const Row &row) { return toText(row[status]) == "open"; };
    const bool same = sameMatter(table, offered.row, held);
    working.put(table, same && open(held) ? offered.row : held);
    if (same && (open(held) || open(offered.row) || sameDecision(table, offered.row, held)))
        return;
    Row copy = offered.row;
    copy.id = uuidV5(m_cause, nameOf(table, copy.id));
    if (!working.get(table, copy.id, tx))
        working.put(table, std::move(copy));
}

} // namespace anteroom::sync

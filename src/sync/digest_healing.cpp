#include "sync/digest_healing.h"

#include "core/log.h"
#include "schema/registry.h"
#include "sync/client_outbox.h"

#include <algorithm>

namespace anteroom::sync {

namespace {

constexpr int kNotedEvery = 120;             // agreements between two notes of it in the store: two minutes of heartbeats
constexpr std::int64_t kScans = 2;           // full scans in vain before people are told
constexpr int kMostChildren = 100000;        // rows of one table that refer to one row

// Own columns that a person could have typed, as a new row.
Entry asInsert(const Table &table, const Row &row, std::int64_t rev, const Uuid &device)
{
    std::vector<schema::ColumnValue> values;
    for (int i = schema::kStandardCount; i < schema::columnCount(table); ++i)
        if (!schema::isNull(row[i]))
            values.push_back({i, row[i]});
    Entry entry;
    entry.uuid = uuidV5(row.id, "the host lacks it/" + std::to_string(table.number) + '/' + std::to_string(rev));
    entry.act = "sync.heal";
    entry.at = schema::toInt(row[schema::kUpdatedAt]);
    entry.user = schema::toUuid(row[schema::kUpdatedBy]);
    entry.device = device;
    entry.changes.push_back(schema::makeInsert(table, row.id, values));
    return entry;
}

// Of the buckets that were healed; to read the whole table again would hold up the desk.
void healedSums(const Compared &m, BucketSums &sums, StoreTx &tx)
{
    const Table &table = *schema::findTable(m.table);
    for (const std::uint8_t bucket : m.buckets)
        sums[bucket] = 0;
    for (const RowKey &key : rowsOfBuckets(table, m.dataClass, m.buckets, tx))
        if (const auto image = hostImage(table, key.id, tx))
            sums[bucketOf(key.id)] += contentHash(table, *image);
}

} // namespace

// ---- what to do next ------------------------------------------------------------------------

Healing::Step Healing::beat(const Beat &beat, StoreTx &tx)
{
    if (m_asked && m_asked->rev == beat.rev && (!m_asked->content || differences(beat.digests, tx.digests()).empty()))
        return Step::Nothing;                        // the answer is on its way; the index comes before the content
    if (m_rev != beat.rev)
        m_mended.clear();
    m_rev = beat.rev;
    m_told = beat.digests;
    forgetQuestion();
    return look(tx);
}

Healing::Step Healing::look(StoreTx &tx)
{
    ensureDigests(tx);
    for (;;) {
        const std::vector<TableDigest> all = differences(m_told, tx.digests());
        if (all.empty()) {
            agree(tx);
            return Step::Nothing;
        }
        differ(all, tx);
        const TableDigest where = all.front();
        if (m_stuck)
            return Step::Nothing;
        const Table &table = *schema::findTable(where.table);
        const std::uint64_t kept = tx.digest(where.table, where.dataClass);
        const BucketSums sums = bucketSums(table, where.dataClass, false, tx);
        if (kept != tx.digest(where.table, where.dataClass))
            continue;                                // the sum was wrong, not the index
        m_asked = Compare{m_rev, where.table, where.dataClass, false, {sums.begin(), sums.end()}};
        return Step::Ask;
    }
}

void Healing::agree(StoreTx &tx)
{
    m_equal = true;
    m_stuck = false;
    const bool healed = !KnownDifferences(tx).empty();
    if (healed)
        KnownDifferences::note({}, tx);
    if (stateSet(tx, key::kHealingDone))             // also of a scan that content asked for: it was not in vain for the index
        tx.setState(key::kHealingDone, {});
    if (healed || m_agreements % kNotedEvery == 0 || m_agreedIn != stateEpoch(tx)) {
        setAgreedRev(m_rev, tx);
        m_agreedIn = stateEpoch(tx);
    }
    ++m_agreements;
}

void Healing::differ(const std::vector<TableDigest> &where, StoreTx &tx)
{
    m_equal = false;
    m_agreements = 0;
    m_stuck = stateInt(tx, key::kHealingDone) >= kScans;
    const bool known = !KnownDifferences(tx).empty();
    KnownDifferences::note(where, tx);
    if (known)
        return;
    defect(where.front(), false, tx);
}

void Healing::defect(const TableDigest &where, bool content, StoreTx &tx)
{
    setStateInt(tx, key::kHealings, stateInt(tx, key::kHealings) + 1);
    log::warning(log::sync, "digest differs", {{"rev", m_asked ? m_asked->rev : m_rev}, {"table", where.table}, {"class", where.dataClass}, {"content", content}});
}

void Healing::forgetQuestion()
{
    m_asked.reset();
    m_content.reset();
}

Healing::Step Healing::beginContent(ContentSums mine)
{
    if (m_asked)
        return Step::Nothing;
    m_mended.clear();
    m_contentChecked = m_contentDiffers = false;
    m_content = std::move(mine);
    return nextContent();
}

Healing::Step Healing::nextContent()
{
    if (m_content->sums.empty()) {
        m_content.reset();
        m_contentChecked = true;
        return Step::Nothing;
    }
    const auto &[at, sums] = *m_content->sums.begin();
    m_asked = Compare{m_content->rev, at.first, at.second, true, {sums.begin(), sums.end()}};
    return Step::Ask;
}

bool Healing::isAnswer(const Compared &m) const
{
    return m_asked && m.rev == m_asked->rev && m.table == m_asked->table && m.dataClass == m_asked->dataClass && m.content == m_asked->content;
}

std::vector<RowKey> Healing::lacking(const Compared &m, StoreTx &tx) const
{
    const Table *table = schema::findTable(m.table);
    if (!table || m.buckets.empty())
        return {};
    std::set<Uuid> held;
    for (const RowAt &r : m.rows)
        if (r.table == table)
            held.insert(r.row.id);
    std::vector<RowKey> rows = rowsOfBuckets(*table, m.dataClass, m.buckets, tx);
    std::erase_if(rows, [&](const RowKey &key) { return held.contains(key.id); });
    return rows;
}

Healing::Step Healing::healed(const Compared &m, StoreTx &tx)
{
    if (m.content && (m.scan || !m.buckets.empty()) && !std::exchange(m_contentDiffers, true))
        defect({m.table, m.dataClass, 0}, true, tx);
    m_asked.reset();
    if (m.scan)
        return Step::Scan;
    if (m.content && m.buckets.empty()) {
        m_content->sums.erase(m_content->sums.begin());
        return nextContent();
    }
    if (m.buckets.empty()) {                         // the host's sum was wrong; its next heartbeat tells the right one
        if (std::exchange(m_emptyAt, m.rev) == m.rev)
            return Step::Scan;
        return Step::Nothing;
    }
    for (const std::uint8_t bucket : m.buckets)
        if (!m_mended.insert({m.table, m.dataClass, bucket}).second)
            return Step::Scan;                       // it came a second time: that does not help
    if (m.content) {
        healedSums(m, m_content->sums.begin()->second, tx);
        return nextContent();
    }
    return look(tx);
}

// ---- rows that the host lacks ---------------------------------------------------------------

void addDependents(std::vector<RowKey> &rows, StoreTx &tx)
{
    std::set<std::pair<std::uint16_t, Uuid>> known;
    for (const RowKey &key : rows)
        known.emplace(key.table->number, key.id);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RowKey parent = rows[i];
        for (const Table *table : schema::allTables())
            for (int c = schema::kStandardCount; c < schema::columnCount(*table); ++c) {
                if (schema::columnAt(*table, c).references != parent.table->name)
                    continue;
                for (const Row &child : tx.find(*table, {{c, parent.id}}, kMostChildren)) {
                    const auto image = tx.touched(*table, child.id) ? hostImage(*table, child.id, tx) : std::nullopt;
                    if (image && schema::toUuid((*image)[c]) == parent.id && known.emplace(table->number, child.id).second)
                        rows.push_back({table, child.id});
                }
            }
    }
}

void takeAway(std::vector<RowKey> lacking, const Uuid &device, StoreTx &tx, std::vector<RowKey> &changed, Effects &out)
{
    if (lacking.empty())
        return;
    const std::size_t own = lacking.size();
    addDependents(lacking, tx);
    for (std::size_t i = 0; i < lacking.size(); ++i) {
        const RowKey &key = lacking[i];
        const auto image = hostImage(*key.table, key.id, tx);
        const auto at = tx.touched(*key.table, key.id);
        if (image)
            tx.reject(0, asInsert(*key.table, *image, at ? at->rev : 0, device),
                      i < own ? "The host lacks it. It was on this PC alone; look whether it belongs to the records."
                              : "It refers to a record that the host lacks. Look whether it belongs to the records.");
    }
    log::warning(log::sync, "rows that the host lacks were put aside", {{"rows", lacking.size()}});
    forget(lacking, tx);
    for (const RowKey &key : lacking)
        if (tx.hasBase(*key.table, key.id)) {
            tx.setBase(*key.table, key.id, std::nullopt);
            changed.push_back(key);
        } else {
            tx.eraseRow(*key.table, key.id);
            out.touched.push_back(key);
        }
    doomDependents(std::move(lacking), tx, changed);
}

void ScannedRows::add(std::span<const RowAt> rows)
{
    for (const RowAt &r : rows)
        m_rows.emplace_back(r.table->number, r.row.id);
}

std::vector<RowKey> ScannedRows::missing(StoreTx &tx)
{
    std::ranges::sort(m_rows);
    std::vector<RowKey> rows;
    for (const Table *table : schema::allTables())
        tx.forEachTouched(*table, [&](const Uuid &id, RevPos) {
            if (!std::ranges::binary_search(m_rows, std::pair{table->number, id}))
                rows.push_back({table, id});
        });
    return rows;
}

} // namespace anteroom::sync

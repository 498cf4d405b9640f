#include "sync/client_history.h"

#include "schema/registry.h"
#include "schema/tables/user_activity_log.h"
#include "sync/audit.h"
#include "sync/client_outbox.h"
#include "sync/codec.h"
#include "sync/digest.h"
#include "sync/digest_healing.h"
#include "sync/tuning.h"

#include <QtEndian>

#include <algorithm>
#include <functional>
#include <iterator>
#include <limits>

namespace anteroom::sync {

using namespace schema;

namespace {

constexpr int kToldSalts = 64;                   // of a HELLO
constexpr int kExactSalts = 2048;                // read to count them exactly: a few days of a clinic, under a millisecond
constexpr int kOfferedSalts = 8192;              // of an OFFER: 150 KiB beside a part of 256 KiB
constexpr std::int64_t kNewest = std::numeric_limits<std::int64_t>::max();

} // namespace

std::vector<RevSalt> toldSalts(StoreTx &tx)
{
    const std::vector<RevSalt> held = tx.saltsBetween(0, kNewest, kExactSalts);
    std::vector<RevSalt> told;
    for (std::size_t back = 0; back < held.size(); back = back == 0 ? 1 : back * 2)
        told.push_back(held[held.size() - 1 - back]);
    std::int64_t distance = kExactSalts;
    for (std::int64_t rev = held.empty() ? 0 : held.front().rev; rev > 0 && told.size() < kToldSalts; distance *= 2) {
        const auto older = rev > distance ? tx.saltAtOrBefore(rev - distance) : std::nullopt;
        if (!older)
            break;
        told.push_back(*older);
        rev = older->rev;
    }
    return told;
}

std::vector<RevSalt> askedSalts(const Probe &probe, StoreTx &tx)
{
    return tx.saltsSpread(probe.lo, probe.hi, kToldSalts);
}

std::optional<std::int64_t> forkUnderWay(StoreTx &tx)
{
    const std::int64_t fork = stateInt(tx, key::kFork, -1);
    return fork < 0 ? std::nullopt : std::optional(fork);
}

std::optional<RevSalt> scanHead(StoreTx &tx)
{
    const auto raw = tx.state(key::kStageHead);
    if (!raw || raw->size() != 16)
        return std::nullopt;
    return RevSalt{qFromBigEndian<qint64>(raw->constData()), qFromBigEndian<quint64>(raw->constData() + 8)};
}

void noteHead(const RevSalt &head, StoreTx &tx)
{
    if (const auto before = scanHead(tx); before && before->rev >= head.rev)
        return;
    QByteArray raw(16, '\0');
    qToBigEndian<qint64>(head.rev, raw.data());
    qToBigEndian<quint64>(head.salt, raw.data() + 8);
    tx.setState(key::kStageHead, raw);
}

void endStage(StoreTx &tx)
{
    tx.stageClear();
    for (const std::string_view key : {key::kStageCursor, key::kStageHead, key::kFork, key::kHealingScan})
        if (stateSet(tx, key))
            tx.setState(key, {});
}

void abandonStage(StoreTx &tx)
{
    endStage(tx);
    if (stateSet(tx, key::kScanSchema))
        tx.setState(key::kScanSchema, {});
    tx.eraseSalts(stateCursor(tx, key::kCursor).value_or(kStart).rev);      // what is beyond came with the stage
}

void abandonFirstSync(StoreTx &tx, Effects &out)
{
    std::vector<RowKey> rows;
    for (const Table *table : allTables())
        tx.forEachTouched(*table, [&](const Uuid &id, RevPos) { rows.push_back({table, id}); });
    forget(rows, tx);
    std::vector<RowKey> changed;
    for (const RowKey &key : rows) {
        if (!tx.hasBase(*key.table, key.id)) {
            tx.eraseRow(*key.table, key.id);
            continue;
        }
        tx.setBase(*key.table, key.id, std::nullopt);
        changed.push_back(key);
    }
    showRows(changed, tx);
    out.touched.insert(out.touched.end(), rows.begin(), rows.end());
    setStateCursor(tx, key::kCursor, kStart);
    abandonStage(tx);
}

// ---- the offer ------------------------------------------------------------------------------

namespace {

// Rows beyond the fork, a page of them at a time.
void forEachBeyond(std::int64_t fork, StoreTx &tx, const std::function<void(const RowAt &)> &visit)
{
    bool more = true;
    for (RevPos at{fork, kAllOfRev}; more;) {
        const std::vector<RowAt> rows = tx.scan(at, tuning::kPublishRows, tuning::kPageBytes, more);
        for (const RowAt &r : rows)
            visit(r);
        if (rows.empty())
            return;
        at = rows.back().at;
    }
}

// H19: damage is put aside here, never told to others, and nothing that stands on it: the host could not place that.
std::vector<RowKey> damagedBeyond(std::int64_t fork, StoreTx &tx)
{
    std::vector<RowKey> rows;
    const KnownDifferences differ(tx);
    if (differ.empty())
        return rows;
    forEachBeyond(fork, tx, [&](const RowAt &r) {
        if (differ.holds(*r.table, hostImage(*r.table, r.row.id, tx).value_or(r.row)))
            rows.push_back({r.table, r.row.id});
    });
    addDependents(rows, tx);
    // Nor the log of it: it says that an entry was applied, and its author may still send that.
    std::set<std::pair<std::uint16_t, Uuid>> kept;
    for (const RowKey &key : rows)
        kept.emplace(key.table->number, key.id);
    forEachBeyond(fork, tx, [&](const RowAt &r) {
        if (r.table == &tables::user_activity_log
            && std::ranges::any_of(auditSubjects(r.row), [&](const auto &subject) { return kept.contains(subject); }))
            rows.push_back({r.table, r.row.id});
    });
    return rows;
}

} // namespace

void Offering::begin(std::int64_t fork, const RevSalt &real, bool taken, StoreTx &tx)
{
    m_kept.clear();
    for (const RowKey &key : damagedBeyond(fork, tx))
        m_kept.emplace(key.table->number, key.id);
    m_fork = fork;
    m_real = real;
    m_after = {taken ? real.rev + 1 : fork, kAllOfRev};      // what was taken is not offered again (H10)
    m_part = 0;
    m_done = false;
}

Offer Offering::next(StoreTx &tx)
{
    Offer offer;
    offer.real = m_real;
    offer.retired = stateInt(tx, key::kRetired);
    offer.part = m_part++;
    if (offer.part == 0)
        offer.salts = tx.saltsBetween(m_fork + 1, m_real.rev, kOfferedSalts);
    bool more = false;
    std::size_t bytes = 0;
    for (RowAt &r : tx.scan(m_after, tuning::kPageRows, tuning::kPageBytes, more)) {
        const bool pending = tx.hasBase(*r.table, r.row.id);
        auto image = pending ? tx.base(*r.table, r.row.id) : std::optional(std::move(r.row));      // never what only this desk typed
        if (image && !m_kept.contains({r.table->number, r.row.id})) {
            RowAt offered{r.table, std::move(*image), r.at};
            bytes += wireSize(offered);
            if (bytes > tuning::kPageBytes && !offer.rows.empty()) {
                more = true;
                break;
            }
            offer.rows.push_back(std::move(offered));
        }
        m_after = r.at;
    }
    offer.last = m_done = !more;
    return offer;
}

// ---- the end of a change of history ---------------------------------------------------------

BeyondFork::BeyondFork(std::optional<std::int64_t> fork, StoreTx &tx)
{
    if (fork)
        forEachBeyond(*fork, tx, [this](const RowAt &r) { m_held.emplace_back(r.table->number, r.row.id); });
}

void BeyondFork::brought(const std::vector<RowAt> &rows)
{
    if (m_held.empty())
        return;
    for (const RowAt &r : rows)
        m_brought.emplace_back(r.table->number, r.row.id);
}

std::vector<RowKey> BeyondFork::missing()
{
    std::ranges::sort(m_held);
    std::ranges::sort(m_brought);
    std::vector<Key> left;
    std::ranges::set_difference(m_held, m_brought, std::back_inserter(left));
    std::vector<RowKey> rows;
    for (const Key &key : left)
        rows.push_back({findTable(key.first), key.second});
    return rows;
}

} // namespace anteroom::sync

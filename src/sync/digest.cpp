#include "sync/digest.h"

#include "core/hash.h"
#include "schema/registry.h"
#include "sync/codec.h"
#include "sync/tuning.h"

#include <QtEndian>

#include <sodium.h>

#include <algorithm>
#include <map>

namespace anteroom::sync {

namespace {

constexpr std::size_t kHashed = 2 + 16 + 8;
static_assert(crypto_shorthash_BYTES == 8 && crypto_shorthash_KEYBYTES == 16);

// What a handler adds to the sums: each of them is read and written once.
class Delta {
public:
    void add(const Table &table, std::uint8_t dataClass, std::uint64_t hash) { m_sums[{table.number, dataClass}] += hash; }
    void subtract(const Table &table, std::uint8_t dataClass, std::uint64_t hash) { m_sums[{table.number, dataClass}] -= hash; }
    void write(StoreTx &tx) const
    {
        for (const auto &[at, sum] : m_sums)
            if (sum != 0)
                tx.setDigest(at.first, at.second, tx.digest(at.first, at.second) + sum);
    }

private:
    std::map<std::pair<std::uint16_t, std::uint8_t>, std::uint64_t> m_sums;
};

std::uint8_t classInIndex(const Table &table, const Uuid &id, StoreTx &tx)
{
    if (table.classColumn.empty())
        return static_cast<std::uint8_t>(table.dataClass);
    const auto image = hostImage(table, id, tx);
    return image ? classOf(table, *image) : static_cast<std::uint8_t>(table.dataClass);
}

void takeOut(Delta &delta, const Table &table, const Uuid &id, RevPos at, StoreTx &tx)
{
    delta.subtract(table, classInIndex(table, id, tx), placeHash(table, id, at.rev));
}

// Places are read first: nothing is written, and no row is read, while the index is under way.
std::vector<std::pair<Uuid, RevPos>> placesOf(const Table &table, StoreTx &tx)
{
    std::vector<std::pair<Uuid, RevPos>> places;
    tx.forEachTouched(table, [&](const Uuid &id, RevPos at) { places.emplace_back(id, at); });
    return places;
}

std::map<std::uint8_t, std::uint64_t> sumsOf(const Table &table, StoreTx &tx)
{
    std::map<std::uint8_t, std::uint64_t> sums;
    for (const auto &[id, at] : placesOf(table, tx))
        sums[classInIndex(table, id, tx)] += placeHash(table, id, at.rev);
    return sums;
}

QByteArray agreedState(std::int64_t rev, const Epoch &epoch)
{
    QByteArray raw(16, '\0');
    qToBigEndian<qint64>(rev, raw.data());
    qToBigEndian<qint64>(epoch.number, raw.data() + 8);
    return raw + epoch.id.toBytes();
}

} // namespace

std::uint64_t placeHash(const Table &table, const Uuid &id, std::int64_t rev)
{
    static constexpr std::array<unsigned char, crypto_shorthash_KEYBYTES> kKey{};
    std::array<unsigned char, kHashed> in;
    qToBigEndian<quint16>(table.number, in.data());
    std::copy(id.bytes.begin(), id.bytes.end(), in.begin() + 2);
    qToBigEndian<qint64>(rev, in.data() + 18);
    std::array<unsigned char, crypto_shorthash_BYTES> out;
    crypto_shorthash(out.data(), in.data(), in.size(), kKey.data());
    return qFromBigEndian<quint64>(out.data());
}

std::uint64_t contentHash(const Table &table, const Row &row)
{
    return qFromBigEndian<quint64>(blake2b(encodeRow(table, row)).constData());
}

std::uint8_t classOf(const Table &table, const Row &row)
{
    if (!table.classColumn.empty()) {
        const auto *value = std::get_if<std::int64_t>(&row[schema::findColumn(table, table.classColumn)]);
        if (value && *value > 0 && *value <= UINT8_MAX)
            return static_cast<std::uint8_t>(*value);
    }
    return static_cast<std::uint8_t>(table.dataClass);
}

std::optional<Row> hostImage(const Table &table, const Uuid &id, StoreTx &tx)
{
    return tx.hasBase(table, id) ? tx.base(table, id) : tx.row(table, id);
}

void touch(std::span<const RowAt> rows, StoreTx &tx)
{
    Delta delta;
    for (const RowAt &r : rows) {
        if (const auto before = tx.touched(*r.table, r.row.id))
            takeOut(delta, *r.table, r.row.id, *before, tx);
        delta.add(*r.table, classOf(*r.table, r.row), placeHash(*r.table, r.row.id, r.at.rev));
        tx.setTouched(*r.table, r.row.id, r.at);
    }
    delta.write(tx);
}

void forget(std::span<const RowKey> rows, StoreTx &tx)
{
    Delta delta;
    for (const RowKey &key : rows) {
        if (const auto before = tx.touched(*key.table, key.id))
            takeOut(delta, *key.table, key.id, *before, tx);
        tx.eraseTouched(*key.table, key.id);
    }
    delta.write(tx);
}

void ensureDigests(StoreTx &tx)
{
    if (!stateSet(tx, key::kDigests))
        (void)recountDigests(tx);
}

bool recountDigests(StoreTx &tx)
{
    std::vector<TableDigest> counted;
    for (const Table *table : schema::allTables())
        for (const auto &[dataClass, sum] : sumsOf(*table, tx))
            counted.push_back({table->number, dataClass, sum});
    const bool same = differences(counted, tx.digests()).empty();
    tx.eraseDigests();
    for (const TableDigest &d : counted)
        tx.setDigest(d.table, d.dataClass, d.digest);
    tx.setState(key::kDigests, QByteArrayLiteral("1"));
    return same;
}

BucketSums bucketSums(const Table &table, std::uint8_t dataClass, bool content, StoreTx &tx)
{
    BucketSums sums{};
    std::uint64_t whole = 0;
    for (const auto &[id, at] : placesOf(table, tx)) {
        if (classInIndex(table, id, tx) != dataClass)
            continue;
        const std::uint64_t hash = placeHash(table, id, at.rev);
        const auto image = content ? hostImage(table, id, tx) : std::nullopt;
        sums[bucketOf(id)] += !content ? hash : image ? contentHash(table, *image) : 0;
        whole += hash;
    }
    if (tx.digest(table.number, dataClass) != whole)
        tx.setDigest(table.number, dataClass, whole);
    return sums;
}

std::vector<RowKey> rowsOfBuckets(const Table &table, std::optional<std::uint8_t> dataClass, std::span<const std::uint8_t> buckets, StoreTx &tx)
{
    std::array<bool, kBuckets> wanted{};
    for (const std::uint8_t bucket : buckets)
        wanted[bucket] = true;
    std::vector<RowKey> keys;
    for (const auto &[id, at] : placesOf(table, tx))
        if (wanted[bucketOf(id)] && (!dataClass || classInIndex(table, id, tx) == *dataClass))
            keys.push_back({&table, id});
    return keys;
}

Compared answerCompare(const Compare &asked, std::int64_t head, StoreTx &tx, const BucketSums *own)
{
    Compared out{head, asked.table, asked.dataClass, asked.content, false, {}, {}};
    const Table *table = schema::findTable(asked.table);
    if (asked.rev != head || !table || asked.sums.size() != kBuckets)
        return out;                                  // the host moved on meanwhile: the next heartbeat tells
    const BucketSums mine = own ? *own : bucketSums(*table, asked.dataClass, asked.content, tx);
    std::vector<std::uint8_t> buckets;
    for (std::size_t b = 0; b < kBuckets; ++b)
        if (mine[b] != asked.sums[b])
            buckets.push_back(static_cast<std::uint8_t>(b));
    if (buckets.empty())
        return out;
    std::map<std::uint8_t, std::vector<Uuid>> ids;
    for (const RowKey &key : rowsOfBuckets(*table, {}, buckets, tx))      // a damaged row may count under another class
        ids[bucketOf(key.id)].push_back(key.id);
    std::size_t bytes = 0;
    for (const std::uint8_t bucket : buckets) {
        std::vector<RowAt> rows;
        std::size_t size = 0;
        for (const Uuid &id : ids[bucket]) {
            auto row = tx.row(*table, id);
            const auto at = tx.touched(*table, id);
            if (!row || !at)
                continue;
            rows.push_back({table, std::move(*row), *at});
            size += wireSize(rows.back());
            if (size > tuning::kFrameBytes)
                break;
        }
        if (!out.buckets.empty() && bytes + size > tuning::kPageBytes)
            break;
        if (size > tuning::kFrameBytes) {
            out.scan = true;
            break;
        }
        bytes += size;
        out.buckets.push_back(bucket);
        std::move(rows.begin(), rows.end(), std::back_inserter(out.rows));
    }
    return out;
}

std::vector<TableDigest> differences(const std::vector<TableDigest> &theirs, const std::vector<TableDigest> &mine)
{
    std::map<std::pair<std::uint16_t, std::uint8_t>, std::uint64_t> left;
    for (const TableDigest &d : mine)
        left[{d.table, d.dataClass}] += d.digest;
    for (const TableDigest &d : theirs)
        left[{d.table, d.dataClass}] -= d.digest;
    std::vector<TableDigest> differ;
    for (const auto &[at, sum] : left)
        if (sum != 0 && schema::findTable(at.first))
            differ.push_back({at.first, at.second, sum});
    return differ;
}

std::int64_t agreedRev(StoreTx &tx)
{
    const auto raw = tx.state(key::kAgreed);
    if (!raw || raw->size() != 32)
        return 0;
    const auto rev = static_cast<std::int64_t>(qFromBigEndian<qint64>(raw->constData()));
    return *raw == agreedState(rev, stateEpoch(tx)) ? rev : 0;
}

KnownDifferences::KnownDifferences(StoreTx &tx)
    : m_known(tx.state(key::kUnequal).value_or(QByteArray()))
{
}

bool KnownDifferences::holds(const Table &table, const Row &row) const
{
    for (qsizetype i = 0; i + 2 < m_known.size(); i += 3)
        if (qFromBigEndian<quint16>(m_known.constData() + i) == table.number && static_cast<std::uint8_t>(m_known[i + 2]) == classOf(table, row))
            return true;
    return false;
}

void KnownDifferences::note(const std::vector<TableDigest> &differ, StoreTx &tx)
{
    QByteArray known;
    for (const TableDigest &d : differ) {
        char raw[3];
        qToBigEndian<quint16>(d.table, raw);
        raw[2] = static_cast<char>(d.dataClass);
        known.append(raw, sizeof raw);
    }
    if (known != tx.state(key::kUnequal).value_or(QByteArray()))
        tx.setState(key::kUnequal, known);
}

void setAgreedRev(std::int64_t rev, StoreTx &tx) { tx.setState(key::kAgreed, agreedState(rev, stateEpoch(tx))); }

} // namespace anteroom::sync

// SqlStoreTx, the part about parted histories, standbys and digests.

#include "node/sql_store_guard.h"
#include "node/sql_store_tx.h"
#include "schema/registry.h"
#include "sync/codec.h"

namespace anteroom::node {

using namespace sync;
using schema::RevPos;
using schema::Salt;

void SqlStoreTx::forEachTouched(const Table &table, const std::function<void(const Uuid &, RevPos)> &visit)
{
    guarded([&] { m_index.forEachKey(table, [&](std::uint16_t, const Uuid &id, RevPos at) { visit(id, at); }); });
}

void SqlStoreTx::eraseTouched(const Table &table, const Uuid &id)
{
    guarded([&] { m_index.eraseTouched(table, id); });
}

std::uint64_t SqlStoreTx::digest(std::uint16_t table, std::uint8_t dataClass)
{
    return guarded([&] { return m_history.digest(table, dataClass); });
}

void SqlStoreTx::setDigest(std::uint16_t table, std::uint8_t dataClass, std::uint64_t sum)
{
    guarded([&] { m_history.setDigest(table, dataClass, sum); });
}

std::vector<TableDigest> SqlStoreTx::digests()
{
    return guarded([&] {
        std::vector<TableDigest> all;
        for (const storage::DigestSum &d : m_history.digests())
            all.push_back({d.table, d.dataClass, d.sum});
        return all;
    });
}

void SqlStoreTx::eraseDigests()
{
    guarded([&] { m_history.eraseDigests(); });
}

std::vector<std::pair<Author, Counter>> SqlStoreTx::counters()
{
    return guarded([&] {
        std::vector<std::pair<Author, Counter>> all;
        for (const storage::CountedDevice &d : m_devices.counters())
            all.push_back({{d.device, d.incarnation}, {d.counter.seq, d.counter.prefix}});
        return all;
    });
}

std::vector<std::pair<Uuid, QByteArray>> SqlStoreTx::tokens()
{
    return guarded([&] { return m_devices.tokenHashes(); });
}

void SqlStoreTx::setToken(const Uuid &device, const QByteArray &hash)
{
    guarded([&] { m_devices.setTokenHash(device, hash); });
}

bool SqlStoreTx::offerTaken(const Author &author, const RevSalt &real)
{
    return guarded([&] { return m_history.offered(author.device, author.incarnation, real.rev, real.salt); });
}

void SqlStoreTx::setOfferTaken(const Author &author, const RevSalt &real)
{
    guarded([&] { m_history.setOffered(author.device, author.incarnation, real.rev, real.salt); });
}

std::vector<std::pair<Author, RevSalt>> SqlStoreTx::offersTaken()
{
    return guarded([&] {
        std::vector<std::pair<Author, RevSalt>> all;
        for (const storage::OfferTaken &o : m_history.offersTaken())
            all.push_back({{o.device, o.incarnation}, {o.rev, o.salt}});
        return all;
    });
}

std::optional<Origin> SqlStoreTx::origin(const Table &table, const Uuid &id)
{
    return guarded([&]() -> std::optional<Origin> {
        const auto found = m_history.origin(table, id);
        if (!found)
            return std::nullopt;
        return Origin{found->first, found->second};
    });
}

void SqlStoreTx::setOrigin(const Table &table, const Uuid &id, const Origin &origin)
{
    guarded([&] { m_history.setOrigin(table, id, origin.rev, origin.offer); });
}

std::optional<Salt> SqlStoreTx::offerSalt(std::int64_t offer, std::int64_t rev)
{
    if (rev == 0)
        return Salt{0};                                  // the beginning is known to all
    return guarded([&] { return m_history.offerSalt(offer, rev); });
}

void SqlStoreTx::keepOfferSalts(std::int64_t offer, const std::vector<RevSalt> &salts)
{
    guarded([&] {
        for (const RevSalt &s : salts)
            m_history.keepOfferSalt(offer, s.rev, s.salt);
    });
}

void SqlStoreTx::offerPut(const Author &author, const RowAt &row)
{
    guarded([&] { m_history.offerPut(author.device, author.incarnation, *row.table, row.row.id, row.at, encodeRow(*row.table, row.row)); });
}

std::vector<RowAt> SqlStoreTx::offerRows(const Author &author, RevPos after, int maxRows)
{
    return guarded([&] {
        std::vector<RowAt> rows;
        for (const auto &staged : m_history.offerRows(author.device, author.incarnation, after, maxRows))
            if (const Table *table = schema::findTable(staged.table))
                rows.push_back({table, trusted(decodeRow(*table, staged.row), u"an offered row"), staged.at});
        return rows;
    });
}

void SqlStoreTx::offerClear(const Author &author)
{
    guarded([&] { m_history.offerClear(author.device, author.incarnation); });
}

} // namespace anteroom::node

#include "storage/history_tables.h"

#include "storage/sync_index.h"

namespace anteroom::storage {

using schema::RevPos;
using schema::Salt;
using schema::Table;

bool HistoryTables::offered(const Uuid &device, std::int64_t incarnation, std::int64_t rev, Salt salt)
{
    Statement statement(m_connection, "SELECT 1 FROM sync_offered WHERE device=?1 AND incarnation=?2 AND rev=?3 AND salt=?4");
    return statement.bindUuid(1, device).bindInt(2, incarnation).bindInt(3, rev).bindInt(4, static_cast<std::int64_t>(salt)).step();
}

void HistoryTables::setOffered(const Uuid &device, std::int64_t incarnation, std::int64_t rev, Salt salt)
{
    Statement statement(m_connection, "INSERT INTO sync_offered(device,incarnation,rev,salt) VALUES(?1,?2,?3,?4) ON CONFLICT DO NOTHING");
    statement.bindUuid(1, device).bindInt(2, incarnation).bindInt(3, rev).bindInt(4, static_cast<std::int64_t>(salt)).run();
}

std::vector<OfferTaken> HistoryTables::offersTaken()
{
    Statement statement(m_connection, "SELECT device,incarnation,rev,salt FROM sync_offered ORDER BY device,incarnation,rev,salt");
    std::vector<OfferTaken> all;
    while (statement.step())
        all.push_back({statement.uuid(0), statement.integer(1), statement.integer(2), static_cast<Salt>(statement.integer(3))});
    return all;
}

std::optional<std::pair<std::int64_t, std::int64_t>> HistoryTables::origin(const Table &table, const Uuid &id)
{
    Statement statement(m_connection, "SELECT rev,offer FROM sync_origin WHERE tbl=?1 AND id=?2");
    statement.bindInt(1, table.number).bindUuid(2, id);
    if (!statement.step())
        return std::nullopt;
    return std::pair{statement.integer(0), statement.integer(1)};
}

void HistoryTables::setOrigin(const Table &table, const Uuid &id, std::int64_t rev, std::int64_t offer)
{
    Statement statement(m_connection, "INSERT INTO sync_origin(tbl,id,rev,offer) VALUES(?1,?2,?3,?4)"
                                      " ON CONFLICT(tbl,id) DO UPDATE SET rev=excluded.rev, offer=excluded.offer");
    statement.bindInt(1, table.number).bindUuid(2, id).bindInt(3, rev).bindInt(4, offer).run();
}

std::optional<Salt> HistoryTables::offerSalt(std::int64_t offer, std::int64_t rev)
{
    Statement statement(m_connection, "SELECT salt FROM sync_offer_salt WHERE offer=?1 AND rev=?2");
    statement.bindInt(1, offer).bindInt(2, rev);
    if (!statement.step())
        return std::nullopt;
    return static_cast<Salt>(statement.integer(0));
}

void HistoryTables::keepOfferSalt(std::int64_t offer, std::int64_t rev, Salt salt)
{
    Statement statement(m_connection, "INSERT INTO sync_offer_salt(offer,rev,salt) VALUES(?1,?2,?3)"
                                      " ON CONFLICT(offer,rev) DO UPDATE SET salt=excluded.salt");
    statement.bindInt(1, offer).bindInt(2, rev).bindInt(3, static_cast<std::int64_t>(salt)).run();
}

void HistoryTables::offerPut(const Uuid &device, std::int64_t incarnation, const Table &table, const Uuid &id, RevPos at, const QByteArray &row)
{
    Statement statement(m_connection, "INSERT INTO sync_offer_row(device,incarnation,tbl,id,revpos,row) VALUES(?1,?2,?3,?4,?5,?6)"
                                      " ON CONFLICT DO UPDATE SET row=excluded.row");
    statement.bindUuid(1, device).bindInt(2, incarnation).bindInt(3, table.number).bindUuid(4, id).bindInt(5, packed(at)).bindBlob(6, row).run();
}

std::vector<StagedRow> HistoryTables::offerRows(const Uuid &device, std::int64_t incarnation, RevPos after, int maxRows)
{
    Statement statement(m_connection, "SELECT tbl,id,revpos,row FROM sync_offer_row WHERE device=?1 AND incarnation=?2 AND revpos>?3"
                                      " ORDER BY revpos,tbl,id LIMIT ?4");
    statement.bindUuid(1, device).bindInt(2, incarnation).bindInt(3, packed(after)).bindInt(4, maxRows);
    std::vector<StagedRow> rows;
    while (statement.step())
        rows.push_back({static_cast<std::uint16_t>(statement.integer(0)), statement.uuid(1), unpacked(statement.integer(2)), statement.blob(3).toByteArray()});
    return rows;
}

void HistoryTables::offerClear(const Uuid &device, std::int64_t incarnation)
{
    Statement statement(m_connection, "DELETE FROM sync_offer_row WHERE device=?1 AND incarnation=?2");
    statement.bindUuid(1, device).bindInt(2, incarnation).run();
}

std::uint64_t HistoryTables::digest(std::uint16_t table, std::uint8_t dataClass)
{
    Statement statement(m_connection, "SELECT sum FROM sync_digest WHERE tbl=?1 AND class=?2");
    statement.bindInt(1, table).bindInt(2, dataClass);
    return statement.step() ? static_cast<std::uint64_t>(statement.integer(0)) : 0;
}

void HistoryTables::setDigest(std::uint16_t table, std::uint8_t dataClass, std::uint64_t sum)
{
    Statement statement(m_connection, "INSERT INTO sync_digest(tbl,class,sum) VALUES(?1,?2,?3) ON CONFLICT(tbl,class) DO UPDATE SET sum=excluded.sum");
    statement.bindInt(1, table).bindInt(2, dataClass).bindInt(3, static_cast<std::int64_t>(sum)).run();
}

std::vector<DigestSum> HistoryTables::digests()
{
    Statement statement(m_connection, "SELECT tbl,class,sum FROM sync_digest ORDER BY tbl,class");
    std::vector<DigestSum> sums;
    while (statement.step())
        sums.push_back({static_cast<std::uint16_t>(statement.integer(0)), static_cast<std::uint8_t>(statement.integer(1)), static_cast<std::uint64_t>(statement.integer(2))});
    return sums;
}

void HistoryTables::eraseDigests()
{
    Statement(m_connection, "DELETE FROM sync_digest").run();
}

} // namespace anteroom::storage

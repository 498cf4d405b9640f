#include "storage/sync_images.h"

#include "storage/sync_index.h"

namespace anteroom::storage {

using schema::RevPos;
using schema::Table;

bool SyncImages::hasBase(const Table &table, const Uuid &id)
{
    Statement statement(m_connection, "SELECT 1 FROM sync_base WHERE tbl=?1 AND id=?2");
    return statement.bindInt(1, table.number).bindUuid(2, id).step();
}

std::optional<QByteArray> SyncImages::base(const Table &table, const Uuid &id)
{
    Statement statement(m_connection, "SELECT image FROM sync_base WHERE tbl=?1 AND id=?2");
    statement.bindInt(1, table.number).bindUuid(2, id);
    if (!statement.step() || statement.isNull(0))
        return std::nullopt;
    return statement.blob(0).toByteArray();
}

void SyncImages::setBase(const Table &table, const Uuid &id, const std::optional<QByteArray> &image)
{
    Statement statement(m_connection, "INSERT INTO sync_base(tbl,id,image) VALUES(?1,?2,?3) ON CONFLICT(tbl,id) DO UPDATE SET image=excluded.image");
    statement.bindInt(1, table.number).bindUuid(2, id);
    if (image)
        statement.bindBlob(3, *image);
    else
        statement.bindNull(3);
    statement.run();
}

void SyncImages::eraseBase(const Table &table, const Uuid &id)
{
    Statement statement(m_connection, "DELETE FROM sync_base WHERE tbl=?1 AND id=?2");
    statement.bindInt(1, table.number).bindUuid(2, id).run();
}

void SyncImages::stagePut(const Table &table, const Uuid &id, RevPos at, const QByteArray &row)
{
    Statement statement(m_connection, "INSERT INTO sync_stage(tbl,id,revpos,row) VALUES(?1,?2,?3,?4) ON CONFLICT(tbl,id)"
                                      " DO UPDATE SET revpos=excluded.revpos, row=excluded.row WHERE excluded.revpos>=revpos");
    statement.bindInt(1, table.number).bindUuid(2, id).bindInt(3, packed(at)).bindBlob(4, row).run();
}

std::vector<StagedRow> SyncImages::stageAfter(RevPos after, int maxRows)
{
    Statement statement(m_connection, "SELECT tbl,id,revpos,row FROM sync_stage WHERE revpos>?1 ORDER BY revpos LIMIT ?2");
    statement.bindInt(1, packed(after)).bindInt(2, maxRows);
    std::vector<StagedRow> rows;
    while (statement.step())
        rows.push_back({static_cast<std::uint16_t>(statement.integer(0)), statement.uuid(1), unpacked(statement.integer(2)), statement.blob(3).toByteArray()});
    return rows;
}

std::int64_t SyncImages::stageCount()
{
    Statement statement(m_connection, "SELECT count(*) FROM sync_stage");
    return statement.step() ? statement.integer(0) : 0;
}

void SyncImages::stageClear()
{
    Statement(m_connection, "DELETE FROM sync_stage").run();
}

} // namespace anteroom::storage

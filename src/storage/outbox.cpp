#include "storage/outbox.h"

namespace anteroom::storage {

using schema::Table;

namespace {

OutboxItem current(const Statement &statement)
{
    return {statement.integer(0), statement.integer(1) != 0, statement.integer(2) != 0, statement.integer(3), statement.blob(4).toByteArray()};
}

std::vector<OutboxItem> all(Statement &statement)
{
    std::vector<OutboxItem> items;
    while (statement.step())
        items.push_back(current(statement));
    return items;
}

RejectedItem refusedItem(const Statement &statement)
{
    return {statement.uuid(0), statement.integer(1), std::string(statement.text(2)), statement.integer(3), statement.blob(4).toByteArray(),
            statement.isNull(5) ? 0 : statement.integer(5), std::string(statement.text(6)), std::string(statement.text(7))};
}

} // namespace

void Outbox::append(const OutboxItem &item, std::span<const RowKey> rows)
{
    Statement entry(m_connection, "INSERT INTO outbox(seq,doomed,provisional,at,entry) VALUES(?1,?2,?3,?4,?5)");
    entry.bindInt(1, item.seq).bindInt(2, item.doomed).bindInt(3, item.provisional).bindInt(4, item.at).bindBlob(5, item.entry).run();
    Statement touch(m_connection, "INSERT INTO outbox_row(tbl,id,seq) VALUES(?1,?2,?3) ON CONFLICT DO NOTHING");
    for (const auto &[table, id] : rows)
        touch.bindInt(1, table->number).bindUuid(2, id).bindInt(3, item.seq).run();
}

std::optional<OutboxItem> Outbox::item(std::int64_t seq)
{
    Statement statement(m_connection, "SELECT seq,doomed,provisional,at,entry FROM outbox WHERE seq=?1");
    statement.bindInt(1, seq);
    if (!statement.step())
        return std::nullopt;
    return current(statement);
}

std::vector<OutboxItem> Outbox::after(std::int64_t seq, int limit)
{
    Statement statement(m_connection, "SELECT seq,doomed,provisional,at,entry FROM outbox WHERE seq>?1 ORDER BY seq LIMIT ?2");
    statement.bindInt(1, seq).bindInt(2, limit);
    return all(statement);
}

std::vector<std::int64_t> Outbox::touching(const Table &table, const Uuid &id)
{
    Statement statement(m_connection, "SELECT seq FROM outbox_row WHERE tbl=?1 AND id=?2 ORDER BY seq");
    statement.bindInt(1, table.number).bindUuid(2, id);
    std::vector<std::int64_t> seqs;
    while (statement.step())
        seqs.push_back(statement.integer(0));
    return seqs;
}

void Outbox::mark(std::int64_t seq, bool doomed, bool provisional)
{
    Statement statement(m_connection, "UPDATE outbox SET doomed=?2, provisional=?3 WHERE seq=?1");
    statement.bindInt(1, seq).bindInt(2, doomed).bindInt(3, provisional).run();
}

void Outbox::retire(std::int64_t seq)
{
    Statement rows(m_connection, "DELETE FROM outbox_row WHERE seq=?1");
    rows.bindInt(1, seq).run();
    Statement entry(m_connection, "DELETE FROM outbox WHERE seq=?1");
    entry.bindInt(1, seq).run();
}

std::int64_t Outbox::renumber()
{
    std::vector<std::int64_t> seqs;
    {
        Statement held(m_connection, "SELECT seq FROM outbox ORDER BY seq");
        while (held.step())
            seqs.push_back(held.integer(0));
    }
    std::int64_t next = 0;
    for (const std::int64_t seq : seqs)              // ascending and never upwards: a number that is taken is never met
        if (const std::int64_t to = ++next; seq != to)
            for (const char *sql : {"UPDATE outbox SET seq=?2 WHERE seq=?1", "UPDATE outbox_row SET seq=?2 WHERE seq=?1"})
                Statement(m_connection, sql).bindInt(1, seq).bindInt(2, to).run();
    return next;
}

OutboxSummary Outbox::summary()
{
    Statement statement(m_connection, "SELECT count(*), min(at) FROM outbox");
    if (!statement.step())
        return {};
    return {static_cast<int>(statement.integer(0)), statement.integer(1)};
}

void Outbox::reject(const RejectedItem &item)
{
    Statement statement(m_connection, "INSERT INTO sync_rejected(entry_uuid,seq,why,at,entry) VALUES(?1,?2,?3,?4,?5)"
                                      " ON CONFLICT(entry_uuid) DO UPDATE SET seq=excluded.seq, why=excluded.why, at=excluded.at,"
                                      " entry=excluded.entry, closed_at=NULL, closed_how=NULL, closed_why=NULL");
    statement.bindUuid(1, item.entryUuid).bindInt(2, item.seq).bindText(3, item.why).bindInt(4, item.at).bindBlob(5, item.entry).run();
}

std::vector<RejectedItem> Outbox::rejected(int limit, bool closedToo)
{
    Statement statement(m_connection, "SELECT entry_uuid,seq,why,at,entry,closed_at,closed_how,closed_why FROM sync_rejected"
                                      " WHERE ?2 OR closed_at IS NULL ORDER BY at DESC, seq DESC LIMIT ?1");
    statement.bindInt(1, limit).bindInt(2, closedToo);
    std::vector<RejectedItem> items;
    while (statement.step())
        items.push_back(refusedItem(statement));
    return items;
}

std::optional<RejectedItem> Outbox::rejected(const Uuid &entryUuid)
{
    Statement statement(m_connection, "SELECT entry_uuid,seq,why,at,entry,closed_at,closed_how,closed_why FROM sync_rejected WHERE entry_uuid=?1");
    statement.bindUuid(1, entryUuid);
    if (!statement.step())
        return std::nullopt;
    return refusedItem(statement);
}

int Outbox::rejectedCount()
{
    Statement statement(m_connection, "SELECT count(*) FROM sync_rejected WHERE closed_at IS NULL");
    return statement.step() ? static_cast<int>(statement.integer(0)) : 0;
}

void Outbox::closeRejected(const Uuid &entryUuid, std::string_view how, std::string_view why, std::int64_t at)
{
    Statement statement(m_connection, "UPDATE sync_rejected SET closed_at=?2, closed_how=?3, closed_why=?4 WHERE entry_uuid=?1 AND closed_at IS NULL");
    statement.bindUuid(1, entryUuid).bindInt(2, at).bindText(3, how).bindText(4, why).run();
}

} // namespace anteroom::storage

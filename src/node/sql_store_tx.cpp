#include "node/sql_store_guard.h"
#include "node/sql_store_tx.h"

#include "schema/registry.h"
#include "schema/tables/user_activity_log.h"
#include "storage/activity_index.h"
#include "storage/records.h"
#include "sync/codec.h"

#include <algorithm>

namespace anteroom::node {

using namespace sync;

namespace {

std::vector<storage::Condition> conditions(const std::vector<Condition> &where)
{
    std::vector<storage::Condition> result;
    result.reserve(where.size());
    for (const Condition &c : where)
        result.push_back({c.column, c.value});
    return result;
}

OutboxEntry decoded(const storage::OutboxItem &item)
{
    return {item.seq, item.doomed, item.provisional, trusted(decodeEntry(item.entry), u"an entry of the outbox")};
}

std::vector<OutboxEntry> decoded(const std::vector<storage::OutboxItem> &items)
{
    std::vector<OutboxEntry> entries;
    entries.reserve(items.size());
    for (const auto &item : items)
        entries.push_back(decoded(item));
    return entries;
}

} // namespace

SqlStoreTx::SqlStoreTx(storage::Transaction &transaction, const Clock &clock)
    : m_transaction(transaction)
    , m_clock(clock)
    , m_index(transaction.connection())
    , m_devices(transaction.connection())
    , m_history(transaction.connection())
    , m_images(transaction.connection())
    , m_outbox(transaction.connection())
{
}

std::optional<Row> SqlStoreTx::row(const Table &table, const Uuid &id)
{
    return guarded([&] { return storage::readRow(m_transaction.connection(), table, id); });
}

void SqlStoreTx::putRow(const Table &table, const Row &row)
{
    guarded([&] {
        storage::upsertRow(m_transaction, table, row);
        if (&table == &schema::tables::user_activity_log)      // with the act: a history is never behind the record
            storage::indexActivity(m_transaction, row);
    });
}

void SqlStoreTx::eraseRow(const Table &table, const Uuid &id)
{
    guarded([&] { storage::eraseRow(m_transaction, table, id); });
}

std::vector<Row> SqlStoreTx::find(const Table &table, const std::vector<Condition> &where, int limit)
{
    return guarded([&] { return storage::findRows(m_transaction.connection(), table, conditions(where), limit); });
}

std::int64_t SqlStoreTx::maxOf(const Table &table, int column, const std::vector<Condition> &where)
{
    return guarded([&] { return storage::maxOf(m_transaction.connection(), table, column, conditions(where)); });
}

std::optional<RevPos> SqlStoreTx::touched(const Table &table, const Uuid &id)
{
    return guarded([&] { return m_index.touched(table, id); });
}

void SqlStoreTx::setTouched(const Table &table, const Uuid &id, RevPos at)
{
    guarded([&] { m_index.setTouched(table, id, at); });
}

std::vector<RowAt> SqlStoreTx::scan(RevPos after, int maxRows, std::size_t maxBytes, bool &more)
{
    more = false;
    std::vector<RowAt> rows;
    std::size_t bytes = 0;
    guarded([&] {
        m_index.scan(after, [&](const Table &table, Row &&row, RevPos at) {
            RowAt next{&table, std::move(row), at};
            const std::size_t size = wireSize(next);
            const bool full = !rows.empty() && (rows.size() >= static_cast<std::size_t>(std::max(maxRows, 1)) || bytes + size > maxBytes);
            if (full && rows.back().at != at) {          // one place is never cut in two: the cursor could not say so
                more = true;
                return false;
            }
            bytes += size;
            rows.push_back(std::move(next));
            return true;
        });
    });
    return rows;
}

std::optional<QByteArray> SqlStoreTx::state(std::string_view key)
{
    return guarded([&] { return m_index.state(key); });
}

void SqlStoreTx::setState(std::string_view key, const QByteArray &value)
{
    guarded([&] { m_index.setState(key, value); });
}

std::optional<Salt> SqlStoreTx::salt(std::int64_t rev)
{
    if (rev == 0)
        return Salt{0};                                  // the beginning is known to all
    return guarded([&] { return m_index.salt(rev); });
}

void SqlStoreTx::setSalt(std::int64_t rev, Salt salt)
{
    guarded([&] { m_index.setSalt(rev, salt); });
}

std::vector<RevSalt> SqlStoreTx::saltsBetween(std::int64_t from, std::int64_t to, int newest)
{
    return guarded([&] {
        std::vector<RevSalt> salts;
        for (const auto &[rev, salt] : m_index.saltsBetween(from, to, newest))
            salts.push_back({rev, salt});
        return salts;
    });
}

std::vector<RevSalt> SqlStoreTx::saltsSpread(std::int64_t lo, std::int64_t hi, int count)
{
    return guarded([&] {
        std::vector<RevSalt> salts;
        for (const auto &[rev, salt] : m_index.saltsSpread(lo, hi, count))
            salts.push_back({rev, salt});
        return salts;
    });
}

std::optional<RevSalt> SqlStoreTx::saltAtOrBefore(std::int64_t rev)
{
    return guarded([&]() -> std::optional<RevSalt> {
        const auto found = m_index.saltAtOrBefore(rev);
        if (!found)
            return std::nullopt;
        return RevSalt{found->first, found->second};
    });
}

void SqlStoreTx::eraseSalts(std::int64_t after)
{
    guarded([&] { m_index.eraseSalts(after); });
}

std::optional<Counter> SqlStoreTx::counter(const Author &author)
{
    return guarded([&]() -> std::optional<Counter> {
        const auto found = m_devices.counter(author.device, author.incarnation);
        if (!found)
            return std::nullopt;
        return Counter{found->seq, found->prefix};
    });
}

void SqlStoreTx::setCounter(const Author &author, const Counter &counter)
{
    guarded([&] { m_devices.setCounter(author.device, author.incarnation, {counter.seq, counter.prefix}); });
}

void SqlStoreTx::keepReply(const Author &author, std::int64_t seq, const Reply &reply)
{
    guarded([&] { m_devices.keepReply(author.device, author.incarnation, seq, encodeReply(reply)); });
}

Answers SqlStoreTx::repliesAfter(const Author &author, std::int64_t retired)
{
    return guarded([&] {
        Answers answers;
        for (const auto &[seq, bytes] : m_devices.repliesAfter(author.device, author.incarnation, retired))
            answers.emplace_hint(answers.end(), seq, trusted(decodeReply(bytes), u"a reply"));
        return answers;
    });
}

void SqlStoreTx::dropReplies(const Author &author, std::int64_t retired)
{
    guarded([&] { m_devices.dropReplies(author.device, author.incarnation, retired); });
}

bool SqlStoreTx::hasBase(const Table &table, const Uuid &id)
{
    return guarded([&] { return m_images.hasBase(table, id); });
}

std::optional<Row> SqlStoreTx::base(const Table &table, const Uuid &id)
{
    return guarded([&]() -> std::optional<Row> {
        const auto bytes = m_images.base(table, id);
        if (!bytes)
            return std::nullopt;
        return trusted(decodeRow(table, *bytes), u"an image of a row");
    });
}

void SqlStoreTx::setBase(const Table &table, const Uuid &id, const std::optional<Row> &image)
{
    guarded([&] { m_images.setBase(table, id, image ? std::optional(encodeRow(table, *image)) : std::nullopt); });
}

void SqlStoreTx::eraseBase(const Table &table, const Uuid &id)
{
    guarded([&] { m_images.eraseBase(table, id); });
}

void SqlStoreTx::stagePut(const RowAt &row)
{
    guarded([&] { m_images.stagePut(*row.table, row.row.id, row.at, encodeRow(*row.table, row.row)); });
}

std::vector<RowAt> SqlStoreTx::stageAfter(RevPos after, int maxRows)
{
    return guarded([&] {
        std::vector<RowAt> rows;
        for (const auto &staged : m_images.stageAfter(after, maxRows))
            if (const Table *table = schema::findTable(staged.table))
                rows.push_back({table, trusted(decodeRow(*table, staged.row), u"a staged row"), staged.at});
        return rows;
    });
}

void SqlStoreTx::stageClear()
{
    guarded([&] { m_images.stageClear(); });
}

void SqlStoreTx::append(const OutboxEntry &entry, const std::vector<RowKey> &touches)
{
    guarded([&] {
        std::vector<storage::Outbox::RowKey> keys;
        keys.reserve(touches.size());
        for (const RowKey &key : touches)
            keys.emplace_back(key.table, key.id);
        m_outbox.append({entry.seq, entry.doomed, entry.provisional, entry.entry.at, encodeEntry(entry.entry)}, keys);
    });
}

std::optional<OutboxEntry> SqlStoreTx::outbox(std::int64_t seq)
{
    return guarded([&]() -> std::optional<OutboxEntry> {
        const auto item = m_outbox.item(seq);
        if (!item)
            return std::nullopt;
        return decoded(*item);
    });
}

std::vector<OutboxEntry> SqlStoreTx::outboxAfter(std::int64_t seq, int limit)
{
    return guarded([&] { return decoded(m_outbox.after(seq, limit)); });
}

std::vector<std::int64_t> SqlStoreTx::outboxTouching(const Table &table, const Uuid &id)
{
    return guarded([&] { return m_outbox.touching(table, id); });
}

void SqlStoreTx::markOutbox(std::int64_t seq, bool doomed, bool provisional)
{
    guarded([&] { m_outbox.mark(seq, doomed, provisional); });
}

void SqlStoreTx::retire(std::int64_t seq)
{
    guarded([&] { m_outbox.retire(seq); });
}

std::int64_t SqlStoreTx::renumberOutbox()
{
    return guarded([&] { return m_outbox.renumber(); });
}

void SqlStoreTx::reject(std::int64_t seq, const Entry &entry, const std::string &why)
{
    guarded([&] { m_outbox.reject({entry.uuid, seq, why, m_clock.utcMs(), encodeEntry(entry), 0, {}, {}}); });
}

} // namespace anteroom::node

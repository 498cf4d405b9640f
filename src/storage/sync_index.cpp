#include "storage/sync_index.h"

#include "schema/registry.h"
#include "storage/records.h"
#include "storage/sql_error.h"

#include <algorithm>

namespace anteroom::storage {

using schema::RevPos;
using schema::Salt;
using schema::Table;

namespace {

constexpr int kPosBits = 20;
constexpr std::int64_t kMaxRev = INT64_MAX >> kPosBits;
static_assert(schema::kAllOfRev == (1 << kPosBits) - 1);

} // namespace

std::int64_t packed(RevPos at)
{
    if (at.rev < 0 || at.rev > kMaxRev || at.pos < 0 || at.pos > schema::kAllOfRev)
        throw SqlError({ErrorCode::Protocol, Severity::Failure, QStringLiteral("The place (%1, %2) is outside of what a revision can be.").arg(at.rev).arg(at.pos)});
    return at.rev << kPosBits | at.pos;
}

RevPos unpacked(std::int64_t revpos)
{
    return {revpos >> kPosBits, static_cast<std::int32_t>(revpos & schema::kAllOfRev)};
}

std::optional<RevPos> SyncIndex::touched(const Table &table, const Uuid &id)
{
    Statement statement(m_connection, "SELECT revpos FROM sync_row WHERE tbl=?1 AND id=?2");
    statement.bindInt(1, table.number).bindUuid(2, id);
    if (!statement.step())
        return std::nullopt;
    return unpacked(statement.integer(0));
}

void SyncIndex::setTouched(const Table &table, const Uuid &id, RevPos at)
{
    Statement statement(m_connection, "INSERT INTO sync_row(tbl,id,revpos) VALUES(?1,?2,?3) ON CONFLICT(tbl,id) DO UPDATE SET revpos=excluded.revpos");
    statement.bindInt(1, table.number).bindUuid(2, id).bindInt(3, packed(at)).run();
}

void SyncIndex::scan(RevPos after, const Visit &visit)
{
    Statement keys(m_connection, "SELECT revpos,tbl,id FROM sync_row WHERE revpos>?1 ORDER BY revpos,tbl,id");
    keys.bindInt(1, packed(after));
    while (keys.step()) {
        const Table *table = schema::findTable(static_cast<std::uint16_t>(keys.integer(1)));
        if (!table)
            continue;
        auto row = readRow(m_connection, *table, keys.uuid(2));
        if (row && !visit(*table, std::move(*row), unpacked(keys.integer(0))))
            return;
    }
}

void SyncIndex::forEachKey(const Table &table, const VisitKey &visit)
{
    Statement keys(m_connection, "SELECT id,revpos FROM sync_row WHERE tbl=?1 ORDER BY id");
    keys.bindInt(1, table.number);
    while (keys.step())
        visit(table.number, keys.uuid(0), unpacked(keys.integer(1)));
}

void SyncIndex::eraseTouched(const Table &table, const Uuid &id)
{
    Statement statement(m_connection, "DELETE FROM sync_row WHERE tbl=?1 AND id=?2");
    statement.bindInt(1, table.number).bindUuid(2, id).run();
}

std::int64_t SyncIndex::countAfter(RevPos after)
{
    Statement statement(m_connection, "SELECT count(*) FROM sync_row WHERE revpos>?1");
    statement.bindInt(1, packed(after));
    return statement.step() ? statement.integer(0) : 0;
}

std::optional<QByteArray> SyncIndex::state(std::string_view key)
{
    Statement statement(m_connection, "SELECT value FROM sync_state WHERE key=?1");
    statement.bindText(1, key);
    if (!statement.step())
        return std::nullopt;
    return statement.blob(0).toByteArray();
}

void SyncIndex::setState(std::string_view key, const QByteArray &value)
{
    Statement statement(m_connection, "INSERT INTO sync_state(key,value) VALUES(?1,?2) ON CONFLICT(key) DO UPDATE SET value=excluded.value");
    statement.bindText(1, key).bindBlob(2, value).run();
}

std::optional<Salt> SyncIndex::salt(std::int64_t rev)
{
    Statement statement(m_connection, "SELECT salt FROM sync_salt WHERE rev=?1");
    statement.bindInt(1, rev);
    if (!statement.step())
        return std::nullopt;
    return static_cast<Salt>(statement.integer(0));
}

void SyncIndex::setSalt(std::int64_t rev, Salt salt)
{
    Statement statement(m_connection, "INSERT INTO sync_salt(rev,salt) VALUES(?1,?2) ON CONFLICT(rev) DO UPDATE SET salt=excluded.salt");
    statement.bindInt(1, rev).bindInt(2, static_cast<std::int64_t>(salt)).run();
}

std::vector<std::pair<std::int64_t, Salt>> SyncIndex::saltsBetween(std::int64_t from, std::int64_t to, int newest)
{
    Statement statement(m_connection, "SELECT rev,salt FROM sync_salt WHERE rev BETWEEN ?1 AND ?2 ORDER BY rev DESC LIMIT ?3");
    statement.bindInt(1, from).bindInt(2, to).bindInt(3, std::max(newest, 0));
    std::vector<std::pair<std::int64_t, Salt>> salts;
    while (statement.step())
        salts.emplace_back(statement.integer(0), static_cast<Salt>(statement.integer(1)));
    std::reverse(salts.begin(), salts.end());
    return salts;
}

std::vector<std::pair<std::int64_t, Salt>> SyncIndex::saltsSpread(std::int64_t lo, std::int64_t hi, int count)
{
    Statement size(m_connection, "SELECT count(*) FROM sync_salt WHERE rev>?1 AND rev<?2");
    size.bindInt(1, lo).bindInt(2, hi);
    const std::int64_t held = size.step() ? size.integer(0) : 0;
    const std::int64_t n = std::min<std::int64_t>(count, held);
    std::vector<std::pair<std::int64_t, Salt>> salts;
    if (n <= 0)
        return salts;
    Statement all(m_connection, "SELECT rev,salt FROM sync_salt WHERE rev>?1 AND rev<?2 ORDER BY rev");
    all.bindInt(1, lo).bindInt(2, hi);
    std::int64_t k = 0;
    for (std::int64_t at = 0; k < n && all.step(); ++at)
        if (at == (2 * k + 1) * held / (2 * n)) {
            salts.emplace_back(all.integer(0), static_cast<Salt>(all.integer(1)));
            ++k;
        }
    return salts;
}

std::optional<std::pair<std::int64_t, Salt>> SyncIndex::saltAtOrBefore(std::int64_t rev)
{
    Statement statement(m_connection, "SELECT rev,salt FROM sync_salt WHERE rev<=?1 ORDER BY rev DESC LIMIT 1");
    statement.bindInt(1, rev);
    if (!statement.step())
        return std::nullopt;
    return std::pair{statement.integer(0), static_cast<Salt>(statement.integer(1))};
}

void SyncIndex::eraseSalts(std::int64_t after)
{
    Statement statement(m_connection, "DELETE FROM sync_salt WHERE rev>?1");
    statement.bindInt(1, after).run();
}

} // namespace anteroom::storage

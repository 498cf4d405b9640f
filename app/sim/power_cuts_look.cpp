#include "app/sim/power_cuts_look.h"

#include "node/sql_store_tx.h"
#include "schema/registry.h"
#include "storage/migrations.h"
#include "storage/sql_error.h"

#include <QHashFunctions>

#include <sqlite3.h>

#include <stdexcept>

namespace anteroom::sim {

using storage::Connection;
using storage::Statement;

namespace {

constexpr std::size_t kHashSeed = 0x5eed;        // not 0: Qt's quick hash needs one
constexpr int kAllSalts = 1'000'000;             // more than any run makes

std::int64_t number(Connection &connection, const std::string &sql)
{
    Statement statement(connection, sql);
    return statement.step() && !statement.isNull(0) ? statement.integer(0) : 0;
}

// Each query counts what must not be.
struct Rule { const char *words; std::string sql; };

void add(std::vector<Rule> &rules, const char *words, std::string_view sql)
{
    Rule rule{words, {}};
    rule.sql.append(sql);
    rules.push_back(std::move(rule));
}

std::vector<Rule> rulesOfRows(bool host)
{
    std::vector<Rule> rules;
    const std::string created = host ? "" : " AND NOT EXISTS(SELECT 1 FROM sync_base b WHERE b.tbl=%n AND b.id=t.id AND b.image IS NULL)";
    for (const schema::Table *table : schema::allTables()) {
        const std::string name = '"' + std::string(table->name) + '"', n = std::to_string(table->number);
        std::string pending = created;
        if (const auto at = pending.find("%n"); at != std::string::npos)
            pending.replace(at, 2, n);
        add(rules, "a row has no place in the index",
            "SELECT count(*) FROM " + name + " t WHERE NOT EXISTS(SELECT 1 FROM sync_row s WHERE s.tbl=" + n + " AND s.id=t.id)" + pending);
        add(rules, "the index names a row that is not there",
            "SELECT count(*) FROM sync_row s WHERE s.tbl=" + n + " AND NOT EXISTS(SELECT 1 FROM " + name + " t WHERE t.id=s.id)");
    }
    return rules;
}

const std::vector<Rule> &rules(bool host)
{
    static const std::vector<Rule> ofHost = [] {
        auto all = rulesOfRows(true);
        const std::string head = "coalesce((SELECT max(rev) FROM sync_salt),0)";
        add(all, "a row was touched after the newest revision", "SELECT count(*) FROM sync_row WHERE (revpos>>20)>" + head);
        add(all, "a revision has no salt", "SELECT " + head + "-(SELECT count(*) FROM sync_salt WHERE rev>0)");
        add(all, "an answer lies beyond its counter",
            "SELECT count(*) FROM device_reply r WHERE r.seq>coalesce((SELECT seq FROM device_counter c WHERE c.device=r.device AND c.incarnation=r.incarnation),0)");
        add(all, "answers are missing between others",
            "SELECT count(*) FROM (SELECT max(seq)-min(seq)+1-count(*) AS gap FROM device_reply GROUP BY device, incarnation) WHERE gap<>0");
        return all;
    }();
    static const std::vector<Rule> ofClient = [] {
        auto all = rulesOfRows(false);
        add(all, "an outbox entry touches nothing", "SELECT count(*) FROM outbox o WHERE NOT EXISTS(SELECT 1 FROM outbox_row r WHERE r.seq=o.seq)");
        add(all, "the outbox index names an entry that is not there", "SELECT count(*) FROM outbox_row r WHERE NOT EXISTS(SELECT 1 FROM outbox o WHERE o.seq=r.seq)");
        add(all, "a host's image is kept for nothing",
            "SELECT count(*) FROM sync_base b WHERE NOT EXISTS(SELECT 1 FROM outbox_row r WHERE r.tbl=b.tbl AND r.id=b.id)");
        add(all, "a pending row has no host's image",
            "SELECT count(*) FROM outbox_row r WHERE NOT EXISTS(SELECT 1 FROM sync_base b WHERE r.tbl=b.tbl AND r.id=b.id)");
        return all;
    }();
    return host ? ofHost : ofClient;
}

QString insideFault(Connection &connection, bool host, const CutFacts &facts, sync::StoreTx &tx)
{
    for (const Rule &rule : rules(host))
        if (const std::int64_t n = number(connection, rule.sql); n != 0)
            return QStringLiteral("%1 (%2)").arg(QString::fromLatin1(rule.words)).arg(n);
    if (host) {
        if (facts.head != 0 && (facts.salts.empty() || facts.salts.rbegin()->first != facts.head))
            return QStringLiteral("the head is revision %1, the newest salt is another one's").arg(facts.head);
        return {};
    }
    const auto outbox = [&](const char *what) { return number(connection, std::string("SELECT ") + what + " FROM outbox"); };
    if (const std::int64_t count = outbox("count(*)"); count != facts.seq - facts.retired)
        return QStringLiteral("%1 entries wait, own acts are %2, answered %3").arg(count).arg(facts.seq).arg(facts.retired);
    if (outbox("count(*)") > 0 && (outbox("min(seq)") != facts.retired + 1 || outbox("max(seq)") != facts.seq))
        return QStringLiteral("the outbox does not follow what was answered");
    const sync::Cursor cursor = sync::stateCursor(tx, sync::key::kCursor).value_or(schema::kStart);
    if (number(connection, "SELECT max(revpos)>>20 FROM sync_row") > cursor.rev)
        return QStringLiteral("a row was touched after the cursor");
    if (cursor.rev > 0 && !facts.salts.contains(cursor.rev))
        return QStringLiteral("the cursor's revision has no salt");
    return {};
}

} // namespace

CutLook::CutLook(const Disk::Image &any)
    : m_disk(any)
{
    auto opened = storage::openDatabase(m_disk.path(kCutDatabase), storage::IfNewer::Refuse, Disk::openOptions());
    if (!opened)
        throw std::runtime_error(opened.error().detail.toStdString());
    m_connection = std::move(*opened);
}

std::optional<std::size_t> CutLook::pages(Connection &connection)
{
    sqlite3_int64 size = 0;
    unsigned char *bytes = sqlite3_serialize(connection.handle(), "main", &size, 0);
    if (!bytes)
        return std::nullopt;
    const std::size_t hash = qHashBits(bytes, static_cast<std::size_t>(size), kHashSeed);
    sqlite3_free(bytes);
    return hash;
}

std::optional<std::size_t> CutLook::look(const Disk::Image &image)
{
    m_disk.exchange(image);
    sqlite3_db_release_memory(m_connection->handle());
    return pages(*m_connection);
}

std::optional<sync::Mark> CutLook::mark() const
{
    const auto bytes = m_disk.readFile(kCutMark);
    return bytes ? sync::decodeMark(*bytes) : std::nullopt;
}

QString CutLook::integrity(Connection &connection)
{
    try {
        Statement statement(connection, "PRAGMA integrity_check");
        return statement.step() && statement.text(0) == "ok" ? QString() : QString::fromUtf8(statement.text(0));
    } catch (const storage::SqlError &e) {
        return e.error().detail;
    }
}

CutFacts CutLook::examine(bool host, const Uuid &client)
{
    CutFacts facts;
    if (facts.fault = integrity(*m_connection); !facts.fault.isEmpty())
        return facts;
    try {
        const CutClock clock;
        storage::Transaction read(*m_connection, "look", storage::Transaction::Kind::Read);
        node::SqlStoreTx tx(read, clock);
        facts.epoch = sync::stateEpoch(tx);
        for (const sync::RevSalt &s : tx.saltsBetween(0, INT64_MAX, kAllSalts))
            facts.salts[s.rev] = s.salt;
        facts.head = sync::stateInt(tx, sync::key::kHead);
        facts.incarnation = sync::stateInt(tx, sync::key::kIncarnation, 1);
        facts.seq = sync::stateInt(tx, sync::key::kSeq);
        facts.retired = sync::stateInt(tx, sync::key::kRetired);
        if (const auto counter = tx.counter({client, 1}); host && counter) {
            facts.answered = counter->seq;
            facts.prefix = counter->prefix;
        }
        facts.fault = insideFault(*m_connection, host, facts, tx);
        read.commit();
    } catch (const std::exception &e) {
        facts.fault = QString::fromUtf8(e.what());
    }
    return facts;
}

QString lostWords(bool host, const Told &told, const CutFacts &facts)
{
    if (!host) {
        if (facts.seq < told.seq)
            return QStringLiteral("act %1 was saved, the disk knows %2").arg(told.seq).arg(facts.seq);
        if (facts.retired < told.retired)
            return QStringLiteral("answer %1 was said to be held, the disk knows %2").arg(told.retired).arg(facts.retired);
        return {};
    }
    const auto salt = facts.salts.find(told.head.rev);
    if (told.head.rev > 0 && (facts.head < told.head.rev || salt == facts.salts.end() || salt->second != told.head.salt))
        return QStringLiteral("revision %1 was told, the disk knows %2").arg(told.head.rev).arg(facts.head);
    if (facts.answered < told.answered)
        return QStringLiteral("entry %1 was answered, the disk knows %2").arg(told.answered).arg(facts.answered);
    if (!told.prefix.empty() && facts.prefix != told.prefix)
        return QStringLiteral("the prefix %1 was given, the disk knows %2").arg(QString::fromStdString(told.prefix), QString::fromStdString(facts.prefix));
    return {};
}

QString markWords(bool host, const std::optional<sync::Mark> &mark, const Told &told, const CutFacts &facts)
{
    const auto *ofHost = mark ? std::get_if<sync::HostMark>(&*mark) : nullptr;
    const auto *ofClient = mark ? std::get_if<sync::ClientMark>(&*mark) : nullptr;
    if (host ? !ofHost : !ofClient)
        return QStringLiteral("the mark is gone");
    if (ofClient) {
        const bool leads = ofClient->incarnation > facts.incarnation || ofClient->seq > facts.seq;
        return leads || ofClient->seq < told.leftSeq
                   ? QStringLiteral("the mark names act %1, the disk knows %2, %3 went over a line").arg(ofClient->seq).arg(facts.seq).arg(told.leftSeq)
                   : QString();
    }
    const sync::RevSalt at = ofHost->at;
    const auto salt = facts.salts.find(at.rev);
    const bool known = ofHost->epoch == facts.epoch && at.rev <= facts.head && (at.rev == 0 || (salt != facts.salts.end() && salt->second == at.salt));
    return !known || at.rev < told.leftRev
               ? QStringLiteral("the mark names revision %1, the disk knows %2, %3 went over a line").arg(at.rev).arg(facts.head).arg(told.leftRev)
               : QString();
}

} // namespace anteroom::sim

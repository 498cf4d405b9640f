#include "node/core.h"

#include "core/secret.h"
#include "core/settings.h"
#include "node/data_folder.h"
#include "node/setup.h"
#include "node/sql_store_tx.h"
#include "schema/tables/sync_conflicts.h"
#include "schema/tables/sync_reviews.h"
#include "storage/disk.h"
#include "storage/migrations.h"
#include "storage/outbox.h"
#include "storage/records.h"
#include "storage/sql_error.h"

#include <QDir>
#include <QFile>

namespace anteroom::node {

using namespace sync;

namespace {

constexpr int kStatusMs = 100;               // many commits, one status
constexpr int kTroubleMs = 5000;             // a disk that was full is tried again
constexpr std::int64_t kExchangeNotedMs = 10'000;      // how old the folder's memory of the last exchange may be

std::int64_t openRows(storage::Connection &connection, const schema::Table &table, int status)
{
    const storage::Condition open{status, std::string("open")};
    return storage::countRows(connection, table, std::span(&open, 1));
}

} // namespace

Replica::Core::Core(ReplicaConfig config, transport::NetThread &net, CoreReports reports)
    : m_reports(std::move(reports))
{
    m_context.config = std::move(config);
    m_context.clock = m_context.config.clock ? m_context.config.clock : &m_systemClock;
    m_context.random = &m_random;
    m_context.net = &net;
    m_context.statusDirty = [this] {
        if (!m_statusTimer.isActive())
            m_statusTimer.start(kStatusMs);
    };
    m_statusTimer.setParent(this);
    m_statusTimer.setSingleShot(true);
    connect(&m_statusTimer, &QTimer::timeout, this, &Core::makeStatus);
    m_troubleTimer.setParent(this);
    connect(&m_troubleTimer, &QTimer::timeout, this, [this] {
        if (m_writer && m_writer->idle())
            m_writer->add({storage::Durability::Full, [this](StoreTx &tx, Effects &) { setStateInt(tx, key::kTroubleTried, m_context.clock->utcMs()); }, {}});
    });
    m_door = std::make_unique<Door>(*m_context.clock, m_random);
}

Replica::Core::~Core()
{
    if (m_writer)
        m_writer->finish();                                  // what was asked before the end: a save, the last words of a draft
    m_client.reset();
    m_host.reset();
    m_index.reset();
    m_writer.reset();
}

// ---- opening --------------------------------------------------------------------------------

Result<void> Replica::Core::open()
{
    const bool readable = m_context.config.readOnlyAllowed && QFile::exists(databasePath(m_context.config.dataDir));
    if (auto ready = storage::prepareDirectory(m_context.config.dataDir); !ready && !m_context.config.readOnlyAllowed)
        return ready;
    auto lock = storage::DataLock::take(m_context.config.dataDir);
    if (lock)
        m_lock = std::move(*lock);
    else if (!readable || lock.error().code == ErrorCode::Locked)
        return tl::unexpected(lock.error());
    else
        m_readOnly = true;                                   // nothing can be written here, reading needs no lock
    if (auto opened = openDatabase(); !opened)
        return opened;
    return resume();
}

Result<void> Replica::Core::openDatabase()
{
    const auto newer = m_context.config.readOnlyAllowed ? storage::IfNewer::OpenReadOnly : storage::IfNewer::Refuse;
    const QString path = databasePath(m_context.config.dataDir);
    auto connection = m_readOnly ? storage::Connection::open(path, storage::Mode::ReadOnly) : storage::openDatabase(path, newer);
    if (!connection)
        return tl::unexpected(connection.error());
    m_readOnly = (*connection)->mode() == storage::Mode::ReadOnly;
    WriterHooks hooks;
    hooks.working = [this] {
        if (m_host)
            m_host->remember();
    };
    hooks.worked = [this](const Effects &effects, bool own) {
        if (m_index)
            m_index->worked(effects, own);
    };
    hooks.beforeCommit = [this](StoreTx &tx, Effects &out) { beforeCommit(tx, out); };
    hooks.rolledBack = [this](StoreTx &tx) {
        if (m_host)
            m_host->reload(tx);
    };
    hooks.lost = [this](const Error &why) {
        m_lostError = why;
        noteTrouble(why);
        lost();
    };
    hooks.committed = [this](bool wrote) { return committed(wrote); };
    hooks.execute = [this](Effects &&effects) { execute(std::move(effects)); };
    m_writer = std::make_unique<Writer>(std::move(*connection), *m_context.clock, std::move(hooks));
    if (!m_readOnly)
        m_index = std::make_unique<IndexService>(*m_writer, *m_context.clock);
    m_context.writer = m_writer.get();
    m_mark = std::make_unique<MarkKeeper>(m_context.config.dataDir);
    return {};
}

Result<void> Replica::Core::resume()
{
    QByteArray role, address;
    std::int64_t port = 0;
    QByteArray refused;
    bool first = false;
    try {
        storage::Transaction transaction(m_writer->connection(), "resume",
                                         m_readOnly ? storage::Transaction::Kind::Read : storage::Transaction::Kind::Write);
        SqlStoreTx tx(transaction, *m_context.clock);
        role = tx.state(key::kRole).value_or(QByteArray());
        m_context.identity = loadIdentity(tx);
        address = tx.state(key::kHostAddress).value_or(QByteArray());
        port = stateInt(tx, key::kHostPort);
        refused = tx.state(sync::key::kHistoryRefused).value_or(QByteArray());
        first = !tx.state(sync::key::kFirstSync).value_or(QByteArray()).isEmpty();
        if (!role.isEmpty() && !m_readOnly) {                // before anything is served, and before its own desk writes
            m_finding = m_mark->check(role == "host", m_random, tx);
            if (role == "host")
                m_host = std::make_unique<HostService>(m_context, tx);
            m_mark->begin(role == "host", tx);
        }
        count(tx, {});
        m_rev = role == "client" ? stateCursor(tx, sync::key::kCursor).value_or(schema::kStart).rev : stateInt(tx, sync::key::kHead);
        m_lastExchange = stateInt(tx, key::kLastExchange);
        m_epoch = stateEpoch(tx).number;
        transaction.commit();
    } catch (const StoreFailure &e) {
        return tl::unexpected(e.error());
    } catch (const storage::SqlError &e) {
        return tl::unexpected(e.error());
    }
    if (const auto settings = Settings::load(m_context.config.dataDir)) {
        m_autoSync = settings->get(setting::kSyncAuto);
        m_syncIntervalS = static_cast<int>(settings->get(setting::kSyncIntervalS));
    }
    if (role == "client" && !m_readOnly) {
        m_writer->connection().setForeignKeys(!first);
        const auto token = readSecretFile(tokenPath(m_context.config.dataDir));
        if (!token)
            return tl::unexpected(token.error());
        m_client = std::make_unique<ClientService>(m_context, *m_door, *token, QString::fromUtf8(address), static_cast<quint16>(port));
        if (!refused.isEmpty())
            m_client->refuseHistory(QString::fromUtf8(refused));
        m_client->setInterval(m_autoSync, m_syncIntervalS);
        m_client->connectNow();                              // refused or not: another machine may have answered then
    }
    m_status.role = role == "client" ? Role::Client : role == "host" ? Role::Solo : Role::Empty;
    if (m_host)
        resumeHosting();
    makeStatus();
    return {};
}

Result<void> Replica::Core::writable() const
{
    if (!m_writer)
        return fail(ErrorCode::Io, QStringLiteral("The data of this folder could not be opened again; its copy is in the folder aside-…. Make room on the disk, start Anteroom again and join."));
    if (m_readOnly)
        return fail(ErrorCode::ReadOnly, QStringLiteral("A newer Anteroom wrote this data. Update Anteroom on this PC; until then it can only be read."));
    return {};
}

// ---- transactions ---------------------------------------------------------------------------

void Replica::Core::beforeCommit(StoreTx &tx, Effects &out)
{
    if (m_client)
        m_client->beforeCommit(tx, out);
    if (m_host || m_client)
        m_mark->prepare(tx);
    const std::int64_t before = m_rev;
    m_rev = m_host ? m_host->log().head() : stateCursor(tx, sync::key::kCursor).value_or(schema::kStart).rev;
    m_epoch = m_host ? m_host->log().epoch().number : stateEpoch(tx).number;
    const std::int64_t now = m_context.clock->utcMs();
    if (m_client && m_rev != before && now - m_lastExchange >= kExchangeNotedMs) {       // beside rows only: a beat writes nothing
        setStateInt(tx, key::kLastExchange, now);
        m_lastExchange = now;
    }
}

// COMMIT, then the mark, then what leaves (H20). Where the mark cannot be written the lines start over.
Result<void> Replica::Core::committed(bool wrote)
{
    if (m_host || m_client)
        if (auto kept = m_mark->keep(); !kept) {
            noteTrouble(kept.error());
            if (m_host)
                m_host->lost();
            if (m_client)
                m_client->hangUp(kept.error());
            return kept;
        }
    if (wrote && m_trouble) {
        m_trouble.reset();
        m_troubleTimer.stop();
        m_context.statusDirty();
    }
    return {};
}

void Replica::Core::noteTrouble(const Error &why)
{
    if (why.code != ErrorCode::DiskFull && why.code != ErrorCode::Io && why.code != ErrorCode::ReadOnly)
        return;
    m_trouble = why;
    m_troubleTimer.start(kTroubleMs);
    m_context.statusDirty();
}

void Replica::Core::count(StoreTx &, const Effects &)
{
    auto &connection = m_writer->connection();
    const auto summary = storage::Outbox(connection).summary();
    m_counts.pending = summary.count;
    m_counts.oldestAt = summary.oldestAt;
    m_counts.rejected = storage::Outbox(connection).rejectedCount();
    m_counts.conflicts = static_cast<int>(openRows(connection, schema::tables::sync_conflicts, schema::col(schema::tables::sync_conflicts, "status")));
    m_counts.reviews = static_cast<int>(openRows(connection, schema::tables::sync_reviews, schema::col(schema::tables::sync_reviews, "status")));
    m_counts.stale = false;
}

// Counting reads tables; only what may have changed a count asks for it.
void Replica::Core::noteCounts(const Effects &effects)
{
    bool stale = m_client && (!effects.answered.empty() || !effects.touched.empty());
    for (const RowKey &key : effects.touched)
        stale = stale || key.table == &schema::tables::sync_conflicts || key.table == &schema::tables::sync_reviews;
    m_counts.stale = m_counts.stale || stale;
}

void Replica::Core::execute(Effects &&effects)
{
    if (m_host)
        m_host->execute(effects);
    if (m_client) {
        m_client->execute(effects);
        if (effects.caughtUp)
            m_writer->connection().setForeignKeys(true);     // the first sync is whole now
    }
    noteCounts(effects);
    if (m_index)
        m_index->committed(effects);
    if (!effects.touched.empty()) {
        ChangeNotice notice;
        notice.reserve(effects.touched.size());
        for (const RowKey &key : effects.touched)
            notice.push_back({key.table, key.id});
        m_reports.changed(notice);
    }
    m_context.statusDirty();
}

void Replica::Core::lost()
{
    m_counts.stale = true;
    if (m_host)
        m_host->lost();
    if (m_client)
        m_client->lost(m_lostError);
}

void Replica::Core::syncNow(Promise<SyncSummary> promise)
{
    const auto needsYou = [this] { return m_counts.conflicts + m_counts.reviews + m_counts.rejected; };
    if (!m_client) {
        promise.finish(SyncSummary{0, 0, needsYou()});
        return;
    }
    m_client->syncNow([promise, needsYou](Result<SyncSummary> result) {
        if (result)
            result->needsYou = needsYou();
        promise.finish(std::move(result));
    });
}

void Replica::Core::setAutoSync(bool on, int seconds)
{
    m_autoSync = on;
    m_syncIntervalS = seconds;
    if (m_client)
        m_client->setInterval(on, seconds);
    m_context.statusDirty();
}

void Replica::Core::reconnectNow()
{
    if (m_client)
        m_client->reconnect();
}

} // namespace anteroom::node

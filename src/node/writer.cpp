#include "node/writer.h"

#include "node/sql_store_tx.h"
#include "storage/sql_error.h"
#include "storage/transaction.h"

#include <vector>

namespace anteroom::node {

namespace {

constexpr std::size_t kBatchJobs = 128;          // a burst shares one fsync
constexpr std::int64_t kBatchMs = 25;            // and never holds the lock for long (rule 7: 50 ms)
constexpr int kIdleMs = 300;                     // quiet for this long: copy the WAL back
constexpr std::int64_t kWalSoftBytes = 4 * 1024 * 1024;
constexpr std::int64_t kWalHardBytes = 64 * 1024 * 1024;     // a storm without a pause: copy between two batches

struct Outcome {
    Job job;
    sync::Effects effects;
    std::optional<Error> error;
};

} // namespace

Writer::Writer(std::unique_ptr<storage::Connection> connection, const Clock &clock, WriterHooks hooks)
    : m_connection(std::move(connection))
    , m_clock(clock)
    , m_hooks(std::move(hooks))
{
    m_idle.setParent(this);
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &Writer::housekeep);
}

void Writer::add(Job job)
{
    if (m_finishing)
        return;
    m_jobs.push_back(std::move(job));
    if (m_scheduled)
        return;
    m_scheduled = true;                          // what the event loop already holds joins the same batch
    QMetaObject::invokeMethod(this, &Writer::drain, Qt::QueuedConnection);
}

void Writer::drain()
{
    m_scheduled = false;
    if (m_jobs.empty())
        return;
    runBatch();
    if (!m_jobs.empty() && !m_scheduled) {
        m_scheduled = true;
        QMetaObject::invokeMethod(this, &Writer::drain, Qt::QueuedConnection);
    }
    if (m_connection->walBytes() > kWalHardBytes)
        housekeep();
    else
        m_idle.start(kIdleMs);
}

void Writer::finish()
{
    m_finishing = true;
    while (!m_jobs.empty())                      // each batch takes one at least, also where the disk is full
        runBatch();
}

void Writer::runBatch()
{
    std::vector<Outcome> outcomes;
    sync::Effects shared;
    const std::int64_t begin = m_clock.monotonicMs();
    storage::Durability durability = storage::Durability::Normal;
    for (std::size_t i = 0; i < m_jobs.size() && i < kBatchJobs; ++i)
        if (m_jobs[i].durability == storage::Durability::Full)
            durability = storage::Durability::Full;
    try {
        m_connection->setDurability(durability);
        storage::Transaction transaction(*m_connection, "writer");
        SqlStoreTx store(transaction, m_clock);
        if (m_lost) {                            // before any job that waited already: it must not build on what never was
            m_hooks.rolledBack(store);
            m_lost = false;
        }
        while (!m_jobs.empty() && outcomes.size() < kBatchJobs && (outcomes.empty() || m_clock.monotonicMs() - begin < kBatchMs)) {
            outcomes.push_back({std::move(m_jobs.front()), {}, {}});
            m_jobs.pop_front();
            Outcome &o = outcomes.back();
            try {
                storage::Savepoint savepoint(transaction);
                m_hooks.working();
                o.job.work(store, o.effects);
                m_hooks.worked(o.effects, o.job.own);
                savepoint.release();
            } catch (const sync::StoreFailure &failure) {
                o.error = failure.error();
                o.effects = {};
                if (!m_connection->inTransaction())
                    throw;
                m_hooks.rolledBack(store);
            }
        }
        m_hooks.beforeCommit(store, shared);
        const std::int64_t logged = m_connection->walBytes();
        transaction.commit();
        if (!m_hooks.committed(m_connection->walBytes() != logged)) {      // what was written stands, and is said to nobody
            shared.sends.clear();
            for (Outcome &o : outcomes)
                o.effects.sends.clear();
        }
    } catch (const std::exception &e) {
        Error error{ErrorCode::Io, Severity::Failure, QString::fromUtf8(e.what()), {}};
        if (const auto *failure = dynamic_cast<const sync::StoreFailure *>(&e))
            error = failure->error();
        else if (const auto *sql = dynamic_cast<const storage::SqlError *>(&e))
            error = sql->error();
        for (Outcome &o : outcomes) {
            if (!o.error)
                o.error = error;
            o.effects = {};
        }
        shared = {};
        if (outcomes.empty() && !m_jobs.empty()) {       // not even BEGIN worked: the first waiting job hears of it
            outcomes.push_back({std::move(m_jobs.front()), {}, error});
            m_jobs.pop_front();
        }
        m_lost = true;
        m_hooks.lost(error);
    }
    sync::Effects all;
    for (Outcome &o : outcomes)
        all.append(sync::Effects(o.effects));
    all.append(std::move(shared));
    m_hooks.execute(std::move(all));
    for (Outcome &o : outcomes)
        if (o.job.done)
            o.job.done(o.error, o.effects);
}

void Writer::housekeep()
{
    try {
        if (m_connection->walBytes() > kWalSoftBytes || m_jobs.empty())
            (void)m_connection->checkpoint();
    } catch (const storage::SqlError &) {
        m_idle.start(kIdleMs * 10);              // a full disk: the WAL stays and is copied when there is room
    }
}

} // namespace anteroom::node

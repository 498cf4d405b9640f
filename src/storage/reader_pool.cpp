#include "storage/reader_pool.h"

#include <sqlite3.h>

namespace anteroom::storage {

namespace {

constexpr int kStepsBetweenLooks = 4000;         // virtual machine steps: some tens of microseconds

Error stopped()
{
    return {ErrorCode::Cancelled, Severity::Note, QStringLiteral("The database is being closed.")};
}

} // namespace

ReaderPool::ReaderPool(QString databasePath, int threads)
    : m_path(std::move(databasePath))
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { work(); });
}

ReaderPool::~ReaderPool()
{
    std::deque<std::unique_ptr<Job>> waiting;
    {
        const std::lock_guard guard(m_mutex);
        m_stopping = true;
        waiting.swap(m_jobs);
    }
    m_wake.notify_all();
    for (auto &job : waiting)
        job->refuse(stopped());
    for (std::thread &thread : m_threads)
        thread.join();
}

void ReaderPool::add(std::unique_ptr<Job> job)
{
    {
        const std::lock_guard guard(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void ReaderPool::work()
{
    std::unique_ptr<Connection> connection;      // opened, used and closed on this thread alone
    for (;;) {
        std::unique_ptr<Job> job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
            if (m_stopping)
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        if (!job->cancelled())
            runOne(*job, connection);
    }
}

void ReaderPool::runOne(Job &job, std::unique_ptr<Connection> &connection)
{
    if (!connection) {
        auto opened = Connection::open(m_path, Mode::ReadOnly);
        if (!opened) {
            job.refuse(opened.error());          // the next job tries again
            return;
        }
        connection = std::move(*opened);
    }
    struct Watch {
        ReaderPool &pool;
        Job &job;
    } watch{*this, job};
    sqlite3_progress_handler(connection->handle(), kStepsBetweenLooks, [](void *p) {
        auto *w = static_cast<Watch *>(p);
        const std::lock_guard guard(w->pool.m_mutex);
        return w->pool.m_stopping || w->job.cancelled() ? 1 : 0;
    }, &watch);
    job.run(*connection);
    sqlite3_progress_handler(connection->handle(), 0, nullptr, nullptr);
}

} // namespace anteroom::storage

// ReaderPool: a few threads, each with a read-only connection of its own. A job is a function of a Connection; it runs in
// one read transaction, so a page never sees half a change, and must finish its statements before it returns (leases do
// that by themselves). Results come as futures; cancelling one that waits drops it, one that runs is interrupted.
// submit() never blocks. The destructor waits for running jobs, after interrupting them; waiting ones end Cancelled.
#pragma once

#include "storage/sql_error.h"
#include "storage/transaction.h"

#include <QFuture>
#include <QPromise>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <type_traits>

namespace anteroom::storage {

inline constexpr int kReaderThreads = 2;         // a page and a search side by side; more would pin the WAL longer

class ReaderPool {
public:
    explicit ReaderPool(QString databasePath, int threads = kReaderThreads);
    ~ReaderPool();
    ReaderPool(const ReaderPool &) = delete;
    ReaderPool &operator=(const ReaderPool &) = delete;

    // `read` is Result<T>(Connection &); it may throw SqlError.
    template <typename Read>
    [[nodiscard]] auto submit(Read read) -> QFuture<std::invoke_result_t<Read &, Connection &>>;

private:
    class Job {
    public:
        virtual ~Job() = default;
        virtual void run(Connection &connection) = 0;
        virtual void refuse(const Error &error) = 0;
        [[nodiscard]] virtual bool cancelled() const = 0;
    };
    template <typename Read>
    class ReadJob;

    void add(std::unique_ptr<Job> job);
    void work();
    void runOne(Job &job, std::unique_ptr<Connection> &connection);

    const QString m_path;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::unique_ptr<Job>> m_jobs;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

template <typename Read>
class ReaderPool::ReadJob final : public Job {
public:
    using Answer = std::invoke_result_t<Read &, Connection &>;

    explicit ReadJob(Read read) : m_read(std::move(read)) { m_promise.start(); }
    ~ReadJob() override { m_promise.finish(); }
    [[nodiscard]] QFuture<Answer> future() const { return m_promise.future(); }
    void refuse(const Error &error) override { m_promise.addResult(Answer(tl::unexpected(error))); }
    [[nodiscard]] bool cancelled() const override { return m_promise.isCanceled(); }
    void run(Connection &connection) override
    {
        try {
            Transaction snapshot(connection, "read", Transaction::Kind::Read);
            Answer answer = m_read(connection);
            m_promise.addResult(std::move(answer));
        } catch (const SqlError &e) {
            refuse(e.error());
        }
    }

private:
    Read m_read;
    mutable QPromise<Answer> m_promise;
};

template <typename Read>
auto ReaderPool::submit(Read read) -> QFuture<std::invoke_result_t<Read &, Connection &>>
{
    auto job = std::make_unique<ReadJob<Read>>(std::move(read));
    auto future = job->future();
    add(std::move(job));
    return future;
}

} // namespace anteroom::storage

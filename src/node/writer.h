// Writer: the one queue of everything that writes. Jobs that already wait share a database transaction, a SAVEPOINT
// each (DESIGN 3); their effects leave after the common COMMIT. Lives on the writer thread and is used only there; the
// hooks are the owner's. A job that fails takes nothing with it but itself, unless SQLite gave up the transaction.
#pragma once

#include "core/clock.h"
#include "core/result.h"
#include "storage/connection.h"
#include "sync/effects.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>

namespace anteroom::node {

struct Job {
    storage::Durability durability = storage::Durability::Full;
    // Inside the transaction; throws StoreFailure to be rolled back.
    std::function<void(sync::StoreTx &, sync::Effects &)> work;
    // After the COMMIT, or with the error. May add jobs.
    std::function<void(const std::optional<Error> &, const sync::Effects &)> done;
    bool own = false;                            // an act of this PC
};

struct WriterHooks {
    std::function<void()> working;                                           // before a job's work
    std::function<void(const sync::Effects &, bool own)> worked;             // after a job's work, undone with it
    std::function<void(sync::StoreTx &, sync::Effects &)> beforeCommit;      // once a transaction
    std::function<Result<void>(bool wrote)> committed;   // after the COMMIT; an error: nothing of it may leave this PC
    std::function<void(sync::StoreTx &)> rolledBack;     // a job was undone, or the last transaction: caches are read again
    std::function<void(const Error &)> lost;             // the transaction is gone: lines start over
    std::function<void(sync::Effects &&)> execute;       // after the COMMIT
};

class Writer final : public QObject {
    Q_OBJECT
public:
    Writer(std::unique_ptr<storage::Connection> connection, const Clock &clock, WriterHooks hooks);

    void add(Job job);
    // At the end: every job that waits is done now. What their `done` adds has nobody left who waits for it.
    void finish();
    [[nodiscard]] storage::Connection &connection() { return *m_connection; }
    [[nodiscard]] bool idle() const { return m_jobs.empty(); }

private:
    void drain();
    void runBatch();
    void housekeep();

    std::unique_ptr<storage::Connection> m_connection;
    const Clock &m_clock;
    WriterHooks m_hooks;
    std::deque<Job> m_jobs;
    QTimer m_idle;
    bool m_scheduled = false;
    bool m_finishing = false;
    bool m_lost = false;                         // the last transaction: engines are read again in the next
};

} // namespace anteroom::node

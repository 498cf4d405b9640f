// ReplicaPair: a host and its clients in one process, over 127.0.0.1 and a port of the system's choice, in folders of
// their own. What the tests of tables and of conflicts need of them: await a state by signals, cut and mend the line,
// restart either side, shift the day. Never sleeps; a state that does not come throws Broken with words.
#pragma once

#include "node/replica.h"

#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace anteroom::test {

inline constexpr int kGenerousMs = 30'000;       // a loaded machine; a healthy one needs milliseconds

struct Broken { QString why; };                  // thrown by the helpers, shown by the test
void check(bool holds, const QString &why);

// A clock that tests may set ahead; its pace is the system's.
class ShiftedClock final : public Clock {
public:
    [[nodiscard]] std::int64_t utcMs() const override { return m_system.utcMs() + m_ahead; }
    [[nodiscard]] std::int64_t monotonicMs() const override { return m_system.monotonicMs() + m_passed; }
    void ahead(std::int64_t ms) { m_ahead += ms; }
    void passes(std::int64_t ms) { m_ahead += ms, m_passed += ms; }

private:
    SystemClock m_system;
    std::atomic<std::int64_t> m_ahead{0}, m_passed{0};
};

template <typename T>
[[nodiscard]] Result<T> outcome(QFuture<Result<T>> future)
{
    QFutureWatcher<Result<T>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(future);
    if (!future.isFinished())
        (void)finished.wait(kGenerousMs);
    check(future.isFinished() && future.resultCount() == 1, QStringLiteral("no answer came"));
    return future.result();
}

template <typename T>
T take(QFuture<Result<T>> future)
{
    Result<T> result = outcome(std::move(future));
    check(result.has_value(), result ? QString() : result.error().detail);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

[[nodiscard]] Uuid newId();
// Asks again after each commit and each status of the replica until it holds.
void await(node::Replica &replica, const QString &what, const std::function<bool()> &holds);
[[nodiscard]] std::optional<schema::Row> rowOf(node::Replica &replica, const schema::Table &table, const Uuid &id);
[[nodiscard]] std::vector<schema::Row> rowsWhere(node::Replica &replica, const schema::Table &table, std::vector<schema::ColumnValue> where);
// Comes when the row is there and `is` holds for it.
schema::Row awaitRow(node::Replica &replica, const schema::Table &table, const Uuid &id, const QString &what,
                     const std::function<bool(const schema::Row &)> &is = {});
// Own entries without an answer, as the database holds them this moment; the status tells a little later.
[[nodiscard]] int unanswered(node::Replica &replica);
// A saved act; throws where it was refused or shown differences.
node::SaveOutcome saved(node::Replica &replica, node::Act act);

class ReplicaPair {
public:
    explicit ReplicaPair(int clients = 1);
    ~ReplicaPair();

    [[nodiscard]] node::Replica &host() { return *m_host; }
    [[nodiscard]] node::Replica &client(int i = 0) { return *m_clients[static_cast<std::size_t>(i)]; }
    [[nodiscard]] ShiftedClock &clock() { return m_clock; }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString folder(const QString &name) const { return m_dir.filePath(name); }
    [[nodiscard]] QString hostFolder() const { return folder(QStringLiteral("host")); }
    [[nodiscard]] QString clientFolder(int i = 0) const { return folder(QStringLiteral("client%1").arg(i)); }

    [[nodiscard]] std::unique_ptr<node::Replica> open(const QString &dataDir, bool network = true);
    [[nodiscard]] node::JoinRequest request(const QString &deviceName);      // with a new access code
    [[nodiscard]] std::unique_ptr<node::Replica> joined(const QString &name);
    int addClient();

    void unplug();                               // the host stops hosting; returns when every client knows
    void plug();                                 // on the same port; the clients are told to try at once
    void closeClient(int i = 0);
    void openClient(int i = 0, bool network = true);
    void closeHost();
    void openHost();

    // Both hold the same row.
    void awaitEqual(const schema::Table &table, const Uuid &id, const QString &what);
    // Nothing waits and the contents of all replicas are the same, table by table.
    void awaitSameContent();

private:
    QTemporaryDir m_dir;
    ShiftedClock m_clock;
    std::unique_ptr<node::Replica> m_host;
    std::vector<std::unique_ptr<node::Replica>> m_clients;
    quint16 m_port = 0;
};

} // namespace anteroom::test

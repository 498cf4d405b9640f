// Replica::Core: the part of a replica that lives on the writer thread: database, door, and the service of its role.
// Made, used and destroyed there; Replica talks to it by queued calls. Reports by callbacks that may run on it only.
#pragma once

#include "node/client_service.h"
#include "node/core_context.h"
#include "node/door.h"
#include "node/host_service.h"
#include "node/index_service.h"
#include "node/mark_keeper.h"
#include "storage/data_lock.h"

#include <QTimer>

namespace anteroom::node {

struct CoreReports {                         // called on the writer thread
    std::function<void(const Status &)> status;
    std::function<void(const Identity &)> identity;
    std::function<void(const ChangeNotice &)> changed;
    std::function<void()> replaced;          // the database file is another one now
};

class Replica::Core final : public QObject {
    Q_OBJECT
public:
    Core(ReplicaConfig config, transport::NetThread &net, CoreReports reports);
    ~Core() override;

    [[nodiscard]] Result<void> open();
    [[nodiscard]] Identity identity() const { return m_context.identity; }
    [[nodiscard]] Status status() const { return m_status; }
    [[nodiscard]] Status freshStatus();

    void startClinic(const StartClinic &request, Promise<void> promise);
    void join(const JoinRequest &request, Promise<void> promise);
    void startHosting(const QString &address, quint16 port, Promise<Listening> promise);
    void stopHosting(Promise<void> promise);
    void newAccessCode(Promise<AccessCode> promise);
    void syncNow(Promise<SyncSummary> promise);
    void setAutoSync(bool on, int seconds);
    void reconnectNow();
    // `also` is written in the act's transaction, where it is saved.
    void save(const Act &act, Promise<SaveOutcome> promise, const std::function<void()> &also = {});
    void sendAgain(const Uuid &refused, const Act &act, Promise<SaveOutcome> promise);
    void dropRefused(const Uuid &refused, const QString &why, Promise<void> promise);
    void claim(const Act &act, schema::Claim claim, Promise<ClaimOutcome> promise);
    void confirmNumbers(const Promise<void> &promise);
    void draft(const QString &key, Promise<std::optional<DraftNote>> promise);
    void drafts(const QString &prefix, Promise<std::vector<DraftNote>> promise);
    void putDraft(const QString &key, const QByteArray &value, Promise<void> promise);
    void eraseDraft(const QString &key, Promise<void> promise);

private:
    struct Counts { int pending = 0, rejected = 0, conflicts = 0, reviews = 0; std::int64_t oldestAt = 0; bool stale = true; };

    [[nodiscard]] Result<void> openDatabase();
    [[nodiscard]] Result<void> resume();                     // goes on in the role that the folder has
    void beforeCommit(sync::StoreTx &tx, sync::Effects &out);
    void execute(sync::Effects &&effects);
    void lost();
    [[nodiscard]] Result<void> committed(bool wrote);
    void noteTrouble(const Error &why);
    void joined(const JoinRequest &request, const sync::Joined &joined, const Promise<void> &promise);
    [[nodiscard]] Result<void> setAside();
    void noteCounts(const sync::Effects &effects);
    void count(sync::StoreTx &tx, const sync::Effects &out);
    void makeStatus();
    void explain(Status &next);                              // what is wrong, in words
    void resumeHosting();
    [[nodiscard]] Result<void> writable() const;
    void permit(const schema::Entry &entry, std::optional<schema::Role> role, sync::StoreTx &tx) const;
    template <typename T>
    void readDrafts(const Promise<T> &promise, std::function<T(storage::Connection &)> read);
    // Runs `work` in one transaction; the promise hears of a failure.
    template <typename T>
    void transact(const Promise<T> &promise, std::function<void(sync::StoreTx &, sync::Effects &)> work, std::function<void()> then);

    CoreReports m_reports;
    SystemClock m_systemClock;
    SystemRandom m_random;
    CoreContext m_context;
    std::unique_ptr<storage::DataLock> m_lock;
    std::unique_ptr<Writer> m_writer;
    std::unique_ptr<IndexService> m_index;
    std::unique_ptr<MarkKeeper> m_mark;
    std::unique_ptr<Door> m_door;
    std::unique_ptr<HostService> m_host;
    std::unique_ptr<ClientService> m_client;
    Counts m_counts;
    Status m_status;
    QTimer m_statusTimer;
    std::int64_t m_rev = 0, m_epoch = 0;
    std::int64_t m_lastExchange = 0;                         // client: UTC ms, as the folder remembers it
    Error m_lostError;
    std::optional<Error> m_trouble;                          // commits, or their mark, fail
    QTimer m_troubleTimer;
    sync::HistoryFinding m_finding;                          // of this start
    bool m_findingMet = false;                               // a client caught up since
    bool m_readOnly = false, m_autoSync = true;
    int m_syncIntervalS = 30;
};

// A call on the writer thread; the answer comes as a future.
template <typename T, typename Call>
QFuture<Result<T>> onCore(Replica::Core *core, Call call)
{
    Promise<T> promise;
    QMetaObject::invokeMethod(core, [promise, call = std::move(call)] { call(promise); }, Qt::QueuedConnection);
    return promise.future();
}

template <typename T>
void Replica::Core::transact(const Promise<T> &promise, std::function<void(sync::StoreTx &, sync::Effects &)> work, std::function<void()> then)
{
    if (auto may = writable(); !may) {
        promise.finish(tl::unexpected(may.error()));
        return;
    }
    m_writer->add({storage::Durability::Full, std::move(work),
                   [promise, then = std::move(then)](const std::optional<Error> &error, const sync::Effects &) {
                       if (error)
                           promise.finish(tl::unexpected(*error));
                       else
                           then();
                   }, true});
}

} // namespace anteroom::node

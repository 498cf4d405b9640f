// ClientService: the client's side of a replica: one line to the host, a new engine for each, reconnecting with
// backoff, claims that wait for their answer, manual and periodic sync. Writer thread.
#pragma once

#include "node/content_reader.h"
#include "node/core_context.h"
#include "node/door.h"
#include "sync/client_engine.h"
#include "transport/websocket_link.h"

#include <QTimer>

#include <map>
#include <set>

namespace anteroom::node {

class ClientService final : public QObject {
    Q_OBJECT
public:
    ClientService(CoreContext &context, Door &door, QByteArray token, QString address, quint16 port);
    ~ClientService() override;

    void connectNow();
    void setInterval(bool on, int seconds);                // of the periodic sync
    void reconnect();                                       // a person asks: the line is made anew, at once
    void refuseHistory(const QString &words);               // the host said so before this start
    void syncNow(std::function<void(Result<SyncSummary>)> done);
    // The claim is saved under this seq: answered by the host, or provisional after 1 s, or at once when offline.
    void awaitClaim(std::int64_t seq, ClaimOutcome meanwhile, Promise<ClaimOutcome> promise);

    void beforeCommit(sync::StoreTx &tx, sync::Effects &out);
    void execute(const sync::Effects &effects);
    void lost(const Error &why);
    void hangUp(const Error &why);                          // the line starts over

    [[nodiscard]] bool online() const { return m_engine && m_welcomed && !m_silent; }
    void describe(Status &status) const;                    // role, host, state and its times; the counts are there

    // First contact: exchanges a code for a device and a token over a link of its own.
    [[nodiscard]] static QFuture<Result<sync::Joined>> join(CoreContext &context, QObject *owner, const JoinRequest &request);

private:
    struct Waiting { ClaimOutcome meanwhile; Promise<ClaimOutcome> promise; };
    struct Run {                                            // a manual sync
        std::vector<std::function<void(Result<SyncSummary>)>> waiting;
        std::int64_t received = 0, begun = 0;
        std::int64_t logSeq = 0;                            // its entry in sync_log: the last thing it waits for
        int sent = 0;
        bool asked = false, caughtUp = false;
    };

    static constexpr int kRunLimitMs = 15000;               // without any progress a manual sync ends in words

    void opened();
    void received(const sync::MessagePtr &message);
    void closed(const Error &why);
    void retryIn(int ms);
    void say();
    void goOn(std::int64_t seq);
    void advanceRun();
    void endRun(Result<SyncSummary> result);
    std::int64_t logRun(const char *kind, std::int64_t begun, std::int64_t sent, std::int64_t received, sync::StoreTx &tx, sync::Effects &out);
    void tick();
    void noteSkew(std::int64_t hostMs);
    void checkContent();
    void readContent();

    CoreContext &m_context;
    Door &m_door;
    QByteArray m_token;
    QString m_address;
    quint16 m_port;
    transport::NetOwned<transport::WebSocketLink> m_link;
    std::unique_ptr<sync::ClientEngine> m_engine;           // lives for exactly one connection
    std::uint64_t m_line = 0;                               // which connection a queued job belongs to
    std::map<std::int64_t, Waiting> m_claims;
    std::optional<Run> m_run;
    std::set<std::int64_t> m_logSeqs;                       // own entries of sync_log: nobody counts them as sent
    QTimer m_retry, m_periodic, m_tick, m_runLimit;
    ContentReader m_content;
    std::int64_t m_seenHead = -1, m_quietSince = 0, m_checkNotBefore = 0;      // of the content check; monotonic
    bool m_checking = false;                                // this line compares content
    int m_attempts = 0;
    std::int64_t m_nextTryAt = 0, m_lastSuccess = 0, m_lastTick = 0;
    std::int64_t m_lineBegun = 0;
    std::int64_t m_skewMs = 0;                              // this PC's clock ahead of the host's, as last heard
    std::vector<std::int64_t> m_heals;                      // when, of the last hour
    bool m_heal = false, m_silent = false, m_welcomed = false, m_historyRefused = false;
    QString m_attention, m_lastError;
};

} // namespace anteroom::node

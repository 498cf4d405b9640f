// What a client does because a person asked: manual sync with its log entry, and the first contact with a host.

#include "node/client_service.h"

#include "schema/tables/sync_log.h"
#include "storage/migrations.h"
#include "sync/client_outbox.h"

#include <algorithm>

namespace anteroom::node {

using namespace sync;

namespace {

constexpr int kJoinLimitMs = 10000;              // first contact: then it ends in words

} // namespace

// ---- manual sync ----------------------------------------------------------------------------

void ClientService::syncNow(std::function<void(Result<SyncSummary>)> done)
{
    if (!m_attention.isEmpty() && !m_engine)
        return done(fail(ErrorCode::HistoryChanged, m_attention));
    if (!m_run) {
        m_run.emplace();
        m_run->begun = m_context.clock->utcMs();
        m_runLimit.start(kRunLimitMs);
        m_attempts = 0;
    }
    m_run->waiting.push_back(std::move(done));
    if (!m_engine)
        connectNow();
    advanceRun();
}

void ClientService::reconnect()
{
    m_attempts = 0;
    if (m_link)
        m_link->close();
    else
        connectNow();
}

void ClientService::refuseHistory(const QString &words)
{
    m_attention = m_lastError = words;
    m_historyRefused = true;
}

void ClientService::advanceRun()
{
    if (!m_run || !m_engine)
        return;
    if (!m_run->asked) {
        m_run->asked = true;
        m_run->received = m_engine->rowsReceived();
        return say();
    }
    if (!m_run->caughtUp)
        return;
    const auto ended = std::make_shared<bool>(false);
    m_context.writer->add({storage::Durability::Full,
        [this, ended](StoreTx &tx, Effects &e) {
            if (!m_run || !m_engine)
                return;
            const auto typed = [this](const OutboxEntry &waiting) { return !m_logSeqs.contains(waiting.seq); };
            if (m_run->logSeq == 0)
                m_run->logSeq = logRun("manual", m_run->begun, m_run->sent + std::ranges::count_if(tx.outboxAfter(0, 1000), typed),
                                       m_engine->rowsReceived() - m_run->received, tx, e);
            *ended = stateInt(tx, sync::key::kRetired) >= m_run->logSeq;
        },
        [this, ended](const std::optional<Error> &error, const Effects &) {
            if (error)
                endRun(tl::unexpected(*error));
            else if (*ended && m_run && m_engine)
                endRun(SyncSummary{m_run->sent, static_cast<int>(m_engine->rowsReceived() - m_run->received), 0});
        }});
}

void ClientService::endRun(Result<SyncSummary> result)
{
    if (!m_run)
        return;
    m_runLimit.stop();
    const Run run = std::move(*m_run);
    m_run.reset();
    for (const auto &done : run.waiting)
        done(result);
}

std::int64_t ClientService::logRun(const char *kind, std::int64_t begun, std::int64_t sent, std::int64_t received, StoreTx &tx, Effects &out)
{
    using namespace schema;
    const Table &t = tables::sync_log;
    Act act{"sync.log", {makeInsert(t, uuidV7(*m_context.clock, *m_context.random), {
        {col(tables::sync_log, "kind"), std::string(kind)}, {col(tables::sync_log, "started_at"), begun},
        {col(tables::sync_log, "finished_at"), m_context.clock->utcMs()}, {col(tables::sync_log, "sent"), sent},
        {col(tables::sync_log, "received"), received}, {col(tables::sync_log, "device_id"), m_context.identity.device}})}};
    const auto entry = m_door.prepare(act, m_context.identity, Claim::None);
    if (!entry)
        return 0;
    const std::int64_t seq = saveLocally(*entry, tx, out);
    m_logSeqs.insert(seq);
    return seq;
}

// ---- first contact --------------------------------------------------------------------------

namespace {

// One first contact: an own link, again while nobody answers and there is time, one answer.
class Contact : public std::enable_shared_from_this<Contact> {
public:
    Contact(CoreContext &context, QObject *owner, JoinRequest request)
        : m_context(context), m_owner(owner), m_request(std::move(request)), m_nonce(context.random->u64()), m_until(context.clock->monotonicMs() + m_request.tryForMs)
    {
    }

    QFuture<Result<Joined>> start()
    {
        QTimer::singleShot(kJoinLimitMs, m_owner, [self = shared_from_this()] {
            self->end(self->m_last ? Result<Joined>(tl::unexpected(*self->m_last)) : fail(ErrorCode::Network,
                QStringLiteral("The host did not answer within 10 seconds. Check the address, that its PC is on, and that it hosts.")));
        });
        attempt();
        return m_promise.future();
    }

private:
    void attempt()
    {
        if (m_done)
            return;
        m_link = m_context.net->adopt(std::make_unique<transport::WebSocketLink>());
        const auto self = shared_from_this();
        QObject::connect(m_link.get(), &transport::LinkPort::opened, m_owner, [self] { self->ask(); });
        QObject::connect(m_link.get(), &transport::LinkPort::received, m_owner, [self](const MessagePtr &m) { self->received(*m); });
        QObject::connect(m_link.get(), &transport::LinkPort::closed, m_owner, [self](const Error &why) { self->closed(why); });
        m_link->open(m_request.address, m_request.port);
    }

    void ask()
    {
        Join join;
        join.nonce = m_nonce;
        join.code = m_request.code.toStdString();
        join.deviceName = m_request.deviceName.toStdString();
        join.personName = m_request.personName.toStdString();
        join.program = kProgramVersion;
        join.schemaVersion = storage::kSchemaVersion;
        m_asked = true;
        if (m_link)
            m_link->send(std::make_shared<const Message>(std::move(join)));
    }

    void received(const Message &message)
    {
        if (const auto *m = std::get_if<Joined>(&message); m && m->nonce == m_nonce)
            end(*m);
        else if (const auto *r = std::get_if<Refuse>(&message))
            end(fail(ErrorCode::Refused, QString::fromStdString(r->words)));
    }

    void closed(const Error &why)
    {
        m_link.reset();
        m_last = why;
        if (m_asked || m_context.clock->monotonicMs() + kAgainMs >= m_until)      // a code is never sent twice
            return end(tl::unexpected(why));
        QTimer::singleShot(kAgainMs, m_owner, [self = shared_from_this()] { self->attempt(); });
    }

    void end(Result<Joined> result)
    {
        if (std::exchange(m_done, true))
            return;
        m_promise.finish(std::move(result));
        if (m_link)
            m_link->close();
    }

    static constexpr int kAgainMs = 500;
    CoreContext &m_context;
    QObject *m_owner;
    JoinRequest m_request;
    std::uint64_t m_nonce;
    std::int64_t m_until;
    Promise<Joined> m_promise;
    transport::NetOwned<transport::WebSocketLink> m_link;
    std::optional<Error> m_last;
    bool m_asked = false, m_done = false;
};

} // namespace

QFuture<Result<Joined>> ClientService::join(CoreContext &context, QObject *owner, const JoinRequest &request)
{
    return std::make_shared<Contact>(context, owner, request)->start();
}

} // namespace anteroom::node

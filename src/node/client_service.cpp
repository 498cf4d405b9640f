#include "node/client_service.h"

#include "core/log.h"
#include "node/data_folder.h"
#include "storage/migrations.h"
#include "sync/client_outbox.h"

#include <algorithm>
#include <cstdlib>

namespace anteroom::node {

using namespace sync;

namespace {

constexpr int kClaimWaitMs = 1000;               // rule 13
constexpr int kBackoffMs[] = {100, 250, 500, 1000, 2000, 4000, 8000, 10000};      // rule 20: ≤ 10 s, with jitter
constexpr int kLaterMs = 2000;                   // the host said "later"
constexpr int kTickMs = 1000;
constexpr std::int64_t kWakeGapMs = 5000;        // a tick that is this late: the PC slept
constexpr std::int64_t kHourMs = 3600 * 1000;
constexpr std::size_t kHealsAnHour = 2;
constexpr std::int64_t kSkewShowsMs = 60 * 1000;      // rule 18: less is the clocks' and the line's own

} // namespace

ClientService::ClientService(CoreContext &context, Door &door, QByteArray token, QString address, quint16 port)
    : m_context(context)
    , m_door(door)
    , m_token(std::move(token))
    , m_address(std::move(address))
    , m_port(port)
    , m_content(databasePath(context.config.dataDir), *context.clock)
    , m_lastTick(context.clock->monotonicMs())
{
    for (QTimer *timer : {&m_retry, &m_periodic, &m_tick, &m_runLimit})
        timer->setParent(this);
    m_content.setParent(this);
    m_retry.setSingleShot(true);
    m_runLimit.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &ClientService::connectNow);
    connect(&m_tick, &QTimer::timeout, this, &ClientService::tick);
    connect(&m_periodic, &QTimer::timeout, this, [this] { say(); });
    connect(&m_runLimit, &QTimer::timeout, this, [this] {
        endRun(fail(ErrorCode::Network, m_lastError.isEmpty() ? QStringLiteral("The host does not answer. Check that its PC is on and hosts, then try again.") : m_lastError));
    });
    m_tick.start(kTickMs);
}

ClientService::~ClientService()
{
    endRun(fail(ErrorCode::Cancelled, QStringLiteral("Anteroom is closing.")));
    for (const auto &[seq, waiting] : std::exchange(m_claims, {})) {
        ClaimOutcome outcome = waiting.meanwhile;
        outcome.provisional = true;
        waiting.promise.finish(outcome);
    }
}

// ---- the line -------------------------------------------------------------------------------

void ClientService::connectNow()
{
    if (m_link || !m_context.config.network)
        return;
    m_retry.stop();
    m_nextTryAt = 0;
    ++m_line;
    m_link = m_context.net->adopt(std::make_unique<transport::WebSocketLink>());
    const std::uint64_t line = m_line;
    const auto current = [this, line] { return line == m_line && m_link; };
    connect(m_link.get(), &transport::LinkPort::opened, this, [this, current] { if (current()) opened(); });
    connect(m_link.get(), &transport::LinkPort::received, this, [this, current](const MessagePtr &m) { if (current()) received(m); });
    connect(m_link.get(), &transport::LinkPort::heard, this, [this, current](qint64 silentMs) {
        if (!current())
            return;
        m_silent = silentMs > transport::kSilentShows.count();
        if (!m_silent && m_engine && m_engine->mode() == ClientEngine::Mode::Live)
            m_lastSuccess = m_context.clock->utcMs();
        m_context.statusDirty();
    });
    connect(m_link.get(), &transport::LinkPort::closed, this, [this, current](const Error &why) { if (current()) closed(why); });
    m_link->open(m_address, m_port);
    m_context.statusDirty();
}

void ClientService::opened()
{
    m_lineBegun = m_context.clock->utcMs();
    m_engine = std::make_unique<ClientEngine>(*m_context.random, ClientOptions{m_context.identity.device, m_token, kProgramVersion, storage::kSchemaVersion});
    if (m_heal) {
        m_heal = false;
        m_context.writer->add({storage::Durability::Normal, [](StoreTx &tx, Effects &) {
            ClientEngine::scanAgain(storage::kSchemaVersion, tx);
        }, {}});
    }
    say();
}

// HELLO on the standing line: at its begin, by hand, and as the periodic safety net.
void ClientService::say()
{
    if (!m_engine)
        return connectNow();
    m_context.writer->add({storage::Durability::Normal,
        [this, line = m_line](StoreTx &tx, Effects &e) {
            if (line == m_line && m_engine)
                e.append(m_engine->hello(tx));
        },
        [this, line = m_line](const std::optional<Error> &error, const Effects &) {
            if (error && line == m_line && m_link)
                m_link->close();                         // nothing was asked: the next line asks
        }});
}

void ClientService::received(const MessagePtr &message)
{
    if (const auto *m = std::get_if<Refuse>(message.get())) {
        m_lastError = QString::fromStdString(m->words);
        m_attention = m_lastError;
        // all three mean the same for a person: this copy cannot go on with this host, join afresh
        m_historyRefused = m->code == RefusalCode::History || m->code == RefusalCode::UnknownDevice || m->code == RefusalCode::Retired;
        if (m_historyRefused)
            m_context.writer->add({storage::Durability::Full,
                [words = m->words](StoreTx &tx, Effects &) { tx.setState(sync::key::kHistoryRefused, QByteArray::fromStdString(words)); }, {}});
        return;
    }
    if (!m_engine)
        return;
    if (const auto *welcome = std::get_if<Welcome>(message.get()))
        noteSkew(welcome->time);
    else if (const auto *beat = std::get_if<Beat>(message.get()))
        noteSkew(beat->time);
    m_context.writer->add({ClientEngine::needsFull(*message) ? storage::Durability::Full : storage::Durability::Normal,
        [this, message, line = m_line](StoreTx &tx, Effects &e) {
            if (line != m_line || !m_engine)
                return;
            const std::int64_t before = m_engine->rowsReceived();
            Effects mine = m_engine->received(*message, tx);
            const bool page = std::holds_alternative<Page>(*message);
            if (mine.caughtUp && m_historyRefused)       // another machine had answered at this address
                tx.setState(sync::key::kHistoryRefused, {});
            if (page && mine.caughtUp && !m_run && m_engine->rowsReceived() > before)
                (void)logRun("catchup", m_lineBegun, static_cast<std::int64_t>(mine.answered.size()), m_engine->rowsReceived(), tx, mine);
            e.append(std::move(mine));
        },
        [this, message, line = m_line](const std::optional<Error> &error, const Effects &effects) {
            m_context.statusDirty();
            if (line != m_line || !m_engine)
                return;
            if (error) {
                m_lastError = error->detail;
                log::warning(log::sync, "a message could not be applied", {{"why", *error}});
                if (m_link)
                    m_link->close();
                return;
            }
            if (m_engine->putOff())
                QTimer::singleShot(kLaterMs, this, [this, line] {
                    if (line == m_line && m_engine) {
                        m_engine->retryPushes();
                        m_context.writer->add({storage::Durability::Normal, [](StoreTx &, Effects &) {}, {}});
                    }
                });
            m_welcomed = m_welcomed || m_engine->mode() != ClientEngine::Mode::Waiting;
            if (m_engine->mode() == ClientEngine::Mode::Live) {
                m_attempts = 0;
                m_attention.clear();
                m_historyRefused = false;
                m_lastSuccess = m_context.clock->utcMs();
            }
            if (m_run && effects.caughtUp)
                m_run->caughtUp = m_run->asked;
            const bool told = std::holds_alternative<Beat>(*message) || std::holds_alternative<Later>(*message);
            if (m_run && !told)                      // a host that only says that it is there does not get any further
                m_runLimit.start(kRunLimitMs);
            advanceRun();
        }});
}

void ClientService::closed(const Error &why)
{
    log::info(log::sync, "line ended", {{"attempt", m_attempts}, {"why", why}});
    if (m_lastError.isEmpty() || why.code != ErrorCode::Cancelled)
        m_lastError = m_attention.isEmpty() ? why.detail : m_attention;
    ++m_line;
    m_link.reset();
    m_engine.reset();
    m_checking = false;
    m_silent = m_welcomed = false;
    for (const auto &[seq, waiting] : m_claims)
        QMetaObject::invokeMethod(this, [this, s = seq] { goOn(s); }, Qt::QueuedConnection);
    if (m_run) {
        if (m_run->asked)
            m_run->asked = false;                    // the next line asks again
        if (m_attempts >= 1)
            endRun(fail(ErrorCode::Network, m_lastError));
    }
    const int step = std::min<int>(m_attempts++, static_cast<int>(std::size(kBackoffMs)) - 1);
    const int jitter = static_cast<int>(m_context.random->u64() % static_cast<std::uint64_t>(kBackoffMs[step] / 2 + 1));
    retryIn(kBackoffMs[step] * 3 / 4 + jitter);
    m_context.statusDirty();
}

void ClientService::retryIn(int ms)
{
    m_nextTryAt = m_context.clock->utcMs() + ms;
    m_retry.start(ms);
}

void ClientService::lost(const Error &why)
{
    m_lastError = why.detail;
    const bool room = why.code != ErrorCode::DiskFull && why.code != ErrorCode::Busy && why.code != ErrorCode::ReadOnly;
    if (room && m_engine) {                          // a row that cannot stand here: scan again, at most twice an hour
        const std::int64_t now = m_context.clock->monotonicMs();
        std::erase_if(m_heals, [now](std::int64_t at) { return now - at > kHourMs; });
        if (m_heals.size() < kHealsAnHour) {
            m_heals.push_back(now);
            m_heal = true;
        } else {
            m_attention = QStringLiteral("This PC's copy cannot take the host's changes. Save it aside and join again: %1").arg(why.detail);
        }
    }
    if (m_link)
        m_link->close();
}

void ClientService::hangUp(const Error &why)
{
    m_lastError = why.detail;
    if (m_link)
        m_link->close();
}

// Rule 18: said to people, decided by nobody.
void ClientService::noteSkew(std::int64_t hostMs)
{
    if (hostMs > 0)
        m_skewMs = m_context.clock->utcMs() - hostMs;
}

void ClientService::tick()
{
    const std::int64_t now = m_context.clock->monotonicMs();
    if (now - std::exchange(m_lastTick, now) > kWakeGapMs && !m_link) {
        m_attempts = 0;                              // the PC woke up: at once, not after the backoff
        connectNow();
    }
    if (m_link && m_engine)
        m_link->send(std::make_shared<const Message>(Beat{0, {}, m_context.clock->utcMs()}));
    checkContent();
    m_context.statusDirty();
}

void ClientService::setInterval(bool on, int seconds)
{
    if (on)
        m_periodic.start(seconds * 1000);
    else
        m_periodic.stop();
}

// ---- transactions ---------------------------------------------------------------------------

void ClientService::beforeCommit(StoreTx &tx, Effects &out)
{
    if (!m_engine)
        return;
    out.append(m_engine->settle(tx));
    out.append(m_engine->pump(tx));
}

void ClientService::execute(const Effects &effects)
{
    for (const Answered &a : effects.answered) {
        if (const bool log = m_logSeqs.erase(a.seq) > 0; m_run && !log)
            ++m_run->sent;
        const auto found = m_claims.find(a.seq);
        if (found == m_claims.end())
            continue;
        const Waiting waiting = std::move(found->second);
        m_claims.erase(found);
        if (a.reply.verdict == Verdict::Refused) {
            waiting.promise.finish(fail(ErrorCode::Refused, QString::fromStdString(a.reply.why)));
            continue;
        }
        ClaimOutcome outcome;
        outcome.number = a.reply.number;
        outcome.called = a.reply.called;
        outcome.note = QString::fromStdString(a.reply.why);
        outcome.inReview = a.reply.verdict == Verdict::Review;
        if (outcome.inReview)
            outcome.note = reviewWords();
        waiting.promise.finish(outcome);
    }
    if (m_link)
        for (const Send &send : effects.sends)
            m_link->send(send.message);
    for (const Drop &drop : effects.drops) {
        if (drop.because) {
            m_attention = QString::fromStdString(drop.because->words);
            m_historyRefused = m_historyRefused || drop.because->code == RefusalCode::History;
        }
        if (m_link)
            m_link->close();
    }
}

void ClientService::awaitClaim(std::int64_t seq, ClaimOutcome meanwhile, Promise<ClaimOutcome> promise)
{
    m_claims.emplace(seq, Waiting{std::move(meanwhile), std::move(promise)});
    if (!online())
        return goOn(seq);
    QTimer::singleShot(kClaimWaitMs, this, [this, seq] { goOn(seq); });
}

void ClientService::goOn(std::int64_t seq)
{
    if (!m_claims.contains(seq))
        return;
    m_context.writer->add({storage::Durability::Full,
        [this, seq](StoreTx &tx, Effects &e) {
            if (m_claims.contains(seq))
                sync::goOn(seq, tx, e);
        },
        [this, seq](const std::optional<Error> &error, const Effects &) {
            const auto found = m_claims.find(seq);
            if (found == m_claims.end())
                return;
            const Waiting waiting = std::move(found->second);
            m_claims.erase(found);
            ClaimOutcome outcome = waiting.meanwhile;
            outcome.provisional = true;
            if (error)
                waiting.promise.finish(tl::unexpected(*error));
            else
                waiting.promise.finish(outcome);
        }});
}

// ---- status ---------------------------------------------------------------------------------

void ClientService::describe(Status &status) const
{
    status.role = Role::Client;
    status.lastSuccess = m_lastSuccess;
    status.nextTryAt = m_link ? 0 : m_nextTryAt;
    status.hostAddress = m_address + u':' + QString::number(m_port);
    status.historyRefused = m_historyRefused;
    if (std::abs(m_skewMs) >= kSkewShowsMs)
        status.skewS = static_cast<int>(m_skewMs / 1000);
    status.host = m_engine && !m_engine->hostName().empty() ? QString::fromStdString(m_engine->hostName())
                                                            : status.hostAddress;
    if (m_engine) {
        status.head = std::max(status.cursor, m_engine->hostHead());
        status.progressDone = m_engine->progress().done;
        status.progressTotal = m_engine->progress().total;
        status.digestsEqual = m_engine->digestsEqual();
    }
    if (!m_attention.isEmpty()) {
        status.state = SyncState::Attention;
        status.attention = m_attention;
    } else if (m_engine && m_engine->damaged()) {
        status.state = SyncState::Attention;
        status.attention = QStringLiteral("This PC's copy differs from the host's, and reading it again did not help. Save it aside and join again.");
    } else if (!online()) {
        status.state = SyncState::Offline;
        status.attention = m_lastError;
    } else if (status.cursor < status.head) {
        status.state = SyncState::Syncing;
    } else if (status.pending > 0) {
        status.state = SyncState::Pending;
    }
}

} // namespace anteroom::node

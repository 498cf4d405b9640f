#include "node/control_service.h"

#include "core/clock.h"
#include "core/when_ready.h"
#include "node/control_records.h"
#include "node/digest.h"
#include "node/verify.h"
#include "sync/codec.h"

#include <QDateTime>
#include <QJsonArray>
#include <QPromise>

using namespace Qt::StringLiterals;

namespace anteroom::node {

namespace {

QJsonValue timeToJson(std::int64_t utcMs)
{
    if (utcMs == 0)
        return QJsonValue::Null;
    return QDateTime::fromMSecsSinceEpoch(utcMs, Qt::UTC).toString(Qt::ISODateWithMs);
}

QString roleName(Role role)
{
    switch (role) {
    case Role::Solo: return u"solo"_s;
    case Role::Host: return u"host"_s;
    case Role::Client: return u"client"_s;
    case Role::Empty: break;
    }
    return u"empty"_s;
}

QString stateName(SyncState state)
{
    switch (state) {
    case SyncState::Synced: return u"synced"_s;
    case SyncState::Syncing: return u"syncing"_s;
    case SyncState::Pending: return u"pending"_s;
    case SyncState::Offline: return u"offline"_s;
    case SyncState::Attention: break;
    }
    return u"attention"_s;
}

Result<QJsonObject> digestToJson(const QString &path)
{
    const auto digest = contentDigest(path);
    if (!digest)
        return tl::unexpected(digest.error());
    QJsonArray tables;
    for (const TableContent &table : digest->tables)
        tables.append(QJsonObject{{u"table"_s, QString::fromUtf8(table.table.data(), qsizetype(table.table.size()))},
                                  {u"count"_s, qint64(table.count)},
                                  {u"blake2b"_s, QString::fromLatin1(table.hash.toHex())}});
    return QJsonObject{{u"tables"_s, tables}, {u"count"_s, qint64(digest->count)},
                       {u"whole"_s, QString::fromLatin1(digest->whole.toHex())}};
}

Result<QJsonObject> verificationToJson(const QString &path)
{
    const auto result = verifyDatabase(path);
    if (!result)
        return tl::unexpected(result.error());
    return QJsonObject{{u"sound"_s, result->sound()}, {u"rows"_s, qint64(result->rows)},
                       {u"checks"_s, QJsonArray::fromStringList(result->checks)},
                       {u"findings"_s, QJsonArray::fromStringList(result->findings)}};
}

} // namespace

QJsonObject statusToJson(const Status &status, std::int64_t nowMs)
{
    QJsonArray clients;
    for (const PeerStatus &peer : status.clients)
        clients.append(QJsonObject{{u"name"_s, peer.name}, {u"rev"_s, qint64(peer.rev)}, {u"behind"_s, qint64(peer.behind)}, {u"version"_s, peer.version}});
    const auto secondsTo = [nowMs](std::int64_t at) -> QJsonValue {
        return at == 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(double(std::max<std::int64_t>(0, at - nowMs)) / 1000.0);
    };
    return {
        {u"role"_s, roleName(status.role)},
        {u"state"_s, stateName(status.state)},
        {u"since"_s, timeToJson(status.since)},
        {u"epoch"_s, qint64(status.epoch)},
        {u"rev"_s, qint64(status.rev)},
        {u"cursor"_s, qint64(status.cursor)},
        {u"head"_s, qint64(status.head)},
        {u"pending"_s, status.pending},
        {u"oldest_pending_s"_s, status.oldestPendingAt == 0 ? QJsonValue(QJsonValue::Null)
                                                            : QJsonValue(double(std::max<std::int64_t>(0, nowMs - status.oldestPendingAt)) / 1000.0)},
        {u"last_success"_s, timeToJson(status.lastSuccess)},
        {u"rejected"_s, status.rejected},
        {u"conflicts"_s, status.conflicts},
        {u"reviews"_s, status.reviews},
        {u"clients"_s, clients},
        {u"host"_s, status.host.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(status.host)},
        {u"next_try_s"_s, secondsTo(status.nextTryAt)},
        {u"digests_equal"_s, status.digestsEqual ? QJsonValue(*status.digestsEqual) : QJsonValue(QJsonValue::Null)},
        {u"attention"_s, status.attention.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(status.attention)},
        {u"notice"_s, status.notice.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(status.notice)},
        {u"skew_s"_s, status.skewS},
        {u"listening"_s, status.listening.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(status.listening)},
    };
}

QString summaryWords(const SyncSummary &summary)
{
    const QString needs = summary.needsYou == 0 ? QString()
                          : summary.needsYou == 1 ? u", 1 needs you"_s
                                                  : QString(u", %1 need you"_s.arg(summary.needsYou));
    return u"Up to date: %1 sent, %2 received%3"_s.arg(summary.sent).arg(summary.received).arg(needs);
}

ControlService::ControlService(Replica &replica) : m_replica(replica)
{
    m_pool.setMaxThreadCount(1);             // a second whole read at once would only slow both
}

ControlService::~ControlService() = default;

void ControlService::handle(const QJsonObject &request, const ControlAnswer &answer)
{
    const QString what = request.value("do"_L1).toString();
    if (what == "status"_L1)
        return status(answer);
    if (m_replica.status().role == Role::Empty)
        return answer.done(fail(ErrorCode::Refused, u"There is no clinic in %1 yet; start one with: anteroom-hub serve --data %1, or join one with: anteroom-hub join --data %1 --address ADDR:PORT --code C"_s.arg(m_replica.dataDir()), m_replica.dataDir()));
    if (what == "list"_L1)
        return controlList(m_replica, &m_context, request, answer);
    if (what == "get"_L1)
        return controlGet(m_replica, &m_context, request, answer);
    if (what == "put"_L1)
        return controlPut(m_replica, &m_context, request, answer);
    if (what == "delete"_L1)
        return controlDelete(m_replica, &m_context, request, answer);
    if (what == "save"_L1)
        return save(request, answer);
    if (what == "code"_L1)
        return code(answer);
    if (what == "sync"_L1)
        return sync(answer);
    const QString path = databasePath(m_replica.dataDir());
    if (what == "digest"_L1)
        return inBackground([path] { return digestToJson(path); }, answer);
    if (what == "verify"_L1)
        return inBackground([path] { return verificationToJson(path); }, answer);
    answer.done(fail(ErrorCode::Usage, u"The running program does not know \"%1\"; it may be of another version"_s.arg(what)));
}

void ControlService::status(const ControlAnswer &answer)
{
    whenReady(m_replica.freshStatus(), &m_context, [answer](const Result<Status> &now) {
        if (!now)
            return answer.done(tl::unexpected(now.error()));
        answer.done(statusToJson(*now, SystemClock().utcMs()));
    });
}

void ControlService::code(const ControlAnswer &answer)
{
    whenReady(m_replica.newAccessCode(), &m_context, [answer](const Result<AccessCode> &code) {
        if (!code)
            return answer.done(tl::unexpected(code.error()));
        answer.done(QJsonObject{{u"code"_s, code->code}, {u"expires_at"_s, timeToJson(code->expiresAt)}});
    });
}

void ControlService::sync(const ControlAnswer &answer)
{
    whenReady(m_replica.syncNow(), &m_context, [answer](const Result<SyncSummary> &summary) {
        if (!summary)
            return answer.done(tl::unexpected(summary.error()));
        answer.done(QJsonObject{{u"sent"_s, summary->sent}, {u"received"_s, summary->received},
                                {u"needs_you"_s, summary->needsYou}, {u"words"_s, summaryWords(*summary)}});
    });
}

// A whole act that a command made of rows it read (import): {"entry": base64 of sync::encodeEntry}.
void ControlService::save(const QJsonObject &request, const ControlAnswer &answer)
{
    const auto bytes = QByteArray::fromBase64Encoding(request.value("entry"_L1).toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    const auto entry = bytes ? sync::decodeEntry(*bytes) : Result<schema::Entry>(fail(ErrorCode::Protocol, u"The entry is no base64"_s));
    if (!entry)
        return answer.done(tl::unexpected(entry.error()));
    findActor(m_replica, &m_context, request.value("as"_L1).toString(), [this, entry = *entry, answer](const Result<session::Session> &user) {
        if (!user)
            return answer.done(tl::unexpected(user.error()));
        whenReady(m_replica.commands().save(Act{entry.act, entry.changes, user->user, user->role}), &m_context, [answer](const Result<SaveOutcome> &outcome) {
            if (!outcome)
                return answer.done(tl::unexpected(outcome.error()));
            answer.done(QJsonObject{{u"saved"_s, outcome->saved}, {u"differences"_s, qint64(outcome->differences.size())}});
        });
    });
}

void ControlService::inBackground(std::function<Result<QJsonObject>()> work, const ControlAnswer &answer)
{
    auto promise = std::make_shared<QPromise<Result<QJsonObject>>>();
    auto future = promise->future();
    promise->start();
    m_pool.start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    whenReady(future, &m_context, [answer](const Result<QJsonObject> &result) { answer.done(result); });
}

} // namespace anteroom::node

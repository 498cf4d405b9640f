#include "node/replica.h"

#include "core/settings.h"
#include "node/core.h"
#include "node/data_folder.h"
#include "node/replica_parts.h"

namespace anteroom::node {

Replica::Replica(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
    , m_commands(*this)
    , m_queries(*this)
    , m_drafts(*this)
{
}

Replica::~Replica()
{
    m_parts->readers.reset();
    QMetaObject::invokeMethod(m_parts->core, [core = m_parts->core] { delete core; }, Qt::BlockingQueuedConnection);
    m_parts->thread.quit();
    m_parts->thread.wait();
}

Result<std::unique_ptr<Replica>> Replica::open(const ReplicaConfig &config)
{
    qRegisterMetaType<ChangeNotice>();
    std::unique_ptr<Replica> replica(new Replica(std::make_unique<Parts>()));
    Replica *self = replica.get();
    Parts &parts = *replica->m_parts;
    parts.dataDir = config.dataDir;
    CoreReports reports;
    reports.status = [self](const Status &status) {
        QMetaObject::invokeMethod(self, [self, status] {
            self->m_parts->status = status;
            Q_EMIT self->statusChanged();
        }, Qt::QueuedConnection);
    };
    reports.identity = [self](const Identity &identity) {
        QMetaObject::invokeMethod(self, [self, identity] {
            self->m_parts->identity = identity;
            self->followPersonIn({});
            Q_EMIT self->identityChanged();
        }, Qt::QueuedConnection);
    };
    reports.changed = [self](const ChangeNotice &rows) {
        QMetaObject::invokeMethod(self, [self, rows] {
            self->followPersonIn(rows);
            Q_EMIT self->changed(rows);
        }, Qt::QueuedConnection);
    };
    reports.replaced = [self] {
        QMetaObject::invokeMethod(self, [self] {
            self->m_parts->readers = std::make_unique<storage::ReaderPool>(databasePath(self->m_parts->dataDir));
            self->m_parts->vocabulary = std::make_shared<storage::SearchVocabulary>();
            self->followPersonIn({});
            Q_EMIT self->changed({});
        }, Qt::QueuedConnection);
    };
    parts.core = new Core(config, parts.net, std::move(reports));
    parts.core->moveToThread(&parts.thread);
    parts.thread.start();
    Result<void> opened;
    QMetaObject::invokeMethod(parts.core, [&] {
        opened = parts.core->open();
        parts.identity = parts.core->identity();
        parts.status = parts.core->status();
    }, Qt::BlockingQueuedConnection);
    if (!opened)
        return tl::unexpected(opened.error());
    parts.readers = std::make_unique<storage::ReaderPool>(databasePath(config.dataDir));
    self->followPerson().waitForFinished();
    self->seat();
    return replica;
}

const Status &Replica::status() const { return m_parts->status; }
QFuture<Result<Status>> Replica::freshStatus()
{
    return onCore<Status>(m_parts->core, [core = m_parts->core](const Promise<Status> &p) { p.finish(core->freshStatus()); });
}

const Identity &Replica::identity() const { return m_parts->identity; }
QString Replica::dataDir() const { return m_parts->dataDir; }

QFuture<Result<void>> Replica::startClinic(StartClinic request)
{
    return onCore<void>(m_parts->core, [core = m_parts->core, request](const Promise<void> &p) { core->startClinic(request, p); });
}

QFuture<Result<void>> Replica::join(JoinRequest request)
{
    return onCore<void>(m_parts->core, [core = m_parts->core, request](const Promise<void> &p) { core->join(request, p); });
}

QFuture<Result<Listening>> Replica::startHosting(QString address, quint16 port)
{
    return onCore<Listening>(m_parts->core, [core = m_parts->core, address, port](const Promise<Listening> &p) { core->startHosting(address, port, p); });
}

QFuture<Result<void>> Replica::stopHosting()
{
    return onCore<void>(m_parts->core, [core = m_parts->core](const Promise<void> &p) { core->stopHosting(p); });
}

QFuture<Result<AccessCode>> Replica::newAccessCode()
{
    return onCore<AccessCode>(m_parts->core, [core = m_parts->core](const Promise<AccessCode> &p) { core->newAccessCode(p); });
}

QFuture<Result<SyncSummary>> Replica::syncNow()
{
    return onCore<SyncSummary>(m_parts->core, [core = m_parts->core](const Promise<SyncSummary> &p) { core->syncNow(p); });
}

Result<void> Replica::setAutoSync(bool on, int intervalSeconds)
{
    auto settings = Settings::load(dataDir());
    if (!settings)
        return tl::unexpected(settings.error());
    if (auto ok = settings->set(setting::kSyncIntervalS, intervalSeconds); !ok)
        return ok;
    if (auto ok = settings->set(setting::kSyncAuto, on); !ok)
        return ok;
    if (auto saved = settings->save(); !saved)
        return saved;
    QMetaObject::invokeMethod(m_parts->core, [core = m_parts->core, on, intervalSeconds] { core->setAutoSync(on, intervalSeconds); }, Qt::QueuedConnection);
    return {};
}

void Replica::reconnectNow()
{
    QMetaObject::invokeMethod(m_parts->core, [core = m_parts->core] { core->reconnectNow(); }, Qt::QueuedConnection);
}

} // namespace anteroom::node

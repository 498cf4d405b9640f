// How a folder comes to its role: a clinic is started, another one is joined, hosting begins and ends.

#include "core/secret.h"
#include "core/settings.h"
#include "core/when_ready.h"
#include "node/aside.h"
#include "node/core.h"
#include "node/data_folder.h"
#include "node/host_audit.h"
#include "node/setup.h"

#include <QDir>
#include <QFile>
#include <QSysInfo>

namespace anteroom::node {

using namespace sync;

namespace {

QString named(const QString &given, const QString &otherwise)
{
    const QString text = given.trimmed();
    return text.isEmpty() ? otherwise : text;
}

} // namespace

void Replica::Core::startClinic(const StartClinic &request, Promise<void> promise)
{
    if (m_host || m_client) {
        promise.finish(fail(ErrorCode::Refused, QStringLiteral("This folder belongs to a clinic already.")));
        return;
    }
    Identity who;
    who.clinic = uuidV7(*m_context.clock, m_random);
    who.device = uuidV7(*m_context.clock, m_random);
    who.user = uuidV7(*m_context.clock, m_random);
    who.clinicName = named(request.clinicName, QStringLiteral("Clinic"));
    who.deviceName = named(request.deviceName, QStringLiteral("Desk 1"));
    who.personName = named(request.personName, QStringLiteral("Owner"));
    who.demo = request.demo;
    if (auto may = writable(); !may) {
        promise.finish(tl::unexpected(may.error()));
        return;
    }
    m_writer->add({storage::Durability::Full,
        [this, who](StoreTx &tx, Effects &e) {
            if (m_host || m_client)
                throw StoreFailure({ErrorCode::Refused, Severity::Failure, QStringLiteral("This folder belongs to a clinic already."), {}});
            storeIdentity(who, tx);
            tx.setState(key::kRole, QByteArrayLiteral("host"));
            m_context.identity = who;
            m_host = std::make_unique<HostService>(m_context, tx);
            m_mark->begin(true, tx);
            MadeRows rows = deviceAndUserRows(who, kProgramVersion, m_context.clock->utcMs());
            for (auto &row : clinicRows(who, m_context.clock->utcMs()))
                rows.push_back(std::move(row));
            e.append(m_host->log().write(audited(std::move(rows), "clinic.start", who, *m_context.clock, m_random), tx));
        },
        [this, promise, who](const std::optional<Error> &error, const Effects &) {
            if (error) {
                if (m_host && m_context.identity.clinic == who.clinic) {
                    m_host.reset();              // nothing of this clinic is in the folder: no desk may write into it
                    m_context.identity = {};
                }
                promise.finish(tl::unexpected(*error));
                return;
            }
            m_status.role = Role::Solo;
            m_reports.identity(m_context.identity);
            makeStatus();
            promise.finish({});
        }});
}

void Replica::Core::join(const JoinRequest &request, Promise<void> promise)
{
    if ((m_host || m_client) && !request.afresh) {
        promise.finish(fail(ErrorCode::Refused, QStringLiteral("This folder belongs to a clinic already. Joining afresh saves its copy aside first.")));
        return;
    }
    if (m_host) {
        promise.finish(fail(ErrorCode::Refused, QStringLiteral("This PC hosts a clinic of its own. Join with an empty folder.")));
        return;
    }
    if (auto may = writable(); !may) {
        promise.finish(tl::unexpected(may.error()));
        return;
    }
    if (!request.afresh && m_status.role == Role::Empty && request.code.trimmed().isEmpty()) {
        promise.finish(fail(ErrorCode::Usage, QStringLiteral("Joining needs the access code that the host shows.")));
        return;
    }
    JoinRequest named_ = request;
    named_.deviceName = named(request.deviceName, QSysInfo::machineHostName());
    named_.personName = named(request.personName, QStringLiteral("Somebody"));
    whenReady(ClientService::join(m_context, this, named_), this, [this, named_, promise](const Result<Joined> &result) {
        if (!result)
            promise.finish(tl::unexpected(result.error()));
        else
            joined(named_, *result, promise);
    });
}

void Replica::Core::joined(const JoinRequest &request, const Joined &joined, const Promise<void> &promise)
{
    if (m_host || (m_client && !request.afresh)) {           // begun meanwhile
        promise.finish(fail(ErrorCode::Refused, QStringLiteral("This folder belongs to a clinic already.")));
        return;
    }
    if (request.afresh && m_client) {
        if (auto aside = setAside(); !aside) {
            promise.finish(tl::unexpected(aside.error()));
            return;
        }
    }
    Identity who;
    who.clinic = joined.clinic;
    who.device = joined.device;
    who.user = joined.user;
    who.clinicName = QString::fromStdString(joined.clinicName);
    who.deviceName = request.deviceName;
    who.personName = request.personName;
    if (auto written = writeSecretFile(tokenPath(m_context.config.dataDir), joined.token); !written) {
        promise.finish(tl::unexpected(written.error()));
        return;
    }
    transact<void>(promise,
        [this, who, request](StoreTx &tx, Effects &) {
            storeIdentity(who, tx);
            tx.setState(key::kRole, QByteArrayLiteral("client"));
            tx.setState(key::kHostAddress, request.address.toUtf8());
            setStateInt(tx, key::kHostPort, request.port);
            tx.setSalt(0, 0);
            setStateCursor(tx, sync::key::kCursor, schema::kStart);
            tx.setState(sync::key::kFirstSync, QByteArrayLiteral("1"));
            setStateInt(tx, sync::key::kIncarnation, 1);
            m_mark->begin(false, tx);
        },
        [this, promise] {
            if (const auto resumed = resume(); !resumed) {
                promise.finish(tl::unexpected(resumed.error()));
                return;
            }
            m_reports.identity(m_context.identity);
            promise.finish({});
        });
}

// The old copy is kept whole, its unsent entries beside it in words; then the folder begins anew.
Result<void> Replica::Core::setAside()
{
    const QDir dir(m_context.config.dataDir);
    if (const auto aside = saveAside(dir.path(), m_context.clock->utcMs()); !aside)
        return tl::unexpected(aside.error());
    m_client.reset();
    m_index.reset();
    m_context.writer = nullptr;
    m_writer.reset();
    m_mark.reset();
    for (const char *suffix : {"", "-wal", "-shm"}) {
        const QString path = databasePath(dir.path()) + QLatin1String(suffix);
        if (QFile::exists(path) && !QFile::remove(path))
            return fail(ErrorCode::Io, QStringLiteral("%1 cannot be replaced; its copy is in the folder aside-…").arg(path), path);
    }
    if (auto opened = openDatabase(); !opened)
        return opened;
    m_reports.replaced();
    return {};
}

void Replica::Core::resumeHosting()
{
    const auto settings = Settings::load(m_context.config.dataDir);
    if (!m_context.config.network || !settings || !settings->get(setting::kHostListening))
        return;
    const auto port = static_cast<quint16>(settings->get(setting::kHostPort));
    if (const auto listening = m_host->listen({}, port); !listening)
        m_status.attention = listening.error().detail;       // said in the status; the desk works on alone
}

void Replica::Core::startHosting(const QString &address, quint16 port, Promise<Listening> promise)
{
    if (!m_host) {
        promise.finish(fail(ErrorCode::Refused, m_client ? QStringLiteral("This PC is joined to a host and cannot host itself.")
                                                         : QStringLiteral("There is no clinic in this folder yet. Start one first.")));
        return;
    }
    auto listening = m_host->listen(address, port);
    if (listening) {
        m_status.attention.clear();
        if (auto settings = Settings::load(m_context.config.dataDir)) {
            (void)settings->set(setting::kHostListening, true);
            (void)settings->set(setting::kHostPort, listening->port);
            if (auto saved = settings->save(); !saved)
                listening = tl::unexpected(saved.error());
        }
    }
    makeStatus();
    promise.finish(std::move(listening));
}

void Replica::Core::stopHosting(Promise<void> promise)
{
    if (m_host)
        m_host->stopListening();
    Result<void> result;
    if (auto settings = Settings::load(m_context.config.dataDir)) {
        (void)settings->set(setting::kHostListening, false);
        result = settings->save();
    }
    makeStatus();
    promise.finish(std::move(result));
}

void Replica::Core::newAccessCode(Promise<AccessCode> promise)
{
    if (!m_host || m_host->listeningAt().isEmpty())
        promise.finish(fail(ErrorCode::Refused, QStringLiteral("Only a PC that hosts gives access codes. Start hosting here, or ask at the host.")));
    else
        promise.finish(m_host->newCode());
}

} // namespace anteroom::node

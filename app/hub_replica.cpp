#include "app/hub_replica.h"

#include "app/hub_output.h"
#include "app/hub_signals.h"
#include "core/atomic_file.h"
#include "core/clock.h"
#include "core/when_ready.h"
#include "node/control_client.h"

#include <QCoreApplication>
#include <QSysInfo>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

constexpr int kRetryMs = 100;
constexpr int kOpenTries = 30;           // 3 s: a short command that holds the folder for a moment
constexpr int kJoinMs = 10'000;          // the first join gives up, GOALS
constexpr int kSyncTries = 20;           // 10 s until the line of --once stands

QString userName()
{
#ifdef Q_OS_UNIX
    if (const passwd *entry = ::getpwuid(::getuid()); entry && *entry->pw_name)
        return QString::fromLocal8Bit(entry->pw_name);
#endif
    return qEnvironmentVariable("USERNAME", u"desk"_s);
}

} // namespace

void HubReplica::run(const CommandSpec &command, const Arguments &arguments)
{
    m_arguments = arguments;
    m_serves = command.name == "serve"_L1;
    if (arguments.has(u"admin"_s) || arguments.has(u"password-file"_s))
        return end({ErrorCode::Refused, Severity::Failure, u"This version has no accounts yet; leave --admin and --password-file out"_s, {}});
    for (const QString &place : {u"listen"_s, u"address"_s})       // wrong usage leaves no folder behind
        if (arguments.has(place))
            if (const auto where = parseHostPort(arguments.value(place), kDefaultPort); !where)
                return end(where.error());
    onEndSignal(this, [] { QCoreApplication::exit(kDone); });
    open();
}

void HubReplica::open()
{
    const QString dir = m_arguments.value(u"data"_s);
    auto replica = node::Replica::open({.dataDir = dir, .trialLan = m_arguments.has(u"trial-lan"_s)});
    if (!replica) {
        const bool mayPass = replica.error().code == ErrorCode::Locked && !node::ControlClient::connectTo(dir);
        if (!mayPass || ++m_openTries >= kOpenTries)
            return end(replica.error());
        QTimer::singleShot(kRetryMs, this, &HubReplica::open);
        return;
    }
    m_replica = std::move(*replica);
    m_serves ? serve() : join();
}

void HubReplica::serve()
{
    const QString dir = m_arguments.value(u"data"_s);
    const node::Status &status = m_replica->status();
    if (status.role == node::Role::Client)
        return end({ErrorCode::Refused, Severity::Failure,
                    u"%1 is a copy that belongs to another host; run it with: anteroom-hub join --data %1, or serve another folder"_s.arg(dir), dir});
    if (status.role != node::Role::Empty)
        return startHosting();
    const QString person = m_arguments.value(u"as"_s, userName());
    whenReady(m_replica->startClinic({m_arguments.value(u"clinic"_s, u"Clinic"_s), person, QSysInfo::machineHostName()}), this, [this](const Result<void> &started) { started ? startHosting() : end(started.error()); });
}

void HubReplica::startHosting()
{
    const QString remembered = m_replica->status().listening;
    if (!m_arguments.has(u"listen"_s) && !remembered.isEmpty()) {
        if (const auto said = ready(remembered); !said)
            end(said.error());
        return;
    }
    if (const QString why = m_replica->status().attention; !m_arguments.has(u"listen"_s) && !why.isEmpty())
        return end({ErrorCode::Refused, Severity::Failure, why, {}});      // the clients know this place and no other
    const auto where = parseHostPort(m_arguments.value(u"listen"_s, u"127.0.0.1:%1"_s.arg(kDefaultPort)), kDefaultPort);
    if (!where)
        return end(where.error());
    whenReady(m_replica->startHosting(where->address, where->port), this, [this](const Result<node::Listening> &listening) {
        if (!listening)
            return end(listening.error());
        if (const auto said = ready(hostPortText(listening->address, listening->port)); !said)
            end(said.error());
    });
}

void HubReplica::join()
{
    const QString dir = m_arguments.value(u"data"_s);
    const node::Status &status = m_replica->status();
    if (status.role == node::Role::Solo || status.role == node::Role::Host)
        return end({ErrorCode::Refused, Severity::Failure,
                    u"%1 holds a clinic of its own; run it with: anteroom-hub serve --data %1, or join with another folder"_s.arg(dir), dir});
    const bool named = m_arguments.has(u"address"_s) && m_arguments.has(u"code"_s);
    if (status.role == node::Role::Empty && !named)
        return end({ErrorCode::Usage, Severity::Failure, u"The first join needs --address ADDR:PORT and --code C; on the host, anteroom-hub code prints one"_s, {}});
    if (status.role == node::Role::Empty || (status.historyRefused && named))
        return firstJoin(status.historyRefused);
    if (status.historyRefused) {
        watch();
        return;
    }
    joined(status.hostAddress.isEmpty() ? status.host : status.hostAddress);
}

void HubReplica::firstJoin(bool afresh)
{
    const auto where = parseHostPort(m_arguments.value(u"address"_s), kDefaultPort);
    if (!where)
        return end(where.error());
    if (afresh)
        complain(u"The copy that the host no longer knows is kept in a folder aside-… in %1, with its unsent entries in unsent.ndjson"_s.arg(m_replica->dataDir()));
    const QString address = hostPortText(where->address, where->port);
    m_patience.setSingleShot(true);
    m_patience.callOnTimeout(this, [this, address, afresh] {
        if (m_replica->status().role == node::Role::Empty || afresh)
            end({ErrorCode::Network, Severity::Failure,
                 u"No answer from %1 within 10 seconds; check the address, that the host is running, and the network cable"_s.arg(address), address});
    });
    m_patience.start(kJoinMs);
    whenReady(m_replica->join({where->address, where->port, m_arguments.value(u"code"_s), m_arguments.value(u"as"_s, userName()), QSysInfo::machineHostName(), afresh, kJoinMs}), this, [this, address](const Result<void> &done) {
            m_patience.stop();
            done ? joined(address) : end(done.error());
        });
}

void HubReplica::joined(const QString &address)
{
    if (const auto said = ready(address); !said)
        return end(said.error());
    watch();
    if (m_arguments.has(u"once"_s))
        exchangeOnce();
}

void HubReplica::exchangeOnce()
{
    whenReady(m_replica->syncNow(), this, [this](const Result<node::SyncSummary> &summary) {
        if (summary) {
            print(node::summaryWords(*summary) + u'\n');
            return QCoreApplication::exit(kDone);
        }
        if (summary.error().code != ErrorCode::Network || ++m_syncTries >= kSyncTries)
            return end(summary.error());
        QTimer::singleShot(kJoinMs / kSyncTries, this, &HubReplica::exchangeOnce);
    });
}

// A client that cannot go on says so; everything else heals by itself and is told once.
void HubReplica::watch()
{
    const auto look = [this] {
        const node::Status &status = m_replica->status();
        if (status.historyRefused) {
            const QString dir = m_arguments.value(u"data"_s);
            return end({ErrorCode::HistoryChanged, Severity::Failure,
                        u"The host does not share the history of %1 any more; get a new code there and run: anteroom-hub join --data %1 --address ADDR:PORT --code C (this copy and its unsent entries are kept aside in %1)"_s.arg(dir), dir});
        }
        if (status.attention != m_attention) {
            m_attention = status.attention;
            if (!m_attention.isEmpty() && !m_arguments.has(u"once"_s))       // --once says it when it gives up
                complain(m_attention);
        }
    };
    connect(m_replica.get(), &node::Replica::statusChanged, this, look);
    look();
}

Result<void> HubReplica::ready(const QString &address)
{
    m_service = std::make_unique<node::ControlService>(*m_replica);
    m_control = std::make_unique<node::ControlServer>(*m_service);
    if (const auto listening = m_control->listen(m_replica->dataDir()); !listening)
        return listening;
    if (m_arguments.has(u"port-file"_s))
        if (const auto written = writeFileAtomically(m_arguments.value(u"port-file"_s), QString(address + u'\n').toUtf8(), FileMode::Shared); !written)
            return written;
    if (m_serves && m_arguments.has(u"trial-lan"_s))
        complain(u"Trial on the LAN: there are no accounts and no encryption yet, whoever has the code reads everything; use no real patients"_s);
    print(u"ready %1\n"_s.arg(address));
    return {};
}

void HubReplica::end(const Error &error)
{
    QCoreApplication::exit(complainAbout(error));
}

} // namespace anteroom::app

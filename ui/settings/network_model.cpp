#include "ui/settings/network_model.h"

#include "core/when_ready.h"
#include "node/addresses.h"
#include "ui/common/rows.h"
#include "ui/desk/status_words.h"
#include "ui/first_start/first_start_model.h"
#include "ui/queue/board_view.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr int kTickMs = 1000, kHalf = 5;
const auto kAnyAddress = QLatin1String("0.0.0.0");
const auto kLoopback = QLatin1String("127.0.0.1");

} // namespace

void PeersModel::become(const std::vector<node::PeerStatus> &peers, const QString &self, const QString &version)
{
    const bool sameRows = peers.size() == m_peers.size();
    if (!sameRows)
        beginResetModel();
    m_peers = peers;
    m_self = self;
    m_version = version;
    if (!sameRows)
        endResetModel();
    else
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int PeersModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_peers.size()) + 1; }
int PeersModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant PeersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static constexpr const char *kTitles[] = {QT_TR_NOOP("PC"), QT_TR_NOOP("State"), QT_TR_NOOP("Behind"), QT_TR_NOOP("Version")};
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return tr(kTitles[section]);
    if (role == Qt::TextAlignmentRole && section == BehindColumn)
        return QVariant::fromValue(int(Qt::AlignTrailing | Qt::AlignVCenter));
    return {};
}

QVariant PeersModel::data(const QModelIndex &at, int role) const
{
    if (!at.isValid())
        return {};
    const bool self = at.row() == 0;
    const node::PeerStatus peer = self ? node::PeerStatus{.name = m_self, .version = m_version} : m_peers[static_cast<std::size_t>(at.row() - 1)];
    if (role == Qt::DisplayRole) {
        switch (at.column()) {
        case NameColumn: return self ? tr("%1 (this PC)").arg(peer.name) : peer.name;
        case StateColumn: return self ? tr("Host") : tr("Connected");
        case BehindColumn: return self ? QStringLiteral("0") : QLocale().toString(qlonglong(peer.behind));
        case VersionColumn: return peer.version;
        default: return {};
        }
    }
    if (role == StrongRole)
        return at.column() == NameColumn;
    if (role == ChipRole && self && at.column() == StateColumn)
        return QVariant::fromValue(ChipSpec{.text = tr("Host"), .hue = Hue::Info});
    if (role == ChipRole && at.column() == VersionColumn && !self && peer.version != m_version)
        return QVariant::fromValue(ChipSpec{.text = tr("%1, other").arg(peer.version), .hue = Hue::Priority});
    if (role == Qt::TextAlignmentRole && at.column() == BehindColumn)
        return QVariant::fromValue(int(Qt::AlignTrailing | Qt::AlignVCenter));
    return {};
}

NetworkModel::NetworkModel(const Context &context, QObject *parent) : QObject(parent), m_replica(context.replica), m_clock(context.clock)
{
    connect(&m_replica, &node::Replica::statusChanged, this, &NetworkModel::show);
    connect(&m_replica, &node::Replica::identityChanged, this, &NetworkModel::show);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &NetworkModel::codeChanged);
    show();
}

void NetworkModel::show()
{
    m_peers.become(status().clients, m_replica.identity().deviceName, QCoreApplication::applicationVersion());
    Q_EMIT changed();
}

void NetworkModel::failWith(const QString &words)
{
    m_failure = words;
    Q_EMIT changed();
}

bool NetworkModel::mayHost() const { return status().role == node::Role::Solo || status().role == node::Role::Host; }

QStringList NetworkModel::addresses() const
{
    return node::reachableAddresses(status().listening);
}

quint16 NetworkModel::port() const
{
    const auto where = parseAddress(status().listening);
    return where ? where->port : kDefaultPort;
}

void NetworkModel::setHosting(bool on, quint16 wanted)
{
    if (m_switching)
        return;
    m_switching = true;
    m_failure.clear();
    if (on) {
        const QString address = status().trialLan ? QString(kAnyAddress) : QString(kLoopback);
        whenReady(m_replica.startHosting(address, wanted), this, [this](const Result<node::Listening> &result) {
            m_switching = false;
            failWith(result ? QString() : result.error().detail);
        });
    } else {
        whenReady(m_replica.stopHosting(), this, [this](const Result<void> &result) {
            m_switching = false;
            m_code = {};
            Q_EMIT codeChanged();
            failWith(result ? QString() : result.error().detail);
        });
    }
    Q_EMIT changed();
}

void NetworkModel::newCode()
{
    whenReady(m_replica.newAccessCode(), this, [this](const Result<node::AccessCode> &result) {
        if (!result)
            return failWith(result.error().detail);
        m_code = *result;
        m_codeMadeAt = m_clock.utcMs();
        m_tick.start();
        failWith({});
        Q_EMIT codeChanged();
    });
}

QString NetworkModel::code() const
{
    if (m_code.code.isEmpty() || m_clock.utcMs() >= m_code.expiresAt)
        return {};
    return m_code.code.size() == 2 * kHalf ? QString(m_code.code.left(kHalf) + QLatin1Char(' ') + m_code.code.mid(kHalf)) : m_code.code;
}

QString NetworkModel::codeLeft() const
{
    if (code().isEmpty())
        return m_code.code.isEmpty() ? QString() : tr("The last code has run out.");
    return tr("%1 left. It works once.").arg(durationText(m_code.expiresAt - m_clock.utcMs()));
}

double NetworkModel::codePart() const
{
    const double whole = static_cast<double>(m_code.expiresAt - m_codeMadeAt);
    return whole <= 0 ? 0 : std::clamp(static_cast<double>(m_code.expiresAt - m_clock.utcMs()) / whole, 0.0, 1.0);
}

void NetworkModel::setAutoSync(bool on, int seconds)
{
    const auto result = m_replica.setAutoSync(on, seconds);
    failWith(result ? QString() : result.error().detail);
}

void NetworkModel::syncNow()
{
    if (m_syncing)
        return;
    m_syncing = true;
    m_syncResult.clear();
    Q_EMIT changed();
    whenReady(m_replica.syncNow(), this, [this](const Result<node::SyncSummary> &result) {
        m_syncing = false;
        m_syncResult = result ? summaryWords(*result) : result.error().detail;
        Q_EMIT changed();
    });
}

bool NetworkModel::historyRefused() const { return status().historyRefused; }

void NetworkModel::join(const QString &address, const QString &typedCode, bool afresh)
{
    if (m_joining)
        return;
    const auto where = parseAddress(address);
    if (!where)
        return failWith(where.error().detail);
    const auto accessCode = parseCode(typedCode);
    if (!accessCode)
        return failWith(accessCode.error().detail);
    m_joining = true;
    failWith({});
    const node::Identity &me = m_replica.identity();
    whenReady(m_replica.join({.address = where->host, .port = where->port, .code = *accessCode, .personName = me.personName, .deviceName = me.deviceName, .afresh = afresh}), this, [this](const Result<void> &result) {
            m_joining = false;
            failWith(result ? QString() : result.error().detail);
            if (result)
                Q_EMIT joined();
        });
}

} // namespace anteroom::ui

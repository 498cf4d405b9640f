#include "ui/hosting/hosting.h"

#include "ui/settings/app_settings.h"

namespace anteroom::ui {

Hosting::Hosting(node::Replica &replica, AppSettings &settings, const HostingPorts &ports, QObject *parent)
    : QObject(parent), m_replica(replica), m_settings(settings), m_ports(ports)
{
    connect(&m_replica, &node::Replica::statusChanged, this, &Hosting::update);
    connect(&m_settings, &AppSettings::hostingChanged, this, &Hosting::update);
    if (TrayPort *tray = m_ports.tray) {
        connect(tray, &TrayPort::openWanted, this, &Hosting::openWanted);
        connect(tray, &TrayPort::syncWanted, this, &Hosting::syncWanted);
        connect(tray, &TrayPort::stopWanted, this, &Hosting::stopWanted);
        connect(tray, &TrayPort::quitWanted, this, &Hosting::quitWanted);
    }
    if (AwakePort *awake = m_ports.awake) {
        connect(awake, &AwakePort::held, this, [this] {
            m_awakeFailure.clear();
            Q_EMIT changed();
        });
        connect(awake, &AwakePort::failed, this, [this](const QString &words) {
            m_awakeFailure = words;
            Q_EMIT changed();
        });
    }
    update();
}

Hosting::~Hosting()
{
    if (m_awake)
        m_ports.awake->release();
    if (m_ports.tray && m_shown.shown)
        m_ports.tray->show({});
}

bool Hosting::hosts() const { return m_replica.status().role == node::Role::Host && !m_replica.status().listening.isEmpty(); }

bool Hosting::hasTray() const { return m_ports.tray && m_ports.tray->available(); }

QStringList Hosting::connected() const
{
    QStringList names;
    for (const node::PeerStatus &peer : m_replica.status().clients)
        names.append(peer.name);
    return names;
}

QString Hosting::connectedTitle() const
{
    const auto count = static_cast<int>(m_replica.status().clients.size());
    return count == 0 ? tr("No other PC is connected") : count == 1 ? tr("1 PC is connected") : tr("%1 PCs are connected").arg(count);
}

TrayView Hosting::trayView() const
{
    if (!hosts())
        return {};
    TrayView view{.shown = true, .names = connected()};
    const node::Status &status = m_replica.status();
    QString state;
    switch (status.state) {
    case node::SyncState::Synced:
        view.icon = TrayView::Icon::Synced;
        state = tr("Synced");
        break;
    case node::SyncState::Syncing:
        view.icon = TrayView::Icon::Syncing;
        state = tr("Syncing");
        break;
    case node::SyncState::Pending:
        view.icon = TrayView::Icon::Pending;
        state = tr("%1 pending").arg(status.pending);
        break;
    case node::SyncState::Offline:
        view.icon = TrayView::Icon::Offline;
        state = tr("Offline");
        break;
    case node::SyncState::Attention:
        view.icon = TrayView::Icon::Attention;
        state = tr("Needs attention");
        break;
    }
    const auto count = static_cast<int>(view.names.size());
    view.connected = count == 0 ? tr("No other PC connected") : count == 1 ? tr("1 PC connected") : tr("%1 PCs connected").arg(count);
    view.words = tr("Hosting · %1 · %2").arg(view.connected, state);
    return view;
}

// Without a tray a host that closed its window could not be reached any more, so nothing is hidden there: a person who
// closes it is asked, and can have it minimised.
Hosting::Leave Hosting::onClose() const
{
    if (m_demo || m_ending || !hosts())
        return Leave::Freely;
    return hasTray() ? Leave::ToTray : Leave::Ask;
}

Hosting::Leave Hosting::onQuit() const { return m_demo || m_ending || m_replica.status().clients.empty() ? Leave::Freely : Leave::Ask; }

void Hosting::wentToTray()
{
    if (m_settings.trayTold() || !hasTray())
        return;
    m_ports.tray->say(tr("This PC goes on hosting"), tr("Other PCs stay connected. Open or quit Anteroom from this icon."));
    m_settings.setTrayTold();
}

bool Hosting::startsWithPc() const { return m_ports.autostart && m_ports.autostart->on(); }

void Hosting::setStartsWithPc(bool on)
{
    if (!m_ports.autostart)
        return;
    const auto result = m_ports.autostart->set(on);
    m_autostartFailure = result ? QString() : result.error().detail;
    Q_EMIT changed();
}

void Hosting::update()
{
    updateAwake();
    if (TrayView view = trayView(); view != m_shown) {
        m_shown = std::move(view);
        if (m_ports.tray)
            m_ports.tray->show(m_shown);
    }
    Q_EMIT changed();
}

void Hosting::updateAwake()
{
    const bool wanted = m_ports.awake && m_settings.keepAwake() && hosts() && !m_replica.status().clients.empty();
    if (wanted == m_awake)
        return;
    m_awake = wanted;
    if (wanted) {
        m_ports.awake->hold(tr("Other PCs of the clinic are connected"));
    } else {
        m_awakeFailure.clear();
        m_ports.awake->release();
    }
}

} // namespace anteroom::ui

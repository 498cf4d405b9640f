#include "ui/hosting/tray.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QPainter>

namespace anteroom::ui {
namespace {

struct Look { Hue hue; const char *icon; };

Look lookOf(TrayView::Icon icon)
{
    switch (icon) {
    case TrayView::Icon::Syncing: return {Hue::Info, "sync"};
    case TrayView::Icon::Pending: return {Hue::Priority, "upload"};
    case TrayView::Icon::Offline: return {Hue::Mute, "cut-line"};
    case TrayView::Icon::Attention: return {Hue::Danger, "octagon"};
    case TrayView::Icon::Synced: break;
    }
    return {Hue::Ok, "tick"};
}

// A tray's own colour is not known, so the icon brings its ground.
QPixmap drawn(const Theme &theme, TrayView::Icon icon, int side)
{
    constexpr qreal kInset = 0.18, kRadius = 0.22;           // parts of the side
    const Look look = lookOf(icon);
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.solid(look.hue));
    painter.drawRoundedRect(QRectF(0, 0, side, side), side * kRadius, side * kRadius);
    const qreal inset = side * kInset;
    paintIcon(&painter, QRectF(0, 0, side, side).adjusted(inset, inset, -inset, -inset), QLatin1String(look.icon), theme.onSolid(look.hue));
    return pixmap;
}

} // namespace

SystemTray::SystemTray(const Theme &theme) : m_theme(theme)
{
    buildMenu();
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT openWanted();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &SystemTray::openWanted);
    connect(&m_theme, &Theme::changed, this, &SystemTray::draw);
}

void SystemTray::buildMenu()
{
    connect(m_menu.addAction(tr("Open Anteroom")), &QAction::triggered, this, &SystemTray::openWanted);
    connect(m_menu.addAction(tr("Sync now")), &QAction::triggered, this, &SystemTray::syncWanted);
    m_connected = m_menu.addMenu(QString());
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("Stop hosting…")), &QAction::triggered, this, &SystemTray::stopWanted);
    connect(m_menu.addAction(tr("Quit")), &QAction::triggered, this, &SystemTray::quitWanted);
}

bool SystemTray::available() const { return QSystemTrayIcon::isSystemTrayAvailable(); }

void SystemTray::show(const TrayView &view)
{
    m_view = view;
    if (view.shown) {
        draw();
        m_icon.setToolTip(view.words);
        m_connected->setTitle(view.connected);
        m_connected->setEnabled(!view.names.isEmpty());
        m_connected->clear();
        for (const QString &name : view.names)
            m_connected->addAction(QString(name).replace(QLatin1Char('&'), QLatin1String("&&")))->setEnabled(false);
    }
    m_icon.setVisible(view.shown);   // waits by itself for a panel that starts later
}

void SystemTray::say(const QString &title, const QString &words) { m_icon.showMessage(title, words, m_icon.icon()); }

void SystemTray::draw()
{
    if (!m_view.shown)
        return;
    QIcon icon;
    for (const int side : {16, 22, 24, 32, 48, 64})          // what trays of 100 to 200 % ask for
        icon.addPixmap(drawn(m_theme, m_view.icon, side));
    m_icon.setIcon(icon);
}

} // namespace anteroom::ui

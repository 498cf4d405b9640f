#include "ui/hosting/host_window.h"

#include "ui/common/ask_dialog.h"
#include "ui/common/button.h"

#include <QGuiApplication>

namespace anteroom::ui {
namespace {

constexpr int kStartMs = 10'000;         // a host listens within a second of its start; then the window shows why not
constexpr int kEndMs = 60'000;           // a session that is still there then goes on: another program stopped its end

} // namespace

HostWindow::HostWindow(Hosting &hosting, std::function<QWidget *()> window, QObject *parent)
    : QObject(parent), m_hosting(hosting), m_window(std::move(window))
{
    m_starting.setSingleShot(true);
    m_starting.setInterval(kStartMs);
    m_ending.setSingleShot(true);
    m_ending.setInterval(kEndMs);
    connect(&m_ending, &QTimer::timeout, this, &HostWindow::sessionGoesOn);
    connect(&m_starting, &QTimer::timeout, this, &HostWindow::comeBackUnlessHosting);
    connect(&m_hosting, &Hosting::changed, this, [this] {
        if (m_hosting.hosts())
            m_starting.stop();
        else if (!m_starting.isActive())
            comeBackUnlessHosting();
    });
    connect(&m_hosting, &Hosting::openWanted, this, &HostWindow::raise);
    connect(&m_hosting, &Hosting::quitWanted, this, &HostWindow::quit);
}

HostWindow::~HostWindow() = default;

bool HostWindow::mayClose()
{
    if (m_leaving)
        return true;
    switch (m_hosting.onClose()) {
    case Hosting::Leave::Freely: return true;
    case Hosting::Leave::ToTray: goToTray(); return false;
    case Hosting::Leave::Ask: ask(Of::Window); return false;
    }
    return true;
}

void HostWindow::goToTray()
{
    m_inTray = true;
    QGuiApplication::setQuitOnLastWindowClosed(false);
    m_window()->hide();
    m_hosting.wentToTray();
}

void HostWindow::startInTray()
{
    if (!m_hosting.hasTray()) {          // the panel may start later, and may have no tray
        m_window()->showMinimized();
        return;
    }
    m_inTray = true;
    QGuiApplication::setQuitOnLastWindowClosed(false);
    if (!m_hosting.hosts())
        m_starting.start();
}

// Without hosting there is no icon, and nobody could find the program again.
void HostWindow::comeBackUnlessHosting()
{
    if (m_inTray && !m_hosting.hosts())
        raise();
}

void HostWindow::raise()
{
    QWidget *window = m_window();
    m_inTray = false;
    QGuiApplication::setQuitOnLastWindowClosed(true);
    window->setWindowState(window->windowState() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    window->activateWindow();
    Q_EMIT raised();
}

void HostWindow::quit()
{
    if (m_hosting.onQuit() == Hosting::Leave::Ask)
        ask(Of::Program);
    else
        leave();
}

void HostWindow::endSession()
{
    m_hosting.endSession(true);
    m_leaving = true;
    m_ending.start();
    if (m_ask)
        m_ask->close();
}

void HostWindow::sessionGoesOn()
{
    m_ending.stop();
    m_hosting.endSession(false);
    m_leaving = false;
}

void HostWindow::leave()
{
    m_leaving = true;
    m_window()->close();
    Q_EMIT left();
}

void HostWindow::ask(Of what)
{
    if (m_inTray)
        raise();                         // a question stands over its window
    if (m_ask)
        return;
    const QStringList names = m_hosting.connected();
    m_ask = new AskDialog(names.isEmpty() ? tr("This PC hosts the clinic") : m_hosting.connectedTitle(),
                          names.isEmpty() ? m_hosting.connectedTitle() : names.join(QStringLiteral(", ")),
                          names.isEmpty() ? tr("Other PCs cannot reach it while Anteroom is closed.")
                                          : tr("This PC is their host. They can go on working without it; what they change reaches the others when it runs again."),
                          m_window());
    auto *end = new Button(tr("Close anyway"), ButtonKind::Danger);
    auto *stay = new Button(tr("Stay open"), ButtonKind::Secondary);
    m_ask->addAct(end, false);
    if (what == Of::Window) {
        auto *minimise = new Button(tr("Minimise"), ButtonKind::Secondary);
        m_ask->addAct(minimise, false);
        connect(minimise, &Button::clicked, this, [this] { m_window()->showMinimized(); }, Qt::QueuedConnection);
    }
    m_ask->addAct(stay, true);
    connect(end, &Button::clicked, this, &HostWindow::leave, Qt::QueuedConnection);
    m_ask->open();
}

} // namespace anteroom::ui

#include "ui/desk/desk_window.h"

#include "core/when_ready.h"
#include "ui/books/books_page.h"
#include "ui/common/search_box.h"
#include "ui/conflicts/conflicts_page.h"
#include "ui/desk/status_words.h"
#include "ui/first_start/first_start_page.h"
#include "ui/import/import_panel.h"
#include "ui/patients/patients_page.h"
#include "ui/queue/queue_page.h"
#include "ui/queue/ticket_columns.h"
#include "ui/records/records_page.h"
#include "ui/search/search_panel.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/shell.h"
#include "ui/shell/shortcuts.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>

namespace anteroom::ui {
namespace {

constexpr QSize kSize(1366, 768);                            // LOOK: the PCs of a clinic
constexpr int kTickMs = 1000;                                // ages in the status bar
const auto kRegister = QLatin1String("register:");

} // namespace

DeskWindow::DeskWindow(node::Replica &replica, Theme &theme, QObject *parent, const HostingPorts &ports)
    : QObject(parent), m_replica(replica), m_theme(theme), m_settings(replica.dataDir()),
      m_undo(replica), m_hosting(replica, m_settings, ports), m_hostWindow(m_hosting, [this] { return widget(); }),
      m_context{replica, m_settings, m_clock, m_random, m_undo, &m_hosting}
{
    connect(&m_replica, &node::Replica::statusChanged, this, &DeskWindow::update);
    connect(&m_replica, &node::Replica::identityChanged, this, &DeskWindow::update);
    connect(&m_settings, &AppSettings::lookChanged, this, &DeskWindow::applyLook);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &DeskWindow::showStatus);
    connectHosting();
    applyLook();
    update();
}

DeskWindow::~DeskWindow() = default;

void DeskWindow::applyLook()
{
    m_theme.setScheme(m_settings.scheme());
    m_theme.setScale(m_settings.scale());
    m_theme.setShowsKeycaps(m_settings.keycaps());
    const QString still = m_settings.reducedMotion();
    m_theme.setReducedMotion(still == QLatin1String("system") ? std::nullopt : std::optional(still == QLatin1String("on")));
}

void DeskWindow::update()
{
    if (m_replica.status().role == node::Role::Empty) {
        if (!m_first && !m_shell)
            openFirstStart();
        return;
    }
    if (!m_shell)
        openShell();
    showIdentity();
    showStatus();
}

void DeskWindow::place(QWidget *window)
{
    window->resize(kSize);
    window->installEventFilter(this);
    if (m_shown)
        window->show();
}

void DeskWindow::openFirstStart()
{
    m_first = std::make_unique<FirstStartPage>(m_replica);
    connect(m_first.get(), &FirstStartPage::demoWanted, this, &DeskWindow::demoWanted);
    place(m_first.get());
}

void DeskWindow::openShell()
{
    m_queue = std::make_unique<QueueModel>(m_context);
    connect(m_queue.get(), &QueueModel::changed, this, &DeskWindow::chooseDeskByDefault);
    m_inbox = std::make_unique<InboxModel>(m_context);
    m_shell = std::make_unique<Shell>();
    std::vector<PageEntry> pages;
    pages.push_back({.id = QStringLiteral("queue"), .title = tr("Queue"), .icon = QStringLiteral("ticket"), .permission = {},
                     .factory = [this](QWidget *parent) -> Page * {
                         auto *page = new QueuePage(m_context, *m_queue, m_shell->toasts(), parent);
                         connect(page, &QueuePage::waitingChanged, this, [this](int waiting) { m_shell->setCount(QStringLiteral("queue"), waiting); });
                         return page;
                     },
                     .show = [](Page *page, const QString &detail) {
                         if (const auto patient = Uuid::fromString(detail))
                             static_cast<QueuePage *>(page)->newTicket(*patient);
                     }});
    pages.push_back({.id = QStringLiteral("patients"), .title = tr("Patients"), .icon = QStringLiteral("people"), .permission = {},
                     .factory = [this](QWidget *parent) -> Page * {
                         auto *page = new PatientsPage(m_context, *m_queue, parent);
                         connect(page, &PatientsPage::queueWanted, this, [this](const Uuid &patient) { m_shell->open(QStringLiteral("queue"), patient.toString()); });
                         return page;
                     },
                     .show = [](Page *page, const QString &detail) {
                         auto *patients = static_cast<PatientsPage *>(page);
                         if (detail.startsWith(kRegister))
                             patients->registerNew(detail.mid(kRegister.size()));
                         else if (const auto id = Uuid::fromString(detail))
                             patients->showPatient(*id);
                     }});
    pages.push_back({.id = QStringLiteral("book"), .title = tr("Schedule book"), .icon = QStringLiteral("calendar"), .permission = {},
                     .factory = [this](QWidget *parent) -> Page * { return new BooksPage(m_context, parent); }, .show = {}});
    pages.push_back({.id = QStringLiteral("records"), .title = tr("Records"), .icon = QStringLiteral("table"), .permission = {},
                     .factory = [this](QWidget *parent) -> Page * { return new RecordsPage(m_context, m_shell->toasts(), parent); },
                     .show = [](Page *page, const QString &detail) { static_cast<RecordsPage *>(page)->showDetail(detail); }});
    pages.push_back({.id = QStringLiteral("review"), .title = tr("Review"), .icon = QStringLiteral("review"), .permission = {},
                     .factory = [this](QWidget *parent) -> Page * { return new ConflictsPage(m_context, *m_inbox, m_shell->toasts(), parent); },
                     .bottom = true, .show = {}});
    pages.push_back({.id = QStringLiteral("settings"), .title = tr("Settings"), .icon = QStringLiteral("sliders"), .permission = {},
                     .factory = [this](QWidget *parent) -> Page * { return openSettings(parent); },
                     .bottom = true,
                     .show = [](Page *page, const QString &detail) { static_cast<SettingsPage *>(page)->showSection(detail); }});
    m_shell->setPages(std::move(pages), [](const QString &) { return true; });      // permissions come with accounts
    connectShell();
    m_shell->open(QStringLiteral("queue"));
    m_tick.start();
    place(m_shell.get());
    if (m_first) {
        m_first->hide();
        m_first.release()->deleteLater();                    // it may be the sender of the signal that led here
    }
}

void DeskWindow::connectShell()
{
    connectUndo();
    connect(m_shell.get(), &Shell::syncNowRequested, this, &DeskWindow::syncNow);
    connect(m_shell.get(), &Shell::statusActRequested, this, [this](StatusView::State state) {
        if (state == StatusView::State::Offline) {
            m_replica.reconnectNow();
            syncNow();
        } else if (state == StatusView::State::Attention) {
            openAttention();
        }
    });
    const auto badge = [this](int waiting) { m_shell->setCount(QStringLiteral("review"), waiting, true); };
    connect(m_inbox.get(), &InboxModel::waitingChanged, this, badge);
    badge(m_inbox->waiting());
    auto *found = new SearchPanel(m_context, m_shell->search(), m_shell.get());
    connect(found, &SearchPanel::openWanted, this, [this](const QString &page, const QString &detail) { m_shell->open(page, detail); });
    connect(found, &SearchPanel::registerWanted, this, [this](const QString &typed) { m_shell->open(QStringLiteral("patients"), kRegister + typed); });
}

// What waits for a person is decided on its page; what is wrong with the exchange itself is told under Network.
void DeskWindow::openAttention()
{
    const node::Status &status = m_replica.status();
    if (status.attention.isEmpty() && status.conflicts + status.reviews + status.rejected > 0)
        m_shell->open(QStringLiteral("review"));
    else
        m_shell->open(QStringLiteral("settings"), QStringLiteral("network"));
}

// Every act that can be taken back is offered for 20 s in a toast, and for as long as the window lives by its key. Text
// fields have an undo of their own and take the key before the window does.
void DeskWindow::connectUndo()
{
    QAction *key = addShortcut("undo", m_shell.get());
    connect(key, &QAction::triggered, &m_undo, &Undo::undo);
    const auto show = [this, key] { key->setEnabled(!m_undo.words().isEmpty()); };
    show();
    connect(&m_undo, &Undo::changed, this, [this, show] {
        show();
        if (m_undoToast && m_undo.words() != m_undoes)
            m_undoToast->dismiss();                          // it named the last act; by now that is another one
    });
    connect(&m_undo, &Undo::told, this, [this](const QString &said, bool undoable) {
        if (!undoable) {
            m_shell->toasts()->show({.text = said});
            return;
        }
        m_undoes = m_undo.words();
        m_undoToast = m_shell->toasts()->show({.text = said, .act = m_undoes, .key = shortcutKeys("undo"), .keyElsewhere = true, .undo = true},
                                              [this] { m_undo.undo(); });
    });
    const auto tell = [this](const QString &words) { m_shell->toasts()->show({.text = words, .icon = QStringLiteral("info"), .hue = Hue::Info}); };
    connect(&m_undo, &Undo::undone, this, tell);
    connect(&m_undo, &Undo::refused, this, tell);
}

void DeskWindow::syncNow()
{
    if (m_syncing || !m_shell)
        return;
    m_syncing = true;
    m_shell->statusStrip()->setSyncBusy(true);
    whenReady(m_replica.syncNow(), this, [this](const Result<node::SyncSummary> &result) {
        m_syncing = false;
        m_shell->statusStrip()->setSyncBusy(false);
        m_shell->statusStrip()->setSyncResult(result ? summaryWords(*result) : result.error().detail);
    });
}

void DeskWindow::showStatus()
{
    if (!m_shell)
        return;
    m_shell->setStatus(statusView(m_replica.status(), m_clock.utcMs()));
    m_shell->setTrialLan(m_replica.status().trialLan && !m_replica.status().listening.isEmpty());
}

void DeskWindow::showIdentity()
{
    const node::Identity &me = m_replica.identity();
    m_shell->setClinic(me.clinicName);
    m_shell->setDemo(m_demo || me.demo);
    const QString room = m_queue->loaded() ? nameOf(m_queue->board().rooms, m_settings.room(), room::kName) : QString();
    m_shell->setPerson(me.personName, room.isEmpty() ? me.deviceName : QString(me.deviceName + QStringLiteral(" · ") + room));
}

// A PC that was never told which desk it is serves the first service point: the queue works from the first minute on.
void DeskWindow::chooseDeskByDefault()
{
    if (m_settings.servicePoint().isNull() && m_queue->loaded() && !m_queue->board().points.empty()) {
        const Uuid point = m_queue->board().points.front().id;
        Uuid room;
        for (const schema::Row &row : m_queue->board().rooms)
            if (room.isNull() && schema::toUuid(row[room::kServicePoint]) == point)
                room = row.id;
        m_settings.setDesk(point, room);
    }
    showIdentity();
}

QWidget *DeskWindow::widget() const { return m_shell ? static_cast<QWidget *>(m_shell.get()) : m_first.get(); }

void DeskWindow::show()
{
    m_shown = true;
    widget()->show();
}

void DeskWindow::showInTray()
{
    if (m_replica.status().role != node::Role::Host)
        return show();
    m_hostWindow.startInTray();
}

void DeskWindow::setDemo(bool demo)
{
    m_demo = demo;
    m_hosting.setDemo(demo);
    if (m_shell)
        showIdentity();
}

void DeskWindow::keepDrafts()
{
    if (m_shell)
        m_shell->keepDrafts();
}

void DeskWindow::close()
{
    keepDrafts();
    m_shown = false;
    widget()->hide();
}

QueuePage *DeskWindow::queuePage()
{
    return m_shell && m_shell->open(QStringLiteral("queue")) ? static_cast<QueuePage *>(m_shell->page(QStringLiteral("queue"))) : nullptr;
}

PatientsPage *DeskWindow::patientsPage()
{
    return m_shell && m_shell->open(QStringLiteral("patients")) ? static_cast<PatientsPage *>(m_shell->page(QStringLiteral("patients"))) : nullptr;
}

Page *DeskWindow::openSettings(QWidget *parent)
{
    auto *page = new SettingsPage(m_context, *m_queue, parent);
    if (m_importer && m_replica.session().session().role == schema::Role::Admin)
        page->addDataPanel(new ImportPanel(*m_importer));
    return page;
}

SettingsPage *DeskWindow::settingsPage()
{
    return m_shell && m_shell->open(QStringLiteral("settings")) ? static_cast<SettingsPage *>(m_shell->page(QStringLiteral("settings"))) : nullptr;
}

ConflictsPage *DeskWindow::conflictsPage()
{
    return m_shell && m_shell->open(QStringLiteral("review")) ? static_cast<ConflictsPage *>(m_shell->page(QStringLiteral("review"))) : nullptr;
}

void DeskWindow::connectHosting()
{
    connect(&m_hosting, &Hosting::syncWanted, this, &DeskWindow::syncNow);
    connect(&m_hosting, &Hosting::stopWanted, this, [this] {
        m_hostWindow.raise();
        if (SettingsPage *page = settingsPage()) {
            page->showSection(QStringLiteral("network"));
            page->network()->askToStop();
        }
    });
    connect(&m_hostWindow, &HostWindow::raised, this, [this] { m_shown = true; });
}

bool DeskWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Close && watched == widget()) {
        keepDrafts();                                        // also on the way to the tray: the PC may be turned off there
        if (!m_hostWindow.mayClose()) {
            event->ignore();
            return true;
        }
        m_shown = false;
        Q_EMIT closed();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace anteroom::ui

// One window of one replica: the first start while there is no clinic, else the shell with the pages, the status bar wired
// to the replica, and the look as the settings say. Two of them can live in one process.
#pragma once

#include "ui/desk/context.h"
#include "ui/desk/undo.h"
#include "ui/hosting/host_window.h"
#include "ui/settings/app_settings.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QStackedLayout;

namespace anteroom::ui {

class ConflictsPage;
class FirstStartPage;
class ImportPort;
class InboxModel;
class Page;
class PatientsPage;
class QueueModel;
class QueuePage;
class SettingsPage;
class Shell;
class Toast;

class DeskWindow final : public QObject {
    Q_OBJECT
public:
    // Replica and theme outlive the window. Settings of this desk are kept in its data directory.
    DeskWindow(node::Replica &replica, Theme &theme, QObject *parent = nullptr, const HostingPorts &ports = {});
    ~DeskWindow() override;

    void show();
    void showInTray();                                       // a host that starts with the PC; else as show()
    void close();
    void keepDrafts();                                       // what is typed on any page is put now: the session may end at once
    void setDemo(bool demo);                                 // marked on the window, whatever the clinic says
    void setImporter(ImportPort &port) { m_importer = &port; }      // offered to admins; before the settings are opened
    [[nodiscard]] QWidget *widget() const;                   // what is on screen now
    [[nodiscard]] AppSettings &settings() { return m_settings; }
    [[nodiscard]] Undo &undo() { return m_undo; }
    [[nodiscard]] HostWindow &hostWindow() { return m_hostWindow; }
    // Each opens the page if need be; null while there is no clinic.
    [[nodiscard]] Shell *shell() const { return m_shell.get(); }
    [[nodiscard]] QueuePage *queuePage();
    [[nodiscard]] PatientsPage *patientsPage();
    [[nodiscard]] SettingsPage *settingsPage();
    [[nodiscard]] ConflictsPage *conflictsPage();
    void syncNow();

Q_SIGNALS:
    void demoWanted();
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void update();
    void openFirstStart();
    void openShell();
    void connectShell();
    void openAttention();
    void connectUndo();
    void showStatus();
    void showIdentity();
    void applyLook();
    void chooseDeskByDefault();
    [[nodiscard]] Page *openSettings(QWidget *parent);
    void place(QWidget *window);
    void connectHosting();

    node::Replica &m_replica;
    Theme &m_theme;
    AppSettings m_settings;
    SystemClock m_clock;
    SystemRandom m_random;
    Undo m_undo;
    Hosting m_hosting;
    HostWindow m_hostWindow;
    const Context m_context;
    ImportPort *m_importer = nullptr;
    std::unique_ptr<FirstStartPage> m_first;
    std::unique_ptr<QueueModel> m_queue;                     // one board for all pages of the window
    std::unique_ptr<InboxModel> m_inbox;                     // counts for the rail, also while its page was never opened
    std::unique_ptr<Shell> m_shell;
    QTimer m_tick;
    bool m_syncing = false, m_shown = false, m_demo = false;
    QPointer<Toast> m_undoToast;
    QString m_undoes;                                        // what that toast offers
};

} // namespace anteroom::ui

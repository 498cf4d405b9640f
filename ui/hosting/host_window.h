// The window of a host: into the tray and back, and the question with names before its program leaves. It never ends the
// program itself: once nothing holds it, the window closes and left() says so.
#pragma once

#include "ui/hosting/hosting.h"

#include <QPointer>
#include <QTimer>

#include <functional>

class QWidget;

namespace anteroom::ui {

class AskDialog;

class HostWindow final : public QObject {
    Q_OBJECT
public:
    // `window` may be another one later: the first start, then the shell.
    HostWindow(Hosting &hosting, std::function<QWidget *()> window, QObject *parent = nullptr);
    ~HostWindow() override;

    [[nodiscard]] bool mayClose();       // false: it went to the tray, or a person is asked
    void startInTray();                  // the first show of a program that starts with the PC
    void raise();
    void quit();                         // of the program; asks first where others are connected
    void endSession();                   // the system ends: closes at once, whatever is open
    void sessionGoesOn();                // its end was called off: a host is closed only by who means it
    [[nodiscard]] bool inTray() const { return m_inTray; }

Q_SIGNALS:
    void raised();
    void left();

private:
    enum class Of : unsigned char { Window, Program };

    void goToTray();
    void ask(Of what);
    void leave();
    void comeBackUnlessHosting();

    Hosting &m_hosting;
    std::function<QWidget *()> m_window;
    QPointer<AskDialog> m_ask;
    QTimer m_ending;                     // nothing tells that the end of a session was called off
    QTimer m_starting;                   // while it runs, the host may not listen yet
    bool m_inTray = false, m_leaving = false;
};

} // namespace anteroom::ui

// Hosting for the program: the ports of this PC, the request of a second start, and the end of the session, wired to one
// window. A second start for the same data folder raises the first one's window over the folder's control socket, which
// only this user can enter. Owns no data and decides nothing.
#pragma once

#include "app/desktop_hosting_autostart.h"
#include "node/control_protocol.h"
#include "ui/desk/desk_window.h"
#include "ui/hosting/tray.h"

#include <memory>

class QGuiApplication;

namespace anteroom::app {

class DesktopHosting {
public:
    DesktopHosting(const ui::Theme &theme, const AutostartCommand &command);

    [[nodiscard]] ui::HostingPorts ports() const { return {.tray = m_tray.get(), .autostart = m_autostart.get(), .awake = m_awake.get()}; }
    // The program ends when a window that may close has closed; the system's end is never held up.
    static void connectWindow(QGuiApplication &application, ui::DeskWindow &window);

private:
    std::unique_ptr<ui::SystemTray> m_tray;
    std::unique_ptr<ui::AutostartPort> m_autostart;
    std::unique_ptr<ui::AwakePort> m_awake;
};

// Answers "raise" itself and hands every other request on. Window and handler outlive it.
class RaisingHandler final : public node::ControlHandler {
public:
    RaisingHandler(node::ControlHandler &rest, ui::DeskWindow &window) : m_rest(rest), m_window(window) {}
    void handle(const QJsonObject &request, const node::ControlAnswer &answer) override;

private:
    node::ControlHandler &m_rest;
    ui::DeskWindow &m_window;
};

// Asks the program that runs this folder to come to the front, and waits for its answer; false where none has a window.
[[nodiscard]] bool raiseRunning(const QString &dataDir);

} // namespace anteroom::app

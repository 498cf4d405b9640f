// Hosting as a person meets it: what the tray says, what closing the window means, who would be left alone, and whether
// this PC stays awake and starts by itself. Words and decisions over the replica's status; no widget, and it never stops
// hosting by itself.
#pragma once

#include "node/replica.h"
#include "ui/hosting/ports.h"

namespace anteroom::ui {

class AppSettings;

class Hosting final : public QObject {
    Q_OBJECT
public:
    enum class Leave : unsigned char {
        Freely,          // nobody needs this program
        ToTray,          // it goes on hosting without its window
        Ask,             // a person decides, seeing the names
    };

    Hosting(node::Replica &replica, AppSettings &settings, const HostingPorts &ports, QObject *parent = nullptr);
    ~Hosting() override;

    [[nodiscard]] bool hosts() const;                        // it listens, so other PCs may depend on it
    [[nodiscard]] bool hasTray() const;
    [[nodiscard]] QStringList connected() const;             // names
    [[nodiscard]] QString connectedTitle() const;            // "3 PCs are connected"; "No other PC is connected"
    [[nodiscard]] TrayView trayView() const;

    [[nodiscard]] Leave onClose() const;                     // of the window
    [[nodiscard]] Leave onQuit() const;                      // of the program
    void setDemo(bool demo) { m_demo = demo; }               // the PCs of a demo live in this program and end with it
    void endSession(bool ends) { m_ending = ends; }          // the system logs out or turns off: nothing is asked any more
    void wentToTray();                                       // says so, the first time

    [[nodiscard]] bool mayStartWithPc() const { return m_ports.autostart; }
    [[nodiscard]] bool startsWithPc() const;
    void setStartsWithPc(bool on);
    [[nodiscard]] QString autostartFailure() const { return m_autostartFailure; }

    [[nodiscard]] bool mayKeepAwake() const { return m_ports.awake; }
    [[nodiscard]] QString awakeFailure() const { return m_awakeFailure; }

Q_SIGNALS:
    void changed();
    void openWanted();
    void syncWanted();
    void stopWanted();
    void quitWanted();

private:
    void update();
    void updateAwake();

    node::Replica &m_replica;
    AppSettings &m_settings;
    const HostingPorts m_ports;
    TrayView m_shown;
    QString m_autostartFailure, m_awakeFailure;
    bool m_demo = false, m_ending = false, m_awake = false;
};

} // namespace anteroom::ui

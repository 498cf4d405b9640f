// The icon in the system's tray: state by shape and colour, words in its tool-tip, and what a host needs without its
// window in its menu. Decides nothing; there may be no tray at all, which available() says.
#pragma once

#include "ui/hosting/ports.h"

#include <QMenu>
#include <QSystemTrayIcon>

namespace anteroom::ui {

class Theme;

class SystemTray final : public TrayPort {
    Q_OBJECT
public:
    explicit SystemTray(const Theme &theme);

    [[nodiscard]] bool available() const override;
    void show(const TrayView &view) override;
    void say(const QString &title, const QString &words) override;

    [[nodiscard]] const QSystemTrayIcon &icon() const { return m_icon; }
    [[nodiscard]] const QMenu &menu() const { return m_menu; }

private:
    void draw();
    void buildMenu();

    const Theme &m_theme;
    TrayView m_view;
    QMenu m_menu;                    // outlives the icon, which only points at it
    QMenu *m_connected;
    QSystemTrayIcon m_icon;
};

} // namespace anteroom::ui

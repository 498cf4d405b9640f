// The demo: a host and two clients at work on a demo clinic, three replicas in one process, each with its own folder
// below one demo folder. It makes the clinic once; the second start goes on with it.
#pragma once

#include "core/clock.h"
#include "core/random.h"
#include "node/replica.h"
#include "ui/desk/desk_window.h"

#include <QObject>

#include <array>
#include <functional>
#include <memory>

namespace anteroom::app {

inline constexpr int kDemoPlaces = 3;                        // host, client A, client B
struct DemoPlace { const char *folder; const char *device; const char *person; };
inline constexpr std::array<DemoPlace, kDemoPlaces> kPlaces = {
    DemoPlace{"desk-1", "Desk 1", "Amina Diallo"}, DemoPlace{"reception", "Reception", "Marta Silva"}, DemoPlace{"room-3", "Room 3", "Kofi Osei"}};

class DesktopDemo final : public QObject {
    Q_OBJECT
public:
    DesktopDemo(QString folder, ui::Theme &theme, QObject *parent = nullptr);
    ~DesktopDemo() override;

    // Opens or makes everything, then says ready() or failed(); nothing is shown before.
    void start();
    void show(int windows = 1);              // the host's first; the other desks are at work all the same

    [[nodiscard]] node::Replica &replica(int place) { return *m_replicas[static_cast<std::size_t>(place)]; }
    [[nodiscard]] ui::DeskWindow &window(int place) { return *m_windows[static_cast<std::size_t>(place)]; }
    [[nodiscard]] QString folder(int place) const;
    // Closes one replica and its window as pulling the cable would: it opens again without a network, or with.
    [[nodiscard]] Result<void> reopen(int place, bool network);

Q_SIGNALS:
    void ready();
    void failed(const anteroom::Error &error);

private:
    void open();
    void makeClinic();
    void nextAct(std::size_t at);
    void listen();
    void joinNext(int place);
    void openWindows();
    void chooseDesks();

    QString m_folder;
    ui::Theme &m_theme;
    SystemClock m_clock;
    struct Acts;
    std::unique_ptr<Acts> m_acts;
    std::array<std::unique_ptr<node::Replica>, kDemoPlaces> m_replicas;
    std::array<std::unique_ptr<ui::DeskWindow>, kDemoPlaces> m_windows;
    node::Listening m_listening;
};

} // namespace anteroom::app

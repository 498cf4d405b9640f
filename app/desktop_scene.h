// The headless demo: three windows without a display play one morning scene, measure how fast a save shows at another
// desk, save pictures of the windows, and compare what the three replicas hold. Ends by itself.
#pragma once

#include "app/desktop_demo.h"

#include <QElapsedTimer>
#include <QTimer>

#include <deque>

namespace anteroom::app {

class DesktopScene final : public QObject {
    Q_OBJECT
public:
    static constexpr int kMostMs = 55'000;                   // the promise is 60 s; past this it fails with words

    DesktopScene(QString outDir, ui::Theme &theme, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    struct Step {
        const char *what;
        std::function<void()> begin;
        std::function<bool()> done;                          // asked until true
    };
    void writeScript();
    void registerAtReception();
    void callAtTwoDesks();
    void cutRoom3();
    void plugInAgain();
    void pictures();
    void differencePictures();
    void firstStartPictures();
    void add(const char *what, std::function<void()> begin, std::function<bool()> done);
    void next();
    void poll();
    void say(const QString &line);
    void fail(const QString &line);
    void picture(int place, const QString &name);
    void save(QWidget *window, const QString &name, bool dark);
    void countPatients(int place);
    void compare();
    void editPhone(int place, const QString &phone);

    QString m_out;
    ui::Theme &m_theme;
    std::unique_ptr<DesktopDemo> m_demo;
    std::unique_ptr<node::Replica> m_newPc;                  // without a clinic: the first window
    std::unique_ptr<ui::DeskWindow> m_newWindow;
    std::deque<Step> m_steps;
    std::function<bool()> m_until;
    const char *m_step = "the clinic";
    QTimer m_poll, m_limit;
    QElapsedTimer m_since, m_all;
    Uuid m_patient;
    std::array<std::int64_t, kDemoPlaces> m_counts{};
    std::int64_t m_countBefore = 0;
    QString m_phone;
    bool m_found = false, m_edited = false, m_measuring = false;
    QStringList m_called;
    int m_asked = 0;
};

} // namespace anteroom::app

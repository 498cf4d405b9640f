// TypingProbe: types into the desk like a person and measures how long the event loop keeps an event waiting, in the
// program as it ships. Driven by lines on standard input: "measure" begins a span, "end" ends it and answers with a line of
// JSON; the end of input ends the program. A thread of its own posts an event every millisecond, never two at once; how
// long it waited is the block. For benchmarks; it writes nothing into the clinic.
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace anteroom::ui {
class DeskWindow;
}

namespace anteroom::app {

class TypingProbe final : public QObject {
    Q_OBJECT
public:
    explicit TypingProbe(ui::DeskWindow &window, QObject *parent = nullptr);
    ~TypingProbe() override;

private:
    void watch();                            // the thread
    void delivered(std::int64_t postedNs);
    void readInput();
    void obey(const QByteArray &line);
    void typeNext();
    void openPlace();
    void answer();

    ui::DeskWindow &m_window;
    QSocketNotifier m_input;
    QByteArray m_buffer;
    QTimer m_keys;
    std::size_t m_place = 0;
    int m_typed = 0, m_keysTyped = 0;
    bool m_measuring = false;
    std::vector<double> m_waits;             // ms
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_waiting = false, m_stop = false;  // an event is on its way; the thread ends
    std::thread m_thread;
};

} // namespace anteroom::app

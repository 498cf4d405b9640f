#include "app/desktop_probe.h"

#include "ui/desk/desk_window.h"
#include "ui/shell/shell.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QWidget>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <unistd.h>

namespace anteroom::app {

namespace {

using namespace std::chrono_literals;

constexpr int kKeyMs = 60;                   // a fast typist: some 16 keys a second
constexpr int kKeysAPlace = 60;              // then another page, so that each is typed into while rows come in
constexpr auto kPostEvery = 1ms;

struct Place {
    const char *page, *detail;
};
constexpr std::array kPlaces = {
    Place{"patients", ""},                   // the search over the list
    Place{"patients", "register:"},          // the form
    Place{"records", "patients"},            // the filter over a table
};
// Names, a typo, digits, and taking it back: what a search box is given in an hour.
constexpr char16_t kText[] = u"diallo amina\b\b\b\b\b\b\b\b\b\b\b\b7612\b\b\b\bsiva\b\b\b\b";
constexpr int kTextLength = static_cast<int>(std::size(kText)) - 1;

std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void say(const QJsonObject &object)
{
    std::fprintf(stdout, "%s\n", QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

} // namespace

TypingProbe::TypingProbe(ui::DeskWindow &window, QObject *parent)
    : QObject(parent), m_window(window), m_input(STDIN_FILENO, QSocketNotifier::Read)
{
    connect(&m_input, &QSocketNotifier::activated, this, &TypingProbe::readInput);
    m_keys.setInterval(kKeyMs);
    connect(&m_keys, &QTimer::timeout, this, &TypingProbe::typeNext);
    m_thread = std::thread([this] { watch(); });
    say({{QStringLiteral("ready"), true}});
}

TypingProbe::~TypingProbe()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void TypingProbe::watch()
{
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, kPostEvery, [this] { return m_stop; })) {
        if (m_waiting)
            continue;
        m_waiting = true;
        QMetaObject::invokeMethod(this, [this, posted = nowNs()] { delivered(posted); }, Qt::QueuedConnection);
    }
}

void TypingProbe::delivered(std::int64_t postedNs)
{
    if (m_measuring)
        m_waits.push_back(static_cast<double>(nowNs() - postedNs) / 1e6);
    const std::lock_guard lock(m_mutex);
    m_waiting = false;
}

void TypingProbe::readInput()
{
    char bytes[1024];
    const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
    if (count <= 0) {
        m_input.setEnabled(false);
        return QCoreApplication::quit();
    }
    m_buffer.append(bytes, count);
    for (qsizetype end; (end = m_buffer.indexOf('\n')) >= 0; m_buffer.remove(0, end + 1))
        obey(m_buffer.left(end).trimmed());
}

void TypingProbe::obey(const QByteArray &line)
{
    if (line == "measure") {
        m_waits.clear();
        m_keysTyped = 0;
        openPlace();
        m_measuring = true;
        m_keys.start();
    } else if (line == "end") {
        m_keys.stop();
        m_measuring = false;
        answer();
    }
}

void TypingProbe::openPlace()
{
    const Place &place = kPlaces[m_place];
    ui::Shell *shell = m_window.shell();
    shell->open(QString::fromLatin1(place.page), QString::fromLatin1(place.detail));
    if (auto *page = shell->page(QString::fromLatin1(place.page)); page && qstrlen(place.detail) == 0)
        page->focusSearch();
}

void TypingProbe::typeNext()
{
    if (++m_typed % kKeysAPlace == 0) {
        m_place = (m_place + 1) % kPlaces.size();
        return openPlace();
    }
    QWidget *focus = m_window.widget()->focusWidget();       // where it goes when the window is in front
    if (!focus)
        return;
    const char16_t letter = kText[m_typed % kTextLength];
    const int key = letter == u'\b' ? int{Qt::Key_Backspace} : QChar(letter).toUpper().unicode();
    const QString text = letter == u'\b' ? QString() : QString(QChar(letter));
    QCoreApplication::postEvent(focus, new QKeyEvent(QEvent::KeyPress, key, Qt::NoModifier, text));
    QCoreApplication::postEvent(focus, new QKeyEvent(QEvent::KeyRelease, key, Qt::NoModifier, text));
    ++m_keysTyped;
}

void TypingProbe::answer()
{
    std::sort(m_waits.begin(), m_waits.end());
    const auto at = [&](double share) {
        return m_waits.empty() ? 0.0 : m_waits[static_cast<std::size_t>(share * static_cast<double>(m_waits.size() - 1))];
    };
    say({{QStringLiteral("max"), at(1)}, {QStringLiteral("p99"), at(0.99)}, {QStringLiteral("p50"), at(0.5)},
         {QStringLiteral("samples"), static_cast<qint64>(m_waits.size())}, {QStringLiteral("keys"), m_keysTyped}});
}

} // namespace anteroom::app

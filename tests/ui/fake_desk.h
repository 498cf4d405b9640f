// A desk for tests: a real replica in a temporary folder with a window over it, and helpers to wait for futures without
// sleeping. Ports are always 0; nothing outlives the test.
#pragma once

#include "node/replica.h"
#include "ui/desk/desk_window.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

namespace anteroom::ui {

inline constexpr int kWaitMs = 10'000;

// Waits for a future of the replica; the test fails with the error's words.
template <typename T>
std::optional<T> answer(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, kWaitMs)) {
        QTest::qFail("no answer", __FILE__, __LINE__);
        return std::nullopt;
    }
    const Result<T> result = future.result();
    if (!result) {
        QTest::qFail(qPrintable(result.error().detail), __FILE__, __LINE__);
        return std::nullopt;
    }
    return *result;
}

inline bool done(QFuture<Result<void>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, kWaitMs))
        return false;
    const Result<void> result = future.result();
    if (!result)
        qWarning("%s", qPrintable(result.error().detail));
    return result.has_value();
}

class FakeDesk {
public:
    explicit FakeDesk(Theme &theme) : m_theme(theme) { open(); }

    void open(bool network = true)
    {
        window.reset();
        replica.reset();
        auto opened = node::Replica::open({.dataDir = m_folder.path(), .network = network});
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        replica = std::move(*opened);
        window = std::make_unique<DeskWindow>(*replica, m_theme);
        window->show();
    }

    bool startClinic(const QString &person = QStringLiteral("Amina Diallo"))
    {
        return done(replica->startClinic({.clinicName = QStringLiteral("Test clinic"), .personName = person, .deviceName = QStringLiteral("Desk 1")}))
            && QTest::qWaitFor([&] { return window->shell() != nullptr; }, kWaitMs);
    }

    std::optional<node::Listening> host() { return answer(replica->startHosting(QStringLiteral("127.0.0.1"), 0)); }

    // A new access code of `host`, typed here.
    bool join(FakeDesk &host, const node::Listening &where, const QString &person, const QString &device)
    {
        const auto code = answer(host.replica->newAccessCode());
        return code && done(replica->join({.address = where.address, .port = where.port, .code = code->code, .personName = person, .deviceName = device}))
            && QTest::qWaitFor([&] { return window->shell() != nullptr; }, kWaitMs);
    }

private:
    QTemporaryDir m_folder;
    Theme &m_theme;

public:
    std::unique_ptr<node::Replica> replica;
    std::unique_ptr<DeskWindow> window;
};

} // namespace anteroom::ui

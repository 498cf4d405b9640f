// Keeps a test quiet: any warning that the program or Qt writes fails it, with the words. What the offscreen platform says
// of itself is let through.
#pragma once

#include <QMutex>
#include <QStringList>
#include <QTest>

namespace anteroom::ui {

class Quiet {
public:
    Quiet()
    {
        heard().clear();
        s_before = qInstallMessageHandler(&Quiet::hear);
    }
    ~Quiet() { qInstallMessageHandler(s_before); }
    Quiet(const Quiet &) = delete;
    Quiet &operator=(const Quiet &) = delete;

    // What was said so far; empty is good: QVERIFY2(quiet.words().isEmpty(), qPrintable(quiet.words()));
    [[nodiscard]] QString words() const
    {
        const QMutexLocker lock(&s_mutex);
        return heard().join(QLatin1Char('\n'));
    }

private:
    static QStringList &heard()
    {
        static QStringList list;
        return list;
    }

    static void hear(QtMsgType type, const QMessageLogContext &context, const QString &words)
    {
        static const char *const kOfThePlatform[] = {"propagateSizeHints", "XDG_RUNTIME_DIR", "offscreen"};
        const bool platform = std::any_of(std::begin(kOfThePlatform), std::end(kOfThePlatform), [&](const char *part) { return words.contains(QLatin1String(part)); });
        if ((type == QtWarningMsg || type == QtCriticalMsg) && !platform) {
            const QMutexLocker lock(&s_mutex);
            heard().append(words);
        }
        if (s_before)
            s_before(type, context, words);
    }

    static inline QtMessageHandler s_before = nullptr;
    static inline QMutex s_mutex;
};

} // namespace anteroom::ui

#include "app/desktop_hosting_awake.h"

#include <QtGlobal>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusUnixFileDescriptor>
#endif

#include <QCoreApplication>

namespace anteroom::app {
namespace {

QString failureWords()
{
    return QCoreApplication::translate("Hosting", "This PC did not agree to stay awake. Set it to never sleep in its power settings while others need it.");
}

#ifdef Q_OS_WIN

class SystemAwake final : public ui::AwakePort {
public:
    ~SystemAwake() override { release(); }

    void hold(const QString &) override
    {
        if (SetThreadExecutionState(ES_CONTINUOUS | ES_SYSTEM_REQUIRED) != 0)
            Q_EMIT held();
        else
            Q_EMIT failed(failureWords());
    }
    void release() override { SetThreadExecutionState(ES_CONTINUOUS); }
};

#else

constexpr int kAnswerMs = 10'000;                            // logind answers in milliseconds, or is not there

class SystemAwake final : public ui::AwakePort {
public:
    SystemAwake() : m_bus(QDBusConnection::connectToBus(QDBusConnection::SystemBus, kConnection)) {}
    ~SystemAwake() override
    {
        release();
        QDBusConnection::disconnectFromBus(kConnection);
    }

    void hold(const QString &why) override
    {
        QDBusMessage call = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
                                                           QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
        call << QStringLiteral("idle:sleep") << QStringLiteral("Anteroom") << why << QStringLiteral("block");
        m_call = std::make_unique<QDBusPendingCallWatcher>(m_bus.asyncCall(call, kAnswerMs));
        connect(m_call.get(), &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *watcher) {
            const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
            const bool given = reply.isValid() && reply.value().isValid();
            m_lock = given ? reply.value() : QDBusUnixFileDescriptor();
            m_call.release()->deleteLater();                 // it is the sender; the reply holds a copy of the descriptor
            if (given)
                Q_EMIT held();
            else
                Q_EMIT failed(failureWords());
        });
    }

    void release() override
    {
        m_call.reset();                                      // an answer on its way is closed with its message
        m_lock = QDBusUnixFileDescriptor();
    }

private:
    static constexpr QLatin1String kConnection{"anteroom-awake"};

    QDBusConnection m_bus;
    std::unique_ptr<QDBusPendingCallWatcher> m_call;
    QDBusUnixFileDescriptor m_lock;
};

#endif

} // namespace

std::unique_ptr<ui::AwakePort> makeAwake() { return std::make_unique<SystemAwake>(); }

} // namespace anteroom::app

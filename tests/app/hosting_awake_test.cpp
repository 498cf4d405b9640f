// Staying awake with a real bus: a dbus-daemon of the test's own carries the call to a stand-in of logind, which sees at
// its end of a pipe whether the lock is held.
#include "app/desktop_hosting_awake.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusUnixFileDescriptor>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

using namespace anteroom;
using namespace Qt::StringLiterals;

class Login1 : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")
public:
    ~Login1() override { drop(); }

    int m_asked = 0;
    bool m_refuses = false;
    QStringList m_words;

    // The other end is open somewhere as long as reading would have to wait.
    [[nodiscard]] bool held() const
    {
        char byte = 0;
        return m_end >= 0 && ::read(m_end, &byte, 1) < 0;
    }
    void drop()
    {
        if (m_end >= 0)
            ::close(m_end);
        m_end = -1;
    }

public Q_SLOTS:
    Q_SCRIPTABLE QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &why, const QString &mode)
    {
        ++m_asked;
        m_words = {what, who, why, mode};
        if (m_refuses) {
            sendErrorReply(u"org.freedesktop.DBus.Error.AccessDenied"_s, u"Permission denied"_s);
            return {};
        }
        drop();
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
            return {};
        m_end = ends[0];
        const QDBusUnixFileDescriptor theirs(ends[1]);       // keeps a copy
        ::close(ends[1]);
        return theirs;
    }

private:
    int m_end = -1;
};

class HostingAwakeTest : public QObject {
    Q_OBJECT

private:
    static constexpr int kWaitMs = 10'000;
    QProcess m_daemon;
    Login1 m_login;
    bool m_missing = false;

    bool offer()
    {
        QDBusConnection bus = QDBusConnection::connectToBus(QString::fromLocal8Bit(qgetenv("DBUS_SYSTEM_BUS_ADDRESS")), u"stand-in"_s);
        return bus.registerObject(u"/org/freedesktop/login1"_s, &m_login, QDBusConnection::ExportScriptableSlots)
            && bus.registerService(u"org.freedesktop.login1"_s);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString program = QStandardPaths::findExecutable(u"dbus-daemon"_s);
        if (program.isEmpty()) {
            m_missing = true;
            return;
        }
        m_daemon.start(program, {u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address=1"_s});
        QTRY_VERIFY_WITH_TIMEOUT(m_daemon.canReadLine(), kWaitMs);
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_daemon.readLine().trimmed());
        QVERIFY(offer());
    }
    void cleanupTestCase()
    {
        if (m_daemon.state() == QProcess::NotRunning)
            return;
        QDBusConnection::disconnectFromBus(u"stand-in"_s);
        m_daemon.terminate();
        QVERIFY(m_daemon.waitForFinished(kWaitMs));
    }
    void init()
    {
        m_login.drop();
        m_login.m_asked = 0;
        m_login.m_refuses = false;
        if (m_missing)
            QSKIP("dbus-daemon is not installed (Debian package dbus), so no bus can carry the call to a stand-in of logind.");
    }

    void heldUntilReleased()
    {
        const auto awake = app::makeAwake();
        QSignalSpy held(awake.get(), &ui::AwakePort::held);
        awake->hold(u"Others are connected"_s);
        QTRY_COMPARE_WITH_TIMEOUT(held.count(), 1, kWaitMs);
        QCOMPARE(m_login.m_words, (QStringList{u"idle:sleep"_s, u"Anteroom"_s, u"Others are connected"_s, u"block"_s}));
        QVERIFY(m_login.held());
        awake->release();
        QTRY_VERIFY_WITH_TIMEOUT(!m_login.held(), kWaitMs);
        awake->hold(u"Again"_s);
        QTRY_COMPARE_WITH_TIMEOUT(held.count(), 2, kWaitMs);
        QVERIFY(m_login.held());
    }

    void theEndOfTheProgramReleases()
    {
        auto awake = app::makeAwake();
        QSignalSpy held(awake.get(), &ui::AwakePort::held);
        awake->hold(u"Others are connected"_s);
        QTRY_COMPARE_WITH_TIMEOUT(held.count(), 1, kWaitMs);
        QVERIFY(m_login.held());
        awake.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!m_login.held(), kWaitMs);
    }

    void releasedBeforeTheAnswerHoldsNothing()
    {
        const auto awake = app::makeAwake();
        awake->hold(u"Others are connected"_s);
        awake->release();
        QTRY_COMPARE_WITH_TIMEOUT(m_login.m_asked, 1, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(!m_login.held(), kWaitMs);
    }

    void aRefusalIsSaidInWords()
    {
        m_login.m_refuses = true;
        const auto awake = app::makeAwake();
        QSignalSpy failed(awake.get(), &ui::AwakePort::failed);
        awake->hold(u"Others are connected"_s);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
        QVERIFY(failed.first().first().toString().contains(u"power settings"_s));
        QVERIFY(!m_login.held());
    }
};

QTEST_GUILESS_MAIN(HostingAwakeTest)
#include "hosting_awake_test.moc"

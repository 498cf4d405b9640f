// A host without its window: into the tray and back, what the tray says, who is named before it leaves, staying awake
// while somebody is connected. Real replicas; the PC's own tray, autostart and power are stood in for.
#include "fake_desk.h"

#include "ui/common/ask_dialog.h"
#include "ui/common/button.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/switch.h"
#include "ui/hosting/tray.h"
#include "ui/settings/hosting_switches.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/shell.h"

#include <QAction>
#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;

namespace {

class FakeTray final : public TrayPort {
public:
    bool m_there = true;
    TrayView m_view;
    QStringList m_said;

    bool available() const override { return m_there; }
    void show(const TrayView &view) override { m_view = view; }
    void say(const QString &title, const QString &) override { m_said.append(title); }
};

class FakeAutostart final : public AutostartPort {
public:
    bool m_on = false, m_refuses = false;

    bool on() const override { return m_on; }
    Result<void> set(bool on) override
    {
        if (m_refuses)
            return fail(ErrorCode::Refused, u"Another program has that file."_s);
        m_on = on;
        return {};
    }
};

class FakeAwake final : public AwakePort {
public:
    bool m_held = false, m_refuses = false;

    void hold(const QString &) override
    {
        m_held = !m_refuses;
        if (m_refuses)
            Q_EMIT failed(u"This PC did not agree to stay awake."_s);
        else
            Q_EMIT held();
    }
    void release() override { m_held = false; }
};

} // namespace

class HostingTrayTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    FakeTray m_tray;
    FakeAutostart m_autostart;
    FakeAwake m_awake;
    std::unique_ptr<FakeDesk> m_host, m_client;
    node::Listening m_where;

    void openWindow()
    {
        m_host->window.reset();
        m_host->window = std::make_unique<DeskWindow>(*m_host->replica, *m_theme, nullptr,
                                                      HostingPorts{.tray = &m_tray, .autostart = &m_autostart, .awake = &m_awake});
        m_host->window->show();
    }
    bool connectClient()
    {
        m_client = std::make_unique<FakeDesk>(*m_theme);
        return m_client->join(*m_host, m_where, u"Marta Silva"_s, u"Reception"_s)
            && QTest::qWaitFor([&] { return m_host->replica->status().clients.size() == 1; }, kWaitMs);
    }
    static Button *actOf(QWidget *parent, const QString &words)
    {
        for (Button *button : parent->findChildren<Button *>())
            if (button->text() == words)
                return button;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void init()
    {
        m_tray.m_there = true;
        m_tray.m_said.clear();
        m_autostart = {};
        m_awake.m_refuses = false;
        m_host = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_host->startClinic());
        openWindow();
        const auto where = m_host->host();
        QVERIFY(where);
        m_where = *where;
        QTRY_VERIFY_WITH_TIMEOUT(m_tray.m_view.shown, kWaitMs);
    }
    void cleanup()
    {
        m_client.reset();
        m_host.reset();
        QVERIFY(!m_tray.m_view.shown);                       // no icon is left behind
        QVERIFY(!m_awake.m_held);
    }

    void closingKeepsHostingAndSaysSoOnce()
    {
        QWidget *window = m_host->window->widget();
        QSignalSpy closed(m_host->window.get(), &DeskWindow::closed);
        for (int i = 0; i < 2; ++i) {
            QVERIFY(!window->close());
            QVERIFY(!window->isVisible());
            QCOMPARE(m_tray.m_said.size(), 1);
            Q_EMIT m_tray.openWanted();
            QVERIFY(window->isVisible());
        }
        QCOMPARE(closed.count(), 0);
        QVERIFY(m_host->replica->status().role == node::Role::Host);
    }

    void theTrayHasWords()
    {
        QTRY_COMPARE_WITH_TIMEOUT(m_tray.m_view.words, u"Hosting · No other PC connected · Synced"_s, kWaitMs);
        QVERIFY(connectClient());
        QTRY_COMPARE_WITH_TIMEOUT(m_tray.m_view.words, u"Hosting · 1 PC connected · Synced"_s, kWaitMs);
        QCOMPARE(m_tray.m_view.names, QStringList{u"Reception"_s});
        SystemTray tray(*m_theme);                           // the real one draws and lists it, shown or not
        tray.show(m_tray.m_view);
        QCOMPARE(tray.icon().toolTip(), m_tray.m_view.words);
        QVERIFY(!tray.icon().icon().pixmap(22).isNull());
        QStringList acts;
        for (const QAction *act : tray.menu().actions())
            if (!act->isSeparator())
                acts.append(act->text());
        QCOMPARE(acts, (QStringList{u"Open Anteroom"_s, u"Sync now"_s, u"1 PC connected"_s, u"Stop hosting…"_s, u"Quit"_s}));
        tray.show({});
    }

    void quittingNamesWhoIsConnected()
    {
        QVERIFY(connectClient());
        QSignalSpy left(&m_host->window->hostWindow(), &HostWindow::left);
        QWidget *window = m_host->window->widget();
        window->close();
        Q_EMIT m_tray.quitWanted();
        QVERIFY(window->isVisible());                        // a question stands over its window
        auto *ask = window->findChild<AskDialog *>();
        QVERIFY(ask && ask->isVisible());
        QCOMPARE(ask->windowTitle(), u"1 PC is connected"_s);
        bool named = false;
        for (const QLabel *label : ask->findChildren<QLabel *>())
            named |= label->text().contains(u"Reception"_s);
        QVERIFY(named);
        QCOMPARE(left.count(), 0);
        actOf(ask, u"Close anyway"_s)->click();
        QTRY_COMPARE(left.count(), 1);
        QVERIFY(!window->isVisible());
    }

    void quittingAloneLeavesAtOnce()
    {
        QSignalSpy left(&m_host->window->hostWindow(), &HostWindow::left);
        m_host->window->widget()->close();
        Q_EMIT m_tray.quitWanted();
        QCOMPARE(left.count(), 1);
    }

    void theEndOfTheSessionIsNotHeldUp()
    {
        QVERIFY(connectClient());
        m_host->window->hostWindow().endSession();
        QVERIFY(m_host->window->widget()->close());
        QVERIFY(!m_host->window->widget()->findChild<AskDialog *>());
    }

    void aSessionThatGoesOnKeepsTheHost()
    {
        QWidget *window = m_host->window->widget();
        m_host->window->hostWindow().endSession();
        m_host->window->hostWindow().sessionGoesOn();        // another program stopped the end
        QVERIFY(!window->close());
        QVERIFY(m_host->window->hostWindow().inTray());
    }

    void withoutATrayAPersonDecides()
    {
        m_tray.m_there = false;
        QWidget *window = m_host->window->widget();
        QVERIFY(!window->close());
        QVERIFY(window->isVisible());
        auto *ask = window->findChild<AskDialog *>();
        QVERIFY(ask);
        QCOMPARE(ask->windowTitle(), u"This PC hosts the clinic"_s);
        actOf(ask, u"Minimise"_s)->click();
        QTRY_VERIFY(window->isMinimized());
        m_host->window->hostWindow().raise();
        QVERIFY(!window->isMinimized());
    }

    void theWindowComesBackWhenHostingEnds()
    {
        QWidget *window = m_host->window->widget();
        window->close();
        QVERIFY(!window->isVisible());
        QVERIFY(done(m_host->replica->stopHosting()));       // by a command, say
        QTRY_VERIFY_WITH_TIMEOUT(window->isVisible(), kWaitMs);
        QVERIFY(!m_tray.m_view.shown);
        QVERIFY(window->close());                            // alone: it ends
    }

    void stopHostingAsksInSettings()
    {
        QVERIFY(connectClient());
        m_host->window->widget()->close();
        Q_EMIT m_tray.stopWanted();
        QVERIFY(m_host->window->widget()->isVisible());
        QCOMPARE(m_host->window->shell()->currentPage(), u"settings"_s);
        NetworkSection *network = m_host->window->settingsPage()->network();
        QVERIFY(!network->stopStrip()->isHidden());
        const QString words = network->stopStrip()->accessibleName();
        QVERIFY2(words.startsWith(u"1 PC is connected"_s) && words.contains(u"Reception"_s), qPrintable(words));
        QVERIFY(m_host->replica->status().role == node::Role::Host);
        network->stopNow()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!m_tray.m_view.shown, kWaitMs);
    }

    void awakeWhileSomebodyIsConnected()
    {
        QVERIFY(!m_awake.m_held);
        QVERIFY(connectClient());
        QTRY_VERIFY_WITH_TIMEOUT(m_awake.m_held, kWaitMs);
        HostingSwitches *switches = m_host->window->settingsPage()->network()->switches();
        QVERIFY(switches && switches->awakeSwitch()->isChecked());
        switches->awakeSwitch()->click();
        QVERIFY(!m_awake.m_held);
        m_awake.m_refuses = true;
        switches->awakeSwitch()->click();
        QVERIFY(!switches->failure()->isHidden());
        QVERIFY(switches->failure()->text().contains(u"stay awake"_s));
        m_awake.m_refuses = false;
        switches->awakeSwitch()->click();
        switches->awakeSwitch()->click();
        QVERIFY(m_awake.m_held && switches->failure()->isHidden());
        m_client.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!m_awake.m_held, 2 * kWaitMs);
    }

    void startingWithThePcIsASwitch()
    {
        HostingSwitches *switches = m_host->window->settingsPage()->network()->switches();
        QVERIFY(!switches->startSwitch()->isChecked());
        switches->startSwitch()->click();
        QVERIFY(m_autostart.m_on && switches->startSwitch()->isChecked());
        switches->startSwitch()->click();
        QVERIFY(!m_autostart.m_on);
        m_autostart.m_refuses = true;
        switches->startSwitch()->click();
        QVERIFY(!switches->startSwitch()->isChecked());
        QCOMPARE(switches->failure()->text(), u"Another program has that file."_s);
    }
};

QTEST_MAIN(HostingTrayTest)
#include "hosting_tray_test.moc"

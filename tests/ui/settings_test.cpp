// Settings over real replicas: hosting on and off, the code of a new PC, connected PCs, automatic sync, which desk this is,
// and the words of the status bar.
#include "fake_desk.h"

#include "node/addresses.h"
#include "ui/desk/status_words.h"
#include "ui/first_start/first_start_model.h"
#include "ui/queue/queue_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/shell.h"

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;

class SettingsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }

    void hostingIsASwitch()
    {
        FakeDesk desk(*m_theme);
        QVERIFY(desk.startClinic());
        auto &network = desk.window->settingsPage()->network()->model();
        QVERIFY(!network.hosting());
        network.setHosting(true, 0);
        QTRY_VERIFY_WITH_TIMEOUT(network.hosting(), kWaitMs);
        QCOMPARE(network.addresses().size(), 1);
        QVERIFY(network.addresses().first().startsWith(u"127.0.0.1:"_s));
        network.newCode();
        QTRY_VERIFY_WITH_TIMEOUT(!network.code().isEmpty(), kWaitMs);
        QVERIFY(parseCode(network.code()));
        QVERIFY(network.codePart() > 0.9);
        network.setHosting(false, 0);
        QTRY_VERIFY_WITH_TIMEOUT(!network.hosting(), kWaitMs);
        QVERIFY(network.code().isEmpty());
    }

    void anotherPcIsListedAndSyncEndsInWords()
    {
        FakeDesk host(*m_theme), client(*m_theme);
        QVERIFY(host.startClinic());
        const auto where = host.host();
        QVERIFY(where);
        QVERIFY(client.join(host, *where, u"Marta"_s, u"Reception"_s));
        auto &network = host.window->settingsPage()->network()->model();
        QTRY_COMPARE_WITH_TIMEOUT(network.peers().rowCount(), 2, kWaitMs);
        QCOMPARE(network.peers().index(1, PeersModel::NameColumn).data().toString(), u"Reception"_s);
        auto &other = client.window->settingsPage()->network()->model();
        QVERIFY(!other.mayHost());
        other.syncNow();
        QVERIFY(other.syncing());
        QTRY_VERIFY_WITH_TIMEOUT(!other.syncing(), kWaitMs);
        QVERIFY2(other.syncResult().startsWith(u"Up to date: "_s), qPrintable(other.syncResult()));
    }

    void automaticSyncIsKept()
    {
        FakeDesk desk(*m_theme);
        QVERIFY(desk.startClinic());
        desk.window->settingsPage()->network()->model().setAutoSync(false, 600);
        QTRY_COMPARE_WITH_TIMEOUT(desk.replica->status().syncIntervalS, 600, kWaitMs);
        desk.open();
        QTRY_COMPARE_WITH_TIMEOUT(desk.replica->status().syncIntervalS, 600, kWaitMs);
        QVERIFY(!desk.replica->status().autoSync);
        auto &network = desk.window->settingsPage()->network()->model();
        network.setAutoSync(true, 5);                        // below what is allowed: refused in words
        QVERIFY(!network.failure().isEmpty());
    }

    void deskIsKept()
    {
        FakeDesk desk(*m_theme);
        QVERIFY(desk.startClinic());
        QTRY_VERIFY_WITH_TIMEOUT(!desk.window->settings().servicePoint().isNull(), kWaitMs);      // the first point by itself
        QueuePage *page = desk.window->queuePage();
        QTRY_COMPARE_WITH_TIMEOUT(page->model().view().lanes.size(), std::size_t{4}, kWaitMs);
        const Uuid last = page->model().view().lanes.back().point;
        desk.window->settings().setDesk(last, {});
        QTRY_COMPARE_WITH_TIMEOUT(page->model().view().lanes.front().point, last, kWaitMs);       // the own lane is first
        desk.open();
        QCOMPARE(desk.window->settings().servicePoint(), last);
    }

    void addressesThatOthersCanUse()
    {
        QCOMPARE(node::reachableAddresses(u"127.0.0.1:7310"_s), QStringList{u"127.0.0.1:7310"_s});
        QVERIFY(node::reachableAddresses({}).isEmpty());
        const QStringList any = node::reachableAddresses(u"0.0.0.0:7310"_s);
        QVERIFY(any.contains(u"127.0.0.1:7310"_s));
        for (const QString &address : any)
            QVERIFY2(address.endsWith(u":7310"_s) && !address.startsWith(u"0.0.0.0"_s), qPrintable(address));
    }

    void statusInWords()
    {
        const std::int64_t now = 1'800'000'000'000;
        node::Status status{.role = node::Role::Client, .state = node::SyncState::Pending, .pending = 3, .oldestPendingAt = now - 40'000, .host = u"Desk 1"_s};
        StatusView view = statusView(status, now);
        QVERIFY(view.state == StatusView::State::Pending);
        QCOMPARE(view.count, 3);
        QCOMPARE(view.detail, u"oldest 40\u00A0s · Your work is saved on this PC."_s);
        QCOMPARE(view.host, u"Host: Desk 1"_s);
        status.state = node::SyncState::Offline;
        status.nextTryAt = now + 8'000;
        view = statusView(status, now);
        QCOMPARE(view.act, u"Try now"_s);
        QCOMPARE(view.detail, u"3 changes wait on this PC · next try in 8\u00A0s"_s);
        status.state = node::SyncState::Attention;
        status.conflicts = 2;
        QCOMPARE(statusView(status, now).count, 2);
        QCOMPARE(summaryWords({.sent = 3, .received = 12, .needsYou = 1}), u"Up to date: 3 sent, 12 received, 1 needs you"_s);
        QCOMPARE(summaryWords({}), u"Up to date: 0 sent, 0 received"_s);
    }
};

QTEST_MAIN(SettingsTest)
#include "settings_test.moc"

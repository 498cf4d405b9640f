// A host says who depends on it before it stops, and a client whose host does not know its history is shown the way out.
#include "fake_desk.h"

#include "ui/common/ask_dialog.h"
#include "ui/common/button.h"
#include "ui/common/field.h"
#include "ui/common/message_strip.h"
#include "ui/common/switch.h"
#include "ui/desk/status_words.h"
#include "ui/patients/patient_columns.h"
#include "ui/patients/patients_page.h"
#include "ui/queue/queue_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/shell.h"

#include <QDir>
#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;

class HostingWordsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_host, m_client;
    node::Listening m_where;

    static Button *actOf(QWidget *parent, const QString &words)
    {
        for (Button *button : parent->findChildren<Button *>())
            if (button->text() == words)
                return button;
        return nullptr;
    }

    static bool put(FakeDesk &desk, const QString &given)
    {
        SystemClock clock;
        SystemRandom random;
        return answer(desk.replica->commands().save({.name = "patients.register", .changes = {schema::makeInsert(kPatients, uuidV7(clock, random), {{patient::kGiven, schema::text(given)}})}})).has_value();
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void init()
    {
        m_host = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_host->startClinic());
        const auto where = m_host->host();
        QVERIFY(where);
        m_where = *where;
        m_client = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_client->join(*m_host, m_where, u"Marta Silva"_s, u"Reception"_s));
        QTRY_COMPARE_WITH_TIMEOUT(m_host->replica->status().clients.size(), std::size_t{1}, kWaitMs);
    }
    void cleanup()
    {
        m_client.reset();
        m_host.reset();
    }

    void closingAHostAsksFirst()
    {
        QWidget *window = m_host->window->widget();
        QSignalSpy closed(m_host->window.get(), &DeskWindow::closed);
        QVERIFY(!window->close());
        QVERIFY(window->isVisible());
        auto *ask = window->findChild<AskDialog *>();
        QVERIFY(ask && ask->isVisible());
        QCOMPARE(ask->windowTitle(), u"1 PC is connected"_s);
        QVERIFY(!window->close());                                       // asked once, not twice
        QCOMPARE(window->findChildren<AskDialog *>().size(), 1);
        actOf(ask, u"Stay open"_s)->click();
        QTRY_VERIFY(!window->findChild<AskDialog *>());
        QCOMPARE(closed.count(), 0);
        QVERIFY(!window->close());
        ask = window->findChild<AskDialog *>();
        QVERIFY(ask);
        actOf(ask, u"Close anyway"_s)->click();
        QTRY_COMPARE(closed.count(), 1);
        QVERIFY(!window->isVisible());
    }

    void aClientClosesAtOnce()
    {
        QVERIFY(m_client->window->widget()->close());
    }

    void switchingHostingOffSaysWhoIsConnected()
    {
        NetworkSection *network = m_host->window->settingsPage()->network();
        QTRY_VERIFY(network->hostSwitch()->isChecked());
        network->hostSwitch()->click();
        QVERIFY(network->hostSwitch()->isChecked());                     // still hosting
        QVERIFY(!network->stopStrip()->isHidden());
        QVERIFY2(network->stopStrip()->accessibleName().startsWith(u"1 PC is connected"_s), qPrintable(network->stopStrip()->accessibleName()));
        QVERIFY(m_host->replica->status().role == node::Role::Host);
        network->stopNow()->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_host->replica->status().role == node::Role::Solo, kWaitMs);
        QVERIFY(network->stopStrip()->isHidden());
        QTRY_VERIFY(!network->hostSwitch()->isChecked());
    }

    void anotherHistoryIsRefusedAndJoinedAfresh()
    {
        QVERIFY(put(*m_client, u"Old clinic"_s));
        PatientsPage *patients = m_client->window->patientsPage();
        QTRY_COMPARE_WITH_TIMEOUT(patients->model().total(), 1, kWaitMs);
        m_host.reset();
        FakeDesk other(*m_theme);
        QVERIFY(other.startClinic(u"Kofi Osei"_s));
        QVERIFY(put(other, u"New clinic"_s) && put(other, u"Another"_s));
        QVERIFY(answer(other.replica->startHosting(m_where.address, m_where.port)));
        QTRY_VERIFY_WITH_TIMEOUT(m_client->replica->status().historyRefused, 2 * kWaitMs);
        QVERIFY(m_client->replica->status().state == node::SyncState::Attention);
        Shell *shell = m_client->window->shell();
        Q_EMIT shell->statusActRequested(StatusView::State::Attention);  // the pill in the status bar
        QCOMPARE(shell->currentPage(), u"settings"_s);
        NetworkSection *network = m_client->window->settingsPage()->network();
        QVERIFY(network->joinNow()->isVisible());
        QCOMPARE(network->joinNow()->text(), u"Save this copy aside and join afresh"_s);
        network->joinNow()->click();                                     // nothing typed: said, nothing done
        QVERIFY(!network->model().failure().isEmpty());
        const auto code = answer(other.replica->newAccessCode());
        QVERIFY(code);
        network->joinAddress()->setText(u"%1:%2"_s.arg(m_where.address).arg(m_where.port));
        network->joinCode()->setText(code->code);
        network->joinNow()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!network->model().joining() && network->model().failure().isEmpty(), 2 * kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(!m_client->replica->status().historyRefused, kWaitMs);
        QVERIFY(!network->joinNow()->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(patients->model().total(), 2, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(patients->model().list().rowCount(), 2, kWaitMs);
        QCOMPARE(QDir(m_client->replica->dataDir()).entryList({u"aside-*"_s}, QDir::Dirs).size(), 1);
    }

    void whatWaitsIsSaidInWords()
    {
        node::Status status{.role = node::Role::Client, .state = node::SyncState::Attention, .rejected = 2, .conflicts = 1};
        const StatusView view = statusView(status, 0);
        QCOMPARE(view.detail, u"1 difference between two desks, 2 changes that the host did not take"_s);
        QCOMPARE(view.count, 3);
        QVERIFY(!view.act.isEmpty());
        status.attention = u"Join again."_s;
        QCOMPARE(statusView(status, 0).detail, u"Join again."_s);
        QVERIFY(waitingWords(node::Status{}).isEmpty());
    }
};

QTEST_MAIN(HostingWordsTest)
#include "hosting_words_test.moc"

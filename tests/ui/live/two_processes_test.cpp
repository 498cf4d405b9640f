// Two processes: a host without a window in one, a client with the desk in this one. What a command writes at the host is
// on the client's screen, what a person saves in the client's form is in the host's `record get`.
#include "support/process.h"
#include "ui/fake_desk.h"

#include "ui/patients/patient_columns.h"
#include "ui/patients/patient_form.h"
#include "ui/patients/patients_page.h"
#include "ui/queue/queue_page.h"
#include "ui/shell/shell.h"

#include <QListView>
#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;

class TwoProcessesTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_root;
    test::HubProcess m_host;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_desk;

    [[nodiscard]] QString hostDir() const { return m_root.filePath(u"host"_s); }
    [[nodiscard]] QJsonObject atHost(const QString &id) const
    {
        return test::runHub({u"record"_s, u"get"_s, u"patients"_s, id, u"--data"_s, hostDir()}).json();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_host.start({u"serve"_s, u"--data"_s, hostDir(), u"--listen"_s, u"127.0.0.1:0"_s, u"--clinic"_s, u"Two processes"_s}));
        const QString code = QString::fromUtf8(test::runHub({u"code"_s, u"--data"_s, hostDir()}).out).trimmed();
        QVERIFY(!code.isEmpty());
        m_theme = std::make_unique<Theme>(*qApp);
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        const QStringList where = m_host.address().split(u':');
        QVERIFY(done(m_desk->replica->join({.address = where.first(), .port = where.last().toUShort(), .code = code, .personName = u"Marta Silva"_s, .deviceName = u"Reception"_s})));
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->window->shell() != nullptr, kWaitMs);
    }
    void cleanupTestCase()
    {
        m_desk.reset();
        m_theme.reset();
        QCOMPARE(m_host.terminate(), 0);
    }

    void aCommandAtTheHostIsOnTheScreen()
    {
        PatientsPage *page = m_desk->window->patientsPage();
        QVERIFY(page);
        const QJsonObject made = test::put(hostDir(), u"patients"_s, {{u"given_name"_s, u"Fatoumata"_s}, {u"family_name"_s, u"Keita"_s}}).json();
        const QString text = made.value(u"id"_s).toString();
        const auto id = Uuid::fromString(text);
        QVERIFY2(id, "record put prints the row with its id");
        QTRY_VERIFY_WITH_TIMEOUT(page->model().list().rowOf(*id) >= 0, kWaitMs);
        const auto shown = [&] {
            const int row = page->model().list().rowOf(*id);
            return row < 0 ? QString() : page->list()->model()->index(row, 0).data(Qt::DisplayRole).toString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(shown(), u"Fatoumata Keita"_s, kWaitMs);
        QCOMPARE(test::put(hostDir(), u"patients"_s, {{u"given_name"_s, u"Fatou"_s}}, text).code, 0);
        QTRY_COMPARE_WITH_TIMEOUT(shown(), u"Fatou Keita"_s, kWaitMs);
    }

    void aFormOnTheScreenIsAtTheHost()
    {
        PatientsPage *page = m_desk->window->patientsPage();
        const QJsonObject made = test::put(hostDir(), u"patients"_s, {{u"given_name"_s, u"Chidi"_s}, {u"family_name"_s, u"Okafor"_s}}).json();
        const auto id = Uuid::fromString(made.value(u"id"_s).toString());
        QVERIFY(id);
        QTRY_VERIFY_WITH_TIMEOUT(page->model().list().rowOf(*id) >= 0, kWaitMs);
        page->showPatient(*id);
        QTRY_VERIFY_WITH_TIMEOUT(page->details().details() && page->details().details()->row.id == *id, kWaitMs);
        page->editCurrent();
        page->form()->model().setText(PatientField::Phone, u"76 12 40 88"_s);
        QSignalSpy saved(page->form(), &PatientForm::saved);
        page->form()->save(false);
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(atHost(id->toString()).value(u"phone"_s).toString(), u"76 12 40 88"_s, kWaitMs);
        QCOMPARE(atHost(id->toString()).value(u"phone_digits"_s).toString(), u"76124088"_s);
    }

    void aTicketTakenAtTheHostIsInTheLane()
    {
        QueuePage *queue = m_desk->window->queuePage();
        QVERIFY(queue);
        QTRY_VERIFY_WITH_TIMEOUT(queue->model().loaded(), kWaitMs);
        const auto points = test::runHub({u"record"_s, u"list"_s, u"service_points"_s, u"--data"_s, hostDir()}).lines();
        QVERIFY(!points.empty());
        const auto waiting = [&] {
            int n = 0;
            for (const auto &lane : queue->model().view().lanes)
                n += lane.waiting;
            return n;
        };
        const int before = waiting();
        const auto finished = test::put(hostDir(), u"active_patient_queue"_s, {{u"service_point_id"_s, points.front().value(u"id"_s)}, {u"state"_s, u"waiting"_s}});
        QCOMPARE(finished.code, 0);
        QVERIFY(finished.json().value(u"label"_s).toString().endsWith(u"-001"_s));      // the host numbers it, whoever writes it
        QTRY_COMPARE_WITH_TIMEOUT(waiting(), before + 1, kWaitMs);
    }
};

QTEST_MAIN(TwoProcessesTest)
#include "two_processes_test.moc"

// Windows over real replicas in one process, host and clients over 127.0.0.1: what one desk does is on the other's screen,
// what is half typed stays, two desks never get the same ticket.
#include "fake_desk.h"

#include "ui/common/button.h"
#include "ui/common/field.h"
#include "ui/common/segments.h"
#include "ui/patients/difference_panel.h"
#include "ui/patients/patient_columns.h"
#include "ui/patients/patient_form.h"
#include "ui/patients/patients_page.h"
#include "ui/common/search_box.h"
#include "ui/queue/desk_strip.h"
#include "ui/queue/lane_widget.h"
#include "ui/queue/queue_page.h"
#include "ui/queue/ticket_columns.h"
#include "ui/shell/shell.h"

#include <QListView>
#include <QElapsedTimer>
#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;

class DesktopLiveTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_host, m_a, m_b;
    node::Listening m_where;

    // Registers a person at a desk through its form; the id.
    Uuid registerAt(FakeDesk &desk, const QString &given, bool queue)
    {
        PatientsPage *page = desk.window->patientsPage();
        if (queue && !QTest::qWaitFor([&] { return desk.window->queuePage()->model().loaded(); }, kWaitMs))
            return {};
        page = desk.window->patientsPage();
        page->registerNew({});
        auto &form = page->form()->model();
        form.setText(PatientField::Given, given);
        form.setText(PatientField::Sex, u"female"_s);
        form.setText(PatientField::Birth, u"34"_s);
        form.setText(PatientField::Phone, u"70 11 22 33"_s);
        const Uuid id = form.patientId();
        QSignalSpy saved(page->form(), &PatientForm::saved);
        page->form()->save(queue);
        return QTest::qWaitFor([&] { return saved.count() == 1; }, kWaitMs) ? id : Uuid{};
    }

    static QString phoneAt(FakeDesk &desk, const Uuid &id)
    {
        const auto row = answer(desk.replica->queries().record(kPatients, id));
        return row && *row ? schema::toQString((**row)[patient::kPhone]) : QString();
    }

    // Opens the edit form of a person at a desk.
    static PatientForm *editAt(FakeDesk &desk, const Uuid &id)
    {
        PatientsPage *page = desk.window->patientsPage();
        page->back();
        page->showPatient(id);
        if (!QTest::qWaitFor([&] { return page->details().details() && page->details().details()->row.id == id; }, kWaitMs))
            return nullptr;
        page->editCurrent();
        return page->form();
    }

    static bool savePhone(FakeDesk &desk, const Uuid &id, const QString &phone)
    {
        const auto row = answer(desk.replica->queries().record(kPatients, id));
        if (!row || !*row)
            return false;
        const auto saved = answer(desk.replica->commands().save({.name = "patients.edit", .changes = {schema::makeUpdate(kPatients, **row, {{patient::kPhone, schema::text(phone)}})}}));
        return saved && saved->saved;
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
        m_a = std::make_unique<FakeDesk>(*m_theme);
        m_b = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_a->join(*m_host, m_where, u"Marta Silva"_s, u"Reception"_s));
        QVERIFY(m_b->join(*m_host, m_where, u"Kofi Osei"_s, u"Room 3"_s));
    }
    void cleanup()
    {
        m_b.reset();
        m_a.reset();
        m_host.reset();
    }

    void registeringShowsInTheOtherList()
    {
        PatientsPage *other = m_b->window->patientsPage();
        const Uuid id = registerAt(*m_a, u"Aminata"_s, false);
        QVERIFY(!id.isNull());
        QTRY_COMPARE_WITH_TIMEOUT(other->model().list().rowOf(id), 0, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(other->model().total(), 1, kWaitMs);
    }

    void registeringAndQueueingTakesANumber()
    {
        const Uuid id = registerAt(*m_a, u"Aminata"_s, true);
        QVERIFY(!id.isNull());
        QueuePage *queue = m_b->window->queuePage();
        QTRY_COMPARE_WITH_TIMEOUT(queue->model().view().waitingForDesk, 1, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(queue->model().view().desk.next->label, u"T-001"_s, kWaitMs);
        QCOMPARE(queue->model().view().desk.next->name, u"Aminata"_s);
        QTRY_COMPARE_WITH_TIMEOUT(queue->lanes().front()->cards()->model()->rowCount(), 1, kWaitMs);
    }

    void typedTextSurvivesAndUntouchedGroupsFollow()
    {
        const Uuid id = registerAt(*m_a, u"Aminata"_s, false);
        QTRY_COMPARE_WITH_TIMEOUT(phoneAt(*m_b, id), u"70 11 22 33"_s, kWaitMs);
        PatientForm *form = editAt(*m_b, id);
        QVERIFY(form);
        form->model().setText(PatientField::Address, u"Quartier Hamda"_s);
        QVERIFY(savePhone(*m_a, id, u"76 00 00 01"_s));
        QTRY_COMPARE_WITH_TIMEOUT(form->model().text(PatientField::Phone), u"76 00 00 01"_s, kWaitMs);
        QCOMPARE(form->model().text(PatientField::Address), u"Quartier Hamda"_s);
        QSignalSpy saved(form, &PatientForm::saved);
        form->save(false);
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
        QCOMPARE(phoneAt(*m_b, id), u"76 00 00 01"_s);
    }

    void theSameGroupIsShownBeforeItIsSaved_data()
    {
        QTest::addColumn<bool>("onHost");
        QTest::addColumn<bool>("keepMine");
        QTest::newRow("client, mine") << false << true;
        QTest::newRow("client, theirs") << false << false;
        QTest::newRow("host, mine") << true << true;
    }
    void theSameGroupIsShownBeforeItIsSaved()
    {
        QFETCH(const bool, onHost);
        QFETCH(const bool, keepMine);
        const Uuid id = registerAt(*m_a, u"Aminata"_s, false);
        FakeDesk &here = onHost ? *m_host : *m_b;
        QTRY_COMPARE_WITH_TIMEOUT(phoneAt(here, id), u"70 11 22 33"_s, kWaitMs);
        PatientForm *form = editAt(here, id);
        QVERIFY(form);
        form->model().setText(PatientField::Phone, u"70 00 00 mine"_s);
        QVERIFY(savePhone(*m_a, id, u"70 00 00 99"_s));
        QTRY_COMPARE_WITH_TIMEOUT(phoneAt(here, id), u"70 00 00 99"_s, kWaitMs);
        QCOMPARE(form->model().text(PatientField::Phone), u"70 00 00 mine"_s);

        form->save(false);
        QTRY_VERIFY_WITH_TIMEOUT(form->model().state() == PatientFormModel::State::Differs, kWaitMs);
        QCOMPARE(form->model().conflicts().size(), std::size_t{1});
        const GroupConflict shown = form->model().conflicts().front();
        QCOMPARE(shown.before, u"70 11 22 33"_s);
        QCOMPARE(shown.theirs, u"70 00 00 99"_s);
        QCOMPARE(shown.mine, u"70 00 00 mine"_s);
        QVERIFY2(shown.theirsBy.startsWith(u"Marta Silva"_s), qPrintable(shown.theirsBy));
        QVERIFY(!form->differences()->isHidden());
        QCOMPARE(phoneAt(here, id), u"70 00 00 99"_s);           // nothing was saved

        form->save(false);                                       // without a choice nothing is saved either
        QVERIFY(!form->model().failure().isEmpty());
        auto *choice = form->differences()->findChild<Segments *>(u"choice0"_s);
        QVERIFY(choice);
        choice->setFocus();
        QTest::keyClick(choice, keepMine ? Qt::Key_M : Qt::Key_T);
        const auto want = keepMine ? GroupConflict::Choice::Mine : GroupConflict::Choice::Theirs;
        QTRY_VERIFY_WITH_TIMEOUT(form->model().conflicts().front().choice == want, kWaitMs);
        QSignalSpy saved(form, &PatientForm::saved);
        form->save(false);
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
        const QString kept = keepMine ? u"70 00 00 mine"_s : u"70 00 00 99"_s;
        QTRY_COMPARE_WITH_TIMEOUT(phoneAt(*m_a, id), kept, kWaitMs);
    }

    void twoDesksGetTwoTickets()
    {
        QVERIFY(!registerAt(*m_a, u"Aminata"_s, true).isNull());
        QVERIFY(!registerAt(*m_a, u"Binta"_s, true).isNull());
        QueuePage *first = m_a->window->queuePage(), *second = m_b->window->queuePage();
        QTRY_COMPARE_WITH_TIMEOUT(first->model().view().waitingForDesk, 2, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(second->model().view().waitingForDesk, 2, kWaitMs);
        QCOMPARE(first->model().view().desk.next->label, second->model().view().desk.next->label);      // both would take the same
        first->strip()->next->click();
        second->strip()->next->click();
        QTRY_VERIFY_WITH_TIMEOUT(first->model().view().desk.current && second->model().view().desk.current, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(first->model().view().desk.current->id != second->model().view().desk.current->id, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(first->model().view().waitingForDesk, 0, kWaitMs);
    }

    void noShowIsUndone()
    {
        QVERIFY(!registerAt(*m_a, u"Aminata"_s, true).isNull());
        QueuePage *page = m_b->window->queuePage(), *other = m_a->window->queuePage();
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.next.has_value(), kWaitMs);
        page->strip()->next->click();
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.current && !page->deskActs().busy(), kWaitMs);
        page->strip()->noShow->click();
        QTRY_VERIFY_WITH_TIMEOUT(!page->model().view().desk.current && !page->deskActs().busy(), kWaitMs);
        QCOMPARE(m_b->window->undo().words().remove(QChar(0x2068)).remove(QChar(0x2069)), u"Undo: no-show T-001"_s);
        QTRY_COMPARE_WITH_TIMEOUT(other->model().view().lanes.front().finished.size(), std::size_t{1}, kWaitMs);
        m_b->window->undo().undo();
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.current.has_value(), kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(other->model().view().lanes.front().finished.empty(), kWaitMs);
    }

    void undoIsRefusedAfterSomebodyElseMovedTheTicket()
    {
        QVERIFY(!registerAt(*m_a, u"Aminata"_s, true).isNull());
        QueuePage *page = m_b->window->queuePage(), *other = m_a->window->queuePage();
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.next.has_value(), kWaitMs);
        page->strip()->next->click();
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.current && !page->deskActs().busy(), kWaitMs);
        const TicketItem mine = *page->model().view().desk.current;
        QTRY_VERIFY_WITH_TIMEOUT(other->model().find(mine.id) && other->model().find(mine.id)->state == domain::TicketState::Called, kWaitMs);
        other->deskActs().noShow(*other->model().find(mine.id));
        QTRY_VERIFY_WITH_TIMEOUT(!page->model().view().desk.current, kWaitMs);
        QSignalSpy news(&m_b->window->undo(), &Undo::refused);
        m_b->window->undo().undo();
        QTRY_COMPARE_WITH_TIMEOUT(news.count(), 1, kWaitMs);
        QVERIFY2(news[0][0].toString().startsWith(u"Not undone: "_s), qPrintable(news[0][0].toString()));
        QVERIFY(!page->deskActs().busy());
        QCOMPARE(page->model().find(mine.id)->state, domain::TicketState::NoShow);       // the other desk's act stands
    }

    void aSecondPressThatSoonIsNotTheNextPatient()
    {
        for (const QString &name : {u"Aminata"_s, u"Binta"_s})
            QVERIFY(!registerAt(*m_a, name, true).isNull());
        QueuePage *page = m_b->window->queuePage();
        QTRY_COMPARE_WITH_TIMEOUT(page->model().view().waitingForDesk, 2, kWaitMs);
        QSignalSpy news(&page->deskActs(), &DeskActs::news);
        QElapsedTimer since;
        since.start();
        page->strip()->next->click();
        page->strip()->next->click();                                    // while the first is under way
        QTRY_COMPARE_WITH_TIMEOUT(news.count(), 1, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.current.has_value(), kWaitMs);
        const Uuid first = page->model().view().desk.current->id;
        if (since.elapsed() >= DeskActs::kDoublePressMs / 2)
            QSKIP("This machine is too busy to press twice within 0.4 s.");
        page->deskActs().callNext();                                     // and right after it
        QVERIFY(!page->deskActs().busy());
        QTRY_VERIFY_WITH_TIMEOUT(since.elapsed() > 3 * DeskActs::kDoublePressMs && !page->deskActs().busy(), kWaitMs);
        page->deskActs().callNext();
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.current && page->model().view().desk.current->id != first, kWaitMs);
    }

    void selectionSurvivesARemoteChange()
    {
        const Uuid one = registerAt(*m_a, u"Aminata"_s, false);
        const Uuid two = registerAt(*m_a, u"Binta"_s, false);
        PatientsPage *page = m_b->window->patientsPage();
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 2, kWaitMs);
        page->showPatient(two);
        page->search()->setText({});
        QVERIFY(!registerAt(*m_a, u"Aaron"_s, false).isNull());
        QVERIFY(savePhone(*m_a, one, u"70 00 00 02"_s));
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 3, kWaitMs);
        QCOMPARE(page->model().list().at(page->list()->currentIndex().row()).id, two);
    }
};

QTEST_MAIN(DesktopLiveTest)
#include "desktop_live_test.moc"

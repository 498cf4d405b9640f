// One step back over a real replica: edits, new records, tickets; refused in words where somebody else was there since.
#include "fake_desk.h"

#include "schema/tables/users.h"
#include "ui/common/button.h"
#include "ui/patients/patient_columns.h"
#include "ui/queue/desk_strip.h"
#include "ui/queue/queue_page.h"
#include "ui/queue/ticket_columns.h"
#include "ui/shell/shell.h"

#include <QLineEdit>
#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;
using schema::Value;

class UndoTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_desk;
    SystemClock m_clock;
    SystemRandom m_random;

    Undo &undo() { return m_desk->window->undo(); }

    // An act of the page, remembered as a page does it.
    bool act(const QString &words, schema::Change change, Uuid user = {})
    {
        const node::Act made{.name = "test.act", .changes = {std::move(change)}, .user = user};
        const auto saved = answer(m_desk->replica->commands().save(made));
        if (!saved || !saved->saved)
            return false;
        undo().remember(words, made, *saved);
        return true;
    }

    bool behind(schema::Change change, Uuid user)            // somebody else's
    {
        const auto saved = answer(m_desk->replica->commands().save({.name = "test.other", .changes = {std::move(change)}, .user = user}));
        return saved && saved->saved;
    }

    schema::Row row(const Uuid &id)
    {
        const auto found = answer(m_desk->replica->queries().record(kPatients, id));
        return found && *found ? **found : schema::emptyRow(kPatients, {});
    }

    QString phone(const Uuid &id) { return schema::toQString(row(id)[patient::kPhone]); }

    Uuid person(const QString &given)
    {
        const Uuid id = uuidV7(m_clock, m_random);
        return behind(schema::makeInsert(kPatients, id, {{patient::kGiven, schema::text(given)}, {patient::kPhone, schema::text(u"76 12 40 88"_s)}}), {}) ? id : Uuid{};
    }

    Uuid marta()
    {
        const Uuid id = uuidV7(m_clock, m_random);
        return behind(schema::makeInsert(schema::tables::users, id, {{schema::col(schema::tables::users, "name"), schema::text(u"Marta"_s)},
                                                                   {schema::col(schema::tables::users, "role"), schema::text(u"admin"_s)}}), {}) ? id : Uuid{};
    }

    QString refusal()
    {
        QSignalSpy refused(&undo(), &Undo::refused);
        undo().undo();
        if (!QTest::qWaitFor([&] { return refused.count() == 1; }, kWaitMs))
            return {};
        return refused[0][0].toString().remove(QChar(0x2068)).remove(QChar(0x2069));
    }

    bool undone()
    {
        QSignalSpy done(&undo(), &Undo::undone);
        undo().undo();
        return QTest::qWaitFor([&] { return done.count() == 1; }, kWaitMs);
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void init()
    {
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_desk->startClinic());
    }
    void cleanup() { m_desk.reset(); }

    void stepsBackInOrder()
    {
        const Uuid id = person(u"Aminata"_s);
        QVERIFY(act(u"phone of Aminata"_s, schema::makeUpdate(kPatients, row(id), {{patient::kPhone, schema::text(u"70 00 00 01"_s)}})));
        QVERIFY(act(u"note of Aminata"_s, schema::makeUpdate(kPatients, row(id), {{patient::kNote, schema::text(u"Twin"_s)}})));
        QCOMPARE(undo().words(), u"Undo: note of Aminata"_s);
        QVERIFY(undone());
        QCOMPARE(undo().words(), u"Undo: phone of Aminata"_s);
        QCOMPARE(phone(id), u"70 00 00 01"_s);
        QVERIFY(undone());
        QCOMPARE(phone(id), u"76 12 40 88"_s);
        QVERIFY(undo().words().isEmpty());
    }

    void whatWasMadeGoesAndWhatWasArchivedComesBack()
    {
        const Uuid id = uuidV7(m_clock, m_random);
        QVERIFY(act(u"register Binta"_s, schema::makeInsert(kPatients, id, {{patient::kGiven, schema::text(u"Binta"_s)}})));
        QVERIFY(undone());
        QVERIFY(row(id).deleted());
        const Uuid other = person(u"Chidi"_s);
        QVERIFY(act(u"archive Chidi"_s, schema::makeDelete(kPatients, row(other), "Moved away")));
        QVERIFY(row(other).deleted());
        QVERIFY(undone());
        QVERIFY(!row(other).deleted());
    }

    void somebodyElsesChangeStandsAndIsNamed()
    {
        const Uuid id = person(u"Aminata"_s), other = marta();
        QVERIFY(act(u"phone of Aminata"_s, schema::makeUpdate(kPatients, row(id), {{patient::kPhone, schema::text(u"70 00 00 01"_s)}})));
        QVERIFY(behind(schema::makeUpdate(kPatients, row(id), {{patient::kPhone, schema::text(u"70 99 99 99"_s)}}), other));
        const QString words = refusal();
        QVERIFY2(words.startsWith(u"Not undone: phone of Aminata. Marta changed the phone at Desk 1 at "_s), qPrintable(words));
        QVERIFY2(words.endsWith(u"It was left as it is."_s), qPrintable(words));
        QCOMPARE(phone(id), u"70 99 99 99"_s);
        QVERIFY(!undo().busy());
    }

    void anotherGroupOfTheSamePersonIsNobodysBusiness()
    {
        const Uuid id = person(u"Aminata"_s), other = marta();
        QVERIFY(act(u"phone of Aminata"_s, schema::makeUpdate(kPatients, row(id), {{patient::kPhone, schema::text(u"70 00 00 01"_s)}})));
        QVERIFY(behind(schema::makeUpdate(kPatients, row(id), {{patient::kNote, schema::text(u"Twin"_s)}}), other));
        QVERIFY(undone());
        QCOMPARE(phone(id), u"76 12 40 88"_s);
        QCOMPARE(schema::toQString(row(id)[patient::kNote]), u"Twin"_s);
    }

    // The rows of an act are still being read when Undo is pressed, and another act comes in between.
    void whatWasMeantIsTakenBack()
    {
        const Uuid ana = uuidV7(m_clock, m_random), ben = person(u"Ben"_s);
        const node::Act first{.name = "test.act", .changes = {schema::makeInsert(kPatients, ana, {{patient::kGiven, std::string("Ana")}})}};
        const node::Act second{.name = "test.act", .changes = {schema::makeUpdate(kPatients, row(ben), {{patient::kPhone, std::string("70 00 00 01")}})}};
        QVERIFY(answer(m_desk->replica->commands().save(first)));
        const auto saved = answer(m_desk->replica->commands().save(second));
        QVERIFY(saved && saved->saved);
        QSignalSpy undone(&undo(), &Undo::undone);
        undo().remember(u"Ana"_s, first, u"Ana"_s);
        undo().undo();
        undo().remember(u"Ben"_s, second, *saved);
        QTRY_COMPARE_WITH_TIMEOUT(undone.size(), 1, kWaitMs);
        QVERIFY(row(ana).deleted());
        QCOMPARE(phone(ben), u"70 00 00 01"_s);
        QCOMPARE(undo().words(), u"Undo: Ben"_s);
    }

    void twentyStepsAndNoMore()
    {
        const Uuid id = person(u"Aminata"_s);
        for (int i = 0; i <= static_cast<int>(Undo::kMostSteps); ++i)
            QVERIFY(act(u"phone"_s, schema::makeUpdate(kPatients, row(id), {{patient::kPhone, schema::text(u"70 00 00 %1"_s.arg(i, 2, 10, QLatin1Char('0')))}})));
        std::size_t steps = 0;
        while (!undo().words().isEmpty()) {
            QVERIFY(undone());
            ++steps;
        }
        QCOMPARE(steps, Undo::kMostSteps);
        QCOMPARE(phone(id), u"70 00 00 00"_s);
    }

    // Who may register may not archive: what was registered has no way back that could be offered.
    void whatARoleMayNotDoIsNotOffered()
    {
        const session::Session admin = m_desk->replica->session().session();
        session::Session nurse = admin;
        nurse.role = schema::Role::Nurse;
        m_desk->replica->session().set(nurse);
        QVERIFY(m_desk->replica->session().may(kPatients, schema::Op::Insert) && !m_desk->replica->session().may(kPatients, schema::Op::Delete));
        QSignalSpy told(&undo(), &Undo::told);
        QVERIFY(act(u"registered"_s, schema::makeInsert(kPatients, uuidV7(m_clock, m_random), {{patient::kGiven, schema::text(u"Aminata"_s)}})));
        QCOMPARE(told.size(), 1);
        QVERIFY(!told[0][1].toBool());
        QVERIFY(undo().words().isEmpty());
        m_desk->replica->session().set(admin);
    }

    void aTakenTicketGoesAgainByTheKeyAndATextFieldKeepsItsOwn()
    {
        QueuePage *page = m_desk->window->queuePage();
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.chosen, kWaitMs);
        page->deskActs().take({.patient = person(u"Aminata"_s), .servicePoint = page->model().board().points.front().id}, u"Aminata"_s);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().view().waitingForDesk, 1, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(!undo().words().isEmpty(), kWaitMs);
        QCOMPARE(m_desk->window->shell()->toasts()->toasts().size(), 1);
        QVERIFY(QTest::qWaitForWindowActive(m_desk->window->widget()));
        QLineEdit text(m_desk->window->widget());
        text.show();
        text.setFocus();
        QTest::keyClicks(&text, u"abc"_s);
        QTest::keyClick(&text, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(text.text().isEmpty());
        QVERIFY(!undo().words().isEmpty());
        page->setFocus();
        QTest::keyClick(page, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().view().waitingForDesk, 0, kWaitMs);
    }

    void aCallGoesBackToWaiting()
    {
        QueuePage *page = m_desk->window->queuePage();
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.chosen, kWaitMs);
        page->deskActs().take({.patient = person(u"Aminata"_s), .servicePoint = page->model().board().points.front().id}, u"Aminata"_s);
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.next.has_value() && !page->deskActs().busy(), kWaitMs);
        page->strip()->next->click();
        QTRY_VERIFY_WITH_TIMEOUT(page->model().view().desk.current.has_value() && undo().words().contains(u"call"_s), kWaitMs);
        QVERIFY(undone());
        QTRY_VERIFY_WITH_TIMEOUT(!page->model().view().desk.current && page->model().view().desk.next, kWaitMs);
    }
};

QTEST_MAIN(UndoTest)
#include "undo_test.moc"

// What is half typed is never lost: a registration while somebody else is registered or edited, the changes of a person
// while another is edited, and what happened to that person meanwhile.
#include "fake_desk.h"

#include "ui/common/message_strip.h"
#include "ui/patients/patient_columns.h"
#include "ui/patients/patient_form.h"
#include "ui/patients/patients_page.h"

#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;

class DraftsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_desk;
    PatientsPage *m_page = nullptr;
    PatientForm *m_form = nullptr;
    SystemClock m_clock;
    SystemRandom m_random;

    Uuid person(const QString &given)
    {
        m_page->registerNew({});
        m_form->startOver();
        m_form->model().setText(PatientField::Given, given);
        const Uuid id = m_form->model().patientId();
        QSignalSpy saved(m_form, &PatientForm::saved);
        m_form->save(false);
        return QTest::qWaitFor([&] { return saved.count() == 1; }, kWaitMs) ? id : Uuid{};
    }

    bool edit(const Uuid &id)
    {
        m_page->showPatient(id);
        if (!QTest::qWaitFor([&] { return m_page->details().shown(); }, kWaitMs))
            return false;
        m_page->editCurrent();
        return m_form->model().patientId() == id;
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void init()
    {
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_desk->startClinic());
        m_page = m_desk->window->patientsPage();
        m_form = m_page->form();
    }
    void cleanup() { m_desk.reset(); }

    void aRegistrationSurvivesEditingSomebodyElse()
    {
        const Uuid binta = person(u"Binta"_s);
        QVERIFY(!binta.isNull());
        m_page->registerNew({});
        m_form->model().setText(PatientField::Given, u"Half"_s);
        m_form->model().setText(PatientField::Phone, u"70 11 22 33"_s);
        QVERIFY(edit(binta));
        QCOMPARE(m_form->model().text(PatientField::Given), u"Binta"_s);
        QVERIFY(m_form->keptStrip()->isHidden());
        QVERIFY(m_page->back());
        m_page->registerNew({});
        QCOMPARE(m_form->model().text(PatientField::Given), u"Half"_s);
        QCOMPARE(m_form->model().text(PatientField::Phone), u"70 11 22 33"_s);
        QVERIFY(!m_form->keptStrip()->isHidden());                       // says that it is not saved
        m_form->startOver();
        QVERIFY(m_form->model().text(PatientField::Given).isEmpty());
        QVERIFY(m_page->back());
        m_page->registerNew({});
        QVERIFY(m_form->model().text(PatientField::Given).isEmpty());    // thrown away for good
    }

    void otherWordsBeginAnotherRegistration()
    {
        m_page->registerNew({});
        m_form->model().setText(PatientField::Given, u"First"_s);
        QVERIFY(m_page->back());
        m_page->registerNew(u"second one"_s);
        QCOMPARE(m_form->model().text(PatientField::Given), u"Second"_s);
        QVERIFY(!m_form->keptStrip()->isHidden());
        QVERIFY(m_form->keptStrip()->accessibleName().contains(u"First"_s));
        QVERIFY(m_page->back());
        m_page->registerNew({});                                         // search words alone were no draft
        QCOMPARE(m_form->model().text(PatientField::Given), u"First"_s);
    }

    void changesOfAPersonComeBackAndMeetWhatCameMeanwhile()
    {
        const Uuid ana = person(u"Ana"_s), binta = person(u"Binta"_s);
        QVERIFY(edit(ana));
        m_form->model().setText(PatientField::Address, u"Rue 12"_s);
        QVERIFY(edit(binta));
        QVERIFY(m_form->model().text(PatientField::Address).isEmpty());  // never one person's text at another
        QVERIFY(m_page->back());
        const auto row = answer(m_desk->replica->queries().record(kPatients, ana));
        QVERIFY(row && *row);
        QVERIFY(answer(m_desk->replica->commands().save({.name = "patients.edit", .changes = {schema::makeUpdate(kPatients, **row, {{patient::kPhone, schema::text(u"76 00 00 01"_s)}})}})));
        m_page->showPatient(ana);
        QTRY_VERIFY_WITH_TIMEOUT(m_page->details().shown() && schema::toQString(m_page->details().details()->row[patient::kPhone]) == u"76 00 00 01"_s, kWaitMs);
        m_page->editCurrent();
        QCOMPARE(m_form->model().text(PatientField::Address), u"Rue 12"_s);
        QCOMPARE(m_form->model().text(PatientField::Phone), u"76 00 00 01"_s);
        m_form->startOver();
        QVERIFY(m_form->model().text(PatientField::Address).isEmpty());
    }

    void somebodyAlreadyHereEndsARegistrationOfNamesAlone()
    {
        const Uuid ana = person(u"Ana"_s);
        for (const bool phone : {false, true}) {
            m_page->registerNew({});
            m_form->model().setText(PatientField::Given, u"Anna"_s);
            if (phone)
                m_form->model().setText(PatientField::Phone, u"70 55 66 77"_s);
            m_form->use(ana);
            QCOMPARE(m_page->title(), u"Patients"_s);
            QCOMPARE(m_page->details().id(), ana);
            m_page->registerNew({});
            QCOMPARE(m_form->model().text(PatientField::Phone), phone ? u"70 55 66 77"_s : QString());
            QCOMPARE(m_form->model().text(PatientField::Given), phone ? u"Anna"_s : QString());
            QVERIFY(m_page->back());
        }
    }

    void aSearchFromTheToolbarShowsTheList()
    {
        m_page->registerNew({});
        m_form->model().setText(PatientField::Given, u"Half"_s);
        m_page->searchFor(u"zz"_s);
        QCOMPARE(m_page->title(), u"Patients"_s);
        m_page->searchFor({});
        m_page->registerNew({});
        QCOMPARE(m_form->model().text(PatientField::Given), u"Half"_s);
    }

    void bytesComeBackWhole()
    {
        KeptForm kept;
        kept.draft.id = uuidV7(m_clock, m_random);
        kept.draft.shown = schema::emptyRow(kPatients, kept.draft.id);
        (*kept.draft.shown)[patient::kPhone] = schema::text(u"76 12 40 88"_s);
        (*kept.draft.shown)[schema::kUpdatedBy] = schema::Value{kept.draft.id};
        (*kept.draft.shown)[schema::kUpdatedAt] = schema::Value{std::int64_t{1'790'000'000'000}};
        kept.draft.texts[0] = u"أمينة"_s;
        kept.draft.start[1] = u"Diarra"_s;
        kept.reason = u"fever"_s;
        kept.priority = 2;
        const auto back = draftOf(draftBytes(kept));
        QVERIFY(back);
        QCOMPARE(back->draft.id, kept.draft.id);
        QVERIFY(back->draft.shown == kept.draft.shown);
        QVERIFY(back->draft.texts == kept.draft.texts && back->draft.start == kept.draft.start);
        QCOMPARE(back->reason, kept.reason);
        QCOMPARE(back->priority, 2);
        QVERIFY(!draftOf("nonsense"));
        QVERIFY(!draftOf(draftBytes(kept).chopped(4)));
    }

    // The window ends without a word; another one over the same folder has what was typed.
    void aNewWindowHasWhatWasTyped()
    {
        const Uuid ana = person(u"Ana"_s);
        QVERIFY(edit(ana));
        m_form->model().setText(PatientField::Address, u"Rue 12"_s);
        m_page->registerNew({});
        m_form->model().setText(PatientField::Given, u"Half"_s);
        const auto written = [this] {
            const auto notes = answer(m_desk->replica->drafts().all(QLatin1String(kDraftPrefix)));
            return notes ? notes->size() : std::size_t{0};
        };
        QTRY_COMPARE_WITH_TIMEOUT(written(), std::size_t{2}, kWaitMs);
        m_desk->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->window->shell(), kWaitMs);
        m_page = m_desk->window->patientsPage();
        m_form = m_page->form();
        QTRY_COMPARE_WITH_TIMEOUT(m_form->keptDrafts(), std::size_t{2}, kWaitMs);
        m_page->registerNew({});
        QCOMPARE(m_form->model().text(PatientField::Given), u"Half"_s);
        QVERIFY(edit(ana));
        QCOMPARE(m_form->model().text(PatientField::Address), u"Rue 12"_s);
        QSignalSpy saved(m_form, &PatientForm::saved);
        m_form->save(false);
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(written(), std::size_t{1}, kWaitMs);   // what was saved is no draft
        m_page->registerNew({});
        m_form->startOver();
        QTRY_COMPARE_WITH_TIMEOUT(written(), std::size_t{0}, kWaitMs);
    }

    // The last word is typed and the window is closed, or the session ends: nothing waits for a timer.
    void whatWasTypedJustBeforeTheEndIsThere_data()
    {
        QTest::addColumn<bool>("closed");
        QTest::newRow("closed") << true;
        QTest::newRow("session") << false;
    }
    void whatWasTypedJustBeforeTheEndIsThere()
    {
        QFETCH(bool, closed);
        m_page->registerNew({});
        QTest::keyClicks(m_form->firstFocus(), u"Half"_s);
        if (closed)
            QVERIFY(m_desk->window->widget()->close());
        else
            m_desk->window->keepDrafts();
        const auto notes = answer(m_desk->replica->drafts().all(QLatin1String(kDraftPrefix)));
        QVERIFY(notes && notes->size() == 1);
    }

    // A window that ends without closing, and its data with it in the same moment.
    void whatWasTypedJustBeforeTheReplicaEndsIsThere()
    {
        m_page->registerNew({});
        QTest::keyClicks(m_form->firstFocus(), u"Half"_s);
        m_desk->open();
        m_page = m_desk->window->patientsPage();
        m_form = m_page->form();
        QTRY_COMPARE_WITH_TIMEOUT(m_form->keptDrafts(), std::size_t{1}, kWaitMs);
        m_page->registerNew({});
        QCOMPARE(m_form->model().text(PatientField::Given), u"Half"_s);
    }

    // The writer is busy with the first of them while the rest and the end are asked for.
    void everyPutBeforeTheEndIsDone()
    {
        constexpr int kMany = 200;
        m_desk->window.reset();
        for (int i = 0; i < kMany; ++i)
            m_desk->replica->drafts().put(QStringLiteral("end.%1").arg(i), "words");
        m_desk->replica.reset();
        m_desk->open();
        const auto notes = answer(m_desk->replica->drafts().all(u"end."_s));
        QVERIFY(notes);
        QCOMPARE(notes->size(), std::size_t{kMany});
    }

    void numericPadEnterSaves()
    {
        QVERIFY(QTest::qWaitForWindowActive(m_desk->window->widget()));
        m_page->registerNew({});
        m_form->model().setText(PatientField::Given, u"Ana"_s);
        m_form->firstFocus()->setFocus();
        QSignalSpy saved(m_form, &PatientForm::saved);
        QTest::keyClick(m_form->firstFocus(), Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
    }
};

QTEST_MAIN(DraftsTest)
#include "drafts_test.moc"

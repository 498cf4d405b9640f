// The patient form over a real replica that works alone: errors at the field, doubts asked once, names from the search
// words, matches in the list.
#include "fake_desk.h"

#include "ui/common/field.h"
#include "ui/patients/patient_columns.h"
#include "ui/patients/patient_form.h"
#include "ui/patients/patients_page.h"
#include "ui/common/search_box.h"
#include "ui/shell/shell.h"

#include <QListView>
#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;

class PatientsFormTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_desk;
    PatientForm *m_form = nullptr;

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void init()
    {
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_desk->startClinic());
        PatientsPage *page = m_desk->window->patientsPage();
        page->registerNew({});
        m_form = page->form();
    }
    void cleanup() { m_desk.reset(); }

    void birthIsRefusedAtItsField()
    {
        auto &form = m_form->model();
        form.setText(PatientField::Given, u"Ana"_s);
        form.setText(PatientField::Birth, u"soon"_s);
        QVERIFY(form.error(PatientField::Birth).isEmpty());              // never while typing
        form.left(PatientField::Birth);
        QVERIFY(!form.error(PatientField::Birth).isEmpty());
        form.save();
        QVERIFY(form.state() == PatientFormModel::State::Editing);
        QCOMPARE(static_cast<int>(*form.firstWrong()), static_cast<int>(PatientField::Birth));
        auto *field = qobject_cast<Field *>(m_form->control(PatientField::Birth)->parentWidget());
        QVERIFY(field && field->mark() == FieldMark::Error);
    }

    void shortPhoneIsAskedOnce()
    {
        auto &form = m_form->model();
        form.setText(PatientField::Given, u"Ana"_s);
        form.setText(PatientField::Phone, u"123"_s);
        QSignalSpy saved(&form, &PatientFormModel::saved);
        form.save();
        QVERIFY(!form.doubt(PatientField::Phone).isEmpty());
        QVERIFY(form.state() == PatientFormModel::State::Editing);
        form.save();
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
        const auto row = answer(m_desk->replica->queries().record(kPatients, form.patientId()));
        QVERIFY(row && *row);
        QCOMPARE(schema::toQString((**row)[patient::kPhone]), u"123"_s);
    }

    void ageKeepsItsPrecision()
    {
        auto &form = m_form->model();
        form.setText(PatientField::Given, u"Ana"_s);
        form.setText(PatientField::Birth, u"8m"_s);
        QSignalSpy saved(&form, &PatientFormModel::saved);
        form.save();
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
        const auto row = answer(m_desk->replica->queries().record(kPatients, form.patientId()));
        QVERIFY(row && *row);
        QCOMPARE(schema::toText((**row)[patient::kBirthPrecision]), std::string_view("age"));
        QCOMPARE(fieldText(**row, PatientField::Birth, QDate::currentDate()), u"8m"_s);
    }

    void searchWordsBecomeTheName()
    {
        auto &form = m_form->model();
        form.startNew(u"ami dia"_s);
        QCOMPARE(form.text(PatientField::Given), u"Ami"_s);
        QCOMPARE(form.text(PatientField::Family), u"Dia"_s);
        form.startNew(u"76 12 40 88"_s);
        QCOMPARE(form.text(PatientField::Phone), u"76 12 40 88"_s);
        QVERIFY(form.text(PatientField::Given).isEmpty());
    }

    void escKeepsTheDraft()
    {
        PatientsPage *page = m_desk->window->patientsPage();
        auto &form = m_form->model();
        form.setText(PatientField::Given, u"Ana"_s);
        QVERIFY(page->back());
        QCOMPARE(page->title(), u"Patients"_s);
        page->registerNew({});
        QCOMPARE(form.text(PatientField::Given), u"Ana"_s);
        QSignalSpy saved(&form, &PatientFormModel::saved);
        form.save();
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
        page->registerNew({});
        QVERIFY(form.text(PatientField::Given).isEmpty());           // saved: nothing is left over
    }

    void keysFillTheForm()
    {
        auto *given = qobject_cast<QLineEdit *>(m_form->control(PatientField::Given));
        QTest::keyClicks(given, u"Nadia"_s);
        QTest::keyClick(m_form->control(PatientField::Sex), Qt::Key_F);
        QCOMPARE(m_form->model().text(PatientField::Given), u"Nadia"_s);
        QCOMPARE(m_form->model().text(PatientField::Sex), u"female"_s);
    }

    void listFollowsTheSearchAsOneTypes()
    {
        auto &form = m_form->model();
        PatientsPage *page = m_desk->window->patientsPage();
        for (const QString &name : {u"Aminata"_s, u"Binta"_s, u"Amadou"_s}) {
            page->registerNew({});
            form.setText(PatientField::Given, name);
            QSignalSpy saved(&form, &PatientFormModel::saved);
            form.save();
            QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
        }
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 3, kWaitMs);
        page->focusSearch();
        QTest::keyClicks(page->search(), u"am"_s);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 2, kWaitMs);
        QTest::keyClicks(page->search(), u"i"_s);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 1, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(page->details().details() && page->details().details()->name == u"Aminata"_s, kWaitMs);
        QTest::keyClicks(page->search(), u"zz"_s);
        QTRY_COMPARE_WITH_TIMEOUT(page->model().list().rowCount(), 0, kWaitMs);
    }

    void matchesFoldAccents()
    {
        const auto matches = matchesIn(u"Étienne D'Arcy"_s, u"eti arc"_s);
        QCOMPARE(matches.size(), 2);
        QCOMPARE(matches[0].start, 0);
        QCOMPARE(matches[0].length, 3);
        QCOMPARE(matches[1].start, 10);
    }
};

QTEST_MAIN(PatientsFormTest)
#include "patients_form_test.moc"

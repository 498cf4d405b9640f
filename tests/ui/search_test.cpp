// The search box by keyboard alone: Ctrl+K, letters, Enter. With ANTEROOM_PICTURES set to a folder it also writes what
// the panel looks like.
#include "fake_desk.h"

#include "schema/tables/patients.h"
#include "ui/common/search_box.h"
#include "ui/patients/patients_page.h"
#include "ui/search/match_ranges.h"
#include "ui/search/search_panel.h"
#include "ui/shell/shell.h"

#include <QListView>
#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;
using schema::tables::patients;

class SearchTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_desk;
    SystemClock m_clock;
    SeededRandom m_random{3};

    Shell *shell() { return m_desk->window->shell(); }
    SearchPanel *panel() { return shell()->findChild<SearchPanel *>(); }
    Uuid admit(const QString &given, const QString &family, const QString &phone, const QString &birth)
    {
        const Uuid id = uuidV7(m_clock, m_random);
        const auto saved = answer(m_desk->replica->commands().save({.name = "patients.register", .changes = {schema::makeInsert(patients, id, {
            {schema::col(patients, "given_name"), schema::text(given)}, {schema::col(patients, "family_name"), schema::text(family)},
            {schema::col(patients, "phone"), schema::text(phone)}, {schema::col(patients, "birth_date"), schema::text(birth)},
            {schema::col(patients, "sex"), std::string("female")}})}}));
        return saved && saved->saved ? id : Uuid{};
    }
    void type(const char *letters)
    {
        QTest::keyClick(shell(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(shell()->search()->hasFocus(), kWaitMs);
        QTest::keyClicks(shell()->search(), QString::fromUtf8(letters));
        QTRY_VERIFY_WITH_TIMEOUT(!panel()->model().waiting() && panel()->isVisible(), kWaitMs);
    }
    void typeAndEnter(const QString &words)              // in one breath: no answer can come between
    {
        shell()->search()->setText(words);
        Q_EMIT shell()->search()->textEdited(words);
        Q_EMIT shell()->search()->chosen();
    }
    QStringList lines()
    {
        QStringList all;
        for (int row = 0; row < panel()->model().rowCount(); ++row)
            all << panel()->model().line(row).text;
        return all;
    }
    QString current() { return panel()->list()->currentIndex().data().toString(); }
    void picture(const QString &name)
    {
        const QString folder = qEnvironmentVariable("ANTEROOM_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(shell()->grab().save(folder + QStringLiteral("/search-") + name + QStringLiteral(".png")));
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void init()
    {
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_desk->startClinic());
        for (const auto &[given, family, phone] : {std::tuple{"Mariam", "Diallo", "76 12 40 88"}, std::tuple{"Mariama", "Keita", "76 55 01 02"}, std::tuple{"Łukasz", "Kowalczyk", "70 31 44 90"}})
            QVERIFY(!admit(QString::fromUtf8(given), QString::fromUtf8(family), QString::fromUtf8(phone), QStringLiteral("1992-03-12")).isNull());
        const auto caughtUp = [this] {                   // a fresh folder's first slice; until then a line says so
            const auto found = answer(m_desk->replica->queries().find({.text = QStringLiteral("x")}));
            return found && !found->indexing;
        };
        QTRY_VERIFY_WITH_TIMEOUT(caughtUp(), kWaitMs);
    }
    void cleanup() { m_desk.reset(); }

    void aLetterOpensTheListAndEnterThePerson()
    {
        type("mar");
        QCOMPARE(lines(), (QStringList{QStringLiteral("Mariam Diallo"), QStringLiteral("Mariama Keita"), QStringLiteral("Register “mar”")}));
        QCOMPARE(current(), QStringLiteral("Mariam Diallo"));
        QVERIFY(panel()->model().line(0).second.contains(QStringLiteral("76 12 40 88")));
        picture(QStringLiteral("light"));
        QTest::keyClick(shell()->search(), Qt::Key_Down);
        QCOMPARE(current(), QStringLiteral("Mariama Keita"));
        QTest::keyClick(shell()->search(), Qt::Key_Return);
        QVERIFY(panel()->isHidden());
        QCOMPARE(shell()->currentPage(), QStringLiteral("patients"));
        QVERIFY(shell()->search()->text().isEmpty());
    }

    void similarOnesStandBelow()
    {
        type("mairam");
        QCOMPARE(lines(), (QStringList{QStringLiteral("Sounds similar"), QStringLiteral("Mariam Diallo"), QStringLiteral("Mariama Keita"), QStringLiteral("Register “mairam”")}));
        QCOMPARE(current(), QStringLiteral("Mariam Diallo"));          // a heading is never chosen
        m_theme->setScheme(Theme::Scheme::Dark);
        picture(QStringLiteral("dark"));
        m_theme->setScheme(Theme::Scheme::Light);
    }

    void theLastLineRegisters()
    {
        type("Zoe Xu");
        QCOMPARE(current(), QStringLiteral("Register “Zoe Xu”"));
        QTest::keyClick(shell()->search(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(shell()->currentPage(), QStringLiteral("patients"), kWaitMs);
        QVERIFY(static_cast<PatientsPage *>(shell()->page(QStringLiteral("patients")))->title().startsWith(QStringLiteral("Register")));
    }

    void aRoleThatMayNotRegisterIsNotAsked()
    {
        session::Session session = m_desk->replica->session().session();
        session.role = schema::Role::Cashier;
        m_desk->replica->session().set(session);
        type("mariam");
        QCOMPARE(lines().last(), QStringLiteral("Mariama Keita"));
    }

    void escapeClosesAndLaterLettersWin()
    {
        type("mar");
        QTest::keyClick(shell()->search(), Qt::Key_Escape);
        QVERIFY(panel()->isHidden());
        QVERIFY(shell()->search()->text().isEmpty());
        QTest::keyClicks(shell()->search(), QStringLiteral("m"));
        QTest::keyClicks(shell()->search(), QStringLiteral("x"));
        QTest::keyClick(shell()->search(), Qt::Key_Backspace);
        QTest::keyClick(shell()->search(), Qt::Key_Backspace);
        QTest::keyClicks(shell()->search(), QStringLiteral("luk"));    // while earlier letters are still being asked
        QTRY_VERIFY_WITH_TIMEOUT(!panel()->model().waiting(), kWaitMs);
        QCOMPARE(lines().first(), QStringLiteral("Łukasz Kowalczyk"));
    }

    // Enter before the list could be read opens only what leaves no choice.
    void enterDoesNotOpenUnseen()
    {
        QTest::keyClick(shell(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(shell()->search()->hasFocus(), kWaitMs);
        typeAndEnter(QStringLiteral("mar"));
        QTRY_VERIFY_WITH_TIMEOUT(panel()->isVisible(), kWaitMs);
        QCOMPARE(shell()->currentPage(), QStringLiteral("queue"));
        QTest::keyClick(shell()->search(), Qt::Key_Escape);
        typeAndEnter(QStringLiteral("4088"));
        QTRY_COMPARE_WITH_TIMEOUT(shell()->currentPage(), QStringLiteral("patients"), kWaitMs);
    }

    // Another desk's act asks the same words again: whom the keys had reached stays chosen, and Enter opens that one.
    void theChosenPersonStaysWhileOthersWork()
    {
        type("mar");
        QTest::keyClick(shell()->search(), Qt::Key_Down);
        QCOMPARE(current(), QStringLiteral("Mariama Keita"));
        QSignalSpy answered(&panel()->model(), &SearchModel::answered);
        QVERIFY(!admit(QStringLiteral("Zoe"), QStringLiteral("Xu"), {}, QStringLiteral("1990-01-01")).isNull());
        QTRY_VERIFY_WITH_TIMEOUT(!answered.isEmpty(), kWaitMs);
        QCOMPARE(current(), QStringLiteral("Mariama Keita"));
        QTest::keyClick(shell()->search(), Qt::Key_Down);
        QCOMPARE(current(), QStringLiteral("Register “mar”"));
        answered.clear();
        QVERIFY(!admit(QStringLiteral("Yan"), QStringLiteral("Xu"), {}, QStringLiteral("1990-01-01")).isNull());
        QTRY_VERIFY_WITH_TIMEOUT(!answered.isEmpty(), kWaitMs);
        QCOMPARE(current(), QStringLiteral("Register “mar”"));
        QTest::keyClick(shell()->search(), Qt::Key_Up);
        answered.clear();
        QVERIFY(!admit(QStringLiteral("Xia"), QStringLiteral("Xu"), {}, QStringLiteral("1990-01-01")).isNull());
        QTest::keyClick(shell()->search(), Qt::Key_Return);      // whether or not the list is being asked again
        QTRY_COMPARE_WITH_TIMEOUT(shell()->currentPage(), QStringLiteral("patients"), kWaitMs);
        auto *page = static_cast<PatientsPage *>(shell()->page(QStringLiteral("patients")));
        QTRY_VERIFY_WITH_TIMEOUT(page->details().details() && page->details().details()->name == QStringLiteral("Mariama Keita"), kWaitMs);
    }

    void foundLettersAreMarkedAsTheyAreWritten()
    {
        const auto lukasz = matchRanges(QStringLiteral("Łukasz Kowalczyk"), QStringLiteral("kow lukasz"));
        QCOMPARE(lukasz.size(), 2);
        QCOMPARE(lukasz[0].length, 6);
        QCOMPARE(lukasz[1].start, 7);
        QCOMPARE(lukasz[1].length, 3);
        QCOMPARE(matchRanges(QStringLiteral("Seán O'Brien"), QStringLiteral("obr")).first().length, 4);
        QCOMPARE(matchRanges(QStringLiteral("Straße"), QStringLiteral("strass")).first().length, 5);
    }
};

QTEST_MAIN(SearchTest)
#include "search_test.moc"

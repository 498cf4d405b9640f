// The pages over a real replica in light, dark and two pseudo-languages: nothing is cut, nothing is said on stderr. With
// ANTEROOM_PICTURES set to a folder each is written there.
#include "clipped.h"
#include "fake_desk.h"
#include "quiet.h"

#include "ui/desk/translate.h"
#include "ui/patients/patient_columns.h"
#include "ui/patients/patient_form.h"
#include "ui/patients/patients_page.h"
#include "ui/queue/queue_page.h"
#include "ui/shell/shell.h"

#include <QDir>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;

class PicturesTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    SystemClock m_clock;
    SystemRandom m_random;

    void show(FakeDesk &desk, const QString &name, QStringList &cut)
    {
        QWidget *window = desk.window->widget();
        QCoreApplication::sendPostedEvents();                    // the layout of what was just shown
        for (const QString &words : clippedIn(window))
            cut.append(name + u": "_s + words);
        if (const QString out = qEnvironmentVariable("ANTEROOM_PICTURES"); !out.isEmpty())
            window->grab().save(QDir(out).filePath(name + u".png"_s));
    }

    bool people(FakeDesk &desk)
    {
        const auto &board = desk.window->queuePage()->model().board();
        for (const QString &name : {u"Aminata Diarra-Konaté"_s, u"Binta"_s, u"Chidi Okonkwo"_s}) {
            const Uuid id = uuidV7(m_clock, m_random);
            node::Act act{.name = "queue.take", .changes = {insertTicket({.id = uuidV7(m_clock, m_random), .patient = id, .servicePoint = board.points.front().id, .day = board.day}, m_clock.utcMs()),
                                                            schema::makeInsert(kPatients, id, {{patient::kGiven, schema::text(name)}, {patient::kPhone, schema::text(u"76 12 40 88"_s)}})}};
            if (!answer(desk.replica->commands().takeTicket(act)))
                return false;
        }
        return QTest::qWaitFor([&] { return desk.window->queuePage()->model().view().waitingForDesk == 3; }, kWaitMs);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->setReducedMotion(true);
    }
    void cleanupTestCase() { m_theme.reset(); }

    void pages_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("scale");
        QTest::newRow("light") << QString() << false << 100;
        QTest::newRow("dark") << QString() << true << 100;
        QTest::newRow("large") << QString() << false << 130;
        QTest::newRow("ar") << u"ar"_s << false << 100;
        QTest::newRow("fr-pseudo") << u"fr-pseudo"_s << false << 100;
    }

    void pages()
    {
        QFETCH(QString, language);
        QFETCH(bool, dark);
        QFETCH(int, scale);
        const Quiet quiet;
        const bool arabic = language == u"ar"_s;
        PseudoTranslator words(arabic ? PseudoTranslator::Script::Arabic : PseudoTranslator::Script::Latin);
        if (!language.isEmpty())
            QCoreApplication::installTranslator(&words);
        QApplication::setLayoutDirection(arabic ? Qt::RightToLeft : Qt::LeftToRight);
        FakeDesk desk(*m_theme);
        QVERIFY(desk.startClinic());
        desk.window->settings().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        desk.window->settings().setScale(scale);
        QTRY_VERIFY_WITH_TIMEOUT(desk.window->queuePage()->model().view().desk.chosen, kWaitMs);
        QVERIFY(people(desk));
        const QString tag = QString::fromLatin1(QTest::currentDataTag()) + u'-';
        QStringList cut;
        show(desk, tag + u"queue"_s, cut);
        PatientsPage *patients = desk.window->patientsPage();
        QTRY_COMPARE_WITH_TIMEOUT(patients->model().list().rowCount(), 3, kWaitMs);
        patients->showPatient(patients->model().list().at(0).id);
        QTRY_VERIFY_WITH_TIMEOUT(patients->details().shown(), kWaitMs);
        show(desk, tag + u"patients"_s, cut);
        patients->registerNew({});
        show(desk, tag + u"register"_s, cut);
        patients->back();
        for (const Command &command : desk.window->shell()->commands())
            if (command.id == u"keys"_s)
                command.run();
        show(desk, tag + u"keys"_s, cut);
        QCoreApplication::removeTranslator(&words);
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u'\n')));
        QVERIFY2(quiet.words().isEmpty(), qPrintable(quiet.words()));
    }
};

QTEST_MAIN(PicturesTest)
#include "pictures_test.moc"

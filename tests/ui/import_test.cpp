// The import of the desk with the real importer over a real replica: looked through before anything is saved, imported,
// stopped, accounted for; a second time nothing is new.
#include "fake_desk.h"

#include "app/desktop_import.h"
#include "support/process.h"
#include "ui/common/button.h"
#include "ui/common/message_strip.h"
#include "ui/import/import_panel.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/shell.h"

#include <QFile>

using namespace anteroom;
using namespace anteroom::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatients = 700;       // two batches

struct ImportDesk {
    FakeDesk desk;
    std::unique_ptr<app::DesktopImport> importer;
    std::unique_ptr<ImportPanel> panel;
    QTemporaryDir files;

    explicit ImportDesk(Theme &theme) : desk(theme)
    {
        if (!desk.startClinic())
            return;
        importer = std::make_unique<app::DesktopImport>(*desk.replica);
        panel = std::make_unique<ImportPanel>(*importer);
        panel->resize(1100, 600);
        panel->show();
    }
    ~ImportDesk()
    {
        panel.reset();
        importer.reset();            // before the replica that it saves to
    }
    QString file(const QString &name, const QByteArray &text) const
    {
        QFile out(files.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("no file");
        return out.fileName();
    }
    qint64 people() { return answer(desk.replica->queries().countPatients()).value_or(-1); }
    bool reaches(ImportPanel::Step step) const { return QTest::qWaitFor([&] { return panel->step() == step; }, 60'000); }
};

} // namespace

class ImportTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }

    void looksFirstThenImports()
    {
        ImportDesk d(*m_theme);
        QVERIFY(d.panel);
        const QString file = d.file(u"people.ndjson"_s, test::generatedPatients(kPatients) + "not json\n");
        d.panel->chooseFiles({file});
        QVERIFY(d.reaches(ImportPanel::Step::Checked));
        QCOMPARE(d.people(), 0);                             // nothing is saved yet
        QCOMPARE(d.panel->model().changes(), kPatients);
        QVERIFY2(d.panel->words().contains(u"1 line could not be read"_s), qPrintable(d.panel->words()));
        QVERIFY(d.panel->importButton()->isEnabled());
        d.panel->importButton()->click();
        QVERIFY(d.reaches(ImportPanel::Step::Done));
        QCOMPARE(d.people(), kPatients);
        QVERIFY(d.panel->asText().contains(u"people.ndjson, line %1"_s.arg(kPatients + 1)));
        d.panel->chooseFiles({file});                        // again: nothing is new, and the button says so
        QVERIFY(d.reaches(ImportPanel::Step::Checked));
        QCOMPARE(d.panel->model().changes(), 0);
        QVERIFY(!d.panel->importButton()->isEnabled());
    }

    void codesHaveNoPlaceAmongPeople()
    {
        ImportDesk d(*m_theme);
        QVERIFY(d.panel);
        d.panel->chooseFiles({d.file(u"icd10cm_2021.tsv"_s, "code\tbillable\tdescription\nA00\t0\tCholera\nA00.0\t1\tCholera due to Vibrio cholerae\n")});
        QVERIFY(d.reaches(ImportPanel::Step::Checked));
        d.panel->importButton()->click();
        QVERIFY(d.reaches(ImportPanel::Step::Done));
        QCOMPARE(d.panel->model().account().types.front().added, 2);
        QCOMPARE(d.panel->model().index(0, ImportModel::TypeColumn).data().toString(), u"ICD-10-CM codes"_s);
    }

    void cancelKeepsWhatIsIn()
    {
        ImportDesk d(*m_theme);
        QVERIFY(d.panel);
        d.panel->chooseFiles({d.file(u"people.ndjson"_s, test::generatedPatients(4 * kPatients))});
        QVERIFY(d.reaches(ImportPanel::Step::Checked));
        QMetaObject::Connection first = connect(d.desk.replica.get(), &node::Replica::changed, d.panel.get(), [&] { d.panel->cancelButton()->click(); });
        d.panel->importButton()->click();
        QVERIFY(d.reaches(ImportPanel::Step::Done));
        QVERIFY(d.panel->model().account().cancelled);
        const qint64 in = d.people();
        QVERIFY(in > 0 && in < 4 * kPatients);
        QCOMPARE(d.panel->model().changes(), in);            // it says what is in
        disconnect(first);
        d.panel->chooseFiles({d.files.filePath(u"people.ndjson"_s)});
        QVERIFY(d.reaches(ImportPanel::Step::Checked));
        d.panel->importButton()->click();
        QVERIFY(d.reaches(ImportPanel::Step::Done));
        QCOMPARE(d.people(), 4 * kPatients);
    }

    // What stops in the middle has saved a part: nothing says that nothing is saved.
    void whatStoppedSaysThatAPartIsIn()
    {
        struct Stops final : ImportPort {
            void start(const Request &request, std::function<void(const ImportStep &)>, std::function<void(const Result<ImportAccount> &)> done) override
            {
                ImportAccount account;
                account.types.push_back({.name = u"Patient"_s, .in = 5, .taken = 5, .added = 5, .notTaken = {}});
                QMetaObject::invokeMethod(qApp, [done = std::move(done), dryRun = request.dryRun, account] {
                    done(dryRun ? Result<ImportAccount>(account) : fail(ErrorCode::Differs, u"Somebody saved the same records at this moment."_s));
                }, Qt::QueuedConnection);
            }
            void cancel() override {}
        } port;
        ImportPanel panel(port);
        panel.chooseFiles({u"people.ndjson"_s});
        QTRY_VERIFY(panel.step() == ImportPanel::Step::Checked);
        QVERIFY(panel.words().contains(u"Nothing is saved yet"_s));
        panel.importButton()->click();
        QVERIFY(panel.step() == ImportPanel::Step::Importing);
        QTRY_VERIFY(panel.step() == ImportPanel::Step::Checked);
        QVERIFY2(panel.words().startsWith(u"It stopped"_s) && !panel.words().contains(u"Nothing is saved"_s), qPrintable(panel.words()));
        panel.chooseFiles({u"others.ndjson"_s});
        QTRY_VERIFY(panel.step() == ImportPanel::Step::Checked && panel.words().contains(u"Nothing is saved yet"_s));
    }

    void aFileThatIsGoneIsSaid()
    {
        ImportDesk d(*m_theme);
        QVERIFY(d.panel);
        d.panel->chooseFiles({d.files.filePath(u"gone.json"_s)});
        QCOMPARE(d.panel->step(), ImportPanel::Step::Checking);
        QVERIFY(d.reaches(ImportPanel::Step::Choose));
        QVERIFY(d.panel->findChild<MessageStrip *>()->isVisible());
    }

    void settingsOfferIt()
    {
        FakeDesk desk(*m_theme);
        QVERIFY(desk.startClinic());
        app::DesktopImport importer(*desk.replica);
        desk.window->setImporter(importer);
        SettingsPage *page = desk.window->settingsPage();
        QVERIFY(page);
        page->showSection(u"data"_s);
        auto *panel = page->findChild<ImportPanel *>();
        QVERIFY(panel);
        QTRY_VERIFY(panel->isVisible());
        const QString pictures = qEnvironmentVariable("ANTEROOM_PICTURES");
        const QString bundle = test::sharedData(u"synthea-bulk/Patient.ndjson"_s);
        if (pictures.isEmpty() || bundle.isEmpty())
            return;
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            m_theme->setScheme(scheme);
            QTRY_VERIFY(!page->isHidden());
            const QString look = scheme == Theme::Scheme::Light ? u"light"_s : u"dark"_s;
            QVERIFY(desk.window->widget()->grab().save(pictures + u"/import-choose-%1.png"_s.arg(look)));
            panel->chooseFiles({bundle, test::sharedData(u"synthea-bulk/AllergyIntolerance.ndjson"_s), test::sharedData(u"synthea-bulk/Practitioner.ndjson"_s),
                                test::sharedData(u"synthea-fhir/Ned_Hintz_e4b9259d-0f54-48d1-a35d-b526729a4dfe.json"_s)});
            QTRY_COMPARE_WITH_TIMEOUT(panel->step(), ImportPanel::Step::Checked, 60'000);
            QTRY_VERIFY(panel->importButton()->width() >= panel->importButton()->sizeHint().width());
            QVERIFY(desk.window->widget()->grab().save(pictures + u"/import-checked-%1.png"_s.arg(look)));
        }
        m_theme->setScheme(Theme::Scheme::System);
        panel->importButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(panel->step(), ImportPanel::Step::Done, 60'000);
        QVERIFY(desk.window->widget()->grab().save(pictures + u"/import-done.png"_s));
    }
};

QTEST_MAIN(ImportTest)
#include "import_test.moc"

// Every page for every role in the real window of a demo clinic: opened, listed, and each record that the role may write
// added, changed, archived and restored through the widgets; what it may not is not offered, and refused in words. Nothing
// is cut off, nothing is said on stderr; also on the small screen, in dark, mirrored and at 130 %.
#include "quiet.h"
#include "walk_desk.h"

#include "ui/books/books_page.h"
#include "ui/common/sheet.h"
#include "ui/common/search_box.h"
#include "ui/desk/translate.h"
#include "ui/import/import_panel.h"
#include "ui/patients/patients_page.h"
#include "ui/queue/queue_page.h"
#include "ui/search/search_panel.h"
#include "ui/settings/settings_page.h"

#include <QAction>

using namespace anteroom;
using namespace anteroom::ui;
using schema::Op;
using schema::Role;

namespace {

constexpr Role kRoles[] = {Role::Admin, Role::Doctor, Role::Nurse, Role::Receptionist, Role::Cashier, Role::Pharmacist};

struct NoImporter final : ImportPort {       // the panel stands there; nothing is imported on this walk
    void start(const Request &, std::function<void(const ImportStep &)>, std::function<void(const Result<ImportAccount> &)>) override {}
    void cancel() override {}
};

// A sentence for a person: begins and ends as one, and names nothing by its name in the schema.
bool isSentence(const QString &words)
{
    return words.size() > 10 && (words.front().isUpper() || !words.front().isLetter()) && words.endsWith(u'.') && !words.contains(u'_') && !words.contains(u"::");
}

} // namespace

class WalkTest : public QObject, WalkDesk {
    Q_OBJECT

private:
    std::unique_ptr<Quiet> m_quiet;
    NoImporter m_importer;

    bool begins(Role role)
    {
        m_quiet = std::make_unique<Quiet>();
        if (!beginClinic(role))
            return false;
        m_desk->window->setImporter(m_importer);
        return true;
    }
    [[nodiscard]] QString found() const { return (m_quiet->words().isEmpty() ? QString() : u"said: "_s + m_quiet->words() + u'\n') + wrong(); }

    bool list(const Table &table, const QString &step)
    {
        RecordsPage *page = records();
        if (!expect(page->list()->choose(table), step, u"does not open"_s))
            return false;
        const RecordsModel &model = page->list()->model();
        return awaits([&] { return model.loaded() || !model.failure().isEmpty(); }, step, u"is not read"_s) && expect(model.failure().isEmpty(), step, model.failure());
    }

    bool openFirst(const QString &step)
    {
        RecordsModel &model = records()->list()->model();
        if (model.rowCount() == 0)
            return false;
        const Uuid id = model.at(0).id;
        records()->list()->select(id);
        records()->list()->view()->setFocus(Qt::TabFocusReason);
        QTest::keyClick(records()->list()->view(), Qt::Key_Return);
        return expect(records()->formOpen(), step, u"Enter opens no form"_s) && formReady(step) && expect(formModel().id() == id, step, u"another record is open"_s);
    }

    // `whole`: the change has all that it needs, so that only the role is in its way.
    void refused(const QString &step, schema::Change change, bool whole = true)
    {
        auto future = replica().commands().save({.name = "record.change", .changes = {std::move(change)}});
        if (!awaits([&] { return future.isFinished(); }, step, u"no answer of the door"_s))
            return;
        const Result<node::SaveOutcome> result = future.result();
        if (expect(!result, step, u"the door lets it in"_s) && whole)
            expect(isSentence(result.error().detail), step, u"refused as “%1”"_s.arg(result.error().detail));
    }

    void addChangeArchiveRestore(const Table &table, const QString &step)
    {
        const session::CurrentSession &session = replica().session();
        QTest::mouseClick(records()->newButton(), Qt::LeftButton);
        if (!expect(records()->formOpen() && formModel().isNew() && formModel().table() == &table, step, u"New opens no form"_s) || !formReady(step))
            return;
        look(step + u" new"_s);
        fill(step);
        look(step + u" filled"_s);
        if (!pressAndWait(u"Save"_s, step + u" add"_s) || !awaits([&] { return !formModel().isNew() && formModel().state() == RecordFormModel::State::Ready; }, step, u"is not shown"_s))
            return;
        const Uuid id = formModel().id();
        expect(row(table, id).id == id, step, u"is not there after Save"_s);
        look(step + u" added"_s);
        if (session.may(table, Op::Update) && !table.insertOnly && edit(step)) {
            look(step + u" edited"_s);
            pressAndWait(u"Save"_s, step + u" change"_s);
        }
        if (!session.may(table, Op::Delete))
            return;
        if (!press(u"Archive"_s, step + u" archive"_s))
            return;
        look(step + u" why"_s);
        press(u"Written by mistake"_s, step + u" archive"_s);
        auto *ask = form()->findChild<RecordArchive *>();
        Button *archive = button(ask, u"Archive"_s);
        if (!expect(archive != nullptr, step, u"nothing to archive with"_s))
            return;
        QTest::mouseClick(archive, Qt::LeftButton);
        if (!awaits([&] { return formModel().archived() && formModel().state() == RecordFormModel::State::Ready; }, step, u"is not archived: "_s + formModel().failure()))
            return;
        expect(schema::toQString(row(table, id)[schema::kDeletedReason]) == u"Written by mistake", step, u"the reason is not kept"_s);
        look(step + u" archived"_s);
        if (session.may(table, Op::Restore) && pressAndWait(u"Restore"_s, step + u" restore"_s))
            expect(!row(table, id).deleted(), step, u"is not restored"_s);
    }

    // What the role may not is not offered, and the door says so in words.
    void mayNot(const Table &table, const QString &step)
    {
        const session::CurrentSession &session = replica().session();
        if (!session.may(table, Op::Insert)) {
            expect(records()->acts().isEmpty() && !records()->newButton()->isVisible(), step, u"New is offered"_s);
            const bool byHand = table.writer == schema::Writer::People && madeElsewhere(table).isEmpty() && schema::findColumn(table, "subject_table") < 0 && schema::findColumn(table, "stroke") < 0;
            const auto values = byHand ? valuesFor(table) : std::vector<schema::ColumnValue>{};
            refused(step + u" add"_s, schema::makeInsert(table, schema::naturalIdOf(table, values).value_or(uuidV7(m_clock, m_random)), values), byHand);
        }
        if (!list(table, step) || !openFirst(step))
            return;
        look(step + u" form"_s);
        const Uuid id = formModel().id();
        if (!session.may(table, Op::Update)) {
            expect(isSentence(formModel().whyReadOnly()), step, u"read only because “%1”"_s.arg(formModel().whyReadOnly()));
            expect(!button(form(), u"Save"_s), step, u"Save is offered"_s);
            for (const FieldSpec &field : formModel().fields())
                expect(!formModel().mayWrite(field.column), step, field.title + u" can be written"_s);
        }
        if (!session.may(table, Op::Delete)) {
            expect(!button(form(), u"Archive"_s), step, u"Archive is offered"_s);
            refused(step + u" archive"_s, schema::makeDelete(table, row(table, id), "not for me"));
        }
        records()->back();
        expect(!records()->formOpen(), step, u"Esc leaves the form open"_s);
    }

    void walkPages(const QString &who)
    {
        QueuePage *queue = m_desk->window->queuePage();
        awaits([&] { return queue->model().loaded() && queue->model().view().desk.chosen; }, u"queue"_s, u"is not read"_s);
        look(who + u" queue"_s);
        PatientsPage *patients = m_desk->window->patientsPage();
        awaits([&] { return patients->model().list().rowCount() > 0; }, u"patients"_s, u"are not read"_s);
        look(who + u" patients"_s);
        patients->showPatient(patients->model().list().at(0).id);
        awaits([&] { return patients->details().shown(); }, u"patients"_s, u"nobody is shown"_s);
        look(who + u" patient"_s);
        patients->registerNew({});
        look(who + u" register"_s);
        patients->back();
        shell().open(u"book"_s);
        auto *book = static_cast<BooksPage *>(shell().page(u"book"_s));
        awaits([&] { return book->model().loaded(); }, u"book"_s, u"is not read"_s);
        look(who + u" book"_s);
        for (const QString &section : {u"network"_s, u"desk"_s, u"look"_s, u"data"_s}) {
            m_desk->window->settingsPage()->showSection(section);
            look(who + u" settings "_s + section);
        }
        const bool imports = m_desk->window->settingsPage()->findChild<ImportPanel *>() != nullptr;
        expect(imports == (replica().session().session().role == Role::Admin), u"settings"_s, imports ? u"import is offered"_s : u"import is not offered"_s);
        walkSheets(who);
        walkSearch(who);
    }

    void walkSheets(const QString &who)
    {
        window()->activateWindow();
        awaits([&] { return QApplication::activeWindow() == window() && QApplication::focusWidget(); }, who, u"the window has no focus, but %1"_s.arg(QApplication::activeWindow() ? whereIs(QApplication::activeWindow()) : u"nothing"_s));
        for (const QString &id : {u"palette"_s, u"keys"_s}) {
            for (const Command &command : shell().commands())
                if (command.id == id)
                    command.run();
            QPointer<Sheet> sheet;
            for (auto *each : window()->findChildren<Sheet *>())
                if (each->isVisible())
                    sheet = each;
            if (!expect(sheet != nullptr, who, id + u" does not open"_s))
                continue;
            look(who + u' ' + id);
            expect(sheet->isAncestorOf(QApplication::focusWidget()), who, id + u" has no focus"_s);
            QTest::keyClick(window()->windowHandle(), Qt::Key_Escape);       // to where the focus is
            awaits([&] { return !sheet || !sheet->isVisible(); }, who, id + u" stays after Esc"_s);
        }
    }

    void walkSearch(const QString &who)
    {
        const auto caughtUp = [this] {
            const auto answered = answer(replica().queries().find({.text = u"x"_s}));
            return answered && !answered->indexing;
        };
        shell().open(u"queue"_s);
        auto *panel = window()->findChild<SearchPanel *>();
        if (!awaits(caughtUp, who, u"the index does not catch up"_s) || !expect(panel && shell().search(), who, u"no search"_s))
            return;
        shell().search()->setFocus(Qt::ShortcutFocusReason);
        QTest::keyClicks(shell().search(), u"zyx"_s);
        awaits([&] { return !panel->model().waiting() && panel->model().hits() == 1 && panel->isVisible(); }, who, u"search does not find the person"_s);
        look(who + u" search"_s);
        QTest::keyClick(shell().search(), Qt::Key_Escape);
        expect(!panel->isVisible(), who, u"search stays after Esc"_s);
        shell().search()->clear();
    }

private Q_SLOTS:
    void cleanup()
    {
        close();
        m_quiet.reset();
        QApplication::setLayoutDirection(Qt::LeftToRight);
    }

    void everyRole_data()
    {
        QTest::addColumn<int>("role");
        for (const Role role : kRoles)
            QTest::newRow(std::string(domain::toText(role)).c_str()) << static_cast<int>(role);
    }

    void everyRole()
    {
        QFETCH(const int, role);
        QVERIFY(begins(static_cast<Role>(role)));
        walkPages(u"page"_s);
        int listed = 0, written = 0;
        for (const Table *table : schema::allTables()) {
            const QString step = nameOf(*table);
            if (!replica().session().mayRead(*table)) {
                expect(!records()->list()->choose(*table) && !records()->openRecord(*table, {}), step, u"opens, though it may not be read"_s);
                const auto future = replica().queries().browse({.table = table});
                awaits([&] { return future.isFinished(); }, step, u"no answer"_s);
                if (expect(!future.result(), step, u"is read, though it may not be"_s))
                    expect(isSentence(future.result().error().detail), step, u"refused as “%1”"_s.arg(future.result().error().detail));
                continue;
            }
            if (!list(*table, step))
                continue;
            ++listed;
            look(step + u" list"_s);
            if (replica().session().may(*table, Op::Insert) && madeElsewhere(*table).isEmpty()) {
                addChangeArchiveRestore(*table, step);
                records()->back();
                ++written;
            }
            mayNot(*table, step);
        }
        const QString defects = found();
        QVERIFY2(defects.isEmpty(), qPrintable(defects));
        QVERIFY(listed >= 10 && written >= 3);
    }

    void everyScreen_data()
    {
        QTest::addColumn<QSize>("screen");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("arabic");
        QTest::addColumn<int>("scale");
        QTest::newRow("small") << kSmallScreen << false << false << 100;
        QTest::newRow("dark") << kScreen << true << false << 100;
        QTest::newRow("mirrored") << kScreen << false << true << 100;
        QTest::newRow("large") << kScreen << false << false << 130;
    }

    void everyScreen()
    {
        QFETCH(const QSize, screen);
        QFETCH(const bool, dark);
        QFETCH(const bool, arabic);
        QFETCH(const int, scale);
        PseudoTranslator words(PseudoTranslator::Script::Arabic);
        if (arabic)
            QCoreApplication::installTranslator(&words);
        QApplication::setLayoutDirection(arabic ? Qt::RightToLeft : Qt::LeftToRight);
        QVERIFY(begins(Role::Admin));
        m_desk->window->settings().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_desk->window->settings().setScale(scale);
        window()->resize(screen);
        walkPages(u"page"_s);
        for (const Table *table : schema::allTables()) {
            const QString step = nameOf(*table);
            if (!list(*table, step))
                continue;
            look(step + u" list"_s);
            if (openFirst(step))
                look(step + u" form"_s);
            records()->back();
        }
        QCoreApplication::removeTranslator(&words);
        const QString defects = found();
        QVERIFY2(defects.isEmpty(), qPrintable(defects));
    }

    // The walk is worth what it finds.
    void itFindsWhatIsPlanted()
    {
        QVERIFY(begins(Role::Nurse));
        shell().open(u"queue"_s);
        look(u"before"_s);
        const QString defects = found();
        QVERIFY2(defects.isEmpty(), qPrintable(defects));
        QLabel cut(u"Words that have no room here"_s, window());
        cut.setGeometry(300, 200, 40, 20);
        cut.show();
        look(u"planted"_s);
        QVERIFY(found().contains(u"Words that have no room here"));
        qWarning("planted");
        QVERIFY(found().contains(u"said: planted"));
    }
};

QTEST_MAIN(WalkTest)
#include "walk_test.moc"

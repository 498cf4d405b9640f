// A form and another desk: what nobody typed in follows, what two typed is chosen, archived meanwhile; drafts that come
// back after a window is closed and after the process was killed.
#include "record_form_desk.h"

#include <QProcess>

#include <csignal>
#include <unistd.h>

using namespace anteroom;
using namespace anteroom::ui;

namespace {

constexpr char kChild[] = "ANTEROOM_DRAFT_CHILD";

} // namespace

class RecordsFormOthersTest : public QObject, RecordFormDesk {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(begin()); }
    void cleanup() { close(); }

    void whatNobodyTypedFollowsTheOtherDesk();
    void twoInOneGroupAreChosen();
    void aDifferenceFoundBySavingIsShown();
    void archivedMeanwhileCanBeRestored();
    void draftsSurviveAWindow();
    void theLastWordBeforeTheEndIsKept();
    void draftsFindWhatChangedMeanwhile();
    void draftsSurviveAKill();
};

void RecordsFormOthersTest::whatNobodyTypedFollowsTheOtherDesk()
{
    const Uuid id = someVitals();
    QVERIFY(openAndWait(tables::vitals, id));
    model().setText(kSystolic, u"140"_s);
    QVERIFY(change(tables::vitals, id, {{kNote, std::string("theirs")}}));
    QTRY_COMPARE_WITH_TIMEOUT(model().text(kNote), u"theirs"_s, kWaitMs);
    QVERIFY(!model().freshBy(kNote).isEmpty());
    QVERIFY(model().freshBy(kSystolic).isEmpty());
    QVERIFY(model().differences().empty());
    QCOMPARE(model().text(kSystolic), u"140"_s);
    QVERIFY(saveAndWait());
    const schema::Row kept = row(tables::vitals, id);
    QCOMPARE(schema::toQString(kept[kNote]), u"theirs"_s);
    QCOMPARE(schema::toInt(kept[kSystolic]), std::int64_t{140});
}

void RecordsFormOthersTest::twoInOneGroupAreChosen()
{
    for (const auto choice : {GroupDifference::Choice::Mine, GroupDifference::Choice::Theirs}) {
        const Uuid id = someVitals();
        QVERIFY(openAndWait(tables::vitals, id));
        model().setText(kNote, u"mine"_s);
        model().setText(kSystolic, u"141"_s);
        QVERIFY(change(tables::vitals, id, {{kNote, std::string("theirs")}}));
        QTRY_COMPARE_WITH_TIMEOUT(model().differences().size(), std::size_t{1}, kWaitMs);
        QCOMPARE(model().text(kNote), u"mine"_s);            // never overwritten
        QCOMPARE(model().differences()[0].before, u"as it was"_s);
        QCOMPARE(model().differences()[0].theirs, u"theirs"_s);
        QCOMPARE(model().differences()[0].mine, u"mine"_s);
        QVERIFY(model().inDifference(kNote) && !model().inDifference(kSystolic));
        picture(u"difference"_s);
        model().save();
        QVERIFY(!model().failure().isEmpty());               // nothing is saved before it is chosen
        QCOMPARE(schema::toQString(row(tables::vitals, id)[kNote]), u"theirs"_s);
        model().choose(0, choice == GroupDifference::Choice::Mine ? GroupDifference::Choice::Theirs : GroupDifference::Choice::Mine);
        model().choose(0, choice);                           // thought better of it
        QCOMPARE(model().text(kNote), choice == GroupDifference::Choice::Mine ? u"mine"_s : u"theirs"_s);
        QVERIFY(saveAndWait());
        QCOMPARE(schema::toQString(row(tables::vitals, id)[kNote]), choice == GroupDifference::Choice::Mine ? u"mine"_s : u"theirs"_s);
        QCOMPARE(schema::toInt(row(tables::vitals, id)[kSystolic]), std::int64_t{141});
        QVERIFY(model().differences().empty());
    }
}

void RecordsFormOthersTest::aDifferenceFoundBySavingIsShown()
{
    const Uuid id = someVitals();
    QVERIFY(openAndWait(tables::vitals, id));
    model().setText(kNote, u"mine"_s);
    // Both acts are on their way at once: the other one is first.
    auto other = replica().commands().save({.name = "test.other", .changes = {schema::makeUpdate(tables::vitals, row(tables::vitals, id), {{kNote, Value{std::string("theirs")}}})}});
    model().save();
    QTRY_COMPARE_WITH_TIMEOUT(model().differences().size(), std::size_t{1}, kWaitMs);
    QTRY_VERIFY_WITH_TIMEOUT(model().state() == RecordFormModel::State::Ready, kWaitMs);
    QCOMPARE(model().text(kNote), u"mine"_s);
    auto *choice = m_form->findChild<Segments *>(u"choice0"_s);
    QVERIFY(choice);
    QTest::keyClick(choice, Qt::Key_T);
    QTRY_COMPARE_WITH_TIMEOUT(model().text(kNote), u"theirs"_s, kWaitMs);
}

void RecordsFormOthersTest::archivedMeanwhileCanBeRestored()
{
    const Uuid id = someVitals();
    QVERIFY(openAndWait(tables::vitals, id));
    model().setText(kNote, u"mine"_s);
    QVERIFY(behind(schema::makeDelete(tables::vitals, row(tables::vitals, id), "Written twice")));
    QTRY_VERIFY_WITH_TIMEOUT(model().archived(), kWaitMs);
    QCOMPARE(model().text(kNote), u"mine"_s);
    QVERIFY(model().archivedWords().contains(u"Written twice"));
    QVERIFY(!model().mayWrite(kNote));
    QWidget *note = m_form->findChild<RecordFields *>()->control(kNote);
    m_form->activateWindow();
    note->setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(note->hasFocus(), kWaitMs);
    QTest::keyClick(note, Qt::Key_Return, Qt::ControlModifier);              // saving restores nothing
    QVERIFY(model().archived() && model().state() == RecordFormModel::State::Ready);
    QTest::keyClick(note, Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!model().archived(), kWaitMs);
    QCOMPARE(model().text(kNote), u"mine"_s);
    QTRY_VERIFY_WITH_TIMEOUT(model().mayWrite(kNote), kWaitMs);
    QVERIFY(saveAndWait());
    QCOMPARE(schema::toQString(row(tables::vitals, id)[kNote]), u"mine"_s);
}

void RecordsFormOthersTest::draftsSurviveAWindow()
{
    const Uuid id = someVitals();
    QVERIFY(openAndWait(tables::vitals, id));
    model().setText(kNote, u"half a wo"_s);
    openForm();                                              // the window is closed while it is typed
    QVERIFY(openAndWait(tables::vitals, id));
    QCOMPARE(model().text(kNote), u"half a wo"_s);
    QVERIFY(model().restored() && model().dirty());
    QVERIFY(openAndWait(tables::vitals, someVitals()));      // another record has none
    QVERIFY(!model().dirty());
    QVERIFY(openAndWait(tables::vitals, id));
    QVERIFY(saveAndWait());
    openForm();
    QVERIFY(openAndWait(tables::vitals, id));                // saved: nothing is left over
    QVERIFY(!model().restored());
    m_form->startNew(tables::clinic_services);
    model().setText(col(tables::clinic_services, "code"), u"LAB"_s);
    openForm();
    m_form->startNew(tables::clinic_services);
    QTRY_COMPARE_WITH_TIMEOUT(model().text(col(tables::clinic_services, "code")), u"LAB"_s, kWaitMs);
    model().startOver();
    openForm();
    m_form->startNew(tables::clinic_services);
    const auto none = answer(replica().drafts().all(u"records."_s));
    QVERIFY(none && none->empty());
}

void RecordsFormOthersTest::theLastWordBeforeTheEndIsKept()
{
    const Uuid id = someVitals();
    QVERIFY(openAndWait(tables::vitals, id));
    QWidget *note = m_form->findChild<RecordFields *>()->control(kNote);
    note->setFocus();
    QTest::keyClicks(note, u" and more"_s);
    const QString typed = model().text(kNote);
    QVERIFY(typed.contains(u"and more"));
    m_form->hide();                                          // another page in front, or the window closed
    const auto hidden = answer(replica().drafts().all(u"records."_s));
    QVERIFY(hidden && hidden->size() == 1);
    m_form->show();
    QTest::keyClicks(note, u" words"_s);
    const QString last = model().text(kNote);
    QVERIFY(last != typed);
    m_form.reset();
    m_desk->open();                                          // the program ends at once, and starts again
    openForm();
    QVERIFY(openAndWait(tables::vitals, id));
    QCOMPARE(model().text(kNote), last);
}

void RecordsFormOthersTest::draftsFindWhatChangedMeanwhile()
{
    const Uuid id = someVitals();
    QVERIFY(openAndWait(tables::vitals, id));
    model().setText(kNote, u"mine"_s);
    m_form->back();
    m_form.reset();
    QVERIFY(change(tables::vitals, id, {{kNote, std::string("theirs")}, {kSystolic, std::int64_t{150}}}));
    openForm();
    QVERIFY(openAndWait(tables::vitals, id));
    QCOMPARE(model().text(kNote), u"mine"_s);
    QCOMPARE(model().text(kSystolic), u"150"_s);
    QCOMPARE(model().differences().size(), std::size_t{1});
    QCOMPARE(model().differences()[0].before, u"as it was"_s);
}

void RecordsFormOthersTest::draftsSurviveAKill()
{
    const Uuid id = someVitals();
    const QString folder = replica().dataDir();
    m_form.reset();
    m_desk->window.reset();
    m_desk->replica.reset();                                 // the other process holds the data now
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1String(kChild), folder + u'|' + id.toString());
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), QStringList());
    QVERIFY(process.waitForFinished(kWaitMs * 3));
    QCOMPARE(int(process.exitStatus()), int(QProcess::CrashExit));
    m_desk->open();
    openForm();
    QVERIFY(openAndWait(tables::vitals, id));
    QCOMPARE(model().text(kNote), u"typed before the kill"_s);
    QVERIFY(model().restored());
}

// Another process types into a form and is killed; what it typed is on the disk within a second.
static int typeAndDie(const QStringList &wish)
{
    Theme theme(*qApp);
    SystemClock clock;
    SystemRandom random;
    auto opened = node::Replica::open({.dataDir = wish.value(0), .network = false});
    if (!opened)
        return 1;
    AppSettings settings(wish.value(0));
    Undo undo(**opened);
    RecordForm form(Context{**opened, settings, clock, random, undo});
    form.open(tables::vitals, *Uuid::fromString(wish.value(1)));
    if (!QTest::qWaitFor([&] { return form.model().state() == RecordFormModel::State::Ready; }, kWaitMs))
        return 2;
    form.model().setText(kNote, u"typed before the kill"_s);
    const bool kept = QTest::qWaitFor([&] {
        const auto drafts = answer((*opened)->drafts().all(u"records."_s));
        return drafts && !drafts->empty();
    }, kWaitMs);
    return kept ? kill(getpid(), SIGKILL) : 3;
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    if (const QString wish = qEnvironmentVariable(kChild); !wish.isEmpty())
        return typeAndDie(wish.split(u'|'));
    RecordsFormOthersTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "records_form_others_test.moc"

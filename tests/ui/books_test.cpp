// The schedule book over real replicas: days, appointments and notes by keyboard and pointer, what a role may, what
// another PC sees at once.
#include "books_desk.h"

#include "ui/books/day_words.h"

#include <QSignalSpy>

using namespace anteroom;
using namespace anteroom::ui;

class BooksTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<FakeDesk> m_desk;

    BooksPage *drawing()
    {
        BooksPage *page = bookPage(*m_desk);
        page->setDrawing(true);
        return page;
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }
    void init()
    {
        m_desk = std::make_unique<FakeDesk>(*m_theme);
        QVERIFY(m_desk->startClinic());
        QVERIFY(startBook(*m_desk, u"Dr Osei"_s));
        QVERIFY(QTest::qWaitForWindowActive(m_desk->window->shell()));
    }
    void cleanup()
    {
        BooksPage *page = bookPage(*m_desk);
        QTRY_VERIFY_WITH_TIMEOUT(page->model().ink().saving() == 0 && !page->model().busy() && page->model().loaded(), kWaitMs);
        (void)strokesAt(*m_desk);                                               // and what was asked of the readers is answered
        m_desk.reset();
    }

    void aDayAsOneTypesIt();
    void eventsByKeyboard();
    void movingByKeyAndByPointer();
    void strikingOutKeepsTheEventWithItsReason();
    void notesAreWrittenMovedAndTakenOff();
    void halfTypedWordsComeBack();
    void anAnswerThatComesLateClosesNothingElse();
    void aNoteThatAnotherDeskChangedIsSavedTheNextTime();
    void aRoleThatOnlyReads();
    void anotherPcSeesItLive();
};

void BooksTest::aDayAsOneTypesIt()
{
    const QDate open(2026, 11, 24), today(2026, 11, 20);       // a Tuesday, a Friday
    const auto read = [&](const char *words) { return readDay(QString::fromLatin1(words), open, today); };
    QCOMPARE(read("+1w"), QDate(2026, 12, 1));
    QCOMPARE(read("-2d"), QDate(2026, 11, 22));
    QCOMPARE(read("+3"), QDate(2026, 11, 27));
    QCOMPARE(read("+1m"), QDate(2026, 12, 24));
    QCOMPARE(read("today"), today);
    QCOMPARE(read("Tomorrow"), today.addDays(1));
    QCOMPARE(read("2026-12-31"), QDate(2026, 12, 31));
    QCOMPARE(read("30"), QDate(2026, 11, 30));
    QCOMPARE(readDay(dayWords(open), today, today), open);      // what the field shows is what it reads
    for (const char *no : {"", "x", "31", "2026-13-01", "+", "99999"})
        QVERIFY2(!read(no), no);
}

void BooksTest::eventsByKeyboard()
{
    BooksPage *page = bookPage(*m_desk);
    QVERIFY(write(page, 9 * 60 + 30, u"Ana Silva"_s));
    QTRY_VERIFY_WITH_TIMEOUT(qobject_cast<EventCard *>(QApplication::focusWidget()), kWaitMs);      // the new card is where one is
    auto *card = qobject_cast<EventCard *>(QApplication::focusWidget());
    QCOMPARE(card->item().title, u"Ana Silva"_s);
    QCOMPARE(card->item().start, 9 * 60 + 30);
    QVERIFY(card->accessibleName().contains(u"09:30"_s));
    QTest::keyClick(card, Qt::Key_F2);
    QWidget *field = QApplication::focusWidget();
    QTest::keyClicks(field, u" follow-up"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(page->model().events().at(0).title, u"Ana Silva follow-up"_s, kWaitMs);
    QTRY_VERIFY_WITH_TIMEOUT(!page->sheet()->editor()->isVisible(), kWaitMs);
    card = page->sheet()->card(page->model().events().at(0).id);
    card->setFocus();
    QTest::keyClick(card, Qt::Key_Down);                                    // the slot after it
    QCOMPARE(page->sheet()->cursorMinute(), 9 * 60 + 45);
    QVERIFY(page->sheet()->hasFocus());
    QTest::keyClick(page->sheet(), Qt::Key_Up);
    QVERIFY(card->hasFocus());
    QTest::keyClick(card, Qt::Key_Down);
    QTest::keyClicks(page->sheet(), u"B"_s);                                // a letter begins to write
    QVERIFY(page->sheet()->editor()->isVisible());
    QCOMPARE(page->sheet()->editor()->title(), u"B"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!page->sheet()->editor()->isVisible());
    QCOMPARE(page->model().events().rowCount(), 1);
    m_desk->window->undo().undo();                                          // the change of the title
    QTRY_COMPARE_WITH_TIMEOUT(page->model().events().at(0).title, u"Ana Silva"_s, kWaitMs);
    page->dayField()->setFocus();
    page->dayField()->setText(u"+1w"_s);
    QTest::keyClick(page->dayField(), Qt::Key_Return);
    QCOMPARE(page->model().day(), page->model().today().addDays(7));
    QTRY_VERIFY_WITH_TIMEOUT(page->model().loaded(), kWaitMs);
    QCOMPARE(page->model().events().rowCount(), 0);
}

void BooksTest::movingByKeyAndByPointer()
{
    BooksPage *page = bookPage(*m_desk);
    QVERIFY(write(page, 10 * 60, u"Ravi Iyer"_s));
    const Uuid id = page->model().events().at(0).id;
    EventCard *card = page->sheet()->card(id);
    QTest::keyClick(card, Qt::Key_Down, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(page->model().events().at(0).start, 10 * 60 + 15, kWaitMs);
    QTest::keyClick(card, Qt::Key_Down, Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(page->model().events().at(0).minutes, 30, kWaitMs);
    const int y = card->y();
    QTest::mousePress(card, Qt::LeftButton, {}, {40, 8});
    QTest::mouseMove(card, {40, 60});
    QTest::mouseMove(card, {40, 8 + qRound(70 * page->sheet()->geometryOfPage().scale) + (y - card->y())});      // an hour down from where it stood
    QTest::mouseRelease(card, Qt::LeftButton, {}, {40, 8 + qRound(70 * page->sheet()->geometryOfPage().scale) + (y - card->y())});
    QTRY_COMPARE_WITH_TIMEOUT(page->model().events().at(0).start, 11 * 60 + 15, kWaitMs);
    QCOMPARE(page->model().events().at(0).minutes, 30);
    m_desk->window->undo().undo();
    QTRY_COMPARE_WITH_TIMEOUT(page->model().events().at(0).start, 10 * 60 + 15, kWaitMs);
}

void BooksTest::strikingOutKeepsTheEventWithItsReason()
{
    BooksPage *page = bookPage(*m_desk);
    QVERIFY(write(page, 10 * 60, u"Yusuf Abdi"_s));
    EventCard *card = page->sheet()->card(page->model().events().at(0).id);
    card->setFocus();
    QTest::keyClick(card, Qt::Key_Delete);
    QWidget *field = QApplication::focusWidget();
    QTest::keyClick(field, Qt::Key_Return);                                 // without a reason nothing happens
    QVERIFY(page->sheet()->editor()->isVisible());
    QTest::keyClicks(field, u"Did not come"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(page->model().events().at(0).struck, kWaitMs);
    QCOMPARE(page->model().events().at(0).reason, u"Did not come"_s);
    QVERIFY(page->sheet()->card(page->model().events().at(0).id)->isVisible());
    QVERIFY(page->subtitle().contains(u"1 struck out"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!page->sheet()->editor()->isVisible(), kWaitMs);
    m_desk->window->undo().undo();
    QTRY_VERIFY_WITH_TIMEOUT(!page->model().events().at(0).struck, kWaitMs);
}

void BooksTest::notesAreWrittenMovedAndTakenOff()
{
    BooksPage *page = bookPage(*m_desk);
    page->sheet()->moveCursor(9 * 60);
    page->sheet()->writeNote();
    QTest::keyClicks(QApplication::focusWidget(), u"Vaccines come at eleven"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(page->model().notes().rowCount(), 1, kWaitMs);
    const NoteItem note = page->model().notes().at(0);
    QCOMPARE(note.text, u"Vaccines come at eleven"_s);
    QCOMPARE(note.at.y(), PageGeometry::unitOf(9 * 60));
    QTRY_VERIFY_WITH_TIMEOUT(!page->sheet()->editor()->isVisible(), kWaitMs);
    NoteSlip *slip = page->sheet()->noteSlip(note.id);
    slip->setFocus();
    QTest::keyClick(slip, Qt::Key_Down, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(page->model().notes().at(0).at.y(), PageGeometry::unitOf(9 * 60 + 15), kWaitMs);
    QTest::keyClick(slip, Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(page->model().notes().rowCount(), 0, kWaitMs);
    m_desk->window->undo().undo();
    QTRY_COMPARE_WITH_TIMEOUT(page->model().notes().rowCount(), 1, kWaitMs);
}

void BooksTest::halfTypedWordsComeBack()
{
    BooksPage *page = bookPage(*m_desk);
    page->sheet()->moveCursor(9 * 60);
    QTest::keyClick(page->sheet(), Qt::Key_Return);
    QTest::keyClicks(QApplication::focusWidget(), u"Thandi"_s);
    QVERIFY(page->sheet()->editor()->isOpen());                             // nothing is left, nothing waits for a timer
    m_desk->window->keepDrafts();
    const auto kept = answer(m_desk->replica->drafts().all(u"books.new."_s));
    QVERIFY(kept && kept->size() == 1);
    QTest::keyClicks(QApplication::focusWidget(), u" M"_s);
    m_desk->open();                                                         // the program starts again
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->window->shell(), kWaitMs);
    page = bookPage(*m_desk);
    QVERIFY(pageReady(page));
    page->sheet()->moveCursor(9 * 60);
    QTest::keyClick(page->sheet(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(page->sheet()->editor()->title(), u"Thandi M"_s, kWaitMs);
}

// Saved with Enter, left with Esc before the answer, and the next one is being typed: its words and its draft stay.
void BooksTest::anAnswerThatComesLateClosesNothingElse()
{
    BooksPage *page = bookPage(*m_desk);
    SheetEditor *editor = page->sheet()->editor();
    page->sheet()->setFocus();
    page->sheet()->moveCursor(9 * 60);
    QTest::keyClick(page->sheet(), Qt::Key_Return);
    QTest::keyClicks(QApplication::focusWidget(), u"Thandi"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(page->model().busy());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    page->sheet()->moveCursor(11 * 60);
    page->sheet()->writeHere(u"Ravi"_s);
    QVERIFY(editor->isOpen());
    QTRY_COMPARE_WITH_TIMEOUT(page->model().events().rowCount(), 1, kWaitMs);
    QTRY_VERIFY_WITH_TIMEOUT(!page->model().busy(), kWaitMs);
    QVERIFY(editor->isOpen());
    QCOMPARE(editor->title(), u"Ravi"_s);
    const auto eleven = [this] {                                            // the one that was saved has no draft any more
        const auto kept = answer(m_desk->replica->drafts().all(u"books.new."_s));
        return kept && kept->size() == 1 && kept->front().key.endsWith(u".660"_s);
    };
    QTRY_VERIFY_WITH_TIMEOUT(eleven(), kWaitMs);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(page->model().events().rowCount(), 2, kWaitMs);
    QTRY_VERIFY_WITH_TIMEOUT(!editor->isOpen(), kWaitMs);
}

void BooksTest::aNoteThatAnotherDeskChangedIsSavedTheNextTime()
{
    BooksPage *page = bookPage(*m_desk);
    SheetEditor *editor = page->sheet()->editor();
    page->model().addNote({700, 500}, u"Vaccines at eleven"_s);
    QTRY_COMPARE_WITH_TIMEOUT(page->model().notes().rowCount(), 1, kWaitMs);
    const NoteItem note = page->model().notes().at(0);
    QTest::keyClick(page->sheet()->noteSlip(note.id), Qt::Key_F2);
    QVERIFY(editor->isOpen());
    QTest::keyClicks(QApplication::focusWidget(), u", or twelve"_s);
    const auto theirs = answer(m_desk->replica->commands().save({.name = "test.other", .changes = {schema::makeUpdate(slip::kTable, note.row, {{slip::kText, std::string("Vaccines at ten")}})}}));
    QVERIFY(theirs && theirs->saved);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!page->model().busy(), kWaitMs);
    QVERIFY(editor->isOpen());
    QCOMPARE(editor->note(), u"Vaccines at eleven, or twelve"_s);           // the words stay
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!editor->isOpen(), kWaitMs);
    QCOMPARE(page->model().notes().at(0).text, u"Vaccines at eleven, or twelve"_s);
}

void BooksTest::aRoleThatOnlyReads()
{
    BooksPage *page = bookPage(*m_desk);
    QVERIFY(write(page, 10 * 60, u"Ravi Iyer"_s));
    session::Session cashier = m_desk->replica->session().session();
    cashier.role = schema::Role::Cashier;
    m_desk->replica->session().set(cashier);
    QVERIFY(page->acts().isEmpty());
    page->setDrawing(true);
    QVERIFY(!page->sheet()->canvas()->drawing());
    page->sheet()->setFocus();
    QTest::keyClicks(page->sheet(), u"x"_s);
    QVERIFY(!page->sheet()->editor()->isVisible());
    EventCard *card = page->sheet()->card(page->model().events().at(0).id);
    QTest::keyClick(card, Qt::Key_F2);
    QTest::keyClick(card, Qt::Key_Delete);
    QVERIFY(!page->sheet()->editor()->isVisible());
    QTest::keyClick(card, Qt::Key_Down, Qt::AltModifier);
    QVERIFY(!page->model().busy());
    QVERIFY(page->model().events().rowCount() == 1);                        // seen, all the same
}

void BooksTest::anotherPcSeesItLive()
{
    const auto where = m_desk->host();
    QVERIFY(where);
    FakeDesk other(*m_theme);
    QVERIFY(other.join(*m_desk, *where, u"Marta Silva"_s, u"Reception"_s));
    BooksPage *there = bookPage(other);
    QTRY_VERIFY_WITH_TIMEOUT(there->model().book() && there->model().loaded(), kWaitMs);
    BooksPage *here = drawing();
    QSignalSpy fresh(&there->model().ink(), &PageInk::added), anew(&there->model().ink(), &PageInk::reset);
    drawByPen(here->sheet()->canvas(), {{620, 200}, {640, 260}, {660, 200}});
    QTRY_COMPARE_WITH_TIMEOUT(there->model().ink().strokes().size(), std::size_t{1}, kWaitMs);
    QCOMPARE(there->model().ink().strokes().front().points, here->model().ink().strokes().front().points);
    QCOMPARE(fresh.count(), 1);                                             // one stroke came, the page was not read again
    QCOMPARE(anew.count(), 0);
    here->setDrawing(false);
    here->model().addEvent({.start = 11 * 60, .minutes = 15, .title = u"Kwame Mensah"_s, .body = {}, .patient = {}});
    QTRY_COMPARE_WITH_TIMEOUT(there->model().events().rowCount(), 1, kWaitMs);
    there->model().ink().erase({there->model().ink().strokes().front().id});
    QTRY_VERIFY_WITH_TIMEOUT(here->model().ink().strokes().empty(), kWaitMs);
    there->model().moveEvent(there->model().events().at(0), 11 * 60 + 30, 15);
    QTRY_COMPARE_WITH_TIMEOUT(here->model().events().at(0).start, 11 * 60 + 30, kWaitMs);
}

QTEST_MAIN(BooksTest)
#include "books_test.moc"

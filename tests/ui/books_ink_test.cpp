// Handwriting in the schedule book: mouse and pen, erasing, steps back and forth, what cannot be saved, and that ink lies
// where it was drawn whatever the window does.
#include "books_desk.h"

#include "core/random.h"
#include "ui/books/ink_bar.h"
#include "ui/common/message_strip.h"

#include <QDir>
#include <QElapsedTimer>
#include <QScrollArea>
#include <QScrollBar>

using namespace anteroom;
using namespace anteroom::ui;

class BooksInkTest : public QObject {
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

    void theMouseDraws();
    void thePenKeepsItsPressureAndItsOtherEndErases();
    void stepsBackAndForth();
    void aBurstOfStrokesBlocksNobody();
    void inkThatCannotBeSavedStays();
    void anotherPageHasItsOwnInk();
    void inkStaysOnItsHour();
    void manyStrokesPaintFromTheCache();
    void pictures();
};

void BooksInkTest::theMouseDraws()
{
    BooksPage *page = drawing();
    InkCanvas *canvas = page->sheet()->canvas();
    drawByMouse(canvas, {{600, 100}, {620, 130}, {650, 110}, {680, 150}});
    QCOMPARE(page->model().ink().strokes().size(), std::size_t{1});       // at once
    QTRY_COMPARE_WITH_TIMEOUT(strokesAt(*m_desk).size(), std::size_t{1}, kWaitMs);
    const schema::Row row = strokesAt(*m_desk).front();
    QCOMPARE(schema::toText(row[drawing::kColour]), std::string_view("ink"));
    QCOMPARE(schema::toText(row[drawing::kTool]), std::string_view("pen"));
    const auto stroke = strokeOf(row);
    QVERIFY(stroke);
    for (const auto &point : stroke->points)
        QCOMPARE(int(point.pressure), InkCanvas::kMousePressure);
    const QPointF first = page->sheet()->geometryOfPage().toPage(QPointF(600, 100));
    QVERIFY(std::hypot(stroke->points.front().x - first.x(), stroke->points.front().y - first.y()) < 0.5);
    QVERIFY(canvas->grab().toImage() != QPixmap(canvas->size()).toImage());
}

void BooksInkTest::thePenKeepsItsPressureAndItsOtherEndErases()
{
    BooksPage *page = drawing();
    InkCanvas *canvas = page->sheet()->canvas();
    drawByPen(canvas, {{620, 200}, {640, 260}, {660, 200}, {680, 260}, {700, 200}});
    const Uuid drawn = page->model().ink().strokes().front().id;
    drawByPen(canvas, {{620, 400}, {700, 400}});
    QTRY_COMPARE_WITH_TIMEOUT(strokesAt(*m_desk).size(), std::size_t{2}, kWaitMs);
    const auto rows = strokesAt(*m_desk);
    const auto first = strokeOf(*std::ranges::find(rows, drawn, &schema::Row::id));
    QVERIFY(first && first->points.size() >= 4);
    QVERIFY(first->points.back().pressure > first->points.front().pressure + 60);
    drawByPen(canvas, {{660, 380}, {660, 420}}, true);                     // across the second
    QCOMPARE(page->model().ink().strokes().size(), std::size_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(strokesAt(*m_desk).size(), std::size_t{1}, kWaitMs);
    QCOMPARE(strokesAt(*m_desk, true).size(), std::size_t{2});             // marked, never deleted
    QCOMPARE(strokesAt(*m_desk).front().id, first->id);
}

void BooksInkTest::stepsBackAndForth()
{
    BooksPage *page = drawing();
    InkCanvas *canvas = page->sheet()->canvas();
    PageInk &ink = page->model().ink();
    const auto held = [&] { return strokesAt(*m_desk).size(); };
    drawByMouse(canvas, {{600, 100}, {640, 140}});
    drawByMouse(canvas, {{600, 200}, {640, 240}});
    QTest::keyClick(canvas, Qt::Key_Z, Qt::ControlModifier);               // before the save has come back
    QCOMPARE(ink.strokes().size(), std::size_t{1});
    QTRY_VERIFY_WITH_TIMEOUT(ink.saving() == 0, kWaitMs);
    QCOMPARE(held(), std::size_t{1});
    QTest::keyClick(canvas, Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(ink.strokes().size(), std::size_t{2});
    QTRY_COMPARE_WITH_TIMEOUT(held(), std::size_t{2}, kWaitMs);
    canvas->setTool(InkCanvas::Tool::Rubber);
    drawByMouse(canvas, {{590, 120}, {650, 120}, {650, 220}, {590, 220}});
    QCOMPARE(ink.strokes().size(), std::size_t{0});
    QTRY_COMPARE_WITH_TIMEOUT(held(), std::size_t{0}, kWaitMs);
    page->inkBar()->undo()->click();                                       // one rubbing is one step
    QTRY_COMPARE_WITH_TIMEOUT(held(), std::size_t{2}, kWaitMs);
    QCOMPARE(ink.strokes().size(), std::size_t{2});
    page->inkBar()->redo()->click();
    QTRY_COMPARE_WITH_TIMEOUT(held(), std::size_t{0}, kWaitMs);
}

void BooksInkTest::aBurstOfStrokesBlocksNobody()
{
    BooksPage *page = drawing();
    for (int i = 0; i < 120; ++i)
        page->model().ink().draw(InkTool::Pen, u"blue"_s, 2, {{600.0 + i, 700, 128, 0}, {610.0 + i, 720, 128, 0}, {620.0 + i, 700, 128, 0}});
    QCOMPARE(page->model().ink().strokes().size(), std::size_t{120});
    QVERIFY(page->model().ink().saving() > 0);                             // nobody waited for them
    QTRY_COMPARE_WITH_TIMEOUT(strokesAt(*m_desk).size(), std::size_t{120}, kWaitMs);
    QTRY_COMPARE_WITH_TIMEOUT(page->model().ink().saving(), 0, kWaitMs);
    QCOMPARE(page->model().ink().strokes().size(), std::size_t{120});
    QCOMPARE(page->model().ink().unsaved(), 0);
}

void BooksInkTest::inkThatCannotBeSavedStays()
{
    BooksPage *page = drawing();
    PageInk &ink = page->model().ink();
    ink.draw(InkTool::Pen, QString(40, u'x'), 2, {{600, 700, 128, 0}, {650, 720, 128, 0}});        // longer than the column: the door refuses it
    QTRY_COMPARE_WITH_TIMEOUT(ink.unsaved(), 1, kWaitMs);
    QCOMPARE(ink.strokes().size(), std::size_t{1});
    QVERIFY(ink.strokes().front().unsaved);
    QVERIFY(page->unsavedStrip()->isVisible());
    const QDate day = page->model().day();
    page->model().setDay(day.addDays(1));
    QTRY_VERIFY_WITH_TIMEOUT(page->model().loaded(), kWaitMs);
    QCOMPARE(ink.strokes().size(), std::size_t{0});
    page->model().setDay(day);
    QTRY_COMPARE_WITH_TIMEOUT(ink.strokes().size(), std::size_t{1}, kWaitMs);      // still on its page
    ink.retry();
    QTRY_COMPARE_WITH_TIMEOUT(ink.unsaved(), 1, kWaitMs);
    ink.erase({ink.strokes().front().id});
    QCOMPARE(ink.unsaved(), 0);
    QVERIFY(!page->unsavedStrip()->isVisible());
}

void BooksInkTest::anotherPageHasItsOwnInk()
{
    BooksPage *page = drawing();
    drawByMouse(page->sheet()->canvas(), {{600, 100}, {640, 140}});
    QTRY_COMPARE_WITH_TIMEOUT(strokesAt(*m_desk).size(), std::size_t{1}, kWaitMs);
    const QDate day = page->model().day();
    page->model().setDay(day.addDays(1));
    QTRY_VERIFY_WITH_TIMEOUT(page->model().loaded(), kWaitMs);
    QVERIFY(page->model().ink().strokes().empty());
    QVERIFY(!page->model().ink().canUndo());                                // a step back never works on a page that is not seen
    page->model().setDay(day);
    QTRY_COMPARE_WITH_TIMEOUT(page->model().ink().strokes().size(), std::size_t{1}, kWaitMs);
}

// Whatever the zoom, the scroll and the direction of the window: ink lies on the hour and the card it was drawn on.
void BooksInkTest::inkStaysOnItsHour()
{
    BooksPage *page = drawing();
    DaySheet *sheet = page->sheet();
    const QPointF onPage(300, PageGeometry::unitOf(11 * 60));
    page->model().ink().draw(InkTool::Pen, u"red"_s, 6, {{onPage.x() - 20, onPage.y(), 255, 0}, {onPage.x() + 20, onPage.y(), 255, 0}});
    const auto inked = [&] {
        const QPoint at = sheet->geometryOfPage().toView(onPage).toPoint();
        const QImage image = sheet->canvas()->grab().toImage();
        return image.pixelColor(at * image.devicePixelRatio()).alpha() > 0 && image.pixelColor((at + QPoint(0, 30)) * image.devicePixelRatio()).alpha() == 0;
    };
    const auto hourAt = [&] { return qRound(sheet->geometryOfPage().yOf(11 * 60)); };
    QVERIFY(inked());
    QCOMPARE(sheet->geometryOfPage().toView(onPage).toPoint().y(), hourAt());
    sheet->setZoom(175);
    QVERIFY(inked());
    QCOMPARE(sheet->geometryOfPage().toView(onPage).toPoint().y(), hourAt());
    sheet->setZoom(100);
    const int left = sheet->canvas()->x();
    qApp->setLayoutDirection(Qt::RightToLeft);
    QTRY_VERIFY_WITH_TIMEOUT(sheet->canvas()->x() < left, kWaitMs);         // the times stand on the other side
    const bool same = inked();
    qApp->setLayoutDirection(Qt::LeftToRight);
    QVERIFY(same);                                                          // x still runs from left to right
}

void BooksInkTest::manyStrokesPaintFromTheCache()
{
    BooksPage *page = bookPage(*m_desk);
    PageInk &ink = page->model().ink();
    std::vector<schema::Row> rows;
    SystemClock clock;
    SystemRandom random;
    for (int i = 0; i < 2000; ++i) {
        domain::Stroke points;
        for (int k = 0; k < 40; ++k)
            points.push_back({20 + (i % 50) * 20 + k * 0.4, 570 + (i / 50) * 16 + 6 * std::sin(k * 0.7), static_cast<std::uint8_t>(100 + k * 3), 0});
        schema::Row row = schema::emptyRow(drawing::kTable, uuidV7(clock, random));
        row[drawing::kBook] = page->model().book()->id;
        row[drawing::kDay] = page->model().day().toString(Qt::ISODate).toStdString();
        row[drawing::kWidth] = 2.0;
        row[drawing::kStroke] = domain::stroke::encode(points).value();
        rows.push_back(std::move(row));
    }
    ink.become(rows);
    InkCanvas *canvas = page->sheet()->canvas();
    QElapsedTimer timer;
    timer.start();
    canvas->grab();
    const qint64 first = timer.restart();
    const int rendered = canvas->tiles().rendered();
    canvas->grab();
    qInfo("2,000 strokes: first paint of the whole page %lld ms, again %lld ms", static_cast<long long>(first), static_cast<long long>(timer.elapsed()));
    QCOMPARE(canvas->tiles().rendered(), rendered);                         // nothing was painted from strokes again
    ink.draw(InkTool::Pen, u"ink"_s, 2, {{500, 700, 128, 0}, {510, 705, 128, 0}});
    canvas->grab();
    QCOMPARE(canvas->tiles().rendered(), rendered);                         // a new one is painted onto what is there
    ink.erase({ink.strokes().front().id});
    canvas->grab();
    QVERIFY(canvas->tiles().rendered() <= rendered + 2);
}

namespace {

// A word as a hand writes it: loops that lean, pressure that rises on the way down. Own dice: the same picture each time.
void handwrite(PageInk &ink, const QString &colour, double x, double y, int letters, double size)
{
    for (int i = 0; i < letters; ++i) {
        domain::Stroke points;
        const double wild = std::sin(i * 12.9898 + x) * 0.5;
        for (int k = 0; k <= 44; ++k) {
            const double t = k / 44.0 * 6.283 * (1.2 + wild);
            const double px = x + i * size * 0.95 + k * size / 60 + size * 0.36 * std::sin(t) + size * 0.14 * std::sin(2.3 * t + i);
            const double py = y - size * (0.5 + wild) * 0.8 * std::cos(t + i) - (i % 3 == 1 && k < 14 ? size * 0.5 : 0);
            points.push_back({px, py, static_cast<std::uint8_t>(120 + 70 * std::sin(t - 1)), 0});
        }
        ink.draw(InkTool::Pen, colour, 2, points);
    }
}

QString folder()
{
    const QString asked = qEnvironmentVariable("ANTEROOM_PICTURES");
    const QString path = asked.isEmpty() ? QCoreApplication::applicationDirPath() + u"/pictures"_s : asked;
    QDir().mkpath(path);
    return path;
}

} // namespace

// Light, dark and mirrored at 1366×768, with handwriting. Looked at by people.
void BooksInkTest::pictures()
{
    BooksPage *page = bookPage(*m_desk);
    const struct { int start, minutes; const char *title, *body; } day[] = {
        {8 * 60, 30, "Chidi Okafor", ""}, {9 * 60, 45, "Ravi Shankar Iyer", "First visit"}, {10 * 60, 30, "Ng Mei Ling", ""},
        {10 * 60 + 15, 30, "Ibrahim Conté", "with his mother"}, {11 * 60, 45, "Grace Achieng Otieno", "Heart check"}, {12 * 60, 15, "Yusuf Abdi", ""},
        {13 * 60 + 30, 60, "Vaccination group", "6 of 8 places taken"}};
    for (const auto &e : day)
        page->model().addEvent({.start = e.start, .minutes = e.minutes, .title = QString::fromUtf8(e.title), .body = QString::fromUtf8(e.body), .patient = {}});
    QTRY_COMPARE_WITH_TIMEOUT(page->model().events().rowCount(), int(std::size(day)), kWaitMs);
    page->model().strikeOut(page->model().events().at(5), u"Did not come, phoned twice"_s);
    page->model().addNote({PageGeometry::kNotesLeft, PageGeometry::unitOf(9 * 60)}, u"Vaccines arrive at 11. The fridge in Room 2 is full."_s);
    PageInk &ink = page->model().ink();
    handwrite(ink, u"blue"_s, 620, PageGeometry::unitOf(11 * 60), 9, 20);
    handwrite(ink, u"blue"_s, 610, PageGeometry::unitOf(11 * 60 + 35), 13, 18);
    handwrite(ink, u"red"_s, 330, PageGeometry::unitOf(11 * 60 + 22), 5, 18);
    handwrite(ink, u"ink"_s, 640, PageGeometry::unitOf(13 * 60), 7, 22);
    ink.draw(InkTool::Marker, u"green"_s, 14, {{110, PageGeometry::unitOf(9 * 60 + 10), 128, 0}, {240, PageGeometry::unitOf(9 * 60 + 11), 128, 0}});
    ink.draw(InkTool::Pencil, u"ink"_s, 2, {{590, 880, 128, 0}, {700, 884, 128, 0}, {830, 879, 128, 0}});
    QTRY_COMPARE_WITH_TIMEOUT(ink.saving(), 0, kWaitMs);
    QTRY_COMPARE_WITH_TIMEOUT(page->model().notes().rowCount(), 1, kWaitMs);
    QTRY_VERIFY_WITH_TIMEOUT(page->model().events().at(5).struck, kWaitMs);
    QWidget *window = m_desk->window->shell();
    window->resize(1366, 768);
    page->scroll()->verticalScrollBar()->setValue(0);
    const auto save = [&](const QString &name) { QVERIFY(window->grab().save(folder() + u"/books-"_s + name + u".png"_s)); };
    page->sheet()->setFocus();
    page->sheet()->moveCursor(8 * 60 + 30);
    save(u"light"_s);
    page->setDrawing(true);
    const auto shows = [&](Theme::Scheme scheme) {
        m_theme->setScheme(scheme);
        return QTest::qWaitFor([&] { return page->dayField()->palette().color(QPalette::Text) == m_theme->color(Tone::Text); }, kWaitMs);
    };
    QVERIFY(shows(Theme::Scheme::Dark));
    save(u"dark-draw"_s);
    QVERIFY(shows(Theme::Scheme::Light));
    page->setDrawing(false);
    page->sheet()->moveCursor(12 * 60 + 30);
    page->sheet()->writeHere(u"Thandiwe"_s);
    save(u"writing"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    qApp->setLayoutDirection(Qt::RightToLeft);
    QTRY_VERIFY_WITH_TIMEOUT(page->sheet()->canvas()->x() < 20, kWaitMs);
    save(u"mirrored"_s);
    qApp->setLayoutDirection(Qt::LeftToRight);
    page->model().setDay(page->model().day().addDays(1));
    QTRY_VERIFY_WITH_TIMEOUT(page->model().loaded(), kWaitMs);
    save(u"empty-day"_s);
}

QTEST_MAIN(BooksInkTest)
#include "books_ink_test.moc"

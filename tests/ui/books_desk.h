// Helpers for tests of the schedule book: a page over a real replica, drawing with mouse and pen, what the database holds.
#pragma once

#include "fake_desk.h"

#include "ui/books/books_page.h"
#include "ui/books/day_sheet.h"
#include "ui/common/button.h"
#include "ui/common/field.h"
#include "ui/shell/shell.h"

#include <QPointingDevice>
#include <QTabletEvent>

namespace anteroom::ui {

using namespace Qt::StringLiterals;

inline BooksPage *bookPage(FakeDesk &desk)
{
    return desk.window->shell()->open(u"book"_s) ? static_cast<BooksPage *>(desk.window->shell()->page(u"book"_s)) : nullptr;
}

inline bool pageReady(BooksPage *page)
{
    return page && QTest::qWaitFor([&] { return page->model().loaded(); }, kWaitMs);
}

inline bool startBook(FakeDesk &desk, const QString &title)
{
    BooksPage *page = bookPage(desk);
    if (!page || !QTest::qWaitFor([&] { return page->model().booksLoaded(); }, kWaitMs))
        return false;
    page->bookTitle()->setText(title);
    page->start()->click();
    return QTest::qWaitFor([&] { return page->model().book() && page->model().loaded(); }, kWaitMs);
}

inline void drawByMouse(InkCanvas *canvas, const QList<QPoint> &points)
{
    QTest::mousePress(canvas, Qt::LeftButton, {}, points.first());
    for (const QPoint &at : points.mid(1))
        QTest::mouseMove(canvas, at);
    QTest::mouseRelease(canvas, Qt::LeftButton, {}, points.last());
}

inline const QPointingDevice &stylus(bool eraser)
{
    using D = QInputDevice;
    static const QPointingDevice pen(u"pen"_s, 41, D::DeviceType::Stylus, QPointingDevice::PointerType::Pen, D::Capability::Position | D::Capability::Pressure, 1, 2);
    static const QPointingDevice rubber(u"rubber"_s, 42, D::DeviceType::Stylus, QPointingDevice::PointerType::Eraser, D::Capability::Position | D::Capability::Pressure, 1, 2);
    return eraser ? rubber : pen;
}

inline void tablet(InkCanvas *canvas, QEvent::Type type, const QPointF &at, double pressure, bool eraser = false)
{
    QTabletEvent event(type, &stylus(eraser), at, canvas->mapToGlobal(at), pressure, 0, 0, 0, 0, 0, Qt::NoModifier, Qt::LeftButton, Qt::LeftButton);
    QCoreApplication::sendEvent(canvas, &event);
}

inline void drawByPen(InkCanvas *canvas, const QList<QPointF> &points, bool eraser = false)
{
    tablet(canvas, QEvent::TabletPress, points.first(), 0.2, eraser);
    for (qsizetype i = 1; i < points.size(); ++i)
        tablet(canvas, QEvent::TabletMove, points[i], 0.2 + 0.6 * double(i) / double(points.size()), eraser);
    tablet(canvas, QEvent::TabletRelease, points.last(), 0, eraser);
}

inline std::vector<schema::Row> strokesAt(FakeDesk &desk, bool deletedToo = false)
{
    node::ListRequest request;
    request.table = &drawing::kTable;
    request.deletedToo = deletedToo;
    request.limit = 10'000;
    return answer(desk.replica->queries().list(request)).value_or(std::vector<schema::Row>{});
}

// Writes an event with the keyboard alone.
inline bool write(BooksPage *page, int minute, const QString &title)
{
    page->sheet()->setFocus();
    page->sheet()->moveCursor(minute);
    const int before = page->model().events().rowCount();
    QTest::keyClick(page->sheet(), Qt::Key_Return);
    QWidget *field = QApplication::focusWidget();
    if (!qobject_cast<LineEdit *>(field))
        return false;
    QTest::keyClicks(field, title);
    QTest::keyClick(field, Qt::Key_Return);
    return QTest::qWaitFor([&] { return page->model().events().rowCount() == before + 1 && !page->sheet()->editor()->isVisible(); }, kWaitMs);
}

} // namespace anteroom::ui

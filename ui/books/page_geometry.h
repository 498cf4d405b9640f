// Where things stand on a page: page units to pixels and back. One unit is one pixel at 100 %: 70 are an hour, counted
// from midnight downwards, and a sheet is 1040 wide, whatever the window. A sheet is one picture: in a right-to-left
// window the column of times moves to the other side and words align there, but x still runs from left to right, so that
// handwriting is never mirrored and stays on the card and at the hour that it was written on. Pure functions.
#pragma once

#include <QPointF>
#include <QRectF>

#include <cmath>

namespace anteroom::ui {

struct PageGeometry {
    static constexpr double kHour = 70, kWidth = 1040;           // LOOK: 70 px an hour
    static constexpr double kCardsLeft = 6, kCardsWidth = 560;   // appointments; what is right of them is free for notes
    static constexpr double kNotesLeft = kCardsLeft + kCardsWidth + 18, kNoteWidth = 200;
    static constexpr int kTimes = 64;                            // the column of times, px at 100 % type

    int first = 8 * 60, last = 18 * 60;                          // minutes of the day that are shown
    double scale = 1;                                            // px a unit

    [[nodiscard]] static constexpr double unitOf(double minute) { return minute * kHour / 60; }
    [[nodiscard]] static constexpr double minuteOf(double unit) { return unit * 60 / kHour; }
    [[nodiscard]] double height() const { return unitOf(last - first) * scale; }         // px
    [[nodiscard]] double width() const { return kWidth * scale; }
    [[nodiscard]] double yOf(double minute) const { return (unitOf(minute) - unitOf(first)) * scale; }
    [[nodiscard]] double minuteAt(double y) const { return minuteOf(y / scale + unitOf(first)); }
    [[nodiscard]] QPointF toView(const QPointF &page) const { return {page.x() * scale, (page.y() - unitOf(first)) * scale}; }
    [[nodiscard]] QPointF toPage(const QPointF &view) const { return {view.x() / scale, view.y() / scale + unitOf(first)}; }
    [[nodiscard]] QRectF toView(const QRectF &page) const { return {toView(page.topLeft()), page.size() * scale}; }
    [[nodiscard]] QRectF toPage(const QRectF &view) const { return {toPage(view.topLeft()), view.size() / scale}; }
    friend bool operator==(const PageGeometry &, const PageGeometry &) = default;
};

} // namespace anteroom::ui

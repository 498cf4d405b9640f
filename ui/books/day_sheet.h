// The sheet of one day: the grid of hours with its times, the now line behind everything, cards, slips, and the ink over
// all of it, which moves and grows with them because it is their child. It has the cursor that arrows move through slots
// and the editor that opens in place. What is saved is the model's.
#pragma once

#include "ui/books/event_card.h"
#include "ui/books/ink_canvas.h"
#include "ui/books/note_slip.h"
#include "ui/books/sheet_editor.h"

#include <QTimer>
#include <QWidget>

#include <map>

namespace anteroom::ui {

class DaySheet final : public QWidget {
    Q_OBJECT
public:
    static constexpr double kLeastScale = 0.7, kMostFit = 1.25;       // of the sheet fitted to its window
    static constexpr int kMinZoom = 75, kMaxZoom = 200, kZoomStep = 25;

    DaySheet(BookPageModel &model, const Context &context, QWidget *parent = nullptr);

    [[nodiscard]] InkCanvas *canvas() const { return m_canvas; }
    [[nodiscard]] SheetEditor *editor() const { return m_editor; }
    [[nodiscard]] const PageGeometry &geometryOfPage() const { return m_geometry; }
    [[nodiscard]] EventCard *card(const Uuid &id) const;
    [[nodiscard]] NoteSlip *noteSlip(const Uuid &id) const;
    [[nodiscard]] int cursorMinute() const { return m_cursor; }

    void fit(int viewportWidth);
    void setZoom(int percent);
    [[nodiscard]] int zoom() const { return m_zoom; }
    void setDrawing(bool on);
    void moveCursor(int minute);
    void writeHere(const QString &typed = {});           // an event at the cursor
    void writeNote();
    [[nodiscard]] int firstInteresting() const;          // minute to scroll to: now, or the first event

Q_SIGNALS:
    void showWanted(const QRect &where);                 // scroll there
    void drawWanted(bool on);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void onPage();
    void onEvents();
    void onNotes();
    void layOut();
    void placeCards();
    void placeNotes();
    void connectCard(EventCard *card);
    void connectSlip(NoteSlip *slip);
    void onCardKey(EventCard *card, QKeyEvent *event);
    void onSlipKey(NoteSlip *slip, QKeyEvent *event);
    void step(int direction);
    void goTo(int minute, bool later);
    void edit(const EventItem &event);
    void strike(const EventItem &event);
    void editNote(const NoteItem &note);
    void placeEditor(const QRect &beside);
    void accept();
    void acceptEvent();
    void notSaved(const SheetEditor::Written &written);
    void closeEditor();
    void dragCard(EventCard *card, int pixels, bool done);
    void dragSlip(NoteSlip *slip, const QPoint &pixels, bool done);
    [[nodiscard]] int slot() const { return m_model.book() ? m_model.book()->slot : book::kUsualSlot; }
    [[nodiscard]] int snapped(double minute) const;
    [[nodiscard]] QRect slotRect(int minute) const;      // of the column of cards
    [[nodiscard]] QRect sheetRect() const;               // where the ink is
    [[nodiscard]] int timesWidth() const;
    void paintGrid(QPainter &painter, const QRect &area);
    void paintNow(QPainter &painter);
    void paintEmpty(QPainter &painter);
    void focusEvent(const Uuid &id);

    BookPageModel &m_model;
    const Clock &m_clock;
    PageGeometry m_geometry;
    std::map<Uuid, EventCard *> m_cards;
    std::map<Uuid, NoteSlip *> m_slips;
    InkCanvas *m_canvas;
    SheetEditor *m_editor;
    QTimer m_minute;
    std::optional<EventItem> m_edited;                   // the editor is about it; nothing: a new one
    std::optional<NoteItem> m_editedNote;
    QPointF m_noteAt;
    int m_cursor = 9 * 60, m_editedStart = 0, m_zoom = 100, m_viewport = 1080;
};

} // namespace anteroom::ui

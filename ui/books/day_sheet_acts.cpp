// The sheet under the hands: the cursor among slots, cards and slips, writing in place, moving by key and by pointer.
#include "ui/books/day_sheet.h"

#include "ui/common/paint.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr int kEditorWidth = 420, kNoteEditorWidth = 320;
constexpr double kNoteGap = 12;                          // page units between slips

bool typed(const QKeyEvent &event)
{
    return !event.text().isEmpty() && event.text().front().isPrint() && !event.text().front().isSpace()
           && !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

} // namespace

void DaySheet::connectCard(EventCard *card)
{
    connect(card, &EventCard::editWanted, this, [this, card] { edit(card->item()); });
    connect(card, &EventCard::stepped, this, [this, card](QKeyEvent *event) { onCardKey(card, event); });
    connect(card, &EventCard::dragged, this, [this, card](int pixels, bool done) { dragCard(card, pixels, done); });
}

void DaySheet::connectSlip(NoteSlip *slip)
{
    connect(slip, &NoteSlip::editWanted, this, [this, slip] { editNote(slip->item()); });
    connect(slip, &NoteSlip::removeWanted, this, [this, slip] {
        if (m_model.mayWrite())
            m_model.removeNote(slip->item());
    });
    connect(slip, &NoteSlip::stepped, this, [this, slip](QKeyEvent *event) { onSlipKey(slip, event); });
    connect(slip, &NoteSlip::dragged, this, [this, slip](const QPoint &pixels, bool done) { dragSlip(slip, pixels, done); });
}

void DaySheet::moveCursor(int minute)
{
    m_cursor = std::clamp(minute / slot() * slot(), m_geometry.first, m_geometry.last - slot());
    setAccessibleDescription(tr("%1, nothing written").arg(minuteText(m_cursor)));
    update();
    Q_EMIT showWanted(slotRect(m_cursor));
}

// To what stands at the minute: a card that begins in its slot, or the free slot. Slots that a card covers are passed.
void DaySheet::goTo(int minute, bool later)
{
    const auto &events = m_model.events().items();
    for (int m = minute; m >= m_geometry.first && m < m_geometry.last; m += later ? slot() : -slot()) {
        const auto begins = std::ranges::find_if(events, [&](const EventItem &e) { return e.start >= m && e.start < m + slot(); });
        if (begins != events.end()) {
            m_cursor = m;
            return focusEvent(begins->id);
        }
        const bool covered = std::ranges::any_of(events, [&](const EventItem &e) { return e.start < m && e.end() > m; });
        if (!covered) {
            setFocus(Qt::OtherFocusReason);
            return moveCursor(m);
        }
    }
}

void DaySheet::step(int direction) { goTo(m_cursor + direction * slot(), direction > 0); }

void DaySheet::focusEvent(const Uuid &id)
{
    if (EventCard *card = this->card(id)) {
        card->setFocus(Qt::OtherFocusReason);
        Q_EMIT showWanted(card->geometry());
        update();
    }
}

void DaySheet::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & ~Qt::KeypadModifier);
    if (plain && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down))
        return step(event->key() == Qt::Key_Down ? 1 : -1);
    if (plain && (event->key() == Qt::Key_Home || event->key() == Qt::Key_End))
        return event->key() == Qt::Key_Home ? goTo(m_geometry.first, true) : goTo(m_geometry.last - slot(), false);
    if (plain && (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)) {
        const bool later = event->key() == Qt::Key_PageDown;
        return goTo(std::clamp(m_cursor + (later ? 120 : -120), m_geometry.first, m_geometry.last - slot()), later);
    }
    const bool toNotes = event->key() == (layoutDirection() == Qt::RightToLeft ? Qt::Key_Left : Qt::Key_Right);
    if (plain && toNotes && m_model.notes().rowCount() > 0) {
        m_slips.at(m_model.notes().at(0).id)->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_F2))
        return writeHere();
    if (typed(*event))
        return writeHere(event->text());
    QWidget::keyPressEvent(event);
}

void DaySheet::onCardKey(EventCard *card, QKeyEvent *event)
{
    const EventItem item = card->item();
    const bool up = event->key() == Qt::Key_Up, down = event->key() == Qt::Key_Down;
    if ((up || down) && event->modifiers() & Qt::AltModifier) {
        if (!item.struck)
            m_model.moveEvent(item, item.start + (down ? slot() : -slot()), item.minutes);
        return;
    }
    if ((up || down) && event->modifiers() & Qt::ShiftModifier) {
        if (!item.struck)
            m_model.moveEvent(item, item.start, std::max(5, item.minutes + (down ? slot() : -slot())));
        return;
    }
    const auto &events = m_model.events().items();
    const int row = m_model.events().rowOf(item.id);
    if (up || down) {                                        // the neighbour that overlaps comes before the next slot
        const int next = row + (down ? 1 : -1);
        const bool beside = next >= 0 && next < static_cast<int>(events.size()) && events[static_cast<std::size_t>(next)].start / slot() == item.start / slot();
        if (beside)
            return focusEvent(events[static_cast<std::size_t>(next)].id);
        m_cursor = item.start / slot() * slot();
        return down ? goTo((std::max(item.end(), m_cursor + slot()) + slot() - 1) / slot() * slot(), true) : goTo(m_cursor - slot(), false);
    }
    if (event->key() == Qt::Key_Delete && event->modifiers() == Qt::NoModifier) {
        if (m_model.mayWrite())
            item.struck ? m_model.standAgain(item) : strike(item);
        return;
    }
    m_cursor = item.start / slot() * slot();
    keyPressEvent(event);
}

void DaySheet::onSlipKey(NoteSlip *slip, QKeyEvent *event)
{
    const int row = m_model.notes().rowOf(slip->item().id);
    const bool up = event->key() == Qt::Key_Up, down = event->key() == Qt::Key_Down;
    const QPointF by(0, (down ? 1 : -1) * PageGeometry::unitOf(slot()));
    if ((up || down) && event->modifiers() & Qt::AltModifier)
        return m_model.moveNote(slip->item(), slip->item().at + by);
    if (up || down) {
        const int next = std::clamp(row + (down ? 1 : -1), 0, m_model.notes().rowCount() - 1);
        NoteSlip *other = m_slips.at(m_model.notes().at(next).id);
        other->setFocus(Qt::OtherFocusReason);
        Q_EMIT showWanted(other->geometry());
        return;
    }
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
        return goTo(m_cursor, true);
    event->ignore();
}

void DaySheet::mousePressEvent(QMouseEvent *event)
{
    if (!sheetRect().contains(event->position().toPoint()))
        return;
    setFocus(Qt::MouseFocusReason);
    moveCursor(static_cast<int>(m_geometry.minuteAt(event->position().y())));
}

void DaySheet::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (sheetRect().contains(event->position().toPoint()))
        writeHere();
}

void DaySheet::placeEditor(const QRect &beside)
{
    m_editor->resize(m_editor->what() == SheetEditor::What::Note ? kNoteEditorWidth : kEditorWidth, m_editor->sizeHint().height());
    const int x = std::clamp(layoutDirection() == Qt::RightToLeft ? beside.right() - m_editor->width() : beside.left(), 0, std::max(0, width() - m_editor->width()));
    m_editor->move(x, std::clamp(beside.top(), 0, std::max(0, height() - m_editor->height())));
    m_editor->raise();
    Q_EMIT showWanted(m_editor->geometry());
}

void DaySheet::writeHere(const QString &typedText)
{
    if (!m_model.book() || !m_model.mayWrite() || m_editor->isOpen())
        return;
    m_edited.reset();
    m_editedNote.reset();
    m_editedStart = m_cursor;
    const QString key = QStringLiteral("new.%1.%2.%3").arg(m_model.book()->id.toString(), m_model.day().toString(Qt::ISODate)).arg(m_cursor);
    m_editor->openEvent(key, minuteText(m_cursor), {}, {}, {}, typedText);
    placeEditor(slotRect(m_cursor));
}

void DaySheet::edit(const EventItem &event)
{
    if (!m_model.mayWrite() || event.struck || m_editor->isOpen())
        return;
    m_edited = event;
    m_editedNote.reset();
    m_editor->openEvent(QStringLiteral("event.%1").arg(event.id.toString()), minuteText(event.start), event.title, event.body, event.patient);
    if (const EventCard *shown = card(event.id))
        placeEditor(shown->geometry());
}

void DaySheet::strike(const EventItem &event)
{
    if (m_editor->isOpen())
        return;
    m_edited = event;
    m_editor->openReason(tr("%1 %2", "time and name").arg(minuteText(event.start), event.title));
    if (const EventCard *shown = card(event.id))
        placeEditor(shown->geometry());
}

// Below the slips that are there, at the cursor's height or the first free place under it.
void DaySheet::writeNote()
{
    if (!m_model.book() || !m_model.mayWrite() || m_editor->isOpen())
        return;
    m_edited.reset();
    m_editedNote.reset();
    double y = PageGeometry::unitOf(m_cursor);
    for (const NoteItem &note : m_model.notes().items()) {
        const double bottom = note.at.y() + (noteSlip(note.id) ? noteSlip(note.id)->height() / m_geometry.scale : 0);
        if (note.at.x() < PageGeometry::kNotesLeft + PageGeometry::kNoteWidth && note.at.x() + PageGeometry::kNoteWidth > PageGeometry::kNotesLeft
            && note.at.y() < y + kNoteGap * 3 && bottom + kNoteGap > y)
            y = bottom + kNoteGap;
    }
    m_noteAt = {PageGeometry::kNotesLeft, std::min(y, PageGeometry::unitOf(m_geometry.last) - kNoteGap * 3)};
    m_editor->openNote(QStringLiteral("note.%1.%2").arg(m_model.book()->id.toString(), m_model.day().toString(Qt::ISODate)), {});
    placeEditor(QRect(m_geometry.toView(m_noteAt).toPoint() + QPoint(sheetRect().left(), 0), QSize(kNoteEditorWidth, 1)));
}

void DaySheet::editNote(const NoteItem &note)
{
    if (!m_model.mayWrite() || m_editor->isOpen())
        return;
    m_edited.reset();
    m_editedNote = note;
    m_editor->openNote(QStringLiteral("note.%1").arg(note.id.toString()), note.text);
    if (const NoteSlip *shown = noteSlip(note.id))
        placeEditor(shown->geometry());
}

void DaySheet::accept()
{
    const auto then = [this, written = m_editor->written()](bool saved) {
        if (saved) {
            if (m_editor->settle(written))
                closeEditor();
        } else {
            notSaved(written);
        }
    };
    m_editor->setBusy(true);
    if (m_editor->what() == SheetEditor::What::Event)
        return acceptEvent();
    if (m_editor->what() == SheetEditor::What::Reason) {
        if (!m_edited || m_editor->title().isEmpty())
            return m_editor->setBusy(false);
        return m_model.strikeOut(*m_edited, m_editor->title(), then);
    }
    if (m_editor->note().isEmpty())
        return m_editor->setBusy(false);
    if (m_editedNote)
        m_model.editNote(*m_editedNote, m_editor->note(), then);
    else
        m_model.addNote(m_noteAt, m_editor->note(), then);
}

// The page says why; the words stay where they are. Where somebody else changed it, the next Enter is about it as it is now.
void DaySheet::notSaved(const SheetEditor::Written &written)
{
    if (written.turn != m_editor->written().turn)
        return;                                              // another one is being written by now
    m_editor->setBusy(false);
    if (m_edited && m_model.events().rowOf(m_edited->id) >= 0)
        m_edited = m_model.events().at(m_model.events().rowOf(m_edited->id));
    if (m_editedNote && m_model.notes().rowOf(m_editedNote->id) >= 0)
        m_editedNote = m_model.notes().at(m_model.notes().rowOf(m_editedNote->id));
}

void DaySheet::acceptEvent()
{
    if (m_editor->title().isEmpty())
        return m_editor->setBusy(false);
    BookPageModel::EventText text{.start = m_edited ? m_edited->start : m_editedStart, .minutes = m_edited ? m_edited->minutes : slot(),
                                  .title = m_editor->title(), .body = m_editor->body(), .patient = m_editor->patient()};
    const auto then = [this, start = text.start, written = m_editor->written()](bool saved) {
        if (!saved)
            notSaved(written);
        else if (m_editor->settle(written))
            goTo(start, true);
    };
    if (m_edited)
        m_model.editEvent(*m_edited, text, then);
    else
        m_model.addEvent(text, then);
}

void DaySheet::closeEditor()
{
    if (m_edited && card(m_edited->id))
        return focusEvent(m_edited->id);
    if (m_editedNote && noteSlip(m_editedNote->id))
        return noteSlip(m_editedNote->id)->setFocus(Qt::OtherFocusReason);
    setFocus(Qt::OtherFocusReason);
}

void DaySheet::dragCard(EventCard *card, int pixels, bool done)
{
    const EventItem item = card->item();
    const double minutes = PageGeometry::minuteOf(pixels / m_geometry.scale);
    const int start = snapped(item.start + minutes);
    if (done)
        m_model.moveEvent(item, start, item.minutes);
    const int shown = done ? item.start : start;             // it stands there when it is saved
    card->raise();
    m_canvas->raise();
    card->move(card->x(), qRound(m_geometry.yOf(shown)) + 1);
}

void DaySheet::dragSlip(NoteSlip *slip, const QPoint &pixels, bool done)
{
    const QRect sheet = sheetRect();
    const QPoint origin = m_geometry.toView(slip->item().at).toPoint() + QPoint(sheet.left(), 0);
    const QPoint at(std::clamp(origin.x() + pixels.x(), sheet.left(), std::max(sheet.left(), sheet.right() - slip->width())),
                    std::clamp(origin.y() + pixels.y(), 0, std::max(0, height() - slip->height())));
    slip->move(at);
    if (done)
        m_model.moveNote(slip->item(), m_geometry.toPage(QPointF(at - QPoint(sheet.left(), 0))));
}

} // namespace anteroom::ui

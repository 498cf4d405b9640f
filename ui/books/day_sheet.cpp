#include "ui/books/day_sheet.h"

#include "ui/common/paint.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPaintEvent>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr int kMinuteMs = 10'000;                        // the now line is a pixel and a bit a minute
constexpr int kDay = 24 * 60;

int hourBelow(double minute) { return std::clamp(static_cast<int>(std::floor(minute / 60)) * 60, 0, kDay - 60); }
int hourAbove(double minute) { return std::clamp(static_cast<int>(std::ceil(minute / 60)) * 60, 60, kDay); }

} // namespace

DaySheet::DaySheet(BookPageModel &model, const Context &context, QWidget *parent)
    : QWidget(parent), m_model(model), m_clock(context.clock), m_canvas(new InkCanvas(model.ink(), context.clock, this)),
      m_editor(new SheetEditor(context.replica, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Day"));
    connect(&m_model, &BookPageModel::pageChanged, this, &DaySheet::onPage);
    connect(&m_model, &BookPageModel::eventsChanged, this, &DaySheet::onEvents);
    connect(&m_model, &BookPageModel::notesChanged, this, &DaySheet::onNotes);
    connect(&m_model, &BookPageModel::rolesChanged, this, &DaySheet::onPage);
    connect(&m_model.ink(), &PageInk::reset, this, &DaySheet::layOut);
    connect(&m_model.ink(), &PageInk::added, this, &DaySheet::layOut);
    connect(m_editor, &SheetEditor::accepted, this, &DaySheet::accept);
    connect(m_editor, &SheetEditor::left, this, &DaySheet::closeEditor);
    connect(m_editor, &SheetEditor::resized, this, [this] {
        const int y = std::clamp(m_editor->y(), 0, std::max(0, height() - m_editor->height()));
        m_editor->move(m_editor->x(), y);
        Q_EMIT showWanted(m_editor->geometry());
    });
    connect(m_canvas, &InkCanvas::leaveWanted, this, [this] { Q_EMIT drawWanted(false); });
    m_minute.setInterval(kMinuteMs);
    connect(&m_minute, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    m_minute.start();
    onPage();
}

EventCard *DaySheet::card(const Uuid &id) const
{
    const auto it = m_cards.find(id);
    return it == m_cards.end() ? nullptr : it->second;
}

NoteSlip *DaySheet::noteSlip(const Uuid &id) const
{
    const auto it = m_slips.find(id);
    return it == m_slips.end() ? nullptr : it->second;
}

int DaySheet::timesWidth() const { return Theme::of(this).px(PageGeometry::kTimes); }

QRect DaySheet::sheetRect() const
{
    const int wide = qRound(m_geometry.width());
    return mirrored(layoutDirection(), QRect(0, 0, timesWidth() + wide, height()), QRect(timesWidth(), 0, wide, height()));
}

QRect DaySheet::slotRect(int minute) const
{
    const QRectF page(PageGeometry::kCardsLeft, PageGeometry::unitOf(minute), PageGeometry::kCardsWidth, PageGeometry::unitOf(slot()));
    return m_geometry.toView(page).toRect().translated(sheetRect().left(), 0);
}

int DaySheet::snapped(double minute) const
{
    return std::clamp(qRound(minute / slot()) * slot(), m_geometry.first, m_geometry.last - slot());
}

void DaySheet::fit(int viewportWidth)
{
    m_viewport = viewportWidth;
    layOut();
}

void DaySheet::setZoom(int percent)
{
    m_zoom = std::clamp(percent, kMinZoom, kMaxZoom);
    layOut();
}

// The hours of the book, and as many more as something is written or drawn in.
void DaySheet::layOut()
{
    double from = m_model.book() ? m_model.book()->first : book::kUsualFirst, to = m_model.book() ? m_model.book()->last : book::kUsualLast;
    for (const EventItem &event : m_model.events().items()) {
        from = std::min<double>(from, event.start);
        to = std::max<double>(to, event.end());
    }
    for (const InkStroke &stroke : m_model.ink().strokes()) {
        from = std::min(from, PageGeometry::minuteOf(stroke.bounds.top()));
        to = std::max(to, PageGeometry::minuteOf(stroke.bounds.bottom()));
    }
    PageGeometry geometry{.first = hourBelow(from), .last = hourAbove(to)};
    const double fits = std::clamp((m_viewport - timesWidth()) / PageGeometry::kWidth, kLeastScale, kMostFit);
    geometry.scale = fits * m_zoom / 100;
    const QSize whole(timesWidth() + qRound(geometry.width()), qRound(geometry.height()));
    if (geometry == m_geometry && minimumSize() == whole)
        return;
    m_geometry = geometry;
    setMinimumSize(whole);
    resize(std::max(whole.width(), m_viewport), whole.height());
    m_canvas->setGeometry(sheetRect());
    m_canvas->setGeometryOfPage(m_geometry);
    placeCards();
    placeNotes();
    update();
}

void DaySheet::onPage()
{
    if (!m_model.loaded())
        m_editor->leave();
    m_canvas->setAllowed(m_model.mayDraw(), m_model.mayErase());
    onEvents();
    onNotes();
    update();
}

void DaySheet::onEvents()
{
    for (auto it = m_cards.begin(); it != m_cards.end();) {
        if (m_model.events().rowOf(it->first) >= 0) {
            ++it;
            continue;
        }
        if (it->second->hasFocus())
            setFocus(Qt::OtherFocusReason);
        it->second->deleteLater();
        it->second->hide();
        it = m_cards.erase(it);
    }
    for (const EventItem &event : m_model.events().items())
        if (!m_cards.contains(event.id)) {
            auto *fresh = new EventCard(this);
            connectCard(fresh);
            m_cards.emplace(event.id, fresh);
        }
    layOut();
    placeCards();
}

// Cards that overlap share the column: each takes the first lane that is free at its start.
void DaySheet::placeCards()
{
    const auto &events = m_model.events().items();
    QWidget *before = this;
    for (std::size_t from = 0; from < events.size();) {
        std::size_t to = from;
        int until = events[from].end();
        std::vector<int> lanes, lane;
        for (; to < events.size() && (to == from || events[to].start < until); ++to) {
            until = std::max(until, events[to].end());
            auto open = std::ranges::find_if(lanes, [&](int end) { return end <= events[to].start; });
            if (open == lanes.end())
                open = lanes.insert(lanes.end(), 0);
            *open = events[to].end();
            lane.push_back(static_cast<int>(open - lanes.begin()));
        }
        const double wide = PageGeometry::kCardsWidth / static_cast<double>(lanes.size());
        for (std::size_t i = from; i < to; ++i) {
            EventCard *card = m_cards[events[i].id];
            const QRectF page(PageGeometry::kCardsLeft + wide * lane[i - from], PageGeometry::unitOf(events[i].start) + 1, wide - 4,
                              PageGeometry::unitOf(events[i].minutes) - 2);
            card->setEvent(events[i], m_geometry.scale);
            card->setMovable(m_model.mayWrite());
            QRect at = m_geometry.toView(page).toRect().translated(sheetRect().left(), 0);
            at.setHeight(std::max(at.height(), 16));
            card->setGeometry(at);
            card->show();
            setTabOrder(before, card);
            before = card;
        }
        from = to;
    }
    m_canvas->raise();
    m_editor->raise();
}

void DaySheet::onNotes()
{
    for (auto it = m_slips.begin(); it != m_slips.end();) {
        if (m_model.notes().rowOf(it->first) >= 0) {
            ++it;
            continue;
        }
        if (it->second->hasFocus())
            setFocus(Qt::OtherFocusReason);
        it->second->deleteLater();
        it->second->hide();
        it = m_slips.erase(it);
    }
    for (const NoteItem &note : m_model.notes().items())
        if (!m_slips.contains(note.id)) {
            auto *fresh = new NoteSlip(this);
            connectSlip(fresh);
            m_slips.emplace(note.id, fresh);
        }
    placeNotes();
}

void DaySheet::placeNotes()
{
    for (const NoteItem &note : m_model.notes().items()) {
        NoteSlip *slip = m_slips[note.id];
        slip->setNote(note, m_geometry.scale, qRound(PageGeometry::kNoteWidth * m_geometry.scale));
        slip->setMovable(m_model.mayWrite());
        slip->move(m_geometry.toView(note.at).toPoint() + QPoint(sheetRect().left(), 0));
        slip->show();
    }
    m_canvas->raise();
    m_editor->raise();
}

void DaySheet::setDrawing(bool on)
{
    m_canvas->setDrawing(on);
    (on ? static_cast<QWidget *>(m_canvas) : this)->setFocus(Qt::OtherFocusReason);
    update();
}

int DaySheet::firstInteresting() const
{
    if (m_model.day() == m_model.today()) {
        const QTime now = QDateTime::fromMSecsSinceEpoch(m_clock.utcMs()).time();
        return now.hour() * 60 + now.minute();
    }
    return m_model.events().rowCount() > 0 ? m_model.events().at(0).start : m_geometry.first;
}

void DaySheet::paintGrid(QPainter &painter, const QRect &area)
{
    const Theme &theme = Theme::of(this);
    const QRect sheet = sheetRect();
    const QFont font = theme.font(Type::Secondary);
    painter.fillRect(sheet.intersected(area), theme.color(Tone::Surface));
    const int gap = sheet.left() + qRound((PageGeometry::kCardsLeft + PageGeometry::kCardsWidth + 8) * m_geometry.scale);
    painter.fillRect(QRect(gap, 0, 1, height()), theme.color(Tone::Line));
    painter.fillRect(QRect(layoutDirection() == Qt::RightToLeft ? sheet.right() + 1 : sheet.left() - 1, 0, 1, height()), theme.color(Tone::Line));
    for (int minute = m_geometry.first; minute <= m_geometry.last; minute += 30) {
        const int y = qRound(m_geometry.yOf(minute));
        if (minute % 60 != 0) {
            painter.setPen(QPen(theme.color(Tone::Line), 1, Qt::DotLine));
            painter.drawLine(sheet.left(), y, sheet.right(), y);
            continue;
        }
        if (minute > m_geometry.first)
            painter.fillRect(QRect(sheet.left(), y, sheet.width(), 1), theme.color(Tone::Line));
        if (minute == m_geometry.last)
            continue;
        const QRect times = mirrored(layoutDirection(), QRect(0, 0, timesWidth() + sheet.width(), height()), QRect(0, y + 2, timesWidth() - 10, theme.px(20)));
        paintText(&painter, times, minuteText(minute), font, theme.color(Tone::Text2), Qt::AlignTrailing | Qt::AlignVCenter);
    }
}

// Slate, and behind the appointments: it says what time it is, not that something is wrong.
void DaySheet::paintNow(QPainter &painter)
{
    const QTime now = QDateTime::fromMSecsSinceEpoch(m_clock.utcMs()).time();
    const int minute = now.hour() * 60 + now.minute();
    if (m_model.day() != m_model.today() || minute < m_geometry.first || minute >= m_geometry.last)
        return;
    const Theme &theme = Theme::of(this);
    const int y = qRound(m_geometry.yOf(minute)), high = theme.px(20);
    const QRect sheet = sheetRect();
    painter.fillRect(QRect(sheet.left(), y - 1, sheet.width(), 2), theme.solid(Hue::Mute));
    const QRect whole(0, 0, timesWidth() + sheet.width(), height()), at(6, y - high / 2, timesWidth() - 12, high);
    const QRect pill = mirrored(layoutDirection(), whole, at);
    for (const int hour : {minute / 60 * 60, minute / 60 * 60 + 60}) {        // an hour half covered by it reads as nothing
        const QRect label(0, qRound(m_geometry.yOf(hour)) + 2, timesWidth() - 10, high);
        if (label.intersects(at))
            painter.fillRect(mirrored(layoutDirection(), whole, label), theme.color(Tone::Surface));
    }
    paintBox(&painter, pill, theme.px(size::kRadiusChip), theme.solid(Hue::Mute));
    paintText(&painter, pill, minuteText(minute), theme.font(Type::Caption, QFont::DemiBold), theme.onSolid(Hue::Mute), Qt::AlignCenter);
}

void DaySheet::paintEmpty(QPainter &painter)
{
    const Theme &theme = Theme::of(this);
    const QRect room = m_geometry.toView(QRectF(PageGeometry::kNotesLeft, PageGeometry::unitOf(m_geometry.first + 60), PageGeometry::kWidth - PageGeometry::kNotesLeft - 12,
                                                PageGeometry::kHour)).toRect().translated(sheetRect().left(), 0);
    const int line = theme.px(26);
    paintText(&painter, QRect(room.left(), room.top(), room.width(), line), tr("Nothing on this page yet"), theme.font(Type::Section, QFont::DemiBold), theme.color(Tone::Text));
    if (m_model.mayWrite())
        paintText(&painter, QRect(room.left(), room.top() + line, room.width(), line), tr("Choose a time and type, or draw by hand."), theme.font(Type::Body), theme.color(Tone::Text2));
}

void DaySheet::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(event->rect(), theme.color(Tone::Surface));
    paintGrid(painter, event->rect());
    paintNow(painter);
    if (m_model.loaded() && m_model.events().rowCount() == 0 && m_model.notes().rowCount() == 0 && m_model.ink().strokes().empty())
        paintEmpty(painter);
    if (!m_canvas->drawing()) {                              // where a word typed now would stand
        const QRect slot = slotRect(m_cursor).adjusted(0, 0, -4, 0);
        paintBox(&painter, slot, theme.px(size::kRadiusChip), hasFocus() ? theme.color(Tone::AccentSoft) : QColor(), hasFocus() ? theme.color(Tone::Focus) : theme.color(Tone::Line),
                 hasFocus() ? size::kFocusWidth : 1);
        if (hasFocus() && m_model.mayWrite())
            paintText(&painter, slot.adjusted(10, 0, -10, 0), tr("%1 · Enter or a letter writes here").arg(isolated(minuteText(m_cursor))), theme.font(Type::Caption),
                      theme.color(Tone::Text2));
    }
}

void DaySheet::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::FontChange) {
        m_geometry.scale = 0;                                // all of it anew
        layOut();
    } else if (event->type() == QEvent::PaletteChange) {
        update();
    }
    QWidget::changeEvent(event);
}

void DaySheet::focusInEvent(QFocusEvent *event)
{
    update();
    QWidget::focusInEvent(event);
}

void DaySheet::focusOutEvent(QFocusEvent *event)
{
    update();
    QWidget::focusOutEvent(event);
}

} // namespace anteroom::ui

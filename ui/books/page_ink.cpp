#include "ui/books/page_ink.h"

#include "core/when_ready.h"

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr std::string_view kTools[] = {"pen", "marker", "pencil"};
static_assert(std::size(kTools) == std::size(schema::tables::kScheduleDrawingsTool));

double real(const schema::Value &value)
{
    const auto *number = std::get_if<double>(&value);
    return number ? *number : static_cast<double>(schema::toInt(value));
}

QRectF extent(const InkStroke &stroke)
{
    const domain::StrokeBounds b = domain::stroke::bounds(stroke.points);
    const double margin = stroke.width / 2 + 1;
    return QRectF(QPointF(b.minX, b.minY), QPointF(b.maxX, b.maxY)).adjusted(-margin, -margin, margin, margin);
}

schema::Change insertOf(const InkStroke &stroke, const Uuid &book, const std::string &day, const QByteArray &bytes)
{
    const domain::StrokeBounds b = domain::stroke::bounds(stroke.points);
    return schema::makeInsert(drawing::kTable, stroke.id,
                              {{drawing::kBook, book},
                               {drawing::kDay, day},
                               {drawing::kTool, std::string(kTools[static_cast<std::size_t>(stroke.tool)])},
                               {drawing::kColour, schema::text(stroke.colour)},
                               {drawing::kWidth, stroke.width},
                               {drawing::kMinX, b.minX},
                               {drawing::kMinY, b.minY},
                               {drawing::kMaxX, b.maxX},
                               {drawing::kMaxY, b.maxY},
                               {drawing::kPoints, static_cast<std::int64_t>(stroke.points.size())},
                               {drawing::kStroke, bytes},
                               {drawing::kEncoding, std::int64_t{domain::stroke::kEncoding}}});
}

schema::Row rowOf(const schema::Change &insert)
{
    schema::Row row = schema::emptyRow(*insert.table, insert.id);
    for (const schema::GroupChange &group : insert.groups)
        schema::setGroupValues(*insert.table, row, group.group, group.newValues);
    return row;
}

} // namespace

std::optional<InkStroke> strokeOf(const schema::Row &row)
{
    const auto *bytes = std::get_if<schema::Blob>(&row[drawing::kStroke]);
    auto points = bytes ? domain::stroke::decode(*bytes, static_cast<int>(schema::toInt(row[drawing::kEncoding], domain::stroke::kEncoding)))
                        : Result<domain::Stroke>(fail(ErrorCode::Invalid, QString()));
    if (!points)
        return std::nullopt;
    const auto tool = std::find(std::begin(kTools), std::end(kTools), schema::toText(row[drawing::kTool]));
    InkStroke stroke{.id = row.id,
                     .tool = tool == std::end(kTools) ? InkTool::Pen : static_cast<InkTool>(tool - std::begin(kTools)),
                     .colour = schema::toQString(row[drawing::kColour]),
                     .width = std::clamp(real(row[drawing::kWidth]), 0.5, 100.0),
                     .points = std::move(*points),
                     .row = row};
    stroke.bounds = extent(stroke);
    return stroke;
}

PageInk::PageInk(const Context &context, QObject *parent) : QObject(parent), m_replica(context.replica), m_clock(context.clock), m_random(context.random)
{
}

const InkStroke *PageInk::find(const Uuid &id) const
{
    const auto it = std::ranges::find(m_strokes, id, &InkStroke::id);
    return it == m_strokes.end() ? nullptr : &*it;
}

void PageInk::setPage(const Uuid &book, const std::string &day)
{
    if (m_book == book && m_day == day)
        return;
    m_book = book;
    m_day = day;
    m_strokes.clear();
    m_gone.clear();
    m_done.clear();
    m_undone.clear();
    Q_EMIT reset();
    Q_EMIT historyChanged();
}

void PageInk::become(const std::vector<schema::Row> &rows)
{
    std::vector<InkStroke> fresh;
    for (const schema::Row &row : rows)
        if (auto stroke = strokeOf(row))
            fresh.push_back(std::move(*stroke));
    // What was drawn while the page was read, and what could not be saved, is not in the rows yet.
    for (const InkStroke &own : m_strokes)
        if (own.unsaved || m_saving > 0)
            if (std::ranges::find(fresh, own.id, &InkStroke::id) == fresh.end())
                fresh.push_back(own);
    for (const Waiting &waiting : m_unsaved)
        if (waiting.book == m_book && waiting.day == m_day)
            for (const InkStroke &own : waiting.strokes)
                if (std::ranges::find(fresh, own.id, &InkStroke::id) == fresh.end())
                    fresh.push_back(own);
    m_strokes = std::move(fresh);
    std::ranges::stable_sort(m_strokes, {}, &InkStroke::id);             // ids are ordered by time
    Q_EMIT reset();
}

void PageInk::put(InkStroke stroke)
{
    const Uuid id = stroke.id;
    m_strokes.insert(std::ranges::upper_bound(m_strokes, id, {}, &InkStroke::id), std::move(stroke));
    Q_EMIT added(id);
}

std::optional<InkStroke> PageInk::take(const Uuid &id)
{
    const auto it = std::ranges::find(m_strokes, id, &InkStroke::id);
    if (it == m_strokes.end())
        return std::nullopt;
    InkStroke stroke = std::move(*it);
    stroke.hidden = false;
    m_strokes.erase(it);
    Q_EMIT removed(stroke.bounds);
    return stroke;
}

void PageInk::apply(const Uuid &id, const std::optional<schema::Row> &row)
{
    const bool here = row && !row->deleted() && schema::toUuid((*row)[drawing::kBook]) == m_book && schema::toText((*row)[drawing::kDay]) == m_day;
    const auto known = std::ranges::find(m_strokes, id, &InkStroke::id);
    if (!here) {
        if (known != m_strokes.end() && !known->unsaved)
            take(id);
        return;
    }
    if (known != m_strokes.end()) {
        known->row = *row;
        return;                                                          // a stroke never changes
    }
    if (auto stroke = strokeOf(*row))
        put(std::move(*stroke));
}

void PageInk::draw(InkTool tool, const QString &colour, double width, const domain::Stroke &points)
{
    if (points.empty() || m_book.isNull())
        return;
    std::vector<InkStroke> strokes;
    Step step;
    for (domain::Stroke &piece : domain::stroke::split(domain::stroke::simplified(points))) {
        InkStroke stroke{.id = uuidV7(m_clock, m_random), .tool = tool, .colour = colour, .width = width, .points = std::move(piece)};
        const auto bytes = domain::stroke::encode(stroke.points);
        if (!bytes)
            continue;                                                    // cannot be: a piece holds one point to kMaxPoints
        if (auto rounded = domain::stroke::decode(*bytes))
            stroke.points = std::move(*rounded);                         // what every other PC will show
        stroke.bounds = extent(stroke);
        stroke.row = rowOf(insertOf(stroke, m_book, m_day, *bytes));
        step.ids.push_back(stroke.id);
        strokes.push_back(stroke);
        put(std::move(stroke));
    }
    m_undone.clear();
    remember(std::move(step));
    insert(std::move(strokes), m_book, m_day);
}

void PageInk::insert(std::vector<InkStroke> strokes, const Uuid &book, const std::string &day)
{
    node::Act act{.name = "books.draw", .changes = {}};
    for (const InkStroke &stroke : strokes)
        if (const auto *bytes = std::get_if<schema::Blob>(&stroke.row[drawing::kStroke]))
            act.changes.push_back(insertOf(stroke, book, day, *bytes));
    ++m_saving;
    whenReady(m_replica.commands().save(std::move(act)), this, [this, strokes = std::move(strokes), book, day](const Result<node::SaveOutcome> &result) mutable {
        --m_saving;
        const bool saved = result && result->saved;
        for (InkStroke &stroke : strokes) {
            stroke.unsaved = !saved;
            const auto shown = std::ranges::find(m_strokes, stroke.id, &InkStroke::id);
            if (shown != m_strokes.end() && shown->unsaved == saved) {
                shown->unsaved = !saved;
                const QRectF where = shown->bounds;
                Q_EMIT removed(where);                                   // painted anew, with or without its mark
            }
        }
        if (saved)
            return;
        m_unsaved.push_back({book, day, std::move(strokes)});
        Q_EMIT unsavedChanged(result ? QString() : result.error().detail);
    });
}

void PageInk::retry()
{
    std::vector<Waiting> waiting;
    std::swap(waiting, m_unsaved);
    for (Waiting &w : waiting)
        insert(std::move(w.strokes), w.book, w.day);
    Q_EMIT unsavedChanged({});
}

std::vector<Uuid> PageInk::touched(const domain::Stroke &path, double radius) const
{
    const domain::StrokeBounds b = domain::stroke::bounds(path);
    const QRectF area = QRectF(QPointF(b.minX, b.minY), QPointF(b.maxX, b.maxY)).adjusted(-radius, -radius, radius, radius);
    std::vector<Uuid> ids;
    for (const InkStroke &stroke : m_strokes)
        if (!stroke.hidden && stroke.bounds.intersects(area) && domain::stroke::distance(stroke.points, path) <= radius + stroke.width / 2)
            ids.push_back(stroke.id);
    return ids;
}

void PageInk::hide(const std::vector<Uuid> &ids)
{
    for (InkStroke &stroke : m_strokes)
        if (!stroke.hidden && std::ranges::find(ids, stroke.id) != ids.end()) {
            stroke.hidden = true;
            Q_EMIT removed(stroke.bounds);
        }
}

void PageInk::erase(const std::vector<Uuid> &ids)
{
    if (ids.empty())
        return;
    m_undone.clear();
    remember({.ids = ids, .drew = false});
    remove(ids, tr("Erased"));
}

void PageInk::remove(const std::vector<Uuid> &ids, const QString &reason)
{
    std::vector<schema::Change> changes;
    std::vector<InkStroke> taken;
    for (const Uuid &id : ids) {
        auto stroke = take(id);
        if (!stroke)
            continue;
        if (stroke->unsaved) {                                           // it is nowhere but here
            for (Waiting &w : m_unsaved)
                std::erase_if(w.strokes, [&](const InkStroke &s) { return s.id == id; });
            std::erase_if(m_unsaved, [](const Waiting &w) { return w.strokes.empty(); });
            Q_EMIT unsavedChanged({});
        } else {
            changes.push_back(schema::makeDelete(drawing::kTable, stroke->row, reason.toStdString()));
            taken.push_back(*stroke);
        }
        std::erase_if(m_gone, [&](const InkStroke &s) { return s.id == id; });
        m_gone.push_back(std::move(*stroke));
    }
    save(std::move(changes), "books.erase", std::move(taken));
}

// A stroke that was deleted stays deleted; the way back draws it again, as a row of its own.
void PageInk::restore(const std::vector<Uuid> &ids)
{
    std::vector<InkStroke> again;
    for (const Uuid &id : ids) {
        const auto gone = std::ranges::find(m_gone, id, &InkStroke::id);
        if (gone == m_gone.end())
            continue;
        InkStroke stroke = std::move(*gone);
        m_gone.erase(gone);
        stroke.id = uuidV7(m_clock, m_random);
        stroke.unsaved = false;
        for (std::deque<Step> *steps : {&m_done, &m_undone})
            for (Step &step : *steps)
                std::ranges::replace(step.ids, id, stroke.id);
        const auto *bytes = std::get_if<schema::Blob>(&stroke.row[drawing::kStroke]);
        stroke.row = rowOf(insertOf(stroke, m_book, m_day, bytes ? *bytes : QByteArray()));
        again.push_back(stroke);
        put(std::move(stroke));
    }
    if (!again.empty())
        insert(std::move(again), m_book, m_day);
}

// `back` comes back on the page where the act was not taken.
void PageInk::save(std::vector<schema::Change> changes, const char *name, std::vector<InkStroke> back)
{
    for (std::size_t from = 0; from < changes.size(); from += schema::kMaxChangesPerEntry) {
        const std::size_t to = std::min(from + schema::kMaxChangesPerEntry, changes.size());
        node::Act act{.name = name, .changes = {}};
        act.changes.assign(changes.begin() + static_cast<std::ptrdiff_t>(from), changes.begin() + static_cast<std::ptrdiff_t>(to));
        ++m_saving;
        whenReady(m_replica.commands().save(act), this, [this, act, back, book = m_book, day = m_day](const Result<node::SaveOutcome> &result) {
            --m_saving;
            const bool here = book == m_book && day == m_day;
            if (result && here && result->saved)
                return;
            if (result && here)
                for (const schema::Row &row : result->rows)              // somebody else was first: what is so now
                    apply(row.id, row);
            if (result)
                return;
            if (here)
                for (const InkStroke &stroke : back)
                    if (!find(stroke.id))
                        put(stroke);
            Q_EMIT failed(result.error().detail);
        });
    }
}

void PageInk::remember(Step step)
{
    m_done.push_back(std::move(step));
    if (m_done.size() > kMostSteps)
        m_done.pop_front();
    Q_EMIT historyChanged();
}

void PageInk::undo()
{
    if (m_done.empty())
        return;
    const Step step = std::move(m_done.back());
    m_done.pop_back();
    m_undone.push_back(step);
    Q_EMIT historyChanged();
    step.drew ? remove(step.ids, tr("Undone")) : restore(step.ids);
}

void PageInk::redo()
{
    if (m_undone.empty())
        return;
    const Step step = std::move(m_undone.back());
    m_undone.pop_back();
    m_done.push_back(step);
    Q_EMIT historyChanged();
    step.drew ? restore(step.ids) : remove(step.ids, tr("Erased"));
}

} // namespace anteroom::ui

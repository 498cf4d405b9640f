#include "ui/books/book_page_model.h"

#include "core/when_ready.h"

#include <QDateTime>
#include <QLocale>
#include <QTime>

#include <algorithm>

namespace anteroom::ui {
namespace {

bool ofPages(const schema::Table *table)
{
    return table == &book::kTable || table == &appointment::kTable || table == &slip::kTable || table == &drawing::kTable;
}

} // namespace

QString minuteText(int minute) { return QTime(minute / 60 % 24, minute % 60).toString(QStringLiteral("HH:mm")); }

BookPageModel::BookPageModel(const Context &context, QObject *parent)
    : QObject(parent), m_replica(context.replica), m_clock(context.clock), m_random(context.random), m_undo(context.undo), m_ink(context)
{
    m_day = today();
    connect(&m_replica, &node::Replica::changed, this, &BookPageModel::onChanged);
    connect(&m_replica.session(), &session::CurrentSession::changed, this, &BookPageModel::rolesChanged);
    loadBooks();
}

QDate BookPageModel::today() const { return QDateTime::fromMSecsSinceEpoch(m_clock.utcMs()).date(); }

bool BookPageModel::may(const schema::Table &table, schema::Op op) const { return m_replica.session().may(table, op); }
bool BookPageModel::mayStartBook() const { return may(book::kTable, schema::Op::Insert); }
bool BookPageModel::mayWrite() const { return may(appointment::kTable, schema::Op::Insert); }
bool BookPageModel::mayDraw() const { return may(drawing::kTable, schema::Op::Insert); }

// A stroke is never changed, but the rubber deletes it: the description says by whom.
bool BookPageModel::mayErase() const
{
    return (drawing::kTable.permissions.erase & static_cast<schema::Roles>(m_replica.session().session().role)) != 0;
}

void BookPageModel::loadBooks()
{
    node::ListRequest request;
    request.table = &book::kTable;
    request.orderBy = {book::kSort, book::kTitle};
    request.limit = kMostRows;
    whenReady(m_replica.queries().list(request), this, [this](const Result<std::vector<schema::Row>> &rows) {
        if (!rows)
            return failed(rows.error().detail);
        takeBooks(*rows);
    });
}

void BookPageModel::takeBooks(const std::vector<schema::Row> &rows)
{
    std::vector<BookItem> items;
    for (const schema::Row &row : rows)
        if (schema::toInt(row[book::kActive], 1) != 0)
            items.push_back(bookOf(row));
    m_books.become(std::move(items));
    m_booksLoaded = true;
    const int row = m_book ? m_books.rowOf(m_book->id) : -1;
    if (row >= 0 && *m_book == m_books.at(row)) {
        Q_EMIT booksChanged();
        return;
    }
    const Uuid wanted = row >= 0 ? m_book->id : m_books.rowCount() > 0 ? m_books.at(0).id : Uuid{};
    m_book.reset();
    Q_EMIT booksChanged();
    setBook(wanted);
}

void BookPageModel::setBook(const Uuid &id)
{
    const int row = m_books.rowOf(id);
    if (m_book && row >= 0 && m_book->id == id)
        return;
    m_book = row >= 0 ? std::optional(m_books.at(row)) : std::nullopt;
    loadPage();
}

void BookPageModel::setDay(const QDate &day)
{
    if (!day.isValid() || day == m_day)
        return;
    m_day = day;
    loadPage();
}

void BookPageModel::loadPage()
{
    ++m_generation;
    m_loaded = false;
    m_loading = false;
    m_events.become({});
    m_notes.become({});
    m_ink.setPage(m_book ? m_book->id : Uuid{}, dayText());
    Q_EMIT failed({});
    Q_EMIT pageChanged();
    if (m_book)
        readRows(m_generation);
}

// Events, notes, strokes, one after the other; what is changed meanwhile is read again at the end.
void BookPageModel::readRows(int generation)
{
    m_loading = true;
    m_again = false;
    const auto list = [this](const schema::Table &table, int bookColumn, int dayColumn, int limit) {
        node::ListRequest request;
        request.table = &table;
        request.where = {{bookColumn, m_book->id}, {dayColumn, dayText()}};
        request.limit = limit;
        return m_replica.queries().list(request);
    };
    using Rows = QFuture<Result<std::vector<schema::Row>>>;
    QList<Rows> asked{list(appointment::kTable, appointment::kBook, appointment::kDay, kMostRows),
                            list(slip::kTable, slip::kBook, slip::kDay, kMostRows), list(drawing::kTable, drawing::kBook, drawing::kDay, kMostStrokes)};
    whenReady(QtFuture::whenAll(asked.begin(), asked.end()), this, [this, generation](const QList<Rows> &answers) {
        const bool whole = std::ranges::all_of(answers, [](const Rows &answer) { return answer.resultCount() > 0; });
        if (generation != m_generation || !whole)
            return;
        m_loading = false;
        const auto eventRows = answers[0].result(), noteRows = answers[1].result(), strokeRows = answers[2].result();
        for (const auto *rows : {&eventRows, &noteRows, &strokeRows})
            if (!*rows)
                return failed(rows->error().detail);
        std::vector<EventItem> eventItems;
        for (const schema::Row &row : *eventRows)
            eventItems.push_back(eventOf(row, m_book->slot));
        std::ranges::stable_sort(eventItems, {}, &EventItem::start);
        m_events.become(std::move(eventItems));
        std::vector<NoteItem> noteItems;
        for (const schema::Row &row : *noteRows)
            noteItems.push_back(noteOf(row));
        std::ranges::stable_sort(noteItems, {}, [](const NoteItem &note) { return note.at.y(); });
        m_notes.become(std::move(noteItems));
        m_ink.become(*strokeRows);
        m_loaded = true;
        Q_EMIT eventsChanged();
        Q_EMIT notesChanged();
        Q_EMIT pageChanged();
        if (m_again)
            readRows(generation);
    });
}

void BookPageModel::onChanged(const node::ChangeNotice &rows)
{
    const auto own = std::ranges::count_if(rows, [](const node::ChangedRow &row) { return ofPages(row.table); });
    const bool books = std::ranges::any_of(rows, [](const node::ChangedRow &row) { return row.table == &book::kTable; });
    if (rows.empty() || books)
        loadBooks();
    if (!m_book || (own == 0 && !rows.empty()))
        return;
    if (m_loading) {
        m_again = true;
        return;
    }
    if (rows.empty() || own > kRowByRow)
        return readRows(m_generation);
    for (const node::ChangedRow &row : rows)
        if (ofPages(row.table) && row.table != &book::kTable)
            whenReady(m_replica.queries().record(*row.table, row.id), this, [this, table = row.table, id = row.id](const Result<std::optional<schema::Row>> &now) {
                if (now && m_loaded)
                    applyRow(*table, id, *now);
            });
}

bool BookPageModel::isHere(const schema::Row &row, int bookColumn, int dayColumn) const
{
    return m_book && !row.deleted() && schema::toUuid(row[bookColumn]) == m_book->id && schema::toText(row[dayColumn]) == dayText();
}

template <typename Item>
void BookPageModel::put(PageList<Item> &list, const Uuid &id, std::optional<Item> item)
{
    std::vector<Item> items = list.items();
    std::erase_if(items, [&](const Item &i) { return i.id == id; });
    if (item) {
        const auto key = [](const Item &i) {
            if constexpr (std::is_same_v<Item, EventItem>)
                return std::pair(static_cast<double>(i.start), i.id);
            else
                return std::pair(i.at.y(), i.id);
        };
        items.insert(std::ranges::upper_bound(items, key(*item), {}, key), std::move(*item));
    }
    list.become(std::move(items));
}

void BookPageModel::applyRow(const schema::Table &table, const Uuid &id, const std::optional<schema::Row> &row)
{
    if (&table == &drawing::kTable) {
        m_ink.apply(id, row);
    } else if (&table == &appointment::kTable) {
        const bool here = row && isHere(*row, appointment::kBook, appointment::kDay);
        put<EventItem>(m_events, id, here ? std::optional(eventOf(*row, m_book->slot)) : std::nullopt);
        Q_EMIT eventsChanged();
    } else if (&table == &slip::kTable) {
        const bool here = row && isHere(*row, slip::kBook, slip::kDay);
        put<NoteItem>(m_notes, id, here ? std::optional(noteOf(*row)) : std::nullopt);
        Q_EMIT notesChanged();
    }
}

} // namespace anteroom::ui

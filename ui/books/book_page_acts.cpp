// What a person does to a page: each act is built from the rows as they were shown, saved, and told to the window's undo.
#include "ui/books/book_page_model.h"

#include "core/when_ready.h"
#include "ui/common/paint.h"
#include "ui/desk/undo.h"

namespace anteroom::ui {
namespace {

using schema::Value;

node::Act update(const char *name, const schema::Table &table, const schema::Row &shown, const std::vector<schema::ColumnValue> &values)
{
    return {.name = name, .changes = {schema::makeUpdate(table, shown, values)}};
}

QString named(const EventItem &event) { return event.title.isEmpty() ? minuteText(event.start) : event.title; }

std::vector<schema::ColumnValue> valuesOf(const BookPageModel::EventText &text)
{
    return {{appointment::kStart, Value{std::int64_t{text.start}}},
            {appointment::kDuration, Value{std::int64_t{text.minutes}}},
            {appointment::kTitle, schema::text(text.title.trimmed())},
            {appointment::kBody, schema::text(text.body.trimmed())},
            {appointment::kPatient, schema::idOrNull(text.patient)}};
}

} // namespace

void BookPageModel::save(node::Act act, const QString &undoes, const QString &said, const Then &then)
{
    ++m_saving;
    whenReady(m_replica.commands().save(act), this, [this, act, undoes, said, then](const Result<node::SaveOutcome> &result) {
        --m_saving;
        if (!result) {
            Q_EMIT failed(result.error().detail);
        } else {
            for (std::size_t i = 0; i < act.changes.size(); ++i)
                for (const schema::Row &row : result->rows)
                    if (row.id == act.changes[i].id)
                        applyRow(*act.changes[i].table, row.id, row);
            const QString who = result->differences.empty() ? QString() : result->differences.front().changedBy;
            if (result->saved)
                Q_EMIT failed({});
            else
                Q_EMIT failed(who.isEmpty() ? tr("This was changed at another desk meanwhile. The page shows it as it is now: look at it, then do it again.")
                                            : tr("%1 changed this meanwhile. The page shows it as it is now: look at it, then do it again.").arg(isolated(who)));
            if (result->saved && !undoes.isEmpty())
                m_undo.remember(undoes, act, *result, said);
        }
        if (then)
            then(result && result->saved);
    });
}

// Another role since it was begun, or struck out elsewhere: whoever waits is told, and the words stay.
void BookPageModel::refuse(const Then &then)
{
    Q_EMIT failed(mayWrite() ? tr("This was changed at another desk meanwhile. The page shows it as it is now: look at it, then do it again.")
                             : tr("Your role does not write in the schedule book."));
    if (then)
        then(false);
}

void BookPageModel::startBook(const QString &title, const Then &then)
{
    if (title.trimmed().isEmpty() || !mayStartBook())
        return;
    const Uuid id = uuidV7(m_clock, m_random);
    node::Act act{.name = "books.start", .changes = {}};
    act.changes.push_back(schema::makeInsert(book::kTable, id,
                                             {{book::kTitle, schema::text(title.trimmed())},
                                              {book::kFirst, Value{std::int64_t{book::kUsualFirst}}},
                                              {book::kLast, Value{std::int64_t{book::kUsualLast}}},
                                              {book::kSlot, Value{std::int64_t{book::kUsualSlot}}}}));
    save(act, {}, {}, [this, id, then](bool saved) {
        if (saved) {
            whenReady(m_replica.queries().record(book::kTable, id), this, [this, id](const Result<std::optional<schema::Row>> &row) {
                if (!row || !*row)
                    return;
                if (m_books.rowOf(id) < 0) {
                    std::vector<BookItem> items = m_books.items();
                    items.push_back(bookOf(**row));
                    m_books.become(std::move(items));
                    Q_EMIT booksChanged();
                }
                setBook(id);
            });
        }
        if (then)
            then(saved);
    });
}

void BookPageModel::addEvent(const EventText &text, const Then &then)
{
    if (!m_book || !mayWrite())
        return refuse(then);
    std::vector<schema::ColumnValue> values = valuesOf(text);
    values.push_back({appointment::kBook, Value{m_book->id}});
    values.push_back({appointment::kDay, Value{dayText()}});
    const QString what = text.title.trimmed();
    save({.name = "books.write", .changes = {schema::makeInsert(appointment::kTable, uuidV7(m_clock, m_random), values)}},
         tr("write %1").arg(isolated(what)), tr("%1 stands at %2.").arg(isolated(what), isolated(minuteText(text.start))), then);
}

void BookPageModel::editEvent(const EventItem &shown, const EventText &text, const Then &then)
{
    save(update("books.edit", appointment::kTable, shown.row, valuesOf(text)), tr("change %1").arg(isolated(named(shown))),
         tr("%1 is changed.").arg(isolated(text.title.trimmed())), then);
}

void BookPageModel::moveEvent(const EventItem &shown, int start, int minutes)
{
    if (!mayWrite() || (start == shown.start && minutes == shown.minutes))
        return;
    const int from = std::clamp(start, 0, 24 * 60 - 5), length = std::clamp(minutes, 5, 24 * 60 - from);
    save(update("books.move", appointment::kTable, shown.row,
                {{appointment::kStart, Value{std::int64_t{from}}}, {appointment::kDuration, Value{std::int64_t{length}}}}),
         tr("move %1").arg(isolated(named(shown))),
         tr("%1 stands at %2, %n min.", nullptr, length).arg(isolated(named(shown)), isolated(minuteText(from))));
}

void BookPageModel::strikeOut(const EventItem &shown, const QString &reason, const Then &then)
{
    if (reason.trimmed().isEmpty() || shown.struck || !mayWrite())
        return refuse(then);
    save(update("books.strike", appointment::kTable, shown.row,
                {{appointment::kStruck, Value{std::int64_t{1}}}, {appointment::kReason, schema::text(reason.trimmed())}}),
         tr("strike out %1").arg(isolated(named(shown))), tr("%1 is struck out.").arg(isolated(named(shown))), then);
}

void BookPageModel::standAgain(const EventItem &shown)
{
    if (!shown.struck || !mayWrite())
        return;
    save(update("books.stand", appointment::kTable, shown.row, {{appointment::kStruck, Value{std::int64_t{0}}}, {appointment::kReason, Value{}}}),
         tr("let %1 stand").arg(isolated(named(shown))), tr("%1 stands again.").arg(isolated(named(shown))));
}

void BookPageModel::addNote(const QPointF &at, const QString &text, const Then &then)
{
    if (!m_book || text.trimmed().isEmpty() || !mayWrite())
        return refuse(then);
    // It says what an appointment says: it travels where events travel.
    const auto readBy = std::int64_t{static_cast<std::uint8_t>(appointment::kTable.dataClass)};
    save({.name = "books.note", .changes = {schema::makeInsert(slip::kTable, uuidV7(m_clock, m_random),
                                                               {{slip::kBook, Value{m_book->id}},
                                                                {slip::kDay, Value{dayText()}},
                                                                {slip::kClass, Value{readBy}},
                                                                {slip::kX, Value{at.x()}},
                                                                {slip::kY, Value{at.y()}},
                                                                {slip::kText, schema::text(text.trimmed())}})}},
         tr("write a note"), tr("The note is on the page."), then);
}

void BookPageModel::editNote(const NoteItem &shown, const QString &text, const Then &then)
{
    save(update("books.note.edit", slip::kTable, shown.row, {{slip::kText, schema::text(text.trimmed())}}), tr("change a note"), tr("The note is changed."), then);
}

void BookPageModel::moveNote(const NoteItem &shown, const QPointF &at)
{
    save(update("books.note.move", slip::kTable, shown.row, {{slip::kX, Value{at.x()}}, {slip::kY, Value{at.y()}}}), tr("move a note"), tr("The note is moved."));
}

void BookPageModel::removeNote(const NoteItem &shown)
{
    save({.name = "books.note.remove", .changes = {schema::makeDelete(slip::kTable, shown.row, tr("Taken off the page").toStdString())}},
         tr("take a note off"), tr("The note is off the page."));
}

} // namespace anteroom::ui

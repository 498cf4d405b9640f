// One page of one schedule book: the books to choose from, the day's events, notes and handwriting, live row by row, and
// what a person does to them. Each act is one transaction; what came of it is told in words. No widgets; never blocks.
#pragma once

#include "ui/books/page_ink.h"
#include "ui/desk/keyed_list_model.h"

#include <QDate>

namespace anteroom::ui {

[[nodiscard]] inline const QString &wordsOf(const BookItem &item) { return item.title; }
[[nodiscard]] inline const QString &wordsOf(const EventItem &item) { return item.title; }
[[nodiscard]] inline const QString &wordsOf(const NoteItem &item) { return item.text; }

template <typename Item>
class PageList final : public KeyedListModel<Item> {
public:
    using KeyedListModel<Item>::KeyedListModel;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        return index.isValid() && role == Qt::DisplayRole ? QVariant(wordsOf(this->at(index.row()))) : QVariant();
    }
};

class BookPageModel final : public QObject {
    Q_OBJECT
public:
    static constexpr int kMostStrokes = 20'000;          // of one page; a page written full has two or three thousand
    static constexpr int kMostRows = 1'000;              // events or notes of one page
    static constexpr int kRowByRow = 40;                 // a commit that touches more rows is read as a whole

    using Then = std::function<void(bool saved)>;
    struct EventText {
        int start = 0, minutes = 0;
        QString title, body;
        Uuid patient;
    };

    explicit BookPageModel(const Context &context, QObject *parent = nullptr);

    [[nodiscard]] PageList<BookItem> &books() { return m_books; }
    [[nodiscard]] PageList<EventItem> &events() { return m_events; }       // by time
    [[nodiscard]] PageList<NoteItem> &notes() { return m_notes; }          // from the top
    [[nodiscard]] PageInk &ink() { return m_ink; }
    [[nodiscard]] const std::optional<BookItem> &book() const { return m_book; }
    [[nodiscard]] const QDate &day() const { return m_day; }
    [[nodiscard]] QDate today() const;
    [[nodiscard]] bool booksLoaded() const { return m_booksLoaded; }
    [[nodiscard]] bool loaded() const { return m_loaded; }                       // the page
    [[nodiscard]] bool busy() const { return m_saving > 0; }

    void setBook(const Uuid &id);
    void setDay(const QDate &day);

    [[nodiscard]] bool mayStartBook() const;
    [[nodiscard]] bool mayWrite() const;                                          // events
    [[nodiscard]] bool mayDraw() const;
    [[nodiscard]] bool mayErase() const;                                          // strokes

    void startBook(const QString &title, const Then &then = {});
    void addEvent(const EventText &text, const Then &then = {});
    void editEvent(const EventItem &shown, const EventText &text, const Then &then = {});
    void moveEvent(const EventItem &shown, int start, int minutes);
    void strikeOut(const EventItem &shown, const QString &reason, const Then &then = {});
    void standAgain(const EventItem &shown);
    void addNote(const QPointF &at, const QString &text, const Then &then = {});
    void editNote(const NoteItem &shown, const QString &text, const Then &then = {});
    void moveNote(const NoteItem &shown, const QPointF &at);
    void removeNote(const NoteItem &shown);

Q_SIGNALS:
    void booksChanged();
    void pageChanged();                                  // another book or day, or loaded
    void eventsChanged();
    void notesChanged();
    void rolesChanged();
    void failed(const QString &words);                   // stays on the page; empty takes it back

private:
    void loadBooks();
    void loadPage();
    void readRows(int generation);
    void takeBooks(const std::vector<schema::Row> &rows);
    void onChanged(const node::ChangeNotice &rows);
    void applyRow(const schema::Table &table, const Uuid &id, const std::optional<schema::Row> &row);
    template <typename Item>
    void put(PageList<Item> &list, const Uuid &id, std::optional<Item> item);
    [[nodiscard]] bool isHere(const schema::Row &row, int bookColumn, int dayColumn) const;
    [[nodiscard]] std::string dayText() const { return m_day.toString(Qt::ISODate).toStdString(); }
    void save(node::Act act, const QString &undoes, const QString &said, const Then &then = {});
    void refuse(const Then &then);
    [[nodiscard]] bool may(const schema::Table &table, schema::Op op) const;

    node::Replica &m_replica;
    const Clock &m_clock;
    Random &m_random;
    Undo &m_undo;
    PageList<BookItem> m_books;
    PageList<EventItem> m_events;
    PageList<NoteItem> m_notes;
    PageInk m_ink;
    std::optional<BookItem> m_book;
    QDate m_day;
    int m_generation = 0, m_saving = 0;
    bool m_booksLoaded = false, m_loaded = false, m_loading = false, m_again = false;
};

[[nodiscard]] QString minuteText(int minute);            // "09:30"

} // namespace anteroom::ui

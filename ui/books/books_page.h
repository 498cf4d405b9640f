// The schedule book: one page is one day of one book. Which book, which day, writing or drawing, and what went wrong; the
// sheet below does the rest. Layout and focus.
#pragma once

#include "ui/books/book_page_model.h"
#include "ui/shell/page.h"

class QComboBox;
class QScrollArea;
class QStackedWidget;

namespace anteroom::ui {

class Button;
class DaySheet;
class EmptyState;
class InkBar;
class Label;
class LineEdit;
class MessageStrip;
class Segments;

class BooksPage final : public Page {
    Q_OBJECT
public:
    explicit BooksPage(const Context &context, QWidget *parent = nullptr);

    QString title() const override;
    QString subtitle() const override;
    QList<QWidget *> acts() override;
    QWidget *firstFocus() override;
    void opened() override;
    void keepDrafts() override;

    [[nodiscard]] BookPageModel &model() { return m_model; }
    [[nodiscard]] DaySheet *sheet() const { return m_sheet; }
    [[nodiscard]] InkBar *inkBar() const { return m_inkBar; }
    [[nodiscard]] LineEdit *dayField() const { return m_dayField; }
    [[nodiscard]] QScrollArea *scroll() const { return m_scroll; }
    [[nodiscard]] LineEdit *bookTitle() const { return m_bookTitle; }
    [[nodiscard]] Button *start() const { return m_start; }
    [[nodiscard]] MessageStrip *unsavedStrip() const { return m_unsaved; }
    void setDrawing(bool on);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildBar();
    QWidget *buildFirst();
    void connectParts();
    void showBooks();
    void showPage();
    void showUnsaved(const QString &why);
    void showRoles();
    void fit();
    void goToDay();
    void key(const char *id, const std::function<void()> &act);

    BookPageModel m_model;
    DaySheet *m_sheet;
    InkBar *m_inkBar;
    QComboBox *m_books;
    Button *m_before, *m_today, *m_after, *m_new, *m_note, *m_start, *m_again, *m_smaller, *m_larger;
    LineEdit *m_dayField, *m_bookTitle;
    Segments *m_mode;
    MessageStrip *m_failure, *m_unsaved, *m_readOnly;
    EmptyState *m_empty;
    QWidget *m_firstBook;
    QStackedWidget *m_stack;
    QScrollArea *m_scroll;
    QWidget *m_bar;
    bool m_scrolled = false;                             // to now, once for each day
};

} // namespace anteroom::ui

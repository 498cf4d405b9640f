#include "ui/books/books_page.h"

#include "ui/books/day_sheet.h"
#include "ui/books/day_words.h"
#include "ui/books/ink_bar.h"
#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/field.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/panel.h"
#include "ui/common/segments.h"
#include "ui/shell/shortcuts.h"

#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QKeyEvent>
#include <QLocale>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStackedWidget>

namespace anteroom::ui {
namespace {

constexpr int kDayWidth = 150, kBookWidth = 180, kTitleWidth = 320;
constexpr int kWriting = 0, kDrawing = 1;
constexpr int kAbove = 90;                               // px over the now line after opening: what was just before

} // namespace

BooksPage::BooksPage(const Context &context, QWidget *parent)
    : Page(parent), m_model(context), m_sheet(new DaySheet(m_model, context)), m_inkBar(new InkBar(*m_sheet->canvas(), m_model.ink())),
      m_books(new QComboBox), m_before(new Button({}, QStringLiteral("chevron-left"))), m_today(new Button(tr("Today"))),
      m_after(new Button({}, QStringLiteral("chevron-right"))), m_new(new Button(tr("New event"), QStringLiteral("plus"), ButtonKind::Primary, this)),
      m_note(new Button(tr("Note"), ButtonKind::Secondary, this)), m_start(new Button(tr("Start a book"), ButtonKind::Primary)),
      m_again(new Button(tr("Save them again"))), m_smaller(new Button(QStringLiteral("−"), ButtonKind::Quiet)),
      m_larger(new Button(QStringLiteral("+"), ButtonKind::Quiet)), m_dayField(new LineEdit), m_bookTitle(new LineEdit), m_mode(new Segments),
      m_failure(new MessageStrip(Hue::Danger)), m_unsaved(new MessageStrip(Hue::Priority)), m_readOnly(new MessageStrip(Hue::Mute)),
      m_stack(new QStackedWidget), m_scroll(new QScrollArea)
{
    m_scroll->setWidget(m_sheet);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->viewport()->installEventFilter(this);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto *panel = new Panel;
    panel->column()->addWidget(m_scroll, 1);
    m_stack->addWidget(panel);
    m_stack->addWidget(buildFirst());
    m_stack->addWidget(new QWidget);                     // not known yet: nothing is said before it is so
    m_unsaved->addAct(m_again);
    m_bar = buildBar();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(size::kPageMargin, 0, size::kPageMargin, size::kPageMargin);
    layout->setSpacing(8);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_bar, m_inkBar, m_readOnly, m_failure, m_unsaved})
        layout->addWidget(widget);
    layout->addWidget(m_stack, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_inkBar, m_readOnly, m_failure, m_unsaved})
        widget->hide();
    connectParts();
    showBooks();
    showRoles();
    showPage();
}

QWidget *BooksPage::buildBar()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_books->setMinimumWidth(kBookWidth);
    m_books->setAccessibleName(tr("Book"));
    m_before->setAccessibleName(tr("The day before"));
    m_after->setAccessibleName(tr("The day after"));
    m_dayField->setFixedWidth(kDayWidth);
    m_dayField->setAccessibleName(tr("Day"));
    m_dayField->setToolTip(tr("A day: 24 Nov, 24.11., +1w, -2d, tomorrow, Monday"));
    m_mode->add(tr("Write"), {}, QStringLiteral("W"));
    m_mode->add(tr("Draw"), {}, QStringLiteral("D"));
    m_mode->setAccessibleName(tr("Write or draw"));
    m_mode->setToolTip(tr("Write with the keyboard, or draw with pen or mouse (%1)").arg(shortcutKeys("book.draw").toString(QKeySequence::NativeText)));
    m_smaller->setAccessibleName(tr("Smaller"));
    m_smaller->setToolTip(tr("Smaller (Ctrl+−)"));
    m_larger->setAccessibleName(tr("Larger"));
    m_larger->setToolTip(tr("Larger (Ctrl++)"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_books, m_before, m_today, m_after, m_dayField})
        row->addWidget(widget);
    row->addStretch();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_smaller, m_larger, m_mode})
        row->addWidget(widget);
    bindShortcut("book.before", m_before, this);
    bindShortcut("book.today", m_today, this);
    bindShortcut("book.after", m_after, this);
    m_before->setKeycap({});                             // an arrow says it; the tool-tip has the key
    m_after->setKeycap({});
    for (Button *act : {m_new, m_note})
        act->hide();                                     // the shell shows them where the role may
    bindShortcut("new", m_new, this);
    bindShortcut("patient.note", m_note, this);
    return bar;
}

QWidget *BooksPage::buildFirst()
{
    auto *first = new QWidget;
    m_empty = new EmptyState(QStringLiteral("calendar"), QString());
    m_firstBook = new QWidget;
    auto *row = new QHBoxLayout(m_firstBook);
    row->setContentsMargins(0, 0, 0, 0);
    auto *field = new Field(tr("What the book is called"), m_bookTitle);
    field->setHint(tr("A doctor, a room: “Dr Osei”, “Room 3”"));
    field->setFixedWidth(kTitleWidth);
    row->addStretch();
    row->addWidget(field);
    row->addWidget(m_start, 0, Qt::AlignVCenter);
    row->addStretch();
    auto *column = new QVBoxLayout(first);
    column->addStretch(2);
    column->addWidget(m_empty);
    column->addWidget(m_firstBook);
    column->addStretch(3);
    return first;
}

void BooksPage::key(const char *id, const std::function<void()> &act)
{
    connect(addShortcut(id, this), &QAction::triggered, this, act);
}

void BooksPage::connectParts()
{
    connect(&m_model, &BookPageModel::booksChanged, this, &BooksPage::showBooks);
    connect(&m_model, &BookPageModel::pageChanged, this, &BooksPage::showPage);
    connect(&m_model, &BookPageModel::eventsChanged, this, [this] { Q_EMIT headChanged(); });
    connect(&m_model, &BookPageModel::rolesChanged, this, &BooksPage::showRoles);
    connect(&m_model, &BookPageModel::failed, this, [this](const QString &words) {
        m_failure->setMessage(words);
        m_failure->setVisible(!words.isEmpty());
    });
    connect(&m_model.ink(), &PageInk::failed, &m_model, &BookPageModel::failed);
    connect(&m_model.ink(), &PageInk::unsavedChanged, this, &BooksPage::showUnsaved);
    connect(m_again, &Button::clicked, &m_model.ink(), &PageInk::retry);
    connect(m_books, &QComboBox::activated, this, [this](int index) { m_model.setBook(m_model.books().at(index).id); });
    connect(m_before, &Button::clicked, this, [this] { m_model.setDay(m_model.day().addDays(-1)); });
    connect(m_after, &Button::clicked, this, [this] { m_model.setDay(m_model.day().addDays(1)); });
    connect(m_today, &Button::clicked, this, [this] { m_model.setDay(m_model.today()); });
    connect(m_dayField, &QLineEdit::returnPressed, this, &BooksPage::goToDay);
    key("book.day", [this] {
        m_dayField->setFocus(Qt::ShortcutFocusReason);
        m_dayField->selectAll();
    });
    key("book.draw", [this] { setDrawing(!m_sheet->canvas()->drawing()); });
    key("zoom.in", [this] { m_sheet->setZoom(m_sheet->zoom() + DaySheet::kZoomStep); });
    key("zoom.out", [this] { m_sheet->setZoom(m_sheet->zoom() - DaySheet::kZoomStep); });
    connect(m_larger, &Button::clicked, this, [this] { m_sheet->setZoom(m_sheet->zoom() + DaySheet::kZoomStep); });
    connect(m_smaller, &Button::clicked, this, [this] { m_sheet->setZoom(m_sheet->zoom() - DaySheet::kZoomStep); });
    connect(m_mode, &Segments::chosen, this, [this](int index) { setDrawing(index == kDrawing); });
    connect(m_sheet, &DaySheet::drawWanted, this, &BooksPage::setDrawing);
    connect(m_sheet, &DaySheet::showWanted, this, [this](const QRect &where) {
        m_scroll->ensureVisible(where.center().x(), where.bottom(), 0, 20);
        m_scroll->ensureVisible(where.center().x(), where.top(), 0, 20);
    });
    connect(m_new, &Button::clicked, this, [this] {
        setDrawing(false);
        m_sheet->writeHere();
    });
    connect(m_note, &Button::clicked, this, [this] {
        setDrawing(false);
        m_sheet->writeNote();
    });
    const auto startBook = [this] {
        m_start->setBusy(tr("Starting"));
        m_model.startBook(m_bookTitle->text(), [this](bool) { m_start->setReady(); });
        if (!m_model.busy())                             // nothing was written
            m_start->setReady();
    };
    connect(m_start, &Button::clicked, this, startBook);
    connect(m_bookTitle, &QLineEdit::returnPressed, this, startBook);
}

QString BooksPage::title() const { return tr("Schedule book"); }

QString BooksPage::subtitle() const
{
    if (!m_model.loaded())
        return {};
    const auto &events = const_cast<BooksPage *>(this)->m_model.events().items();
    const auto struck = static_cast<int>(std::ranges::count_if(events, &EventItem::struck));
    const int standing = static_cast<int>(events.size()) - struck;
    const QString written = standing == 0 ? tr("no appointments") : standing == 1 ? tr("1 appointment") : tr("%1 appointments").arg(standing);
    return struck == 0 ? written : tr("%1, %2 struck out").arg(written).arg(struck);
}

QList<QWidget *> BooksPage::acts() { return m_model.book() && m_model.mayWrite() ? QList<QWidget *>{m_note, m_new} : QList<QWidget *>{}; }

QWidget *BooksPage::firstFocus()
{
    if (m_model.book())
        return m_sheet->canvas()->drawing() ? static_cast<QWidget *>(m_sheet->canvas()) : m_sheet;
    return m_bookTitle;
}

void BooksPage::opened() { fit(); }

void BooksPage::keepDrafts() { m_sheet->editor()->keepDraft(); }

void BooksPage::setDrawing(bool on)
{
    const bool draws = on && m_model.book() && m_model.mayDraw();
    m_mode->setCurrent(draws ? kDrawing : kWriting);
    m_inkBar->setVisible(draws);
    m_sheet->setDrawing(draws);
}

void BooksPage::showBooks()
{
    const QSignalBlocker quiet(m_books);
    m_books->clear();
    for (const BookItem &book : m_model.books().items())
        m_books->addItem(book.title);
    m_books->setCurrentIndex(m_model.book() ? m_model.books().rowOf(m_model.book()->id) : -1);
    const bool none = m_model.booksLoaded() && m_model.books().rowCount() == 0;
    m_stack->setCurrentIndex(none ? 1 : m_model.booksLoaded() ? 0 : 2);
    m_bar->setVisible(!none);
    m_empty->setText(tr("No schedule book yet"),
                     m_model.mayStartBook() ? tr("A book has a page for each day: appointments, notes, handwriting. Every PC of the clinic shows it.")
                                            : tr("A doctor, a receptionist or an administrator starts one. It opens here by itself."));
    m_firstBook->setVisible(m_model.mayStartBook());
    Q_EMIT headChanged();
}

void BooksPage::showPage()
{
    const int row = m_model.book() ? m_model.books().rowOf(m_model.book()->id) : -1;
    if (m_books->currentIndex() != row)
        m_books->setCurrentIndex(row);
    if (!m_dayField->hasFocus() || !m_dayField->isModified())
        m_dayField->setText(dayWords(m_model.day()));
    m_dayField->setProperty(prop::kMark, static_cast<int>(FieldMark::None));
    m_today->setEnabled(m_model.day() != m_model.today());
    if (!m_model.loaded())
        m_scrolled = false;
    else if (!std::exchange(m_scrolled, true)) {
        fit();
        const int minute = m_sheet->firstInteresting();
        m_scroll->verticalScrollBar()->setValue(qRound(m_sheet->geometryOfPage().yOf(minute)) - kAbove);
    }
    Q_EMIT headChanged();
}

void BooksPage::showRoles()
{
    const bool reads = m_model.mayWrite();
    m_readOnly->setMessage(tr("You can read this page."), tr("Your role does not write in the schedule book."));
    m_readOnly->setVisible(!reads);
    m_mode->setEnabled(m_model.mayDraw());
    if (!m_model.mayDraw())
        setDrawing(false);
    showBooks();
}

void BooksPage::showUnsaved(const QString &why)
{
    const int count = m_model.ink().unsaved();
    m_unsaved->setVisible(count > 0);
    if (count > 0)
        m_unsaved->setMessage(tr("%n stroke(s) are not saved yet", nullptr, count), tr("They stay here, with a dashed line. %1").arg(why));
}

void BooksPage::goToDay()
{
    const auto day = readDay(m_dayField->text(), m_model.day(), m_model.today());
    m_dayField->setProperty(prop::kMark, static_cast<int>(day ? FieldMark::None : FieldMark::Error));
    if (!day) {
        m_failure->setMessage(tr("Write a day like 24.11., +1w or tomorrow."));
        m_failure->show();
        return;
    }
    m_failure->hide();
    m_dayField->setModified(false);
    m_dayField->setText(dayWords(*day));
    m_model.setDay(*day);
    firstFocus()->setFocus(Qt::OtherFocusReason);
}

void BooksPage::fit() { m_sheet->fit(m_scroll->viewport()->width()); }

bool BooksPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_scroll->viewport() && event->type() == QEvent::Resize)
        fit();
    return Page::eventFilter(watched, event);
}

} // namespace anteroom::ui

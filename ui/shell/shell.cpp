#include "ui/shell/shell.h"

#include "ui/common/focus_ring.h"
#include "ui/common/label.h"
#include "ui/common/message_strip.h"
#include "ui/common/search_box.h"
#include "ui/shell/key_badges.h"
#include "ui/shell/key_sheet.h"
#include "ui/shell/nav_rail.h"
#include "ui/shell/palette.h"
#include "ui/shell/shortcuts.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QResizeEvent>
#include <QStackedWidget>
#include <QTime>
#include <QTimer>

#include <algorithm>

namespace anteroom::ui {

namespace {

constexpr int kHeldMs = 500;                // how long Ctrl or Alt is held before numbers and letters show
constexpr int kNumbered = 9;

} // namespace

Shell::Shell(QWidget *parent)
    : QMainWindow(parent), m_rail(new NavRail), m_toolBar(new QWidget), m_title(new Label({}, Type::Page)),
      m_subtitle(new ElidedLabel({}, Type::Body, Tone::Text2)), m_search(new SearchBox(tr("Find a patient, ticket or bill"))),
      m_acts(new QHBoxLayout), m_trial(new MessageStrip(Hue::Urgent)), m_stack(new QStackedWidget), m_status(new StatusStrip),
      m_toasts(new ToastHost(this, size::kStatusBar)), m_numbers(new QTimer(this)), m_letters(new QTimer(this)), m_badges(new KeyBadges(this)), m_clock(new QTimer(this))
{
    buildToolBar();
    m_trial->setMessage(tr("Trial mode: this PC takes other PCs over the network before its security is finished."),
                        tr("Use it with invented people only. Close Anteroom and start it without --trial-lan to leave the trial."));
    auto *page = new QVBoxLayout;
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(m_toolBar);
    page->addWidget(m_stack, 1);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addLayout(page, 1);
    auto *central = new QWidget;
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *trial = new QWidget;
    auto *margins = new QVBoxLayout(trial);
    margins->setContentsMargins(8, 6, 8, 6);
    margins->addWidget(m_trial);
    trial->hide();
    column->addWidget(trial);
    column->addLayout(middle, 1);
    column->addWidget(m_status);
    setCentralWidget(central);
    new FocusRing(this);

    for (QTimer *held : {m_numbers, m_letters}) {
        held->setSingleShot(true);
        held->setInterval(kHeldMs);
    }
    connect(m_letters, &QTimer::timeout, this, [this] { m_badges->showOver(commands()); });
    connect(m_numbers, &QTimer::timeout, this, [this] { m_rail->showNumbers(true); });
    qApp->installEventFilter(this);         // holding Ctrl or Alt is seen wherever the focus is
    const auto tick = [this] { m_status->setClock(QLocale().toString(QTime::currentTime(), QStringLiteral("HH:mm"))); };
    m_clock->setInterval(1000);
    connect(m_clock, &QTimer::timeout, this, tick);
    m_clock->start();
    tick();
    connect(m_rail, &NavRail::chosen, this, [this](const QString &id) { open(id); });
    connect(m_rail, &NavRail::personChosen, this, &Shell::switchPersonRequested);
    connect(m_status, &StatusStrip::syncNowRequested, this, &Shell::syncNowRequested);
    connect(m_status, &StatusStrip::actRequested, this, &Shell::statusActRequested);
    addActions();
    updateMetrics();
    setMinimumSize(800, 560);
    resize(1366, 768);
}

Shell::~Shell() = default;

void Shell::buildToolBar()
{
    m_search->setKeycap(shortcutKeys("search"));
    m_search->setMinimumWidth(200);
    m_search->setMaximumWidth(300);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_acts->setSpacing(8);
    auto *row = new QHBoxLayout(m_toolBar);
    row->setContentsMargins(20, 0, size::kPageMargin, 0);
    row->setSpacing(12);
    row->addWidget(m_title);
    row->addWidget(m_subtitle, 2);
    row->addWidget(m_search, 3);
    row->addLayout(m_acts);
}

void Shell::addActions()
{
    connect(addShortcut("search", this), &QAction::triggered, this, [this] {
        Page *front = page(m_current);
        if (front && front->hasOwnSearch())
            front->focusSearch();
        else
            m_search->setFocus(Qt::ShortcutFocusReason);
    });
    connect(addShortcut("palette", this), &QAction::triggered, this, &Shell::openPalette);
    connect(addShortcut("keys", this), &QAction::triggered, this, &Shell::openKeySheet);
    connect(addShortcut("sync.now", this), &QAction::triggered, this, &Shell::syncNowRequested);
    connect(addShortcut("person.switch", this), &QAction::triggered, this, &Shell::switchPersonRequested);
    for (int number = 1; number <= kNumbered; ++number) {
        auto *action = new QAction(this);
        action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)));
        connect(action, &QAction::triggered, this, [this, number] {
            if (number <= static_cast<int>(m_entries.size()))
                open(m_entries[static_cast<std::size_t>(number - 1)].id);
        });
        addAction(action);
    }
}

void Shell::setPages(std::vector<PageEntry> pages, const std::function<bool(const QString &permission)> &allowed)
{
    for (const Opened &opened : m_opened) {
        m_stack->removeWidget(opened.page);
        for (QWidget *act : opened.page->acts())
            act->setParent(opened.page);
        delete opened.page;
    }
    m_opened.clear();
    m_rail->clear();
    m_entries.clear();
    for (PageEntry &candidate : pages) {
        if (candidate.permission.isEmpty() || allowed(candidate.permission))
            m_entries.push_back(std::move(candidate));
    }
    // Pages of the working day first, so that the numbers run down the rail.
    std::stable_partition(m_entries.begin(), m_entries.end(), [](const PageEntry &e) { return !e.bottom; });
    int number = 0;
    for (const PageEntry &shown : m_entries)
        m_rail->addItem(shown.id, shown.title, shown.icon, shown.bottom)->setNumber(++number <= kNumbered ? number : 0);
    const QString wanted = m_current;
    m_current.clear();
    if (!m_entries.empty() && !open(wanted))
        open(m_entries.front().id);
}

const PageEntry *Shell::entry(const QString &pageId) const
{
    for (const PageEntry &candidate : m_entries) {
        if (candidate.id == pageId)
            return &candidate;
    }
    return nullptr;
}

Page *Shell::page(const QString &pageId) const
{
    for (const Opened &opened : m_opened) {
        if (opened.id == pageId)
            return opened.page;
    }
    return nullptr;
}

void Shell::keepDrafts()
{
    for (const Opened &opened : m_opened)
        opened.page->keepDrafts();
}

bool Shell::open(const QString &pageId, const QString &detail)
{
    const PageEntry *wanted = entry(pageId);
    if (!wanted)
        return false;
    Page *front = page(pageId);
    if (!front) {
        front = wanted->factory(m_stack);
        m_stack->addWidget(front);
        m_opened.push_back({pageId, front});
        connect(front, &Page::headChanged, this, [this, front] {
            if (m_stack->currentWidget() == front)
                showHead();
        });
        connect(front, &Page::openRequested, this, [this](const QString &id, const QString &what) { open(id, what); });
    }
    const bool changes = m_current != pageId;
    m_current = pageId;
    m_stack->setCurrentWidget(front);
    m_rail->setCurrent(pageId);
    showHead();
    if (!detail.isEmpty() && wanted->show)
        wanted->show(front, detail);
    if (changes) {
        front->opened();
        if (QWidget *first = front->firstFocus())
            first->setFocus(Qt::OtherFocusReason);
        Q_EMIT pageOpened(pageId);
    }
    return true;
}

void Shell::showHead()
{
    Page *front = page(m_current);
    if (!front)
        return;
    m_title->setText(front->title());
    m_toasts->setBottom(size::kStatusBar + front->footer());
    m_subtitle->setText(front->subtitle());
    setWindowTitle(tr("%1 – Anteroom").arg(front->title()));
    m_search->setVisible(!front->hasOwnSearch());
    const QList<QWidget *> acts = front->acts();
    for (int i = m_acts->count() - 1; i >= 0; --i) {
        QWidget *shown = m_acts->itemAt(i)->widget();
        if (acts.contains(shown))
            continue;
        m_acts->removeWidget(shown);
        shown->hide();
    }
    for (QWidget *act : acts) {
        if (m_acts->indexOf(act) >= 0)
            continue;               // a page that hides an act leaves it out of acts()
        m_acts->addWidget(act);
        act->show();
    }
}

void Shell::setClinic(const QString &name)
{
    m_rail->setClinic(name);
}

void Shell::setPerson(const QString &name, const QString &detail)
{
    m_rail->setPerson(name, detail);
}

void Shell::setCount(const QString &pageId, int count, bool urgent)
{
    if (NavItem *item = m_rail->item(pageId))
        item->setCount(count, urgent);
}

void Shell::setStatus(const StatusView &status)
{
    m_status->setView(status);
}

void Shell::setDemo(bool demo)
{
    m_status->setDemo(demo ? tr("Demo data, invented people") : QString());
}

void Shell::setTrialLan(bool trial)
{
    m_trial->parentWidget()->setVisible(trial);
}

void Shell::updateMetrics()
{
    const Theme &theme = Theme::of(this);
    m_toolBar->setFixedHeight(theme.px(size::kToolBar));
    m_rail->setNarrow(width() < theme.px(size::kRailBreak));
    m_toasts->setLeading(m_rail->width());
    m_search->setMaximumWidth(theme.px(300));
}

void Shell::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    updateMetrics();
}

void Shell::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateMetrics();
}

void Shell::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        if (Page *front = page(m_current); front && front->back())
            return;
    }
    QMainWindow::keyPressEvent(event);
}

bool Shell::eventFilter(QObject *watched, QEvent *event)
{
    watchKey(event);
    return QMainWindow::eventFilter(watched, event);
}

void Shell::watchKey(const QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<const QKeyEvent *>(event);
        const bool ctrl = key->key() == Qt::Key_Control, alt = key->key() == Qt::Key_Alt;
        if ((!ctrl && !alt) || !isActiveWindow()) {
            m_numbers->stop();
            m_letters->stop();
        } else if (!key->isAutoRepeat()) {
            (ctrl ? m_numbers : m_letters)->start();
        }
    } else if (event->type() == QEvent::KeyRelease || event->type() == QEvent::WindowDeactivate) {
        m_numbers->stop();
        m_letters->stop();
        m_rail->showNumbers(false);
        m_badges->hide();
    }
}

std::vector<Command> Shell::commands()
{
    std::vector<Command> out = commandsOf(this, page(m_current));
    int number = 0;
    for (const PageEntry &shown : m_entries) {
        ++number;
        out.push_back({.id = QStringLiteral("page.") + shown.id, .words = shown.title,
                       .keys = number <= kNumbered ? QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)) : QKeySequence(),
                       .possible = shown.id != m_current,
                       .run = [shell = QPointer(this), id = shown.id] {
                           if (shell)
                               shell->open(id);
                       }});
    }
    return out;
}

void Shell::openPalette()
{
    if (!findChild<Sheet *>())
        (new Palette(this, commands()))->open();
}

void Shell::openKeySheet()
{
    const Page *front = page(m_current);
    if (front && !findChild<Sheet *>())
        (new KeySheet(this, front->title(), commands()))->open();
}

} // namespace anteroom::ui

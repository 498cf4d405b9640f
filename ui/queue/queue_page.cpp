#include "ui/queue/queue_page.h"

#include "ui/common/button.h"
#include "ui/common/empty_state.h"
#include "ui/common/message_strip.h"
#include "ui/common/toast.h"
#include "ui/queue/desk_strip.h"
#include "ui/queue/lane_widget.h"
#include "ui/queue/new_ticket_pane.h"
#include "ui/queue/ticket_columns.h"
#include "ui/shell/shortcuts.h"

#include <QAction>
#include <QBoxLayout>
#include <QDateTime>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>
#include <QTimer>

namespace anteroom::ui {
namespace {

constexpr int kFoldedGap = 8;                            // seven lanes fit in 1366 px
constexpr int kNarrow = 1000;                            // a 1024 px screen beside the narrow rail
constexpr int kNumbersMs = 15'000;                       // other PCs come back within 10 s: until then nothing is asked
constexpr int kFooter = 70;                              // the new ticket's buttons and the page's margin

} // namespace

QueuePage::QueuePage(const Context &context, QueueModel &model, ToastHost *toasts, QWidget *parent)
    : Page(parent), m_context(context), m_toasts(toasts), m_model(model), m_acts(context, model), m_stack(new QStackedWidget(this)),
      m_board(new QStackedWidget), m_strip(new DeskStrip(this)), m_failure(new MessageStrip(Hue::Danger)),
      m_numbers(new MessageStrip(Hue::Info)), m_giveNumbers(new Button(tr("&Give numbers now"))),
      m_empty(new EmptyState(QStringLiteral("ticket"), tr("This clinic has no service points yet"),
                             tr("A service point is what people wait for: triage, consultation, cashier. The host has them: once one comes from there, the queue opens by itself."))),
      m_new(new NewTicketPane(context, m_model)), m_newButton(new Button(tr("New ticket"), QStringLiteral("plus"), ButtonKind::Secondary, this))
{
    build();
    connectActs();
    // The keys of the queue work wherever the focus is in the window, also in the toolbar; Esc only where it leads back.
    for (QAction *action : actions())
        action->setShortcutContext(Qt::WindowShortcut);
    QAction *leave = addShortcut("back", this);
    leave->setEnabled(false);
    connect(leave, &QAction::triggered, this, &QueuePage::back);
    connect(m_stack, &QStackedWidget::currentChanged, leave, [leave](int shown) { leave->setEnabled(shown == 1); });
    connect(&m_model, &QueueModel::lanesChanged, this, &QueuePage::buildLanes);
    connect(&m_model, &QueueModel::changed, this, &QueuePage::show);
    if (m_model.loaded())
        buildLanes();
    show();
}

void QueuePage::build()
{
    auto *lanes = new QWidget;
    m_row = new QHBoxLayout(lanes);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(size::kPanelGap);
    m_board->addWidget(lanes);
    m_board->addWidget(m_empty);
    auto *board = new QWidget;
    auto *column = new QVBoxLayout(board);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::kPanelGap);
    column->addWidget(m_strip);
    column->addWidget(m_failure);
    column->addWidget(m_board, 1);
    m_stack->addWidget(board);
    m_stack->addWidget(m_new);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(size::kPageMargin, 0, size::kPageMargin, size::kPageMargin);
    layout->addWidget(m_numbers);
    layout->addWidget(m_stack);
    m_failure->hide();
    m_numbers->setMessage(tr("No other PC has spoken since this one was started again, and one may hold newer tickets."),
                          tr("Numbers are given as soon as one is connected. If none will come today, give them now."));
    m_numbers->addAct(m_giveNumbers);
    m_numbers->hide();
    QTimer::singleShot(kNumbersMs, this, &QueuePage::askForNumbers);
    bindShortcut("new", m_newButton, this);
    for (int n = 1; n <= 9; ++n) {
        auto *action = new QAction(this);
        action->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + n)));
        action->setProperty(kShortcutId, QStringLiteral("queue.lane%1").arg(n));
        action->setEnabled(false);                           // until there is such a lane
        m_laneKeys.push_back(action);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, [this, n] {
            if (n > static_cast<int>(m_lanes.size()))
                return;
            LaneWidget *lane = m_lanes[static_cast<std::size_t>(n - 1)];
            if (lane->folded())
                unfold(lane);
            lane->cards()->setFocus(Qt::ShortcutFocusReason);
        });
        addAction(action);
    }
}

void QueuePage::connectActs()
{
    const auto withCurrent = [this](Button *button, void (DeskActs::*act)(const TicketItem &)) {
        connect(button, &Button::clicked, this, [this, act] {
            if (const auto &current = m_model.view().desk.current)
                (m_acts.*act)(TicketItem(*current));
        });
    };
    connect(m_strip->next, &Button::clicked, &m_acts, &DeskActs::callNext);
    withCurrent(m_strip->serve, &DeskActs::serve);
    withCurrent(m_strip->finish, &DeskActs::finish);
    withCurrent(m_strip->noShow, &DeskActs::noShow);
    withCurrent(m_strip->recall, &DeskActs::recall);
    connect(m_strip->transfer, &Button::clicked, this, &QueuePage::chooseTransfer);
    connect(m_strip->chooseDesk, &Button::clicked, this, [this] { Q_EMIT openRequested(QStringLiteral("settings"), QStringLiteral("desk")); });
    connect(m_strip->record, &Button::clicked, this, [this] {
        if (const auto &current = m_model.view().desk.current)
            Q_EMIT openRequested(QStringLiteral("patients"), schema::toUuid(current->row[ticket::kPatient]).toString());
    });
    connect(m_strip->why, &Button::clicked, this, [this] {
        if (m_model.view().desk.reason && m_toasts)
            m_toasts->show({.text = reasonWords(*m_model.view().desk.reason), .icon = QStringLiteral("info"), .hue = Hue::Info});
    });
    connect(m_newButton, &Button::clicked, this, [this] { newTicket(); });
    connect(m_giveNumbers, &Button::clicked, &m_acts, &DeskActs::giveNumbersNow);
    connect(&m_acts, &DeskActs::unconfirmed, this, &QueuePage::askForNumbers);
    connect(&m_context.replica, &node::Replica::statusChanged, this, [this] { m_numbers->setVisible(m_askForNumbers && m_context.replica.status().numbersWait); });
    connect(&m_acts, &DeskActs::busyChanged, this, [this] {
        m_strip->setBusy(m_acts.busy());
        m_new->setBusy(m_acts.busy());
        show();
    });
    connect(&m_acts, &DeskActs::news, this, &QueuePage::toast);
    connect(&m_acts, &DeskActs::failed, this, [this](const QString &words) {
        m_words = words;
        m_new->setFailure(words);
        show();
    });
    connect(&m_acts, &DeskActs::taken, this, &QueuePage::leaveNew);
    connect(m_new, &NewTicketPane::left, this, &QueuePage::leaveNew);
    connect(m_new, &NewTicketPane::given, this, [this](const NewTicket &ticket, const QString &name) { m_acts.take(ticket, name); });
    connect(m_new, &NewTicketPane::registerWanted, this,
            [this](const QString &typed) { Q_EMIT openRequested(QStringLiteral("patients"), QStringLiteral("register:") + typed); });
}

QString QueuePage::title() const { return m_stack->currentIndex() == 1 ? tr("New ticket") : tr("Queue"); }

QString QueuePage::subtitle() const
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(m_context.clock.utcMs()).date(), QStringLiteral("dddd d MMMM"));
}

QList<QWidget *> QueuePage::acts() { return m_stack->currentIndex() == 1 ? QList<QWidget *>{} : QList<QWidget *>{m_newButton}; }

int QueuePage::footer() const { return m_stack->currentIndex() == 1 ? kFooter : 0; }

QWidget *QueuePage::firstFocus()
{
    if (m_stack->currentIndex() == 1)
        return m_new->firstFocus();
    return m_lanes.empty() ? static_cast<QWidget *>(m_newButton) : m_lanes.front()->cards();
}

bool QueuePage::back()
{
    if (m_stack->currentIndex() != 1)
        return false;
    leaveNew();
    return true;
}

void QueuePage::newTicket(const Uuid &patient)
{
    m_new->start(patient);
    m_stack->setCurrentIndex(1);
    Q_EMIT headChanged();
    m_new->firstFocus()->setFocus(Qt::OtherFocusReason);
}

void QueuePage::leaveNew()
{
    if (m_stack->currentIndex() == 0)
        return;
    m_stack->setCurrentIndex(0);
    Q_EMIT headChanged();
    firstFocus()->setFocus(Qt::OtherFocusReason);
}

void QueuePage::buildLanes()
{
    const QWidget *focus = window()->focusWidget();                  // also while another window is in front
    const bool first = m_lanes.empty() && (!focus || focus == m_newButton) && isVisible();
    const bool focused = focus && std::any_of(m_lanes.begin(), m_lanes.end(), [focus](LaneWidget *lane) { return lane->isAncestorOf(focus); });
    for (LaneWidget *lane : m_lanes)
        delete lane;
    m_lanes.clear();
    const auto &views = m_model.view().lanes;
    for (std::size_t i = 0; i < views.size(); ++i) {
        auto *lane = new LaneWidget(*m_model.lane(views[i].point), static_cast<int>(i) + 1);
        connect(lane, &LaneWidget::stirred, &m_model, &QueueModel::stir);
        connect(lane, &LaneWidget::menuWanted, this, &QueuePage::showMenu);
        connect(lane, &LaneWidget::unfoldWanted, this, [this, lane] { unfold(lane); });
        m_row->addWidget(lane, 1);
        m_lanes.push_back(lane);
    }
    for (std::size_t n = 0; n < m_laneKeys.size(); ++n) {
        const bool there = n < m_lanes.size();
        m_laneKeys[n]->setEnabled(there);
        m_laneKeys[n]->setText(there ? tr("Go to %1").arg(views[n].name) : QString());
        m_laneKeys[n]->setProperty(kShortcutOver, QVariant::fromValue<QObject *>(there ? m_lanes[n] : nullptr));
    }
    m_row->setSpacing(views.size() > kMostOpen ? kFoldedGap : size::kPanelGap);
    if (views.size() > kMostOpen) {
        const auto pinned = std::find_if(views.begin() + 1, views.end(), [&](const LaneView &view) { return view.point == m_pinned; });
        const std::size_t second = pinned == views.end() ? 1 : static_cast<std::size_t>(pinned - views.begin());
        for (std::size_t i = 1; i < m_lanes.size(); ++i)
            m_lanes[i]->setFolded(i != second);
    }
    narrow();
    if ((focused || first) && !m_lanes.empty())
        m_lanes.front()->cards()->setFocus(Qt::OtherFocusReason);
}

void QueuePage::narrow()
{
    for (LaneWidget *lane : m_lanes)
        lane->setNarrow(width() < kNarrow);
}

void QueuePage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    narrow();
}

void QueuePage::unfold(LaneWidget *lane)
{
    m_pinned = lane->point();
    for (std::size_t i = 1; i < m_lanes.size(); ++i)
        m_lanes[i]->setFolded(m_lanes[i] != lane);
}

void QueuePage::show()
{
    const BoardView &view = m_model.view();
    const bool noPoints = m_model.loaded() && view.lanes.empty();
    m_board->setCurrentIndex(noPoints ? 1 : 0);
    m_strip->setVisible(!noPoints);                      // there is no desk to choose yet
    for (std::size_t i = 0; i < m_lanes.size() && i < view.lanes.size(); ++i)
        m_lanes[i]->setView(view.lanes[i]);
    m_strip->setView(view.desk);
    const QString words = m_words.isEmpty() ? m_model.failure() : m_words;
    m_failure->setMessage(words);
    m_failure->setVisible(!words.isEmpty());
    Q_EMIT waitingChanged(view.waitingForDesk);
}

void QueuePage::showMenu(const TicketItem &item, const QPoint &at)
{
    using domain::TicketAct;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](TicketAct act, const QString &words, void (DeskActs::*what)(const TicketItem &)) {
        if (domain::after(item.state, act))
            connect(menu->addAction(words), &QAction::triggered, &m_acts, [this, item, what] { (m_acts.*what)(item); });
    };
    const auto &here = m_model.view().desk.current;
    if (m_model.view().desk.chosen)
        add(TicketAct::Call, here ? tr("Finish %1 and call %2").arg(here->label, item.label) : tr("Call %1 now").arg(item.label), &DeskActs::call);
    add(TicketAct::Recall, tr("Call %1 again").arg(item.label), &DeskActs::recall);
    add(TicketAct::Start, tr("Start serving"), &DeskActs::serve);
    add(TicketAct::Finish, tr("Finish"), &DeskActs::finish);
    add(TicketAct::NoShow, tr("Did not come"), &DeskActs::noShow);
    if (domain::after(item.state, TicketAct::Transfer)) {
        QMenu *to = menu->addMenu(tr("Transfer to"));
        for (const LaneView &lane : m_model.view().lanes)
            if (lane.point != schema::toUuid(item.row[ticket::kServicePoint]))
                connect(to->addAction(lane.name), &QAction::triggered, &m_acts, [this, item, point = lane.point] { m_acts.transfer(item, point); });
    }
    const Uuid person = schema::toUuid(item.row[ticket::kPatient]);
    if (!person.isNull())
        connect(menu->addAction(tr("Open the record")), &QAction::triggered, this,
                [this, person] { Q_EMIT openRequested(QStringLiteral("patients"), person.toString()); });
    menu->popup(at);
}

void QueuePage::chooseTransfer()
{
    const auto current = m_model.view().desk.current;
    if (!current)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const LaneView &lane : m_model.view().lanes)
        if (lane.point != schema::toUuid(current->row[ticket::kServicePoint]))
            connect(menu->addAction(lane.name), &QAction::triggered, &m_acts, [this, item = *current, point = lane.point] { m_acts.transfer(item, point); });
    menu->popup(m_strip->transfer->mapToGlobal(QPoint(0, m_strip->transfer->height())));
}

// H13: a host that was started again.
void QueuePage::askForNumbers()
{
    m_askForNumbers = true;
    m_numbers->setVisible(m_context.replica.status().numbersWait);
}

void QueuePage::toast(const QString &words, bool undoable)
{
    if (m_toasts && !words.isEmpty() && !undoable)
        m_toasts->show({.text = words, .icon = QStringLiteral("info"), .hue = Hue::Info});
}

} // namespace anteroom::ui

#include "ui/queue/lane_widget.h"

#include "ui/common/chip.h"
#include "ui/common/label.h"
#include "ui/common/rows.h"
#include "ui/common/ticket_card.h"
#include "ui/theme/icons.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QScrollBar>
#include <QStackedWidget>

namespace anteroom::ui {
namespace {

constexpr int kOpenWidth = 216, kFoldedNext = 3;

QHBoxLayout *pair(QWidget *leading, QWidget *trailing)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(leading, 1);
    row->addWidget(trailing);
    return row;
}

} // namespace

LaneFooter::LaneFooter(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LaneFooter::setOpened(bool opened)
{
    m_opened = opened;
    update();
}

QSize LaneFooter::sizeHint() const { return {120, Theme::of(this).px(size::kControl)}; }

void LaneFooter::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const int icon = theme.px(size::kIconText);
    const QColor ink = theme.color(underMouse() ? Tone::Text : Tone::Text2);
    paintText(&painter, mirrored(layoutDirection(), rect(), rect().adjusted(2, 0, -icon - 8, 0)), text(), theme.font(Type::Secondary), ink);
    paintIcon(&painter, mirrored(layoutDirection(), rect(), QRect(width() - icon - 2, (height() - icon) / 2, icon, icon)),
              m_opened ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"), ink);
}

void LaneFooter::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

LaneWidget::LaneWidget(LaneModel &tickets, int number, QWidget *parent)
    : Panel(Kind::Sunken, parent), m_tickets(tickets), m_finished(new LaneModel(this)), m_stack(new QStackedWidget(this))
{
    m_stack->addWidget(buildOpen());
    m_stack->addWidget(buildFolded(number));
    column()->addWidget(m_stack);
    setMinimumWidth(kOpenWidth);
}

QWidget *LaneWidget::buildOpen()
{
    auto *open = new QWidget;
    m_name = new ElidedLabel({}, Type::Section);
    m_own = new Chip({.text = tr("Your desk"), .own = true});
    m_count = new Label({}, Type::Page);
    m_count->setWeight(QFont::Bold);
    m_rooms = new ElidedLabel({}, Type::Secondary, Tone::Text2);
    m_wait = new Label({}, Type::Secondary, Tone::Text2);
    auto *title = new QHBoxLayout;
    title->setSpacing(8);
    title->addWidget(m_name);
    title->addWidget(m_own);
    title->addStretch(1);
    title->addWidget(m_count);

    m_cards = new QListView;
    setUpList(m_cards);
    m_cards->setItemDelegate(new TicketDelegate(m_cards));
    m_cards->setModel(&m_tickets);
    m_cards->setMouseTracking(true);
    m_cards->viewport()->installEventFilter(this);
    m_cards->installEventFilter(this);
    m_cards->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_cards, &QListView::customContextMenuRequested, this, &LaneWidget::askMenu);
    connect(m_cards, &QListView::activated, this, [this](const QModelIndex &at) { askMenu(m_cards->visualRect(at).center()); });

    m_emptyWhat = new Label({}, Type::Name, Tone::Text2);
    m_emptyWhat->setWeight(QFont::DemiBold);
    m_emptyWhat->setAlignment(Qt::AlignHCenter);
    m_emptyWhat->setWordWrap(true);                          // four lanes at 130 % are narrower than the words
    m_emptyWhy = new Label({}, Type::Body, Tone::Text2);
    m_emptyWhy->setAlignment(Qt::AlignHCenter);
    m_emptyWhy->setWordWrap(true);
    auto *empty = new QWidget;
    auto *words = new QVBoxLayout(empty);
    words->setContentsMargins(16, 40, 16, 0);
    words->setSpacing(6);
    words->addWidget(m_emptyWhat);
    words->addWidget(m_emptyWhy);
    words->addStretch();
    m_body = new QStackedWidget;
    m_body->addWidget(m_cards);
    m_body->addWidget(empty);

    m_footer = new LaneFooter;
    connect(m_footer, &LaneFooter::clicked, this, [this] { showFinished(!m_showsFinished); });

    auto *layout = new QVBoxLayout(open);
    layout->setContentsMargins(10, 8, 10, 4);
    layout->setSpacing(0);
    layout->addLayout(title);
    layout->addLayout(pair(m_rooms, m_wait));
    layout->addSpacing(8);
    layout->addWidget(m_body, 1);
    layout->addWidget(new Rule);
    layout->addWidget(m_footer);
    return open;
}

QWidget *LaneWidget::buildFolded(int number)
{
    auto *folded = new QWidget;
    m_foldName = new ElidedLabel({}, Type::Body);
    m_foldName->setWeight(QFont::DemiBold);
    m_foldCount = new Label({}, Type::Banner);
    m_foldWaiting = new Label({}, Type::Secondary, Tone::Text2);
    m_foldNow = new Label({}, Type::Name);
    m_foldNow->setHue(Hue::Ok);
    m_foldLongest = new Label({}, Type::Name);
    m_foldNext = new Label({}, Type::Name);
    m_foldNext->setWeight(QFont::DemiBold);
    auto *layout = new QVBoxLayout(folded);
    layout->setContentsMargins(10, 10, 6, 10);
    layout->setSpacing(4);
    layout->addWidget(m_foldName);
    layout->addSpacing(16);
    layout->addWidget(m_foldCount);
    layout->addWidget(m_foldWaiting);
    const auto part = [&](const QString &caption, Label *value) {
        layout->addSpacing(6);
        layout->addWidget(new Rule);
        layout->addSpacing(4);
        layout->addWidget(new Label(caption, Type::Secondary, Tone::Text2));
        layout->addWidget(value);
    };
    part(tr("now"), m_foldNow);
    part(tr("longest"), m_foldLongest);
    part(tr("next"), m_foldNext);
    layout->addStretch();
    if (number > 0)
        layout->addWidget(new Label(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + number)).toString(QKeySequence::NativeText), Type::Caption, Tone::Text3));
    return folded;
}

void LaneWidget::setView(const LaneView &lane)
{
    m_point = lane.point;
    setKind(lane.own ? Kind::Own : Kind::Sunken);
    setAccessibleName(tr("%1, %2 waiting").arg(lane.name).arg(lane.waiting));
    m_cards->setAccessibleName(accessibleName());
    m_name->setText(lane.name);
    m_own->setVisible(lane.own);
    m_count->setText(QString::number(lane.waiting));
    m_count->setTone(lane.waiting == 0 ? Tone::Text3 : Tone::Text);
    m_rooms->setText(lane.rooms);
    m_wait->setText(lane.wait);
    m_finishedCount = static_cast<int>(lane.finished.size());
    m_finished->update(lane.finished, false);
    m_emptyWhat->setText(m_showsFinished ? tr("Nobody is finished yet") : tr("Nobody is waiting"));
    m_emptyWhy->setText(m_showsFinished ? QString() : tr("Tickets appear here when someone is registered, queued or sent on."));
    const auto *shown = m_showsFinished ? m_finished : &m_tickets;
    m_body->setCurrentIndex(shown->rowCount() == 0 ? 1 : 0);
    m_footer->setText(m_showsFinished ? tr("Back to who waits") : tr("Finished today: %1").arg(m_finishedCount));
    m_footer->setOpened(m_showsFinished);

    m_foldName->setText(lane.name);
    m_foldCount->setText(QString::number(lane.waiting));
    m_foldCount->setTone(lane.waiting == 0 ? Tone::Text3 : Tone::Text);
    m_foldWaiting->setText(tr("waiting"));
    QStringList now, next;
    for (const TicketItem &item : lane.tickets) {
        const bool waits = item.state == domain::TicketState::Waiting;
        if (!waits)
            now.append(item.label);
        else if (next.size() < kFoldedNext)
            next.append(item.label);
    }
    m_foldNow->setText(now.isEmpty() ? QStringLiteral("–") : now.first());
    m_foldLongest->setText(lane.longest.isEmpty() ? QStringLiteral("–") : lane.longest);
    m_foldLongest->setHue(lane.longestPast ? std::optional(Hue::Urgent) : std::nullopt);
    m_foldNext->setText(next.isEmpty() ? QStringLiteral("–") : next.join(QLatin1Char('\n')));
}

void LaneWidget::setNarrow(bool narrow)
{
    m_foldedWidth = narrow ? kFoldedNarrow : kFoldedWidth;
    setFolded(m_folded);
}

void LaneWidget::setFolded(bool folded)
{
    m_folded = folded;
    m_stack->setCurrentIndex(folded ? 1 : 0);
    setMinimumWidth(folded ? m_foldedWidth : kOpenWidth);
    setMaximumWidth(folded ? m_foldedWidth : QWIDGETSIZE_MAX);
    setCursor(folded ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

std::optional<TicketItem> LaneWidget::currentTicket() const
{
    const QModelIndex at = m_cards->currentIndex();
    const LaneModel &shown = m_showsFinished ? *m_finished : m_tickets;
    return at.isValid() && at.row() < shown.rowCount() ? std::optional(shown.at(at.row())) : std::nullopt;
}

void LaneWidget::showFinished(bool finished)
{
    m_showsFinished = finished;
    m_cards->setModel(finished ? m_finished : &m_tickets);
    m_body->setCurrentIndex(m_cards->model()->rowCount() == 0 ? 1 : 0);
    m_emptyWhat->setText(finished ? tr("Nobody is finished yet") : tr("Nobody is waiting"));
    m_footer->setText(finished ? tr("Back to who waits") : tr("Finished today: %1").arg(m_finishedCount));
    m_footer->setOpened(finished);
}

void LaneWidget::askMenu(const QPoint &viewPos)
{
    const QModelIndex at = m_cards->indexAt(viewPos);
    if (!at.isValid())
        return;
    const LaneModel &shown = m_showsFinished ? *m_finished : m_tickets;
    Q_EMIT menuWanted(shown.at(at.row()), m_cards->viewport()->mapToGlobal(viewPos));
}

bool LaneWidget::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::Enter:
    case QEvent::KeyPress:
        Q_EMIT stirred();
        break;
    default: break;
    }
    return Panel::eventFilter(watched, event);
}

void LaneWidget::mousePressEvent(QMouseEvent *event)
{
    if (m_folded)
        Q_EMIT unfoldWanted();
    Panel::mousePressEvent(event);
}

} // namespace anteroom::ui

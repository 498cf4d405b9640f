#include "ui/shell/status_strip.h"

#include "ui/common/button.h"
#include "ui/common/label.h"
#include "ui/common/paint.h"
#include "ui/shell/shortcuts.h"
#include "ui/theme/icons.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QEvent>
#include <QPainter>
#include <QProgressBar>
#include <QTimer>

namespace anteroom::ui {

namespace {

constexpr int kResultMs = 6000;

Hue hueOf(StatusView::State state)
{
    switch (state) {
    case StatusView::State::Synced: return Hue::Ok;
    case StatusView::State::Syncing: return Hue::Info;
    case StatusView::State::Pending: return Hue::Priority;
    case StatusView::State::Offline: return Hue::Mute;
    case StatusView::State::Attention: break;
    }
    return Hue::Danger;
}

QString iconOf(StatusView::State state)
{
    switch (state) {
    case StatusView::State::Synced: return QStringLiteral("tick-circle");
    case StatusView::State::Syncing: return QStringLiteral("sync");
    case StatusView::State::Pending: return QStringLiteral("upload");
    case StatusView::State::Offline: return QStringLiteral("cut-line");
    case StatusView::State::Attention: break;
    }
    return QStringLiteral("octagon");
}

} // namespace

// The state itself. A button only while something needs attention; otherwise it takes neither focus nor press.
class StatusStrip::Pill : public QAbstractButton {
public:
    explicit Pill(QWidget *parent) : QAbstractButton(parent)
    {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        setFocusPolicy(Qt::NoFocus);
    }

    void setState(StatusView::State state, const QString &words)
    {
        m_state = state;
        setText(words);
        setAccessibleName(words);
        setEnabled(true);
        const bool presses = state == StatusView::State::Attention;
        setFocusPolicy(presses ? Qt::StrongFocus : Qt::NoFocus);
        setAttribute(Qt::WA_TransparentForMouseEvents, !presses);
        setCursor(presses ? Qt::PointingHandCursor : Qt::ArrowCursor);
        updateGeometry();
        update();
    }

    QSize sizeHint() const override
    {
        const Theme &theme = Theme::of(this);
        const int words = textWidth(text(), theme.font(Type::Secondary, QFont::DemiBold));
        return {theme.px(8) * 2 + theme.px(14) + theme.px(6) + words + 1, theme.px(24)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(this);
        QPainter painter(this);
        const Hue hue = hueOf(m_state);
        QColor ink = theme.fg(hue);
        QColor iconInk = ink;
        if (m_state == StatusView::State::Offline) {
            paintBox(&painter, rect(), theme.px(size::kRadiusChip), theme.solid(hue));
            ink = iconInk = theme.onSolid(hue);
        } else if (m_state == StatusView::State::Pending || m_state == StatusView::State::Attention) {
            paintBox(&painter, rect(), theme.px(size::kRadiusChip), theme.soft(hue));
        } else if (m_state == StatusView::State::Synced) {
            ink = theme.color(Tone::Text);
            iconInk = theme.solid(hue);
        }
        const int side = theme.px(14);
        const QRect icon(theme.px(8), (height() - side) / 2, side, side);
        paintIcon(&painter, mirrored(layoutDirection(), rect(), icon), iconOf(m_state), iconInk);
        const QRect words(theme.px(8) + side + theme.px(6), 0, width() - theme.px(22), height());
        paintText(&painter, mirrored(layoutDirection(), rect(), words), text(), theme.font(Type::Secondary, QFont::DemiBold), ink);
    }

private:
    StatusView::State m_state = StatusView::State::Synced;
};

StatusStrip::StatusStrip(QWidget *parent)
    : QWidget(parent), m_pill(new Pill(this)), m_bar(new QProgressBar), m_detail(new ElidedLabel({}, Type::Secondary, Tone::Text2)),
      m_act(new Button({}, ButtonKind::Link)), m_sync(new Button(tr("Sync now"), ButtonKind::Link)),
      m_demo(new Label({}, Type::Caption, Tone::Text)), m_hostIcon(new QLabel), m_host(new Label({}, Type::Secondary, Tone::Text2)),
      m_peopleIcon(new QLabel), m_people(new Label({}, Type::Secondary, Tone::Text2)), m_clock(new Label({}, Type::Secondary, Tone::Text2)),
      m_resultTimer(new QTimer(this))
{
    setAccessibleName(tr("Synchronising"));
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 1000);
    m_detail->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_sync->setKeycap(shortcutKeys("sync.now"));
    m_sync->setToolTip(tr("Exchange changes with the host now"));
    m_demo->hide();
    m_act->hide();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 1, 16, 0);
    row->setSpacing(8);
    row->addWidget(m_pill);
    row->addWidget(m_bar);
    row->addWidget(m_detail);
    row->addWidget(m_act);
    row->addWidget(m_sync);
    row->addStretch(1);
    row->addWidget(m_demo);
    row->addSpacing(8);
    row->addWidget(m_hostIcon);
    row->addWidget(m_host);
    row->addSpacing(12);
    row->addWidget(m_peopleIcon);
    row->addWidget(m_people);
    row->addSpacing(12);
    row->addWidget(m_clock);
    m_resultTimer->setSingleShot(true);
    connect(m_resultTimer, &QTimer::timeout, this, [this] {
        m_result.clear();
        showView();
    });
    connect(m_sync, &QPushButton::clicked, this, &StatusStrip::syncNowRequested);
    connect(m_act, &QPushButton::clicked, this, [this] { Q_EMIT actRequested(m_view.state); });
    connect(m_pill, &QAbstractButton::clicked, this, [this] { Q_EMIT actRequested(m_view.state); });
    updateMetrics();
    showView();
}

void StatusStrip::setView(const StatusView &view)
{
    if (m_view == view)
        return;
    m_view = view;
    showView();
}

void StatusStrip::setClock(const QString &time)
{
    m_clock->setText(time);
}

void StatusStrip::setDemo(const QString &words)
{
    m_demo->setText(words);
    m_demo->setVisible(!words.isEmpty());
}

void StatusStrip::setSyncBusy(bool busy)
{
    if (busy)
        m_sync->setBusy(tr("Syncing"));
    else
        m_sync->setReady();
}

void StatusStrip::setSyncResult(const QString &words)
{
    m_result = words;
    m_resultTimer->start(kResultMs);
    showView();
}

void StatusStrip::showView()
{
    QString words;
    switch (m_view.state) {
    case StatusView::State::Synced: words = tr("Synced"); break;
    case StatusView::State::Syncing: words = tr("Syncing"); break;
    case StatusView::State::Pending: words = tr("Pending %1").arg(m_view.count); break;
    case StatusView::State::Offline: words = m_view.since.isEmpty() ? tr("Offline") : tr("Offline since %1").arg(m_view.since); break;
    case StatusView::State::Attention: words = tr("Needs attention %1").arg(m_view.count); break;
    }
    m_pill->setState(m_view.state, words);
    const bool counted = m_view.state == StatusView::State::Syncing && m_view.total > 0;
    m_bar->setVisible(counted);
    if (counted)
        m_bar->setValue(static_cast<int>(qBound(qint64(0), m_view.done, m_view.total) * 1000 / m_view.total));
    const QString detail = m_result.isEmpty() ? m_view.detail : m_result;
    m_detail->setText(detail);
    m_detail->setAccessibleName(words + QStringLiteral(". ") + detail);
    m_act->setText(m_view.act);
    m_act->setVisible(!m_view.act.isEmpty());
    m_host->setText(m_view.host);
    m_hostIcon->setVisible(!m_view.host.isEmpty());
    m_people->setText(m_view.people);
    m_peopleIcon->setVisible(!m_view.people.isEmpty());
    m_hostIcon->setToolTip(m_view.host);
    m_peopleIcon->setToolTip(m_view.people);
    fit();
}

void StatusStrip::fit()
{
    m_people->setVisible(!m_view.people.isEmpty());
    m_host->setVisible(!m_view.host.isEmpty());
    m_sync->setKeycap(shortcutKeys("sync.now"));
    // Up to 160 px of the detail matter more than the keycap; the rest of it elides.
    const Theme &theme = Theme::of(this);
    const int wanted = qMin(m_detail->sizeHint().width(), theme.px(160)) - m_detail->minimumSizeHint().width();
    const auto tooWide = [this, wanted] {
        layout()->invalidate();
        return layout()->minimumSize().width() + wanted > width();
    };
    if (tooWide())
        m_sync->setKeycap({});
    if (tooWide())
        m_people->hide();
    if (tooWide())
        m_host->hide();
    layout()->activate();
}

void StatusStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void StatusStrip::updateMetrics()
{
    const Theme &theme = Theme::of(this);
    setFixedHeight(theme.px(size::kStatusBar));
    m_bar->setFixedSize(theme.px(120), theme.px(6));
    QPalette bar = m_bar->palette();
    bar.setColor(QPalette::Highlight, theme.solid(Hue::Info));
    m_bar->setPalette(bar);
    const int side = theme.px(size::kIconText);
    m_hostIcon->setPixmap(iconPixmap(QStringLiteral("monitor"), side, theme.color(Tone::Text2), devicePixelRatioF()));
    m_peopleIcon->setPixmap(iconPixmap(QStringLiteral("people"), side, theme.color(Tone::Text2), devicePixelRatioF()));
    auto *demo = static_cast<Label *>(m_demo);
    demo->setWeight(QFont::DemiBold);
    demo->setHue(Hue::Priority);
    demo->setContentsMargins(theme.px(7), 0, theme.px(7), 0);
}

void StatusStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        updateMetrics();
}

void StatusStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Tone::Sunken));
    painter.fillRect(QRect(0, 0, width(), 1), theme.color(Tone::Line));
    if (!m_demo->isHidden())
        paintBox(&painter, m_demo->geometry().adjusted(0, theme.px(3), 0, -theme.px(3)), theme.px(size::kRadiusChip), theme.soft(Hue::Priority));
}

} // namespace anteroom::ui

#include "ui/common/sheet.h"

#include "ui/common/panel.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

namespace anteroom::ui {

namespace {

constexpr int kTop = 72, kMargin = 32;          // below the toolbar, so that the page's title stays readable

} // namespace

Sheet::Sheet(QWidget *window, int width) : QWidget(window), m_panel(new Panel(Panel::Kind::Surface, this)), m_column(m_panel->column()), m_width(width)
{
    setFocusPolicy(Qt::NoFocus);
    window->installEventFilter(this);
    hide();
}

void Sheet::open()
{
    m_before = QApplication::focusWidget();
    place();
    show();
    raise();
    if (QWidget *first = firstFocus())
        first->setFocus(Qt::PopupFocusReason);
}

void Sheet::leave()
{
    if (isHidden())
        return;
    hide();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    Q_EMIT left();
    deleteLater();
}

int Sheet::wantedHeight() const { return m_panel->sizeHint().height(); }

void Sheet::place()
{
    const QWidget *window = parentWidget();
    const Theme &theme = Theme::of(this);
    setGeometry(window->rect());
    const int wide = qMin(theme.px(m_width), window->width() - 2 * theme.px(kMargin));
    const int high = qMin(wantedHeight(), window->height() - theme.px(kTop) - theme.px(kMargin));
    m_panel->setGeometry((window->width() - wide) / 2, theme.px(kTop), wide, high);
}

bool Sheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

// Tab stays inside: what is below the scrim is not there now.
bool Sheet::focusNextPrevChild(bool next)
{
    QWidget *at = focusWidget() ? focusWidget() : m_panel;
    for (QWidget *w = next ? at->nextInFocusChain() : at->previousInFocusChain(); w && w != at; w = next ? w->nextInFocusChain() : w->previousInFocusChain())
        if (m_panel->isAncestorOf(w) && w->isVisible() && w->isEnabled() && (w->focusPolicy() & Qt::TabFocus)) {
            w->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    return true;
}

void Sheet::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    event->accept();
}

void Sheet::mousePressEvent(QMouseEvent *) { leave(); }

void Sheet::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::of(this).color(Tone::Scrim));
}

} // namespace anteroom::ui

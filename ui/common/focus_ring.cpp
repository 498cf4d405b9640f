#include "ui/common/focus_ring.h"

#include "ui/common/paint.h"
#include "ui/common/segments.h"
#include "ui/theme/style.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QFocusEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>

namespace anteroom::ui {

FocusRing::FocusRing(QWidget *window) : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    hide();
    qApp->installEventFilter(this);     // the reason of a focus is only in its event
    connect(qApp, &QApplication::focusChanged, this, [this, window](QWidget *, QWidget *now) {
        follow(now && now->window() == window ? now : nullptr);
    });
}

bool FocusRing::wanted() const
{
    if (!m_target || !m_target->isVisible())
        return false;
    const bool marked = m_target->property(prop::kMark).toInt() != 0;
    const bool typed = qobject_cast<QLineEdit *>(m_target) || qobject_cast<QAbstractSpinBox *>(m_target) || qobject_cast<QPlainTextEdit *>(m_target);
    if (typed)
        return marked;                  // the field's own border is the mark; a wrong field's border is taken, so ring it
    const bool ringed = qobject_cast<QAbstractButton *>(m_target) || qobject_cast<Segments *>(m_target) || qobject_cast<QComboBox *>(m_target);
    return ringed && m_byKeyboard;
}

void FocusRing::follow(QWidget *widget)
{
    m_target = widget;
    place();
}

void FocusRing::place()
{
    if (!wanted()) {
        hide();
        return;
    }
    const int out = size::kFocusGap + size::kFocusWidth;
    QRect at(m_target->mapTo(parentWidget(), QPoint(0, 0)), m_target->size());
    setGeometry(at.adjusted(-out, -out, out, out));
    // What an ancestor clips (a scrolled page) must not be ringed over its neighbours.
    if (m_target->visibleRegion().isEmpty()) {
        hide();
        return;
    }
    raise();
    show();
    update();
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::FocusIn:
        if (watched->isWidgetType()) {
            const auto reason = static_cast<QFocusEvent *>(event)->reason();
            m_byKeyboard = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason
                || (reason == Qt::OtherFocusReason && m_byKeyboard);
        }
        break;
    case QEvent::KeyPress:
        if (watched == m_target && !m_byKeyboard) {
            m_byKeyboard = true;
            place();
        }
        break;
    case QEvent::MouseButtonPress:
        if (m_byKeyboard && watched->isWidgetType()) {
            m_byKeyboard = false;
            place();
        }
        break;
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Hide:
    case QEvent::Show:
    case QEvent::DynamicPropertyChange:
        // An ancestor that moves (a scrolled page) moves the ring too. Only children of this window matter.
        if (m_target && watched->isWidgetType() && watched != this) {
            auto *widget = static_cast<QWidget *>(watched);
            if (widget == m_target || widget->isAncestorOf(m_target))
                place();
        }
        break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    paintFocus(&painter, theme, rect(), theme.px(size::kRadius) + size::kFocusRadius);
}

} // namespace anteroom::ui

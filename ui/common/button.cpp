#include "ui/common/button.h"

#include "ui/common/paint.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>

namespace anteroom::ui {

Button::Button(const QString &text, ButtonKind kind, QWidget *parent) : QPushButton(text, parent)
{
    setAutoDefault(false);
    setProperty(prop::kKind, static_cast<int>(kind));
    setCursor(kind == ButtonKind::Link ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    updateMetrics();
}

Button::Button(const QString &text, const QString &iconName, ButtonKind kind, QWidget *parent) : Button(text, kind, parent)
{
    setIconName(iconName);
}

ButtonKind Button::kind() const
{
    return static_cast<ButtonKind>(property(prop::kKind).toInt());
}

void Button::setKind(ButtonKind kind)
{
    setProperty(prop::kKind, static_cast<int>(kind));
    updateMetrics();
}

void Button::setIconName(const QString &name)
{
    setProperty(prop::kIcon, name);
    updateMetrics();
}

void Button::setKeycap(const QKeySequence &keys)
{
    QString words = keys.toString(QKeySequence::NativeText);
    words.replace(QLatin1String("Return"), QLatin1String("Enter"));      // what stands on the key
    setProperty(prop::kKeycap, words);
    setAccessibleDescription(words);
    updateMetrics();
}

QSize Button::minimumSizeHint() const
{
    QSize size = sizeHint();
    const QString keys = property(prop::kKeycap).toString();
    const Theme &theme = Theme::of(this);
    if (kind() != ButtonKind::Primary && !keys.isEmpty() && theme.showsKeycaps())
        size.rwidth() -= keycapSize(theme, keys).width() + theme.px(8);
    return size;
}

void Button::setLarge(bool large)
{
    m_large = large;
    updateMetrics();
}

void Button::setBusy(const QString &words)
{
    if (!m_busy) {
        m_words = text();
        setFixedWidth(isVisible() ? width() : sizeHint().width());       // the width stays, whatever the words
    }
    m_busy = true;
    setText(words);
}

void Button::setReady()
{
    if (!m_busy)
        return;
    m_busy = false;
    setText(m_words);
    setMinimumWidth(0);
    setMaximumWidth(QWIDGETSIZE_MAX);
    updateMetrics();
}

void Button::setWhyDisabled(const QString &reason)
{
    if (isEnabled())
        m_toolTip = toolTip();
    setEnabled(reason.isEmpty());
    setToolTip(reason.isEmpty() ? m_toolTip : reason);
}

void Button::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateMetrics();
}

void Button::keyPressEvent(QKeyEvent *event)
{
    const bool presses = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (presses && (m_busy || event->isAutoRepeat())) {
        event->accept();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() == Qt::NoModifier) {
        click();
        return;
    }
    QPushButton::keyPressEvent(event);
}

void Button::mousePressEvent(QMouseEvent *event)
{
    if (m_busy) {
        event->accept();
        return;
    }
    QPushButton::mousePressEvent(event);
}

void Button::updateMetrics()
{
    const Theme &theme = Theme::of(this);
    setIcon(QIcon());                   // a push button keeps its size hint after a property change; this clears it
    setMinimumHeight(theme.px(m_large ? size::kLargeButton : kind() == ButtonKind::Link ? 24 : size::kControl));
    setMaximumHeight(minimumHeight());
    updateGeometry();
    update();
}

} // namespace anteroom::ui

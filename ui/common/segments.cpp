#include "ui/common/segments.h"

#include "ui/common/paint.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace anteroom::ui {

Segments::Segments(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

int Segments::add(const QString &text, const QVariant &value, const QString &key)
{
    m_items.append({text, value, key});
    updateGeometry();
    update();
    return count() - 1;
}

void Segments::setCurrent(int index)
{
    if (index == m_current || index < -1 || index >= count())
        return;
    m_current = index;
    update();
    Q_EMIT currentChanged(index);
}

QVariant Segments::value() const
{
    return m_current >= 0 && m_current < count() ? m_items.at(m_current).value : QVariant();
}

void Segments::setValue(const QVariant &value)
{
    for (int i = 0; i < count(); ++i) {
        if (m_items.at(i).value == value) {
            setCurrent(i);
            return;
        }
    }
    setCurrent(-1);
}

QSize Segments::sizeHint() const
{
    const Theme &theme = Theme::of(this);
    int width = 0;
    for (const Item &item : m_items)
        width += textWidth(item.text, theme.font(Type::Body, QFont::DemiBold)) + theme.px(14) * 2;
    return {width, theme.px(size::kControl)};
}

QSize Segments::minimumSizeHint() const
{
    const Theme &theme = Theme::of(this);
    return {static_cast<int>(m_items.size()) * theme.px(40), theme.px(size::kControl)};
}

QRect Segments::rectOf(int index) const
{
    const Theme &theme = Theme::of(this);
    const int wanted = qMax(1, sizeHint().width());
    int before = 0;
    int own = 0;
    for (int i = 0; i <= index; ++i) {
        before += own;
        own = textWidth(m_items.at(i).text, theme.font(Type::Body, QFont::DemiBold)) + theme.px(14) * 2;
    }
    const int left = before * width() / wanted;            // squeezed or stretched in proportion
    const int right = (before + own) * width() / wanted;
    return mirrored(layoutDirection(), rect(), QRect(left, 0, right - left, height()));
}

void Segments::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const qreal radius = theme.px(size::kRadius);
    const bool marked = property("mark").toInt() != 0;
    const QColor edge = marked ? theme.solid(Hue::Danger) : theme.color(isEnabled() ? Tone::LineStrong : Tone::Line);
    paintBox(&painter, rect(), radius, theme.color(isEnabled() ? Tone::Raised : Tone::Sunken), edge, marked ? 2 : 1);
    for (int i = 0; i < count(); ++i) {
        const QRect at = rectOf(i);
        const bool current = i == m_current;
        if (current && isEnabled())
            paintBox(&painter, at, radius, theme.color(Tone::AccentSoft), theme.color(Tone::Accent), 1.5);
        if (i > 0 && !current && i - 1 != m_current) {
            const int x = layoutDirection() == Qt::RightToLeft ? at.right() : at.left();
            painter.fillRect(QRect(x, theme.px(8), 1, height() - theme.px(16)), theme.color(Tone::Line));
        }
        const QColor ink = theme.color(!isEnabled() ? Tone::Text3 : current ? Tone::AccentText : Tone::Text);
        paintText(&painter, at.adjusted(2, 0, -2, 0), m_items.at(i).text, theme.font(Type::Body, current ? QFont::DemiBold : QFont::Normal),
                  ink, Qt::AlignCenter);
    }
}

void Segments::choose(int index)
{
    if (index < 0 || index >= count())
        return;
    const bool differs = index != m_current;
    setCurrent(index);
    if (differs)
        Q_EMIT chosen(index);
}

void Segments::mousePressEvent(QMouseEvent *event)
{
    for (int i = 0; i < count(); ++i) {
        if (rectOf(i).contains(event->pos())) {
            choose(i);
            return;
        }
    }
}

void Segments::keyPressEvent(QKeyEvent *event)
{
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Right: choose(qBound(0, m_current + forward, count() - 1)); return;
    case Qt::Key_Left: choose(qBound(0, m_current - forward, count() - 1)); return;
    case Qt::Key_Home: choose(0); return;
    case Qt::Key_End: choose(count() - 1); return;
    default: break;
    }
    if (event->modifiers() == Qt::NoModifier && !event->text().isEmpty()) {
        for (int i = 0; i < count(); ++i) {
            const Item &item = m_items.at(i);
            if (!item.key.isEmpty() && item.key.compare(event->text(), Qt::CaseInsensitive) == 0) {
                choose(i);
                return;
            }
        }
    }
    QWidget::keyPressEvent(event);
}

void Segments::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    updateGeometry();
    update();
}

} // namespace anteroom::ui

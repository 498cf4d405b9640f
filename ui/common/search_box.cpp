#include "ui/common/search_box.h"

#include "ui/common/paint.h"
#include "ui/theme/icons.h"

#include <QKeyEvent>
#include <QPainter>

namespace anteroom::ui {

SearchBox::SearchBox(const QString &placeholder, QWidget *parent) : LineEdit(Content::Words, parent)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    connect(this, &QLineEdit::textChanged, this, &SearchBox::updateMargins);
    updateMargins();
}

void SearchBox::setKeycap(const QKeySequence &keys)
{
    m_keys = keys.toString(QKeySequence::NativeText);
    updateMargins();
    update();
}

void SearchBox::updateMargins()
{
    const Theme &theme = Theme::of(this);
    const int lead = theme.px(8 + size::kIconText + 4);
    const int trail = text().isEmpty() && !m_keys.isEmpty() && theme.showsKeycaps() ? keycapSize(theme, m_keys).width() + theme.px(10) : theme.px(8);
    const bool mirror = layoutDirection() == Qt::RightToLeft;      // textMargins do not mirror
    setTextMargins(mirror ? trail : lead, 0, mirror ? lead : trail, 0);
}

void SearchBox::paintEvent(QPaintEvent *event)
{
    LineEdit::paintEvent(event);
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const int side = theme.px(size::kIconText);
    const QRect at(theme.px(10), (height() - side) / 2, side, side);
    paintIcon(&painter, mirrored(layoutDirection(), rect(), at), QStringLiteral("search"), theme.color(Tone::Text2));
    if (text().isEmpty() && !m_keys.isEmpty() && theme.showsKeycaps()) {
        const QSize cap = keycapSize(theme, m_keys);
        const QRect key(QPoint(width() - cap.width() - theme.px(7), (height() - cap.height()) / 2), cap);
        paintKeycap(&painter, mirrored(layoutDirection(), rect(), key), theme, m_keys, theme.color(Tone::Text2), theme.color(Tone::Line));
    }
}

void SearchBox::keyPressEvent(QKeyEvent *event)
{
    constexpr int kPage = 10;
    switch (event->key()) {
    case Qt::Key_Down: Q_EMIT moved(1); return;
    case Qt::Key_Up: Q_EMIT moved(-1); return;
    case Qt::Key_PageDown: Q_EMIT moved(kPage); return;
    case Qt::Key_PageUp: Q_EMIT moved(-kPage); return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers() == Qt::NoModifier) {
            Q_EMIT chosen();
            return;
        }
        break;
    case Qt::Key_Escape:
        if (!text().isEmpty()) {
            clear();
            Q_EMIT textEdited(QString());
            Q_EMIT cleared();
            return;
        }
        event->ignore();
        return;
    default: break;
    }
    LineEdit::keyPressEvent(event);
}

void SearchBox::changeEvent(QEvent *event)
{
    LineEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::StyleChange)
        updateMargins();
}

void SearchBox::resizeEvent(QResizeEvent *event)
{
    LineEdit::resizeEvent(event);
    updateMargins();
}

} // namespace anteroom::ui

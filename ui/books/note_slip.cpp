#include "ui/books/note_slip.h"

#include "ui/common/paint.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

namespace anteroom::ui {
namespace {

constexpr int kPad = 8;
constexpr int kHow = Qt::TextWordWrap | Qt::AlignTop;

} // namespace

NoteSlip::NoteSlip(QWidget *sheet) : QWidget(sheet) { setFocusPolicy(Qt::StrongFocus); }

QFont NoteSlip::words() const
{
    const Theme &theme = Theme::of(this);
    QFont font = theme.font(Type::Secondary);
    font.setPixelSize(std::max(theme.px(kTypePx[static_cast<std::size_t>(Type::Caption)]), qRound(font.pixelSize() * m_scale)));
    return font;
}

void NoteSlip::setNote(const NoteItem &note, double scale, int width)
{
    m_item = note;
    m_scale = scale;
    setAccessibleName(tr("Note: %1").arg(note.text));
    const QRect needs = QFontMetrics(words()).boundingRect(QRect(0, 0, width - 2 * kPad, 10'000), kHow, note.text);
    resize(width, needs.height() + 2 * kPad);
    update();
}

void NoteSlip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    paintBox(&painter, rect(), theme.px(size::kRadiusChip), theme.soft(Hue::Priority), theme.color(Tone::Line));
    if (hasFocus())
        paintFocus(&painter, theme, rect(), theme.px(size::kRadiusChip));
    painter.setFont(words());
    painter.setPen(theme.fg(Hue::Priority));
    const Qt::Alignment leading = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading) | Qt::AlignAbsolute;
    painter.drawText(rect().adjusted(kPad, kPad, -kPad, -kPad), kHow | static_cast<int>(leading.toInt()), m_item.text);
}

void NoteSlip::keyPressEvent(QKeyEvent *event)
{
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_F2))
        Q_EMIT editWanted();
    else if (plain && event->key() == Qt::Key_Delete)
        Q_EMIT removeWanted();
    else
        Q_EMIT stepped(event);
}

void NoteSlip::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton;
    m_grip = event->globalPosition().toPoint();
}

void NoteSlip::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint moved = event->globalPosition().toPoint() - m_grip;
    if (!m_pressed || !m_movable || (!m_dragging && moved.manhattanLength() < QApplication::startDragDistance()))
        return;
    m_dragging = true;
    Q_EMIT dragged(moved, false);
}

void NoteSlip::mouseReleaseEvent(QMouseEvent *event)
{
    m_pressed = false;
    if (std::exchange(m_dragging, false))
        Q_EMIT dragged(event->globalPosition().toPoint() - m_grip, true);
}

void NoteSlip::mouseDoubleClickEvent(QMouseEvent *) { Q_EMIT editWanted(); }

void NoteSlip::focusInEvent(QFocusEvent *event)
{
    update();
    QWidget::focusInEvent(event);
}

void NoteSlip::focusOutEvent(QFocusEvent *event)
{
    update();
    QWidget::focusOutEvent(event);
}

void NoteSlip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LayoutDirectionChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace anteroom::ui

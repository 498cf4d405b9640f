#include "ui/books/event_card.h"

#include "ui/books/book_page_model.h"
#include "ui/common/paint.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace anteroom::ui {
namespace {

QFont scaled(const Theme &theme, Type type, QFont::Weight weight, double scale)
{
    QFont font = theme.font(type, weight);
    font.setPixelSize(std::max(theme.px(kTypePx[static_cast<std::size_t>(Type::Caption)]), qRound(font.pixelSize() * scale)));
    return font;
}

} // namespace

EventCard::EventCard(QWidget *sheet) : QWidget(sheet)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
}

void EventCard::setEvent(const EventItem &event, double scale)
{
    m_item = event;
    m_scale = scale;
    QStringList parts{minuteText(event.start), event.title};
    if (event.struck)
        parts.append(tr("struck out: %1").arg(event.reason));
    else
        parts.append(tr("%n min", nullptr, event.minutes));
    if (!event.body.isEmpty())
        parts.append(event.body);
    setAccessibleName(parts.join(QStringLiteral(", ")));
    setToolTip(parts.join(QLatin1Char('\n')));
    update();
}

void EventCard::setFresh(bool fresh)
{
    if (m_fresh == fresh)
        return;
    m_fresh = fresh;
    update();
}

void EventCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    const double radius = theme.px(size::kRadius);
    const bool quiet = m_item.struck;
    const QColor fill = theme.color(m_fresh ? Tone::AccentSoft : quiet ? Tone::Canvas : Tone::Raised);
    paintBox(&painter, rect(), radius, fill, theme.color(quiet ? Tone::Line : Tone::LineStrong));
    if (hasFocus())
        paintFocus(&painter, theme, rect(), radius);
    const QFont plain = scaled(theme, Type::Secondary, QFont::Normal, m_scale);
    QFont bold = scaled(theme, Type::Body, QFont::DemiBold, m_scale);
    bold.setStrikeOut(quiet);
    const int line = QFontMetrics(bold).height(), pad = 8;
    const int times = textWidth(QStringLiteral("00:00"), plain) + 10, icon = quiet ? theme.px(size::kIconText) + 4 : 0;
    const int top = height() < line + 6 ? (height() - line) / 2 : std::max(2, std::min(6, (height() - line) / 2));
    const Qt::LayoutDirection direction = layoutDirection();
    const auto at = [&](int left, int y, int right) { return mirrored(direction, rect(), QRect(left, y, width() - left - right, line)); };
    paintText(&painter, at(pad, top, pad), minuteText(m_item.start), plain, theme.color(Tone::Text2));
    const int titleLeft = pad + times;
    const int titleRoom = width() - titleLeft - pad - icon;
    paintText(&painter, at(titleLeft, top, pad + icon), m_item.title, bold, theme.color(quiet ? Tone::Text2 : Tone::Text));
    if (quiet)
        painter.fillRect(mirrored(direction, rect(), QRect(width() - pad - icon + 6, top + line / 2 - 1, icon - 8, 2)), theme.color(Tone::Text2));
    const QString more = quiet ? m_item.reason : m_item.body.simplified();
    if (more.isEmpty())
        return;
    if (height() >= top + 2 * line) {
        paintText(&painter, at(titleLeft, top + line, pad), more, plain, theme.color(Tone::Text2));
        return;
    }
    const int used = textWidth(m_item.title, bold) + 12;     // behind the title, where there is room for words
    if (titleRoom - used > textWidth(QStringLiteral("mmmm"), plain))
        paintText(&painter, at(titleLeft + used, top, pad + icon), more, plain, theme.color(Tone::Text2));
}

void EventCard::keyPressEvent(QKeyEvent *event)
{
    if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_F2))
        Q_EMIT editWanted();
    else
        Q_EMIT stepped(event);
}

void EventCard::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = true;
    m_grip = qRound(event->globalPosition().y());
}

void EventCard::mouseMoveEvent(QMouseEvent *event)
{
    const int pixels = qRound(event->globalPosition().y()) - m_grip;
    if (!m_pressed || !m_movable || m_item.struck || (!m_dragging && std::abs(pixels) < QApplication::startDragDistance()))
        return;
    m_dragging = true;
    setCursor(Qt::ClosedHandCursor);
    Q_EMIT dragged(pixels, false);
}

void EventCard::mouseReleaseEvent(QMouseEvent *event)
{
    m_pressed = false;
    if (!std::exchange(m_dragging, false))
        return;
    unsetCursor();
    Q_EMIT dragged(qRound(event->globalPosition().y()) - m_grip, true);
}

void EventCard::mouseDoubleClickEvent(QMouseEvent *) { Q_EMIT editWanted(); }

void EventCard::focusInEvent(QFocusEvent *event)
{
    update();
    QWidget::focusInEvent(event);
}

void EventCard::focusOutEvent(QFocusEvent *event)
{
    update();
    QWidget::focusOutEvent(event);
}

void EventCard::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LayoutDirectionChange)
        update();
    QWidget::changeEvent(event);
}

} // namespace anteroom::ui

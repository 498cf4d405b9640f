#include "ui/conflicts/side_card.h"

#include "ui/common/paint.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr int kPad = 12, kMark = 18, kGap = 12, kLeast = 50, kCap = 22, kLeastWords = 60;
constexpr int kWrap = Qt::TextWordWrap | Qt::TextWrapAnywhere;

} // namespace

SideCard::SideCard(bool leading, QWidget *parent) : QAbstractButton(parent), m_leading(leading)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void SideCard::setValue(const QString &value, const QString &note, const QString &spoken)
{
    m_value = value;
    m_note = note;
    setAccessibleName(spoken);
    updateGeometry();
    update();
}

QRect SideCard::words(const QRect &box) const
{
    const Theme &theme = Theme::of(this);
    const int cap = theme.showsKeycaps() ? theme.px(kCap) + theme.px(8) : 0;
    return box.adjusted(theme.px(kPad + kMark + kGap), theme.px(6), -theme.px(kPad) - cap, -theme.px(6));
}

int SideCard::wordsHeight(int width, bool note) const
{
    const Theme &theme = Theme::of(this);
    const QFont font = note ? theme.font(Type::Secondary) : theme.font(Type::Body, QFont::DemiBold);      // chosen is the wider
    const QString &text = note ? m_note : m_value;
    return text.isEmpty() ? 0 : QFontMetrics(font).boundingRect(QRect(0, 0, std::max(1, width), 10'000), kWrap, text).height();
}

int SideCard::heightForWidth(int width) const
{
    const Theme &theme = Theme::of(this);
    const int inner = words(QRect(0, 0, width, 100)).width();
    return std::max(theme.px(kLeast), wordsHeight(inner, false) + wordsHeight(inner, true) + 2 * theme.px(8));
}

QSize SideCard::sizeHint() const
{
    const int width = Theme::of(this).px(230);
    return {width, heightForWidth(width)};
}

QSize SideCard::minimumSizeHint() const
{
    const Theme &theme = Theme::of(this);
    return {theme.px(kPad * 2 + kMark + kGap + kLeastWords), theme.px(kLeast)};
}

void SideCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool on = isChecked(), live = isEnabled();
    paintBox(&painter, rect(), theme.px(size::kRadius), on ? theme.color(Tone::AccentSoft) : theme.color(underMouse() && live ? Tone::Hover : live ? Tone::Surface : Tone::Canvas),
             on ? theme.color(Tone::Accent) : theme.color(live ? Tone::LineStrong : Tone::Line), on ? 1.5 : 1);
    const QRect all = rect();
    const QRectF mark = mirrored(layoutDirection(), all, QRect(theme.px(kPad), (height() - theme.px(kMark)) / 2, theme.px(kMark), theme.px(kMark)));
    painter.setPen(QPen(theme.color(on ? Tone::Accent : Tone::LineStrong), 1.4));
    painter.setBrush(on ? theme.color(Tone::Accent) : QColor(Qt::transparent));
    painter.drawEllipse(mark.adjusted(1, 1, -1, -1));
    if (on) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Tone::OnAccent));
        painter.drawEllipse(mark.center(), theme.px(3), theme.px(3));
    }
    const QRect box = mirrored(layoutDirection(), all, words(all));
    const int first = wordsHeight(box.width(), false), second = wordsHeight(box.width(), true);
    const QRect value(box.left(), (height() - first - second) / 2, box.width(), first);
    const int leading = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading).toInt() | Qt::AlignAbsolute | Qt::AlignTop | kWrap;
    painter.setFont(theme.font(Type::Body, on ? QFont::DemiBold : QFont::Normal));
    painter.setPen(theme.color(Tone::Text));
    painter.drawText(value, leading, isolated(m_value));
    painter.setFont(theme.font(Type::Secondary));
    painter.setPen(theme.color(Tone::Text2));
    painter.drawText(QRect(value.left(), value.bottom() + 1, value.width(), second), leading, m_note);
    if (theme.showsKeycaps() && live) {
        const QString arrow = m_leading == (layoutDirection() == Qt::LeftToRight) ? QString(QChar(0x2190)) : QString(QChar(0x2192));
        const QSize cap = keycapSize(theme, arrow);
        const QRect at(width() - theme.px(kPad) - cap.width(), (height() - cap.height()) / 2, cap.width(), cap.height());
        paintKeycap(&painter, mirrored(layoutDirection(), all, at), theme, arrow, theme.color(Tone::Text2), theme.color(Tone::Line));
    }
}

void SideCard::keyPressEvent(QKeyEvent *event)
{
    const int forward = layoutDirection() == Qt::LeftToRight ? 1 : -1;
    if (event->modifiers() != Qt::NoModifier && event->modifiers() != Qt::KeypadModifier)
        return QAbstractButton::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Up: Q_EMIT moved(-1, 0); return;
    case Qt::Key_Down: Q_EMIT moved(1, 0); return;
    case Qt::Key_Left: Q_EMIT moved(0, -forward); return;
    case Qt::Key_Right: Q_EMIT moved(0, forward); return;
    case Qt::Key_J:
    case Qt::Key_K:
    case Qt::Key_M:
    case Qt::Key_T:
    case Qt::Key_Return:
    case Qt::Key_Enter: Q_EMIT letter(event->key()); return;
    default: QAbstractButton::keyPressEvent(event);
    }
}

} // namespace anteroom::ui

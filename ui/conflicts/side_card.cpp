#include "ui/conflicts/side_card.h"

#include "ui/common/paint.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>
#include <QtMath>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr int kPad = 12, kMark = 18, kGap = 12, kLeast = 50, kCap = 22, kLeastWords = 60;
constexpr int kRoomForKeys = 190;                    // a narrower card keeps its words together

// Lines between words; a word that is longer than a line breaks anywhere, because nothing of a value may be missing.
int layOut(QTextLayout &layout, Qt::LayoutDirection direction, int width)
{
    QTextOption how(QStyle::visualAlignment(direction, Qt::AlignLeading));
    how.setTextDirection(direction);
    how.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(how);
    qreal height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1, width));
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return qCeil(height);
}

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

bool SideCard::showsKey(int width) const
{
    const Theme &theme = Theme::of(this);
    return theme.showsKeycaps() && width >= theme.px(kRoomForKeys);
}

QRect SideCard::words(const QRect &box) const
{
    const Theme &theme = Theme::of(this);
    const int cap = showsKey(box.width()) ? theme.px(kCap) + theme.px(8) : 0;
    return box.adjusted(theme.px(kPad + kMark + kGap), theme.px(6), -theme.px(kPad) - cap, -theme.px(6));
}

int SideCard::wordsHeight(int width, bool note) const
{
    const Theme &theme = Theme::of(this);
    const QFont font = note ? theme.font(Type::Secondary) : theme.font(Type::Body, QFont::DemiBold);      // chosen is the wider
    const QString &text = note ? m_note : m_value;
    QTextLayout layout(text, font);
    return text.isEmpty() ? 0 : layOut(layout, layoutDirection(), width);
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
    const int top = (height() - first - second) / 2;
    const auto draw = [&](const QString &text, const QFont &font, Tone tone, int y) {
        QTextLayout layout(text, font);
        layOut(layout, layoutDirection(), box.width());
        painter.setPen(theme.color(tone));
        layout.draw(&painter, QPointF(box.left(), y));
    };
    draw(isolated(m_value), theme.font(Type::Body, on ? QFont::DemiBold : QFont::Normal), Tone::Text, top);
    if (!m_note.isEmpty())
        draw(m_note, theme.font(Type::Secondary), Tone::Text2, top + first);
    if (showsKey(width()) && live) {
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

#include "ui/first_start/first_start_page.h"

#include "ui/common/paint.h"
#include "ui/theme/icons.h"

#include <QKeyEvent>
#include <QPainter>

namespace anteroom::ui {
namespace {

constexpr int kHeight = 112, kIcon = 36, kIconAt = 28, kTextAt = 84, kChevron = 18;

} // namespace

ChoiceCard::ChoiceCard(const QString &icon, const QString &what, const QString &why, const QString &more, QWidget *parent)
    : QAbstractButton(parent), m_icon(icon), m_why(why), m_more(more)
{
    setText(what);
    setAccessibleDescription(why);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize ChoiceCard::sizeHint() const { return {600, Theme::of(this).px(kHeight)}; }

void ChoiceCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool front = hasFocus();
    const QRectF box = QRectF(rect()).adjusted(4, 4, -4, -4);
    paintBox(&painter, box, size::kRadiusPanel, theme.color(underMouse() || isDown() ? Tone::Hover : Tone::Surface), theme.color(front ? Tone::Accent : Tone::Line), front ? 2 : 1);
    if (front)
        paintFocus(&painter, theme, rect(), size::kRadiusPanel + size::kFocusRadius);
    const auto at = [&](int x, int y, int w, int h) { return mirrored(layoutDirection(), rect(), QRect(x, y, w, h)); };
    const QColor mark = theme.color(front ? Tone::AccentText : Tone::Text2);
    paintIcon(&painter, at(theme.px(kIconAt), (height() - theme.px(kIcon)) / 2, theme.px(kIcon), theme.px(kIcon)), m_icon, mark);
    const int room = width() - theme.px(kTextAt) - theme.px(60);
    const int x = theme.px(kTextAt);
    paintText(&painter, at(x, theme.px(20), room, theme.px(24)), text(), theme.font(Type::Section, QFont::DemiBold), theme.color(Tone::Text));
    paintText(&painter, at(x, theme.px(45), room, theme.px(20)), m_why, theme.font(Type::Body), theme.color(Tone::Text2));
    paintIcon(&painter, at(x, theme.px(76), theme.px(14), theme.px(14)), QStringLiteral("info"), theme.color(Tone::Text3));
    paintText(&painter, at(x + theme.px(22), theme.px(73), room, theme.px(20)), m_more, theme.font(Type::Secondary), theme.color(Tone::Text3));
    const int chevron = theme.px(kChevron);
    paintIcon(&painter, at(width() - theme.px(44), (height() - chevron) / 2, chevron, chevron), QStringLiteral("chevron-right"), mark,
              layoutDirection() == Qt::RightToLeft);
}

void ChoiceCard::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: click(); return;
    case Qt::Key_Down: focusNextChild(); return;
    case Qt::Key_Up: focusPreviousChild(); return;
    default: QAbstractButton::keyPressEvent(event);
    }
}

} // namespace anteroom::ui

#include "ui/common/toast.h"

#include "ui/common/paint.h"
#include "ui/theme/icons.h"
#include "ui/theme/motion.h"

#include <QEvent>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QTimer>

namespace anteroom::ui {

namespace {

constexpr int kStayMs = 6000;
constexpr int kUndoMs = 20000;

// The act on the inverted ground: words and keycap, in the colours of the other scheme.
class ToastAct : public QPushButton {
public:
    ToastAct(const QString &words, const QString &keys, QWidget *parent) : QPushButton(words, parent), m_keys(keys)
    {
        setAutoDefault(false);
        setAccessibleDescription(keys);
    }

    QSize sizeHint() const override
    {
        const Theme &theme = Theme::of(this);
        const int key = m_keys.isEmpty() ? 0 : keycapSize(theme, m_keys).width() + theme.px(10);
        return {textWidth(text(), theme.font(Type::Body, QFont::DemiBold)) + key + theme.px(16), theme.px(30)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(this);
        QPainter painter(this);
        const QColor ink = QColor::fromRgba(toneRgb(Tone::AccentText, !theme.isDark()));
        const QRect inner = rect().adjusted(theme.px(8), 0, -theme.px(8), 0);
        if (underMouse())
            paintBox(&painter, rect(), theme.px(size::kRadiusChip), QColor::fromRgba(toneRgb(Tone::Hover, !theme.isDark())));
        paintText(&painter, inner, text(), theme.font(Type::Body, QFont::DemiBold), ink);
        if (!m_keys.isEmpty()) {
            const QSize cap = keycapSize(theme, m_keys);
            const QRect at(QPoint(inner.right() + 1 - cap.width(), (height() - cap.height()) / 2), cap);
            paintKeycap(&painter, mirrored(layoutDirection(), inner, at), theme, m_keys, theme.color(Tone::Surface), theme.color(Tone::LineStrong));
        }
        if (hasFocus())
            paintBox(&painter, rect(), theme.px(size::kRadiusChip), {}, ink, size::kFocusWidth);
    }

private:
    QString m_keys;
};

} // namespace

Toast::Toast(const Content &content, std::function<void()> act, QWidget *parent)
    : QFrame(parent), m_content(content), m_act(std::move(act)), m_timer(new QTimer(this)), m_remaining(content.undo ? kUndoMs : kStayMs)
{
    setAccessibleName(content.text);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &Toast::leave);
    if (!content.act.isEmpty()) {
        auto *button = new ToastAct(content.act, content.key.toString(QKeySequence::NativeText), this);
        connect(button, &QPushButton::clicked, this, &Toast::actNow);
        button->installEventFilter(this);
        m_button = button;
        if (!content.key.isEmpty() && !content.keyElsewhere) {
            auto *shortcut = new QShortcut(content.key, this);
            connect(shortcut, &QShortcut::activated, this, &Toast::actNow);
        }
    }
    const Theme &theme = Theme::of(this);
    const int words = textWidth(content.text, theme.font(Type::Body));
    const int act2 = m_button ? m_button->sizeHint().width() + theme.px(16) : 0;
    const int room = parent ? parent->width() - theme.px(size::kPageMargin) * 2 : theme.px(520);
    resize(qMin(qBound(theme.px(300), theme.px(48) + words + act2 + theme.px(12), theme.px(640)), room), theme.px(40));
    if (m_button) {
        const QSize hint = m_button->sizeHint();
        const QRect at(QPoint(width() - hint.width() - theme.px(8), (height() - hint.height()) / 2), hint);
        m_button->setGeometry(mirrored(layoutDirection(), rect(), at));
    }
}

void Toast::setRemaining(int milliseconds)
{
    m_remaining = milliseconds;
    if (m_timer->isActive())
        m_timer->start(m_remaining);
}

void Toast::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    paintBox(&painter, rect(), theme.px(size::kRadius), theme.color(Tone::Text));
    const int side = theme.px(size::kIconText);
    const QString icon = m_content.icon.isEmpty() ? QStringLiteral("tick-circle") : m_content.icon;
    const QColor hue = QColor::fromRgba(hueTones(m_content.hue, !theme.isDark()).fg);
    paintIcon(&painter, mirrored(layoutDirection(), rect(), QRect(theme.px(14), (height() - side) / 2, side, side)), icon, hue);
    QRect words = rect().adjusted(theme.px(40), 0, -theme.px(12), 0);
    if (m_button)
        words.setRight(width() - m_button->width() - theme.px(16));
    paintText(&painter, mirrored(layoutDirection(), rect(), words), m_content.text, theme.font(Type::Body), theme.color(Tone::Surface));
}

void Toast::enterEvent(QEnterEvent *event)
{
    QFrame::enterEvent(event);
    pause();
}

void Toast::leaveEvent(QEvent *event)
{
    QFrame::leaveEvent(event);
    resume();
}

void Toast::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    m_timer->start(m_remaining);
    fadeIn(this);
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_button && event->type() == QEvent::FocusIn)
        pause();
    else if (watched == m_button && event->type() == QEvent::FocusOut)
        resume();
    return QFrame::eventFilter(watched, event);
}

void Toast::pause()
{
    if (!m_timer->isActive())
        return;
    m_remaining = m_timer->remainingTime();
    m_timer->stop();
}

void Toast::resume()
{
    const bool held = underMouse() || (m_button && m_button->hasFocus());
    if (!held && !m_timer->isActive() && isVisible())
        m_timer->start(qMax(m_remaining, 1000));
}

void Toast::actNow()
{
    if (isHidden())
        return;
    const auto act = m_act;
    leave();
    if (act)
        act();
}

void Toast::leave()
{
    m_timer->stop();
    hide();
    Q_EMIT left();
    deleteLater();
}

ToastHost::ToastHost(QWidget *window, int bottomMargin) : QObject(window), m_window(window), m_bottom(bottomMargin)
{
    window->installEventFilter(this);
}

void ToastHost::setLeading(int pixels)
{
    m_leading = pixels;
    place();
}

void ToastHost::setBottom(int pixels)
{
    m_bottom = pixels;
    place();
}

Toast *ToastHost::show(const Toast::Content &content, std::function<void()> act)
{
    while (m_toasts.size() >= kMost) {
        Toast *oldest = m_toasts.takeFirst();
        oldest->hide();
        oldest->deleteLater();
    }
    auto *toast = new Toast(content, std::move(act), m_window);
    connect(toast, &Toast::left, this, [this, toast] {
        m_toasts.removeOne(toast);
        place();
    });
    m_toasts.append(toast);
    place();
    toast->show();
    toast->raise();
    return toast;
}

bool ToastHost::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window && event->type() == QEvent::Resize)
        place();
    return QObject::eventFilter(watched, event);
}

void ToastHost::place()
{
    const Theme &theme = Theme::of(m_window);
    int bottom = m_window->height() - theme.px(m_bottom) - theme.px(8);
    for (auto it = m_toasts.crbegin(); it != m_toasts.crend(); ++it) {
        Toast *toast = *it;
        const QRect at(QPoint(m_leading + theme.px(size::kPageMargin), bottom - toast->height()), toast->size());
        toast->setGeometry(mirrored(m_window->layoutDirection(), m_window->rect(), at));
        bottom -= toast->height() + theme.px(6);
    }
}

} // namespace anteroom::ui

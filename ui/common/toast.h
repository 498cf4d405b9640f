// Short good news with one act, over the status bar at the leading edge: 6 s, 20 s with an undo, longer while hovered or
// focused, two at most (the oldest leaves). Never for failures: toasts leave.
#pragma once

#include "ui/theme/theme.h"

#include <QFrame>
#include <QKeySequence>

#include <functional>

class QTimer;

namespace anteroom::ui {

class Toast : public QFrame {
    Q_OBJECT
public:
    struct Content {
        QString text;
        QString icon;                       // empty: tick
        Hue hue = Hue::Ok;
        QString act;                        // "Undo"; empty: none
        QKeySequence key;                   // works while the toast is there
        bool keyElsewhere = false;          // the key is the window's own: the toast only names it
        bool undo = false;                  // 20 s instead of 6
    };
    Toast(const Content &content, std::function<void()> act, QWidget *parent);

    void dismiss() { leave(); }             // what it says or offers is no longer so
    void setRemaining(int milliseconds);    // before it is shown; tests shorten it

Q_SIGNALS:
    void left();

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void pause();
    void resume();
    void leave();
    void actNow();

    Content m_content;
    std::function<void()> m_act;
    QWidget *m_button = nullptr;
    QTimer *m_timer;
    int m_remaining;
};

// Stacks the toasts of one window above `bottomMargin` pixels (the status bar). Child of the window.
class ToastHost : public QObject {
    Q_OBJECT
public:
    static constexpr int kMost = 2;

    ToastHost(QWidget *window, int bottomMargin);
    void setLeading(int pixels);            // what stands at the leading edge and must stay free: the rail
    void setBottom(int pixels);             // the status bar, and the page's own buttons
    Toast *show(const Toast::Content &content, std::function<void()> act = {});
    const QList<Toast *> &toasts() const { return m_toasts; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QWidget *m_window;
    int m_bottom;
    int m_leading = 0;
    QList<Toast *> m_toasts;
};

} // namespace anteroom::ui

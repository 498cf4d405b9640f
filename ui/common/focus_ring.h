// The focus ring of one window: a transparent child drawn around the focused control, 2 px wide with a 2 px gap. It
// shows after Tab, arrows and shortcuts; after a mouse press only where one types. Views draw their own in the delegate.
#pragma once

#include <QPointer>
#include <QWidget>

namespace anteroom::ui {

class FocusRing : public QWidget {
    Q_OBJECT
public:
    explicit FocusRing(QWidget *window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void follow(QWidget *widget);
    void place();
    bool wanted() const;

    QPointer<QWidget> m_target;
    bool m_byKeyboard = false;
};

} // namespace anteroom::ui

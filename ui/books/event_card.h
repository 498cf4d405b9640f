// One appointment on the sheet: time, title, what is written below. A struck-out one stays where it was, crossed out with
// its reason. It is a real widget, so that keyboard and screen reader find it; it asks, and changes nothing itself.
#pragma once

#include "ui/books/book_columns.h"

#include <QWidget>

namespace anteroom::ui {

class EventCard final : public QWidget {
    Q_OBJECT
public:
    explicit EventCard(QWidget *sheet);

    void setEvent(const EventItem &event, double scale);
    [[nodiscard]] const EventItem &item() const { return m_item; }
    void setFresh(bool fresh);                           // just changed by another PC
    void setMovable(bool movable) { m_movable = movable; }

Q_SIGNALS:
    void editWanted();
    void dragged(int pixels, bool done);                 // down from where it stands; done: let go
    void stepped(QKeyEvent *event);                      // a key that is the sheet's

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    EventItem m_item;
    double m_scale = 1;
    int m_grip = 0;
    bool m_fresh = false, m_movable = true, m_pressed = false, m_dragging = false;
};

} // namespace anteroom::ui

// A note on the sheet: a slip with a few lines, as high as its words. A real widget that one can reach, move and read; it
// asks, and changes nothing itself.
#pragma once

#include "ui/books/book_columns.h"

#include <QWidget>

namespace anteroom::ui {

class NoteSlip final : public QWidget {
    Q_OBJECT
public:
    explicit NoteSlip(QWidget *sheet);

    void setNote(const NoteItem &note, double scale, int width);       // takes the height that the words need
    [[nodiscard]] const NoteItem &item() const { return m_item; }
    void setMovable(bool movable) { m_movable = movable; }

Q_SIGNALS:
    void editWanted();
    void removeWanted();
    void dragged(const QPoint &pixels, bool done);
    void stepped(QKeyEvent *event);

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
    [[nodiscard]] QFont words() const;

    NoteItem m_item;
    double m_scale = 1;
    QPoint m_grip;
    bool m_movable = true, m_pressed = false, m_dragging = false;
};

} // namespace anteroom::ui

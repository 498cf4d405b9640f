// A sheet over its window: scrim behind, one panel with what a subclass puts in, Esc or a press beside it closes. It gives
// the focus back to where it was. Nothing below is reached while it is open; there is no loop of its own.
#pragma once

#include <QPointer>
#include <QWidget>

class QVBoxLayout;

namespace anteroom::ui {

class Panel;

class Sheet : public QWidget {
    Q_OBJECT
public:
    Sheet(QWidget *window, int width);          // logical pixels; narrower where the window is

    void open();
    void leave();                               // closes and is deleted later
    [[nodiscard]] Panel *panel() const { return m_panel; }

Q_SIGNALS:
    void left();

protected:
    [[nodiscard]] QVBoxLayout *column() const { return m_column; }
    virtual QWidget *firstFocus() { return nullptr; }
    [[nodiscard]] virtual int wantedHeight() const;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();

    Panel *m_panel;
    QVBoxLayout *m_column;
    QPointer<QWidget> m_before;
    int m_width;
};

} // namespace anteroom::ui

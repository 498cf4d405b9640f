// The tools of the pen: tool, colour, width, a step back and forth. It shows what the canvas has and tells it what was
// chosen; keys of the canvas change the same.
#pragma once

#include "ui/books/ink_canvas.h"

#include <QAbstractButton>

namespace anteroom::ui {

class Button;
class Label;
class Segments;

// One colour of ink, as a round spot; its name is in the tool-tip and for the screen reader.
class InkSwatch final : public QAbstractButton {
    Q_OBJECT
public:
    InkSwatch(const QString &colour, const QString &name, QWidget *parent);
    [[nodiscard]] const QString &colour() const { return m_colour; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_colour;
};

class InkBar final : public QWidget {
    Q_OBJECT
public:
    InkBar(InkCanvas &canvas, PageInk &ink, QWidget *parent = nullptr);

    [[nodiscard]] Segments *tools() const { return m_tools; }
    [[nodiscard]] Segments *widths() const { return m_widths; }
    [[nodiscard]] const std::vector<InkSwatch *> &colours() const { return m_colours; }
    [[nodiscard]] Button *undo() const { return m_undo; }
    [[nodiscard]] Button *redo() const { return m_redo; }

private:
    void showState();

    InkCanvas &m_canvas;
    PageInk &m_ink;
    Segments *m_tools, *m_widths;
    std::vector<InkSwatch *> m_colours;
    Button *m_undo, *m_redo;
};

} // namespace anteroom::ui

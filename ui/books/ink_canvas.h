// The transparent sheet over the day that takes the pen: tablet (with pressure; its other end rubs out) or mouse. Ink
// shows while the pen moves and becomes an act of PageInk when it is lifted. While it is off, it lets every event through
// and only shows the ink. It holds no stroke of its own longer than the pen is down.
#pragma once

#include "ui/books/ink_paint.h"

#include <QWidget>

namespace anteroom::ui {

class InkCanvas final : public QWidget {
    Q_OBJECT
public:
    static constexpr double kRubber = 6;                 // page units around the rubber's tip
    static constexpr int kMousePressure = 128;           // the width that was chosen, neither thinner nor thicker

    enum class Tool : std::uint8_t { Pen, Marker, Pencil, Rubber };

    InkCanvas(PageInk &ink, const Clock &clock, QWidget *parent = nullptr);

    void setGeometryOfPage(const PageGeometry &geometry);
    void setDrawing(bool on);
    [[nodiscard]] bool drawing() const { return m_drawing; }
    void setAllowed(bool draw, bool erase);
    void setTool(Tool tool);
    [[nodiscard]] Tool tool() const { return m_tool; }
    void setColour(const QString &colour) { m_colour = colour; }
    [[nodiscard]] QString colour() const { return m_colour; }
    void setWidthStep(int step) { m_widthStep = step; }
    [[nodiscard]] int widthStep() const { return m_widthStep; }
    [[nodiscard]] const InkTiles &tiles() const { return m_tiles; }

Q_SIGNALS:
    void toolChanged();                                  // also by a key
    void leaveWanted();                                  // Esc

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void tabletEvent(QTabletEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void begin(const QPointF &view, double pressure, bool rubber);
    void move(const QPointF &view, double pressure);
    void end();
    void rub();
    void showAgain(const QRectF &page);
    [[nodiscard]] bool takesKey(const QKeyEvent &event) const;
    void updateCursor();

    PageInk &m_ink;
    const Clock &m_clock;
    PageGeometry m_geometry;
    InkTiles m_tiles;
    Tool m_tool = Tool::Pen;
    QString m_colour = QLatin1String(kInkColours[0]);
    int m_widthStep = 1;
    bool m_drawing = false, m_mayDraw = true, m_mayErase = true;
    bool m_down = false, m_rubbing = false, m_smooth = false;
    InkStroke m_live;                                    // while the pen is down
    std::vector<Uuid> m_rubbed;
    std::int64_t m_since = 0;
};

} // namespace anteroom::ui

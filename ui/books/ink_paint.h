// How a stroke looks: colours by what they mean, widths by pressure, and a cache of painted tiles, so that a page with
// thousands of strokes paints as fast as an empty one. It draws; it changes no stroke.
#pragma once

#include "ui/books/page_geometry.h"
#include "ui/books/page_ink.h"

#include <QCache>
#include <QColor>
#include <QPixmap>

class QPainter;

namespace anteroom::ui {

class Theme;

inline constexpr const char *kInkColours[] = {"ink", "blue", "red", "green"};      // what rows hold; the first is the usual one
inline constexpr double kInkWidths[] = {1.6, 2.6, 4.2};                             // pen, page units
inline constexpr double kMarkerFactor = 5, kPencilFactor = 0.7;                     // of the pen's width

[[nodiscard]] QColor inkColour(const Theme &theme, const QString &colour);
[[nodiscard]] double inkWidth(InkTool tool, int step);

// In page units: the painter is translated and scaled already. An unsaved stroke has a dashed line beside it.
void paintStroke(QPainter &painter, const Theme &theme, const InkStroke &stroke);

class InkTiles {
public:
    static constexpr int kSide = 256;                    // px; a stroke that is added paints into few of them
    static constexpr int kMost = 160;                    // a screen of 2560×1600 twice over; 40 MB at ratio 1

    InkTiles() : m_tiles(kMost) {}

    void setGeometry(const PageGeometry &geometry, double ratio, bool dark);      // drops what was painted for another
    void clear() { m_tiles.clear(); }
    void drop(const QRectF &page);                                      // what lies there is painted anew
    void add(const Theme &theme, const InkStroke &stroke);              // onto the tiles there are
    // Paints `view` (px of the sheet).
    void paint(QPainter &painter, const QRect &view, const Theme &theme, const std::vector<InkStroke> &strokes);
    [[nodiscard]] int rendered() const { return m_rendered; }           // tiles painted from strokes since the start

private:
    [[nodiscard]] QPixmap *tile(int column, int row, const Theme &theme, const std::vector<InkStroke> &strokes);
    void prepare(QPainter &painter, int column, int row) const;

    PageGeometry m_geometry;
    double m_ratio = 1;
    bool m_dark = false;
    QCache<quint64, QPixmap> m_tiles;
    int m_rendered = 0;
};

} // namespace anteroom::ui

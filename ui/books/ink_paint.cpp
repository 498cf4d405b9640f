#include "ui/books/ink_paint.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace anteroom::ui {
namespace {

constexpr int kMarkerAlpha = 90, kPencilAlpha = 190;     // of 255
constexpr double kWidthSteps = 8;                         // widths a pen's pressure makes; neighbours of one width are one path

constexpr quint64 keyOf(int column, int row) { return (static_cast<quint64>(static_cast<quint32>(column)) << 32) | static_cast<quint32>(row); }

QPointF at(const domain::StrokePoint &p) { return {p.x, p.y}; }
QPointF between(const domain::StrokePoint &a, const domain::StrokePoint &b) { return (at(a) + at(b)) / 2; }

// Half the width without pressure, one and a half of it with all of the hand.
double widthAt(const InkStroke &stroke, std::size_t i)
{
    const double steps = std::round(stroke.points[i].pressure / 255.0 * kWidthSteps);
    return stroke.width * (0.5 + steps / kWidthSteps);
}

// A curve through the middles of the points, from point `first` to `last`: corners become what a hand draws.
QPainterPath curve(const domain::Stroke &points, std::size_t first, std::size_t last)
{
    QPainterPath path(first == 0 ? at(points[0]) : between(points[first - 1], points[first]));
    for (std::size_t i = first; i < last; ++i)
        path.quadTo(at(points[i]), between(points[i], points[i + 1]));
    if (last + 1 == points.size())
        path.lineTo(at(points[last]));
    else
        path.quadTo(at(points[last]), between(points[last], points[last + 1]));
    return path;
}

void paintDot(QPainter &painter, const InkStroke &stroke, const QColor &colour)
{
    const double radius = (stroke.tool == InkTool::Pen ? widthAt(stroke, 0) : stroke.width) / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(at(stroke.points[0]), radius, radius);
}

void paintPen(QPainter &painter, const InkStroke &stroke, const QColor &colour)
{
    painter.setBrush(Qt::NoBrush);
    for (std::size_t first = 0; first < stroke.points.size();) {
        std::size_t last = first;
        while (last + 1 < stroke.points.size() && widthAt(stroke, last + 1) == widthAt(stroke, first))
            ++last;
        painter.setPen(QPen(colour, widthAt(stroke, first), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(curve(stroke.points, first, last));
        first = last + 1;
    }
}

} // namespace

QColor inkColour(const Theme &theme, const QString &colour)
{
    if (colour == QLatin1String(kInkColours[1]))
        return theme.fg(Hue::Info);
    if (colour == QLatin1String(kInkColours[2]))
        return theme.fg(Hue::Danger);
    if (colour == QLatin1String(kInkColours[3]))
        return theme.fg(Hue::Ok);
    return theme.color(Tone::Text);
}

double inkWidth(InkTool tool, int step)
{
    const double pen = kInkWidths[std::clamp(step, 0, static_cast<int>(std::size(kInkWidths)) - 1)];
    return tool == InkTool::Marker ? pen * kMarkerFactor : tool == InkTool::Pencil ? pen * kPencilFactor : pen;
}

void paintStroke(QPainter &painter, const Theme &theme, const InkStroke &stroke)
{
    if (stroke.points.empty() || stroke.hidden)
        return;
    QColor colour = inkColour(theme, stroke.colour);
    if (stroke.tool != InkTool::Pen)
        colour.setAlpha(stroke.tool == InkTool::Marker ? kMarkerAlpha : kPencilAlpha);
    if (stroke.points.size() == 1) {
        paintDot(painter, stroke, colour);
    } else if (stroke.tool == InkTool::Pen) {
        paintPen(painter, stroke, colour);
    } else {                                              // one path: what crosses itself is not darker there
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, stroke.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(curve(stroke.points, 0, stroke.points.size() - 1));
    }
    if (stroke.unsaved) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.fg(Hue::Priority), 1, Qt::DashLine));
        painter.drawRoundedRect(stroke.bounds.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }
}

void InkTiles::setGeometry(const PageGeometry &geometry, double ratio, bool dark)
{
    if (m_geometry == geometry && m_ratio == ratio && m_dark == dark)
        return;
    m_dark = dark;
    m_geometry = geometry;
    m_ratio = ratio;
    clear();
}

void InkTiles::drop(const QRectF &page)
{
    const QRect view = m_geometry.toView(page).toAlignedRect().adjusted(-1, -1, 1, 1);
    for (int row = std::max(0, view.top() / kSide); row <= view.bottom() / kSide; ++row)
        for (int column = std::max(0, view.left() / kSide); column <= view.right() / kSide; ++column)
            m_tiles.remove(keyOf(column, row));
}

void InkTiles::prepare(QPainter &painter, int column, int row) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(-column * kSide, -row * kSide);
    painter.scale(m_geometry.scale, m_geometry.scale);
    painter.translate(0, -PageGeometry::unitOf(m_geometry.first));
}

void InkTiles::add(const Theme &theme, const InkStroke &stroke)
{
    if (stroke.tool == InkTool::Marker)                   // lies under the pens
        return drop(stroke.bounds);
    const QRect view = m_geometry.toView(stroke.bounds).toAlignedRect().adjusted(-1, -1, 1, 1);
    for (int row = std::max(0, view.top() / kSide); row <= view.bottom() / kSide; ++row)
        for (int column = std::max(0, view.left() / kSide); column <= view.right() / kSide; ++column)
            if (QPixmap *known = m_tiles.object(keyOf(column, row))) {
                QPainter painter(known);
                prepare(painter, column, row);
                paintStroke(painter, theme, stroke);
            }
}

QPixmap *InkTiles::tile(int column, int row, const Theme &theme, const std::vector<InkStroke> &strokes)
{
    const quint64 key = keyOf(column, row);
    if (QPixmap *known = m_tiles.object(key))
        return known;
    ++m_rendered;
    const int pixels = static_cast<int>(std::ceil(kSide * m_ratio));
    auto *fresh = new QPixmap(pixels, pixels);            // the cache owns it
    fresh->setDevicePixelRatio(m_ratio);
    fresh->fill(Qt::transparent);
    const QRectF area = m_geometry.toPage(QRectF(column * kSide, row * kSide, kSide, kSide));
    {
        QPainter painter(fresh);
        prepare(painter, column, row);
        for (const bool markers : {true, false})
            for (const InkStroke &stroke : strokes)
                if ((stroke.tool == InkTool::Marker) == markers && stroke.bounds.intersects(area))
                    paintStroke(painter, theme, stroke);
    }
    m_tiles.insert(key, fresh);
    return m_tiles.object(key);
}

void InkTiles::paint(QPainter &painter, const QRect &view, const Theme &theme, const std::vector<InkStroke> &strokes)
{
    for (int row = std::max(0, view.top() / kSide); row <= view.bottom() / kSide; ++row)
        for (int column = std::max(0, view.left() / kSide); column <= view.right() / kSide; ++column)
            if (const QPixmap *pixmap = tile(column, row, theme, strokes))
                painter.drawPixmap(column * kSide, row * kSide, *pixmap);
}

} // namespace anteroom::ui

#include "ui/books/ink_canvas.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPaintEvent>
#include <QPointingDevice>
#include <QTabletEvent>

#include <algorithm>

namespace anteroom::ui {
namespace {

constexpr double kLeastStep = 0.4;                       // page units; closer points say nothing
constexpr double kMouseFollow = 0.55;                    // share of the way to the pointer: a mouse shakes more than a pen

} // namespace

InkCanvas::InkCanvas(PageInk &ink, const Clock &clock, QWidget *parent) : QWidget(parent), m_ink(ink), m_clock(clock)
{
    setAttribute(Qt::WA_TranslucentBackground);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Handwriting"));
    setAccessibleDescription(tr("Draw with a pen or the mouse. P, M, B and R choose the tool, 1 to 4 the colour."));
    connect(&m_ink, &PageInk::added, this, [this](const Uuid &id) {
        if (const InkStroke *stroke = m_ink.find(id)) {
            m_tiles.add(Theme::of(this), *stroke);
            showAgain(stroke->bounds);
        }
    });
    connect(&m_ink, &PageInk::removed, this, [this](const QRectF &where) {
        m_tiles.drop(where);
        showAgain(where);
    });
    connect(&m_ink, &PageInk::reset, this, [this] {
        m_down = false;
        m_live = {};
        m_rubbed.clear();
        m_tiles.clear();
        update();
    });
}

void InkCanvas::setGeometryOfPage(const PageGeometry &geometry)
{
    m_geometry = geometry;
    m_tiles.setGeometry(geometry, devicePixelRatioF(), Theme::of(this).isDark());
    update();
}

void InkCanvas::setDrawing(bool on)
{
    m_drawing = on;
    setAttribute(Qt::WA_TransparentForMouseEvents, !on);
    setFocusPolicy(on ? Qt::StrongFocus : Qt::NoFocus);
    updateCursor();
}

void InkCanvas::setAllowed(bool draw, bool erase)
{
    m_mayDraw = draw;
    m_mayErase = erase;
}

void InkCanvas::setTool(Tool tool)
{
    if (m_tool == tool)
        return;
    m_tool = tool;
    updateCursor();
    Q_EMIT toolChanged();
}

void InkCanvas::updateCursor()
{
    if (m_drawing)
        setCursor(m_tool == Tool::Rubber ? Qt::PointingHandCursor : Qt::CrossCursor);
    else
        unsetCursor();
}

void InkCanvas::showAgain(const QRectF &page) { update(m_geometry.toView(page).toAlignedRect().adjusted(-2, -2, 2, 2)); }

void InkCanvas::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::of(this);
    m_tiles.setGeometry(m_geometry, devicePixelRatioF(), theme.isDark());
    QPainter painter(this);
    painter.setClipRegion(event->region());
    m_tiles.paint(painter, event->rect(), theme, m_ink.strokes());
    if (!m_down || m_live.points.empty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(m_geometry.scale, m_geometry.scale);
    painter.translate(0, -PageGeometry::unitOf(m_geometry.first));
    if (!m_rubbing)
        return paintStroke(painter, theme, m_live);
    const domain::StrokePoint &tip = m_live.points.back();
    painter.setPen(QPen(theme.color(Tone::LineStrong), 1));
    painter.drawEllipse(QPointF(tip.x, tip.y), kRubber, kRubber);
}

void InkCanvas::begin(const QPointF &view, double pressure, bool rubber)
{
    m_rubbing = rubber || m_tool == Tool::Rubber;
    if (m_rubbing ? !m_mayErase : !m_mayDraw)
        return;
    m_down = true;
    m_since = m_clock.monotonicMs();
    m_live = {};
    m_live.tool = m_tool == Tool::Marker ? InkTool::Marker : m_tool == Tool::Pencil ? InkTool::Pencil : InkTool::Pen;
    m_live.colour = m_colour;
    m_live.width = inkWidth(m_live.tool, m_widthStep);
    move(view, pressure);
}

void InkCanvas::move(const QPointF &view, double pressure)
{
    if (!m_down)
        return;
    QPointF page = m_geometry.toPage(QPointF(std::clamp(view.x(), 0.0, width() - 1.0), std::clamp(view.y(), 0.0, height() - 1.0)));
    if (!m_live.points.empty()) {
        const domain::StrokePoint &before = m_live.points.back();
        const QPointF last(before.x, before.y);
        if (m_smooth && !m_rubbing)
            page = last + (page - last) * kMouseFollow;
        if (std::hypot(page.x() - last.x(), page.y() - last.y()) < kLeastStep)
            return;
    }
    const auto pressed = static_cast<std::uint8_t>(std::clamp(std::lround(pressure * 255), 0L, 255L));
    m_live.points.push_back({page.x(), page.y(), pressed, 0});
    // What the new point can change: the curve runs through the middles of the last few.
    const std::size_t from = m_live.points.size() > 4 ? m_live.points.size() - 4 : 0;
    const auto b = domain::stroke::bounds({m_live.points.begin() + static_cast<std::ptrdiff_t>(from), m_live.points.end()});
    const double margin = m_rubbing ? kRubber + 2 : m_live.width * 1.5 + 2;
    showAgain(QRectF(QPointF(b.minX, b.minY), QPointF(b.maxX, b.maxY)).adjusted(-margin, -margin, margin, margin));
    if (m_rubbing)
        rub();
}

// Strokes under the rubber vanish at once; they are one act when it is lifted, so one step back.
void InkCanvas::rub()
{
    const std::size_t from = m_live.points.size() > 1 ? m_live.points.size() - 2 : 0;
    const domain::Stroke path(m_live.points.begin() + static_cast<std::ptrdiff_t>(from), m_live.points.end());
    for (const Uuid &id : m_ink.touched(path, kRubber))
        if (std::ranges::find(m_rubbed, id) == m_rubbed.end())
            m_rubbed.push_back(id);
    m_ink.hide(m_rubbed);
}

void InkCanvas::end()
{
    if (!std::exchange(m_down, false))
        return;
    const InkStroke done = std::exchange(m_live, {});
    if (m_rubbing) {
        update();
        m_ink.erase(std::exchange(m_rubbed, {}));
        return;
    }
    const auto b = domain::stroke::bounds(done.points);
    const double margin = done.width * 1.5 + 2;
    showAgain(QRectF(QPointF(b.minX, b.minY), QPointF(b.maxX, b.maxY)).adjusted(-margin, -margin, margin, margin));
    m_ink.draw(done.tool, done.colour, done.width, done.points);
}

void InkCanvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_down)
        return;
    m_smooth = true;
    begin(event->position(), kMousePressure / 255.0, false);
}

void InkCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if (m_smooth)
        move(event->position(), kMousePressure / 255.0);
}

void InkCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_smooth)
        return;
    m_smooth = false;                                    // the last point is where the button was let go
    move(event->position(), kMousePressure / 255.0);
    end();
}

void InkCanvas::tabletEvent(QTabletEvent *event)
{
    event->accept();                                     // or it comes again as a mouse
    const bool rubber = event->pointerType() == QPointingDevice::PointerType::Eraser;
    switch (event->type()) {
    case QEvent::TabletPress:
        if (m_down)
            break;
        setFocus(Qt::MouseFocusReason);
        m_smooth = false;
        begin(event->position(), event->pressure(), rubber);
        break;
    case QEvent::TabletMove: move(event->position(), event->pressure()); break;
    case QEvent::TabletRelease: end(); break;
    default: break;
    }
}

// While one draws, the window's step back is a stroke: the canvas takes the key as a text field takes it.
bool InkCanvas::takesKey(const QKeyEvent &event) const
{
    return m_drawing
           && ((event.matches(QKeySequence::Undo) && m_ink.canUndo()) || (event.matches(QKeySequence::Redo) && m_ink.canRedo())
               || (event.key() == Qt::Key_Y && event.modifiers() == Qt::ControlModifier && m_ink.canRedo()));
}

bool InkCanvas::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && takesKey(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void InkCanvas::keyPressEvent(QKeyEvent *event)
{
    if (takesKey(*event)) {
        event->matches(QKeySequence::Undo) ? m_ink.undo() : m_ink.redo();
        return;
    }
    if (event->modifiers() != Qt::NoModifier)
        return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_P: setTool(Tool::Pen); break;
    case Qt::Key_M: setTool(Tool::Marker); break;
    case Qt::Key_B: setTool(Tool::Pencil); break;
    case Qt::Key_R: setTool(Tool::Rubber); break;
    case Qt::Key_1:
    case Qt::Key_2:
    case Qt::Key_3:
    case Qt::Key_4:
        m_colour = QLatin1String(kInkColours[event->key() - Qt::Key_1]);
        Q_EMIT toolChanged();
        break;
    case Qt::Key_Plus:
    case Qt::Key_Minus:
        m_widthStep = std::clamp(m_widthStep + (event->key() == Qt::Key_Plus ? 1 : -1), 0, static_cast<int>(std::size(kInkWidths)) - 1);
        Q_EMIT toolChanged();
        break;
    case Qt::Key_Escape:
        Q_EMIT leaveWanted();
        break;
    default: QWidget::keyPressEvent(event);
    }
}

void InkCanvas::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        m_tiles.clear();                                 // the same ink in the other scheme
        update();
    }
    QWidget::changeEvent(event);
}

} // namespace anteroom::ui

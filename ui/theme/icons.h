// Icons by name, drawn from the SVGs in the resources in any colour, sharp at any ratio. Names are file names of
// resources/icons or of Breeze (ui/CMakeLists.txt has the list). It never falls back to the system's icon theme.
#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

#include "ui/theme/tokens.h"

class QPainter;
class QRectF;
class QWidget;

namespace anteroom::ui {

bool hasIcon(const QString &name);

// A pixmap of `size` logical pixels, from Qt's pixmap cache after the first time. Unknown names give a null pixmap.
QPixmap iconPixmap(const QString &name, int size, const QColor &color, qreal ratio);

// Paints into the rectangle. `mirror` flips it: for chevrons, doors, loudspeakers in right-to-left, never for ticks or clocks.
void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, const QColor &color, bool mirror = false);

// An icon for actions and menus. It asks the theme for its colour each time it is drawn, so it follows a switch.
QIcon themedIcon(const QString &name, Tone tone = Tone::Text2);

} // namespace anteroom::ui

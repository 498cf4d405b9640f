// Painting shared by widgets and delegates: rounded boxes, chips, keycaps, mirrored rectangles, elided text. All
// coordinates are logical (left to right); mirrored() turns them once, at the end. It holds no state.
#pragma once

#include "ui/theme/theme.h"

#include <QMetaType>
#include <QRect>
#include <QString>
#include <QVector>

class QPainter;

namespace anteroom::ui {

// What a chip says. An icon or a word is always there; colour alone says nothing. Solid only for an emergency.
struct ChipSpec {
    QString text;
    Hue hue = Hue::Mute;
    QString icon;               // empty: the hue's own icon (danger octagon, urgent triangle, priority chevrons), if it has one
    bool solid = false;
    bool own = false;           // "Your desk": accent instead of the hue
    friend bool operator==(const ChipSpec &, const ChipSpec &) = default;
};

QString hueIcon(Hue hue);       // icon name, or empty

// The rectangle where a left-to-right `part` of `whole` goes in this direction.
QRect mirrored(Qt::LayoutDirection direction, const QRect &whole, const QRect &part);

// Fill and border of 1 logical px (or `width`) inside the rectangle. An invalid colour leaves that part out.
void paintBox(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill, const QColor &border = {}, qreal width = 1,
              Qt::PenStyle pen = Qt::SolidLine);
void paintFocus(QPainter *painter, const Theme &theme, const QRectF &rect, qreal radius);       // 2 px ring inside rect

// One line of text, elided at its end, leading or trailing in the direction. Isolated: numbers keep their order.
void paintText(QPainter *painter, const QRect &rect, const QString &text, const QFont &font, const QColor &color,
               Qt::Alignment alignment = Qt::AlignLeading | Qt::AlignVCenter);
int textWidth(const QString &text, const QFont &font);

QSize chipSize(const Theme &theme, const ChipSpec &chip);
void paintChip(QPainter *painter, const Theme &theme, const QRect &rect, const ChipSpec &chip);
// Chips in a row from the leading edge; stops before one that does not fit, trying it with its icon alone.
void paintChips(QPainter *painter, const Theme &theme, const QRect &rect, const QVector<ChipSpec> &chips);

QSize keycapSize(const Theme &theme, const QString &keys);
void paintKeycap(QPainter *painter, const QRect &rect, const Theme &theme, const QString &keys, const QColor &text, const QColor &border);

QString isolated(const QString &value);         // U+2068 … U+2069 around a value inside a sentence

} // namespace anteroom::ui

Q_DECLARE_METATYPE(anteroom::ui::ChipSpec)

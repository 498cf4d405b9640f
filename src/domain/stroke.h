// One stroke of a pen: points on a page and their compact binary form, as schedule_drawings.stroke holds it. Coordinates
// are page units: 70 of them are one hour downwards from midnight, whatever the zoom of a window. Pure functions: no I/O,
// no drawing. Bytes that come from elsewhere are never trusted: decoding gives a stroke or an error.
//
// Encoding 1, permanent (tests hold its bytes):
//   byte    flags: 1 = each point has its pressure, 2 = each point has its time; other bits are 0
//   varint  number of points, 1 … kMaxPoints
//   then per point
//     varint  x, then y: zigzag difference to the point before (the first one: to 0), in quarters of a unit
//     byte    pressure of the first point, 0 … 255; further points (only with flag 1) a varint, zigzag difference
//     varint  with flag 2: milliseconds since the point before; the first one's is 0
// A varint is base 128, the lowest seven bits first, at most five bytes; nothing follows the last point.
#pragma once

#include "core/result.h"

#include <QByteArray>

#include <cstdint>
#include <span>
#include <vector>

namespace anteroom::domain {

struct StrokePoint {
    double x = 0, y = 0;                 // page units
    std::uint8_t pressure = 0;           // 0 … 255
    std::uint32_t ms = 0;                // since the first point; 0 where time is not kept
    friend bool operator==(const StrokePoint &, const StrokePoint &) = default;
};
using Stroke = std::vector<StrokePoint>;

struct StrokeBounds { double minX = 0, minY = 0, maxX = 0, maxY = 0; };

namespace stroke {
inline constexpr int kEncoding = 1;
inline constexpr int kPerUnit = 4;                   // quarters: rounding moves a point by an eighth at most on each axis
inline constexpr double kMaxCoordinate = 8192;       // a page is 1680 high; a pen slips off the sheet, not out of sight
inline constexpr int kMaxPoints = 10'000;            // 50 s of a pen at 200 Hz that nothing could be left out of
inline constexpr std::uint32_t kMaxStepMs = 60'000;  // a pen that rests longer on one spot
inline constexpr int kMaxBytes = 128 * 1024;         // the limit of the column
// The longest a point can be: two coordinates of three bytes, pressure of two, time of three.
static_assert(kMaxPoints * (3 + 3 + 2 + 3) + 6 <= kMaxBytes);
inline constexpr double kTolerance = 0.3;            // with the rounding less than half a unit

// The whole stroke in one form, canonical: what encodes to the same bytes is equal. An error where it holds no point or
// more than kMaxPoints; coordinates beyond kMaxCoordinate are brought to it.
[[nodiscard]] Result<QByteArray> encode(const Stroke &points);
[[nodiscard]] Result<Stroke> decode(const QByteArray &bytes, int encoding = kEncoding);

// Leaves out points that the line through the others passes within `tolerance` units and whose pressure lies within
// kPressureTolerance of the straight change between them. Ends stay.
inline constexpr int kPressureTolerance = 12;
[[nodiscard]] Stroke simplified(const Stroke &points, double tolerance = kTolerance);
// Pieces of at most `most` points; each begins with the last point of the one before, so that no gap shows.
[[nodiscard]] std::vector<Stroke> split(const Stroke &points, int most = kMaxPoints);

[[nodiscard]] StrokeBounds bounds(const Stroke &points);
[[nodiscard]] double distance(const Stroke &line, const Stroke &other);      // between two polylines; what the rubber asks
}

} // namespace anteroom::domain

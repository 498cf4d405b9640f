#include "domain/stroke.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace anteroom::domain::stroke {
namespace {

enum Flag : std::uint8_t { HasPressure = 1, HasTime = 2 };

constexpr std::int64_t kMaxQuarters = static_cast<std::int64_t>(kMaxCoordinate) * kPerUnit;

std::int64_t quarters(double units)
{
    const double limited = std::isfinite(units) ? std::clamp(units, -kMaxCoordinate, kMaxCoordinate) : 0;
    return std::llround(limited * kPerUnit);
}

class Out {
public:
    void byte(std::uint8_t value) { m_bytes.append(static_cast<char>(value)); }
    void number(std::uint32_t value)
    {
        for (; value >= 0x80; value >>= 7)
            byte(static_cast<std::uint8_t>(value | 0x80));
        byte(static_cast<std::uint8_t>(value));
    }
    void difference(std::int64_t value) { number(static_cast<std::uint32_t>((value << 1) ^ (value >> 63))); }
    [[nodiscard]] QByteArray take() { return std::move(m_bytes); }

private:
    QByteArray m_bytes;
};

class In {
public:
    explicit In(const QByteArray &bytes) : m_bytes(bytes) {}

    std::optional<std::uint8_t> byte()
    {
        if (m_at >= m_bytes.size())
            return std::nullopt;
        return static_cast<std::uint8_t>(m_bytes[m_at++]);
    }
    std::optional<std::uint32_t> number()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            const auto next = byte();
            if (!next)
                return std::nullopt;
            value |= static_cast<std::uint64_t>(*next & 0x7F) << shift;
            if ((*next & 0x80) == 0)
                return value > std::numeric_limits<std::uint32_t>::max() || (*next == 0 && shift > 0)
                           ? std::nullopt                            // one form for each number: never padded
                           : std::optional(static_cast<std::uint32_t>(value));
        }
        return std::nullopt;
    }
    std::optional<std::int64_t> difference()
    {
        const auto raw = number();
        return raw ? std::optional(static_cast<std::int64_t>(*raw >> 1) ^ -static_cast<std::int64_t>(*raw & 1)) : std::nullopt;
    }
    [[nodiscard]] bool atEnd() const { return m_at == m_bytes.size(); }
    [[nodiscard]] qsizetype left() const { return m_bytes.size() - m_at; }

private:
    const QByteArray &m_bytes;
    qsizetype m_at = 0;
};

tl::unexpected<Error> unreadable()
{
    return fail(ErrorCode::Invalid, QStringLiteral("This stroke cannot be read. It was written by a newer program, or it is damaged."),
                QStringLiteral("stroke"));
}

struct Place { double x, y; };

double toSegment(const Place &p, const Place &a, const Place &b)
{
    const double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    const double t = length == 0 ? 0 : std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0);
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

double side(const Place &a, const Place &b, const Place &c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); }

bool cross(const Place &a, const Place &b, const Place &c, const Place &d)
{
    return (side(a, b, c) > 0) != (side(a, b, d) > 0) && (side(c, d, a) > 0) != (side(c, d, b) > 0);
}

Place place(const StrokePoint &p) { return {p.x, p.y}; }

// How far the point is from what the straight line between its neighbours says, 1 = at the limit.
double deviation(const Stroke &points, std::size_t first, std::size_t last, std::size_t at, double tolerance)
{
    const double off = toSegment(place(points[at]), place(points[first]), place(points[last])) / tolerance;
    const double share = static_cast<double>(at - first) / static_cast<double>(last - first);
    const double expected = points[first].pressure + share * (points[last].pressure - points[first].pressure);
    return std::max(off, std::abs(points[at].pressure - expected) / kPressureTolerance);
}

} // namespace

Result<QByteArray> encode(const Stroke &points)
{
    if (points.empty())
        return fail(ErrorCode::Invalid, QStringLiteral("A stroke needs a point."), QStringLiteral("stroke"));
    if (points.size() > static_cast<std::size_t>(kMaxPoints))
        return fail(ErrorCode::Invalid, QStringLiteral("This stroke is too long for one row: it is saved in pieces."), QStringLiteral("stroke"));
    const bool pressure = std::any_of(points.begin(), points.end(), [&](const StrokePoint &p) { return p.pressure != points.front().pressure; });
    const bool time = std::any_of(points.begin(), points.end(), [](const StrokePoint &p) { return p.ms != 0; });
    Out out;
    out.byte(static_cast<std::uint8_t>((pressure ? HasPressure : 0) | (time ? HasTime : 0)));
    out.number(static_cast<std::uint32_t>(points.size()));
    std::int64_t x = 0, y = 0;
    std::uint32_t ms = 0;
    int pressed = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const StrokePoint &p = points[i];
        out.difference(quarters(p.x) - std::exchange(x, quarters(p.x)));
        out.difference(quarters(p.y) - std::exchange(y, quarters(p.y)));
        if (i == 0)
            out.byte(p.pressure);
        else if (pressure)
            out.difference(p.pressure - pressed);
        pressed = p.pressure;
        if (!time)
            continue;
        const std::uint32_t step = i == 0 || p.ms < ms ? 0 : std::min(p.ms - ms, kMaxStepMs);
        out.number(step);
        ms = std::max(ms, p.ms);
    }
    return out.take();
}

Result<Stroke> decode(const QByteArray &bytes, int encoding)
{
    if (encoding != kEncoding || bytes.size() > kMaxBytes)
        return unreadable();
    In in(bytes);
    const auto flags = in.byte();
    const auto count = in.number();
    if (!flags || (*flags & ~(HasPressure | HasTime)) != 0 || !count || *count < 1 || *count > static_cast<std::uint32_t>(kMaxPoints)
        || in.left() < static_cast<qsizetype>(*count) * 2)       // before room is made for what cannot be there
        return unreadable();
    Stroke points;
    points.reserve(*count);
    std::int64_t x = 0, y = 0, pressed = 0;
    std::uint64_t ms = 0;
    for (std::uint32_t i = 0; i < *count; ++i) {
        const auto dx = in.difference(), dy = in.difference();
        const auto dp = i == 0 ? std::optional<std::int64_t>(in.byte()) : *flags & HasPressure ? in.difference() : 0;
        const auto dt = *flags & HasTime ? in.number() : 0;
        if (!dx || !dy || !dp || !dt || *dt > kMaxStepMs)
            return unreadable();
        x += *dx;
        y += *dy;
        pressed += *dp;
        ms += *dt;
        if (std::abs(x) > kMaxQuarters || std::abs(y) > kMaxQuarters || pressed < 0 || pressed > 255)
            return unreadable();
        points.push_back({static_cast<double>(x) / kPerUnit, static_cast<double>(y) / kPerUnit, static_cast<std::uint8_t>(pressed),
                          static_cast<std::uint32_t>(ms)});
    }
    if (!in.atEnd())
        return unreadable();
    return points;
}

Stroke simplified(const Stroke &points, double tolerance)
{
    if (points.size() < 3)
        return points;
    std::vector<bool> keep(points.size(), false);
    keep.front() = keep.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, points.size() - 1}};      // no recursion: a stroke may be long
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double worst = 1;
        std::size_t at = 0;
        for (std::size_t i = first + 1; i < last; ++i)
            if (const double d = deviation(points, first, last, i, tolerance); d > worst)
                worst = d, at = i;
        if (at == 0)
            continue;
        keep[at] = true;
        open.emplace_back(first, at);
        open.emplace_back(at, last);
    }
    Stroke out;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (keep[i])
            out.push_back(points[i]);
    return out;
}

std::vector<Stroke> split(const Stroke &points, int most)
{
    const auto room = static_cast<std::size_t>(std::max(most, 2));
    std::vector<Stroke> out;
    for (std::size_t from = 0; from < points.size();) {
        const std::size_t to = std::min(from + room, points.size());
        Stroke piece(points.begin() + static_cast<std::ptrdiff_t>(from), points.begin() + static_cast<std::ptrdiff_t>(to));
        const std::uint32_t start = piece.front().ms;
        for (StrokePoint &p : piece)
            p.ms -= std::min(start, p.ms);
        out.push_back(std::move(piece));
        if (to == points.size())
            break;
        from = to - 1;
    }
    return out;
}

StrokeBounds bounds(const Stroke &points)
{
    if (points.empty())
        return {};
    StrokeBounds b{points[0].x, points[0].y, points[0].x, points[0].y};
    for (const StrokePoint &p : points)
        b = {std::min(b.minX, p.x), std::min(b.minY, p.y), std::max(b.maxX, p.x), std::max(b.maxY, p.y)};
    return b;
}

double distance(const Stroke &line, const Stroke &other)
{
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < line.size(); ++i) {
        const Place a = place(line[i]), b = place(line[std::min(i + 1, line.size() - 1)]);
        for (std::size_t k = 0; k < other.size(); ++k) {
            const Place c = place(other[k]), d = place(other[std::min(k + 1, other.size() - 1)]);
            if (cross(a, b, c, d))
                return 0;
            least = std::min({least, toSegment(a, c, d), toSegment(b, c, d), toSegment(c, a, b), toSegment(d, a, b)});
        }
    }
    return least;
}

} // namespace anteroom::domain::stroke

// Strokes: the bytes of encoding 1 are permanent, what goes in comes out, no bytes break the reader, nothing visible is
// lost by leaving points out.
#include "domain/stroke.h"

#include "schema/tables/schedule_drawings.h"

#include <QTest>

#include <rapidcheck.h>

#include <cmath>

using namespace anteroom;
using namespace anteroom::domain;

namespace {

// Four letters written with a pen at 200 Hz: loops of a hand, pressure that rises and falls.
Stroke handwriting()
{
    Stroke points;
    for (int i = 0; i < 400; ++i) {
        const double t = i / 100.0 * 6.283;
        points.push_back({200 + i * 0.25 + 6 * std::sin(t), 640 + 9 * std::cos(t * 1.03) + 2 * std::sin(t * 2.1),
                          static_cast<std::uint8_t>(140 + 60 * std::sin(t / 2)), static_cast<std::uint32_t>(i * 5)});
    }
    return points;
}

Stroke withoutTime(Stroke points)
{
    for (StrokePoint &p : points)
        p.ms = 0;
    return points;
}

rc::Gen<Stroke> anyStroke()
{
    return rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<std::tuple<int, int, std::uint8_t, std::uint16_t>>>(
                            rc::gen::tuple(rc::gen::inRange(-32768, 32769), rc::gen::inRange(-32768, 32769), rc::gen::arbitrary<std::uint8_t>(),
                                           rc::gen::inRange<std::uint16_t>(0, 60'000)))),
                        [](const auto &raw) {
                            Stroke points;
                            std::uint32_t ms = 0;
                            for (const auto &[x, y, pressure, step] : raw) {
                                points.push_back({x / 4.0, y / 4.0, pressure, ms});
                                ms += step;
                            }
                            return points;
                        });
}

} // namespace

class StrokeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bytesArePermanent();
    void roundTrip();
    void noBytesBreakIt();
    void damageIsAnError();
    void simplifyingLosesLessThanHalfAUnit();
    void handwritingIsSmall();
    void longStrokesAreSplit();
    void theLongestFitsTheColumn();
    void rubberDistance();
};

void StrokeTest::bytesArePermanent()
{
    const auto pen = stroke::encode({{10, 20.25, 100, 0}, {11.5, 18, 120, 8}, {11.5, 50, 90, 300}});
    QVERIFY(pen);
    QCOMPARE(pen->toHex(' '), QByteArray("03 03 50 a2 01 64 00 0c 11 28 08 00 80 02 3b a4 02"));
    const auto mouse = stroke::encode({{-1, 0, 128, 0}, {0, 1, 128, 0}});
    QVERIFY(mouse);
    QCOMPARE(mouse->toHex(' '), QByteArray("00 02 07 00 80 08 08"));
    QCOMPARE(stroke::decode(QByteArray::fromHex("000207008008 08")).value(), (Stroke{{-1, 0, 128, 0}, {0, 1, 128, 0}}));
}

void StrokeTest::roundTrip()
{
    QVERIFY(rc::check("what is encoded comes back, and again as the same bytes", [] {
        const Stroke points = *anyStroke();
        const auto bytes = stroke::encode(points);
        RC_ASSERT(bytes.has_value());
        const auto back = stroke::decode(*bytes);
        RC_ASSERT(back.has_value());
        RC_ASSERT(*back == points);
        RC_ASSERT(stroke::encode(*back).value() == *bytes);
    }));
}

void StrokeTest::noBytesBreakIt()
{
    const auto accepts = [](const std::vector<std::uint8_t> &raw) {
        const QByteArray bytes(reinterpret_cast<const char *>(raw.data()), static_cast<qsizetype>(raw.size()));
        const auto points = stroke::decode(bytes);
        if (!points)
            return true;
        const bool inside = !points->empty() && std::all_of(points->begin(), points->end(), [](const StrokePoint &p) {
            return std::abs(p.x) <= stroke::kMaxCoordinate && std::abs(p.y) <= stroke::kMaxCoordinate;
        });
        return inside && stroke::encode(*points).has_value();
    };
    QVERIFY(rc::check("any bytes give a stroke or an error", [&](const std::vector<std::uint8_t> &raw) { RC_ASSERT(accepts(raw)); }));
    QVERIFY(rc::check("bytes that begin well", [&](std::vector<std::uint8_t> raw) {
        raw.insert(raw.begin(), {static_cast<std::uint8_t>(*rc::gen::inRange(0, 4)), static_cast<std::uint8_t>(*rc::gen::inRange(1, 6))});
        RC_ASSERT(accepts(raw));
    }));
    QVERIFY(rc::check("a real stroke with one byte changed, or cut", [&] {
        const QByteArray good = stroke::encode(handwriting()).value();
        std::vector<std::uint8_t> raw(good.begin(), good.end());
        raw[*rc::gen::inRange<std::size_t>(0, raw.size())] = *rc::gen::arbitrary<std::uint8_t>();
        raw.resize(*rc::gen::inRange<std::size_t>(0, raw.size() + 1));
        RC_ASSERT(accepts(raw));
    }));
}

void StrokeTest::damageIsAnError()
{
    const QByteArray good = stroke::encode({{1, 1, 9, 0}, {2, 2, 9, 0}}).value();
    QVERIFY(stroke::decode(good));
    QVERIFY(!stroke::decode(good, 2));                                   // an encoding of next year
    QVERIFY(!stroke::decode({}));
    QVERIFY(!stroke::decode(good.chopped(1)));
    QVERIFY(!stroke::decode(good + '\0'));
    QVERIFY(!stroke::decode(QByteArray::fromHex("04020000000000")));     // an unknown flag
    QVERIFY(!stroke::decode(QByteArray::fromHex("0000")));               // no point
    QVERIFY(!stroke::decode(QByteArray::fromHex("00ffffffff0f0000")));   // room for four billion
    QVERIFY(!stroke::decode(QByteArray::fromHex("01010000ff") + "x"));
    QVERIFY(!stroke::decode(QByteArray::fromHex("0102000000000001")));   // pressure below 0
    QVERIFY(!stroke::encode({}));
    const auto error = stroke::decode({}).error();
    QCOMPARE(error.code, ErrorCode::Invalid);
}

void StrokeTest::simplifyingLosesLessThanHalfAUnit()
{
    const auto lost = [](const Stroke &points) {
        const Stroke kept = stroke::decode(stroke::encode(stroke::simplified(points)).value()).value();
        double most = 0;
        for (const StrokePoint &p : points)
            most = std::max(most, stroke::distance(kept, {p}));
        return most;
    };
    QVERIFY(lost(handwriting()) < 0.5);
    QVERIFY(rc::check("no point of any line is further than half a unit from what is kept", [&] {
        Stroke points{{500, 500, 128, 0}};
        const int count = *rc::gen::inRange(0, 60);
        for (int i = 0; i < count; ++i)
            points.push_back({points.back().x + *rc::gen::inRange(-30, 31) / 10.0, points.back().y + *rc::gen::inRange(-30, 31) / 10.0, 128, 0});
        RC_ASSERT(lost(points) < 0.5);
    }));
    const Stroke straight{{0, 0, 128, 0}, {5, 5, 128, 0}, {10, 10, 128, 0}};
    QCOMPARE(stroke::simplified(straight).size(), std::size_t{2});
    const Stroke pressed{{0, 0, 128, 0}, {5, 5, 250, 0}, {10, 10, 128, 0}};
    QCOMPARE(stroke::simplified(pressed).size(), std::size_t{3});        // the pressure is part of what one sees
}

void StrokeTest::handwritingIsSmall()
{
    const Stroke drawn = withoutTime(handwriting());
    const Stroke kept = stroke::simplified(drawn);
    const QByteArray bytes = stroke::encode(kept).value();
    const double perPoint = static_cast<double>(bytes.size()) / static_cast<double>(kept.size());
    qInfo("%d points drawn, %d kept, %d bytes: %.2f a kept point, %.2f a drawn one", int(drawn.size()), int(kept.size()), int(bytes.size()),
          perPoint, static_cast<double>(bytes.size()) / static_cast<double>(drawn.size()));
    QVERIFY(perPoint < 3.5);
    QVERIFY(kept.size() < drawn.size() / 3);
}

void StrokeTest::longStrokesAreSplit()
{
    Stroke points;
    for (int i = 0; i < 25; ++i)
        points.push_back({double(i), double(i % 2), 128, static_cast<std::uint32_t>(i)});
    const auto pieces = stroke::split(points, 10);
    QCOMPARE(pieces.size(), std::size_t{3});
    for (std::size_t i = 1; i < pieces.size(); ++i) {
        QCOMPARE(pieces[i].front().x, pieces[i - 1].back().x);
        QCOMPARE(pieces[i].front().ms, 0u);
    }
    QCOMPARE(pieces.back().back().x, 24.0);
    QCOMPARE(stroke::split(Stroke(10, {1, 1, 1, 0}), 10).size(), std::size_t{1});
    QVERIFY(stroke::split({}).empty());
}

void StrokeTest::theLongestFitsTheColumn()
{
    Stroke zigzag;
    for (int i = 0; i < stroke::kMaxPoints; ++i) {
        const double far = i % 2 ? stroke::kMaxCoordinate * 2 : -stroke::kMaxCoordinate * 2;     // brought to the limit
        zigzag.push_back({far, -far, static_cast<std::uint8_t>(i % 2 ? 255 : 0), static_cast<std::uint32_t>(i) * stroke::kMaxStepMs});
    }
    const auto bytes = stroke::encode(zigzag);
    QVERIFY(bytes);
    const auto &column = schema::columnAt(schema::tables::schedule_drawings, schema::col(schema::tables::schedule_drawings, "stroke"));
    QVERIFY(bytes->size() <= static_cast<qsizetype>(column.maxLength));
    QVERIFY(stroke::decode(*bytes));
    zigzag.push_back({});
    QVERIFY(!stroke::encode(zigzag));
}

void StrokeTest::rubberDistance()
{
    const Stroke line{{0, 0, 1, 0}, {100, 0, 1, 0}};
    QCOMPARE(stroke::distance(line, {{50, 30, 1, 0}}), 30.0);
    QCOMPARE(stroke::distance(line, {{50, 30, 1, 0}, {50, -30, 1, 0}}), 0.0);      // across, both ends far away
    QCOMPARE(stroke::distance({{0, 0, 1, 0}}, {{3, 4, 1, 0}}), 5.0);
}

QTEST_GUILESS_MAIN(StrokeTest)
#include "stroke_test.moc"

#include "app/desktop_pictures.h"

#include <QHash>

#include <algorithm>

namespace anteroom::app {
namespace {

constexpr std::size_t kMostColours = 256;

int distance(QRgb a, QRgb b)
{
    const int r = qRed(a) - qRed(b), g = qGreen(a) - qGreen(b), blue = qBlue(a) - qBlue(b);
    return 3 * r * r + 4 * g * g + 2 * blue * blue;          // as an eye weighs them
}

} // namespace

QImage fewColours(const QImage &image)
{
    const QImage from = image.convertToFormat(QImage::Format_RGB32);
    QHash<QRgb, int> counts;
    for (int y = 0; y < from.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(from.constScanLine(y));
        for (int x = 0; x < from.width(); ++x)
            ++counts[line[x]];
    }
    std::vector<QRgb> colours(counts.keyBegin(), counts.keyEnd());
    std::sort(colours.begin(), colours.end(), [&](QRgb a, QRgb b) {
        const int left = counts.value(a), right = counts.value(b);
        return left != right ? left > right : a < b;
    });
    QHash<QRgb, uchar> places;
    const std::size_t kept = std::min(colours.size(), kMostColours);
    for (std::size_t i = 0; i < colours.size(); ++i) {
        std::size_t best = i;
        if (i >= kept) {
            const auto nearer = [&](QRgb a, QRgb b) { return distance(a, colours[i]) < distance(b, colours[i]); };
            best = static_cast<std::size_t>(std::min_element(colours.begin(), colours.begin() + static_cast<std::ptrdiff_t>(kept), nearer) - colours.begin());
        }
        places.insert(colours[i], static_cast<uchar>(best));
    }
    QImage out(from.size(), QImage::Format_Indexed8);
    out.setColorTable(QList<QRgb>(colours.begin(), colours.begin() + static_cast<std::ptrdiff_t>(kept)));
    for (int y = 0; y < from.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(from.constScanLine(y));
        uchar *to = out.scanLine(y);
        for (int x = 0; x < from.width(); ++x)
            to[x] = places.value(line[x]);
    }
    return out;
}

} // namespace anteroom::app

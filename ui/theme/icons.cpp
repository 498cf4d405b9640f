#include "ui/theme/icons.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

namespace anteroom::ui {

namespace {

QString pathOf(const QString &name)
{
    return QStringLiteral(":/anteroom/icons/") + name + QStringLiteral(".svg");
}

QByteArray coloured(const QString &name, const QColor &color)
{
    QFile file(pathOf(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = file.readAll();
    const QByteArray hex = color.name(QColor::HexRgb).toLatin1();
    svg.replace("#232629", hex);            // Breeze's .ColorScheme-Text
    svg.replace("currentColor", hex);
    return svg;
}

class ThemedIconEngine : public QIconEngine {
public:
    ThemedIconEngine(QString name, Tone tone) : m_name(std::move(name)), m_tone(tone) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const Theme &theme = Theme::of(nullptr);
        paintIcon(painter, rect, m_name, theme.color(mode == QIcon::Disabled ? Tone::Text3 : m_tone));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const Theme &theme = Theme::of(nullptr);
        return iconPixmap(m_name, size.width(), theme.color(mode == QIcon::Disabled ? Tone::Text3 : m_tone), 1);
    }
    QIconEngine *clone() const override { return new ThemedIconEngine(*this); }

private:
    QString m_name;
    Tone m_tone;
};

} // namespace

bool hasIcon(const QString &name)
{
    return QFile::exists(pathOf(name));
}

QPixmap iconPixmap(const QString &name, int size, const QColor &color, qreal ratio)
{
    const int pixels = static_cast<int>(std::ceil(size * ratio));
    const QString key = QStringLiteral("anteroom/%1/%2/%3/%4").arg(name).arg(pixels).arg(color.rgba(), 0, 16).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QSvgRenderer renderer(coloured(name, color));
    if (!renderer.isValid())
        return {};
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, const QColor &color, bool mirror)
{
    const qreal ratio = painter->device()->devicePixelRatioF();
    const QPixmap pixmap = iconPixmap(name, qRound(rect.width()), color, ratio);
    if (pixmap.isNull())
        return;
    painter->save();
    if (mirror) {
        painter->translate(rect.center().x(), 0);
        painter->scale(-1, 1);
        painter->translate(-rect.center().x(), 0);
    }
    painter->drawPixmap(rect.topLeft(), pixmap);
    painter->restore();
}

QIcon themedIcon(const QString &name, Tone tone)
{
    return QIcon(new ThemedIconEngine(name, tone));
}

} // namespace anteroom::ui

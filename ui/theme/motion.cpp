#include "ui/theme/motion.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QGraphicsOpacityEffect>
#include <QPropertyAnimation>
#include <QStandardPaths>
#include <QWidget>

namespace anteroom::ui {

namespace {

constexpr qint64 kMostBytes = 64 * 1024;         // such a file has a few hundred lines

} // namespace

bool desktopIsStill()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    const auto says = [&folder](const char *file, const QByteArray &key) -> QByteArray {
        QFile settings(folder + QLatin1Char('/') + QLatin1String(file));
        if (!settings.open(QIODevice::ReadOnly))
            return {};
        for (const QByteArray &line : settings.read(kMostBytes).split('\n'))
            if (line.startsWith(QByteArray(key + '=')))
                return line.mid(key.size() + 1).trimmed();
        return {};
    };
    const QByteArray gtk = says("gtk-3.0/settings.ini", "gtk-enable-animations");
    return says("kdeglobals", "AnimationDurationFactor") == "0" || gtk == "0" || gtk == "false";
}

void fadeIn(QWidget *widget)
{
    if (Theme::of(widget).reducedMotion())
        return;
    auto *effect = new QGraphicsOpacityEffect(widget);
    widget->setGraphicsEffect(effect);
    auto *fade = new QPropertyAnimation(effect, "opacity", effect);
    fade->setDuration(kFadeMs);
    fade->setStartValue(0.0);
    fade->setEndValue(1.0);
    // An effect that stays would paint the widget through a pixmap for ever.
    QObject::connect(fade, &QPropertyAnimation::finished, widget, [widget] { widget->setGraphicsEffect(nullptr); }, Qt::QueuedConnection);
    fade->start();
}

} // namespace anteroom::ui

#include "ui/theme/fonts.h"

#include <QFontDatabase>

namespace anteroom::ui {

QStringList loadFonts()
{
    const QStringList faces = {
        QStringLiteral("OpenSans-Regular"), QStringLiteral("OpenSans-Semibold"), QStringLiteral("OpenSans-Bold"),
        QStringLiteral("NotoSansArabic-Regular"), QStringLiteral("NotoSansArabic-Bold"),
    };
    for (const QString &face : faces)
        QFontDatabase::addApplicationFont(QStringLiteral(":/anteroom/fonts/") + face + QStringLiteral(".ttf"));
    return {QStringLiteral("Open Sans"), QStringLiteral("Noto Sans Arabic")};
}

} // namespace anteroom::ui

#include "ui/books/day_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace anteroom::ui {
namespace {

QString word(const char *text) { return QCoreApplication::translate("DayWords", text).toLower(); }

std::optional<QDate> step(const QString &typed, const QDate &open)
{
    static const QRegularExpression how(QStringLiteral("^([+-])\\s*(\\d{1,3})\\s*([dwmy]?)$"));
    const auto match = how.match(typed);
    if (!match.hasMatch())
        return std::nullopt;
    const int count = match.captured(2).toInt() * (match.captured(1) == QLatin1String("-") ? -1 : 1);
    const QString unit = match.captured(3);
    if (unit == QLatin1String("w"))
        return open.addDays(7 * count);
    if (unit == QLatin1String("m"))
        return open.addMonths(count);
    return unit == QLatin1String("y") ? open.addYears(count) : open.addDays(count);
}

// Day, month and year in the order of the person's language; what is left out is that of the open day.
std::optional<QDate> numbers(const QString &typed, const QDate &open)
{
    static const QRegularExpression iso(QStringLiteral("^(\\d{4})-(\\d{1,2})-(\\d{1,2})$"));
    static const QRegularExpression plain(QStringLiteral("^(\\d{1,2})(?:[ ./-]+(\\d{1,2})(?:[ ./-]+(\\d{4}|\\d{2}))?)?\\.?$"));
    if (const auto match = iso.match(typed); match.hasMatch())
        return QDate(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt());
    const auto match = plain.match(typed);
    if (!match.hasMatch())
        return std::nullopt;
    const bool monthFirst = QLocale().dateFormat(QLocale::ShortFormat).startsWith(QLatin1Char('M'));
    int day = match.captured(1).toInt(), month = match.captured(2).isEmpty() ? open.month() : match.captured(2).toInt();
    if (monthFirst && !match.captured(2).isEmpty())
        std::swap(day, month);
    int year = match.captured(3).isEmpty() ? open.year() : match.captured(3).toInt();
    if (year < 100)
        year += 2000;
    return QDate(year, month, day);
}

std::optional<QDate> weekday(const QString &typed, const QDate &today)
{
    if (typed.size() < 2)
        return std::nullopt;
    for (int ahead = 1; ahead <= 7; ++ahead)
        if (QLocale().dayName(today.addDays(ahead).dayOfWeek()).toLower().startsWith(typed))
            return today.addDays(ahead);
    return std::nullopt;
}

} // namespace

std::optional<QDate> readDay(const QString &typed, const QDate &open, const QDate &today)
{
    const QString text = typed.simplified().toLower();
    if (text == word(QT_TRANSLATE_NOOP("DayWords", "today")))
        return today;
    if (text == word(QT_TRANSLATE_NOOP("DayWords", "tomorrow")))
        return today.addDays(1);
    std::optional<QDate> day = step(text, open);
    if (!day)
        day = numbers(text, open);
    if (!day)
        day = weekday(text, today);
    if (!day)
        for (const QString &format : {QStringLiteral("ddd d MMM yyyy"), QStringLiteral("d MMM yyyy"), QStringLiteral("d MMMM yyyy")})
            if (const QDate read = QLocale().toDate(typed.simplified(), format); read.isValid())
                day = read;
    return day && day->isValid() ? day : std::nullopt;
}

QString dayWords(const QDate &day) { return QLocale().toString(day, QStringLiteral("ddd d MMM yyyy")); }

} // namespace anteroom::ui

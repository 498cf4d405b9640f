// Days and moments as people type them.
#include "core/text.h"
#include "ui/records/field_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace anteroom::ui {
namespace {

constexpr int kCentury = 100;
constexpr int kMonths = 12;

QString tr(const char *text) { return QCoreApplication::translate("Records", text); }

QString latinDigits(QString text)
{
    for (QChar &c : text)
        if (c.digitValue() >= 0)
            c = QLatin1Char(static_cast<char>('0' + c.digitValue()));
    return text;
}

tl::unexpected<Error> notADay(QDate today, const QLocale &locale)
{
    return fail(ErrorCode::Invalid, tr("Write a day like %1, %2, today or +2w.").arg(locale.toString(today, QStringLiteral("d MMM yyyy")), today.toString(Qt::ISODate)));
}

int monthOf(const QString &word, const QLocale &locale)
{
    constexpr qsizetype kFewest = 3;                      // letters: "ju" is two months
    if (word.size() < kFewest)
        return 0;
    for (int month = 1; month <= kMonths; ++month)
        for (const QLocale &each : {locale, QLocale::c()})
            for (const auto format : {QLocale::LongFormat, QLocale::ShortFormat})
                if (fold(each.monthName(month, format)).startsWith(fold(word)) || fold(each.standaloneMonthName(month, format)).startsWith(fold(word)))
                    return month;
    return 0;
}

int fullYear(int year) { return year < kCentury ? 2000 + year : year; }

std::optional<QDate> relativeDay(const QString &word, QDate today)
{
    if (word == fold(tr("today")) || word == QStringLiteral("today"))
        return today;
    if (word == fold(tr("tomorrow")) || word == QStringLiteral("tomorrow"))
        return today.addDays(1);
    if (word == fold(tr("yesterday")) || word == QStringLiteral("yesterday"))
        return today.addDays(-1);
    static const QRegularExpression form(QStringLiteral("^([+-])\\s*(\\d{1,4})\\s*([dwmy])$"));
    const auto match = form.match(word);
    if (!match.hasMatch())
        return std::nullopt;
    const int count = match.captured(2).toInt() * (match.captured(1) == QLatin1String("-") ? -1 : 1);
    switch (match.captured(3).at(0).unicode()) {
    case 'd': return today.addDays(count);
    case 'w': return today.addDays(qint64{7} * count);
    case 'm': return today.addMonths(count);
    default: return today.addYears(count);
    }
}

// "20 nov 2026", "nov 20", "20/11", "20.11.26": day before month, as clinics of this world mostly write.
std::optional<QDate> namedDay(const QStringList &parts, QDate today, const QLocale &locale)
{
    int day = 0, month = 0, year = 0;
    for (const QString &part : parts) {
        bool number = false;
        const int value = part.toInt(&number);
        if (!number && month == 0)
            month = monthOf(part, locale);
        else if (number && day == 0)
            day = value;
        else if (number && month == 0)
            month = value;
        else if (number && year == 0)
            year = fullYear(value);
        else
            return std::nullopt;
    }
    const QDate date(year ? year : today.year(), month, day);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

} // namespace

Result<QString> parseDay(const QString &typed, QDate today, const QLocale &locale, bool partial)
{
    const QString text = latinDigits(typed).simplified();
    if (const auto day = relativeDay(text.toLower(), today))
        return day->toString(Qt::ISODate);
    static const QRegularExpression iso(QStringLiteral("^\\d{4}-\\d{1,2}-\\d{1,2}$")), month(QStringLiteral("^(\\d{4})-(\\d{1,2})$")), year(QStringLiteral("^\\d{4}$"));
    if (iso.match(text).hasMatch()) {
        const QDate day = QDate::fromString(text, QStringLiteral("yyyy-M-d"));
        return day.isValid() ? Result<QString>(day.toString(Qt::ISODate)) : notADay(today, locale);
    }
    if (partial) {
        if (year.match(text).hasMatch())
            return text;
        if (const auto match = month.match(text); match.hasMatch() && QDate(match.captured(1).toInt(), match.captured(2).toInt(), 1).isValid())
            return QDate(match.captured(1).toInt(), match.captured(2).toInt(), 1).toString(QStringLiteral("yyyy-MM"));
    }
    static const QRegularExpression between(QStringLiteral("[\\s/.,-]+"));
    const QStringList parts = text.split(between, Qt::SkipEmptyParts);
    constexpr qsizetype kYearDigits = 4;
    if (partial && parts.size() == 2 && monthOf(parts[0], locale) && parts[1].size() == kYearDigits)
        return QDate(parts[1].toInt(), monthOf(parts[0], locale), 1).toString(QStringLiteral("yyyy-MM"));
    if (parts.size() == 2 || parts.size() == 3)
        if (const auto day = namedDay(parts, today, locale))
            return day->toString(Qt::ISODate);
    return notADay(today, locale);
}

Result<std::int64_t> parseMoment(const QString &typed, const TextContext &context)
{
    const QString text = latinDigits(typed).simplified();
    const QString word = text.toLower();
    if (word == QStringLiteral("now") || word == tr("now").toLower())
        return context.now;
    static const QRegularExpression time(QStringLiteral("(?:^|[\\s,T])(\\d{1,2})[:h](\\d{2})$"));
    const auto match = time.match(text);
    const QTime clock(match.captured(1).toInt(), match.captured(2).toInt());
    if (!match.hasMatch() || !clock.isValid())
        return fail(ErrorCode::Invalid, tr("Write a day and a time, like %1 10:30.").arg(context.style.locale.toString(context.today, QStringLiteral("d MMM"))));
    QString before = text.left(match.capturedStart()).trimmed();
    if (before.endsWith(QLatin1Char(',')))
        before.chop(1);
    QDate day = context.today;
    if (!before.isEmpty()) {
        const auto parsed = parseDay(before, context.today, context.style.locale, false);
        if (!parsed)
            return tl::unexpected(parsed.error());
        day = QDate::fromString(*parsed, Qt::ISODate);
    }
    return QDateTime(day, clock, context.style.zone).toMSecsSinceEpoch();
}

} // namespace anteroom::ui

#include "domain/birth_date.h"

#include <QRegularExpression>
#include <QStringList>

#include <optional>

namespace anteroom::domain {
namespace {

constexpr QChar kNoBreakSpace(0x00a0);

QString inLatinDigits(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        if (c.isDigit())
            out.append(QChar(u'0' + static_cast<char16_t>(c.digitValue())));
        else
            out.append(c.isSpace() ? QChar(u' ') : c.toLower());
    }
    return out.simplified();
}

tl::unexpected<Error> unreadable(const QString &why)
{
    return fail(ErrorCode::Invalid, why, QStringLiteral("birth_date"));
}

BirthDate ofDay(QDate d, BirthPrecision precision = BirthPrecision::Day)
{
    return {d.toString(QStringLiteral("yyyy-MM-dd")).toStdString(), precision};
}

BirthDate ofMonth(int year, int month, BirthPrecision precision = BirthPrecision::Month)
{
    return {
        QStringLiteral("%1-%2").arg(year, 4, 10, QLatin1Char('0')).arg(month, 2, 10, QLatin1Char('0')).toStdString(),
        precision};
}

BirthDate ofYear(int year, BirthPrecision precision = BirthPrecision::Year)
{
    return {QStringLiteral("%1").arg(year, 4, 10, QLatin1Char('0')).toStdString(), precision};
}

// First day that a date of this precision can mean; invalid where the calendar has none.
QDate firstDay(std::string_view date)
{
    const auto part = [&](std::size_t at, std::size_t length) -> int {
        int n = 0;
        for (std::size_t i = at; i < at + length; ++i) {
            if (date[i] < '0' || date[i] > '9')
                return -1;
            n = n * 10 + (date[i] - '0');
        }
        return n;
    };
    if (date.size() != 4 && date.size() != 7 && date.size() != 10)
        return {};
    if ((date.size() >= 7 && date[4] != '-') || (date.size() == 10 && date[7] != '-'))
        return {};
    const int year = part(0, 4);
    const int month = date.size() >= 7 ? part(5, 2) : 1;
    const int day = date.size() == 10 ? part(8, 2) : 1;
    return year < 1 || month < 1 || day < 1 ? QDate() : QDate(year, month, day);
}

Result<BirthDate> within(BirthDate birth, QDate today)
{
    const QDate first = firstDay(birth.date);
    if (first > today)
        return unreadable(
            QStringLiteral("This date is in the future. Write the date of birth, or an age such as 34, 8m or 3w."));
    if (first.year() < today.year() - kMaxAgeYears)
        return unreadable(
            QStringLiteral("This would be older than %1 years. Write the year with four digits, such as 1988.")
                .arg(kMaxAgeYears));
    return birth;
}

// An age told today. Years give a year, months a month, weeks and days a day: no more than was said.
Result<BirthDate> fromAge(int years, int months, int weeks, int days, QDate today)
{
    if (years > kMaxAgeYears || months > kMaxAgeYears * 12 || weeks > 520 || days > 3660)
        return unreadable(QStringLiteral(
            "An age of more than %1 years cannot be. Write years as 34, months as 8m, weeks as 3w, days as 5d.")
                              .arg(kMaxAgeYears));
    if (weeks >= 0 || days >= 0) {
        const QDate born = today.addDays(-7LL * std::max(weeks, 0) - std::max(days, 0));
        return ofDay(born, weeks >= 0 ? BirthPrecision::Age : BirthPrecision::Day);
    }
    if (months >= 0) {
        const QDate born = today.addMonths(-(std::max(years, 0) * 12 + months));
        return ofMonth(born.year(), born.month(), BirthPrecision::Age);
    }
    return ofYear(today.year() - years, BirthPrecision::Age);
}

std::optional<Result<BirthDate>> readAge(const QString &text, QDate today)
{
    static const QRegularExpression plain(QStringLiteral("^~?(\\d{1,3})$"));
    static const QRegularExpression units(
        QStringLiteral("^~?(?:(\\d{1,3}) ?(?:y|yr|yrs|years?))? ?(?:(\\d{1,4}) ?(?:m|mo|mos|months?))? ?(?:(\\d{1,3}) "
                       "?(?:w|wk|wks|weeks?))? ?(?:(\\d{1,4}) ?(?:d|days?))?$"));
    if (const auto m = plain.match(text); m.hasMatch())
        return fromAge(m.captured(1).toInt(), -1, -1, -1, today);
    const auto m = units.match(text);
    if (!m.hasMatch() || text.isEmpty())
        return std::nullopt;
    int parts[4];
    bool any = false;
    for (int i = 0; i < 4; ++i) {
        const QString part = m.captured(i + 1);
        parts[i] = part.isEmpty() ? -1 : part.toInt();
        any = any || !part.isEmpty();
    }
    if (!any)
        return std::nullopt;
    if (parts[0] < 0 && parts[1] < 0)
        return fromAge(-1, -1, parts[2], parts[3], today);
    if (parts[2] >= 0 || parts[3] >= 0)
        return Result<BirthDate>(unreadable(
            QStringLiteral("Years or months with weeks or days are too much at once. Write 2y, 8m, 3w or 5d.")));
    return fromAge(parts[0], parts[1], -1, -1, today);
}

// "88" is the last year that ends so and is not in the future.
int fullYear(const QString &digits, QDate today)
{
    if (digits.size() == 4)
        return digits.toInt();
    const int century = today.year() / 100 * 100;
    const int year = century + digits.toInt();
    return year > today.year() ? year - 100 : year;
}

int monthNamed(const QString &name)
{
    static const QStringList names{QStringLiteral("jan"), QStringLiteral("feb"), QStringLiteral("mar"),
        QStringLiteral("apr"), QStringLiteral("may"), QStringLiteral("jun"), QStringLiteral("jul"),
        QStringLiteral("aug"), QStringLiteral("sep"), QStringLiteral("oct"), QStringLiteral("nov"),
        QStringLiteral("dec")};
    return static_cast<int>(names.indexOf(name.left(3))) + 1;
}

Result<BirthDate> dayOf(int year, int month, int day, QDate today)
{
    const QDate date(year, month, day);
    if (!date.isValid())
        return unreadable(
            QStringLiteral("The calendar has no such day. Write day, month and year, such as 20/11/1988."));
    return within(ofDay(date), today);
}

Result<BirthDate> monthOf(int year, int month, QDate today)
{
    if (month < 1 || month > 12)
        return unreadable(
            QStringLiteral("A year has twelve months. Write month and year, such as 11/1988 or 1988-11."));
    return within(ofMonth(year, month), today);
}

std::optional<Result<BirthDate>> readDate(const QString &text, QDate today, DateOrder order)
{
    static const QRegularExpression year(QStringLiteral("^~?(\\d{4})$"));
    static const QRegularExpression yearMonth(QStringLiteral("^(\\d{4})[-/. ](\\d{1,2})$"));
    static const QRegularExpression monthYear(QStringLiteral("^(\\d{1,2})[-/. ](\\d{4})$"));
    static const QRegularExpression yearFirst(QStringLiteral("^(\\d{4})[-/. ](\\d{1,2})[-/. ](\\d{1,2})$"));
    static const QRegularExpression yearLast(QStringLiteral("^(\\d{1,2})[-/. ](\\d{1,2})[-/. ](\\d{4}|\\d{2})$"));
    static const QRegularExpression named(
        QStringLiteral("^(?:(\\d{1,2})[-/. ]+)?([a-z]{3,9})[-/., ]+(\\d{4}|\\d{2})$"));

    if (const auto m = year.match(text); m.hasMatch())
        return within(ofYear(m.captured(1).toInt()), today);
    if (const auto m = yearMonth.match(text); m.hasMatch())
        return monthOf(m.captured(1).toInt(), m.captured(2).toInt(), today);
    if (const auto m = monthYear.match(text); m.hasMatch())
        return monthOf(m.captured(2).toInt(), m.captured(1).toInt(), today);
    if (const auto m = yearFirst.match(text); m.hasMatch())
        return dayOf(m.captured(1).toInt(), m.captured(2).toInt(), m.captured(3).toInt(), today);
    if (const auto m = yearLast.match(text); m.hasMatch()) {
        int day = m.captured(1).toInt();
        int month = m.captured(2).toInt();
        const bool swap = order == DateOrder::MonthFirst ? day <= 12 : month > 12;
        if (swap)
            std::swap(day, month);
        return dayOf(fullYear(m.captured(3), today), month, day, today);
    }
    if (const auto m = named.match(text); m.hasMatch()) {
        const int month = monthNamed(m.captured(2));
        if (month == 0)
            return std::nullopt;
        const int y = fullYear(m.captured(3), today);
        return m.captured(1).isEmpty() ? monthOf(y, month, today) : dayOf(y, month, m.captured(1).toInt(), today);
    }
    return std::nullopt;
}

// Whole months from `from` to `to`; the last day of a short month completes one (born on the 31st).
int wholeMonths(QDate from, QDate to)
{
    int months = (to.year() - from.year()) * 12 + to.month() - from.month();
    if (from.addMonths(months) > to)
        --months;
    return months;
}

} // namespace

std::string_view toText(BirthPrecision precision)
{
    switch (precision) {
    case BirthPrecision::Day:
        return "day";
    case BirthPrecision::Month:
        return "month";
    case BirthPrecision::Year:
        return "year";
    case BirthPrecision::Age:
        return "age";
    }
    return "day";
}

BirthPrecision birthPrecision(std::string_view text, std::string_view date)
{
    for (const auto p : {BirthPrecision::Day, BirthPrecision::Month, BirthPrecision::Year, BirthPrecision::Age})
        if (text == toText(p))
            return p;
    return date.size() == 4 ? BirthPrecision::Year : date.size() == 7 ? BirthPrecision::Month : BirthPrecision::Day;
}

Result<BirthDate> parseBirthDate(const QString &text, QDate today, DateOrder order)
{
    const QString plain = inLatinDigits(text);
    if (plain.isEmpty())
        return BirthDate{};
    if (plain.size() <= 40) {
        if (auto date = readDate(plain, today, order))
            return *date;
        if (auto age = readAge(plain, today))
            return *age;
    }
    return unreadable(
        QStringLiteral("This is neither an age nor a date. Write 34, 8m, 3w, 5d, 1988, 11/1988 or 20/11/1988."));
}

Result<BirthDate> isoBirthDate(std::string_view text)
{
    if (!firstDay(text).isValid())
        return unreadable(
            QStringLiteral("The birth date is not a day of the calendar. It must read YYYY, YYYY-MM or YYYY-MM-DD."));
    return BirthDate{std::string(text), birthPrecision({}, text)};
}

std::optional<Age> ageOn(const BirthDate &birth, QDate day)
{
    const QDate born = firstDay(birth.date);
    if (!born.isValid() || !day.isValid() || born > day)
        return std::nullopt;
    if (birth.date.size() == 4)
        return Age{day.year() - born.year(), AgeUnit::Years, true};
    const bool told = birth.precision == BirthPrecision::Age;
    if (birth.date.size() == 7) {
        const int months = (day.year() - born.year()) * 12 + day.month() - born.month();
        return months < 24 ? Age{months, AgeUnit::Months, false} : Age{months / 12, AgeUnit::Years, told};
    }
    const int days = static_cast<int>(born.daysTo(day));
    const int months = wholeMonths(born, day);
    if (days < 28)
        return Age{days, AgeUnit::Days, false};
    if (months < 3)
        return Age{days / 7, AgeUnit::Weeks, false};
    if (months < 24)
        return Age{months, AgeUnit::Months, false};
    return Age{months / 12, AgeUnit::Years, false};
}

QString ageText(const Age &age)
{
    const QLatin1String unit = age.unit == AgeUnit::Days ? QLatin1String("d")
        : age.unit == AgeUnit::Weeks                     ? QLatin1String("wk")
        : age.unit == AgeUnit::Months                    ? QLatin1String("mo")
                                                         : QLatin1String("y");
    return (age.about ? QStringLiteral("~") : QString()) + QString::number(age.value) + kNoBreakSpace + unit;
}

} // namespace anteroom::domain

#include "core/money.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace anteroom {

namespace {

constexpr std::array<std::int64_t, 5> kPowers{1, 10, 100, 1000, 10000};

std::int64_t scaleOf(int digits)
{
    return kPowers[static_cast<std::size_t>(std::clamp(digits, 0, 4))];
}

tl::unexpected<Error> tooLarge()
{
    return fail(ErrorCode::Invalid, QStringLiteral("The amount is too large to be counted; check the price and the quantity."));
}

tl::unexpected<Error> noAmount(const QString &why)
{
    return fail(ErrorCode::Invalid, QStringLiteral("This is no amount of money: ") + why + QStringLiteral(" Write it like 12.50."));
}

bool isSpace(QChar c)
{
    return c.isSpace() || c == QChar(0x2019) || c == u'\'';     // 1'234.50 in Switzerland
}

bool isSeparator(QChar c)
{
    return c == u'.' || c == u',' || c == QChar(0x066B);        // Arabic decimal separator
}

// Where the fraction begins in `text`, or its end: the last separator, unless it groups thousands.
qsizetype fractionStart(QStringView text, int digits)
{
    const auto last = std::find_if(text.rbegin(), text.rend(), isSeparator);
    if (last == text.rend())
        return text.size();
    const qsizetype at = std::distance(last, text.rend()) - 1;
    const qsizetype behind = text.size() - at - 1;
    const bool repeated = text.left(at).contains(text[at]);
    const bool groups = behind == 3 && (digits < 3 || repeated) && at > 0;
    return groups ? text.size() : at;
}

} // namespace

Result<Money> add(Money a, Money b)
{
    Money sum;
    if (__builtin_add_overflow(a.minor, b.minor, &sum.minor))
        return tooLarge();
    return sum;
}

Result<Money> subtract(Money a, Money b)
{
    Money difference;
    if (__builtin_sub_overflow(a.minor, b.minor, &difference.minor))
        return tooLarge();
    return difference;
}

Result<Money> multiply(Money price, std::int64_t quantity)
{
    Money product;
    if (__builtin_mul_overflow(price.minor, quantity, &product.minor))
        return tooLarge();
    return product;
}

Result<Money> portion(Money amount, std::int64_t numerator, std::int64_t denominator)
{
    if (denominator <= 0)
        return fail(ErrorCode::Invalid, QStringLiteral("A portion needs a divisor above zero."));
    __extension__ using Wide = __int128;
    const Wide product = static_cast<Wide>(amount.minor) * numerator;
    const Wide half = denominator / 2;
    const Wide magnitude = product < 0 ? -product : product;
    Wide rounded = magnitude / denominator;
    if (magnitude % denominator > half || (denominator % 2 == 0 && magnitude % denominator == half))
        ++rounded;
    if (product < 0)
        rounded = -rounded;
    if (rounded > std::numeric_limits<std::int64_t>::max() || rounded < std::numeric_limits<std::int64_t>::min())
        return tooLarge();
    return Money{static_cast<std::int64_t>(rounded)};
}

int currencyDigits(QStringView iso4217)
{
    static constexpr std::array<std::u16string_view, 16> kNone{u"BIF", u"CLP", u"DJF", u"GNF", u"ISK", u"JPY", u"KMF", u"KRW",
        u"PYG", u"RWF", u"UGX", u"VND", u"VUV", u"XAF", u"XOF", u"XPF"};
    static constexpr std::array<std::u16string_view, 7> kThree{u"BHD", u"IQD", u"JOD", u"KWD", u"LYD", u"OMR", u"TND"};
    const QString code = iso4217.toString().toUpper();
    const std::u16string_view key(reinterpret_cast<const char16_t *>(code.utf16()), static_cast<std::size_t>(code.size()));
    if (std::find(kNone.begin(), kNone.end(), key) != kNone.end())
        return 0;
    return std::find(kThree.begin(), kThree.end(), key) != kThree.end() ? 3 : 2;
}

QString plainMoney(Money amount, int digits)
{
    const std::int64_t scale = scaleOf(digits);
    // The magnitude as unsigned: the smallest integer has no positive counterpart.
    const auto magnitude = amount.minor < 0 ? ~static_cast<std::uint64_t>(amount.minor) + 1 : static_cast<std::uint64_t>(amount.minor);
    QString text = QString::number(magnitude / static_cast<std::uint64_t>(scale));
    if (scale > 1)
        text += u'.' + QString::number(magnitude % static_cast<std::uint64_t>(scale)).rightJustified(std::clamp(digits, 0, 4), u'0');
    return amount.minor < 0 ? u'-' + text : text;
}

QString formatMoney(Money amount, int digits, const QLocale &locale)
{
    const std::int64_t scale = scaleOf(digits);
    QString text = locale.toString(static_cast<qlonglong>(amount.minor / scale));
    if (amount.minor < 0 && amount.minor / scale == 0)
        text.prepend(locale.negativeSign());
    if (scale == 1)
        return text;
    const std::int64_t rest = amount.minor % scale < 0 ? -(amount.minor % scale) : amount.minor % scale;
    QString fraction = locale.decimalPoint();
    for (std::int64_t step = scale / 10; step > 0; step /= 10)
        fraction += locale.toString(static_cast<qlonglong>(rest / step % 10));
    return text + fraction;
}

Result<Money> parseMoney(QStringView text, int digits)
{
    const std::int64_t scale = scaleOf(digits);
    QString compact;
    for (const QChar c : text.trimmed())
        if (!isSpace(c))
            compact += c == QChar(0x2212) ? QChar(u'-') : c;
    const bool negative = compact.startsWith(u'-');
    QStringView rest = compact;
    if (negative)
        rest = rest.mid(1);
    const qsizetype end = fractionStart(rest, digits);
    std::int64_t minor = 0;
    int fraction = 0;
    bool any = false;
    for (qsizetype i = 0; i < rest.size(); ++i) {
        if (isSeparator(rest[i]) && i <= end)
            continue;
        const int digit = rest[i].digitValue();
        if (digit < 0)
            return noAmount(QStringLiteral("it holds something that is no digit."));
        if (i > end && ++fraction > digits)
            return noAmount(QStringLiteral("this currency has fewer digits behind the point."));
        if (__builtin_mul_overflow(minor, 10, &minor) || __builtin_add_overflow(minor, digit, &minor))
            return tooLarge();
        any = true;
    }
    if (!any)
        return noAmount(QStringLiteral("it holds no digit."));
    if (__builtin_mul_overflow(minor, scale / scaleOf(fraction), &minor))
        return tooLarge();
    return Money{negative ? -minor : minor};
}

} // namespace anteroom

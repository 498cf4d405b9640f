#include "core/crockford.h"

namespace anteroom {

namespace {

constexpr int kSerialDigits = 6;

QChar characterOf(int value)
{
    return QLatin1Char(kCrockford[static_cast<std::size_t>(value)]);
}

QString grouped(QStringView prefix, QStringView serial, QChar check)
{
    return prefix.toString() + u'-' + serial.toString() + u'-' + check;
}

} // namespace

std::optional<int> crockfordValue(QChar c)
{
    char16_t upper = c.toUpper().unicode();
    if (upper == u'O')
        upper = u'0';
    if (upper == u'I' || upper == u'L')
        upper = u'1';
    if (upper > 0x7f)
        return std::nullopt;
    const std::size_t at = kCrockford.find(static_cast<char>(upper));
    if (at == std::string_view::npos)
        return std::nullopt;
    return static_cast<int>(at);
}

std::optional<QString> normaliseCrockford(QStringView typed)
{
    QString canonical;
    canonical.reserve(typed.size());
    for (const QChar c : typed) {
        if (c.isSpace() || c == u'-' || c == QChar(0x2010) || c == QChar(0x2011) || c == QChar(0x2013))
            continue;
        const std::optional<int> value = crockfordValue(c);
        if (!value)
            return std::nullopt;
        canonical += characterOf(*value);
    }
    return canonical;
}

std::optional<QChar> checkCharacter(QStringView body)
{
    int factor = 2;
    int sum = 0;
    for (qsizetype i = body.size() - 1; i >= 0; --i) {
        const std::optional<int> value = crockfordValue(body[i]);
        if (!value || characterOf(*value) != body[i])
            return std::nullopt;
        const int product = *value * factor;
        sum += product / 32 + product % 32;
        factor = 3 - factor;
    }
    return characterOf((32 - sum % 32) % 32);
}

Result<QString> makeNumber(QStringView prefix, std::int64_t serial)
{
    if (serial < 0)
        return fail(ErrorCode::Invalid, QStringLiteral("A serial counts from 0 on."));
    const QString digits = QString::number(serial).rightJustified(kSerialDigits, u'0');
    const std::optional<QChar> check = checkCharacter(QString(prefix.toString() + digits));
    if (prefix.isEmpty() || !check)
        return fail(ErrorCode::Invalid, QStringLiteral("A prefix is made of 0 to 9 and A to Z without I, L, O and U."));
    return grouped(prefix, digits, *check);
}

Result<QString> parseNumber(QStringView typed, int prefixLength)
{
    const std::optional<QString> canonical = normaliseCrockford(typed);
    if (!canonical)
        return fail(ErrorCode::Invalid, QStringLiteral("The number holds a character that no number has; read it again."));
    const qsizetype serialLength = canonical->size() - prefixLength - 1;
    if (serialLength < kSerialDigits)
        return fail(ErrorCode::Invalid, QStringLiteral("The number is too short; write all of it, with the character behind the last dash."));
    const QStringView serial = QStringView(*canonical).mid(prefixLength, serialLength);
    for (const QChar c : serial)
        if (!c.isDigit())
            return fail(ErrorCode::Invalid, QStringLiteral("The middle of the number is made of digits; read it again."));
    if (checkCharacter(QStringView(*canonical).chopped(1)) != canonical->back())
        return fail(ErrorCode::Invalid, QStringLiteral("One character of the number is wrong; read it again."));
    return grouped(QStringView(*canonical).left(prefixLength), serial, canonical->back());
}

} // namespace anteroom

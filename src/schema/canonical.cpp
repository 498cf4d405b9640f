#include "schema/validation.h"

#include "schema/registry.h"

#include <QDate>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace anteroom::schema {

namespace {

// Years 1 to 9999, what ISO 8601 can say.
constexpr std::int64_t kFirstMs = -62'135'596'800'000, kLastMs = 253'402'300'799'999;

tl::unexpected<Error> invalid(const Column &column, const QString &what)
{
    const auto name = QString::fromLatin1(column.name.data(), static_cast<qsizetype>(column.name.size()));
    return fail(ErrorCode::Invalid, name + QStringLiteral(": ") + what, name);
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string_view withoutTrailingBlanks(std::string_view text)
{
    while (!text.empty() && (text.back() == ' ' || (text.back() >= '\t' && text.back() <= '\r')))
        text.remove_suffix(1);
    return text;
}

Result<Value> canonicalText(const Column &column, const std::string &raw)
{
    if (raw.find('\0') != std::string::npos)
        return invalid(column, QStringLiteral("write text without the character U+0000."));
    if (isAscii(raw)) {
        const auto text = withoutTrailingBlanks(raw);
        return text.empty() ? Value{} : Value{std::string(text)};
    }
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = utf8.decode(QByteArrayView(raw.data(), static_cast<qsizetype>(raw.size())));
    if (utf8.hasError())
        return invalid(column, QStringLiteral("write text in UTF-8."));
    text = text.normalized(QString::NormalizationForm_C);
    while (!text.isEmpty() && text.back().isSpace())
        text.chop(1);
    return schema::text(text);
}

std::optional<double> numberFrom(std::string_view text)
{
    double number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

std::optional<std::int64_t> wholeFrom(double number)
{
    // 2^63 is a double, 2^63 - 1 is not.
    if (!(number >= -0x1p63 && number < 0x1p63) || std::trunc(number) != number)
        return std::nullopt;
    return static_cast<std::int64_t>(number);
}

std::optional<std::int64_t> wholeFrom(std::string_view text)
{
    std::int64_t whole = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (failure == std::errc{} && end == text.data() + text.size())
        return whole;
    const auto number = numberFrom(text);
    return number ? wholeFrom(*number) : std::nullopt;
}

std::optional<std::int64_t> wholeOf(const Value &value)
{
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return *whole;
    if (const auto *number = std::get_if<double>(&value))
        return wholeFrom(*number);
    if (const auto *text = std::get_if<std::string>(&value))
        return wholeFrom(withoutTrailingBlanks(*text));
    return std::nullopt;
}

Result<Value> canonicalWhole(const Column &column, const Value &value)
{
    const auto whole = wholeOf(value);
    if (!whole)
        return invalid(column, column.type == Type::Money ? QStringLiteral("write a whole number of minor units.")
                                                           : QStringLiteral("write a whole number."));
    if (column.type == Type::Timestamp && (*whole < kFirstMs || *whole > kLastMs))
        return invalid(column, QStringLiteral("write milliseconds since 1970 UTC, between the years 1 and 9999."));
    return Value{*whole};
}

Result<Value> canonicalReal(const Column &column, const Value &value)
{
    std::optional<double> number;
    if (const auto *real = std::get_if<double>(&value); real && std::isfinite(*real))
        number = *real;
    else if (const auto *whole = std::get_if<std::int64_t>(&value))
        number = static_cast<double>(*whole);
    else if (const auto *text = std::get_if<std::string>(&value))
        number = numberFrom(withoutTrailingBlanks(*text));
    if (!number)
        return invalid(column, QStringLiteral("write a number, with a point before its decimals."));
    return Value{*number == 0 ? 0.0 : *number};      // -0 is 0
}

Result<Value> canonicalBoolean(const Column &column, const Value &value)
{
    const std::string_view word = toText(value);
    if (word == "true" || word == "false")
        return Value{std::int64_t{word == "true"}};
    const auto whole = wholeOf(value);
    if (!whole || *whole < 0 || *whole > 1)
        return invalid(column, QStringLiteral("write true or false."));
    return Value{*whole};
}

// "YYYY", "YYYY-MM" or "YYYY-MM-DD" that names a day of the calendar.
bool isDate(std::string_view text)
{
    if (text.size() != 4 && text.size() != 7 && text.size() != 10)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    const auto number = [&](std::size_t at, std::size_t size) {
        int n = 0;
        std::from_chars(text.data() + at, text.data() + at + size, n);
        return n;
    };
    return QDate::isValid(number(0, 4), text.size() >= 7 ? number(5, 2) : 1, text.size() == 10 ? number(8, 2) : 1);
}

Result<Value> canonicalDate(const Column &column, const Value &value)
{
    const std::string_view date = withoutTrailingBlanks(toText(value));
    if (!isDate(date))
        return invalid(column, QStringLiteral("write a date as 1988-11-20, 1988-11 or 1988."));
    return Value{std::string(date)};
}

Result<Value> canonicalJson(const Column &column, const Value &value)
{
    const auto text = toText(value);
    QJsonParseError failure;
    // Qt parses only arrays and objects; "one value" is an array of one.
    const auto document = QJsonDocument::fromJson('[' + QByteArray(text.data(), static_cast<qsizetype>(text.size())) + ']', &failure);
    if (failure.error != QJsonParseError::NoError || document.array().size() != 1)
        return invalid(column, QStringLiteral("write one JSON value."));
    if (document.array().at(0).isNull())
        return Value{};
    const QByteArray compact = document.toJson(QJsonDocument::Compact);
    return Value{compact.mid(1, compact.size() - 2).toStdString()};
}

Result<Value> canonicalUuid(const Column &column, const Value &value)
{
    if (const auto *id = std::get_if<Uuid>(&value))
        return idOrNull(*id);
    const auto id = Uuid::fromString(toQString(value));
    if (!id)
        return invalid(column, QStringLiteral("write an id as 36 characters, 8-4-4-4-12 in hexadecimal."));
    return idOrNull(*id);
}

Result<Value> canonicalBlob(const Column &column, const Value &value)
{
    const auto *bytes = std::get_if<Blob>(&value);
    if (!bytes)
        return invalid(column, QStringLiteral("hand over bytes."));
    return bytes->isEmpty() ? Value{} : value;
}

} // namespace

Result<Value> canonical(const Column &column, Value value)
{
    if (isNull(value))
        return value;
    const auto *words = std::get_if<std::string>(&value);
    if (words && withoutTrailingBlanks(*words).empty())
        return Value{};
    switch (column.type) {
    case Type::Uuid:
        return canonicalUuid(column, value);
    case Type::Text:
        return words ? canonicalText(column, *words) : Result<Value>(invalid(column, QStringLiteral("write text.")));
    case Type::Integer:
    case Type::Timestamp:
    case Type::Money:
        return canonicalWhole(column, value);
    case Type::Real:
        return canonicalReal(column, value);
    case Type::Boolean:
        return canonicalBoolean(column, value);
    case Type::Date:
        return canonicalDate(column, value);
    case Type::Json:
        return canonicalJson(column, value);
    case Type::Blob:
        return canonicalBlob(column, value);
    }
    return invalid(column, QStringLiteral("this program does not know the column's type; update it."));
}

Result<void> canonicalise(Change &change)
{
    if (!change.table)
        return fail(ErrorCode::Invalid, QStringLiteral("The change names no table."));
    for (GroupChange &group : change.groups) {
        const auto columns = groupColumns(*change.table, group.group);
        for (std::vector<Value> *values : {&group.oldValues, &group.newValues}) {
            for (std::size_t i = 0; i < columns.size() && i < values->size(); ++i) {
                auto value = canonical(columnAt(*change.table, columns[i]), std::move((*values)[i]));
                if (!value)
                    return tl::unexpected<Error>(value.error());
                (*values)[i] = std::move(*value);
            }
        }
    }
    return {};
}

} // namespace anteroom::schema

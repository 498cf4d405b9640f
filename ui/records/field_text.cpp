#include "ui/records/field_text.h"

#include "core/money.h"
#include "core/text.h"
#include "domain/patient.h"
#include "schema/tables/patients.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QRegularExpression>

#include <cmath>

namespace anteroom::ui {
namespace {

using schema::Column;
using schema::Table;
using schema::Type;
using schema::Value;

constexpr int kMinutesOfDay = 24 * 60;
constexpr int kWeek = 7;
constexpr std::uint32_t kDefaultText = 255, kDefaultJson = 256 * 1024;      // as the schema's own rule

QString tr(const char *text) { return QCoreApplication::translate("Records", text); }

tl::unexpected<Error> refuse(const QString &words) { return fail(ErrorCode::Invalid, words); }

bool mayBePartial(std::string_view name)
{
    return name == "onset_date" || name == "end_date" || name == "resolved_date" || name == "deceased_on" || name == "snapshot_birth_date" || name == "given_on";
}

QString trimmedNumber(std::int64_t kept, int digits)
{
    QString text = plainMoney(Money{kept}, digits);
    if (digits > 0) {
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (text.endsWith(QLatin1Char('.')))
            text.chop(1);
    }
    return text;
}

QString birthText(const schema::Row &row, const TextContext &context)
{
    const domain::BirthDate birth = domain::birthOf(row);
    if (birth.date.empty())
        return {};
    if (birth.precision == domain::BirthPrecision::Age)
        if (const auto age = domain::ageOn(birth, context.today))
            return domain::ageText(*age).remove(QLatin1Char('~')).simplified();
    return partialDateText(QString::fromStdString(birth.date), context.style);
}

QString weekdaysText(std::int64_t days, const QLocale &locale)
{
    QStringList out;
    for (int day = 0; day < kWeek; ++day)
        if (days >> day & 1)
            out.append(locale.standaloneDayName(day + 1, QLocale::ShortFormat));
    return out.join(QStringLiteral(", "));
}

Result<Value> parseWeekdays(const QString &text, const QLocale &locale)
{
    const auto dayOf = [&](const QString &word) {
        for (int day = 1; day <= kWeek; ++day)
            for (const QString &name : {locale.standaloneDayName(day, QLocale::LongFormat), QLocale::c().standaloneDayName(day, QLocale::LongFormat)})
                if (word.size() >= 2 && fold(name).startsWith(fold(word)))
                    return day;
        return 0;
    };
    std::int64_t days = 0;
    static const QRegularExpression commas(QStringLiteral("[,;\\s]+")), dashes(QStringLiteral("\\s*[-–]\\s*"));
    for (const QString &part : QString(text).replace(dashes, QStringLiteral("-")).split(commas, Qt::SkipEmptyParts)) {
        const QStringList ends = part.split(QLatin1Char('-'));
        const int from = dayOf(ends.front()), to = dayOf(ends.back());
        if (!from || !to || ends.size() > 2)
            return refuse(tr("Write days like %1.").arg(weekdaysText(0b10101, locale)));
        for (int day = from;; day = day % kWeek + 1) {
            days |= std::int64_t{1} << (day - 1);
            if (day == to)
                break;
        }
    }
    return Value{days};
}

Result<Value> parseMinute(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,2})(?:[:.h](\\d{2}))?$"));
    const auto match = form.match(text);
    const int minute = match.captured(1).toInt() * 60 + match.captured(2).toInt();
    if (!match.hasMatch() || minute > kMinutesOfDay || match.captured(2).toInt() > 59)
        return refuse(tr("Write a time like 08:30."));
    return Value{std::int64_t{minute}};
}

QString rangeWords(const Column &column, int digits, const QString &unit, const QLocale &locale)
{
    const auto words = [&](std::int64_t kept) { return measureText(kept, {digits, unit}, locale); };
    if (column.max == INT64_MAX)
        return tr("Write %1 or more.").arg(words(column.min));
    if (column.min == INT64_MIN)
        return tr("Write %1 or less.").arg(words(column.max));
    return tr("Write a number from %1 to %2.").arg(words(column.min), words(column.max));
}

Result<Value> parseWhole(const Table &table, int column, const QString &text, const TextContext &context)
{
    const Column &c = schema::columnAt(table, column);
    Measure measure = measureOf(table, column).value_or(Measure{});
    if (c.type == Type::Money)
        measure.digits = context.style.moneyDigits;
    QString number = text;
    if (!measure.unit.isEmpty() && number.endsWith(measure.unit))
        number = number.chopped(measure.unit.size()).trimmed();
    const auto parsed = parseMoney(number, measure.digits);
    if (!parsed) {
        if (c.type == Type::Money)
            return refuse(measure.digits == 0 ? tr("Write a whole amount, like 1500. This currency has no smaller coin.")
                                              : tr("Write an amount, like %1.").arg(plainMoney(Money{150'050}, measure.digits)));
        return refuse(measure.digits == 0 ? tr("Write a whole number, like 5.") : tr("Write a number, like %1.").arg(trimmedNumber(std::llround(12.5 * std::pow(10, measure.digits)), measure.digits)));
    }
    if (parsed->minor < c.min || parsed->minor > c.max)
        return refuse(rangeWords(c, measure.digits, measure.unit, context.style.locale));
    return Value{parsed->minor};
}

Result<Value> parseReal(const Column &c, const QString &text, const TextContext &context)
{
    bool ok = false;
    double real = QString(text).replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&ok);
    if (!ok)
        real = context.style.locale.toDouble(text, &ok);
    if (!ok || !std::isfinite(real))
        return refuse(tr("Write a number, like 2.5."));
    if (real < static_cast<double>(c.min) || real > static_cast<double>(c.max))
        return refuse(rangeWords(c, 0, {}, context.style.locale));
    return Value{real};
}

Result<Value> parseJson(const Column &c, const QString &text)
{
    QJsonParseError error;
    const QByteArray bytes = text.toUtf8();
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return refuse(tr("This is not JSON yet: look at character %1. Write it like {\"name\": \"value\"}.").arg(error.offset + 1));
    const QByteArray compact = document.toJson(QJsonDocument::Compact);
    const std::uint32_t most = c.maxLength ? c.maxLength : kDefaultJson;
    if (compact.size() > static_cast<qsizetype>(most))
        return refuse(tr("Write at most %1.").arg(bytesText(most, QLocale())));
    return Value{compact.toStdString()};
}

Result<Value> parseText(const Column &c, const QString &text, FieldKind kind)
{
    const QString words = kind == FieldKind::Lines ? text.trimmed() : text.simplified();
    const std::uint32_t most = c.maxLength ? c.maxLength : kDefaultText;
    const auto size = words.toUcs4().size();
    if (size > static_cast<qsizetype>(most))
        return refuse(tr("Write at most %1 characters, this has %2.").arg(most).arg(size));
    return schema::text(words);
}

Result<Value> parseBirth(const QString &text, const TextContext &context)
{
    const auto birth = domain::parseBirthDate(text, context.today);
    if (!birth)
        return tl::unexpected(birth.error());
    return birth->date.empty() ? Value{} : Value{birth->date};
}

} // namespace

QString fieldText(const Table &table, int column, const schema::Row &row, const TextContext &context)
{
    const Value &value = row[column];
    if (schema::isNull(value))
        return {};
    const QLocale &locale = context.style.locale;
    switch (fieldKind(table, column)) {
    case FieldKind::Birth: return birthText(row, context);
    case FieldKind::Date: return partialDateText(schema::toQString(value), context.style);
    case FieldKind::Moment: return momentText(schema::toInt(value), context.style);
    case FieldKind::Money: return plainMoney(Money{schema::toInt(value)}, context.style.moneyDigits);
    case FieldKind::Number: return trimmedNumber(schema::toInt(value), measureOf(table, column).value_or(Measure{}).digits);
    case FieldKind::Real: {
        const auto *real = std::get_if<double>(&value);
        return QString::number(real ? *real : static_cast<double>(schema::toInt(value)), 'g', QLocale::FloatingPointShortest);
    }
    case FieldKind::MinuteOfDay: return QStringLiteral("%1:%2").arg(schema::toInt(value) / 60, 2, 10, QLatin1Char('0')).arg(schema::toInt(value) % 60, 2, 10, QLatin1Char('0'));
    case FieldKind::Weekdays: return weekdaysText(schema::toInt(value), locale);
    case FieldKind::Check:
    case FieldKind::YesNo:
    case FieldKind::SubjectTable: return QString::number(schema::toInt(value));
    case FieldKind::Reference:
    case FieldKind::Subject: return schema::toUuid(value).toString();
    case FieldKind::Json: {
        const QJsonDocument document = QJsonDocument::fromJson(schema::toQString(value).toUtf8());
        return document.isNull() ? schema::toQString(value) : QString::fromUtf8(document.toJson(QJsonDocument::Indented)).trimmed();
    }
    case FieldKind::Line:
    case FieldKind::Lines:
    case FieldKind::Choice:
    case FieldKind::Colour: return schema::toQString(value);
    case FieldKind::Hidden:
    case FieldKind::Shown:
    case FieldKind::Bytes: break;
    }
    return valueText(table, column, value, {}, context.style);
}

QString defaultText(const Table &table, int column, const TextContext &context)
{
    const Column &c = schema::columnAt(table, column);
    const QString text = QString::fromUtf8(c.defaultValue.data(), static_cast<qsizetype>(c.defaultValue.size()));
    const FieldKind kind = fieldKind(table, column);
    if (text.isEmpty() || (kind != FieldKind::Money && kind != FieldKind::Number && kind != FieldKind::Real))
        return text;
    schema::Row row = schema::emptyRow(table, Uuid{});
    row[column] = kind == FieldKind::Real ? Value{text.toDouble()} : Value{static_cast<std::int64_t>(text.toLongLong())};
    return fieldText(table, column, row, context);
}

Result<Value> fieldValue(const Table &table, int column, const QString &typed, const TextContext &context)
{
    const Column &c = schema::columnAt(table, column);
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return Value{};
    const FieldKind kind = fieldKind(table, column);
    switch (kind) {
    case FieldKind::Birth: return parseBirth(text, context);
    case FieldKind::Date: {
        const auto day = parseDay(text, context.today, context.style.locale, mayBePartial(c.name));
        return day ? Result<Value>(schema::text(*day)) : tl::unexpected(day.error());
    }
    case FieldKind::Moment: {
        const auto at = parseMoment(text, context);
        return at ? Result<Value>(Value{*at}) : tl::unexpected(at.error());
    }
    case FieldKind::Money:
    case FieldKind::Number: return parseWhole(table, column, text, context);
    case FieldKind::Real: return parseReal(c, text, context);
    case FieldKind::MinuteOfDay: return parseMinute(text);
    case FieldKind::Weekdays: return parseWeekdays(text, context.style.locale);
    case FieldKind::Check:
    case FieldKind::YesNo:
    case FieldKind::SubjectTable: return Value{static_cast<std::int64_t>(text.toLongLong())};
    case FieldKind::Reference:
    case FieldKind::Subject: {
        const auto id = Uuid::fromString(text);
        return id ? Result<Value>(Value{*id}) : refuse(tr("Choose one from the list, or clear the field."));
    }
    case FieldKind::Json: return parseJson(c, text);
    case FieldKind::Choice: return Value{text.toStdString()};
    case FieldKind::Line:
    case FieldKind::Lines:
    case FieldKind::Colour: return parseText(c, text, kind);
    case FieldKind::Hidden:
    case FieldKind::Shown:
    case FieldKind::Bytes: break;
    }
    return Value{};
}

QString fieldHint(const Table &table, const FieldSpec &field, const TextContext &context)
{
    switch (field.kind) {
    case FieldKind::Birth: return tr("An age like 34, 8m or 3w, a date, or a year");
    case FieldKind::Date: return tr("Also today, +1w, %1").arg(context.style.locale.toString(QDate(context.today.year(), 1, 1), QStringLiteral("d MMM")));
    case FieldKind::Moment: return tr("Also now, 10:30");
    case FieldKind::Number: return measureOf(table, field.column).value_or(Measure{}).unit;
    case FieldKind::Weekdays: return tr("Like %1").arg(weekdaysText(0b10101, context.style.locale));
    default: break;
    }
    if (table.number == schema::tables::patients.number && field.column == schema::col(schema::tables::patients, "number"))
        return tr("Left empty, the next number is given.");
    return {};
}

QString neededWords(const FieldSpec &field)
{
    const bool chosen = field.kind == FieldKind::Choice || field.kind == FieldKind::Reference || field.kind == FieldKind::Subject
        || field.kind == FieldKind::SubjectTable || field.kind == FieldKind::YesNo;
    return (chosen ? tr("Choose the %1. It is needed.") : tr("Write the %1. It is needed.")).arg(inSentence(field.title));
}

} // namespace anteroom::ui

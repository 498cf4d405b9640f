#include "schema/validation.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

namespace anteroom::schema {

namespace {

QString latin(std::string_view text) { return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size())); }

tl::unexpected<Error> invalid(const Column &column, const QString &what)
{
    return fail(ErrorCode::Invalid, latin(column.name) + QStringLiteral(": ") + what, latin(column.name));
}

Result<Value> timeFromJson(const Column &column, const QJsonValue &json)
{
    const QString text = json.toString();
    const auto time = QDateTime::fromString(text, Qt::ISODateWithMs);
    // Without a zone it would mean another moment on every PC.
    if (!json.isString() || !time.isValid() || time.timeSpec() == Qt::LocalTime)
        return invalid(column, QStringLiteral("write a time as 2026-11-20T09:30:00.000Z."));
    return canonical(column, Value{static_cast<std::int64_t>(time.toMSecsSinceEpoch())});
}

Result<Value> blobFromJson(const Column &column, const QJsonValue &json)
{
    const auto bytes = QByteArray::fromBase64Encoding(json.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!json.isString() || !bytes)
        return invalid(column, QStringLiteral("write bytes as base64."));
    return canonical(column, Value{*bytes});
}

Result<Value> numberFromJson(const Column &column, const QJsonValue &json)
{
    // Whole numbers first: a double would round what is above 2^53. The two defaults tell "not whole" from a value.
    const qint64 whole = json.toInteger(0);
    if (whole == json.toInteger(1))
        return canonical(column, Value{static_cast<std::int64_t>(whole)});
    return canonical(column, Value{json.toDouble()});
}

QJsonValue jsonOfText(std::string_view text)
{
    const auto document = QJsonDocument::fromJson('[' + QByteArray(text.data(), static_cast<qsizetype>(text.size())) + ']');
    return document.array().size() == 1 ? document.array().at(0) : QJsonValue();
}

} // namespace

Result<Value> valueFromJson(const Column &column, const QJsonValue &json)
{
    if (json.isNull() || json.isUndefined())
        return Value{};
    switch (column.type) {
    case Type::Timestamp:
        return timeFromJson(column, json);
    case Type::Blob:
        return blobFromJson(column, json);
    case Type::Json: {
        const QByteArray compact = QJsonDocument(QJsonArray{json}).toJson(QJsonDocument::Compact);
        return canonical(column, Value{compact.mid(1, compact.size() - 2).toStdString()});
    }
    case Type::Boolean:
        if (json.isBool())
            return Value{std::int64_t{json.toBool()}};
        return invalid(column, QStringLiteral("write true or false."));
    case Type::Integer:
    case Type::Money:
    case Type::Real:
        if (json.isDouble())
            return numberFromJson(column, json);
        return invalid(column, QStringLiteral("write a number without quotation marks."));
    case Type::Uuid:
    case Type::Text:
    case Type::Date:
        break;
    }
    if (!json.isString())
        return invalid(column, QStringLiteral("write text in quotation marks."));
    return canonical(column, Value{json.toString().toStdString()});
}

QJsonValue valueToJson(const Column &column, const Value &value)
{
    if (isNull(value))
        return QJsonValue::Null;
    switch (column.type) {
    case Type::Uuid:
        return toUuid(value).toString();
    case Type::Integer:
    case Type::Money:
        return QJsonValue(static_cast<qint64>(toInt(value)));
    case Type::Real: {
        const auto *real = std::get_if<double>(&value);
        return real ? QJsonValue(*real) : QJsonValue(static_cast<qint64>(toInt(value)));
    }
    case Type::Boolean:
        return toInt(value) != 0;
    case Type::Timestamp:
        return QDateTime::fromMSecsSinceEpoch(toInt(value), Qt::UTC).toString(Qt::ISODateWithMs);
    case Type::Json:
        return jsonOfText(toText(value));
    case Type::Blob: {
        const auto *bytes = std::get_if<Blob>(&value);
        return bytes ? QJsonValue(QString::fromLatin1(bytes->toBase64())) : QJsonValue();
    }
    case Type::Text:
    case Type::Date:
        break;
    }
    return toQString(value);
}

QJsonObject rowToJson(const Table &table, const Row &row)
{
    QJsonObject object{{QStringLiteral("id"), row.id.toString()}};
    for (int i = 0; i < columnCount(table); ++i)
        object.insert(latin(columnAt(table, i).name), valueToJson(columnAt(table, i), row[i]));
    return object;
}

} // namespace anteroom::schema

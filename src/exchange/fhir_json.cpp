#include "exchange/fhir_json.h"

#include <QDateTime>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTimeZone>

namespace anteroom::exchange {

QString textOf(const QJsonValue &value) { return value.toString().trimmed(); }

QString joined(const QJsonValue &list, const QString &separator)
{
    QStringList parts;
    const auto items = list.toArray();
    for (const auto &item : items)
        if (const QString part = textOf(item); !part.isEmpty())
            parts.append(part);
    return parts.join(separator);
}

QString conceptText(const QJsonObject &coded)
{
    if (const QString text = textOf(coded[QLatin1String("text")]); !text.isEmpty())
        return text;
    const auto coding = coded[QLatin1String("coding")].toArray();
    for (const auto key : {QLatin1String("display"), QLatin1String("code")})
        for (const auto &code : coding)
            if (const QString text = textOf(code.toObject()[key]); !text.isEmpty())
                return text;
    return {};
}

Coding codingOf(const QJsonObject &coded)
{
    const auto list = coded[QLatin1String("coding")].toArray();
    for (const auto &item : list)
        if (const QJsonObject o = item.toObject(); !textOf(o[QLatin1String("code")]).isEmpty())
            return {textOf(o[QLatin1String("system")]), textOf(o[QLatin1String("code")])};
    return {};
}

QString statusOf(const QJsonValue &value) { return value.isString() ? textOf(value) : codingOf(value.toObject()).code; }

schema::Value dayOf(const QJsonValue &value) { return schema::text(textOf(value).section(QLatin1Char('T'), 0, 0)); }

Result<schema::Value> momentOf(const QJsonValue &value, const QString &field)
{
    const QString text = textOf(value);
    if (text.isEmpty())
        return schema::Value{};
    if (!text.contains(QLatin1Char('T'))) {
        const QDate day = QDate::fromString(text, Qt::ISODate);
        if (!day.isValid() || text.size() != 10)
            return notTaken(QStringLiteral("%1 names no day").arg(field));
        return schema::Value{QDateTime(day, QTime(12, 0), Qt::UTC).toMSecsSinceEpoch()};
    }
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!moment.isValid())
        return notTaken(QStringLiteral("%1 is no time").arg(field));
    if (moment.timeSpec() == Qt::LocalTime)          // of which clinic, nobody knows
        return notTaken(QStringLiteral("%1 has no time zone").arg(field));
    return schema::Value{std::int64_t{moment.toMSecsSinceEpoch()}};
}

QString notesOf(const QJsonObject &resource)
{
    QStringList lines;
    const auto notes = resource[QLatin1String("note")].toArray();
    for (const auto &note : notes)
        if (const QString text = textOf(note.toObject()[QLatin1String("text")]); !text.isEmpty())
            lines.append(text);
    return lines.join(QLatin1Char('\n'));
}

QString shownCode(const QString &code)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9._/\\[\\]{}%-]{1,32}$"));
    return plain.match(code).hasMatch() ? code : QStringLiteral("…");
}

tl::unexpected<Error> notTaken(const QString &why) { return fail(ErrorCode::Invalid, why); }

} // namespace anteroom::exchange

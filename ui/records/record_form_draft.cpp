#include "ui/records/record_form_draft.h"

#include <QCborMap>
#include <QCborValue>

namespace anteroom::ui {
namespace {

constexpr qint64 kVersion = 1;
constexpr qint64 kVersionKey = 0, kIdKey = 1, kShownKey = 2, kTypedKey = 3;

QCborValue toCbor(const schema::Value &value)
{
    if (const auto *whole = std::get_if<std::int64_t>(&value))
        return QCborValue(static_cast<qint64>(*whole));
    if (const auto *real = std::get_if<double>(&value))
        return QCborValue(*real);
    if (const auto *text = std::get_if<std::string>(&value))
        return QCborValue(QString::fromStdString(*text));
    if (const auto *id = std::get_if<Uuid>(&value))
        return QCborValue(id->toString().toLatin1());
    return QCborValue(nullptr);
}

schema::Value fromCbor(const schema::Column &column, const QCborValue &value)
{
    if (value.isInteger())
        return column.type == schema::Type::Real ? schema::Value{static_cast<double>(value.toInteger())} : schema::Value{std::int64_t{value.toInteger()}};
    if (value.isDouble())
        return schema::Value{value.toDouble()};
    if (value.isString())
        return schema::text(value.toString());
    if (value.isByteArray())
        if (const auto id = Uuid::fromString(QString::fromLatin1(value.toByteArray())))
            return schema::Value{*id};
    return schema::Value{};
}

} // namespace

QByteArray encodeDraft(const schema::Table &table, const RecordDraft &draft)
{
    QCborMap all, typed;
    all[kVersionKey] = kVersion;
    all[kIdKey] = draft.id.toString();
    for (const auto &[column, text] : draft.typed)
        typed[qint64{schema::columnAt(table, column).number}] = text;      // numbers are permanent, positions are not
    all[kTypedKey] = typed;
    if (draft.shown) {
        QCborMap shown;
        for (int i = 0; i < schema::columnCount(table); ++i)
            if (schema::columnAt(table, i).type != schema::Type::Blob && !schema::isNull((*draft.shown)[i]))
                shown[qint64{schema::columnAt(table, i).number}] = toCbor((*draft.shown)[i]);
        all[kShownKey] = shown;
    }
    return QCborValue(all).toCbor();
}

std::optional<RecordDraft> decodeDraft(const schema::Table &table, const QByteArray &bytes)
{
    const QCborMap all = QCborValue::fromCbor(bytes).toMap();
    const auto id = Uuid::fromString(all.value(kIdKey).toString());
    if (all.value(kVersionKey).toInteger() != kVersion || !id)
        return std::nullopt;
    RecordDraft draft{.id = *id, .shown = {}, .typed = {}};
    const QCborMap typed = all.value(kTypedKey).toMap(), shown = all.value(kShownKey).toMap();
    if (all.contains(kShownKey))
        draft.shown = schema::emptyRow(table, *id);
    for (int i = 0; i < schema::columnCount(table); ++i) {
        const schema::Column &column = schema::columnAt(table, i);
        if (typed.contains(qint64{column.number}))
            draft.typed[i] = typed.value(qint64{column.number}).toString();
        if (draft.shown && shown.contains(qint64{column.number}))
            (*draft.shown)[i] = fromCbor(column, shown.value(qint64{column.number}));
    }
    return draft;
}

QString draftKey(const schema::Table &table, const std::optional<Uuid> &id, const std::vector<schema::ColumnValue> &preset)
{
    QString key = QStringLiteral("records.%1.%2").arg(QString::fromUtf8(table.name.data(), static_cast<qsizetype>(table.name.size())), id ? id->toString() : QStringLiteral("new"));
    if (!id)
        for (const schema::ColumnValue &each : preset)
            if (const auto *of = std::get_if<Uuid>(&each.value))
                return QStringLiteral("%1.%2").arg(key, of->toString());
    return key;
}

} // namespace anteroom::ui

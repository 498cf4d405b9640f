#include "ui/patients/patient_draft.h"

#include "ui/patients/patient_columns.h"

#include <QDataStream>

namespace anteroom::ui {
namespace {

constexpr quint32 kVersion = 1;                      // of these bytes; the columns are counted besides

void write(QDataStream &out, const schema::Value &value)
{
    out << static_cast<quint8>(value.index());
    if (const auto *i = std::get_if<std::int64_t>(&value))
        out << static_cast<qint64>(*i);
    else if (const auto *d = std::get_if<double>(&value))
        out << *d;
    else if (const auto *s = std::get_if<std::string>(&value))
        out << QByteArray::fromStdString(*s);
    else if (const auto *id = std::get_if<Uuid>(&value))
        out << id->toString();
    else if (const auto *blob = std::get_if<schema::Blob>(&value))
        out << *blob;
}

schema::Value readValue(QDataStream &in)
{
    quint8 kind = 0;
    in >> kind;
    qint64 number = 0;
    double real = 0;
    QByteArray bytes;
    QString id;
    switch (kind) {
    case 1: in >> number; return std::int64_t{number};
    case 2: in >> real; return real;
    case 3: in >> bytes; return bytes.toStdString();
    case 4: in >> id; return schema::idOrNull(Uuid::fromString(id).value_or(Uuid{}));
    case 5: in >> bytes; return bytes;
    default: return {};
    }
}

} // namespace

QString draftKey(const Uuid &person) { return QLatin1String(kDraftPrefix) + person.toString(); }

QByteArray draftBytes(const KeptForm &kept)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << kVersion << static_cast<qint32>(schema::columnCount(kPatients)) << static_cast<qint32>(kPatientFieldCount);
    out << kept.draft.id.toString() << kept.draft.shown.has_value();
    if (kept.draft.shown)
        for (const schema::Value &value : kept.draft.shown->values)
            write(out, value);
    for (const auto *texts : {&kept.draft.texts, &kept.draft.start})
        for (const QString &text : *texts)
            out << text;
    out << kept.point << kept.reason << static_cast<qint32>(kept.priority);
    return bytes;
}

std::optional<KeptForm> draftOf(const QByteArray &bytes)
{
    QDataStream in(bytes);
    in.setVersion(QDataStream::Qt_6_4);
    quint32 version = 0;
    qint32 columns = 0, fields = 0, priority = 0;
    QString id;
    bool shown = false;
    in >> version >> columns >> fields >> id >> shown;
    const auto person = Uuid::fromString(id);
    if (version != kVersion || columns != schema::columnCount(kPatients) || fields != kPatientFieldCount || !person)
        return std::nullopt;                         // the form has other fields now
    KeptForm kept;
    kept.draft.id = *person;
    if (shown) {
        kept.draft.shown = schema::emptyRow(kPatients, *person);
        for (schema::Value &value : kept.draft.shown->values)
            value = readValue(in);
    }
    for (auto *texts : {&kept.draft.texts, &kept.draft.start})
        for (QString &text : *texts)
            in >> text;
    in >> kept.point >> kept.reason >> priority;
    kept.priority = priority;
    return in.status() == QDataStream::Ok ? std::optional(std::move(kept)) : std::nullopt;
}

} // namespace anteroom::ui

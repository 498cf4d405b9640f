#include "node/labels.h"

#include "domain/patient.h"
#include "domain/permissions.h"
#include "node/clinic_policy.h"
#include "schema/registry.h"
#include "schema/tables/clinic_settings.h"
#include "schema/tables/devices.h"
#include "schema/tables/patients.h"
#include "schema/tables/users.h"
#include "storage/record_query.h"

#include <QDateTime>

namespace anteroom::node {

using namespace schema;
using storage::Connection;

namespace {

constexpr qsizetype kMostOfText = 80;                 // a note is named by its beginning

QString titleOf(const Table &table) { return QString::fromUtf8(table.title.data(), static_cast<qsizetype>(table.title.size())); }

QTimeZone clinicZone(Connection &connection)
{
    const auto row = storage::readRow(connection, tables::clinic_settings, naturalId(tables::clinic_settings, {"clinic.time_zone"}));
    return zoneFromSetting(row ? std::string(toText((*row)[col(tables::clinic_settings, "value")])) : std::string());
}

// Of a row only what a list holds: names need no blobs.
std::optional<Row> rowOf(Connection &connection, const Table &table, const Uuid &id)
{
    return storage::readRowWithoutBlobs(connection, table, id);
}

// A name that stands in for another one: the label of the desk until the host has given one, a caller without a record.
bool standsIn(const Table &table, const Row &row, int column)
{
    constexpr std::string_view kProvisional = "provisional_", kName = "_name";
    const std::string_view name = columnAt(table, column).name;
    int better = -1;
    if (name.starts_with(kProvisional))
        better = findColumn(table, name.substr(kProvisional.size()));
    else if (name.ends_with(kName))
        better = findColumn(table, std::string(name.substr(0, name.size() - kName.size())) + "_id");
    return better >= 0 && !isNull(row[better]);
}

} // namespace

Labeller::Labeller(Connection &connection, schema::Role role)
    : m_connection(connection)
    , m_role(role)
    , m_zone(clinicZone(connection))
{
}

QString Labeller::words(const Table &table, const Row &row, int column, int depth)
{
    const Column &description = columnAt(table, column);
    const Value &value = row[column];
    if (isNull(value) || description.type == Type::Blob || description.type == Type::Json)
        return {};
    switch (description.type) {
    case Type::Uuid: {
        const Table *other = description.references.empty() ? nullptr : findTable(description.references);
        return other && depth > 0 ? named(*other, toUuid(value), depth - 1) : QString();
    }
    case Type::Timestamp:
        return QDateTime::fromMSecsSinceEpoch(toInt(value), m_zone).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    case Type::Integer:
    case Type::Money:
    case Type::Boolean:
        return QString::number(toInt(value));
    case Type::Real:
        return QString::number(std::get<double>(value));
    default:
        break;
    }
    QString text = toQString(value).simplified();
    if (!description.allowed.empty())
        text.replace(QLatin1Char('_'), QLatin1Char(' '));
    if (text.size() > kMostOfText)
        text = text.left(kMostOfText - 1) + QChar(0x2026);
    return text;
}

QString Labeller::name(const Table &table, const Row &row, int depth)
{
    if (!domain::mayRead(m_role, table))
        return titleOf(table);
    QStringList parts;
    if (&table == &tables::patients) {
        parts = {domain::displayName(row), toQString(row[col(tables::patients, "number")])};
    } else {
        for (const std::string_view column : table.label) {
            const int at = findColumn(table, column);
            if (!standsIn(table, row, at))
                parts.append(words(table, row, at, depth));
        }
    }
    parts.removeAll(QString());
    return parts.isEmpty() ? titleOf(table) : parts.join(QStringLiteral(" · "));
}

QString Labeller::named(const Table &table, const Uuid &id, int depth)
{
    if (depth == kDepth)                              // as deep as any: kept
        return of(table, id);
    const auto row = domain::mayRead(m_role, table) ? rowOf(m_connection, table, id) : std::nullopt;
    return row ? name(table, *row, depth) : titleOf(table);
}

QString Labeller::of(const Table &table, const Uuid &id)
{
    if (const auto known = m_labels.find(id); known != m_labels.end())
        return known->second;
    const auto row = domain::mayRead(m_role, table) ? rowOf(m_connection, table, id) : std::nullopt;
    QString label = row ? name(table, *row, kDepth) : titleOf(table);
    m_labels.insert_or_assign(id, label);
    return label;
}

void Labeller::addReference(const Table &table, int column, const Value &value, const Row *row)
{
    const Column &description = columnAt(table, column);
    if (description.type != Type::Uuid || isNull(value))
        return;
    const Table *other = description.references.empty() ? nullptr : findTable(description.references);
    if (column == kCreatedBy || column == kUpdatedBy)
        other = &tables::users;
    else if (column == kUpdatedDevice)
        other = &tables::devices;
    else if (!other && row && description.name == "subject_id")       // a row about any row names its table beside
        if (const int of = findColumn(table, "subject_table"); of >= 0)
            other = findTable(static_cast<std::uint16_t>(toInt((*row)[of])));
    if (other)
        (void)of(*other, toUuid(value));
}

void Labeller::add(const Table &table, const Row &row)
{
    for (int i = 0; i < columnCount(table); ++i)
        addReference(table, i, row[i], &row);
    m_labels.insert_or_assign(row.id, of(table, row));
}

} // namespace anteroom::node

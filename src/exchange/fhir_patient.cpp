#include "exchange/fhir_patient.h"

#include "domain/patient.h"
#include "exchange/fhir_reader.h"
#include "exchange/import_writer.h"
#include "schema/tables/patient_contacts.h"
#include "schema/tables/patient_identifiers.h"
#include "schema/tables/patient_names.h"
#include "schema/tables/patients.h"

#include <algorithm>
#include <array>
#include <set>

namespace anteroom::exchange {
namespace {

using schema::col;
using schema::ColumnValue;
using schema::text;
namespace tables = schema::tables;

// Collects the inserts of one person; makes child ids of the person's and of what the child says.
class Rows {
public:
    Rows(QString system, QString key) : m_system(std::move(system)), m_key(std::move(key)) { }

    [[nodiscard]] Uuid patient() const { return schema::importedId(m_system.toStdString(), m_key.toStdString()); }

    void add(const schema::Table &table, const Uuid &id, const std::vector<ColumnValue> &values)
    {
        if (m_ids.insert(id).second) // the same identifier twice in one resource is one row
            m_changes.push_back(schema::makeInsert(table, id, values));
    }
    void addChild(const schema::Table &table, const QStringList &content, std::vector<ColumnValue> values)
    {
        const QString kind = m_system + QLatin1Char('/')
            + QString::fromUtf8(table.name.data(), static_cast<qsizetype>(table.name.size()));
        const QString key = m_key + QChar(0x1f) + content.join(QChar(0x1f));
        values.push_back({schema::findColumn(table, "patient_id"), patient()});
        add(table, schema::importedId(kind.toStdString(), key.toStdString()), values);
    }
    [[nodiscard]] Result<std::vector<schema::Change>> checked() &&
    {
        if (const auto ok = makeReady(m_changes); !ok)
            return tl::unexpected(ok.error());
        return std::move(m_changes);
    }

private:
    QString m_system;
    QString m_key;
    std::set<Uuid> m_ids;
    std::vector<schema::Change> m_changes;
};

QString systemOf(const FhirPatient &patient)
{
    for (const FhirIdentifier &id : patient.identifiers)
        if (!id.system.isEmpty() && (id.value == patient.resourceId || patient.resourceId.isEmpty()))
            return id.system;
    return QStringLiteral("fhir/Patient");
}

QString civilStatus(const QString &words)
{
    static const std::array<std::pair<QString, QString>, 14> known{{
        {QStringLiteral("married"), QStringLiteral("married")},
        {QStringLiteral("m"), QStringLiteral("married")},
        {QStringLiteral("never married"), QStringLiteral("single")},
        {QStringLiteral("single"), QStringLiteral("single")},
        {QStringLiteral("unmarried"), QStringLiteral("single")},
        {QStringLiteral("s"), QStringLiteral("single")},
        {QStringLiteral("divorced"), QStringLiteral("divorced")},
        {QStringLiteral("d"), QStringLiteral("divorced")},
        {QStringLiteral("widowed"), QStringLiteral("widowed")},
        {QStringLiteral("w"), QStringLiteral("widowed")},
        {QStringLiteral("domestic partner"), QStringLiteral("partnership")},
        {QStringLiteral("t"), QStringLiteral("partnership")},
        {QStringLiteral("unknown"), QString()},
        {QStringLiteral("unk"), QString()},
    }};
    if (words.isEmpty())
        return {};
    const auto at = std::find_if(known.begin(), known.end(), [&](const auto &k) { return k.first == words.toLower(); });
    return at == known.end() ? QStringLiteral("other") : at->second;
}

// How the name reads, where the parts alone would lose something (a suffix, an order of the source's own).
QString shownName(const FhirName &name)
{
    if (!name.text.isEmpty() && name.text != domain::displayName(name.given, {}, name.family)
        && name.text != name.given)
        return name.text;
    if (!name.suffix.isEmpty())
        return domain::displayName(name.given, {}, name.family) + QStringLiteral(", ") + name.suffix;
    return {};
}

void addReach(const FhirPatient &from, std::vector<ColumnValue> &values)
{
    const auto &t = tables::patients;
    std::vector<QString> phones;
    QString email;
    for (const FhirTelecom &telecom : from.telecom) {
        if (telecom.system == QLatin1String("phone") || telecom.system == QLatin1String("sms"))
            phones.push_back(telecom.value);
        else if (telecom.system == QLatin1String("email") && email.isEmpty())
            email = telecom.value;
    }
    if (!phones.empty())
        values.push_back({col(t, "phone"), text(phones[0])});
    if (phones.size() > 1)
        values.push_back({col(t, "second_phone"), text(phones[1])});
    values.push_back({col(t, "email"), text(email)});
    if (from.addresses.empty())
        return;
    const FhirAddress &a = from.addresses.front();
    const bool parts = !a.line.isEmpty() || !a.city.isEmpty();
    values.insert(values.end(),
        {{col(t, "address_line"), text(parts ? a.line : a.text)}, {col(t, "district"), text(a.district)},
            {col(t, "city"), text(a.city)}, {col(t, "state"), text(a.state)},
            {col(t, "postal_code"), text(a.postalCode)}, {col(t, "country"), text(a.country)}});
}

void addPatient(const FhirPatient &from, Rows &rows)
{
    const auto &t = tables::patients;
    std::vector<ColumnValue> values;
    if (from.names.empty()) {
        values.push_back({col(t, "unknown"), std::int64_t{1}});
    } else {
        const FhirName &name = from.names.front();
        values.insert(values.end(),
            {{col(t, "family_name"), text(name.family)}, {col(t, "given_name"), text(name.given)},
                {col(t, "title"), text(name.prefix)}, {col(t, "display_name"), text(shownName(name))}});
    }
    if (!from.birthDate.empty()) {
        values.push_back({col(t, "birth_date"), from.birthDate});
        values.push_back(
            {col(t, "birth_precision"), std::string(domain::toText(domain::birthPrecision({}, from.birthDate)))});
    }
    values.push_back({col(t, "sex"), text(from.gender)});
    addReach(from, values);
    if (from.deceased) {
        values.push_back({col(t, "deceased"), std::int64_t{1}});
        values.push_back(
            {col(t, "deceased_on"), from.deceasedOn.empty() ? schema::Value{} : schema::Value{from.deceasedOn}});
    }
    values.insert(values.end(),
        {{col(t, "language"), text(from.language)}, {col(t, "civil_status"), text(civilStatus(from.maritalStatus))},
            {col(t, "birth_place"), text(from.birthPlace)}});
    rows.add(t, rows.patient(), values);
}

void addNames(const FhirPatient &from, Rows &rows)
{
    const auto &t = tables::patient_names;
    for (std::size_t i = 1; i < from.names.size(); ++i) {
        const FhirName &name = from.names[i];
        const std::string use = name.use.toStdString();
        const auto &allowed = tables::kPatientNamesUse;
        const bool known = std::find(std::begin(allowed), std::end(allowed), use) != std::end(allowed);
        rows.addChild(t, {name.use, name.family, name.given},
            {{col(t, "use"), known ? use : std::string("usual")}, {col(t, "family_name"), text(name.family)},
                {col(t, "given_name"), text(name.given)}, {col(t, "display_name"), text(shownName(name))}});
    }
}

void addIdentifiers(const FhirPatient &from, Rows &rows)
{
    const auto &t = tables::patient_identifiers;
    for (const FhirIdentifier &id : from.identifiers) {
        const std::string use = id.use.toStdString();
        const auto &allowed = tables::kPatientIdentifiersUse;
        const bool known = std::find(std::begin(allowed), std::end(allowed), use) != std::end(allowed);
        rows.addChild(t, {id.system, id.value},
            {{col(t, "system"), text(id.system.isEmpty() ? QStringLiteral("unspecified") : id.system)},
                {col(t, "value"), text(id.value)}, {col(t, "kind"), text(id.type)},
                {col(t, "use"), known ? schema::Value{use} : schema::Value{}}});
    }
}

// The resource's own id, where no identifier holds it: a reference to "Patient/…" in a later file finds the person by it.
void addResourceId(const FhirPatient &from, Rows &rows)
{
    const bool held = std::any_of(from.identifiers.begin(), from.identifiers.end(), [&](const FhirIdentifier &id) { return id.value == from.resourceId; });
    if (from.resourceId.isEmpty() || held)
        return;
    const auto &t = tables::patient_identifiers;
    const QString system = systemOf(from);
    rows.addChild(t, {system, from.resourceId},
        {{col(t, "system"), text(system)}, {col(t, "value"), text(from.resourceId)}, {col(t, "kind"), std::string("Resource id")},
            {col(t, "use"), std::string("secondary")}});
}

void addContacts(const FhirPatient &from, Rows &rows)
{
    const auto &t = tables::patient_contacts;
    for (const FhirContact &contact : from.contacts)
        rows.addChild(t, {contact.relationship, contact.name, contact.phone},
            {{col(t, "name"), text(contact.name.isEmpty() ? contact.phone : contact.name)},
                {col(t, "relationship"), text(contact.relationship)}, {col(t, "phone"), text(contact.phone)},
                {col(t, "address_line"), text(contact.address)}});
    // The extension holds the name that the patient's mother was born with: a name of hers, never a maiden name of the
    // patient. It helps to tell people apart, so it is kept where the mother would stand.
    if (!from.mothersMaidenName.isEmpty())
        rows.addChild(t, {QStringLiteral("mothersMaidenName"), from.mothersMaidenName},
            {{col(t, "name"), text(from.mothersMaidenName)},
                {col(t, "relationship"), std::string("mother, maiden name")}});
}

} // namespace

QString importSystem(const QJsonObject &resource)
{
    const auto patient = readFhirPatient(resource);
    return patient ? systemOf(*patient) : QString();
}

Result<PatientRows> patientRows(const QJsonObject &resource)
{
    const auto patient = readFhirPatient(resource);
    if (!patient)
        return tl::unexpected(patient.error());
    const QString key = patient->resourceId.isEmpty() ? patient->identifiers.front().value : patient->resourceId;
    const QString system = systemOf(*patient);
    Rows rows(system, key);
    addPatient(*patient, rows);
    addNames(*patient, rows);
    addIdentifiers(*patient, rows);
    addResourceId(*patient, rows);
    addContacts(*patient, rows);
    auto changes = std::move(rows).checked();
    if (!changes)
        return tl::unexpected(changes.error());
    return PatientRows{std::move(*changes), key, system};
}

Result<std::vector<schema::Change>> patientChanges(const QJsonObject &resource)
{
    auto rows = patientRows(resource);
    if (!rows)
        return tl::unexpected(rows.error());
    return std::move(rows->changes);
}

} // namespace anteroom::exchange

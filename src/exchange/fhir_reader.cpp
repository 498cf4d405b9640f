#include "exchange/fhir_reader.h"

#include "domain/birth_date.h"
#include "exchange/fhir_json.h"

#include <QJsonArray>

#include <algorithm>
#include <climits>

namespace anteroom::exchange {
namespace {

tl::unexpected<Error> wrong(const QString &field, const QString &why)
{
    return fail(ErrorCode::Invalid, QStringLiteral("%1 %2.").arg(field, why), field);
}

Result<QJsonArray> listIn(const QJsonObject &resource, QLatin1String field)
{
    const QJsonValue value = resource[field];
    if (value.isUndefined() || value.isNull())
        return QJsonArray();
    if (!value.isArray())
        return wrong(field, QStringLiteral("must be a list"));
    const QJsonArray list = value.toArray();
    if (list.size() > kMaxListed)
        return wrong(field, QStringLiteral("has more than %1 entries").arg(kMaxListed));
    return list;
}

FhirName nameIn(const QJsonObject &o)
{
    return {.use = textOf(o[QLatin1String("use")]),
        .family = textOf(o[QLatin1String("family")]),
        .given = joined(o[QLatin1String("given")], QStringLiteral(" ")),
        .prefix = joined(o[QLatin1String("prefix")], QStringLiteral(" ")),
        .suffix = joined(o[QLatin1String("suffix")], QStringLiteral(" ")),
        .text = textOf(o[QLatin1String("text")])};
}

// Order in which a name is the one to show.
int standing(const FhirName &name)
{
    const QString order[] = {QStringLiteral("official"), QStringLiteral("usual"), QString(), QStringLiteral("temp"),
        QStringLiteral("anonymous")};
    const auto at = std::find(std::begin(order), std::end(order), name.use);
    return static_cast<int>(at - std::begin(order));
}

Result<void> readNames(const QJsonObject &resource, FhirPatient &patient)
{
    const auto names = listIn(resource, QLatin1String("name"));
    if (!names)
        return tl::unexpected(names.error());
    for (const auto &item : *names) {
        FhirName name = nameIn(item.toObject());
        if (name.family.isEmpty() && name.given.isEmpty())
            name.given = name.text; // one text and no parts: kept whole
        if (!name.family.isEmpty() || !name.given.isEmpty())
            patient.names.push_back(name);
    }
    std::stable_sort(patient.names.begin(), patient.names.end(),
        [](const FhirName &a, const FhirName &b) { return standing(a) < standing(b); });
    return {};
}

Result<void> readReach(const QJsonObject &resource, FhirPatient &patient)
{
    const auto identifiers = listIn(resource, QLatin1String("identifier"));
    const auto telecom = listIn(resource, QLatin1String("telecom"));
    const auto addresses = listIn(resource, QLatin1String("address"));
    for (const auto *list : {&identifiers, &telecom, &addresses})
        if (!*list)
            return tl::unexpected(list->error());
    for (const auto &item : *identifiers) {
        const QJsonObject o = item.toObject();
        FhirIdentifier id{textOf(o[QLatin1String("system")]), textOf(o[QLatin1String("value")]),
            conceptText(o[QLatin1String("type")].toObject()), textOf(o[QLatin1String("use")])};
        if (!id.value.isEmpty())
            patient.identifiers.push_back(id);
    }
    std::vector<std::pair<int, FhirTelecom>> ranked;
    for (const auto &item : *telecom) {
        const QJsonObject o = item.toObject();
        FhirTelecom t{
            textOf(o[QLatin1String("system")]), textOf(o[QLatin1String("value")]), textOf(o[QLatin1String("use")])};
        if (!t.value.isEmpty() && t.use != QLatin1String("old"))
            ranked.emplace_back(o[QLatin1String("rank")].toInt(INT_MAX), t);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (auto &[rank, t] : ranked)
        patient.telecom.push_back(std::move(t));
    for (const auto &item : *addresses) {
        const QJsonObject o = item.toObject();
        if (o[QLatin1String("use")].toString() == QLatin1String("old"))
            continue;
        patient.addresses.push_back({joined(o[QLatin1String("line")], QStringLiteral(", ")),
            textOf(o[QLatin1String("city")]), textOf(o[QLatin1String("district")]), textOf(o[QLatin1String("state")]),
            textOf(o[QLatin1String("postalCode")]), textOf(o[QLatin1String("country")]),
            textOf(o[QLatin1String("text")])});
    }
    return {};
}

Result<void> readContacts(const QJsonObject &resource, FhirPatient &patient)
{
    const auto contacts = listIn(resource, QLatin1String("contact"));
    if (!contacts)
        return tl::unexpected(contacts.error());
    for (const auto &item : *contacts) {
        const QJsonObject o = item.toObject();
        const FhirName name = nameIn(o[QLatin1String("name")].toObject());
        FhirContact contact;
        contact.name = name.text.isEmpty() ? QString(name.given + QLatin1Char(' ') + name.family).trimmed() : name.text;
        const auto relations = o[QLatin1String("relationship")].toArray();
        if (!relations.isEmpty())
            contact.relationship = conceptText(relations.first().toObject());
        const auto telecom = o[QLatin1String("telecom")].toArray();
        for (const auto &t : telecom)
            if (contact.phone.isEmpty() && t.toObject()[QLatin1String("system")] == QLatin1String("phone"))
                contact.phone = textOf(t.toObject()[QLatin1String("value")]);
        const QJsonObject address = o[QLatin1String("address")].toObject();
        contact.address = textOf(address[QLatin1String("text")]);
        if (contact.address.isEmpty())
            contact.address = joined(address[QLatin1String("line")], QStringLiteral(", "));
        if (!contact.name.isEmpty() || !contact.phone.isEmpty())
            patient.contacts.push_back(contact);
    }
    return {};
}

Result<void> readLife(const QJsonObject &resource, FhirPatient &patient)
{
    patient.gender = textOf(resource[QLatin1String("gender")]);
    const QStringList genders{
        QStringLiteral("male"), QStringLiteral("female"), QStringLiteral("other"), QStringLiteral("unknown")};
    if (patient.gender.isEmpty())
        patient.gender = QStringLiteral("unknown");
    else if (!genders.contains(patient.gender))
        return wrong(QStringLiteral("gender"), QStringLiteral("must be male, female, other or unknown"));
    if (const QJsonValue birth = resource[QLatin1String("birthDate")]; !birth.isUndefined() && !birth.isNull()) {
        const auto date = domain::isoBirthDate(textOf(birth).toStdString());
        if (!date)
            return wrong(QStringLiteral("birthDate"),
                QStringLiteral("must be a day, month or year of the calendar: YYYY-MM-DD, YYYY-MM or YYYY"));
        patient.birthDate = date->date;
    }
    const QString died = textOf(resource[QLatin1String("deceasedDateTime")]);
    patient.deceased = resource[QLatin1String("deceasedBoolean")].toBool() || !died.isEmpty();
    if (!died.isEmpty()) {
        const auto date = domain::isoBirthDate(died.section(QLatin1Char('T'), 0, 0).toStdString());
        if (!date)
            return wrong(
                QStringLiteral("deceasedDateTime"), QStringLiteral("must begin with YYYY, YYYY-MM or YYYY-MM-DD"));
        patient.deceasedOn = date->date;
    }
    return {};
}

void readExtras(const QJsonObject &resource, FhirPatient &patient)
{
    const auto extensions = resource[QLatin1String("extension")].toArray();
    for (const auto &item : extensions) {
        const QJsonObject o = item.toObject();
        const QString url = o[QLatin1String("url")].toString();
        if (url.endsWith(QLatin1String("/patient-mothersMaidenName")))
            patient.mothersMaidenName = textOf(o[QLatin1String("valueString")]);
        if (url.endsWith(QLatin1String("/patient-birthPlace"))) {
            const QJsonObject place = o[QLatin1String("valueAddress")].toObject();
            QStringList parts;
            for (const auto key : {QLatin1String("city"), QLatin1String("state"), QLatin1String("country")})
                if (const QString part = textOf(place[key]); !part.isEmpty())
                    parts.append(part);
            patient.birthPlace = parts.join(QStringLiteral(", "));
        }
    }
    patient.maritalStatus = conceptText(resource[QLatin1String("maritalStatus")].toObject());
    const auto communication = resource[QLatin1String("communication")].toArray();
    for (const auto &item : communication) {
        const QJsonObject language = item.toObject()[QLatin1String("language")].toObject();
        const QString code = textOf(
            language[QLatin1String("coding")].toArray().first().toObject()[QLatin1String("code")]);
        if (patient.language.isEmpty())
            patient.language = code.isEmpty() ? conceptText(language) : code;
    }
}

} // namespace

Result<FhirPatient> readFhirPatient(const QJsonObject &resource)
{
    if (resource[QLatin1String("resourceType")].toString() != QLatin1String("Patient"))
        return wrong(QStringLiteral("resourceType"), QStringLiteral("must be Patient"));
    FhirPatient patient;
    patient.resourceId = textOf(resource[QLatin1String("id")]);
    for (const auto read : {readNames, readReach, readContacts, readLife})
        if (const auto done = read(resource, patient); !done)
            return tl::unexpected(done.error());
    readExtras(resource, patient);
    if (patient.resourceId.isEmpty() && patient.identifiers.empty())
        return wrong(QStringLiteral("id"),
            QStringLiteral("is missing, and so is an identifier: the person could not be known again"));
    return patient;
}

} // namespace anteroom::exchange

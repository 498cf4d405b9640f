#include "exchange/fhir_import.h"

#include "domain/patient.h"
#include "exchange/fhir_json.h"
#include "exchange/fhir_patient.h"
#include "schema/tables/patient_identifiers.h"
#include "schema/tables/patients.h"
#include "schema/tables/visits.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace anteroom::exchange {

namespace tables = schema::tables;

struct FhirImport::Kind {
    QLatin1String type, subject;
    Mapper rows;
    bool ofEncounter;        // may name an encounter; else it is one
};

namespace {

constexpr int kMaxMerges = 8;                    // a patient merged into one that was merged …; more would be a circle
constexpr int kMaxNamesakes = 20;                // patients that carry one and the same identifier
const auto kPatient = QLatin1String("Patient");
const auto kEncounter = QLatin1String("Encounter");
const auto kUrn = QLatin1String("urn:uuid:");

const QString &notHere()
{
    static const QString words = QStringLiteral("the patient it names is not here");
    return words;
}

QString typeOf(const QJsonObject &resource) { return textOf(resource[QLatin1String("resourceType")]).left(64); }

// Rows that others need come first.
int rankOf(const QString &type) { return type == kPatient ? 0 : type == kEncounter ? 1 : type == QLatin1String("Medication") ? 2 : 3; }

} // namespace

const FhirImport::Kind *FhirImport::kindOf(const QString &type)
{
    static constexpr Kind kinds[] = {
        {kEncounter, QLatin1String("subject"), encounterRows, false},
        {QLatin1String("Condition"), QLatin1String("subject"), conditionRows, true},
        {QLatin1String("Observation"), QLatin1String("subject"), observationRows, true},
        {QLatin1String("MedicationRequest"), QLatin1String("subject"), medicationRows, true},
        {QLatin1String("Immunization"), QLatin1String("patient"), immunizationRows, true},
        {QLatin1String("AllergyIntolerance"), QLatin1String("patient"), allergyRows, true},
        {QLatin1String("Procedure"), QLatin1String("subject"), procedureRows, true},
    };
    const auto *at = std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind &k) { return k.type == type; });
    return at == std::end(kinds) ? nullptr : at;
}

Result<void> FhirImport::take(const QJsonObject &resource, const BadLine &place)
{
    const QString type = typeOf(resource);
    if (type == QLatin1String("Bundle"))
        return takeBundle(resource, place);
    if (type.isEmpty()) {
        BadLine line = place;
        line.why = QStringLiteral("The line has no resourceType, so it is no FHIR resource.");
        m_writer.bad(line);
        return {};
    }
    return takeOne(resource, type, place);
}

Result<void> FhirImport::takeBundle(const QJsonObject &bundle, const BadLine &place)
{
    const QJsonArray entries = bundle[QLatin1String("entry")].toArray();
    BadLine bad = place;
    if (entries.size() > kMaxBundleEntries) {
        bad.why = QStringLiteral("The bundle has more than %1 entries. Export it in several files.").arg(kMaxBundleEntries);
        m_writer.bad(bad);
        return {};
    }
    bad.entry = true;
    struct Entry { qsizetype index; QString type; QJsonObject resource; };
    std::vector<Entry> order;
    m_fullUrls.clear();
    m_local.clear();
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QJsonObject entry = entries[i].toObject();
        QJsonObject resource = entry[QLatin1String("resource")].toObject();
        const QString type = typeOf(resource), url = textOf(entry[QLatin1String("fullUrl")]);
        if (type.isEmpty()) {
            bad.number = i + 1;
            bad.why = QStringLiteral("The entry holds no resource.");
            m_writer.bad(bad);
            continue;
        }
        if (textOf(resource[QLatin1String("id")]).isEmpty() && url.startsWith(kUrn))      // a transaction may leave it to the server
            resource.insert(QLatin1String("id"), url.mid(kUrn.size()));
        if (!url.isEmpty())
            m_fullUrls.insert(url, {type, textOf(resource[QLatin1String("id")])});
        order.push_back({i, type, std::move(resource)});
    }
    std::stable_sort(order.begin(), order.end(), [](const Entry &a, const Entry &b) { return rankOf(a.type) < rankOf(b.type); });
    for (const Entry &entry : order) {
        if (m_writer.cancelled())
            break;
        bad.number = entry.index + 1;
        m_writer.setPlace(QStringLiteral("entry %1").arg(bad.number));
        if (const auto ok = takeOne(entry.resource, entry.type, bad); !ok)
            return ok;
    }
    m_fullUrls.clear();
    m_local.clear();
    return {};
}

Result<void> FhirImport::takeOne(const QJsonObject &resource, const QString &type, const BadLine &place)
{
    if (type == kPatient)
        return takePatient(resource, place);
    if (const Kind *kind = kindOf(type))
        return takeClinical(resource, type, *kind);
    if (type == QLatin1String("Medication") && m_medications.size() < kMaxMedications)
        m_medications.insert(textOf(resource[QLatin1String("id")]), resource[QLatin1String("code")].toObject());
    auto &others = m_writer.report().otherTypes;
    if (others.size() < kMaxTypesListed || others.contains(type))
        ++others[type];
    m_writer.notTaken(type, type == QLatin1String("Bundle") ? QStringLiteral("a bundle inside a bundle is not opened")
                                                            : QStringLiteral("this type has no place here yet"));
    return {};
}

Result<void> FhirImport::takePatient(const QJsonObject &resource, const BadLine &place)
{
    const auto refuse = [&](const QString &why) -> Result<void> {
        BadLine line = place;
        line.why = why;
        m_writer.bad(line);
        m_writer.notTaken(kPatient, why);
        return {};
    };
    auto rows = patientRows(resource);
    if (!rows)
        return refuse(rows.error().detail);
    Person person{Person::State::Here, rows->changes.front().id, rows->changes.front().id, rows->system};
    const auto put = m_writer.put(std::move(rows->changes), person.id);
    if (!put)
        return tl::unexpected(put.error());
    if (*put == ImportWriter::Put::TooLarge)
        return refuse(QStringLiteral("This person has more rows than one transaction can hold."));
    m_writer.taken(kPatient, *put);
    if (*put != ImportWriter::Put::Added)
        if (const auto ok = follow(person); !ok)
            return ok;
    if (place.entry)
        m_local.insert(rows->resourceId, person);
    const auto known = m_people.constFind(rows->resourceId);
    if (known != m_people.constEnd() && known->state == Person::State::Here && known->imported != person.imported)
        person.state = Person::State::Ambiguous;         // two systems that number from 1: a reference means either
    m_people.insert(rows->resourceId, person);
    return {};
}

// Where a patient is now: marked as deleted, or merged into another one.
Result<void> FhirImport::follow(Person &person)
{
    for (int i = 0; i < kMaxMerges; ++i) {
        if (m_writer.ownerOf(person.id))
            return {};
        const auto row = m_writer.hooks().lookup(tables::patients, person.id);
        if (!row)
            return tl::unexpected(row.error());
        const Uuid next = *row ? domain::mergedInto(**row) : Uuid{};
        person.state = !*row ? Person::State::Missing : (*row)->deleted() && next.isNull() ? Person::State::Removed : Person::State::Here;
        if (next.isNull())
            return {};
        person.id = next;
    }
    person.state = Person::State::Removed;
    return {};
}

// Among what earlier imports brought: a row whose id was made of this very resource id, under a system that one of its
// identifiers names.
Result<FhirImport::Person> FhirImport::personHere(const QString &id)
{
    constexpr int kSystem = schema::col(tables::patient_identifiers, "system"), kValue = schema::col(tables::patient_identifiers, "value"),
                  kOwner = schema::col(tables::patient_identifiers, "patient_id");
    Person found;
    const auto candidate = [&](const QString &system) -> Result<void> {
        Person person{Person::State::Here, schema::importedId(system.toStdString(), id.toStdString()), {}, system};
        person.id = person.imported;
        if (const auto ok = follow(person); !ok)
            return ok;
        if (person.state != Person::State::Missing && found.state != Person::State::Missing && found.imported != person.imported)
            found.state = Person::State::Ambiguous;
        else if (person.state != Person::State::Missing)
            found = person;
        return {};
    };
    if (m_writer.hooks().where) {
        const auto rows = m_writer.hooks().where(tables::patient_identifiers, {kValue, schema::text(id)}, {}, kMaxNamesakes);
        if (!rows)
            return tl::unexpected(rows.error());
        for (const schema::Row &row : *rows)
            if (const QString system = schema::toQString(row[kSystem]); schema::importedId(system.toStdString(), id.toStdString()) == schema::toUuid(row[kOwner]))
                if (const auto ok = candidate(system); !ok)
                    return tl::unexpected(ok.error());
    }
    if (const auto ok = candidate(QStringLiteral("fhir/Patient")); !ok)
        return tl::unexpected(ok.error());
    return found;
}

Result<FhirImport::Person> FhirImport::person(const QString &id)
{
    if (const auto at = m_local.constFind(id); at != m_local.constEnd())
        return *at;
    if (const auto at = m_people.constFind(id); at != m_people.constEnd() && (at->state != Person::State::Missing || !m_last))
        return *at;
    auto found = personHere(id);
    if (found && found->state != Person::State::Missing)
        m_people.insert(id, *found);
    return found;
}

// "Patient/1", "https://…/Patient/1/_history/2", "urn:uuid:…" of this bundle or of another file.
FhirImport::Reference FhirImport::referenceIn(const QJsonValue &field, const QString &type, bool *inBundle) const
{
    const QString text = textOf(field.toObject()[QLatin1String("reference")]);
    if (const auto at = m_fullUrls.constFind(text); at != m_fullUrls.constEnd()) {
        *inBundle = true;
        return *at;
    }
    if (text.startsWith(kUrn))
        return {type, text.mid(kUrn.size())};
    const QStringList parts = text.section(QStringLiteral("/_history"), 0, 0).split(QLatin1Char('/'));
    if (parts.size() < 2)
        return {};
    return {parts[parts.size() - 2], parts.last()};
}

Result<QString> FhirImport::encounterTrouble(const Person &person, const Uuid &visit)
{
    if (const auto owner = m_writer.ownerOf(visit))
        return *owner == person.id ? QString() : QStringLiteral("the encounter it names is another patient's");
    const auto row = m_writer.hooks().lookup(tables::visits, visit);
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return QStringLiteral("the encounter it names is not here");
    if ((*row)->deleted())
        return QStringLiteral("the encounter it names was removed here");
    constexpr int kOwner = schema::col(tables::visits, "patient_id");
    const Uuid owner = schema::toUuid((**row)[kOwner]);
    return owner == person.id || owner == person.imported ? QString() : QStringLiteral("the encounter it names is another patient's");
}

// Puts the code of the Medication that a request names in the place where a request may carry it itself.
bool FhirImport::medicationKnown(QJsonObject &resource)
{
    const QJsonObject field = resource[QLatin1String("medicationReference")].toObject();
    if (field.isEmpty())
        return true;
    const QString text = textOf(field[QLatin1String("reference")]);
    QJsonObject code;
    const auto contained = resource[QLatin1String("contained")].toArray();
    for (const auto &item : contained)
        if (text.startsWith(QLatin1Char('#')) && textOf(item.toObject()[QLatin1String("id")]) == text.mid(1))
            code = item.toObject()[QLatin1String("code")].toObject();
    bool inBundle = false;
    if (code.isEmpty())
        code = m_medications.value(referenceIn(field, QStringLiteral("Medication"), &inBundle).id);
    if (code.isEmpty())
        return false;
    resource.insert(QLatin1String("medicationCodeableConcept"), code);
    resource.remove(QLatin1String("medicationReference"));
    return true;
}

// What can be taken only when something else has come. Whatever else is wrong with it is said at once.
void FhirImport::waits(const QJsonObject &resource, const QString &type, const Kind &kind, const QString &why, bool inBundle)
{
    const Source nobody{QStringLiteral("fhir/") + type, textOf(resource[QLatin1String("id")]), kNamespace, kind.ofEncounter ? kNamespace : Uuid{}};
    if (const auto rows = kind.rows(resource, nobody); !rows) {
        m_writer.notTaken(type, rows.error().detail);
        return;
    }
    if (!m_last && !inBundle) {
        QByteArray json = QJsonDocument(resource).toJson(QJsonDocument::Compact);
        if (m_waitingBytes + json.size() <= kMaxWaitingBytes) {
            m_waitingBytes += json.size();
            m_waiting.push_back({type, std::move(json)});
            return;
        }
    }
    m_writer.notTaken(type, why);
}

Result<void> FhirImport::takeClinical(QJsonObject resource, const QString &type, const Kind &kind)
{
    const QString id = textOf(resource[QLatin1String("id")]);
    const auto refuse = [&](const QString &why) -> Result<void> {
        m_writer.notTaken(type, why);
        return {};
    };
    if (id.isEmpty())
        return refuse(QStringLiteral("id is missing: it could not be known again"));
    bool inBundle = false;
    const Reference subject = referenceIn(resource[kind.subject], kPatient, &inBundle);
    if (subject.id.isEmpty() || subject.type != kPatient)
        return refuse(QStringLiteral("it names no patient"));
    if (!medicationKnown(resource))
        return refuse(QStringLiteral("the medicine it names is not in the file"));
    const auto person = this->person(subject.id);
    if (!person)
        return tl::unexpected(person.error());
    if (person->state == Person::State::Removed)
        return refuse(QStringLiteral("the patient it names was removed here"));
    if (person->state == Person::State::Ambiguous)
        return refuse(QStringLiteral("two patients have the id it names"));
    if (person->state == Person::State::Missing) {
        waits(resource, type, kind, notHere(), inBundle);
        return {};
    }
    Source source{person->system + QLatin1Char('/') + type, id, person->id, {}};
    if (const QJsonValue field = resource.value(QLatin1String("encounter")); kind.ofEncounter && field.isObject()) {
        inBundle = false;
        const Reference encounter = referenceIn(field, kEncounter, &inBundle);
        const QString system = person->system + QLatin1Char('/') + kEncounter;
        source.visit = schema::importedId(system.toStdString(), encounter.id.toStdString());
        const auto trouble = encounterTrouble(*person, source.visit);
        if (!trouble)
            return tl::unexpected(trouble.error());
        if (!trouble->isEmpty()) {
            waits(resource, type, kind, *trouble, inBundle);
            return {};
        }
    }
    return settle(type, kind.rows(resource, source), source.patient);
}

Result<void> FhirImport::settle(const QString &type, Result<std::vector<schema::Change>> rows, const Uuid &owner)
{
    if (!rows) {
        m_writer.notTaken(type, rows.error().detail);
        return {};
    }
    const auto put = m_writer.put(std::move(*rows), owner);
    if (!put)
        return tl::unexpected(put.error());
    if (*put == ImportWriter::Put::TooLarge)
        m_writer.notTaken(type, QStringLiteral("it is larger than one transaction can hold"));
    else
        m_writer.taken(type, *put);
    return {};
}

Result<void> FhirImport::finish()
{
    m_last = true;
    m_fullUrls.clear();
    m_local.clear();
    std::stable_sort(m_waiting.begin(), m_waiting.end(), [](const Waiting &a, const Waiting &b) { return rankOf(a.type) < rankOf(b.type); });
    while (!m_waiting.empty() && !m_writer.cancelled()) {
        const Waiting next = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (const auto ok = takeClinical(QJsonDocument::fromJson(next.json).object(), next.type, *kindOf(next.type)); !ok)
            return ok;
    }
    return {};
}

} // namespace anteroom::exchange

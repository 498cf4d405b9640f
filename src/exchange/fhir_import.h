// Takes FHIR R4 resources, one at a time or a bundle, and accounts for each: it stands in a record or is counted as not
// taken, with the reason. Resolves what resources refer to: inside the bundle, among what this run brought, among what
// earlier imports brought. What comes before the patient or encounter that it names waits, within limits, for the end.
#pragma once

#include "exchange/fhir_clinical.h"
#include "exchange/import_writer.h"

#include <QHash>

#include <deque>

namespace anteroom::exchange {

inline constexpr qsizetype kMaxBundleEntries = 100'000;              // a person's whole life in Synthea has below 20,000
inline constexpr qsizetype kMaxWaitingBytes = 32 * 1024 * 1024;      // resources that wait; the files are read in the order that needs no waiting
inline constexpr qsizetype kMaxMedications = 50'000;                 // of requests that name a Medication by reference

class FhirImport {
public:
    explicit FhirImport(ImportWriter &writer) : m_writer(writer) {}

    // Any resource; a bundle's entries. `place` says where a bad one stands. Errors stop the import.
    [[nodiscard]] Result<void> take(const QJsonObject &resource, const BadLine &place);
    // Decides on what waits. Nothing may be taken afterwards.
    [[nodiscard]] Result<void> finish();

private:
    struct Reference { QString type, id; };
    struct Person {
        enum class State : std::uint8_t { Here, Missing, Removed, Ambiguous } state = State::Missing;
        Uuid imported;       // row that the resource became
        Uuid id;             // where it is merged into another one, that one
        QString system;
    };
    struct Kind;
    static const Kind *kindOf(const QString &type);

    Result<void> takeBundle(const QJsonObject &bundle, const BadLine &place);
    Result<void> takeOne(const QJsonObject &resource, const QString &type, const BadLine &place);
    Result<void> takePatient(const QJsonObject &resource, const BadLine &place);
    Result<void> takeClinical(QJsonObject resource, const QString &type, const Kind &kind);
    Result<void> settle(const QString &type, Result<std::vector<schema::Change>> rows, const Uuid &owner);
    void waits(const QJsonObject &resource, const QString &type, const Kind &kind, const QString &why, bool inBundle);
    [[nodiscard]] Reference referenceIn(const QJsonValue &field, const QString &type, bool *inBundle) const;
    [[nodiscard]] Result<Person> person(const QString &id);
    [[nodiscard]] Result<Person> personHere(const QString &id);
    [[nodiscard]] Result<void> follow(Person &person);
    [[nodiscard]] Result<QString> encounterTrouble(const Person &person, const Uuid &visit);
    [[nodiscard]] bool medicationKnown(QJsonObject &resource);

    ImportWriter &m_writer;
    QHash<QString, Person> m_people;             // by resource id
    QHash<QString, Person> m_local;              // of the bundle at hand
    QHash<QString, Reference> m_fullUrls;        // of the bundle at hand
    QHash<QString, QJsonObject> m_medications;   // by resource id: their code
    struct Waiting { QString type; QByteArray json; };
    std::deque<Waiting> m_waiting;
    qsizetype m_waitingBytes = 0;
    bool m_last = false;                         // nothing comes any more: nothing waits
};

} // namespace anteroom::exchange

#include "ui/patients/patient_details_model.h"

#include "core/when_ready.h"
#include "domain/queue.h"
#include "schema/tables/patient_contacts.h"
#include "schema/tables/patient_history.h"
#include "schema/tables/patient_identifiers.h"
#include "schema/tables/patient_names.h"
#include "ui/common/paint.h"
#include "ui/patients/patient_columns.h"
#include "ui/queue/queue_model.h"
#include "ui/queue/ticket_columns.h"

#include <QDateTime>

#include <algorithm>

namespace anteroom::ui {
namespace {

namespace tables = schema::tables;

namespace history {
constexpr int kKind = schema::col(tables::patient_history, "kind");
constexpr int kTitle = schema::col(tables::patient_history, "title");
constexpr int kCode = schema::col(tables::patient_history, "code");
constexpr int kReaction = schema::col(tables::patient_history, "reaction");
constexpr int kStatus = schema::col(tables::patient_history, "status");
constexpr int kOnset = schema::col(tables::patient_history, "onset_date");
} // namespace history

namespace contact {
constexpr int kName = schema::col(tables::patient_contacts, "name");
constexpr int kRelationship = schema::col(tables::patient_contacts, "relationship");
constexpr int kPhone = schema::col(tables::patient_contacts, "phone");
} // namespace contact

bool concerns(const node::ChangeNotice &rows, const Uuid &id)
{
    static const schema::Table *const kAbout[] = {&tables::patient_history, &tables::patient_contacts, &tables::patient_names,
                                                  &tables::patient_identifiers, &kTickets};
    return rows.empty() || std::any_of(rows.begin(), rows.end(), [&](const node::ChangedRow &row) {
               return (row.table == &kPatients && row.id == id) || std::find(std::begin(kAbout), std::end(kAbout), row.table) != std::end(kAbout);
           });
}

void addFact(std::vector<Fact> &facts, const QString &label, const QString &value)
{
    if (!value.isEmpty())
        facts.push_back({label, value});
}

QString withDetail(const QString &what, const QString &detail, const QString &before, const QString &after)
{
    return detail.isEmpty() ? what : QString(what + before + detail + after);
}

bool saysNone(const schema::Row &row)
{
    return schema::toText(row[history::kCode]) == "716186003"
        || schema::toQString(row[history::kTitle]).compare(QLatin1String("No known allergies"), Qt::CaseInsensitive) == 0;
}

void addHistory(PatientDetails &out, const std::vector<schema::Row> &rows)
{
    QStringList allergies;
    std::int64_t askedAt = 0;
    for (const schema::Row &row : rows) {
        const auto kind = schema::toText(row[history::kKind]);
        const auto status = schema::toText(row[history::kStatus]);
        if (row.deleted() || status == "refuted" || status == "entered_in_error")
            continue;
        const QString title = schema::toQString(row[history::kTitle]);
        const bool allergy = kind == "allergy" || kind == "intolerance";
        if (allergy && saysNone(row))
            askedAt = std::max(askedAt, schema::toInt(row[schema::kUpdatedAt]));
        else if (allergy)
            allergies.append(withDetail(title, schema::toQString(row[history::kReaction]), QStringLiteral(": "), {}));
        else if (kind == "condition")
            out.conditions.append(withDetail(title, schema::toQString(row[history::kOnset]).left(4), QStringLiteral(" ("), QStringLiteral(")")));
    }
    if (!allergies.isEmpty()) {
        out.allergies = PatientDetails::Allergies::Known;
        out.allergyText = allergies.join(QStringLiteral("  ·  "));
    } else if (askedAt != 0) {
        out.allergies = PatientDetails::Allergies::None;
        out.allergyText = PatientDetailsModel::tr("asked %1").arg(dateText(QDateTime::fromMSecsSinceEpoch(askedAt).date()));
    }
}

// "T-024 · Consultation · waits"
QString ticketLine(const QString &label, const QString &point, domain::TicketState state)
{
    const QString does = state == domain::TicketState::Waiting   ? PatientDetailsModel::tr("waits")
                         : state == domain::TicketState::Called  ? PatientDetailsModel::tr("called")
                                                                 : PatientDetailsModel::tr("in service");
    return point.isEmpty() ? PatientDetailsModel::tr("%1 · %2", "ticket, what it does").arg(isolated(label), does)
                           : PatientDetailsModel::tr("%1 · %2 · %3", "ticket, service point, what it does").arg(isolated(label), isolated(point), does);
}

QString factsLine(const schema::Row &row, QDate today)
{
    QStringList parts;
    const QString birth = birthText(birthOf(row)), number = schema::toQString(row[patient::kNumber]);
    for (const QString &part : {sexLetter(row), patientAge(row, today), birth.isEmpty() ? QString() : PatientDetailsModel::tr("born %1").arg(isolated(birth)),
                                number.isEmpty() ? number : isolated(number)})
        if (!part.isEmpty())
            parts.append(part);
    return parts.join(QStringLiteral(" · "));
}

} // namespace

PatientDetails detailsOf(const node::PatientCard &card, QDate today, const std::vector<schema::Row> &points)
{
    const schema::Row &row = card.patient;
    PatientDetails out{.row = row, .name = patientName(row), .facts = factsLine(row, today), .died = hasDied(row)};
    addHistory(out, card.history);
    addFact(out.contact, PatientDetailsModel::tr("Phone"), schema::toQString(row[patient::kPhone]));
    addFact(out.contact, PatientDetailsModel::tr("Second phone"), schema::toQString(row[patient::kSecondPhone]));
    addFact(out.contact, PatientDetailsModel::tr("Address"), addressText(row));
    addFact(out.contact, PatientDetailsModel::tr("E-mail"), schema::toQString(row[patient::kEmail]));
    addFact(out.person, PatientDetailsModel::tr("Sex"), sexWord(schema::toQString(row[patient::kSex])));
    addFact(out.person, PatientDetailsModel::tr("Born"), birthText(birthOf(row)));
    addFact(out.person, PatientDetailsModel::tr("ID card"), schema::toQString(row[patient::kNationalId]));
    addFact(out.person, PatientDetailsModel::tr("Occupation"), schema::toQString(row[patient::kOccupation]));
    addFact(out.person, PatientDetailsModel::tr("Note"), schema::toQString(row[patient::kNote]));
    if (out.died)
        addFact(out.person, PatientDetailsModel::tr("Died"), schema::toQString(row[patient::kDeceasedOn]));
    for (const schema::Row &person : card.contacts) {
        const QString named = withDetail(schema::toQString(person[contact::kName]), schema::toQString(person[contact::kRelationship]),
                                         QStringLiteral(" ("), QStringLiteral(")"));
        out.kin.append(withDetail(named, schema::toQString(person[contact::kPhone]), QStringLiteral(" · "), {}));
    }
    for (const schema::Row &open : card.tickets) {
        const auto state = domain::ticketState(schema::toText(open[ticket::kState]));
        const QString label = schema::toQString(open[ticket::kLabel]);
        if (state && domain::isActive(*state))
            out.tickets.append(ticketLine(label.isEmpty() ? schema::toQString(open[ticket::kProvisionalLabel]) : label,
                                          nameOf(points, schema::toUuid(open[ticket::kServicePoint]), point::kName), *state));
    }
    return out;
}

PatientDetailsModel::PatientDetailsModel(const Context &context, QueueModel &queue, QObject *parent)
    : QObject(parent), m_replica(context.replica), m_queue(queue), m_clock(context.clock)
{
    connect(&m_replica, &node::Replica::changed, this, [this](const node::ChangeNotice &rows) {
        if (!m_id.isNull() && concerns(rows, m_id))
            reload();
    });
}

void PatientDetailsModel::open(const Uuid &id)
{
    if (m_id == id)
        return;
    m_id = id;
    if (id.isNull()) {
        m_details.reset();
        Q_EMIT changed();
        return;
    }
    reload();
}

void PatientDetailsModel::reload()
{
    whenReady(m_replica.queries().patientCard(m_id), this, [this, id = m_id](const Result<node::PatientCard> &result) {
        if (id != m_id)
            return;                                  // another person is open by now
        m_failure = result ? QString() : result.error().detail;
        if (result)
            m_details = detailsOf(*result, QDateTime::fromMSecsSinceEpoch(m_clock.utcMs()).date(), m_queue.board().points);
        else
            m_details.reset();
        Q_EMIT changed();
    });
}

} // namespace anteroom::ui

#include "node/queries.h"

#include "node/clinic_policy.h"
#include "node/replica.h"
#include "node/replica_parts.h"
#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/clinic_settings.h"
#include "schema/tables/devices.h"
#include "schema/tables/patient_contacts.h"
#include "schema/tables/patient_history.h"
#include "schema/tables/patient_identifiers.h"
#include "schema/tables/patient_names.h"
#include "schema/tables/patients.h"
#include "schema/tables/rooms.h"
#include "schema/tables/service_points.h"
#include "schema/tables/users.h"
#include "storage/record_query.h"

#include <QDateTime>

namespace anteroom::node {

using namespace schema;
using storage::Connection;

namespace {

std::string today(Connection &connection)
{
    const auto row = storage::readRow(connection, tables::clinic_settings, naturalId(tables::clinic_settings, {"clinic.time_zone"}));
    const std::string zone = row ? std::string(toText((*row)[col(tables::clinic_settings, "value")])) : std::string();
    return QDateTime::currentDateTimeUtc().toTimeZone(zoneFromSetting(zone)).date().toString(Qt::ISODate).toStdString();
}

std::vector<Row> children(Connection &connection, const Table &table, const Uuid &patient)
{
    const storage::Condition of{findColumn(table, "patient_id"), patient};
    std::vector<Row> rows = storage::findRows(connection, table, std::span(&of, 1), 1000);
    std::erase_if(rows, [](const Row &r) { return r.deleted(); });
    return rows;
}

// The most serious allergy that is known and not refuted; what a card and the desk strip name.
QString allergyOf(Connection &connection, const Uuid &patient)
{
    constexpr int kKind = col(tables::patient_history, "kind"), kText = col(tables::patient_history, "title"),
                  kCriticality = col(tables::patient_history, "criticality");
    QString found;
    for (const Row &r : children(connection, tables::patient_history, patient)) {
        if (toText(r[kKind]) != "allergy")
            continue;
        const QString text = toQString(r[kText]);
        if (found.isEmpty() || toText(r[kCriticality]) == "high")
            found = text;
    }
    return found;
}

} // namespace

QFuture<Result<std::vector<Row>>> Queries::list(ListRequest request)
{
    return m_replica.m_parts->readers->submit([request](Connection &connection) -> Result<std::vector<Row>> {
        if (!request.table)
            return fail(ErrorCode::Usage, QStringLiteral("A list needs a table."));
        storage::RecordQuery q;
        q.table = request.table;
        for (const ColumnValue &w : request.where)
            q.where.push_back({w.column, w.value});
        q.prefixColumn = request.prefixColumn;
        q.prefix = request.prefix;
        for (const int column : request.orderBy)
            q.orderBy.push_back({column});
        q.limit = request.limit;
        q.offset = request.offset;
        q.after = request.after;
        q.deletedToo = request.deletedToo;
        return storage::listRows(connection, q);
    });
}

QFuture<Result<std::optional<Row>>> Queries::record(const Table &table, const Uuid &id)
{
    return m_replica.m_parts->readers->submit([t = &table, id](Connection &connection) -> Result<std::optional<Row>> {
        return storage::readRow(connection, *t, id);
    });
}

QFuture<Result<std::int64_t>> Queries::countPatients()
{
    return m_replica.m_parts->readers->submit([](Connection &connection) -> Result<std::int64_t> {
        return storage::countRows(connection, tables::patients, {});
    });
}

QFuture<Result<PatientCard>> Queries::patientCard(const Uuid &id)
{
    return m_replica.m_parts->readers->submit([id](Connection &connection) -> Result<PatientCard> {
        const auto row = storage::readRow(connection, tables::patients, id);
        if (!row)
            return fail(ErrorCode::NotFound, QStringLiteral("This patient is not on this PC."));
        PatientCard card;
        card.patient = *row;
        card.names = children(connection, tables::patient_names, id);
        card.identifiers = children(connection, tables::patient_identifiers, id);
        card.contacts = children(connection, tables::patient_contacts, id);
        card.history = children(connection, tables::patient_history, id);
        const std::string day = today(connection);
        for (Row &ticket : children(connection, tables::active_patient_queue, id))
            if (toText(ticket[col(tables::active_patient_queue, "clinic_day")]) == day)
                card.tickets.push_back(std::move(ticket));
        return card;
    });
}

QFuture<Result<QueueBoard>> Queries::queueBoard()
{
    return m_replica.m_parts->readers->submit([](Connection &connection) -> Result<QueueBoard> {
        constexpr int kDay = col(tables::active_patient_queue, "clinic_day"), kPatient = col(tables::active_patient_queue, "patient_id"),
                      kLabel = col(tables::active_patient_queue, "label");
        QueueBoard board;
        board.day = today(connection);
        const auto all = [&](const Table &table, int order) {
            storage::RecordQuery q;
            q.table = &table;
            if (order >= 0)
                q.orderBy = {{order}};
            q.limit = 1000;
            return storage::listRows(connection, q);
        };
        board.points = all(tables::service_points, col(tables::service_points, "sort_order"));
        std::erase_if(board.points, [](const Row &r) { return toInt(r[col(tables::service_points, "active")], 1) == 0; });
        board.rooms = all(tables::rooms, -1);
        board.users = all(tables::users, -1);
        board.devices = all(tables::devices, -1);
        const storage::Condition ofDay{kDay, board.day};
        for (Row &ticket : storage::findRows(connection, tables::active_patient_queue, std::span(&ofDay, 1), 10000)) {
            if (ticket.deleted())
                continue;
            TicketView view;
            view.confirmed = !isNull(ticket[kLabel]);
            if (const Uuid patient = toUuid(ticket[kPatient]); !patient.isNull()) {
                view.patient = storage::readRow(connection, tables::patients, patient);
                view.allergy = allergyOf(connection, patient);
            }
            view.ticket = std::move(ticket);
            board.tickets.push_back(std::move(view));
        }
        return board;
    });
}

} // namespace anteroom::node

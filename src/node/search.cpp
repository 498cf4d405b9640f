// Queries that ask the search index: the search box, the duplicates beside a form, code lists.

#include "domain/patient.h"
#include "domain/patient_number.h"
#include "domain/permissions.h"
#include "node/queries.h"
#include "node/replica.h"
#include "node/replica_parts.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/code_concepts.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patient_queue.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "storage/record_query.h"
#include "storage/search_index.h"
#include "storage/search_query.h"

namespace anteroom::node {

using namespace schema;
using namespace schema::tables;
using storage::Connection;

namespace {

constexpr int kMostOfBill = 1000;                // items, or payments

std::vector<Row> ofBill(Connection &connection, const Table &table, const Uuid &bill)
{
    const storage::Condition of{findColumn(table, "bill_id"), bill};
    return storage::findRows(connection, table, std::span(&of, 1), kMostOfBill);
}

void describeTicket(Connection &connection, Hit &hit)
{
    const Value &label = hit.row[findColumn(*hit.table, "label")];
    hit.label = toQString(isNull(label) ? hit.row[findColumn(*hit.table, "provisional_label")] : label);
    const Uuid who = toUuid(hit.row[findColumn(*hit.table, "patient_id")]);
    if (auto patient = who.isNull() ? std::nullopt : storage::readRow(connection, patients, who))
        hit.detail = domain::displayName(*patient);
}

void describe(Connection &connection, schema::Role role, Hit &hit)
{
    if (hit.table == &patients) {
        hit.label = domain::displayName(hit.row);
        hit.detail = toQString(hit.row[col(patients, "number")]);
    } else if (hit.table == &active_patient_queue || hit.table == &patient_queue) {
        describeTicket(connection, hit);
    } else if (hit.table == &patient_bills) {
        hit.label = toQString(hit.row[col(patient_bills, "number")]);
        hit.detail = toQString(hit.row[col(patient_bills, "snapshot_name")]);
        if (domain::mayRead(role, bill_items) && domain::mayRead(role, payments))
            if (const auto totals = domain::billTotals(hit.row, ofBill(connection, bill_items, hit.row.id), ofBill(connection, payments, hit.row.id)))
                hit.bill = *totals;
    }
}

// A patient number is found however it was typed ("aa 0001237", with O for 0).
QString asStored(const QString &typed)
{
    return domain::readPatientNumber(typed).value_or(typed);
}

} // namespace

QFuture<Result<Found>> Queries::find(Find request)
{
    const schema::Role role = m_replica.session().session().role;
    return m_replica.m_parts->readers->submit([request = std::move(request), role, vocabulary = m_replica.m_parts->vocabulary](Connection &connection) -> Result<Found> {
        storage::SearchAnswer answer = storage::search(connection, *vocabulary, {
            .text = asStored(request.text),
            .limit = request.limit,
            .onlyPatients = request.onlyPatients,
            .mayShow = [role](const Table &table) { return domain::mayRead(role, table); },
        });
        Found found;
        found.more = answer.more;
        found.indexing = storage::SearchIndex(connection).behind();
        for (storage::SearchHit &hit : answer.hits) {
            found.hits.push_back({.table = hit.table, .row = std::move(hit.row), .similar = hit.similar});
            describe(connection, role, found.hits.back());
        }
        return found;
    });
}

QFuture<Result<std::vector<Row>>> Queries::findCodes(QString system, QString typed, int limit)
{
    return m_replica.m_parts->readers->submit([system, typed, limit](Connection &connection) -> Result<std::vector<Row>> {
        return storage::searchCodes(connection, system, typed, limit);
    });
}

QFuture<Result<std::vector<Row>>> Queries::searchPatients(QString text, int limit)
{
    return m_replica.m_parts->readers->submit([text, limit, vocabulary = m_replica.m_parts->vocabulary](Connection &connection) -> Result<std::vector<Row>> {
        if (text.trimmed().isEmpty()) {
            storage::RecordQuery all;
            all.table = &patients;
            all.orderBy = {{col(patients, "folded_name")}};
            all.limit = limit;
            return storage::listRows(connection, all);
        }
        std::vector<Row> rows;
        for (storage::SearchHit &hit : storage::search(connection, *vocabulary, {.text = asStored(text), .limit = limit, .onlyPatients = true, .mayShow = {}}).hits)
            rows.push_back(std::move(hit.row));
        return rows;
    });
}

} // namespace anteroom::node

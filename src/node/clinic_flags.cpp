// Rule 14: which rows a merge may have made wrong together, and the rows beside them that tell. Only tables that were
// written are looked at, each by an index; what is wrong is domain's to say.
#include "node/clinic_policy.h"

#include "domain/checks.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/dispense_records.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patient_identifiers.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "schema/tables/prescription_items.h"
#include "schema/tables/prescriptions.h"
#include "schema/tables/stock_lots.h"
#include "schema/tables/stock_movements.h"
#include "schema/tables/users.h"

#include <algorithm>
#include <set>

namespace anteroom::node {

using namespace schema;
using sync::Flag;
using sync::RowAt;
using sync::StoreTx;

namespace {

constexpr int kAllRows = 100'000;            // of one bill, lot or prescription: more than any has

template <typename Note>
void raise(std::vector<Flag> &out, std::string_view rule, const Table &table, const Uuid &id, const Note &note)
{
    if (note)
        out.push_back({std::string(rule), *note, &table, id});
}

class Checks {
public:
    Checks(const Entry *entry, StoreTx &tx) : m_entry(entry), m_tx(tx) {}

    void note(const RowAt &r)
    {
        const Table *t = r.table;
        const Row &row = r.row;
        if (t == &tables::patient_bills)
            m_bills.insert(row.id);
        else if (t == &tables::bill_items)
            m_bills.insert(toUuid(row[col(tables::bill_items, "bill_id")]));
        else if (t == &tables::payments)
            m_paid.insert(toUuid(row[col(tables::payments, "bill_id")]));
        else if (t == &tables::prescription_items)
            m_items.insert(row.id);
        else if (t == &tables::dispense_records)
            dispensed(row);
        else if (t == &tables::stock_movements)
            m_lots.insert(toUuid(row[col(tables::stock_movements, "lot_id")]));
        else if (t == &tables::active_patient_queue)
            ticket(row);
        else if (t == &tables::users)
            raise(m_out, domain::check::kLogin, *t, row.id, domain::secondLogin(row, same(*t, col(tables::users, "login"), row)));
        else if (t == &tables::patients && identityWritten(row.id))
            raise(m_out, domain::check::kPerson, *t, row.id, domain::samePerson(row, same(*t, col(tables::patients, "folded_name"), row)));
        else if (t == &tables::patient_identifiers)
            identifier(row);
    }

    std::vector<Flag> take()
    {
        m_bills.insert(m_paid.begin(), m_paid.end());
        for (const Uuid &id : m_bills)
            bill(id);
        for (const Uuid &id : m_items)
            item(id);
        for (const Uuid &id : m_lots)
            lot(id);
        return std::move(m_out);
    }

private:
    std::vector<Row> same(const Table &table, int column, const Row &row)
    {
        return isNull(row[column]) ? std::vector<Row>{} : m_tx.find(table, {{column, row[column]}, {kDeletedAt, Value{}}}, kAllRows);
    }

    // Who somebody is: a phone that changes makes no second person.
    bool identityWritten(const Uuid &id) const
    {
        if (!m_entry)
            return true;
        constexpr GroupNo name = columnAt(tables::patients, col(tables::patients, "folded_name")).group,
                          birth = columnAt(tables::patients, col(tables::patients, "birth_date")).group,
                          sex = columnAt(tables::patients, col(tables::patients, "sex")).group;
        for (const Change &c : m_entry->changes)
            if (c.table == &tables::patients && c.id == id
                && (c.op == Op::Insert || c.op == Op::Restore || std::ranges::any_of(c.groups, [](const GroupChange &g) { return g.group == name || g.group == birth || g.group == sex; })))
                return true;
        return false;
    }

    void identifier(const Row &row)
    {
        constexpr const Table &t = tables::patient_identifiers;
        if (domain::sameIdentifier(row, same(t, col(t, "value"), row)))
            m_out.push_back({std::string(domain::check::kPerson), domain::identifierNote(row), &tables::patients, toUuid(row[col(t, "patient_id")])});
    }

    void ticket(const Row &row)
    {
        constexpr const Table &t = tables::active_patient_queue;
        raise(m_out, domain::check::kTicket, t, row.id, domain::secondTicket(row, same(t, col(t, "patient_id"), row)));
    }

    void dispensed(const Row &row)
    {
        constexpr const Table &t = tables::dispense_records;
        raise(m_out, domain::check::kExternalId, t, row.id, domain::secondDispensing(row, same(t, col(t, "external_id"), row)));
        if (const Value &item = row[col(t, "prescription_item_id")]; !isNull(item))
            m_items.insert(toUuid(item));
        else if (const Value &prescription = row[col(t, "prescription_id")]; !isNull(prescription))
            for (const Row &i : m_tx.find(tables::prescription_items, {{col(tables::prescription_items, "prescription_id"), prescription}}, kAllRows))
                if (domain::belongsTo(row, i))
                    m_items.insert(i.id);
    }

    void bill(const Uuid &id)
    {
        const auto row = m_tx.row(tables::patient_bills, id);
        if (!row)
            return;
        const auto items = m_tx.find(tables::bill_items, {{col(tables::bill_items, "bill_id"), id}}, kAllRows);
        const auto payments = m_tx.find(tables::payments, {{col(tables::payments, "bill_id"), id}}, kAllRows);
        raise(m_out, domain::check::kPaid, tables::patient_bills, id, domain::paidTooMuch(*row, items, payments, m_paid.contains(id)));
    }

    void item(const Uuid &id)
    {
        constexpr const Table &t = tables::dispense_records;
        const auto row = m_tx.row(tables::prescription_items, id);
        if (!row || row->deleted())
            return;
        const Value &prescription = (*row)[col(tables::prescription_items, "prescription_id")];
        std::vector<Row> records = m_tx.find(t, {{col(t, "prescription_id"), prescription}}, kAllRows);
        const auto of = m_tx.row(tables::prescriptions, toUuid(prescription));      // records that name only the item: by their patient
        if (of)
            for (Row &r : m_tx.find(t, {{col(t, "patient_id"), (*of)[col(tables::prescriptions, "patient_id")]}, {col(t, "prescription_item_id"), id}, {col(t, "prescription_id"), Value{}}}, kAllRows))
                records.push_back(std::move(r));
        raise(m_out, domain::check::kDispensed, tables::prescription_items, id, domain::dispensedTooMuch(*row, records));
    }

    void lot(const Uuid &id)
    {
        constexpr const Table &t = tables::stock_movements;
        const auto row = m_tx.row(tables::stock_lots, id);
        if (!row)
            return;
        const auto movements = m_tx.find(t, {{col(t, "drug_id"), (*row)[col(tables::stock_lots, "drug_id")]}, {col(t, "lot_id"), id}}, kAllRows);
        raise(m_out, domain::check::kStock, tables::stock_lots, id, domain::stockBelowZero(*row, movements));
    }

    const Entry *m_entry;
    StoreTx &m_tx;
    std::set<Uuid> m_bills, m_paid, m_items, m_lots;
    std::vector<Flag> m_out;
};

} // namespace

std::vector<Flag> ClinicPolicy::flags(const Entry *entry, std::span<const RowAt> rows, StoreTx &tx)
{
    Checks checks(entry, tx);
    for (const RowAt &r : rows)
        checks.note(r);
    return checks.take();
}

} // namespace anteroom::node

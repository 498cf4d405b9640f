// The forms of the reception, the doctor and the cashier.
#include "app/sim/people.h"
#include "app/sim/template.h"

#include "schema/tables/active_patient_queue.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/clinic_settings.h"
#include "schema/tables/notes.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patient_history.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "schema/tables/prescription_items.h"
#include "schema/tables/prescriptions.h"

namespace anteroom::sim {

using namespace schema;
using tables::active_patient_queue;
using tables::bill_items;
using tables::clinic_settings;
using tables::notes;
using tables::patient_bills;
using tables::patient_history;
using tables::patients;
using tables::payments;
using tables::prescription_items;
using tables::prescriptions;

namespace {

struct Editable { const Table *table; std::vector<int> columns; };

// What people write over and over, one or two columns of each merge group.
const std::vector<Editable> &editable()
{
    static const std::vector<Editable> all{
        {&patients, {col(patients, "family_name"), col(patients, "given_name"), col(patients, "phone"), col(patients, "email"), col(patients, "note"),
                     col(patients, "address_line"), col(patients, "city"), col(patients, "occupation")}},
        {&patients, {col(patients, "address_line"), col(patients, "city")}},
        {&notes, {col(notes, "text")}},
        {&patient_history, {col(patient_history, "title"), col(patient_history, "reaction"), col(patient_history, "note")}},
        {&patient_bills, {col(patient_bills, "note"), col(patient_bills, "payer"), col(patient_bills, "payer_reference")}},
        {&prescriptions, {col(prescriptions, "note")}},
    };
    return all;
}

bool isState(const Row &row, int column, std::string_view state) { return !row.deleted() && toText(row[column]) == state; }

constexpr int kBillState = col(patient_bills, "state"), kTicketState = col(active_patient_queue, "state");

} // namespace

void People::registration(Pc &pc, Form &form)
{
    if (static_cast<int>(rows(pc, patients).size()) >= m_few)
        return;
    form.act = "patients.register";
    form.parts.push_back(fresh(pc, patients, {{col(patients, "family_name"), word()}, {col(patients, "given_name"), word()}, {col(patients, "phone"), word()}, {col(patients, "city"), word()}}));
}

void People::edit(Pc &pc, Form &form, Dice &dice)
{
    const RowPtr patient = pick(pc, patients, dice);
    if (form.kind == Kind::Note && patient) {
        form.act = "notes.add";
        form.parts.push_back(fresh(pc, notes, {{col(notes, "subject_table"), std::int64_t{patients.number}}, {col(notes, "subject_id"), patient->id},
                                               {col(notes, "subject_class"), static_cast<std::int64_t>(patients.dataClass)}, {col(notes, "text"), word()}}));
    } else if (form.kind == Kind::History && patient) {
        form.act = "history.add";
        form.parts.push_back(fresh(pc, patient_history, {{col(patient_history, "patient_id"), patient->id}, {col(patient_history, "kind"), std::string("allergy")},
                                                         {col(patient_history, "title"), word()}, {col(patient_history, "reaction"), word()}}));
    } else if (form.kind == Kind::Edit) {
        const Editable &what = dice.any(editable());
        const RowPtr row = pick(pc, *what.table, dice);
        if (!row)
            return;
        form.act = std::string(what.table->name) + ".edit";
        Part part{Op::Update, what.table, row->id, row, {}, {}};
        for (int n = 1 + dice.below(2); n > 0; --n)
            part.values.push_back({dice.any(what.columns), word()});
        form.parts.push_back(std::move(part));
    }
}

void People::remove(Pc &pc, Form &form, Dice &dice)
{
    const bool back = form.kind == Kind::Restore;
    const Table &table = dice.chance(50) ? patients : notes;
    const RowPtr row = pick(pc, table, dice, [back](const Row &r) { return r.deleted() == back; });
    if (!row)
        return;
    form.act = std::string(table.name) + (back ? ".restore" : ".delete");
    form.parts.push_back({back ? Op::Restore : Op::Delete, &table, row->id, row, {}, {}});
}

void People::setting(Pc &pc, Form &form, Dice &dice)
{
    form.act = "settings.set";
    const std::string key = "sim.key" + std::to_string(dice.below(2));
    Part part = fresh(pc, clinic_settings, {{col(clinic_settings, "key"), key}, {col(clinic_settings, "value"), word()}});
    if (const RowPtr row = shown(pc, clinic_settings, part.id)) {
        part.op = Op::Update;
        part.shown = row;
    }
    form.parts.push_back(std::move(part));
}

void People::bill(Pc &pc, Form &form, Dice &dice)
{
    const RowPtr patient = pick(pc, patients, dice);
    if (!patient)
        return;
    form.act = "bills.make";
    form.parts.push_back(fresh(pc, patient_bills, {{col(patient_bills, "patient_id"), patient->id}, {col(patient_bills, "note"), word()}}));
    const Uuid bill = form.parts.front().id;
    for (int n = dice.below(3); n > 0; --n)
        form.parts.push_back(fresh(pc, bill_items, {{col(bill_items, "bill_id"), bill}, {col(bill_items, "description"), word()}, {col(bill_items, "unit_price"), std::int64_t{100 + dice.below(900)}}}));
}

void People::onBill(Pc &pc, Form &form, Dice &dice)
{
    const RowPtr bill = pick(pc, patient_bills, dice);
    if (!bill)
        return;
    if (form.kind == Kind::Pay) {
        form.act = "payments.take";
        form.parts.push_back(fresh(pc, payments, {{col(payments, "bill_id"), bill->id}, {col(payments, "amount"), std::int64_t{1 + dice.below(500)}}, {col(payments, "reference"), word()}}));
        return;
    }
    if (form.kind == Kind::Issue) {
        if (!isState(*bill, kBillState, "draft"))
            return;
        form.act = "bills.issue";
        form.parts.push_back({Op::Update, &patient_bills, bill->id, bill, {{kBillState, std::string("issued")}}, {}});
        return;
    }
    form.act = "bills.change";
    form.parts.push_back({Op::Update, &patient_bills, bill->id, bill, {{col(patient_bills, "note"), word()}}, {}});
    const RowPtr item = pick(pc, bill_items, dice, [&](const Row &r) { return !r.deleted() && toUuid(r[col(bill_items, "bill_id")]) == bill->id; });
    if (item)
        form.parts.push_back({Op::Update, &bill_items, item->id, item, {{col(bill_items, "description"), word()}}, {}});
    else if (isState(*bill, kBillState, "draft"))
        form.parts.push_back(fresh(pc, bill_items, {{col(bill_items, "bill_id"), bill->id}, {col(bill_items, "description"), word()}, {col(bill_items, "unit_price"), std::int64_t{250}}}));
}

void People::prescription(Pc &pc, Form &form, Dice &dice)
{
    if (form.kind == Kind::Prescribe) {
        const RowPtr patient = pick(pc, patients, dice);
        if (!patient)
            return;
        form.act = "prescriptions.write";
        form.parts.push_back(fresh(pc, prescriptions, {{col(prescriptions, "patient_id"), patient->id}, {col(prescriptions, "note"), word()}}));
        const Uuid made = form.parts.front().id;
        form.parts.push_back(fresh(pc, prescription_items, {{col(prescription_items, "prescription_id"), made}, {col(prescription_items, "drug_name"), word()},
                                                            {col(prescription_items, "dose"), double(1 + dice.below(20))}, {col(prescription_items, "dose_unit"), std::string("mg")}}));
        return;
    }
    const RowPtr item = pick(pc, prescription_items, dice);
    if (!item)
        return;
    form.act = "prescriptions.change";
    form.parts.push_back({Op::Update, &prescription_items, item->id, item, {{col(prescription_items, "dose"), double(30 + ++m_words)}, {col(prescription_items, "directions"), word()}}, {}});
    const RowPtr whole = shown(pc, prescriptions, toUuid((*item)[col(prescription_items, "prescription_id")]));
    if (whole && !whole->deleted() && dice.chance(50))
        form.parts.push_back({Op::Update, &prescriptions, whole->id, whole, {{col(prescriptions, "note"), word()}}, {}});
}

void People::ticket(Pc &pc, Form &form, Dice &dice)
{
    static constexpr int kPatient = col(active_patient_queue, "patient_id"), kPoint = col(active_patient_queue, "service_point_id"), kDesk = col(active_patient_queue, "desk_id");
    if (form.kind == Kind::Take) {
        const RowPtr patient = pick(pc, patients, dice);
        form.act = "queue.take";
        form.claim = Claim::Take;
        form.parts.push_back(fresh(pc, active_patient_queue, {{kPoint, theTemplate().points[static_cast<std::size_t>(dice.below(2))]}, {kPatient, patient ? Value{patient->id} : Value{}}}));
        return;
    }
    const Uuid here = pc.who.device;
    const auto at = [&](std::string_view state) {
        return pick(pc, active_patient_queue, dice, [&](const Row &r) { return isState(r, kTicketState, state) && (state == "waiting" || toUuid(r[kDesk]) == here); });
    };
    const auto now = pc.clock.utcMs();
    RowPtr row;
    std::vector<ColumnValue> values;
    if (form.kind == Kind::Call && (row = at("waiting"))) {
        form.act = "queue.call";
        form.claim = Claim::Call;
        values = {{kTicketState, std::string("called")}, {kDesk, here}, {col(active_patient_queue, "called_at"), now}};
    } else if (form.kind == Kind::Start && (row = at("called"))) {
        form.act = "queue.start";
        values = {{kTicketState, std::string("in_service")}, {col(active_patient_queue, "started_at"), now}};
    } else if (form.kind == Kind::Finish && (row = at(dice.chance(50) ? "in_service" : "called"))) {
        form.act = "queue.finish";
        values = {{kTicketState, std::string("done")}, {col(active_patient_queue, "finished_at"), now}};
    } else if (form.kind == Kind::Undo && (row = at(dice.chance(50) ? "called" : "in_service"))) {
        form.act = "queue.undo";
        const bool called = toText((*row)[kTicketState]) == "called";
        values = {{kTicketState, std::string(called ? "waiting" : "called")}};
        if (called)
            values.insert(values.end(), {{kDesk, {}}, {col(active_patient_queue, "claim_uuid"), {}}, {col(active_patient_queue, "called_at"), {}}});
    }
    if (row)
        form.parts.push_back({Op::Update, &active_patient_queue, row->id, row, std::move(values), {}});
}

} // namespace anteroom::sim

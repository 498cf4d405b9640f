// The demo clinic is valid by every rule of the schema and of the clinic, the same for a seed, and shows what a desk
// must be able to show.
#include "domain/demo_clinic.h"

#include "core/crockford.h"
#include "domain/billing.h"
#include "domain/patient.h"
#include "domain/queue.h"
#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/appointments.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patient_history.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "schema/tables/service_points.h"
#include "schema/tables/users.h"
#include "schema/validation.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace anteroom;
using namespace anteroom::domain;
using schema::col;
namespace tables = schema::tables;

namespace {

DemoSetup setup(std::uint64_t seed = 7)
{
    return {.seed = seed,
        .clinicDay = QDate(2026, 11, 20),
        .nowMs = 1'795'171'320'000,
        .device = kNamespace,
        .pcPrefix = QStringLiteral("AA")};
}

schema::Row rowOf(const schema::Change &change)
{
    schema::Row row = schema::emptyRow(*change.table, change.id);
    for (const auto &g : change.groups)
        schema::setGroupValues(*change.table, row, g.group, g.newValues);
    return row;
}

std::vector<schema::Row> rowsOf(const std::vector<DemoAct> &acts, const schema::Table &table)
{
    std::vector<schema::Row> rows;
    for (const DemoAct &act : acts)
        for (const auto &change : act.changes)
            if (change.table == &table)
                rows.push_back(rowOf(change));
    return rows;
}

} // namespace

class DemoClinicTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_acts = demoClinic(setup()); }
    void sameForASeed();
    void everyChangeIsValid();
    void referencesPointBack();
    void actsKeepTheRules();
    void people();
    void theMorning();
    void billsAddUp();

private:
    std::vector<DemoAct> m_acts;
};

void DemoClinicTest::sameForASeed()
{
    const auto again = demoClinic(setup());
    QCOMPARE(again.size(), m_acts.size());
    for (std::size_t i = 0; i < again.size(); ++i) {
        QVERIFY(again[i].name == m_acts[i].name && again[i].takesTicket == m_acts[i].takesTicket);
        QVERIFY(again[i].changes == m_acts[i].changes);
    }
    QVERIFY(demoClinic(setup(8)).front().changes != m_acts.front().changes);
}

void DemoClinicTest::everyChangeIsValid()
{
    std::set<Uuid> ids;
    for (std::uint64_t seed : {1, 7, 99})
        for (const DemoAct &act : demoClinic(setup(seed)))
            for (const auto &change : act.changes) {
                const auto ok = schema::validate(change);
                QVERIFY2(ok, ok ? "" : qPrintable(ok.error().detail));
                schema::Change again = change;
                QVERIFY(schema::canonicalise(again));
                derive(again);
                QVERIFY(again == change);
                if (seed == 7)
                    QVERIFY(ids.insert(change.id).second);
            }
}

void DemoClinicTest::referencesPointBack()
{
    std::set<std::pair<std::string_view, Uuid>> known{{"devices", kNamespace}};
    for (const DemoAct &act : m_acts)
        for (const auto &change : act.changes) {
            const schema::Row row = rowOf(change);
            for (int i = schema::kStandardCount; i < schema::columnCount(*change.table); ++i)
                if (const auto &c = schema::columnAt(*change.table, i);
                    !c.references.empty() && !schema::isNull(row[i]))
                    QVERIFY2(known.contains({c.references, schema::toUuid(row[i])}), c.name.data());
            known.insert({change.table->name, change.id});
        }
}

void DemoClinicTest::actsKeepTheRules()
{
    for (const DemoAct &act : m_acts) {
        QVERIFY(!act.changes.empty() && act.changes.size() <= static_cast<std::size_t>(schema::kMaxChangesPerEntry));
        QCOMPARE(act.takesTicket, act.changes[0].table == &tables::active_patient_queue);
        if (act.takesTicket)
            QCOMPARE(act.changes.size(), std::size_t(1));
        for (const auto &change : act.changes)
            QVERIFY(change.op == schema::Op::Insert && change.table->writer == schema::Writer::People);
    }
}

void DemoClinicTest::people()
{
    const auto patients = rowsOf(m_acts, tables::patients);
    QCOMPARE(patients.size(), std::size_t(300));
    std::set<std::string> numbers;
    std::set<std::string> precisions;
    int arabic = 0, apostrophe = 0, single = 0, infants = 0, old = 0, dead = 0;
    for (const auto &row : patients) {
        const std::string number(schema::toText(row[col(tables::patients, "number")]));
        numbers.insert(number);
        QVERIFY(parseNumber(QString::fromStdString(number)));
        precisions.emplace(schema::toText(row[col(tables::patients, "birth_precision")]));
        const QString name = displayName(row);
        QVERIFY(name != QStringLiteral("Unnamed"));
        QVERIFY(!schema::isNull(row[col(tables::patients, "folded_name")]));
        arabic += std::any_of(name.begin(), name.end(), [](QChar c) { return c.script() == QChar::Script_Arabic; });
        apostrophe += name.contains(QLatin1Char('\''));
        single += schema::isNull(row[col(tables::patients, "family_name")]);
        dead += isDeceased(row);
        const auto age = ageOf(row, QDate(2026, 11, 20));
        QVERIFY(age);
        infants += age->unit != AgeUnit::Years;
        old += age->unit == AgeUnit::Years && age->value >= 80;
    }
    QCOMPARE(numbers.size(), patients.size());
    QVERIFY(precisions.contains("day") && precisions.contains("month") && precisions.contains("age"));
    for (const int count : {arabic, apostrophe, single, infants, old, dead})
        QVERIFY2(count >= 2, qPrintable(QString::number(count)));
    QVERIFY(rowsOf(m_acts, tables::patient_history).size() >= 20);
    QVERIFY(rowsOf(m_acts, tables::users).size() >= 6);
}

void DemoClinicTest::theMorning()
{
    const auto rows = rowsOf(m_acts, tables::active_patient_queue);
    std::map<Uuid, schema::Row> patients;
    for (auto &row : rowsOf(m_acts, tables::patients))
        patients.insert({row.id, row});
    std::map<TicketState, int> states;
    std::set<Priority> waitingPriorities;
    std::set<std::pair<Uuid, Uuid>> active;
    std::int64_t lastArrival = 0;
    for (const auto &row : rows) {
        const Ticket t = ticketOf(row);
        ++states[t.state];
        if (t.state == TicketState::Waiting)
            waitingPriorities.insert(t.priority);
        if (isActive(t.state))
            QVERIFY(active.insert({t.patient, t.servicePoint}).second); // one active ticket a patient and service
        QVERIFY(!isDeceased(patients.at(t.patient)));
        QVERIFY(t.arrivedAt >= lastArrival); // numbers follow arrival
        lastArrival = t.arrivedAt;
        QVERIFY(t.arrivedAt <= setup().nowMs && t.calledAt <= setup().nowMs && t.finishedAt <= setup().nowMs);
        QVERIFY(t.calledAt == 0 || t.calledAt >= t.arrivedAt);
    }
    QCOMPARE(states[TicketState::Waiting], 20);
    QCOMPARE(waitingPriorities.size(), std::size_t(4));
    QVERIFY(states[TicketState::InService] >= 3 && states[TicketState::Called] >= 2 && states[TicketState::Done] >= 30);
    const auto points = rowsOf(m_acts, tables::service_points);
    QCOMPARE(points.size(), std::size_t(4));
    for (const auto &point : points)
        QVERIFY2(
            waitRange(ticketsAt(rows, point.id)), schema::toText(point[col(tables::service_points, "name")]).data());
    const auto first = next(ticketsAt(rows, points[0].id), policyOf(points[0]), setup().nowMs);
    QCOMPARE(reasonText(first->reason), QStringLiteral("emergency"));
    QVERIFY(rowsOf(m_acts, tables::appointments).size() >= 20);
}

void DemoClinicTest::billsAddUp()
{
    const auto items = rowsOf(m_acts, tables::bill_items);
    const auto payments = rowsOf(m_acts, tables::payments);
    std::map<BillState, int> states;
    for (const auto &bill : rowsOf(m_acts, tables::patient_bills)) {
        const auto of = [&](const std::vector<schema::Row> &rows, int column) {
            std::vector<schema::Row> out;
            std::copy_if(rows.begin(), rows.end(), std::back_inserter(out),
                [&](const auto &row) { return schema::toUuid(row[column]) == bill.id; });
            return out;
        };
        const auto totals = billTotals(
            bill, of(items, col(tables::bill_items, "bill_id")), of(payments, col(tables::payments, "bill_id")));
        QVERIFY(totals);
        QVERIFY(totals->due.minor > 0);
        ++states[totals->state];
    }
    QVERIFY(states[BillState::Paid] >= 10);
    QCOMPARE(states[BillState::Open], 3);
    QCOMPARE(states[BillState::Overpaid], 0);
}

QTEST_GUILESS_MAIN(DemoClinicTest)
#include "demo_clinic_test.moc"

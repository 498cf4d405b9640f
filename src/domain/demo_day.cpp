// The demo clinic's day: tickets of the morning, appointments, bills. Told backwards from now.
#include "domain/demo_maker.h"

#include "core/crockford.h"
#include "domain/billing.h"
#include "domain/demo_names.h"
#include "domain/queue.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/appointments.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/clinic_services.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/payments.h"

#include <algorithm>

namespace anteroom::domain::demo {

using schema::col;
using schema::ColumnValue;
using schema::text;
namespace tables = schema::tables;

namespace {

constexpr int kFinished[] = {14, 10, 11, 8}; // per point, this morning
constexpr int kRoomOf[][2] = {{0, 1}, {2, 3}, {4, 4}, {5, 5}};
constexpr int kStaffOf[][2] = {
    {Nurse, Nurse}, {Doctor, SecondDoctor}, {CashierPerson, CashierPerson}, {Pharmacist, Pharmacist}};

struct Plan {
    std::size_t person;
    int point;
    std::string_view priority, state;
    std::int64_t arrivedAt, calledAt, startedAt, finishedAt; // 0 = not yet
};

Plan standing(const Maker &maker, std::size_t i, const Featured &f)
{
    Plan plan{
        .person = i, .point = f.point, .priority = f.priority, .state = f.state, .arrivedAt = maker.ago(f.waitMin)};
    if (f.state == "waiting")
        return plan;
    plan.calledAt = maker.ago(0, f.sinceSec + (f.state == "called" ? 0 : 40));
    plan.startedAt = f.state == "in_service" ? maker.ago(0, f.sinceSec) : 0;
    plan.arrivedAt = plan.calledAt - f.waitMin * 60'000LL;
    return plan;
}

// Finished ones: a person every few minutes, each point with waits of its own, so that the range beside the lane's name
// comes from what happened.
std::vector<Plan> finished(Maker &maker, int point, std::size_t firstPerson)
{
    constexpr int kUsualWait[] = {18, 40, 7, 6};
    std::vector<Plan> plans;
    int minutesAgo = 35;
    for (int i = 0; i < kFinished[point]; ++i) {
        Plan plan{.person = firstPerson + static_cast<std::size_t>(i),
            .point = point,
            .priority = maker.chance(12) ? "priority" : "normal",
            .state = "done"};
        plan.calledAt = maker.ago(minutesAgo, maker.below(60));
        plan.arrivedAt = plan.calledAt
            - (kUsualWait[point] * 3 / 4 + maker.below(kUsualWait[point] / 2 + 1)) * 60'000LL;
        plan.startedAt = plan.calledAt + 45'000;
        plan.finishedAt = plan.startedAt + (3 + maker.below(9)) * 60'000LL;
        if (maker.chance(6)) {
            plan.state = "no_show";
            plan.startedAt = plan.finishedAt = 0;
        }
        plans.push_back(plan);
        minutesAgo += 6 + maker.below(7);
    }
    return plans;
}

DemoAct ticket(Maker &maker, const Plan &plan, int counter)
{
    const auto &t = tables::active_patient_queue;
    const auto pick = [&](const int(&two)[2]) { return static_cast<std::size_t>(two[maker.below(2)]); };
    std::vector<ColumnValue> values{{col(t, "patient_id"), maker.people[plan.person].id},
        {col(t, "service_point_id"), maker.points[static_cast<std::size_t>(plan.point)]},
        {col(t, "clinic_day"), maker.setup.clinicDay.toString(Qt::ISODate).toStdString()},
        {col(t, "arrived_at"), plan.arrivedAt},
        {col(t, "provisional_label"), text(provisionalLabel(maker.setup.pcPrefix, counter))},
        {col(t, "priority"), std::string(plan.priority)}, {col(t, "note"), text(maker.pick(complaints()))},
        {col(t, "state"), std::string(plan.state)}};
    const std::pair<int, std::int64_t> times[] = {{col(t, "called_at"), plan.calledAt},
        {col(t, "started_at"), plan.startedAt}, {col(t, "finished_at"), plan.finishedAt}};
    for (const auto &[column, ms] : times)
        if (ms != 0)
            values.push_back({column, ms});
    if (plan.calledAt != 0) {
        values.push_back({col(t, "room_id"), maker.rooms[pick(kRoomOf[plan.point])]});
        values.push_back({col(t, "served_by"), maker.staff[pick(kStaffOf[plan.point])]});
        if (!maker.setup.device.isNull())
            values.push_back({col(t, "desk_id"), maker.setup.device});
    }
    DemoAct act{.name = "queue.take", .takesTicket = true};
    act.changes.push_back(maker.newRow(t, values));
    return act;
}

// Living people who do not stand in the queue now, in the order of the list.
std::vector<std::size_t> others(const Maker &maker)
{
    std::vector<std::size_t> out;
    for (std::size_t i = featured().size(); i < maker.people.size(); ++i)
        if (!maker.people[i].dead)
            out.push_back(i);
    return out;
}

} // namespace

void addQueue(Maker &maker)
{
    std::vector<Plan> plans;
    for (std::size_t i = 0; i < featured().size(); ++i)
        plans.push_back(standing(maker, i, featured()[i]));
    const auto people = others(maker);
    // Most of a point's finished came on to the next one: the same people, later in the morning.
    for (int point = Triage; point <= Pharmacy; ++point)
        for (Plan plan : finished(maker, point, 0)) {
            plan.person = people[plan.person % people.size()];
            plans.push_back(plan);
        }
    std::stable_sort(
        plans.begin(), plans.end(), [](const Plan &a, const Plan &b) { return a.arrivedAt < b.arrivedAt; });
    int counter = 0;
    for (const Plan &plan : plans)
        maker.acts.push_back(ticket(maker, plan, ++counter));
}

void addAppointments(Maker &maker)
{
    constexpr int kSlotMin = 20;
    constexpr std::int64_t kSlotMs = kSlotMin * 60'000LL;
    const auto &t = tables::appointments;
    const auto people = others(maker);
    DemoAct act{.name = "demo.appointments"};
    const std::int64_t base = maker.setup.nowMs / kSlotMs * kSlotMs;
    std::size_t next = 20;
    for (const int provider : {Doctor, SecondDoctor})
        for (int slot = -8; slot < 14; ++slot) {
            if (maker.chance(30))
                continue;
            const std::int64_t start = base + slot * kSlotMs;
            const Person &person = maker.people[people[next++ % people.size()]];
            const bool past = slot < 0;
            const std::string_view state = !past ? (maker.chance(30) ? "confirmed" : "booked")
                : maker.chance(12)               ? "no_show"
                                                 : "fulfilled";
            act.changes.push_back(maker.newRow(t,
                {{col(t, "patient_id"), person.id}, {col(t, "patient_name"), text(person.name)},
                    {col(t, "starts_at"), start}, {col(t, "ends_at"), start + kSlotMs},
                    {col(t, "clinic_day"), maker.setup.clinicDay.toString(Qt::ISODate).toStdString()},
                    {col(t, "provider_id"), maker.staff[static_cast<std::size_t>(provider)]},
                    {col(t, "room_id"), maker.rooms[provider == Doctor ? 2 : 3]},
                    {col(t, "service_point_id"), maker.points[Consultation]}, {col(t, "state"), std::string(state)},
                    {col(t, "reason"), text(maker.pick(complaints()))}}));
        }
    maker.acts.push_back(std::move(act));
}

void addBills(Maker &maker)
{
    constexpr int kBills = 24;
    DemoAct bills{.name = "demo.bills"};
    DemoAct payments{.name = "demo.payments"}; // money taken: inserts only, an act of its own (rule H21)
    const auto people = others(maker);
    for (int n = 1; n <= kBills; ++n) {
        const Person &person = maker.people[people[static_cast<std::size_t>(n * 2) % people.size()]];
        const auto &b = tables::patient_bills;
        const Uuid bill = maker.id();
        const std::int64_t issued = maker.ago(10 + 7 * (kBills - n));
        bills.changes.push_back(maker.row(b, bill,
            {{col(b, "patient_id"), person.id}, {col(b, "snapshot_name"), text(person.name)},
                {col(b, "snapshot_number"), text(person.number)},
                {col(b, "number"), text(makeNumber(QString(maker.setup.pcPrefix), n).value_or(QString()))},
                {col(b, "state"), std::string("issued")}, {col(b, "issued_at"), issued},
                {col(b, "issued_by"), maker.staff[CashierPerson]}}));
        std::int64_t due = 0;
        const int lines = 1 + maker.below(3);
        for (int i = 0; i < lines; ++i) {
            const Service &service = services()[static_cast<std::size_t>(
                i == 0 ? 0 : 1 + maker.below(static_cast<int>(services().size()) - 1))];
            const auto amounts = itemAmounts(Money{service.price}, 1000, Money{0}, 0).value_or(ItemAmounts{});
            due += amounts.total.minor;
            const auto &t = tables::bill_items;
            bills.changes.push_back(maker.newRow(t,
                {{col(t, "bill_id"), bill}, {col(t, "position"), std::int64_t{i + 1}},
                    {col(t, "service_id"), schema::naturalId(tables::clinic_services, {std::string(service.code)})},
                    {col(t, "code"), std::string(service.code)}, {col(t, "description"), std::string(service.name)},
                    {col(t, "unit_price"), service.price}, {col(t, "total"), amounts.total.minor}}));
        }
        const bool open = n > kBills - 3; // the last three still stand at the cashier
        if (open)
            continue;
        const bool part = maker.chance(15);
        const std::int64_t amount = part ? due / 2 : due;
        const bool cash = maker.chance(70);
        const std::int64_t tendered = cash ? (amount + 999) / 1000 * 1000 : amount;
        const auto &t = tables::payments;
        payments.changes.push_back(maker.newRow(t,
            {{col(t, "bill_id"), bill}, {col(t, "patient_id"), person.id},
                {col(t, "number"), text(makeNumber(QString(maker.setup.pcPrefix), n).value_or(QString()))},
                {col(t, "method"), std::string(cash ? "cash" : "card")}, {col(t, "amount"), amount},
                {col(t, "tendered"), tendered}, {col(t, "change_given"), tendered - amount},
                {col(t, "received_at"), issued + 90'000}, {col(t, "received_by"), maker.staff[CashierPerson]},
                {col(t, "device_id"), schema::idOrNull(maker.setup.device)}, {col(t, "attempt_id"), maker.id()}}));
    }
    maker.acts.push_back(std::move(bills));
    maker.acts.push_back(std::move(payments));
}

} // namespace anteroom::domain::demo

// One ticket: the acts and the schema's transitions agree, labels, expected waits, and who may not be queued.
#include "domain/queue.h"

#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patients.h"
#include "schema/tables/service_points.h"

#include <QTest>

#include <rapidcheck.h>

#include <set>

using namespace anteroom;
using namespace anteroom::domain;
using schema::col;
namespace tables = schema::tables;

namespace {

Uuid named(std::uint8_t n)
{
    Uuid id;
    id.bytes[15] = n;
    return id;
}

Ticket calledAfter(std::uint8_t n, int minutes)
{
    Ticket t;
    t.id = named(n);
    t.state = TicketState::Done;
    t.arrivedAt = 1'000'000'000 + n;
    t.calledAt = t.arrivedAt + minutes * 60'000LL;
    return t;
}

} // namespace

class TicketTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyActIsATransitionOfTheSchema();
    void undoGoesBackToWhereTheActBegan();
    void wordsAreTheSchemas();
    void readsARow();
    void policyOfAPoint();
    void labels();
    void labelsNeverMeet();
    void waitsAsARange();
    void whoMayBeQueued();
};

void TicketTest::everyActIsATransitionOfTheSchema()
{
    std::set<std::pair<std::string_view, std::string_view>> allowed;
    for (const auto &t : tables::kActivePatientQueueTransitions)
        allowed.insert({t.from, t.to});
    std::set<std::pair<std::string_view, std::string_view>> reached;
    for (int s = 0; s <= static_cast<int>(TicketState::Left); ++s)
        for (int a = 0; a < static_cast<int>(TicketAct::Undo); ++a) {
            const auto state = static_cast<TicketState>(s);
            const auto to = after(state, static_cast<TicketAct>(a));
            if (to && *to != state)
                reached.insert({toText(state), toText(*to)});
        }
    QVERIFY(reached == allowed);
}

void TicketTest::undoGoesBackToWhereTheActBegan()
{
    using S = TicketState;
    QCOMPARE(after(S::Called, TicketAct::Undo), std::optional(S::Waiting));
    QCOMPARE(after(S::Done, TicketAct::Undo), std::optional(S::InService));
    QCOMPARE(after(S::NoShow, TicketAct::Undo), std::optional(S::Waiting));
    QVERIFY(!after(S::Waiting, TicketAct::Undo));
    QVERIFY(!after(S::Done, TicketAct::Call));
    QVERIFY(!after(S::Waiting, TicketAct::Finish));
}

void TicketTest::wordsAreTheSchemas()
{
    for (const auto word : tables::kActivePatientQueueState) {
        QVERIFY(ticketState(word));
        QVERIFY(toText(*ticketState(word)) == word);
    }
    for (const auto word : tables::kActivePatientQueuePriority)
        QVERIFY(priority(word) && toText(*priority(word)) == word);
    for (const auto word : tables::kServicePointsPolicy)
        QVERIFY(policyKind(word) && toText(*policyKind(word)) == word);
    QVERIFY(!ticketState("asleep"));
}

void TicketTest::readsARow()
{
    const auto &table = tables::active_patient_queue;
    schema::Row row = schema::emptyRow(table, named(1));
    row[col(table, "patient_id")] = named(2);
    row[col(table, "service_point_id")] = named(3);
    row[col(table, "priority")] = std::string("urgent");
    row[col(table, "state")] = std::string("called");
    row[col(table, "arrived_at")] = std::int64_t{10};
    row[col(table, "called_at")] = std::int64_t{20};
    row[col(table, "number")] = std::int64_t{7};
    const Ticket t = ticketOf(row);
    QVERIFY(t.id == named(1) && t.patient == named(2) && t.servicePoint == named(3));
    QVERIFY(t.priority == Priority::Urgent && t.state == TicketState::Called);
    QVERIFY(t.arrivedAt == 10 && t.calledAt == 20 && t.number == 7 && !t.deleted);
    QCOMPARE(ticketsAt(std::vector{row, schema::emptyRow(table, named(4))}, named(3)).size(), std::size_t(1));
    row[col(table, "state")] = std::string("next_years_state");
    QVERIFY(ticketOf(row).state == TicketState::Waiting);
}

void TicketTest::policyOfAPoint()
{
    const auto &table = tables::service_points;
    schema::Row row = schema::emptyRow(table, named(1));
    QVERIFY(policyOf(row).kind == PolicyKind::Strict);
    row[col(table, "policy")] = std::string("ratio");
    row[col(table, "ratio_urgent")] = std::int64_t{4};
    row[col(table, "ratio_normal")] = std::int64_t{3};
    QVERIFY(policyOf(row).kind == PolicyKind::Ratio);
    QCOMPARE(policyOf(row).ratioHigh, 4);
    QCOMPARE(policyOf(row).ratioNormal, 3);
    QCOMPARE(policyOf(row).agedMinutes, QueuePolicy{}.agedMinutes);
}

void TicketTest::labels()
{
    const QString t = QStringLiteral("T");
    QCOMPARE(ticketLabel(t, 4, 0), QStringLiteral("T-004"));
    QCOMPARE(ticketLabel(t, 4, 1), QStringLiteral("T-b004"));
    QCOMPARE(ticketLabel(t, 1234, 2), QStringLiteral("T-c1234"));
    QCOMPARE(ticketLabel(t, 1, 25), QStringLiteral("T-z001"));
    QCOMPARE(ticketLabel(t, 1, 26), QStringLiteral("T-zb001"));
    QCOMPARE(provisionalLabel(QStringLiteral("AB"), 3), QStringLiteral("AB-p3"));
}

void TicketTest::labelsNeverMeet()
{
    QVERIFY(rc::check("two tickets of one point and day have two labels", [] {
        const auto n1 = *rc::gen::inRange(1, 3000);
        const auto n2 = *rc::gen::inRange(1, 3000);
        const auto e1 = *rc::gen::inRange(0, 80);
        const auto e2 = *rc::gen::inRange(0, 80);
        const bool same = n1 == n2 && e1 == e2;
        RC_ASSERT((ticketLabel(QStringLiteral("T"), n1, e1) == ticketLabel(QStringLiteral("T"), n2, e2)) == same);
    }));
}

void TicketTest::waitsAsARange()
{
    std::vector<Ticket> lane{calledAfter(1, 12), calledAfter(2, 18)};
    QVERIFY(!waitRange(lane)); // two tell nothing
    lane.push_back(calledAfter(3, 24));
    QCOMPARE(waitRange(lane), std::optional(WaitRange{10, 25}));
    lane.push_back(calledAfter(4, 19));
    lane.push_back(calledAfter(5, 600)); // one that was forgotten does not move the range
    QCOMPARE(waitRange(lane), std::optional(WaitRange{15, 25}));
    for (std::uint8_t n = 0; n < 8; ++n)
        lane.push_back(calledAfter(static_cast<std::uint8_t>(10 + n), 0));
    QCOMPARE(waitRange(lane)->fromMin, 0);
    Ticket still;
    still.id = named(99);
    QCOMPARE(waitRange(std::vector(5, still)), std::nullopt); // who still waits is no measure
}

void TicketTest::whoMayBeQueued()
{
    const auto &table = tables::patients;
    schema::Row patient = schema::emptyRow(table, named(1));
    QVERIFY(mayQueue(patient, {}, named(9)));
    Ticket ticket;
    ticket.patient = named(1);
    ticket.servicePoint = named(9);
    ticket.state = TicketState::Called;
    QVERIFY(!mayQueue(patient, std::vector{ticket}, named(9)));
    QVERIFY(mayQueue(patient, std::vector{ticket}, named(8))); // another point
    ticket.state = TicketState::Done;
    QVERIFY(mayQueue(patient, std::vector{ticket}, named(9)));
    ticket.state = TicketState::Waiting;
    ticket.deleted = true;
    QVERIFY(mayQueue(patient, std::vector{ticket}, named(9)));

    schema::Row dead = patient;
    dead[col(table, "deceased_on")] = std::string("2026-11");
    QVERIFY(!mayQueue(dead, {}, named(9)));
    QVERIFY(mayQueue(dead, {}, named(9)).error().detail.contains(QStringLiteral("deceased")));
    schema::Row merged = patient;
    merged[col(table, "merged_into")] = named(2);
    QVERIFY(!mayQueue(merged, {}, named(9)));
    schema::Row gone = patient;
    gone[schema::kDeletedAt] = std::int64_t{5};
    QCOMPARE(mayQueue(gone, {}, named(9)).error().code, ErrorCode::Refused);
}

QTEST_GUILESS_MAIN(TicketTest)
#include "ticket_test.moc"

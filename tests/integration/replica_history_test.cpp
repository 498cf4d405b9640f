// The history of a record that two PCs changed, on both; what a role may not do, at the door and at the host.
#include "tables/replica_pair.h"

#include "schema/registry.h"
#include "schema/tables/dispense_records.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/users.h"
#include "schema/tables/visits.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::node;
using namespace anteroom::test;
using namespace schema;
using schema::tables::patients;
using namespace Qt::StringLiterals;

namespace {

Value words(const char *text) { return std::string(text); }
constexpr int kFamily = col(patients, "family_name"), kNote = col(patients, "note"), kCity = col(patients, "city");

Row changed(Replica &replica, const Uuid &id, int column, const char *text)
{
    const Row shown = *rowOf(replica, patients, id);
    return saved(replica, {"patients.change", {makeUpdate(patients, shown, {{column, words(text)}})}}).rows.front();
}

History historyOf(Replica &replica, const Table &table, const Uuid &id) { return take(replica.queries().history(table, id)); }

std::vector<std::string> acts(const History &history)
{
    std::vector<std::string> out;
    for (const HistoryStep &step : history.steps)
        out.push_back(step.act);
    std::ranges::sort(out);
    return out;
}

} // namespace

class ReplicaHistoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothSidesTellTheSame()
    {
        ReplicaPair pair;
        const Uuid visit = newId();
        const Change ana = makeInsert(patients, newId(), {{kFamily, words("Silva")}});
        const Change seen = makeInsert(tables::visits, visit, {{col(tables::visits, "patient_id"), ana.id}, {col(tables::visits, "reason"), words("Cough")}});
        (void)saved(pair.host(), {"patients.register", {ana, seen}});      // the log names the patient alone
        pair.awaitEqual(tables::visits, visit, u"the visit"_s);
        pair.unplug();
        (void)changed(pair.host(), ana.id, kNote, "from the host");
        (void)changed(pair.client(), ana.id, kCity, "Lima");
        QCOMPARE(acts(historyOf(pair.client(), patients, ana.id)), (std::vector<std::string>{"patients.change", "patients.register"}));
        pair.plug();
        pair.awaitSameContent();
        for (Replica *replica : {&pair.host(), &pair.client()}) {
            await(*replica, u"all steps"_s, [&] { return historyOf(*replica, patients, ana.id).steps.size() == 3; });
            const History history = historyOf(*replica, patients, ana.id);
            QVERIFY(history.steps.back().op == Op::Insert && history.steps.back().act == "patients.register");
            QVERIFY(std::ranges::any_of(history.steps, [](const HistoryStep &s) {
                return s.values.size() == 1 && s.values[0].column == kCity && isNull(s.values[0].before) && s.values[0].after == words("Lima");
            }));
            QVERIFY(history.steps[0].at >= history.steps[1].at && !history.steps[0].person.isEmpty() && !history.steps[0].device.isEmpty());
            const History ofVisit = historyOf(*replica, tables::visits, visit);
            QCOMPARE(acts(ofVisit), std::vector<std::string>{"patients.register"});
            QVERIFY(ofVisit.labels.at(ana.id).startsWith(u"Silva"_s));
        }
        replicaOfANurseRefuses(pair.client());
    }

    void theHostAsksTheRoleAgain()
    {
        ReplicaPair pair;
        const Uuid me = pair.client().identity().user;
        await(pair.client(), u"the person"_s, [&] { return rowOf(pair.client(), tables::users, me).has_value(); });
        pair.unplug();
        const Uuid bill = newId();
        (void)saved(pair.client(), {"bills.add", {makeInsert(tables::patient_bills, bill, {{col(tables::patient_bills, "snapshot_name"), words("Ana")}})}});
        const Row row = *rowOf(pair.host(), tables::users, me);
        (void)saved(pair.host(), {"users.change", {makeUpdate(tables::users, row, {{col(tables::users, "role"), words("pharmacist")}})}});
        pair.plug();
        await(pair.client(), u"the refusal"_s, [&] { return pair.client().status().rejected == 1; });
        QVERIFY(!rowOf(pair.client(), tables::patient_bills, bill));
        QVERIFY(!rowOf(pair.host(), tables::patient_bills, bill));
        await(pair.client(), u"the new role"_s, [&] { return pair.client().session().session().role == schema::Role::Pharmacist; });
        const auto refused = outcome(pair.client().commands().save({"bills.add", {makeInsert(tables::patient_bills, newId(), {})}}));
        QVERIFY(!refused);
        QVERIFY(refused.error().detail.contains(u"pharmacist"_s));
    }

    void whatTwoPCsDispenseApartStays()
    {
        ReplicaPair pair;
        const auto dispensing = [](const char *drug) {
            return makeInsert(tables::dispense_records, newId(), {{col(tables::dispense_records, "external_id"), words("pharmacy|77")},
                {col(tables::dispense_records, "drug_name"), words(drug)}, {col(tables::dispense_records, "quantity"), 10.0}});
        };
        pair.unplug();
        const Change here = dispensing("Amoxicillin"), there = dispensing("Amoxicillin");
        (void)saved(pair.host(), {"dispense.add", {here}});
        (void)saved(pair.client(), {"dispense.add", {there}});
        pair.plug();
        pair.awaitEqual(tables::dispense_records, here.id, u"the host's"_s);
        pair.awaitEqual(tables::dispense_records, there.id, u"the client's"_s);
        QCOMPARE(pair.client().status().rejected, 0);
    }

private:
    static void replicaOfANurseRefuses(Replica &replica)
    {
        replica.session().set({replica.identity().user, u"Nora"_s, schema::Role::Nurse});
        const auto list = outcome(replica.queries().browse({.table = &tables::patient_bills}));
        QVERIFY(!list);
        QCOMPARE(list.error().code, ErrorCode::Refused);
        QVERIFY(!outcome(replica.queries().history(tables::patient_bills, newId())));
        QVERIFY(!outcome(replica.queries().pick(tables::patient_bills, {})));
        QVERIFY(outcome(replica.queries().browse({.table = &patients})));
        const auto picks = take(replica.queries().pick(patients, u"silv"_s));
        QCOMPARE(picks.size(), std::size_t(1));
        QVERIFY(picks.front().label.startsWith(u"Silva"_s));
    }
};

QTEST_GUILESS_MAIN(ReplicaHistoryTest)
#include "replica_history_test.moc"

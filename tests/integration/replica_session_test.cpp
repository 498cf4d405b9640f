// Who sits at the desk: the session follows the person's row, the door and the host ask its role; drafts keep their order.
#include "tables/replica_pair.h"

#include "domain/patient.h"
#include "schema/registry.h"
#include "schema/tables/dispense_records.h"
#include "schema/tables/drugs.h"
#include "schema/tables/bill_items.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/users.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::node;
using namespace anteroom::test;
using namespace schema;
using namespace Qt::StringLiterals;

namespace {

Value words(const char *text) { return std::string(text); }
constexpr int kFamily = col(tables::patients, "family_name");

Change patient(const char *family)
{
    return makeInsert(tables::patients, newId(), {{kFamily, words(family)}});
}

Change person(const char *name, const char *role)
{
    return makeInsert(tables::users, newId(), {{col(tables::users, "name"), words(name)}, {col(tables::users, "role"), words(role)}});
}

// One solo replica with a clinic in it.
struct Solo {
    QTemporaryDir dir;
    std::unique_ptr<Replica> replica = opened();

    Solo() { take(replica->startClinic({u"Clinic"_s, u"Maria"_s, u"Desk"_s})); }
    std::unique_ptr<Replica> opened() const
    {
        auto made = Replica::open({.dataDir = dir.path(), .network = false});
        check(made.has_value(), u"a replica"_s);
        return std::move(*made);
    }
    Replica &operator*() const { return *replica; }
    Replica *operator->() const { return replica.get(); }
};

Change item(const Uuid &bill, std::vector<ColumnValue> more)
{
    std::vector<ColumnValue> values{{col(tables::bill_items, "bill_id"), bill}, {col(tables::bill_items, "description"), words("Dressing")}};
    values.insert(values.end(), more.begin(), more.end());
    return makeInsert(tables::bill_items, newId(), values);
}

Change dispensing(const char *drug)
{
    return makeInsert(tables::dispense_records, newId(),
        {{col(tables::dispense_records, "external_id"), words("pharmacy|77")}, {col(tables::dispense_records, "drug_name"), words(drug)},
         {col(tables::dispense_records, "quantity"), 10.0}});
}

} // namespace

class ReplicaSessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSessionFollowsThePersonsRow()
    {
        Solo solo;
        auto &session = solo->session();
        await(*solo, u"the person"_s, [&] { return session.session().user == solo->identity().user; });
        QCOMPARE(session.session().name, u"Maria"_s);
        QVERIFY(session.session().role == schema::Role::Admin);
        const Row me = *rowOf(*solo, tables::users, solo->identity().user);
        (void)saved(*solo, {"users.change", {makeUpdate(tables::users, me, {{col(tables::users, "role"), words("nurse")}})}});
        await(*solo, u"the new role"_s, [&] { return session.session().role == schema::Role::Nurse; });
        solo.replica.reset();
        solo.replica = solo.opened();                 // no moment as an admin
        QVERIFY(solo->session().session().role == schema::Role::Nurse);
        QCOMPARE(solo->session().session().name, u"Maria"_s);
    }

    void whoSignsInStays()
    {
        Solo solo;
        const Change cashier = person("Cleo", "cashier");
        (void)saved(*solo, {"users.add", {cashier}});
        await(*solo, u"the person"_s, [&] { return solo->session().session().user == solo->identity().user; });
        solo->session().set({cashier.id, u"Cleo"_s, schema::Role::Cashier});
        const auto made = saved(*solo, {"patients.register", {makeInsert(tables::patient_bills, newId(), {{col(tables::patient_bills, "snapshot_name"), words("Ana")}})}});
        QVERIFY(toUuid(made.rows.front()[kCreatedBy]) == cashier.id);
        const auto refused = outcome(solo->commands().save({"users.add", {person("Eva", "admin")}}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Refused);
        QVERIFY(refused.error().detail.contains(u"cashier"_s));
        const auto asMaria = outcome(solo->commands().save({"users.add", {person("Eva", "nurse")}, solo->identity().user}));
        QVERIFY(asMaria);                              // another person's act is that person's
        QCOMPARE(solo->session().session().name, u"Cleo"_s);
    }

    void aPatientHasAName()
    {
        Solo solo;
        const auto nameless = outcome(solo->commands().save({"patients.register", {makeInsert(tables::patients, newId(), {{col(tables::patients, "city"), words("Lima")}})}}));
        QVERIFY(!nameless);
        QCOMPARE(nameless.error().subject, u"family_name"_s);
        (void)saved(*solo, {"patients.register", {makeInsert(tables::patients, newId(), {{col(tables::patients, "unknown"), std::int64_t{1}}})}});
        const Row ana = saved(*solo, {"patients.register", {patient("Ana")}}).rows.front();
        QVERIFY(!outcome(solo->commands().save({"patients.change", {makeUpdate(tables::patients, ana, {{kFamily, Value{}}})}})));
        (void)saved(*solo, {"patients.change", {makeUpdate(tables::patients, ana, {{col(tables::patients, "city"), words("Lima")}})}});
    }

    void aTotalIsNeverTyped()
    {
        Solo solo;
        const Uuid bill = newId();
        (void)saved(*solo, {"bills.add", {makeInsert(tables::patient_bills, bill, {{col(tables::patient_bills, "snapshot_name"), words("Ana")}})}});
        const auto made = saved(*solo, {"bills.item", {item(bill, {{col(tables::bill_items, "quantity_milli"), std::int64_t{2500}},
            {col(tables::bill_items, "unit_price"), std::int64_t{1000}}, {col(tables::bill_items, "discount"), std::int64_t{100}},
            {col(tables::bill_items, "tax_permille"), std::int64_t{190}}, {col(tables::bill_items, "total"), std::int64_t{1}}})}});
        QCOMPARE(toInt(made.rows.front()[col(tables::bill_items, "tax")]), 456);
        QCOMPARE(toInt(made.rows.front()[col(tables::bill_items, "total")]), 2856);
        const auto large = outcome(solo->commands().save({"bills.item", {item(bill, {{col(tables::bill_items, "quantity_milli"), std::int64_t{1000000000}},
            {col(tables::bill_items, "unit_price"), INT64_MAX / 2}})}}));
        QVERIFY(!large);
        QVERIFY(large.error().detail.contains(u"too large"_s));
    }

    void itemsOfAnIssuedBillStay()
    {
        Solo solo;
        const Change bill = makeInsert(tables::patient_bills, newId(), {{col(tables::patient_bills, "snapshot_name"), words("Ana")}, {col(tables::patient_bills, "state"), words("issued")}});
        const Change first = item(bill.id, {{col(tables::bill_items, "unit_price"), std::int64_t{1000}}});
        const auto made = saved(*solo, {"bills.issue", {bill, first}});      // what is written with the bill is on it
        const auto more = outcome(solo->commands().save({"bills.item", {item(bill.id, {{col(tables::bill_items, "unit_price"), std::int64_t{1}}})}}));
        QVERIFY(!more && more.error().detail.contains(u"counter-bill"_s));
        const Change change = makeUpdate(tables::bill_items, made.rows[1], {{col(tables::bill_items, "unit_price"), std::int64_t{1}}});
        QVERIFY(!outcome(solo->commands().save({"bills.item", {change}})));
        QVERIFY(!outcome(solo->commands().save({"bills.item", {makeDelete(tables::bill_items, made.rows[1], "gone")}})));
    }

    void aDispensingThatComesAgainIsTheSame()
    {
        Solo solo;
        const Row first = saved(*solo, {"dispense.add", {dispensing("Amoxicillin")}}).rows.front();
        const std::int64_t rev = take(solo->freshStatus()).rev;
        const auto again = saved(*solo, {"dispense.add", {dispensing("Amoxicillin")}});
        QCOMPARE(again.rows.size(), std::size_t(1));
        QVERIFY(again.rows.front() == first);
        QCOMPARE(take(solo->freshStatus()).rev, rev);
        const auto other = outcome(solo->commands().save({"dispense.add", {dispensing("Ibuprofen")}}));
        QVERIFY(!other);
        QVERIFY(other.error().detail.contains(first.id.toString()));
        QCOMPARE(take(solo->freshStatus()).rev, rev);
    }

    void draftsKeepTheOrderOfTheCalls()
    {
        Solo solo;
        Drafts &drafts = solo->drafts();
        for (int i = 0; i < 20; ++i)
            (void)drafts.put(u"records.vitals.1"_s, QByteArray::number(i));
        QCOMPARE(take(drafts.read(u"records.vitals.1"_s))->value, QByteArray("19"));
        take(drafts.put(u"patients.new"_s, "half a name"));
        QCOMPARE(take(drafts.all(u"records."_s)).size(), std::size_t(1));
        const auto large = outcome(drafts.put(u"large"_s, QByteArray(Drafts::kMostBytes + 1, 'x')));
        QVERIFY(!large);
        QCOMPARE(large.error().code, ErrorCode::Invalid);
        solo.replica.reset();
        solo.replica = solo.opened();
        QCOMPARE(take(solo->drafts().read(u"patients.new"_s))->value, QByteArray("half a name"));
        take(solo->drafts().erase(u"patients.new"_s));
        QVERIFY(!take(solo->drafts().read(u"patients.new"_s)));
        QCOMPARE(take(solo->drafts().all()).size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(ReplicaSessionTest)
#include "replica_session_test.moc"

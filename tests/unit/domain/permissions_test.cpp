// Roles against the tables' own lists, for every table.
#include "domain/permissions.h"

#include "schema/registry.h"
#include "schema/tables/patient_history.h"
#include "schema/tables/payments.h"
#include "schema/tables/users.h"

#include <QTest>

using namespace anteroom;
using namespace anteroom::domain;
using schema::Op;
using schema::Role;
namespace tables = schema::tables;

class PermissionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rolesReadAsTheColumnHoldsThem();
    void examples();
    void everyTableDecides();
    void refusalsAreSentences();
};

namespace {
constexpr Role kAll[] = {Role::Admin, Role::Doctor, Role::Nurse, Role::Receptionist, Role::Cashier, Role::Pharmacist};
} // namespace

void PermissionsTest::rolesReadAsTheColumnHoldsThem()
{
    for (const auto text : tables::kUsersRole) {
        QVERIFY(role(text));
        QVERIFY(toText(*role(text)) == text);
    }
    QVERIFY(!role("owner"));
    QVERIFY(!role(""));
}

void PermissionsTest::examples()
{
    QVERIFY(!mayRead(Role::Receptionist, tables::patient_history));
    QVERIFY(mayRead(Role::Pharmacist, tables::patient_history));
    QVERIFY(may(Role::Cashier, tables::payments, Op::Insert));
    QVERIFY(!may(Role::Admin, tables::payments, Op::Update)); // a ledger, whoever asks
    QVERIFY(!may(Role::Nurse, tables::users, Op::Insert));
    QVERIFY(may(Role::Admin, tables::users, Op::Delete));
}

void PermissionsTest::everyTableDecides()
{
    for (const schema::Table *table : schema::allTables())
        for (const Role r : kAll) {
            const auto bit = static_cast<schema::Roles>(r);
            QCOMPARE(mayRead(r, *table), (table->permissions.read & bit) != 0);
            QCOMPARE(may(r, *table, Op::Insert), (table->permissions.create & bit) != 0);
            QCOMPARE(may(r, *table, Op::Update), !table->insertOnly && (table->permissions.change & bit) != 0);
            schema::Change change;
            change.table = table;
            change.op = Op::Insert;
            QCOMPARE(checkPermission(r, change).has_value(),
                table->writer == schema::Writer::People && may(r, *table, Op::Insert));
        }
}

void PermissionsTest::refusalsAreSentences()
{
    schema::Change change;
    change.table = &tables::users;
    change.op = Op::Insert;
    const auto no = checkPermission(Role::Nurse, change);
    QVERIFY(!no);
    QCOMPARE(no.error().code, ErrorCode::Refused);
    QVERIFY(no.error().detail.contains(QStringLiteral("nurse")));
    change.table = &tables::payments;
    change.op = Op::Update;
    QVERIFY(checkPermission(Role::Cashier, change).error().detail.contains(QStringLiteral("correcting")));
}

QTEST_GUILESS_MAIN(PermissionsTest)
#include "permissions_test.moc"

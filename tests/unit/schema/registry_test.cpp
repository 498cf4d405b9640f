// The registry finds what the files in schema/tables describe, and the descriptions fit each other.
#include "schema/ddl.h"
#include "schema/registry.h"
#include "schema/schema_checks.h"
#include "schema/scope.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patient_queue.h"
#include "schema/tables/patients.h"
#include "schema/tables/payments.h"
#include "schema/tables/prescription_items.h"
#include "schema/tables/prices.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <set>

using namespace anteroom;
using namespace anteroom::schema;

namespace {

// DESIGN 2: a floor and not a ceiling.
constexpr std::string_view kExpected[] = {
    "patients", "patient_names", "patient_identifiers", "patient_contacts", "patient_merges", "patient_history", "visits",
    "medical_records", "vitals", "diagnoses", "prescriptions", "prescription_items", "attachments", "appointments",
    "active_patient_queue", "patient_queue", "service_points", "rooms", "clinic_services", "prices", "patient_bills", "bill_items",
    "payments", "cash_shifts", "cash_movements", "users", "user_sessions", "user_activity_log", "drugs", "stock_lots",
    "stock_movements", "dispense_records", "books", "events", "notes", "schedule_drawings", "clinic_settings", "devices",
    "sync_conflicts", "sync_reviews", "sync_log"};

// Descriptions with one mistake each: a check that nothing can fail is no check.
constexpr std::string_view kColours[] = {"red", "green"};
constexpr Transition kToBlue[] = {{"red", "blue"}};
constexpr Group kOneGroup[] = {{1, "all"}};
constexpr Group kColourGroup[] = {{1, "colour", GroupKind::State, kToBlue}};
constexpr Column kColour[] = {{.number = 16, .name = "colour", .allowed = kColours}};
constexpr Column kDescending[] = {{.number = 17, .name = "a"}, {.number = 16, .name = "b"}};
constexpr Column kReservedWord[] = {{.number = 16, .name = "order"}};
constexpr Column kLostGroup[] = {{.number = 16, .name = "a", .group = 2}};
constexpr Column kLostReference[] = {{.number = 16, .name = "a", .type = Type::Uuid, .references = "nowhere"}};
constexpr Column kWrongDefault[] = {{.number = 16, .name = "colour", .allowed = kColours, .defaultValue = "blue"}};
constexpr Column kTwice[] = {{.number = 16, .name = "a"}, {.number = 17, .name = "a"}};

constexpr Table with(std::span<const Column> columns, std::span<const Group> groups = kOneGroup)
{
    return Table{.number = 900, .name = "examples", .title = "Example", .columns = columns, .groups = groups};
}
template <typename Check> constexpr bool holds(Check check, const Table &table)
{
    const std::array<const Table *, 1> list{&table};
    return check(checks::Tables(list));
}

static_assert(holds(checks::columnNumbersStartAt16AndAscend, with(kColour)));
static_assert(!holds(checks::columnNumbersStartAt16AndAscend, with(kDescending)));
static_assert(!holds(checks::columnNamesAreUniqueAndSqlSafe, with(kReservedWord)));
static_assert(!holds(checks::columnNamesAreUniqueAndSqlSafe, with(kTwice)));
static_assert(!holds(checks::everyColumnHasAGroupThatExists, with(kLostGroup)));
static_assert(!holds(checks::everyGroupHasAColumn, with(kLostGroup)));
static_assert(!holds(checks::referencesExist, with(kLostReference)));
static_assert(!holds(checks::defaultsAreAllowed, with(kWrongDefault)));
static_assert(!holds(checks::transitionsNameAllowedStates, with(kColour, kColourGroup)));

constexpr std::string_view kColourName[] = {"colour"}, kNoName[] = {"weight"};
consteval Table named(std::span<const std::string_view> label, std::span<const std::string_view> list)
{
    Table table = with(kColour);
    table.plural = "Examples";
    table.label = label;
    table.list = list;
    return table;
}
static_assert(holds(checks::namesForPeopleAreGiven, named(kColourName, kColourName)));
static_assert(!holds(checks::namesForPeopleAreGiven, named(kNoName, kColourName)));
static_assert(!holds(checks::namesForPeopleAreGiven, named(kColourName, kNoName)));
static_assert(!holds(checks::namesForPeopleAreGiven, with(kColour)));

} // namespace

class RegistryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hasEveryTableOfTheDesign()
    {
        for (const std::string_view name : kExpected)
            QVERIFY2(findTable(name), std::string(name).c_str());
        QVERIFY(allTables().size() >= std::size(kExpected));
        QVERIFY(!findTable("no_such_table"));
        QVERIFY(!findTable(std::uint16_t{0}));
        QVERIFY(!findTable(std::uint16_t{65535}));
    }

    void findsTablesAndColumnsBothWays()
    {
        for (const Table *t : allTables()) {
            QCOMPARE(findTable(t->name), t);
            QCOMPARE(findTable(t->number), t);
            for (int i = 0; i < columnCount(*t); ++i)
                QCOMPARE(findColumnByNumber(*t, columnAt(*t, i).number), i);
            QCOMPARE(findColumnByNumber(*t, 0), -1);
            QCOMPARE(findColumnByNumber(*t, 8), -1);
            QCOMPARE(findColumnByNumber(*t, 65535), -1);
        }
    }

    void groupsPartitionTheColumns()
    {
        for (const Table *t : allTables()) {
            std::set<int> seen;
            for (int group = 0; group <= 255; ++group) {
                const auto columns = groupColumns(*t, static_cast<GroupNo>(group));
                QVERIFY(std::is_sorted(columns.begin(), columns.end()));
                QCOMPARE(columns.empty(), group != kHostFilled && !findGroup(*t, static_cast<GroupNo>(group)));
                for (const int c : columns) {
                    QCOMPARE(int(columnAt(*t, c).group), group);
                    QVERIFY(seen.insert(c).second);
                }
            }
            QCOMPARE(int(seen.size()), columnCount(*t));
        }
    }

    void groupsOfAnUnregisteredTableAreEmpty()
    {
        static constexpr Table other = with(kColour);
        QVERIFY(groupColumns(other, 1).empty());
    }

    void aDoseIsOneGroupWithItsUnit()
    {
        using tables::prescription_items;
        QCOMPARE(columnAt(prescription_items, col(prescription_items, "dose")).group,
                 columnAt(prescription_items, col(prescription_items, "dose_unit")).group);
        QCOMPARE(columnAt(tables::patients, col(tables::patients, "city")).group,
                 columnAt(tables::patients, col(tables::patients, "address_line")).group);
        QVERIFY(columnAt(tables::patients, col(tables::patients, "phone")).group
                != columnAt(tables::patients, col(tables::patients, "family_name")).group);
    }

    void ledgersOfMoneyAndMedicineAreWhole()
    {
        for (const char *name : {"patient_bills", "bill_items", "payments", "dispense_records", "prescriptions", "prescription_items",
                                 "cash_movements", "stock_movements", "cash_shifts"})
            QVERIFY2(findTable(std::string_view(name))->policy == MergePolicy::Whole, name);
        for (const char *name : {"payments", "cash_movements", "stock_movements"}) {
            QVERIFY2(findTable(std::string_view(name))->insertOnly, name);
            QVERIFY2(findTable(std::string_view(name))->permissions.erase == kNobody, name);
        }
        for (const char *name : {"sync_conflicts", "sync_reviews"}) {
            QVERIFY(findTable(std::string_view(name))->policy == MergePolicy::Compare);
            QCOMPARE(int(findTable(std::string_view(name))->groups.size()), 1);
        }
    }

    void whatOnlyTheHostFillsIsNoGroup()
    {
        for (const char *name : {"number", "number_epoch", "epoch_number", "label"})
            QCOMPARE(columnAt(tables::active_patient_queue, findColumn(tables::active_patient_queue, name)).group, kHostFilled);
    }

    void aClosedTicketHasTheColumnsOfALiveOne()
    {
        const Table &live = tables::active_patient_queue, &closed = tables::patient_queue;
        QCOMPARE(live.columns.size(), closed.columns.size());
        for (std::size_t i = 0; i < live.columns.size(); ++i) {
            QCOMPARE(live.columns[i].name, closed.columns[i].name);
            QCOMPARE(live.columns[i].number, closed.columns[i].number);
            QVERIFY(live.columns[i].type == closed.columns[i].type);
            QCOMPARE(live.columns[i].group, closed.columns[i].group);
        }
        QVERIFY(closed.writer == Writer::Host);
    }

    // A replica's apply must never fail on a foreign key because its scope leaves the parent out.
    void foreignKeysStayInsideEveryScope()
    {
        int keys = 0;
        for (const Table *child : allTables()) {
            const std::string create = createStatements(*child, Dialect::Sqlite).front();
            for (const Column &column : child->columns) {
                const std::string line = "    " + std::string(column.name) + " BLOB REFERENCES ";
                const auto at = create.find(line);
                if (at == std::string::npos)
                    continue;
                ++keys;
                const std::size_t begin = at + line.size();
                const Table *parent = findTable(std::string_view(create).substr(begin, create.find('(', begin) - begin));
                QVERIFY(parent);
                QVERIFY(parent->name != "users" && parent->name != "devices");
                for (const Scope scope : kAllScopes)
                    QVERIFY2(!holdsColumn(scope, *child, column) || holdsTable(scope, *parent), line.c_str());
            }
        }
        QVERIFY(keys > 20);
        const auto item = createStatements(tables::prescription_items, Dialect::Sqlite).front();
        QVERIFY(item.find("prescription_id BLOB REFERENCES prescriptions(id) DEFERRABLE INITIALLY DEFERRED") != std::string::npos);
        // Reception holds prices, but no drugs.
        QVERIFY(createStatements(tables::prices, Dialect::Sqlite).front().find("drug_id BLOB,") != std::string::npos);
    }

    void scopesHideClasses()
    {
        QVERIFY(holdsTable(Scope::Reception, *findTable("patients")));
        QVERIFY(!holdsTable(Scope::Reception, *findTable("medical_records")));
        QVERIFY(!holdsTable(Scope::Pharmacy, *findTable("payments")));
        QVERIFY(holdsTable(Scope::Pharmacy, *findTable("patient_history")));
        QVERIFY(holdsTable(Scope::Display, *findTable("active_patient_queue")));
        QVERIFY(!holdsTable(Scope::Display, *findTable("patients")));
        const Table &ticket = tables::active_patient_queue;
        QVERIFY(!holdsColumn(Scope::Display, ticket, columnAt(ticket, col(ticket, "patient_id"))));
        QVERIFY(holdsColumn(Scope::Display, ticket, columnAt(ticket, col(ticket, "label"))));
        for (const Table *t : allTables())
            QVERIFY(holdsTable(Scope::Full, *t));
    }
};

QTEST_GUILESS_MAIN(RegistryTest)
#include "registry_test.moc"

// What a form hands to the door: exactly the groups that the person touched, each in full.
#include "schema/change.h"
#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/clinic_settings.h"
#include "schema/tables/patients.h"
#include "schema/tables/prices.h"
#include "schema/tables/schedule_drawings.h"
#include "schema/validation.h"

#include <QCryptographicHash>
#include <QTest>

using namespace anteroom;
using namespace anteroom::schema;
using tables::patients;

namespace {

constexpr int kFamily = col(patients, "family_name"), kGiven = col(patients, "given_name");
constexpr int kCity = col(patients, "city"), kLine = col(patients, "address_line"), kPhone = col(patients, "phone");

Uuid id(int n)
{
    Uuid u;
    u.bytes[15] = static_cast<std::uint8_t>(n);
    return u;
}

std::string str(const char *s) { return s; }
GroupNo groupOf(const Table &t, int column) { return columnAt(t, column).group; }

const GroupChange *find(const Change &change, GroupNo group)
{
    for (const GroupChange &g : change.groups)
        if (g.group == group)
            return &g;
    return nullptr;
}

Row ana()
{
    Row row = emptyRow(patients, id(1));
    row[kFamily] = str("Sow");
    row[kGiven] = str("Ana");
    row[kCity] = str("Dakar");
    row[kLine] = str("12 Rue de Thiong");
    return row;
}

} // namespace

class ChangeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anInsertNamesGroupsWithAValueOrADefault()
    {
        const Change change = makeInsert(patients, id(1), {{kFamily, str("Sow")}, {kPhone, str("")}});
        QVERIFY(change.op == Op::Insert && change.table == &patients && change.id == id(1) && change.baseRev == 0);
        QVERIFY(find(change, groupOf(patients, kFamily)));
        QVERIFY(!find(change, groupOf(patients, kPhone)));                 // '' is nothing
        const auto *status = find(change, groupOf(patients, col(patients, "active")));
        QVERIFY(status);                                                   // default true
        QCOMPARE(toInt(status->newValues.front()), 1);
        for (const GroupChange &g : change.groups) {
            QCOMPARE(g.oldValues.size(), groupColumns(patients, g.group).size());
            QVERIFY(std::all_of(g.oldValues.begin(), g.oldValues.end(), isNull));
        }
        QVERIFY(validate(change));
    }

    void aDefaultGivesWay()
    {
        const Table &ticket = tables::active_patient_queue;
        const Change change = makeInsert(ticket, id(2), {{col(ticket, "priority"), str("urgent")}});
        QCOMPARE(toText(find(change, groupOf(ticket, col(ticket, "priority")))->newValues.front()), std::string_view("urgent"));
        QCOMPARE(toText(find(change, groupOf(ticket, col(ticket, "state")))->newValues.front()), std::string_view("waiting"));
        QVERIFY(!find(change, kHostFilled));
    }

    void anUpdateNamesTheTouchedGroupInFull()
    {
        const Change change = makeUpdate(patients, ana(), {{kCity, str("Thiès")}, {kFamily, str("Sow")}});
        QCOMPARE(change.groups.size(), std::size_t{1});
        const GroupChange &address = change.groups.front();
        QCOMPARE(address.group, groupOf(patients, kCity));
        const auto columns = groupColumns(patients, address.group);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            QVERIFY(address.oldValues[i] == ana()[columns[i]]);
            QVERIFY(address.newValues[i] == (columns[i] == kCity ? Value{str("Thiès")} : ana()[columns[i]]));
        }
    }

    void anUpdateThatChangesNothingHasNoGroups()
    {
        QVERIFY(makeUpdate(patients, ana(), {{kCity, str("Dakar")}, {kPhone, str("")}}).groups.empty());
        QVERIFY(makeUpdate(patients, ana(), {{kCity, str("Dakar  ")}, {kPhone, str(" ")}}).groups.empty());
    }

    void aDeleteNamesEveryGroupAndARestoreNone()
    {
        const Change gone = makeDelete(patients, ana(), "registered twice");
        QCOMPARE(gone.groups.size(), patients.groups.size());
        for (const GroupChange &g : gone.groups) {
            QVERIFY(g.newValues.empty());
            QVERIFY(g.oldValues == groupValues(patients, ana(), g.group));
        }
        QVERIFY(gone.reason == "registered twice" && !gone.oldDeleted);
        QVERIFY(validate(gone));

        Row deleted = ana();
        deleted[kDeletedAt] = std::int64_t{5};
        const Change back = makeRestore(patients, deleted);
        QVERIFY(back.op == Op::Restore && back.oldDeleted && back.groups.empty());
        QVERIFY(validate(back));
    }

    void contentTravelsAsItsHash()
    {
        const Table &strokes = tables::schedule_drawings;
        const int stroke = col(strokes, "stroke");
        Row row = emptyRow(strokes, id(3));
        row[stroke] = Blob("points");
        const Change gone = makeDelete(strokes, row, {});
        const auto *content = find(gone, groupOf(strokes, stroke));
        QCOMPARE(std::get<Blob>(content->oldValues.front()), QCryptographicHash::hash("points", QCryptographicHash::Blake2b_256));
        const Change drawn = makeInsert(strokes, id(3), {{stroke, Blob("points")}});
        QCOMPARE(std::get<Blob>(find(drawn, groupOf(strokes, stroke))->newValues.front()), Blob("points"));
    }

    void groupValuesGoBothWays()
    {
        Row row = emptyRow(patients, id(1));
        setGroupValues(patients, row, groupOf(patients, kCity), groupValues(patients, ana(), groupOf(patients, kCity)));
        QVERIFY(row[kCity] == ana()[kCity] && row[kLine] == ana()[kLine] && isNull(row[kFamily]));
    }

    void anInverseTakesBackExactlyWhatWasChanged()
    {
        const Row before = ana();
        const Change edit = makeUpdate(patients, before, {{kPhone, str("70 11 22 33")}});
        Row after = before;
        for (const GroupChange &g : edit.groups)
            setGroupValues(patients, after, g.group, g.newValues);
        const auto back = makeInverse(edit, after, "undone");
        QVERIFY(back && back->op == Op::Update && back->groups.size() == 1);
        QVERIFY(back->groups[0].oldValues == edit.groups[0].newValues && back->groups[0].newValues == edit.groups[0].oldValues);
        QVERIFY(!makeInverse(edit, before, {}));             // it is as it was already

        const Change made = makeInsert(patients, id(9), {{kFamily, str("Ba")}});
        const auto unmade = makeInverse(made, before, "undone");
        QVERIFY(unmade && unmade->op == Op::Delete);
        QCOMPARE(unmade->reason, str("undone"));
        Row gone = before;
        gone[kDeletedAt] = std::int64_t{1};
        QVERIFY(!makeInverse(made, gone, {}));
        const auto restored = makeInverse(makeDelete(patients, before, "twice"), gone, {});
        QVERIFY(restored && restored->op == Op::Restore && restored->oldDeleted);
        QCOMPARE(makeInverse(makeRestore(patients, gone), before, "undone")->op, Op::Delete);
    }

    // Fixed for ever: another id would be another row on every replica that has one already.
    void naturalIdsAreFixed()
    {
        const Table &settings = tables::clinic_settings;
        QCOMPARE(naturalId(settings, {"clinic.name"}).toString(), QStringLiteral("410b8b48-90a2-560e-acf0-f2137a846d83"));
        QCOMPARE(naturalId(*findTable("clinic_services"), {"CONS"}).toString(), QStringLiteral("2c586f9b-0e55-5ec4-b453-d01fdb60d774"));
        QCOMPARE(importedId("https://github.com/synthetichealth/synthea", "1").toString(), QStringLiteral("c9b523fd-23c2-5124-98c6-27ad00c12e5e"));
        QVERIFY(naturalId(settings, {"a", "b"}) != naturalId(settings, {"ab"}));
        QVERIFY(naturalId(settings, {"x"}) != naturalId(*findTable("drugs"), {"x"}));
        QVERIFY(importedId("a", "bc") != importedId("ab", "c"));
    }

    void naturalIdComesFromTheForm()
    {
        const Table &settings = tables::clinic_settings;
        QCOMPARE(*naturalIdOf(settings, {{col(settings, "key"), str("clinic.name")}}), naturalId(settings, {"clinic.name"}));
        QCOMPARE(*naturalIdOf(settings, {{col(settings, "key"), str("clinic.name ")}}), naturalId(settings, {"clinic.name"}));
        const Table &prices = tables::prices;      // price_list has a default
        QCOMPARE(*naturalIdOf(prices, {{col(prices, "item_code"), str("CONS")}, {col(prices, "valid_from"), str("2026-01-01")}}),
                 naturalId(prices, {"CONS", "standard", "2026-01-01"}));
        QVERIFY(!naturalIdOf(patients, {}));
    }
};

QTEST_GUILESS_MAIN(ChangeTest)
#include "change_test.moc"

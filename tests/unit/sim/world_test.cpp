// The simulator itself: one seed is one story, however many threads tell it; a failing one is made small and still fails;
// and the examiner's history knows what a row was on every line.
#include "app/sim/history.h"
#include "app/sim/runner.h"
#include "schema/tables/notes.h"

#include <QLoggingCategory>
#include <QTest>

using namespace anteroom;
using namespace anteroom::sim;

namespace {

RowPtr note(const Uuid &id, const char *text)
{
    schema::Row row = schema::emptyRow(schema::tables::notes, id);
    row[schema::col(schema::tables::notes, "text")] = std::string(text);
    return std::make_shared<const schema::Row>(std::move(row));
}

} // namespace

class WorldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("anteroom.*=false")); }      // what engines say of each seed

    void oneSeedOneStory()
    {
        const WorldOptions options{.seed = 3, .ops = 120};
        const WorldResult first = runWorld(options), second = runWorld(options);
        QVERIFY2(!first.violation, first.violation ? first.violation->words.c_str() : "");
        QCOMPARE(first.trace, second.trace);
        QCOMPARE(first.simulatedMs, second.simulatedMs);
        QVERIFY(first.trace != runWorld({.seed = 4, .ops = 120}).trace);
    }

    void threadsChangeNothing()
    {
        RunOptions options{.first = 10, .last = 15, .world = {.ops = 80}, .jobs = 1};
        const RunReport one = run(options);
        options.jobs = 3;
        const RunReport three = run(options);
        QCOMPARE(one.seeds, std::int64_t{6});
        QCOMPARE(one.traces, three.traces);
        QCOMPARE(one.simulatedMs, three.simulatedMs);
        QVERIFY(one.twiceEqual && one.twice == 1);
    }

    void whatFailsIsMadeSmall()
    {
        RunOptions options{.first = 1, .last = 200, .world = {.plant = "half_transaction_published"}, .untilFirst = true};
        const RunReport report = run(options);
        QVERIFY(!report.failures.empty());
        const Failure &failure = report.failures.front();
        WorldOptions whole{.seed = failure.seed, .plant = "half_transaction_published"};
        const WorldOptions small = shrunk(whole, failure.invariant);
        QVERIFY(small.ops < whole.ops);
        const WorldResult again = runWorld(small);
        QVERIFY(again.violation && again.violation->invariant == failure.invariant);
        QVERIFY(replayOf(small).find("--plant half_transaction_published --trace") != std::string::npos);
    }

    void historyOnTwoLines()
    {
        Dice dice(1);
        Uuid id;
        dice.fill(id.bytes.data(), id.bytes.size());
        const RowId key{schema::tables::notes.number, id};
        History history;
        history.append({1, 11, {{key, note(id, "one")}}});
        history.append({2, 22, {{key, note(id, "two")}}});
        const Spot lost = history.headPlace();
        history.part({0, 1});
        QCOMPARE(history.head().rev, std::int64_t{1});
        history.append({2, 23, {{key, note(id, "other")}}});
        QVERIFY(same(history.row(key, lost), note(id, "two")));
        QVERIFY(same(history.row(key, history.headPlace()), note(id, "other")));
        QVERIFY(same(history.row(key, {history.headPlace().line, 1}), note(id, "one")));
        QVERIFY(history.holds(history.headPlace(), {1, 11}));
        QVERIFY(!history.holds(history.headPlace(), {2, 22}));
        QVERIFY(!history.touched(lost, history.headPlace()));
        QCOMPARE(history.touched({0, 1}, history.headPlace()).value().size(), std::size_t{1});
    }

    void faultsHaveNames()
    {
        for (unsigned f = 0; f < static_cast<unsigned>(Fault::kCount); ++f)
            QCOMPARE(faultNamed(nameOf(static_cast<Fault>(f))), static_cast<Fault>(f));
        QVERIFY(!faultNamed("fire"));
        Dice dice(7);
        QCOMPARE(drawFaults(dice, bit(Fault::Cut)) & ~bit(Fault::Cut), Faults(0));
        int damaged = 0;
        for (int n = 0; n < 200; ++n) {
            const Faults drawn = drawFaults(dice, kAllFaults);
            if (drawn & bit(Fault::Damage)) {
                QVERIFY(!(drawn & (bit(Fault::Restore) | bit(Fault::TakeOver))));
                ++damaged;
            }
        }
        QVERIFY(damaged > 20 && damaged < 120);
    }
};

QTEST_GUILESS_MAIN(WorldTest)
#include "world_test.moc"

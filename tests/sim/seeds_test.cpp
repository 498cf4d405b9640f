// Two thousand clinics from their seeds: whatever befalls them, nothing that the examiner looks at is broken, and a seed
// that runs again leaves the same trace. `anteroom-sim --seeds 1..20000` is the long form.
#include "app/sim/runner.h"

#include <QLoggingCategory>
#include <QTest>

using namespace anteroom::sim;

class SeedsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("anteroom.*=false")); }      // what engines say of each seed

    void nothingIsBroken()
    {
        const RunReport report = run({.first = 1, .last = 2000});
        qInfo("%lld seeds, %lld entries, %.1f seeds/s, %.0f simulated hours", static_cast<long long>(report.seeds), static_cast<long long>(report.merged),
              static_cast<double>(report.seeds) / report.seconds, static_cast<double>(report.simulatedMs) / 3'600'000.0);
        for (const Failure &failure : report.failures)
            qInfo("seed %llu %s: %s\n    %s", static_cast<unsigned long long>(failure.seed), failure.invariant.c_str(), failure.words.c_str(), failure.replay.c_str());
        QCOMPARE(report.failures.size(), std::size_t{0});
        QCOMPARE(report.seeds, std::int64_t{2000});
        QVERIFY(report.twiceEqual && report.twice == 20);
        QVERIFY(report.merged > 20'000);         // people did something
    }
};

QTEST_GUILESS_MAIN(SeedsTest)
#include "seeds_test.moc"

// Every known bug that can be planted is found, within the seeds that a run of the simulator takes. A bug that is not
// found any more means that the examiner has gone blind to it.
#include "app/sim/runner.h"

#include <QLoggingCategory>
#include <QTest>

using namespace anteroom::sim;

namespace {
constexpr int kMostSeeds = 2000;
}

class PlantsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("anteroom.*=false")); }      // what engines say of each seed

    void isFound_data()
    {
        QTest::addColumn<QString>("name");
        for (const PlantName &plant : plants()) {
            const std::string name(plant.name);
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
        }
    }

    void isFound()
    {
        QFETCH(QString, name);
        RunOptions options{.first = 1, .last = kMostSeeds, .world = {.plant = name.toStdString()}, .untilFirst = true};
        const RunReport report = run(options);
        QVERIFY2(!report.failures.empty(), "not found");
        qInfo("%s: seed %llu of %lld, %s", qPrintable(name), static_cast<unsigned long long>(report.failures.front().seed), static_cast<long long>(report.seeds),
              report.failures.front().invariant.c_str());
    }
};

QTEST_GUILESS_MAIN(PlantsTest)
#include "plants_test.moc"

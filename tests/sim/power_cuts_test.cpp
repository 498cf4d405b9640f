// Power cuts at every operation of a disk: nothing that was told is lost, nothing is torn, the mark fits; and known bugs
// of the writer's rules are found, or the looking proves nothing.
#include "app/sim/power_cuts.h"

#include <QTest>

using namespace anteroom::sim;

namespace {

constexpr std::int64_t kPoints = 8'000;          // of the 50,000 of a full run: some seconds, also where nothing is optimised

QByteArray words(const PowerCutReport &report)
{
    QByteArray all;
    for (const PowerCutViolation &v : report.violations)
        all += QStringLiteral("\nseed %1, point %2, %3: %4").arg(v.seed).arg(v.point).arg(v.kind, v.words).toUtf8();
    return all;
}

PowerCutReport planted(const char *plant)
{
    PowerCutOptions options;
    options.points = 1;                          // one run
    options.plant = plant;
    return runPowerCuts(options);
}

} // namespace

class PowerCutsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothing_that_was_told_is_lost()
    {
        PowerCutOptions options;
        options.points = kPoints;
        options.seed = 100;
        const PowerCutReport report = runPowerCuts(options);
        QVERIFY2(report.clean(), words(report).constData());
        QVERIFY(report.points >= kPoints);
        QVERIFY2(report.states > report.runs * 20, "the cuts leave many different states");
    }

    void the_same_seed_meets_the_same_points()
    {
        PowerCutOptions options;
        options.points = 1;
        options.seed = 3;
        const PowerCutReport once = runPowerCuts(options), again = runPowerCuts(options);
        QCOMPARE(once.points, again.points);
        QCOMPARE(once.states, again.states);
    }

    void a_host_that_commits_as_a_client_may_is_found()
    {
        const PowerCutReport report = planted("normal_on_host");
        QVERIFY(report.lost > 0);
        QCOMPARE(report.torn, 0);                // a database is whole all the same
        QVERIFY(report.violations.front().replay.contains(QStringLiteral("--seed 1 --plant normal_on_host")));
        QVERIFY(report.toJson().value(QStringLiteral("lost")).toInt() > 0);
    }

    void a_client_that_says_saved_too_early_is_found()
    {
        const PowerCutReport report = planted("normal_on_client");
        QVERIFY(report.lost > 0);
        QVERIFY2(report.violations.front().words.startsWith(u"client"), words(report).constData());
    }

    void a_mark_that_is_not_synced_is_found()
    {
        const PowerCutReport report = planted("mark_not_synced");
        QCOMPARE(report.lost, 0);
        QVERIFY2(report.others > 0 && report.violations.front().kind == u"mark", words(report).constData());
    }

    void a_disk_that_lies_is_found()
    {
        QVERIFY(planted("sync_ignored").lost > 0);
    }

    void plants_are_known_by_name()
    {
        QVERIFY(isPowerCutPlant("normal_on_host"));
        QVERIFY(!isPowerCutPlant("") && !isPowerCutPlant("s8"));
    }
};

QTEST_GUILESS_MAIN(PowerCutsTest)
#include "power_cuts_test.moc"

// anteroom-bench and anteroom-sim from the outside: their public JSON, on runs that are too small to mean anything else.
#include "support/process.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace anteroom::test;
using namespace Qt::StringLiterals;

namespace {

Finished run(const QString &name, const QStringList &arguments)
{
    QProcess process;
    process.start(program(name), arguments);
    Finished result;
    if (process.waitForFinished(120'000) && process.exitStatus() == QProcess::NormalExit)
        result.code = process.exitCode();
    else
        process.kill();
    process.waitForFinished(5'000);
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}

} // namespace

class BenchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void figures_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QStringList>("positive");       // keys whose value is above zero
        QTest::newRow("live") << u"live --rate 50 --seconds 1 --json"_s
                              << QStringList{u"p50_ms"_s, u"p99_ms"_s, u"max_ms"_s, u"floor_p50_ms"_s, u"floor_p99_ms"_s, u"ratio_p50"_s, u"ratio_p99"_s, u"samples"_s};
        QTest::newRow("first") << u"first --rows 600 --json"_s
                               << QStringList{u"rows"_s, u"rows_per_s"_s, u"floor_rows_per_s"_s, u"ratio"_s, u"bytes"_s, u"host_peak_mib"_s,
                                              u"client_peak_mib"_s, u"host_idle_mib"_s, u"client_idle_mib"_s};
        QTest::newRow("catchup") << u"catchup --rows 600 --changes 150 --json"_s << QStringList{u"ms"_s, u"bytes"_s, u"floor_ms"_s, u"ratio"_s};
        QTest::newRow("fanout") << u"fanout --clients 2 --changes 50 --json"_s << QStringList{u"deliveries_per_s"_s, u"ms"_s};
        QTest::newRow("search") << u"search --patients 200 --json"_s << QStringList{u"p50_ms"_s, u"p95_ms"_s, u"index_mib"_s};
        QTest::newRow("ui") << u"ui --changes 400 --json"_s << QStringList{u"max_block_ms"_s, u"p99_block_ms"_s, u"quiet_max_block_ms"_s, u"samples"_s};
        QTest::newRow("idle") << u"idle --clients 1 --seconds 1 --json"_s << QStringList{u"host_rss_mib"_s};
    }
    void figures()
    {
        QFETCH(QString, command);
        QFETCH(QStringList, positive);
        const Finished result = run(u"anteroom-bench"_s, command.split(u' '));
        QVERIFY2(result.code == 0, result.err.constData());
        QCOMPARE(result.out.count('\n'), 1);
        for (const QString &key : positive)
            QVERIFY2(result.json().value(key).toDouble() > 0, qPrintable(key + u": "_s + QString::fromUtf8(result.out)));
        if (command.startsWith("live"_L1))
            QCOMPARE(result.json().value("samples"_L1).toInt(), 50);         // none is lost, none is counted twice
        if (command.startsWith("first"_L1))
            QCOMPARE(result.json().value("rows"_L1).toInt(), 600);
    }

    void rowsFromAFile()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(u"rows.tsv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("5a7b19c9-0737-40d3-8060-35ab6244ea1b\tKowalczyk\tSiobhán\t1944-11-19\tF\t+77 1\tSaint-Étienne\tpeanut\t1700000029740\n");
        file.close();
        const Finished result = run(u"anteroom-bench"_s, {u"first"_s, u"--rows-file"_s, file.fileName(), u"--json"_s});
        QVERIFY2(result.code == 0, result.err.constData());
        QCOMPARE(result.json().value("rows"_L1).toInt(), 2);                 // the patient and the allergy
    }

    void wrongUsage()
    {
        for (const QStringList &words : {QStringList{}, QStringList{u"live"_s, u"--foo"_s}}) {
            const Finished wrong = run(u"anteroom-bench"_s, words);
            QCOMPARE(wrong.code, 2);
            QCOMPARE(wrong.errorLines(), 1);
        }
        QVERIFY(run(u"anteroom-bench"_s, {u"--help"_s}).out.contains("fanout"));
        QVERIFY(run(u"anteroom-sim"_s, {u"--help"_s}).out.contains("--seeds A..B"));
        QCOMPARE(run(u"anteroom-bench"_s, {u"live"_s, u"--rate"_s, u"many"_s}).code, 2);
        QCOMPARE(run(u"anteroom-bench"_s, {u"search"_s, u"--patients"_s, u"10"_s}).code, 2);
        QCOMPARE(run(u"anteroom-sim"_s, {u"--seeds"_s, u"9..1"_s}).code, 2);
        QCOMPARE(run(u"anteroom-sim"_s, {u"--plant"_s, u"none"_s}).code, 2);
        QCOMPARE(run(u"anteroom-sim"_s, {u"--power-cuts"_s, u"5"_s, u"--seeds"_s, u"1..2"_s}).code, 2);
        QVERIFY(run(u"anteroom-sim"_s, {u"--list-plants"_s}).out.contains("lww_by_clock"));
    }

    // The same seed is the same run: what it prints is all that differs, and that is time.
    void seeds()
    {
        const Finished result = run(u"anteroom-sim"_s, {u"--seeds"_s, u"1..12"_s, u"--json"_s});
        QVERIFY2(result.code == 0, result.out.constData());
        QCOMPARE(result.json().value("seeds"_L1).toInt(), 12);
        QVERIFY(result.json().value("violations"_L1).toArray().isEmpty());
        QVERIFY(result.json().value("simulated_hours"_L1).toDouble() > 0);
        const Finished once = run(u"anteroom-sim"_s, {u"--seed"_s, u"7"_s, u"--trace"_s});
        const Finished again = run(u"anteroom-sim"_s, {u"--seed"_s, u"7"_s, u"--trace"_s});
        QVERIFY(!once.err.isEmpty());
        QCOMPARE(once.err, again.err);
    }
};

QTEST_GUILESS_MAIN(BenchTest)
#include "bench_test.moc"

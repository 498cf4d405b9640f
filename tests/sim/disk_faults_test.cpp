// A disk that fails once, at each of its operations in turn, and one that is full with each number of free blocks: the
// engine goes on after it, all that was told is there, host and client come to hold the same, also after a power cut.
#include "app/sim/power_cuts.h"

#include <QTest>

using namespace anteroom::sim;

class DiskFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_operation_that_fails_loses_nothing_data() { places(); }
    void an_operation_that_fails_loses_nothing() { tryAll(DiskFault::IoError, 50); }
    void a_full_disk_loses_nothing_data() { places(); }
    void a_full_disk_loses_nothing() { tryAll(DiskFault::Full, 10); }

private:
    static void places()
    {
        QTest::addColumn<bool>("atHost");
        QTest::newRow("at the host") << true;
        QTest::newRow("at the client") << false;
    }

    static void tryAll(DiskFault fault, int atLeast)
    {
        QFETCH(bool, atHost);
        const DiskFaultReport report = runDiskFaults(fault, atHost, 1);
        QVERIFY2(report.violations.empty(), report.violations.empty() ? "" : qPrintable(report.violations.front()));
        QVERIFY2(report.faults >= atLeast, qPrintable(QString::number(report.faults)));
    }
};

QTEST_GUILESS_MAIN(DiskFaultsTest)
#include "disk_faults_test.moc"

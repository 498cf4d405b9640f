// Two real processes: a host and a client of it. Imports with the client there and away, edits on either side, digests.
#include "support/process.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace anteroom::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kTwinPatients = 300;

QString value(const QString &dir, const QString &table, const QString &id, const QString &column)
{
    return runHub({u"record"_s, u"get"_s, table, id, u"--data"_s, dir}).json().value(column).toVariant().toString();
}

std::size_t count(const QString &dir, const QString &table)
{
    return runHub({u"record"_s, u"list"_s, table, u"--data"_s, dir}).lines().size();
}

} // namespace

class ProcessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void imports_data()
    {
        QTest::addColumn<bool>("real");
        QTest::addColumn<bool>("connected");
        QTest::newRow("real, client connected") << true << true;
        QTest::newRow("real, client away") << true << false;
        QTest::newRow("twin, client connected") << false << true;
        QTest::newRow("twin, client away") << false << false;
    }
    void imports()
    {
        QFETCH(bool, real);
        QFETCH(bool, connected);
        QTemporaryDir dir;
        QString file = dir.filePath(u"twin.ndjson"_s);
        int patients = kTwinPatients;
        if (real) {
            file = sharedData(u"synthea-bulk/Patient.ndjson"_s);
            if (file.isEmpty())
                QSKIP("The shared data is not here; set ANTEROOM_DATA. The generated twin runs all the same.");
            QFile lines(file);
            QVERIFY(lines.open(QIODevice::ReadOnly));
            patients = int(lines.readAll().count('\n'));
        } else {
            QFile twin(file);
            QVERIFY(twin.open(QIODevice::WriteOnly));
            twin.write(generatedPatients(kTwinPatients));
        }

        TwoProcesses two(dir.path());
        QVERIFY2(two.startHost(), two.host.words().constData());
        QVERIFY2(two.joinFirst(), two.client.words().constData());
        if (!connected)
            QCOMPARE(two.client.terminate(), 0);

        const Finished dry = runHub({u"import"_s, file, u"--data"_s, two.hostDir, u"--dry-run"_s, u"--json"_s});
        QVERIFY2(dry.code == 0, dry.err.constData());
        QCOMPARE(dry.json().value("created"_L1).toInt(), patients);
        QCOMPARE(count(two.hostDir, u"patients"_s), std::size_t(0));

        const Finished import = runHub({u"import"_s, file, u"--data"_s, two.hostDir, u"--json"_s});
        QVERIFY2(import.code == 0, import.err.constData());
        QCOMPARE(import.json().value("created"_L1).toInt(), patients);
        if (!connected)
            QVERIFY2(two.joinAgain(), two.client.words().constData());
        QVERIFY(two.settle());
        QCOMPARE(count(two.clientDir, u"patients"_s), std::size_t(patients));

        const qint64 rev = status(two.hostDir).value("rev"_L1).toInteger();
        const Finished again = runHub({u"import"_s, file, u"--data"_s, two.hostDir, u"--json"_s});
        QVERIFY2(again.code == 0, again.err.constData());
        QCOMPARE(again.json().value("created"_L1).toInt(), 0);
        QCOMPARE(again.json().value("unchanged"_L1).toInt(), patients);
        QCOMPARE(status(two.hostDir).value("rev"_L1).toInteger(), rev);

        for (const QString &folder : {two.hostDir, two.clientDir}) {
            const Finished verified = runHub({u"verify"_s, u"--data"_s, folder});
            QVERIFY2(verified.code == 0, verified.err.constData());
        }
        QCOMPARE(two.client.terminate(), 0);
        QCOMPARE(two.host.terminate(), 0);
    }

    // An edit on either side is on the other; with the replica running, and into the outbox while it does not.
    // The same file on both sides of a cut: the same persons, one number each, nothing to decide.
    void importedApart()
    {
        QTemporaryDir dir;
        const QString file = dir.filePath(u"twin.ndjson"_s);
        QFile twin(file);
        QVERIFY(twin.open(QIODevice::WriteOnly));
        twin.write(generatedPatients(kTwinPatients));
        twin.close();
        TwoProcesses two(dir.path());
        QVERIFY2(two.startHost(), two.host.words().constData());
        QVERIFY2(two.joinFirst(), two.client.words().constData());
        QCOMPARE(two.client.terminate(), 0);
        for (const QString &side : {two.hostDir, two.clientDir})
            QCOMPARE(runHub({u"import"_s, file, u"--data"_s, side}).code, 0);
        QVERIFY2(two.joinAgain(), two.client.words().constData());
        QVERIFY(two.settle());
        for (const QString &side : {two.hostDir, two.clientDir}) {
            QCOMPARE(status(side).value("conflicts"_L1).toInt(), 0);
            QCOMPARE(count(side, u"patients"_s), std::size_t(kTwinPatients));
            for (const QJsonObject &patient : runHub({u"record"_s, u"list"_s, u"patients"_s, u"--data"_s, side}).lines())
                QVERIFY(!patient.value("number"_L1).toString().isEmpty());
        }
    }

    void edits()
    {
        QTemporaryDir dir;
        TwoProcesses two(dir.path());
        QVERIFY2(two.startHost(), two.host.words().constData());
        QVERIFY2(two.joinFirst(), two.client.words().constData());

        const Finished made = put(two.hostDir, u"patients"_s, {{u"family_name"_s, u"Díaz"_s}, {u"given_name"_s, u"Ana"_s}, {u"phone"_s, u"1"_s}});
        QVERIFY2(made.code == 0, made.err.constData());
        const QString id = made.json().value("id"_L1).toString();
        QVERIFY(!id.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(value(two.clientDir, u"patients"_s, id, u"family_name"_s), u"Díaz"_s, 10'000);

        QCOMPARE(put(two.clientDir, u"patients"_s, {{u"phone"_s, u"2"_s}}, id).code, 0);
        QTRY_COMPARE_WITH_TIMEOUT(value(two.hostDir, u"patients"_s, id, u"phone"_s), u"2"_s, 10'000);
        QCOMPARE(value(two.hostDir, u"patients"_s, id, u"given_name"_s), u"Ana"_s);

        QCOMPARE(two.client.terminate(), 0);
        QCOMPARE(put(two.clientDir, u"patients"_s, {{u"phone"_s, u"3"_s}}, id).code, 0);         // nobody runs it
        QCOMPARE(status(two.clientDir).value("pending"_L1).toInt(), 1);
        QCOMPARE(value(two.clientDir, u"patients"_s, id, u"phone"_s), u"3"_s);
        QCOMPARE(digest(two.clientDir), digest(two.hostDir));                                     // without what is pending
        QCOMPARE(value(two.hostDir, u"patients"_s, id, u"phone"_s), u"2"_s);
        const Finished synced = runHub({u"sync"_s, u"--data"_s, two.clientDir});
        QVERIFY2(synced.code == 0, synced.err.constData());
        QVERIFY(synced.out.startsWith("Up to date: 1 sent"));
        QCOMPARE(value(two.hostDir, u"patients"_s, id, u"phone"_s), u"3"_s);

        QCOMPARE(two.host.terminate(), 0);
        QCOMPARE(put(two.hostDir, u"patients"_s, {{u"phone"_s, u"4"_s}}, id).code, 0);
        QVERIFY2(two.startHost(two.host.address()), two.host.words().constData());
        QVERIFY2(two.joinAgain(), two.client.words().constData());
        QVERIFY(two.settle());
        QCOMPARE(value(two.clientDir, u"patients"_s, id, u"phone"_s), u"4"_s);

        const Finished gone = runHub({u"record"_s, u"delete"_s, u"patients"_s, id, u"--data"_s, two.clientDir});
        QVERIFY2(gone.code == 0, gone.err.constData());
        QTRY_VERIFY_WITH_TIMEOUT(!value(two.hostDir, u"patients"_s, id, u"deleted_at"_s).isEmpty(), 10'000);
        QVERIFY(two.settle());
    }

    void onceCatchesUpAndLeaves()
    {
        QTemporaryDir dir;
        TwoProcesses two(dir.path());
        QVERIFY(two.startHost());
        QCOMPARE(put(two.hostDir, u"patients"_s, {{u"family_name"_s, u"Ueda"_s}}).code, 0);
        const QString code = QString::fromUtf8(runHub({u"code"_s, u"--data"_s, two.hostDir}).out.trimmed());
        const Finished first = runHub({u"join"_s, u"--data"_s, two.clientDir, u"--address"_s, two.host.address(), u"--code"_s, code, u"--once"_s});
        QVERIFY2(first.code == 0, first.err.constData());
        QCOMPARE(digest(two.clientDir), digest(two.hostDir));
        QCOMPARE(put(two.hostDir, u"patients"_s, {{u"family_name"_s, u"Li"_s}}).code, 0);
        const Finished again = runHub({u"join"_s, u"--data"_s, two.clientDir, u"--once"_s});
        QVERIFY2(again.code == 0, again.err.constData());
        QCOMPARE(digest(two.clientDir), digest(two.hostDir));
    }

    // A copy at rest, or one whose host is away, still says what it holds and when it last spoke with the host.
    void aCopyAtRestTellsWhatItHolds()
    {
        QTemporaryDir dir;
        TwoProcesses two(dir.path());
        QVERIFY(two.startHost());
        QVERIFY(two.joinFirst());
        QCOMPARE(put(two.hostDir, u"patients"_s, {{u"family_name"_s, u"Ueda"_s}}).code, 0);
        QVERIFY(two.settle());
        const qint64 rev = status(two.clientDir).value("rev"_L1).toInteger();
        QCOMPARE(rev, status(two.hostDir).value("rev"_L1).toInteger());
        QCOMPARE(::kill(pid_t(two.client.pid()), SIGHUP), 0);        // its terminal was closed
        QCOMPARE(two.client.terminate(), 0);
        QCOMPARE(two.host.terminate(), 0);
        const QJsonObject rest = status(two.clientDir);
        QCOMPARE(rest.value("rev"_L1).toInteger(), rev);
        QCOMPARE(rest.value("cursor"_L1).toInteger(), rev);
        QVERIFY(rest.value("last_success"_L1).isString());
        const Finished code = runHub({u"code"_s, u"--data"_s, two.clientDir});
        QCOMPARE(code.code, 1);
        QVERIFY2(code.err.contains("belongs to another host"), code.err.constData());
        const Finished once = runHub({u"join"_s, u"--data"_s, two.clientDir, u"--once"_s});
        QCOMPARE(once.code, 1);
        QCOMPARE(once.errorLines(), 1);
    }

    void theHostKnowsItsClients()
    {
        QTemporaryDir dir;
        TwoProcesses two(dir.path());
        QVERIFY(two.startHost());
        QVERIFY(two.joinFirst());
        QVERIFY(two.settle());
        QTRY_COMPARE_WITH_TIMEOUT(status(two.hostDir).value("clients"_L1).toArray().size(), 1, 10'000);
        QCOMPARE(status(two.clientDir).value("role"_L1).toString(), u"client"_s);
        QTRY_COMPARE_WITH_TIMEOUT(status(two.clientDir).value("state"_L1).toString(), u"synced"_s, 10'000);
        QCOMPARE(two.host.terminate(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(status(two.clientDir).value("state"_L1).toString(), u"offline"_s, 15'000);
    }
};

QTEST_GUILESS_MAIN(ProcessTest)
#include "process_test.moc"

// kill -9 of host and of client at random moments, under load: what was acknowledged (record put returned 0) is never
// missing, nothing is there twice, and both end with equal digests. The load speaks the control protocol that record put
// speaks, without starting a process for each row.
#include "core/random.h"
#include "support/load.h"
#include "support/process.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <map>

using namespace anteroom;
using namespace anteroom::test;
using namespace Qt::StringLiterals;

namespace {

// The full measure: ANTEROOM_KILLS=300 ctest -R integration.crash (hosts 300 times, then clients 300 times).
constexpr int kKillsUsually = 30;
constexpr int kLongestLifeMs = 300;

} // namespace

class CrashTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void killed_data()
    {
        QTest::addColumn<bool>("host");
        QTest::newRow("host") << true;
        QTest::newRow("client") << false;
    }
    void killed()
    {
        QFETCH(bool, host);
        const int kills = qEnvironmentVariable("ANTEROOM_KILLS", QString::number(kKillsUsually)).toInt();
        QVERIFY(kills > 0);
        QElapsedTimer clock;
        clock.start();
        const quint64 seed = quint64(QDateTime::currentMSecsSinceEpoch());
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        SeededRandom random(seed);
        QTemporaryDir dir;
        TwoProcesses two(dir.path());
        QVERIFY2(two.startHost(), two.host.words().constData());
        QVERIFY2(two.joinFirst(), two.client.words().constData());
        const QString listen = two.host.address();

        Load atHost(u"Host"_s), atClient(u"Client"_s);
        QVERIFY(atHost.connectTo(two.hostDir));
        QVERIFY(atClient.connectTo(two.clientDir));
        for (int i = 0; i < kills; ++i) {
            bool lived = false;
            QTimer::singleShot(1 + int(random.u64() % kLongestLifeMs), this, [&lived] { lived = true; });
            QVERIFY(QTest::qWaitFor([&lived] { return lived; }));
            if (host) {
                two.host.kill9();
                atHost.stop();
                QVERIFY2(two.startHost(listen), two.host.words().constData());
                QVERIFY(atHost.connectTo(two.hostDir));
            } else {
                two.client.kill9();
                atClient.stop();
                QVERIFY2(two.joinAgain(), two.client.words().constData());
                QVERIFY(atClient.connectTo(two.clientDir));
            }
        }
        atHost.stop();
        atClient.stop();
        QVERIFY(atHost.answers > kills);
        QVERIFY(atClient.answers > kills);
        QVERIFY(two.settle(60'000));
        for (const Load *load : {&atHost, &atClient})
            checkAll(two.clientDir, *load);
        for (const QString &folder : {two.hostDir, two.clientDir}) {
            const Finished verified = runHub({u"verify"_s, u"--data"_s, folder});
            QVERIFY2(verified.code == 0, verified.err.constData());
        }
        qInfo("%d kills, %d + %d acknowledged, %lld ms", kills, atHost.answers, atClient.answers, static_cast<long long>(clock.elapsed()));
    }

private:
    static void checkAll(const QString &dir, const Load &load)
    {
        std::map<QString, QStringList> phones;
        for (const QJsonObject &row : runHub({u"record"_s, u"list"_s, u"patients"_s, u"--data"_s, dir}).lines())
            phones[row.value("family_name"_L1).toString()].append(row.value("phone"_L1).toString());
        const QString missing = missingOf(load, phones);
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
    }
};

QTEST_GUILESS_MAIN(CrashTest)
#include "crash_test.moc"

// kill -9 of host and of client at random moments, under load: what was acknowledged (record put returned 0) is never
// missing, nothing is there twice, and both end with equal digests. The load speaks the control protocol that record put
// speaks, without starting a process for each row.
#include "core/random.h"
#include "node/control_client.h"
#include "support/process.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <map>
#include <set>

using namespace anteroom;
using namespace anteroom::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kKills = 30;
constexpr int kLongestLifeMs = 300;

// Puts patients into one folder as fast as they are acknowledged: new ones, and a new phone for the one before.
class Load final : public QObject {
public:
    explicit Load(QString name) : m_name(std::move(name)) {}

    bool connectTo(const QString &dir)
    {
        auto client = node::ControlClient::connectTo(dir);
        if (!client)
            return false;
        m_client = std::move(*client);
        next();
        return true;
    }
    void stop() { m_client.reset(); }        // an answer that still comes is not an acknowledgement

    std::map<QString, QString> acknowledged;      // family name (one per insert) → phone that was acknowledged last
    std::map<QString, std::set<QString>> asked;   // family name → phones that may have been taken without an answer
    int answers = 0;

private:
    void next()
    {
        const bool update = !m_lastId.isEmpty() && m_count % 2 == 1;
        const QString phone = QString::number(++m_count);
        const QString family = update ? m_lastFamily : QString(m_name + phone);
        QJsonObject values{{u"phone"_s, phone}};
        QJsonObject request{{u"do"_s, u"put"_s}, {u"table"_s, u"patients"_s}};
        if (update)
            request.insert(u"id"_s, m_lastId);
        else
            values.insert(u"family_name"_s, family);
        request.insert(u"values"_s, values);
        asked[family].insert(phone);
        m_client->handle(request, node::ControlAnswer{.part = {}, .done = [this, family, phone](const Result<QJsonObject> &result) {
            if (!result)
                return;                      // killed: unknown, may be there or not
            const QJsonObject row = result->value("row"_L1).toObject();
            acknowledged[family] = phone;
            asked[family] = {phone};
            m_lastFamily = family;
            m_lastId = row.value("id"_L1).toString();
            ++answers;
            QMetaObject::invokeMethod(this, [this] {
                if (m_client)
                    next();
            }, Qt::QueuedConnection);
        }});
    }

    QString m_name, m_lastFamily, m_lastId;
    int m_count = 0;
    std::unique_ptr<node::ControlClient> m_client;
};

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
        for (int i = 0; i < kKills; ++i) {
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
        QVERIFY(atHost.answers > kKills);
        QVERIFY(atClient.answers > kKills);
        QVERIFY(two.settle(60'000));
        for (const Load *load : {&atHost, &atClient})
            checkAll(two.clientDir, *load);
        for (const QString &folder : {two.hostDir, two.clientDir}) {
            const Finished verified = runHub({u"verify"_s, u"--data"_s, folder});
            QVERIFY2(verified.code == 0, verified.err.constData());
        }
        qInfo("%d kills, %d + %d acknowledged, %lld ms", kKills, atHost.answers, atClient.answers, static_cast<long long>(clock.elapsed()));
    }

private:
    static void checkAll(const QString &dir, const Load &load)
    {
        std::map<QString, QStringList> phones;
        for (const QJsonObject &row : runHub({u"record"_s, u"list"_s, u"patients"_s, u"--data"_s, dir}).lines())
            phones[row.value("family_name"_L1).toString()].append(row.value("phone"_L1).toString());
        for (const auto &[family, phone] : load.acknowledged) {
            QVERIFY2(phones.contains(family), qPrintable(u"%1 was acknowledged and is missing"_s.arg(family)));
            QVERIFY2(phones[family].size() == 1, qPrintable(u"%1 is there twice"_s.arg(family)));
            QVERIFY2(load.asked.at(family).contains(phones[family].constFirst()),
                     qPrintable(u"%1 was acknowledged with %2 and holds %3"_s.arg(family, phone, phones[family].constFirst())));
        }
    }
};

QTEST_GUILESS_MAIN(CrashTest)
#include "crash_test.moc"

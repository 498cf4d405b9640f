// The public command line of one replica: JSON, exit codes, put with old, insert, delete, lists.
#include "support/process.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace anteroom::test;
using namespace Qt::StringLiterals;

class HubTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_data = m_dir.filePath(u"data"_s);
        QVERIFY2(m_host.start({u"serve"_s, u"--data"_s, m_data, u"--listen"_s, u"127.0.0.1:0"_s, u"--port-file"_s, m_dir.filePath(u"port"_s),
                               u"--clinic"_s, u"Río"_s, u"--as"_s, u"Ana Díaz"_s}), m_host.words().constData());
    }
    void cleanupTestCase() { QCOMPARE(m_host.terminate(), 0); }

    void thePortFileHoldsTheAddress()
    {
        QFile file(m_dir.filePath(u"port"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().trimmed(), m_host.address().toUtf8());
    }

    void statusHasItsPublicKeys()
    {
        const QJsonObject status = anteroom::test::status(m_data);
        for (const auto *key : {"role", "state", "since", "epoch", "rev", "cursor", "head", "pending", "oldest_pending_s", "last_success",
                                "rejected", "conflicts", "clients", "host", "next_try_s", "digests_equal"})
            QVERIFY2(status.contains(QLatin1StringView(key)), key);
        QCOMPARE(status.value("role"_L1).toString(), u"host"_s);
        QCOMPARE(status.value("pending"_L1).toInt(), 0);
        QVERIFY(status.value("since"_L1).toString().endsWith(u'Z'));
    }

    void insertGetUpdateList()
    {
        const Finished made = put(m_data, u"patients"_s, {{u"family_name"_s, u"Öztürk"_s}, {u"birth_date"_s, u"1980-02"_s}, {u"phone"_s, u"1"_s}});
        QVERIFY2(made.code == 0, made.err.constData());
        const QJsonObject row = made.json();
        const QString id = row.value("id"_L1).toString();
        QCOMPARE(row.value("birth_date"_L1).toString(), u"1980-02"_s);
        QVERIFY(row.value("given_name"_L1).isNull());
        QVERIFY(!row.value("number"_L1).toString().isEmpty());                 // the door numbers and folds
        QVERIFY(!row.value("folded_name"_L1).toString().isEmpty());
        QVERIFY(row.value("created_at"_L1).toString().endsWith(u'Z'));

        const Finished changed = put(m_data, u"patients"_s, {{u"phone"_s, u"2"_s}}, id);
        QVERIFY2(changed.code == 0, changed.err.constData());
        QCOMPARE(changed.json().value("phone"_L1).toString(), u"2"_s);
        QCOMPARE(changed.json().value("family_name"_L1).toString(), u"Öztürk"_s);
        QCOMPARE(runHub({u"record"_s, u"get"_s, u"patients"_s, id, u"--data"_s, m_data}).json(), changed.json());

        const auto found = runHub({u"record"_s, u"list"_s, u"patients"_s, u"--data"_s, m_data, u"--where"_s, u"phone=2"_s, u"--limit"_s, u"5"_s}).lines();
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0], changed.json());
        QVERIFY(runHub({u"record"_s, u"list"_s, u"patients"_s, u"--data"_s, m_data, u"--where"_s, u"phone=none"_s}).lines().empty());
    }

    void anUnknownIdIsAnInsert()
    {
        const QString id = u"0190c5a8-7a31-7c1e-9d42-0a6f3b1c5d20"_s;
        const Finished made = put(m_data, u"patients"_s, {{u"family_name"_s, u"Given id"_s}}, id);
        QVERIFY2(made.code == 0, made.err.constData());
        QCOMPARE(made.json().value("id"_L1).toString(), id);
    }

    void whatGetPrintedCanBePut()
    {
        const QJsonObject row = put(m_data, u"patients"_s, {{u"family_name"_s, u"Round trip"_s}}).json();
        const qint64 rev = anteroom::test::status(m_data).value("rev"_L1).toInteger();
        const Finished same = put(m_data, u"patients"_s, row);
        QVERIFY2(same.code == 0, same.err.constData());
        QCOMPARE(same.json(), row);
        QCOMPARE(anteroom::test::status(m_data).value("rev"_L1).toInteger(), rev);         // nothing to save
    }

    // --old is what the caller was shown; a difference saves nothing and prints both.
    void putWithOld()
    {
        const QJsonObject shown = put(m_data, u"patients"_s, {{u"family_name"_s, u"Old"_s}, {u"phone"_s, u"1"_s}}).json();
        const QString id = shown.value("id"_L1).toString();
        QFile old(m_dir.filePath(u"old.json"_s));
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write(QJsonDocument(shown).toJson());
        old.close();
        const QStringList withOld{u"--old"_s, old.fileName()};
        QCOMPARE(put(m_data, u"patients"_s, {{u"email"_s, u"a@b.example"_s}}, id).code, 0);
        QCOMPARE(put(m_data, u"patients"_s, {{u"phone"_s, u"2"_s}}, id, withOld).code, 0);       // another group
        const Finished refused = put(m_data, u"patients"_s, {{u"phone"_s, u"3"_s}}, id, withOld);
        QCOMPARE(refused.code, 1);
        QCOMPARE(refused.errorLines(), 1);
        QCOMPARE(refused.json().value("old"_L1).toObject().value("phone"_L1).toString(), u"1"_s);
        QCOMPARE(refused.json().value("now"_L1).toObject().value("phone"_L1).toString(), u"2"_s);
        QCOMPARE(put(m_data, u"patients"_s, {{u"phone"_s, u"1"_s}}, id, withOld).code, 1);       // no change against old, but old is past
        QCOMPARE(runHub({u"record"_s, u"get"_s, u"patients"_s, id, u"--data"_s, m_data}).json().value("phone"_L1).toString(), u"2"_s);
    }

    void deleteMarks()
    {
        const QString id = put(m_data, u"patients"_s, {{u"family_name"_s, u"Gone"_s}}).json().value("id"_L1).toString();
        const Finished gone = runHub({u"record"_s, u"delete"_s, u"patients"_s, id, u"--data"_s, m_data});
        QVERIFY2(gone.code == 0, gone.err.constData());
        QVERIFY(!gone.json().value("deleted_at"_L1).isNull());
        QVERIFY(runHub({u"record"_s, u"list"_s, u"patients"_s, u"--data"_s, m_data, u"--where"_s, u"family_name=Gone"_s}).lines().empty());
        QCOMPARE(put(m_data, u"patients"_s, {{u"phone"_s, u"1"_s}}, id).code, 1);
    }

    void aNaturalKeyIsOneRow()
    {
        const QJsonObject first = put(m_data, u"clinic_services"_s, {{u"code"_s, u"CONS"_s}, {u"name"_s, u"Consultation"_s}}).json();
        QVERIFY(!first.isEmpty());
        const Finished second = put(m_data, u"clinic_services"_s, {{u"code"_s, u"CONS"_s}, {u"name"_s, u"Visit"_s}});
        QVERIFY2(second.code == 0, second.err.constData());
        QCOMPARE(second.json().value("id"_L1), first.value("id"_L1));
        QCOMPARE(second.json().value("name"_L1).toString(), u"Visit"_s);
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<int>("code");
        QTest::newRow("no table") << u"horses"_s << QByteArray("{}") << QStringList{} << 2;
        QTest::newRow("no column") << u"patients"_s << QByteArray(R"({"hooves":4})") << QStringList{} << 1;
        QTest::newRow("no JSON") << u"patients"_s << QByteArray("Ana") << QStringList{} << 1;
        QTest::newRow("list") << u"patients"_s << QByteArray("[1]") << QStringList{} << 1;
        QTest::newRow("not allowed") << u"patients"_s << QByteArray(R"({"family_name":"A","sex":"horse"})") << QStringList{} << 1;
        QTest::newRow("no date") << u"patients"_s << QByteArray(R"({"family_name":"A","birth_date":"yesterday"})") << QStringList{} << 1;
        QTest::newRow("filled by Anteroom") << u"patients"_s << QByteArray(R"({"family_name":"A","created_at":"2026-01-01T00:00:00Z"})") << QStringList{} << 1;
        QTest::newRow("bad id") << u"patients"_s << QByteArray(R"({"id":"7","family_name":"A"})") << QStringList{} << 2;
        QTest::newRow("nameless") << u"patients"_s << QByteArray(R"({"city":"Lima"})") << QStringList{} << 1;
        QTest::newRow("nobody") << u"patients"_s << QByteArray(R"({"family_name":"A"})") << QStringList{u"--as"_s, u"Nobody"_s} << 1;
        QTest::newRow("password") << u"patients"_s << QByteArray(R"({"family_name":"A"})") << QStringList{u"--password-file"_s, u"/f"_s} << 1;
        QTest::newRow("no old file") << u"patients"_s << QByteArray(R"({"family_name":"A"})") << QStringList{u"--old"_s, u"/no/such/file"_s} << 1;
    }
    void refusals()
    {
        QFETCH(QString, table);
        QFETCH(QByteArray, json);
        QFETCH(QStringList, more);
        QFETCH(int, code);
        const qint64 rev = anteroom::test::status(m_data).value("rev"_L1).toInteger();
        const Finished refused = runHub(QStringList{u"record"_s, u"put"_s, table, u"--data"_s, m_data} + more, {.input = json});
        QVERIFY2(refused.code == code, qPrintable(u"%1: %2"_s.arg(refused.code).arg(QString::fromUtf8(refused.err))));
        QCOMPARE(refused.errorLines(), 1);
        QVERIFY(refused.out.isEmpty());
        QCOMPARE(anteroom::test::status(m_data).value("rev"_L1).toInteger(), rev);
    }

    void actsInTheNameOfAs()
    {
        const QJsonObject row = put(m_data, u"patients"_s, {{u"family_name"_s, u"By name"_s}}, {}, {u"--as"_s, u"Ana Díaz"_s}).json();
        const QString user = row.value("created_by"_L1).toString();
        QCOMPARE(runHub({u"record"_s, u"get"_s, u"users"_s, user, u"--data"_s, m_data}).json().value("name"_L1).toString(), u"Ana Díaz"_s);
    }

    void readsAndActsInTheRoleOfAs()
    {
        QCOMPARE(put(m_data, u"users"_s, {{u"name"_s, u"Nora"_s}, {u"role"_s, u"nurse"_s}}).code, 0);
        const auto record = [this](const QStringList &what, const QString &who) { return runHub(QStringList{u"record"_s} + what + QStringList{u"--data"_s, m_data, u"--as"_s, who}); };
        QCOMPARE(record({u"list"_s, u"patients"_s}, u"Nora"_s).code, 0);
        const Finished bills = record({u"list"_s, u"patient_bills"_s}, u"Nora"_s);
        QCOMPARE(bills.code, 1);
        QVERIFY2(bills.err.contains("nurse") && bills.out.isEmpty(), bills.err.constData());
        const Finished nobody = record({u"list"_s, u"patients"_s}, u"Nobody"_s);
        QCOMPARE(nobody.code, 1);
        QVERIFY2(nobody.err.contains("Nobody of that name"), nobody.err.constData());
        const QJsonObject left = put(m_data, u"users"_s, {{u"name"_s, u"Otto"_s}, {u"role"_s, u"doctor"_s}}).json();
        QCOMPARE(record({u"list"_s, u"patients"_s}, u"Otto"_s).code, 0);
        QCOMPARE(put(m_data, u"users"_s, {{u"id"_s, left.value("id"_L1)}, {u"active"_s, false}}).code, 0);
        QCOMPARE(record({u"list"_s, u"patients"_s}, u"Otto"_s).code, 1);          // works here no more
        const Finished hired = put(m_data, u"users"_s, {{u"name"_s, u"Eva"_s}, {u"role"_s, u"nurse"_s}}, {}, {u"--as"_s, u"Nora"_s});
        QCOMPARE(hired.code, 1);
        QVERIFY2(hired.err.contains("nurse"), hired.err.constData());
    }

    void aDispensingIsPutOnce()
    {
        const QJsonObject sent{{u"external_id"_s, u"pharmacy|7"_s}, {u"drug_name"_s, u"Amoxicillin"_s}, {u"quantity"_s, 10}};
        const Finished first = put(m_data, u"dispense_records"_s, sent);
        QCOMPARE(first.code, 0);
        const auto rev = status(m_data).value("rev"_L1);
        const Finished again = put(m_data, u"dispense_records"_s, sent);
        QCOMPARE(again.code, 0);
        QCOMPARE(again.json(), first.json());
        QCOMPARE(status(m_data).value("rev"_L1), rev);
        QJsonObject other = sent;
        other.insert(u"quantity"_s, 20);
        const Finished refused = put(m_data, u"dispense_records"_s, other);
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains(first.json().value("id"_L1).toString().toUtf8()), refused.err.constData());
    }

    void digestVerifyCodeSync()
    {
        const QByteArray lines = digest(m_data);
        QVERIFY(lines.contains("patients "));
        QVERIFY(lines.split('\n').at(lines.count('\n') - 1).startsWith("whole "));
        const QJsonObject json = runHub({u"digest"_s, u"--data"_s, m_data, u"--json"_s}).json();
        QVERIFY(lines.contains(json.value("whole"_L1).toString().toUtf8()));
        QCOMPARE(runHub({u"verify"_s, u"--data"_s, m_data}).code, 0);
        const Finished code = runHub({u"code"_s, u"--data"_s, m_data});
        QCOMPARE(code.code, 0);
        QCOMPARE(code.out.trimmed().replace("-", "").size(), 10);
        QCOMPARE(code.out.count('\n'), 1);
        QCOMPARE(runHub({u"code"_s, u"--data"_s, m_data, u"--approve"_s, u"full"_s}).code, 1);
        const Finished synced = runHub({u"sync"_s, u"--data"_s, m_data});
        QVERIFY2(synced.code == 0, synced.err.constData());
        QVERIFY(synced.out.startsWith("Up to date"));
    }

    // The same commands while nobody runs the folder.
    void withoutARunningReplica()
    {
        const QByteArray before = digest(m_data);
        QCOMPARE(m_host.terminate(), 0);
        QCOMPARE(digest(m_data), before);
        QCOMPARE(put(m_data, u"patients"_s, {{u"family_name"_s, u"Quiet"_s}}).code, 0);
        QVERIFY(digest(m_data) != before);
        QCOMPARE(runHub({u"verify"_s, u"--data"_s, m_data}).code, 0);
        QCOMPARE(runHub({u"code"_s, u"--data"_s, m_data}).code, 1);
        QVERIFY(m_host.start({u"serve"_s, u"--data"_s, m_data}));              // listens where it did
    }

private:
    QTemporaryDir m_dir;
    QString m_data;
    HubProcess m_host;
};

QTEST_GUILESS_MAIN(HubTest)
#include "hub_test.moc"

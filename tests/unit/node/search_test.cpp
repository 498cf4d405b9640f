// The search of a replica: what a person saves here is found at once, what others saved soon, also after a restart; a
// role finds what it may read.
#include "core/random.h"
#include "node/replica.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"

#include <QTemporaryDir>
#include <QTest>

using namespace anteroom;
using namespace anteroom::node;
using schema::tables::patient_bills;
using schema::tables::patients;

namespace {

constexpr int kWaitMs = 20'000;

template <typename T>
Result<T> answer(QFuture<Result<T>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, kWaitMs))
        return fail(ErrorCode::Failed, QStringLiteral("no answer"));
    return future.result();
}

struct Desk {
    QTemporaryDir dir;
    SystemClock clock;
    SeededRandom random{5};
    std::unique_ptr<Replica> replica;

    void open()
    {
        replica.reset();
        auto opened = Replica::open({.dataDir = dir.path()});
        QVERIFY(opened.has_value());
        replica = std::move(*opened);
    }
    schema::Change patient(const QString &given, const QString &family)
    {
        return schema::makeInsert(patients, uuidV7(clock, random),
                                  {{schema::col(patients, "given_name"), schema::text(given)}, {schema::col(patients, "family_name"), schema::text(family)}});
    }
    bool save(std::vector<schema::Change> changes)
    {
        const auto saved = answer(replica->commands().save({.name = "patients.register", .changes = std::move(changes)}));
        return saved && saved->saved;
    }
    int found(const char *typed)
    {
        const auto hits = answer(replica->queries().find({.text = QString::fromUtf8(typed), .limit = 500}));
        return hits ? int(hits->hits.size()) : -1;
    }
    bool caughtUp()
    {
        return QTest::qWaitFor([&] {
            const auto result = answer(replica->queries().find({.text = QStringLiteral("x")}));
            return result && !result->indexing;
        }, kWaitMs);
    }
};

} // namespace

class SearchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anOwnSaveIsFoundAtOnceAndALargeOneSoon()
    {
        Desk desk;
        desk.open();
        QVERIFY(answer(desk.replica->startClinic({.clinicName = QStringLiteral("Clinic"), .personName = QStringLiteral("Ana"), .deviceName = QStringLiteral("Desk 1")})).has_value());
        QVERIFY(desk.caughtUp());
        QVERIFY(desk.save({desk.patient(QStringLiteral("Łukasz"), QStringLiteral("Kowalczyk"))}));
        QCOMPARE(desk.found("lukasz"), 1);
        std::vector<schema::Change> many;
        for (int i = 0; i < 300; ++i)
            many.push_back(desk.patient(QStringLiteral("Mariam"), QStringLiteral("Diallo")));
        QVERIFY(desk.save(std::move(many)));
        desk.open();                                     // a restart in the middle of reading
        QVERIFY(desk.caughtUp());
        QCOMPARE(desk.found("mariam diallo"), 300);
        QCOMPARE(desk.found("lukasz"), 1);
    }

    void whatOthersSavedIsFoundOnAClientToo()
    {
        Desk host, client;
        host.open();
        client.open();
        QVERIFY(answer(host.replica->startClinic({.clinicName = QStringLiteral("Clinic"), .personName = QStringLiteral("Ana"), .deviceName = QStringLiteral("Desk 1")})).has_value());
        QVERIFY(host.save({host.patient(QStringLiteral("Mariam"), QStringLiteral("Diallo"))}));
        const auto where = answer(host.replica->startHosting(QStringLiteral("127.0.0.1"), 0));
        QVERIFY(where.has_value());
        const auto code = answer(host.replica->newAccessCode());
        QVERIFY(code.has_value());
        QVERIFY(answer(client.replica->join({.address = where->address, .port = where->port, .code = code->code, .personName = QStringLiteral("Ben"), .deviceName = QStringLiteral("Desk 2")})).has_value());
        QVERIFY(QTest::qWaitFor([&] { return client.found("mariam") == 1; }, kWaitMs));
        QVERIFY(host.save({host.patient(QStringLiteral("Ousmane"), QStringLiteral("Keita"))}));
        QVERIFY(QTest::qWaitFor([&] { return client.found("ousmane") == 1; }, kWaitMs));
        QVERIFY(client.save({client.patient(QStringLiteral("Øystein"), QStringLiteral("Berg"))}));
        QCOMPARE(client.found("oystein"), 1);
        QVERIFY(QTest::qWaitFor([&] { return host.found("oystein") == 1; }, kWaitMs));
    }

    void aRoleFindsWhatItMayRead()
    {
        Desk desk;
        desk.open();
        QVERIFY(answer(desk.replica->startClinic({.clinicName = QStringLiteral("Clinic"), .personName = QStringLiteral("Ana"), .deviceName = QStringLiteral("Desk 1")})).has_value());
        QVERIFY(desk.save({schema::makeInsert(patient_bills, uuidV7(desk.clock, desk.random), {{schema::col(patient_bills, "snapshot_name"), std::string("Mariam Diallo")}})}));
        session::Session session = desk.replica->session().session();
        session.role = schema::Role::Cashier;
        desk.replica->session().set(session);
        QCOMPARE(desk.found("mariam"), 1);
        session.role = schema::Role::Nurse;
        desk.replica->session().set(session);
        QCOMPARE(desk.found("mariam"), 0);
    }
};

QTEST_GUILESS_MAIN(SearchTest)
#include "search_test.moc"

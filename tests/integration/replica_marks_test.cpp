// The mark beside the database, at work in real replicas: missing, adopted, not writable; and what else a start or a
// disk does to people: ticket numbers that wait for another PC (H13), a clock that is not the host's (rule 18).
#include "tables/replica_pair.h"

#include "node/data_folder.h"
#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patients.h"
#include "schema/tables/service_points.h"
#include "storage/connection.h"
#include "storage/sync_index.h"
#include "storage/transaction.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace anteroom;
using namespace anteroom::node;
using namespace anteroom::test;
using namespace schema;
using schema::tables::active_patient_queue;
using schema::tables::patients;
using namespace Qt::StringLiterals;

namespace {

constexpr int kFamily = col(patients, "family_name");

Uuid admitted(Replica &replica, const char *family)
{
    const Change change = makeInsert(patients, newId(), {{kFamily, std::string(family)}});
    (void)saved(replica, {"patients.register", {change}});
    return change.id;
}

Result<ClaimOutcome> ticketFor(Replica &replica, const Uuid &patient)
{
    const Uuid point = rowsWhere(replica, tables::service_points, {}).front().id;
    return outcome(replica.commands().takeTicket({"queue.take", {makeInsert(active_patient_queue, newId(),
        {{col(active_patient_queue, "patient_id"), patient}, {col(active_patient_queue, "service_point_id"), point}})}}));
}

// As the released program left it: a database that knows of no mark.
void forgetMark(const QString &dataDir)
{
    check(QFile::remove(markPath(dataDir)), u"the mark is there"_s);
    const auto connection = storage::Connection::open(databasePath(dataDir), storage::Mode::ReadWrite);
    check(connection.has_value(), u"the database opens"_s);
    storage::Transaction transaction(**connection, "test");
    storage::SyncIndex(**connection).setState("mark_known", {});
    transaction.commit();
}

} // namespace

class ReplicaMarksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anOldFolderIsAdoptedOnce()
    {
        ReplicaPair pair;
        pair.closeClient();
        pair.closeHost();
        forgetMark(pair.hostFolder());
        forgetMark(pair.clientFolder());
        pair.openHost();
        pair.openClient();
        QCOMPARE(pair.host().status().epoch, 1);
        for (Replica *replica : {&pair.host(), &pair.client()}) {
            QVERIFY2(replica->status().notice.isEmpty(), qPrintable(replica->status().notice));
            QVERIFY(QFile::exists(markPath(replica->dataDir())));
        }
        const Uuid ana = admitted(pair.client(), "Silva");
        pair.awaitEqual(patients, ana, u"the patient"_s);
    }

    void aMissingMarkBeginsAnew()
    {
        ReplicaPair pair;
        const Uuid before = admitted(pair.host(), "Silva");
        pair.awaitEqual(patients, before, u"the patient"_s);
        pair.unplug();
        const Uuid offline = admitted(pair.client(), "Okafor");
        pair.closeClient();
        pair.closeHost();
        QVERIFY(QFile::remove(markPath(pair.hostFolder())) && QFile::remove(markPath(pair.clientFolder())));
        pair.openHost();
        QCOMPARE(pair.host().status().epoch, 2);
        QVERIFY(pair.host().status().notice.contains(u"anteroom.mark"_s));
        QCOMPARE(pair.host().status().state, SyncState::Attention);
        pair.openClient();
        QVERIFY(!pair.client().status().notice.isEmpty());
        (void)take(pair.host().startHosting(u"127.0.0.1"_s, pair.port()));
        pair.client().reconnectNow();
        (void)awaitRow(pair.host(), patients, offline, u"what was not sent"_s);
        const Uuid since = admitted(pair.client(), "Ueda");
        (void)awaitRow(pair.host(), patients, since, u"what came after"_s);
        pair.awaitSameContent();
        await(pair.host(), u"no more attention"_s, [&] { return pair.host().status().state == SyncState::Synced; });
        QCOMPARE(pair.host().status().conflicts, 0);
        const auto number = [&](const Uuid &id) { return toQString((*rowOf(pair.host(), patients, id))[col(patients, "number")]); };
        QVERIFY2(number(offline).section(u'-', 0, 0) != number(since).section(u'-', 0, 0), qPrintable(number(since)));      // the prefix of the other copy is its own
    }

    // A save that is durable is a save; nobody else hears of it until the mark is.
    void withoutAMarkNothingLeaves()
    {
        ReplicaPair pair;
        pair.closeClient();
        const QString mark = markPath(pair.clientFolder());
        QVERIFY(QFile::remove(mark) && QDir().mkdir(mark));
        pair.openClient();
        const Uuid ana = admitted(pair.client(), "Silva");
        QVERIFY(rowOf(pair.client(), patients, ana).has_value());
        await(pair.client(), u"words"_s, [&] { return pair.client().status().state == SyncState::Attention && pair.client().status().attention.contains(u"anteroom.mark"_s); });
        QVERIFY(!rowOf(pair.host(), patients, ana));
        QVERIFY(QDir().rmdir(mark));
        (void)awaitRow(pair.host(), patients, ana, u"what was saved"_s);
        pair.awaitSameContent();
        await(pair.client(), u"no more attention"_s, [&] { return pair.client().status().state == SyncState::Synced; });
    }

    void numbersWaitForAnotherPcOrAPerson()
    {
        ReplicaPair pair;
        const Uuid ana = admitted(pair.host(), "Silva"), rui = admitted(pair.host(), "Okafor"), bea = admitted(pair.host(), "Ueda");
        QVERIFY(ticketFor(pair.host(), ana).has_value());
        pair.awaitSameContent();
        pair.closeClient();
        pair.closeHost();
        pair.openHost();
        QVERIFY(pair.host().status().numbersWait);
        const auto refused = ticketFor(pair.host(), rui);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unconfirmed);
        take(pair.host().commands().confirmNumbers());
        QCOMPARE(take(pair.host().freshStatus()).numbersWait, false);
        QVERIFY(ticketFor(pair.host(), rui)->number.ends_with("-002"));
        pair.closeHost();
        pair.openHost();
        QVERIFY(!ticketFor(pair.host(), bea));
        pair.openClient();                               // it says what it holds
        await(pair.host(), u"the client"_s, [&] { return !pair.host().status().numbersWait; });
        QVERIFY(ticketFor(pair.host(), bea)->number.ends_with("-003"));
    }

    void aSoloClinicNeverWaits()
    {
        QTemporaryDir dir;
        const auto opened = [&] { return std::move(*Replica::open({.dataDir = dir.path(), .network = false})); };
        auto solo = opened();
        take(solo->startClinic({u"Clinic"_s, u"Maria"_s, u"Desk"_s}));
        const Uuid ana = admitted(*solo, "Silva");
        solo.reset();
        solo = opened();
        QVERIFY(!solo->status().numbersWait);
        QVERIFY(ticketFor(*solo, ana).has_value());
    }

    void aClockThatIsNotTheHostsIsSaid()
    {
        ReplicaPair pair(0);
        ShiftedClock ahead;
        ahead.ahead(190'000);
        auto opened = Replica::open({.dataDir = pair.folder(u"ahead"_s), .network = true, .clock = &ahead});
        QVERIFY(opened.has_value());
        Replica &client = **opened;
        take(client.join(pair.request(u"Ahead"_s)));
        await(client, u"the difference"_s, [&] { return client.status().skewS >= 185 && client.status().skewS <= 195; });
        QVERIFY(client.status().state != SyncState::Attention);      // nothing is decided by it
        ahead.ahead(-150'000);
        await(client, u"less than a minute"_s, [&] { return client.status().skewS == 0; });
    }
};

QTEST_GUILESS_MAIN(ReplicaMarksTest)
#include "replica_marks_test.moc"

// What a desk lives through with its line and its host: no host while somebody waits, a push that is refused, codes, a
// folder that is open twice, another history, restarts on either side, the interval and the manual sync.
#include "core/settings.h"
#include "node/control_service.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/devices.h"
#include "schema/tables/patient_bills.h"
#include "schema/tables/patients.h"
#include "schema/tables/service_points.h"
#include "schema/tables/sync_log.h"
#include "tables/replica_pair.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace anteroom;
using namespace anteroom::test;
using namespace anteroom::node;
using namespace anteroom::schema;
using namespace Qt::StringLiterals;

namespace {

constexpr const Table &kPatients = tables::patients, &kTickets = tables::active_patient_queue, &kPoints = tables::service_points;
constexpr int kFamily = col(kPatients, "family_name"), kNote = col(kTickets, "note"), kState = col(kTickets, "state"), kDesk = col(kTickets, "desk_id"),
              kLabel = col(kTickets, "label"), kProvisional = col(kTickets, "provisional_label"), kPoint = col(kTickets, "service_point_id");
constexpr int kCodeTries = 5;

Change patient(const std::string &family) { return makeInsert(kPatients, newId(), {{kFamily, family}}); }
Change ticketAt(const Uuid &point) { return makeInsert(kTickets, newId(), {{kPoint, point}}); }
Uuid firstPoint(Replica &replica) { return rowsWhere(replica, kPoints, {}).front().id; }

Change callOf(const Row &shown, const Uuid &desk) { return makeUpdate(kTickets, shown, {{kState, std::string("called")}, {kDesk, desk}}); }

void awaitPending(Replica &replica, int n)
{
    await(replica, u"%1 waiting entries"_s.arg(n), [&] { return replica.status().pending == n; });
}

bool copyFolder(const QString &from, const QString &to)
{
    bool ok = QDir().mkpath(to);
    for (const QFileInfo &file : QDir(from).entryInfoList(QDir::Files | QDir::Hidden))
        ok = QFile::copy(file.filePath(), QDir(to).filePath(file.fileName())) && ok;
    return ok;
}

} // namespace

class ReplicaLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void claimWithoutHost() { guarded([this] { claimAlone(); }); }
    void callWithoutHost() { guarded([this] { callAlone(); }); }
    void refusedPush() { guarded([this] { refuse(); }); }
    void refusedAtTheDoor() { guarded([this] { refuseHere(); }); }
    void wrongCodes() { guarded([this] { burnCode(); }); }
    void secondStart() { guarded([this] { openTwice(); }); }
    void freshClinicOnThePort() { guarded([this] { otherClinic(); }); }
    void hostFromAnOldCopy() { guarded([this] { oldCopy(); }); }
    void clientRestarts() { guarded([this] { restartClient(); }); }
    void hostRestarts() { guarded([this] { restartHost(); }); }
    void interval() { guarded([this] { checkInterval(); }); }
    void manualSync() { guarded([this] { syncByHand(); }); }
    void manualSyncWithoutHost() { guarded([this] { syncAlone(); }); }

private:
    void guarded(const std::function<void()> &test)
    {
        try {
            test();
        } catch (const Broken &broken) {
            QFAIL(qPrintable(broken.why));
        }
    }

    void claimAlone()
    {
        ReplicaPair pair;
        const Uuid point = firstPoint(pair.client());
        pair.unplug();
        const Change change = ticketAt(point);
        QElapsedTimer asked;
        asked.start();
        const ClaimOutcome now = take(pair.client().commands().takeTicket({"queue.take", {change}, {}}));
        QVERIFY(asked.elapsed() < 1000);                                // at once: nobody is there to wait for
        QVERIFY(now.provisional);
        QVERIFY(!now.number.empty());
        const Row before = *rowOf(pair.client(), kTickets, change.id);
        QCOMPARE(std::string(toText(before[kProvisional])), now.number);
        QVERIFY(isNull(before[kLabel]));
        awaitPending(pair.client(), 1);                                 // the one entry that the host will answer

        const ClaimOutcome meanwhile = take(pair.host().commands().takeTicket({"queue.take", {ticketAt(point)}, {}}));
        pair.plug();
        const Row after = awaitRow(pair.client(), kTickets, change.id, u"the number"_s, [](const Row &row) { return !isNull(row[kLabel]); });
        QVERIFY(std::string(toText(after[kLabel])) != meanwhile.number);
        QCOMPARE(toInt(after[col(kTickets, "number")]), std::int64_t(2));
        pair.awaitSameContent();
        QCOMPARE(rowsWhere(pair.host(), kTickets, {}).size(), std::size_t(2));
        QCOMPARE(pair.client().status().rejected, 0);
    }

    // A ticket that the desk took provisionally and another desk took truly: the host's word replaces the picture.
    void callAlone()
    {
        ReplicaPair pair;
        const Change change = ticketAt(firstPoint(pair.client()));
        (void)take(pair.host().commands().takeTicket({"queue.take", {change}, {}}));
        pair.awaitEqual(kTickets, change.id, u"waiting"_s);
        pair.unplug();
        const Row shown = *rowOf(pair.client(), kTickets, change.id);
        const ClaimOutcome mine = take(pair.client().commands().callNext({"queue.call", {callOf(shown, pair.client().identity().device)}, {}}));
        QVERIFY(mine.provisional && mine.called == change.id);
        QVERIFY(toUuid((*rowOf(pair.client(), kTickets, change.id))[kDesk]) == pair.client().identity().device);
        const ClaimOutcome theirs = take(pair.host().commands().callNext({"queue.call", {callOf(shown, pair.host().identity().device)}, {}}));
        QVERIFY(!theirs.provisional && theirs.called == change.id);
        pair.plug();
        (void)awaitRow(pair.client(), kTickets, change.id, u"the host's word"_s,
                       [&](const Row &row) { return toUuid(row[kDesk]) == pair.host().identity().device; });
        pair.awaitSameContent();
    }

    void refuse()
    {
        ReplicaPair pair;
        const Uuid point = firstPoint(pair.client());
        pair.unplug();
        (void)saved(pair.host(), {"points.delete", {makeDelete(kPoints, *rowOf(pair.host(), kPoints, point), "closed")}, {}});
        const Change ticket = ticketAt(point);
        QVERIFY(take(pair.client().commands().takeTicket({"queue.take", {ticket}, {}})).provisional);
        (void)saved(pair.client(), {"queue.note", {makeUpdate(kTickets, *rowOf(pair.client(), kTickets, ticket.id), {{kNote, std::string("in a wheelchair")}})}, {}});
        const Change other = patient("Not concerned");
        (void)saved(pair.client(), {"patients.register", {other}, {}});
        awaitPending(pair.client(), 3);
        pair.plug();

        // The ticket is refused, what stood on it goes with it, and neither blocks what comes behind.
        await(pair.client(), u"two refusals in the status"_s, [&] { return pair.client().status().rejected == 2 && pair.client().status().pending == 0; });
        await(pair.client(), u"it needs a person"_s, [&] { return pair.client().status().state == SyncState::Attention; });
        (void)awaitRow(pair.host(), kPatients, other.id, u"the entry behind"_s);
        QVERIFY(!rowOf(pair.client(), kTickets, ticket.id));
        QVERIFY(!rowOf(pair.host(), kTickets, ticket.id));
        pair.awaitSameContent();
        pair.closeClient();
        pair.openClient();
        await(pair.client(), u"still there after a restart"_s, [&] { return pair.client().status().rejected == 2; });
    }

    // What no host would take is said at once, in words, on the host and on a client alike; nothing of it is kept.
    void refuseHere()
    {
        ReplicaPair pair;
        const Change ticket = ticketAt(firstPoint(pair.host()));
        (void)take(pair.host().commands().takeTicket({"queue.take", {ticket}, {}}));
        pair.awaitEqual(kTickets, ticket.id, u"a ticket"_s);
        const Change owed = makeInsert(tables::patient_bills, newId(), {});
        (void)saved(pair.client(), {"billing.bill", {owed}, {}});
        pair.awaitEqual(tables::patient_bills, owed.id, u"a bill"_s);
        pair.awaitSameContent();
        for (Replica *replica : {&pair.host(), &pair.client()}) {
            const Row bill = *rowOf(*replica, tables::patient_bills, owed.id);
            const Row device = *rowOf(*replica, tables::devices, pair.host().identity().device);
            const std::pair<Change, QString> never[] = {
                {ticketAt(newId()), u"Service point"_s},                                    // a point that is nowhere
                {makeDelete(tables::patient_bills, bill, "wrong"), u"never deleted"_s},
                {makeDelete(tables::devices, device, "stolen"), u"never deleted"_s},
                {makeInsert(tables::devices, newId(), {{col(tables::devices, "name"), std::string("Forged")}}), u"Anteroom itself"_s},
                {makeInsert(kPatients, newId(), {{col(kPatients, "given_name"), std::string("Ana")}, {col(kPatients, "sex"), std::string("perhaps")}}), u"sex"_s},
            };
            for (const auto &[change, words] : never) {
                const auto refused = outcome(replica->commands().save({"test.never", {change}, {}}));
                QVERIFY(!refused);
                QVERIFY2(refused.error().detail.contains(words), qPrintable(refused.error().detail));
            }
            QCOMPARE(unanswered(*replica), 0);
            QVERIFY(*rowOf(*replica, tables::patient_bills, owed.id) == bill);
        }
    }

    void burnCode()
    {
        ReplicaPair pair(0);
        const JoinRequest right = pair.request(u"Newcomer"_s);
        JoinRequest wrong = right;
        wrong.code = right.code.startsWith(u'A') ? u"BBBB-BBBB"_s : u"AAAA-AAAA"_s;
        const auto replica = pair.open(pair.folder(u"newcomer"_s));
        for (int i = 0; i < kCodeTries; ++i) {
            const auto refused = outcome(replica->join(wrong));
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::Refused);
            QVERIFY(refused.error().detail.contains(u"code"_s));
        }
        QVERIFY(!outcome(replica->join(right)));                        // burnt
        JoinRequest next = pair.request(u"Newcomer"_s);
        wrong.code = next.code.startsWith(u'A') ? u"BBBB-BBBB"_s : u"AAAA-AAAA"_s;
        for (int i = 0; i + 1 < kCodeTries; ++i)
            QVERIFY(!outcome(replica->join(wrong)));
        QVERIFY(outcome(replica->join(next)).has_value());              // four mistakes are forgiven
        const auto second = pair.open(pair.folder(u"second"_s));
        QVERIFY(!outcome(second->join(next)));                          // one success
    }

    void openTwice()
    {
        ReplicaPair pair;
        for (const QString &folder : {pair.hostFolder(), pair.clientFolder()}) {
            const auto second = Replica::open({.dataDir = folder});
            QVERIFY(!second);
            QCOMPARE(second.error().code, ErrorCode::Locked);
            QVERIFY(!second.error().detail.isEmpty());
        }
        const Change change = patient("Undisturbed");
        (void)saved(pair.client(), {"patients.register", {change}, {}});
        (void)awaitRow(pair.host(), kPatients, change.id, u"the first ones go on"_s);
    }

    void otherClinic()
    {
        ReplicaPair pair;
        const Change known = patient("Of the old clinic");
        (void)saved(pair.host(), {"patients.register", {known}, {}});
        pair.awaitEqual(kPatients, known.id, u"registered"_s);
        pair.unplug();
        const Change unsent = patient("Typed meanwhile");
        const SaveOutcome typed = saved(pair.client(), {"patients.register", {unsent}, {}});
        pair.closeHost();
        const auto other = pair.open(pair.folder(u"other"_s));
        take(other->startClinic({u"Another clinic"_s, u"Eva"_s, u"New host"_s, false}));
        QCOMPARE(take(other->startHosting(u"127.0.0.1"_s, pair.port())).port, pair.port());
        pair.client().reconnectNow();
        joinAfresh(pair.client(), *other, pair.port(), typed.entry, unsent.id);
        QVERIFY(!rowOf(pair.client(), kPatients, known.id));
    }

    // A host that was set back to an older copy has lost revisions that its clients hold.
    void oldCopy()
    {
        ReplicaPair pair;
        pair.closeHost();
        QVERIFY(copyFolder(pair.hostFolder(), pair.folder(u"copy"_s)));
        pair.openHost();
        const Change lost = patient("After the copy");
        (void)saved(pair.host(), {"patients.register", {lost}, {}});
        pair.awaitEqual(kPatients, lost.id, u"registered"_s);
        pair.awaitSameContent();
        pair.closeHost();
        const auto old = pair.open(pair.folder(u"copy"_s));             // it listens on the same port by itself
        QCOMPARE(old->status().epoch, 2);                               // noticed before anybody is served
        QVERIFY(!old->status().notice.isEmpty());
        (void)awaitRow(*old, kPatients, lost.id, u"what the client brings back"_s);
        await(pair.client(), u"the new epoch"_s, [&] { return pair.client().status().epoch == 2 && pair.client().status().state == SyncState::Synced; });
        QVERIFY(!pair.client().status().historyRefused);
        QCOMPARE(old->status().conflicts, 0);
    }

    void joinAfresh(Replica &client, Replica &host, quint16 port, const Uuid &unsentEntry, const Uuid &keptPatient)
    {
        await(client, u"attention with words"_s, [&] { return client.status().state == SyncState::Attention && !client.status().attention.isEmpty(); });
        QVERIFY(client.status().historyRefused);                        // the desk offers to join afresh
        QVERIFY(rowOf(client, kPatients, keptPatient).has_value());     // nothing was thrown away by itself
        const AccessCode code = take(host.newAccessCode());
        const JoinRequest request{u"127.0.0.1"_s, port, code.code, u"Ana"_s, u"Desk again"_s, false};
        QVERIFY(!outcome(client.join(request)));                        // not without saying so
        JoinRequest afresh = request;
        afresh.code = take(host.newAccessCode()).code;
        afresh.afresh = true;
        take(client.join(afresh));

        const QStringList asides = QDir(client.dataDir()).entryList({u"aside-*"_s}, QDir::Dirs);
        QCOMPARE(asides.size(), 1);
        const QDir aside(QDir(client.dataDir()).filePath(asides.first()));
        QVERIFY(QFileInfo(aside.filePath(u"anteroom.db"_s)).size() > 0);
        QFile file(aside.filePath(u"unsent.ndjson"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray lines = file.readAll();
        QCOMPARE(lines.count('\n'), unsentEntry.isNull() ? 0 : 1);
        if (!unsentEntry.isNull()) {
            const QJsonObject line = QJsonDocument::fromJson(lines).object();
            QCOMPARE(line.value("uuid"_L1).toString(), unsentEntry.toString());
            QCOMPARE(line.value("act"_L1).toString(), u"patients.register"_s);
            const QJsonObject change = line.value("changes"_L1).toArray().at(0).toObject();
            QCOMPARE(change.value("id"_L1).toString(), keptPatient.toString());
            QCOMPARE(change.value("groups"_L1).toObject().value("name"_L1).toObject().value("new"_L1).toObject().value("family_name"_L1).toString(), u"Typed meanwhile"_s);
        }
        await(client, u"it works again"_s, [&] { return client.status().state == SyncState::Synced && client.status().pending == 0; });
        QVERIFY(!client.status().historyRefused);
        const Change fresh = patient("First of the new time");
        (void)saved(client, {"patients.register", {fresh}, {}});
        (void)awaitRow(host, kPatients, fresh.id, u"what is written now"_s);
        QVERIFY(!rowOf(client, kPatients, keptPatient));
    }

    void restartClient()
    {
        ReplicaPair pair;
        pair.unplug();
        std::vector<Uuid> ids;
        for (const char *name : {"One", "Two", "Three"}) {
            const Change change = patient(name);
            (void)saved(pair.client(), {"patients.register", {change}, {}});
            ids.push_back(change.id);
        }
        pair.closeClient();
        pair.openClient();
        awaitPending(pair.client(), 3);
        QVERIFY(rowOf(pair.client(), kPatients, ids.back()).has_value());
        pair.plug();
        for (const Uuid &id : ids)
            pair.awaitEqual(kPatients, id, u"an entry from before the restart"_s);
        pair.awaitSameContent();
        QCOMPARE(rowsWhere(pair.host(), kPatients, {}).size(), std::size_t(3));
    }

    void restartHost()
    {
        ReplicaPair pair(2);
        const QString listening = pair.host().status().listening;
        pair.closeHost();
        const Change change = patient("While the host was off");
        (void)saved(pair.client(0), {"patients.register", {change}, {}});
        pair.openHost();
        QCOMPARE(pair.host().status().listening, u"127.0.0.1:%1"_s.arg(pair.port()));
        QVERIFY(listening.isEmpty() || listening == pair.host().status().listening);
        (void)awaitRow(pair.client(1), kPatients, change.id, u"both clients came back by themselves"_s);
        pair.awaitSameContent();
        await(pair.host(), u"both are named"_s, [&] { return pair.host().status().clients.size() == 2; });
    }

    void checkInterval()
    {
        ReplicaPair pair;
        for (const int seconds : {-1, 0, 29, 3601}) {
            const auto refused = pair.client().setAutoSync(true, seconds);
            QVERIFY(!refused);
            QVERIFY(refused.error().detail.contains(u"30"_s) && refused.error().detail.contains(u"3600"_s));
        }
        for (const int seconds : {30, 45, 3600}) {
            QVERIFY(pair.client().setAutoSync(true, seconds).has_value());
            await(pair.client(), u"the interval"_s, [&] { return pair.client().status().syncIntervalS == seconds && pair.client().status().autoSync; });
        }
        QVERIFY(!pair.client().setAutoSync(false, 10));
        QVERIFY(pair.client().setAutoSync(false, 300).has_value());
        pair.closeClient();
        pair.openClient();
        QCOMPARE(pair.client().status().syncIntervalS, 300);
        QVERIFY(!pair.client().status().autoSync);
    }

    void syncByHand()
    {
        ReplicaPair pair;
        pair.unplug();
        std::vector<Uuid> ids;
        for (const char *name : {"One", "Two", "Three"}) {
            const Change change = patient(name);
            (void)saved(pair.client(), {"patients.register", {change}, {}});
            ids.push_back(change.id);
        }
        const Change theirs = patient("At the host");
        (void)saved(pair.host(), {"patients.register", {theirs}, {}});
        check(take(pair.host().startHosting(u"127.0.0.1"_s, pair.port())).port == pair.port(), u"another port"_s);
        auto first = pair.client().syncNow(), second = pair.client().syncNow();
        const SyncSummary a = take(first), b = take(second);
        // When it ends everything is exchanged: no waiting here.
        for (const Uuid &id : ids)
            QVERIFY(rowOf(pair.host(), kPatients, id).has_value());
        QVERIFY(rowOf(pair.client(), kPatients, theirs.id).has_value());
        QVERIFY(a.sent >= 0 && a.sent <= 3 && a.received >= 0);          // the line may have come back by itself just before
        QCOMPARE(a.needsYou, 0);
        QVERIFY(a.sent == b.sent && a.received == b.received);          // the second joined the first
        QCOMPARE(summaryWords({3, 12, 1}), u"Up to date: 3 sent, 12 received, 1 needs you"_s);
        QCOMPARE(rowsWhere(pair.client(), tables::sync_log, {{col(tables::sync_log, "kind"), std::string("manual")}}).size(), std::size_t(1));
        auto typed = pair.client().commands().save({"patients.register", {patient("Now")}, {}});
        const SyncSummary one = take(pair.client().syncNow());
        QVERIFY(take(typed).saved && one.sent <= 1);
        const SyncSummary quiet = take(pair.client().syncNow());
        QCOMPARE(quiet.sent, 0);
        QCOMPARE(rowsWhere(pair.client(), tables::sync_log, {{col(tables::sync_log, "kind"), std::string("manual")}}).size(), std::size_t(3));
        pair.awaitSameContent();
    }

    void syncAlone()
    {
        ReplicaPair pair;
        pair.unplug();
        const auto failed = outcome(pair.client().syncNow());
        QVERIFY(!failed);
        QVERIFY(!failed.error().detail.isEmpty());
        QCOMPARE(pair.client().status().state, SyncState::Offline);
        QVERIFY(take(pair.host().syncNow()).sent == 0);                  // a host is its own truth
    }
};

QTEST_GUILESS_MAIN(ReplicaLineTest)
#include "replica_line_test.moc"

// Lines that do not go as lines should: one that ends before its HELLO is read, a host that is there and does not
// answer, another machine at the host's address, and a folder in which no clinic could begin.
#include "core/secret.h"
#include "node/data_folder.h"
#include "node/host_service.h"
#include "node/setup.h"
#include "node/sql_store_tx.h"
#include "schema/tables/patients.h"
#include "storage/migrations.h"
#include "storage/transaction.h"
#include "tables/replica_pair.h"
#include "transport/websocket_host.h"
#include "transport/websocket_link.h"

#include <QFile>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>

#include <sys/mount.h>
#include <unistd.h>

using namespace anteroom;
using namespace anteroom::test;
using namespace anteroom::node;
using namespace anteroom::schema;
using namespace Qt::StringLiterals;

namespace {

sync::MessagePtr shared(sync::Message message) { return std::make_shared<const sync::Message>(std::move(message)); }

// A host's machine without a host: it welcomes, pages and beats, and answers no entry; or it knows nobody.
class MuteHost : public QObject {
public:
    MuteHost() : m_port(m_net.adopt(std::make_unique<transport::WebSocketHost>()))
    {
        connect(m_port.get(), &transport::HostPort::received, this, &MuteHost::received);
        connect(m_port.get(), &transport::HostPort::closed, this, [this](sync::ConnId conn, const Error &) { m_conns.removeAll(conn); });
        connect(&m_beat, &QTimer::timeout, this, [this] {
            for (const sync::ConnId conn : m_conns)
                m_port->send(conn, shared(sync::Beat{1, {}, 0}));
        });
        m_beat.start(200);
        m_who.clinic = newId();
        m_who.device = newId();
        m_who.user = newId();
        m_who.deviceName = u"Desk"_s;
        m_who.personName = u"Ana"_s;
        m_epoch = {1, newId()};
    }
    quint16 listen() { return m_port->listen({QHostAddress::LocalHost, 0, false}).value_or(0); }
    bool knowsNobody = false;

private:
    void received(sync::ConnId conn, const sync::MessagePtr &message)
    {
        if (const auto *join = std::get_if<sync::Join>(message.get()))
            m_port->send(conn, shared(sync::Joined{join->nonce, m_who.device, m_who.user, m_who.clinic, QByteArray(32, 't'), "Clinic", "Host"}));
        const auto *hello = std::get_if<sync::Hello>(message.get());
        if (hello && knowsNobody)
            m_port->drop(conn, sync::Refuse{sync::RefusalCode::UnknownDevice, "The host does not know this PC."});
        else if (hello)
            welcome(conn, *hello);
    }

    void welcome(sync::ConnId conn, const sync::Hello &hello)
    {
        sync::Welcome welcome;
        welcome.nonce = hello.nonce;
        welcome.epoch = m_epoch;
        welcome.head = 1;
        welcome.prefix = "AB";
        sync::Page page;
        page.head = {1, 7};
        page.from = hello.cursor;
        page.to = {1, kAllOfRev};
        page.final = true;
        page.salts = {{1, 7}};
        if (hello.cursor.rev == 0)
            for (auto &[table, row] : deviceAndUserRows(m_who, "test", 1))
                page.rows.push_back({table, row, {1, static_cast<std::int32_t>(page.rows.size())}});
        m_port->send({{conn, shared(welcome)}, {conn, shared(page)}});
        if (!m_conns.contains(conn))
            m_conns << conn;
    }

    transport::NetThread m_net;
    transport::NetOwned<transport::WebSocketHost> m_port;
    QList<sync::ConnId> m_conns;
    QTimer m_beat;
    Identity m_who;
    Epoch m_epoch;
};

} // namespace

class ReplicaStrangeLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lineEndsBeforeItsHello() { guarded([this] { ghost(); }); }
    void anotherMachineAtTheAddress() { guarded([this] { cameBack(); }); }
    void hostBeatsAndAnswersNothing() { guarded([this] { syncEnds(); }); }
    void closedBeforeItIsSaved() { guarded([this] { closeAtOnce(); }); }
    void noRoomForAClinic() { guarded([this] { beginTwice(); }); }

private:
    void guarded(const std::function<void()> &test)
    {
        try {
            test();
        } catch (const Broken &broken) {
            QFAIL(qPrintable(broken.why));
        }
    }

    // The test's thread is the writer's: nothing is read before the line is over.
    void ghost()
    {
        ReplicaPair pair;
        sync::Hello hello;
        hello.nonce = 1;
        hello.device = pair.client().identity().device;
        hello.token = readSecretFile(tokenPath(pair.clientFolder())).value();
        hello.schemaVersion = storage::kSchemaVersion;
        pair.closeClient();
        pair.closeHost();

        SystemClock clock;
        SystemRandom random;
        transport::NetThread net;
        CoreContext context;
        context.clock = &clock;
        context.random = &random;
        context.net = &net;
        context.statusDirty = [] {};
        std::unique_ptr<HostService> host;
        node::Writer writer(std::move(storage::openDatabase(databasePath(pair.hostFolder()), storage::IfNewer::Refuse).value()), clock,
                      {.worked = [](const sync::Effects &, bool) {}, .beforeCommit = [](sync::StoreTx &, sync::Effects &) {}, .rolledBack = [](sync::StoreTx &) {}, .lost = [](const Error &) {},
                       .execute = [&host](sync::Effects &&effects) { host->execute(effects); }});
        context.writer = &writer;
        {
            storage::Transaction transaction(writer.connection(), "test");
            SqlStoreTx tx(transaction, clock);
            context.identity = loadIdentity(tx);
            host = std::make_unique<HostService>(context, tx);
            transaction.commit();
        }
        const quint16 port = host->listen(u"127.0.0.1"_s, 0).value().port;
        QSemaphore over;
        std::vector<transport::NetOwned<transport::WebSocketLink>> links;
        for (int i = 0; i < 4; ++i) {
            links.push_back(net.adopt(std::make_unique<transport::WebSocketLink>()));
            transport::WebSocketLink *link = links.back().get();
            const bool last = i == 3;                                    // opens behind the ends of the others, and stays
            connect(link, &transport::LinkPort::opened, link, [link, hello, last, &over] {
                if (last)
                    return over.release();
                link->send(shared(hello));
                link->close();
            }, Qt::DirectConnection);
            connect(link, &transport::LinkPort::closed, link, [&over, last](const Error &) {
                if (!last)
                    over.release();
            }, Qt::DirectConnection);
            link->open(u"127.0.0.1"_s, port);
            QVERIFY(over.tryAcquire(1, kGenerousMs));
        }
        QSignalSpy turn(this, &ReplicaStrangeLineTest::turned);
        QMetaObject::invokeMethod(this, [this] { Q_EMIT turned(); }, Qt::QueuedConnection);
        QVERIFY(turn.wait(kGenerousMs));
        QTRY_VERIFY_WITH_TIMEOUT(writer.idle() && host->peers().empty(), 5'000);
        links.clear();
        host.reset();
    }

    void cameBack()
    {
        MuteHost host;
        QTemporaryDir dir;
        const ReplicaConfig config{.dataDir = dir.filePath(u"client"_s)};
        auto replica = Replica::open(config).value();
        take(replica->join({u"127.0.0.1"_s, host.listen(), u"AAAA-AAAA"_s, u"Ana"_s, u"Desk"_s, false}));
        await(*replica, u"caught up"_s, [&] { return replica->status().cursor == 1; });
        host.knowsNobody = true;
        replica->reconnectNow();
        await(*replica, u"refused"_s, [&] { return replica->status().historyRefused; });
        replica.reset();
        replica = Replica::open(config).value();
        QVERIFY(replica->status().historyRefused);
        host.knowsNobody = false;                                        // nobody presses anything
        await(*replica, u"taken again"_s, [&] { return !replica->status().historyRefused && replica->status().state != SyncState::Attention && replica->status().state != SyncState::Offline; });
        replica.reset();
        replica = Replica::open(config).value();
        await(*replica, u"and after a restart"_s, [&] { return !replica->status().historyRefused && replica->status().state != SyncState::Offline; });
    }

    void syncEnds()
    {
        MuteHost host;
        QTemporaryDir dir;
        auto replica = Replica::open({.dataDir = dir.filePath(u"client"_s)}).value();
        take(replica->join({u"127.0.0.1"_s, host.listen(), u"AAAA-AAAA"_s, u"Ana"_s, u"Desk"_s, false}));
        await(*replica, u"caught up"_s, [&] { return replica->status().cursor == 1; });
        const auto ended = outcome(replica->syncNow());                  // its entry in the log is never answered
        QVERIFY(!ended);
        QVERIFY(!ended.error().detail.isEmpty());
    }

    // Who asked hears in words: what waited for the writer is neither saved nor silent.
    void closeAtOnce()
    {
        ReplicaPair pair(0);
        std::vector<std::pair<Uuid, QFuture<Result<SaveOutcome>>>> asked;
        for (int i = 0; i < 500; ++i) {                                  // more than one transaction takes
            const Change one = makeInsert(tables::patients, newId(), {{col(tables::patients, "family_name"), std::string("Silva")}});
            asked.emplace_back(one.id, pair.host().commands().save({"patients.register", {one}, {}}));
        }
        pair.closeHost();
        pair.openHost();
        for (const auto &[id, answer] : asked) {
            QVERIFY(answer.isFinished());
            QCOMPARE(answer.resultCount(), 1);
            QCOMPARE(rowOf(pair.host(), tables::patients, id).has_value(), answer.result().has_value());
        }
    }

    // What failed to begin has not begun: nobody writes into a folder that would be empty at the next start.
    void beginTwice()
    {
        if (::geteuid() != 0)
            QSKIP("A small disk can only be mounted as root.");
        QTemporaryDir dir;
        const QByteArray small = dir.path().toLocal8Bit();
        if (::mount("tmpfs", small.constData(), "tmpfs", 0, "size=3m") != 0)
            QSKIP("This machine does not let a test mount a small disk.");
        const auto unmount = qScopeGuard([&] { ::umount2(small.constData(), MNT_DETACH); });
        const ReplicaConfig config{.dataDir = dir.filePath(u"data"_s)};
        auto replica = Replica::open(config).value();
        QFile ballast(dir.filePath(u"ballast"_s));
        QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (ballast.write(QByteArray(4096, 'b')) == 4096) {}
        const StartClinic request{u"Clínica"_s, u"Ana"_s, u"Desk"_s, false};
        QVERIFY(!outcome(replica->startClinic(request)));
        ballast.close();
        QVERIFY(ballast.remove());
        const Change ana = makeInsert(tables::patients, newId(), {{col(tables::patients, "family_name"), std::string("Silva")}});
        QVERIFY(!outcome(replica->commands().save({"patients.register", {ana}, {}})));
        take(replica->startClinic(request));
        (void)saved(*replica, {"patients.register", {ana}, {}});
        replica.reset();
        replica = Replica::open(config).value();
        QVERIFY(rowOf(*replica, tables::patients, ana.id));
        QCOMPARE(replica->identity().clinicName, u"Clínica"_s);
    }

Q_SIGNALS:
    void turned();
};

QTEST_GUILESS_MAIN(ReplicaStrangeLineTest)
#include "replica_strange_line_test.moc"

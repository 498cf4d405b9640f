#include "tables/replica_pair.h"

#include "core/random.h"
#include "node/data_folder.h"
#include "node/digest.h"
#include "schema/registry.h"
#include "schema/tables/sync_log.h"
#include "storage/connection.h"
#include "storage/outbox.h"

#include <QTest>

namespace anteroom::test {

using namespace node;
using namespace schema;
using namespace Qt::StringLiterals;

namespace {

// Two signals as one that a spy can wait for.
class Bell final : public QObject {
    Q_OBJECT
public:
    explicit Bell(Replica &replica)
    {
        connect(&replica, &Replica::changed, this, &Bell::rang);
        connect(&replica, &Replica::statusChanged, this, &Bell::rang);
    }

Q_SIGNALS:
    void rang();
};

QString named(std::string_view name) { return QString::fromLatin1(name.data(), qsizetype(name.size())); }

} // namespace

void check(bool holds, const QString &why)
{
    if (!holds)
        throw Broken{why};
}

Uuid newId()
{
    SystemClock clock;
    SystemRandom random;
    return uuidV7(clock, random);
}

void await(Replica &replica, const QString &what, const std::function<bool()> &holds)
{
    Bell bell(replica);
    QSignalSpy rang(&bell, &Bell::rang);
    QElapsedTimer since;
    since.start();
    for (;;) {
        rang.clear();
        if (holds())
            return;
        const qint64 left = kGenerousMs - since.elapsed();
        check(left > 0, u"did not come: "_s + what);
        if (rang.isEmpty())
            (void)rang.wait(int(left));
    }
}

std::optional<Row> rowOf(Replica &replica, const Table &table, const Uuid &id)
{
    return take(replica.queries().record(table, id));
}

std::vector<Row> rowsWhere(Replica &replica, const Table &table, std::vector<ColumnValue> where)
{
    ListRequest request;
    request.table = &table;
    request.where = std::move(where);
    request.deletedToo = true;
    return take(replica.queries().list(std::move(request)));
}

Row awaitRow(Replica &replica, const Table &table, const Uuid &id, const QString &what, const std::function<bool(const Row &)> &is)
{
    std::optional<Row> row;
    await(replica, named(table.name) + u": "_s + what, [&] {
        row = rowOf(replica, table, id);
        return row && (!is || is(*row));
    });
    return *row;
}

int unanswered(Replica &replica)
{
    const auto connection = storage::Connection::open(databasePath(replica.dataDir()), storage::Mode::ReadOnly);
    check(connection.has_value(), u"the database opens"_s);
    return storage::Outbox(**connection).summary().count;
}

SaveOutcome saved(Replica &replica, Act act)
{
    const QString name = QString::fromStdString(act.name);
    SaveOutcome outcome = take(replica.commands().save(std::move(act)));
    check(outcome.saved, name + u": shown differences instead of being saved"_s);
    return outcome;
}

ReplicaPair::ReplicaPair(int clients)
{
    check(m_dir.isValid(), u"no temporary folder"_s);
    m_host = open(hostFolder());
    take(m_host->startClinic({u"Clínica"_s, u"Ana Host"_s, u"Front desk"_s, false}));
    m_port = take(m_host->startHosting(u"127.0.0.1"_s, 0)).port;
    for (int i = 0; i < clients; ++i)
        (void)addClient();
}

ReplicaPair::~ReplicaPair() = default;

std::unique_ptr<Replica> ReplicaPair::open(const QString &dataDir, bool network)
{
    auto opened = Replica::open({.dataDir = dataDir, .network = network, .clock = &m_clock});
    check(opened.has_value(), opened ? QString() : opened.error().detail);
    return std::move(*opened);
}

JoinRequest ReplicaPair::request(const QString &deviceName)
{
    const AccessCode code = take(m_host->newAccessCode());
    return {u"127.0.0.1"_s, m_port, code.code, u"Person of "_s + deviceName, deviceName, false};
}

std::unique_ptr<Replica> ReplicaPair::joined(const QString &name)
{
    auto replica = open(folder(name));
    take(replica->join(request(name)));
    // The entry in which it tells of its first catch-up is the last thing of a join.
    const ColumnValue mine{col(tables::sync_log, "device_id"), replica->identity().device};
    await(*replica, u"a joined replica is caught up"_s, [&] { return !rowsWhere(*replica, tables::sync_log, {mine}).empty() && unanswered(*replica) == 0; });
    return replica;
}

int ReplicaPair::addClient()
{
    const int i = int(m_clients.size());
    m_clients.push_back(joined(u"client%1"_s.arg(i)));
    return i;
}

void ReplicaPair::unplug()
{
    take(m_host->stopHosting());
    for (auto &client : m_clients)
        if (client)
            await(*client, u"offline"_s, [&] { return client->status().state == SyncState::Offline; });
}

void ReplicaPair::plug()
{
    check(take(m_host->startHosting(u"127.0.0.1"_s, m_port)).port == m_port, u"another port"_s);
    for (auto &client : m_clients)
        if (client)
            client->reconnectNow();
}

void ReplicaPair::closeClient(int i) { m_clients[std::size_t(i)].reset(); }
void ReplicaPair::openClient(int i, bool network) { m_clients[std::size_t(i)] = open(clientFolder(i), network); }
void ReplicaPair::closeHost() { m_host.reset(); }
void ReplicaPair::openHost() { m_host = open(hostFolder()); }

void ReplicaPair::awaitEqual(const Table &table, const Uuid &id, const QString &what)
{
    for (auto &client : m_clients)
        (void)awaitRow(*client, table, id, what + u" (the same on both)"_s, [&](const Row &there) { return rowOf(host(), table, id) == there; });
}

void ReplicaPair::awaitSameContent()
{
    QString differs;
    for (auto &client : m_clients) {
        const auto same = [&] {
            const auto mine = contentDigest(databasePath(client->dataDir())), theirs = contentDigest(databasePath(hostFolder()));
            check(mine && theirs, u"no digest"_s);
            differs.clear();
            for (std::size_t i = 0; i < theirs->tables.size(); ++i)
                if (mine->tables[i] != theirs->tables[i])
                    differs += u' ' + named(theirs->tables[i].table);
            return *mine == *theirs && theirs->count > 0 && unanswered(*client) == 0;
        };
        try {
            await(*client, u"same content"_s, same);
        } catch (const Broken &) {
            throw Broken{u"the contents differ in:"_s + differs + u"; %1 wait"_s.arg(unanswered(*client))};
        }
    }
}

} // namespace anteroom::test

#include "replica_pair.moc"

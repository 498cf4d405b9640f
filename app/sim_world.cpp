#include "app/sim_world.h"

#include "node/digest.h"
#include "node/setup.h"
#include "node/sql_store_tx.h"
#include "schema/tables/patients.h"
#include "schema/tables/sync_conflicts.h"
#include "storage/migrations.h"
#include "storage/outbox.h"
#include "storage/records.h"
#include "sync/client_outbox.h"

#include <QDir>
#include <QFileInfo>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

using schema::tables::patients;
constexpr int kFamily = schema::col(patients, "family_name");
constexpr int kPhone = schema::col(patients, "phone");
constexpr int kNote = schema::col(patients, "note");
constexpr int kHealRounds = 50;              // frames that are still under way when all lines stand

// In memory where there is such a place: a crash here loses engines and lines, never what was committed.
QString storeFolder()
{
    const QFileInfo memory(u"/dev/shm"_s);
    return QDir(memory.isWritable() ? memory.filePath() : QDir::tempPath()).filePath(u"anteroom-sim-XXXXXX"_s);
}

node::Identity identity(const QString &name, const Clock &clock, Random &random)
{
    node::Identity who;
    who.device = uuidV7(clock, random);
    who.user = uuidV7(clock, random);
    who.clinicName = u"Simulated"_s;
    who.deviceName = name;
    who.personName = u"Person at "_s + name;
    return who;
}

} // namespace

SimWorld::SimWorld(std::uint64_t seed, SimOptions options)
    : m_options(options), m_random(seed), m_dir(storeFolder()), m_door(m_clock, m_random), m_policy(m_clock)
{
    makeHost();
    for (int i = 1; i < m_options.replicas; ++i)
        makeClient(i);
}

SimWorld::~SimWorld()
{
    for (const auto &client : m_clients)
        disconnectClient(*client);
}

void SimWorld::say(const QString &text) const
{
    if (m_options.trace)
        std::fprintf(stderr, "%lld %s\n", static_cast<long long>(m_clock.utcMs() % 100'000'000), qPrintable(text));
}

void SimWorld::openStore(Pc &pc)
{
    auto opened = storage::openDatabase(pc.path);
    if (!opened)
        throw sync::StoreFailure(opened.error());
    pc.connection = std::move(*opened);
}

sync::Effects SimWorld::transact(Pc &pc, const Work &work)
{
    sync::Effects effects;
    storage::Transaction transaction(*pc.connection, "sim");
    node::SqlStoreTx tx(transaction, m_clock);
    work(tx, effects);
    transaction.commit();
    return effects;
}

// ---- the PCs --------------------------------------------------------------------------------

void SimWorld::makeHost()
{
    m_host.name = u"host"_s;
    m_host.path = m_dir.filePath(u"host.db"_s);
    m_host.who = identity(m_host.name, m_clock, m_random);
    openStore(m_host);
    startHost();
    atHost([this](sync::StoreTx &tx, sync::Effects &e) {
        node::storeIdentity(m_host.who, tx);
        auto rows = node::deviceAndUserRows(m_host.who, "sim", m_clock.utcMs());
        for (auto &row : node::clinicRows(m_host.who, m_clock.utcMs()))
            rows.push_back(std::move(row));
        e.append(m_log->write(std::move(rows), tx));
    });
}

// Also after a crash: lines are gone, the engine is built from the database alone.
void SimWorld::startHost()
{
    for (const auto &client : m_clients)
        disconnectClient(*client);
    m_log.reset();
    m_port = std::make_unique<transport::LoopbackHost>();
    m_log = std::make_unique<sync::HostLog>(m_policy, m_random, sync::HostOptions{"host", storage::kSchemaVersion, 1 + int(dice(8))});
    connect(m_port.get(), &transport::HostPort::received, this, [this](sync::ConnId conn, const sync::MessagePtr &message) {
        atHost([&](sync::StoreTx &tx, sync::Effects &e) {
            const auto *hello = std::get_if<sync::Hello>(message.get());
            e.append(hello ? m_log->hello(conn, *hello, m_clock.utcMs(), tx) : m_log->received(conn, *message, tx));
        });
    });
    connect(m_port.get(), &transport::HostPort::closed, this, [this](sync::ConnId conn) {
        if (m_log)
            m_log->closed(conn);
    });
    (void)transact(m_host, [this](sync::StoreTx &tx, sync::Effects &) { m_log->load(tx); });
}

void SimWorld::makeClient(int index)
{
    auto client = std::make_unique<Client>();
    client->name = u"client-%1"_s.arg(index);
    client->path = m_dir.filePath(client->name + u".db"_s);
    client->who = identity(client->name, m_clock, m_random);
    openStore(*client);
    atHost([&](sync::StoreTx &tx, sync::Effects &e) { e.append(m_log->write(node::deviceAndUserRows(client->who, "sim", m_clock.utcMs()), tx)); });
    (void)transact(*client, [&](sync::StoreTx &tx, sync::Effects &) {
        node::storeIdentity(client->who, tx);
        tx.setSalt(0, 0);
        sync::setStateCursor(tx, sync::key::kCursor, schema::kStart);
        tx.setState(sync::key::kFirstSync, QByteArrayLiteral("1"));
        sync::setStateInt(tx, sync::key::kIncarnation, 1);
    });
    connectClient(*client);
    m_clients.push_back(std::move(client));
    m_port->deliver();                       // the first copy, before anybody works
}

void SimWorld::connectClient(Client &client)
{
    client.link = std::make_unique<transport::LoopbackLink>(*m_port);
    client.engine = std::make_unique<sync::ClientEngine>(m_random, sync::ClientOptions{client.who.device, {}, "sim", storage::kSchemaVersion});
    connect(client.link.get(), &transport::LinkPort::received, this, [this, c = &client](const sync::MessagePtr &message) {
        if (c->engine)
            atClient(*c, [&](sync::StoreTx &tx, sync::Effects &e) { e.append(c->engine->received(*message, tx)); });
    });
    client.link->open();
    atClient(client, [&](sync::StoreTx &tx, sync::Effects &e) { e.append(client.engine->hello(tx)); });
}

void SimWorld::disconnectClient(Client &client)
{
    client.engine.reset();
    if (client.link)
        client.link->disconnect(this);
    client.link.reset();
}

// ---- events ---------------------------------------------------------------------------------

void SimWorld::atHost(const Work &work)
{
    const sync::Effects effects = transact(m_host, work);
    m_port->send(effects.sends);
    for (const sync::Drop &drop : effects.drops)
        m_port->drop(drop.conn, drop.because);
}

void SimWorld::atClient(Client &client, const Work &work)
{
    const sync::Effects effects = transact(client, [&](sync::StoreTx &tx, sync::Effects &e) {
        work(tx, e);
        if (client.engine) {
            e.append(client.engine->settle(tx));
            e.append(client.engine->pump(tx));
        }
    });
    if (!client.link)
        return;
    for (const sync::Send &send : effects.sends)
        client.link->send(send.message);
    if (effects.rehello)
        atClient(client, [&](sync::StoreTx &tx, sync::Effects &e) { e.append(client.engine->hello(tx)); });
}

void SimWorld::step()
{
    m_clock.pass(std::int64_t(dice(5'000)));
    const std::size_t which = std::size_t(dice(m_clients.size() + 1));
    Client *client = which < m_clients.size() ? m_clients[which].get() : nullptr;
    switch (dice(12)) {
    case 0:
        if (!client || !client->link)
            break;
        say(u"cut "_s + client->name);
        disconnectClient(*client);
        break;
    case 1:
        if (client && !client->link) {
            say(u"reconnect "_s + client->name);
            connectClient(*client);
        }
        break;
    case 2: {                                // the PC is switched off in the middle of whatever is under way
        Pc &pc = client ? static_cast<Pc &>(*client) : m_host;
        say(u"crash "_s + pc.name);
        if (client)
            disconnectClient(*client);
        pc.connection.reset();
        openStore(pc);
        if (!client)
            startHost();
        break;
    }
    case 3:
    case 4:
    case 5:
        for (std::uint64_t n = dice(6); n > 0 && client && client->link; --n)
            (void)client->link->deliverOne(dice(2) ? transport::Way::Up : transport::Way::Down);
        break;
    default:
        edit(client ? static_cast<Pc &>(*client) : m_host, client);
    }
}

void SimWorld::edit(Pc &pc, Client *client)
{
    const std::string text = std::to_string(dice(1'000'000));
    const auto rows = storage::findRows(*pc.connection, patients, {}, 20);
    if (rows.empty() || dice(3) == 0)
        return save(pc, client, schema::makeInsert(patients, uuidV7(m_clock, m_random), {{kFamily, "Family " + text}, {kPhone, text}}));
    const schema::Row &shown = rows[std::size_t(dice(rows.size()))];
    if (!shown.deleted())
        save(pc, client, schema::makeUpdate(patients, shown, {{dice(3) ? kPhone : kNote, text}}));
}

// As the write door does it: prepared, compared, numbered, committed; what is saved here must never be lost.
void SimWorld::save(Pc &pc, Client *client, const schema::Change &change)
{
    const auto entry = m_door.prepare({"patients.edit", {change}, {}}, pc.who, schema::Claim::None);
    if (!entry)
        throw sync::StoreFailure(entry.error());
    bool saved = true;
    const Work work = [&](sync::StoreTx &tx, sync::Effects &e) {
        schema::Entry act = *entry;
        m_door.number(act, client != nullptr, tx);
        if (client) {
            (void)sync::saveLocally(act, tx, e);
            return;
        }
        e.append(m_log->local(act, {pc.who.device, 1}, tx));
        saved = !e.answered.empty() && e.answered.back().reply.verdict != sync::Verdict::Refused;
    };
    client ? atClient(*client, work) : atHost(work);
    if (!saved)
        return;
    say(u"%1 saves %2"_s.arg(pc.name, change.id.toString()));
    if (change.op == schema::Op::Insert)
        m_inserted.insert(change.id);
    for (const schema::GroupChange &group : change.groups)
        if (group.group == schema::columnAt(patients, kPhone).group && !group.newValues.empty())
            m_phones[change.id].insert(std::string(schema::toText(group.newValues.front())));
}

void SimWorld::heal()
{
    for (int round = 0; round < kHealRounds; ++round) {
        m_clock.pass(1'000);
        for (const auto &client : m_clients)
            if (!client->link || !client->link->isOpen()) {
                disconnectClient(*client);
                connectClient(*client);
            }
        if (m_port->deliver() == 0)
            return;
    }
}

// ---- what must hold -------------------------------------------------------------------------

std::optional<QString> SimWorld::check()
{
    const node::ContentDigest host = node::contentDigest(*m_host.connection);
    for (const auto &client : m_clients) {
        if (const int left = storage::Outbox(*client->connection).summary().count; left != 0)
            return u"outboxes empty after everything healed: %1 has %2 entries"_s.arg(client->name).arg(left);
        if (const int refused = storage::Outbox(*client->connection).rejectedCount(); refused != 0)
            return u"nothing was refused that no rule forbids: %1 has %2"_s.arg(client->name).arg(refused);
        if (!(node::contentDigest(*client->connection) == host))
            return u"replicas equal by content: %1 differs from the host"_s.arg(client->name);
    }
    for (const Uuid &id : m_inserted)
        if (!storage::readRow(*m_host.connection, patients, id))
            return u"each thing saved is there: %1 is missing"_s.arg(id.toString());
    for (const auto &[id, phones] : m_phones) {
        const auto row = storage::readRow(*m_host.connection, patients, id);
        if (row && !schema::isNull((*row)[kPhone]) && !phones.contains(std::string(schema::toText((*row)[kPhone]))))
            return u"nothing is there that nobody typed: the phone of %1"_s.arg(id.toString());
    }
    return std::nullopt;
}

SimOutcome SimWorld::run()
{
    const std::int64_t began = m_clock.utcMs();
    SimOutcome outcome;
    try {
        for (int i = 0; i < m_options.ops; ++i)
            step();
        heal();
        outcome.violation = check();
    } catch (const std::exception &error) {
        outcome.violation = u"no step fails: "_s + QString::fromUtf8(error.what());
    }
    outcome.simulatedMs = m_clock.utcMs() - began;
    return outcome;
}

} // namespace anteroom::app

#include "node/host_service.h"

#include "core/hash.h"
#include "core/log.h"
#include "core/secret.h"
#include "node/data_folder.h"
#include "node/day_close.h"
#include "node/host_audit.h"
#include "node/setup.h"
#include "schema/tables/devices.h"
#include "storage/device_tables.h"
#include "storage/migrations.h"
#include "storage/sql_error.h"

#include <QHostAddress>

namespace anteroom::node {

using namespace sync;

namespace {

constexpr int kTickMs = 1000;
constexpr int kDayCheckTicks = 5;                // midnight may be noticed a few seconds late
constexpr std::int64_t kCodeLifeMs = 10 * 60 * 1000;
constexpr int kCodeTries = 5;

QByteArray tokenHash(const QByteArray &token) { return blake2b(token); }

bool otherDevices(StoreTx &tx, const Uuid &own)
{
    constexpr const schema::Table &t = schema::tables::devices;
    for (const schema::Row &row : tx.find(t, {{schema::col(t, "retired_at"), schema::Value{}}, {schema::kDeletedAt, schema::Value{}}}, 2))
        if (row.id != own)
            return true;
    return false;
}

// storage's own tables inside the engine's transaction
template <typename Call>
auto guarded(Call call) -> decltype(call())
{
    try {
        return call();
    } catch (const storage::SqlError &e) {
        throw StoreFailure(e.error());
    }
}

} // namespace

HostService::HostService(CoreContext &context, StoreTx &tx)
    : m_context(context)
    , m_policy(*context.clock)
    , m_log(m_policy, *context.random, {context.identity.deviceName.toStdString(), storage::kSchemaVersion, 0})
    , m_known(knownDevicesPath(context.config.dataDir))
    , m_content(databasePath(context.config.dataDir), *context.clock)
{
    m_content.setParent(this);
    m_log.load(tx);
    m_hasClients = otherDevices(tx, context.identity.device);
    m_tick.setParent(this);
    connect(&m_tick, &QTimer::timeout, this, &HostService::tick);
    m_tick.start(kTickMs);
}

HostService::~HostService() = default;

Result<Listening> HostService::listen(const QString &address, quint16 port)
{
    const QHostAddress host(address.isEmpty() ? QStringLiteral("127.0.0.1") : address);
    if (host.isNull())
        return fail(ErrorCode::Usage, QStringLiteral("'%1' is no address. Write one like 127.0.0.1 or 192.168.1.10.").arg(address));
    stopListening();
    auto made = m_context.net->adopt(std::make_unique<transport::WebSocketHost>());
    // What an earlier port still had to say is not for this one: both count their lines from 1.
    const auto current = [this, hosting = m_hosting] { return m_port && hosting == m_hosting; };
    connect(made.get(), &transport::HostPort::received, this, [this, current](ConnId conn, const MessagePtr &message) {
        if (current())
            received(conn, message);
    });
    connect(made.get(), &transport::HostPort::pressure, this, [this, current](ConnId conn, bool on) {
        m_context.writer->add({storage::Durability::Normal, [this, current, conn, on](StoreTx &tx, Effects &e) {
            if (current())
                e.append(m_log.pressure(conn, on, tx));
        }, {}});
    });
    connect(made.get(), &transport::HostPort::closed, this, [this, current](ConnId conn, const Error &) {
        if (current())
            closed(conn);
    });
    const auto bound = made->listen({host, port, m_context.config.trialLan});
    if (!bound)
        return tl::unexpected(bound.error());
    m_port = std::move(made);
    const QString shown = host.protocol() == QAbstractSocket::IPv6Protocol ? u'[' + host.toString() + u']' : host.toString();
    m_listening = shown + u':' + QString::number(*bound);
    m_context.statusDirty();
    return Listening{host.toString(), *bound};
}

void HostService::stopListening()
{
    if (!m_port)
        return;
    m_port->disconnect(this);
    m_port->stop();
    m_port.reset();
    ++m_hosting;
    for (const auto &[conn, peer] : std::exchange(m_peers, {}))
        m_log.closed(conn);
    m_listening.clear();
    m_context.statusDirty();
}

AccessCode HostService::newCode()
{
    m_code = randomAccessCode(*m_context.random);
    m_codeExpires = m_context.clock->utcMs() + kCodeLifeMs;
    m_codeFailures = 0;
    return {formatAccessCode(m_code), m_codeExpires};
}

void HostService::execute(const Effects &effects)
{
    if (!m_port)
        return;
    if (!effects.sends.empty())
        m_port->send(effects.sends);
    for (const Drop &drop : effects.drops)
        m_port->drop(drop.conn, drop.because);
}

void HostService::lost()
{
    m_before.clear();
    m_log.undo({});
    if (m_port)
        for (const auto &[conn, peer] : m_peers)
            m_port->drop(conn, std::nullopt);
}

void HostService::remember() { m_before = m_log.peers(); }

void HostService::reload(StoreTx &tx)
{
    m_log.undo(m_before);
    if (stateEpoch(tx).number != 0)
        m_log.load(tx);
}

// Its HELLO may still wait for the writer: the line is forgotten now and once more behind it.
void HostService::closed(ConnId conn)
{
    const auto forget = [this, conn, hosting = m_hosting] {
        if (hosting != m_hosting)
            return;
        m_log.closed(conn);
        m_peers.erase(conn);
        m_context.statusDirty();
    };
    forget();
    m_context.writer->add({storage::Durability::Normal, [forget](StoreTx &, Effects &) { forget(); }, {}});
}

void HostService::received(ConnId conn, const MessagePtr &message)
{
    if (const auto *m = std::get_if<Join>(message.get()))
        return join(conn, *m);
    if (std::holds_alternative<Hello>(*message))
        return hello(conn, message);
    if (std::holds_alternative<Beat>(*message))
        return;
    if (const auto *asked = std::get_if<Compare>(message.get()); asked && asked->content)
        return compareContent(conn, *asked);
    m_context.writer->add({HostLog::needsFull(*message) ? storage::Durability::Full : storage::Durability::Normal,
        [this, conn, message, hosting = m_hosting](StoreTx &tx, Effects &e) {
            if (hosting == m_hosting)
                e.append(m_log.received(conn, *message, tx));
        },
        [this, conn, message, hosting = m_hosting](const std::optional<Error> &error, const Effects &) {
            m_context.statusDirty();
            if (!error || !m_port || hosting != m_hosting)
                return;
            if (const auto *m = std::get_if<Push>(message.get()))        // never a refusal: later (rule 8)
                m_port->send(conn, std::make_shared<const Message>(Later{m->seq, error->detail.toStdString()}));
            else
                m_port->drop(conn, std::nullopt);
        }});
}

// Its sums are read once for all tables that a replica asks about, away from the writer (rule 15).
void HostService::compareContent(ConnId conn, const Compare &asked)
{
    if (!m_log.peers().contains(conn))
        return;
    const auto answer = [this, conn, asked, hosting = m_hosting] {
        m_context.writer->add({storage::Durability::Normal, [this, conn, asked, hosting](StoreTx &tx, Effects &e) {
            if (hosting != m_hosting)
                return;
            static const ContentSums none{.rev = -1, .places = {}, .sums = {}};
            const ContentSums &sums = m_sums ? *m_sums : none;
            const auto own = sums.sums.find({asked.table, asked.dataClass});
            e.append(m_log.compared(conn, asked, sums.rev, own == sums.sums.end() ? BucketSums{} : own->second, tx));
        }, {}});
    };
    if (asked.rev != m_log.head() || (m_sums && m_sums->rev == asked.rev))       // where the clinic moved on nothing is read
        return answer();
    m_content.read([this, answer](const Result<ContentSums> &sums) {
        m_sums = sums ? std::optional(*sums) : std::nullopt;
        if (sums)
            answer();
        else
            log::warning(log::sync, "content could not be read", {{"why", sums.error()}});
    });
}

// A PC that joined in a part of history that this host lost is known outside of the database; its own row comes back
// with what it offers.
bool HostService::proves(const Hello &hello, StoreTx &tx)
{
    const QByteArray shown = tokenHash(hello.token);
    if (const auto hash = guarded([&] { return storage::DeviceTables(m_context.writer->connection()).tokenHash(hello.device); }))
        return sameSecret(*hash, shown);
    const auto known = m_known.tokenHash(hello.device);
    if (!known || !sameSecret(*known, shown))
        return false;
    tx.setToken(hello.device, shown);
    return true;
}

void HostService::hello(ConnId conn, const MessagePtr &message)
{
    m_context.writer->add({storage::Durability::Full,
        [this, conn, message, hosting = m_hosting](StoreTx &tx, Effects &e) {
            if (hosting != m_hosting)
                return;
            const auto &m = std::get<Hello>(*message);
            const auto device = tx.row(schema::tables::devices, m.device);
            if (!proves(m, tx)) {
                e.drops.push_back({conn, Refuse{RefusalCode::UnknownDevice, "The host does not know this PC. Join again with a new access code."}});
                return;
            }
            if (device && !schema::isNull((*device)[schema::col(schema::tables::devices, "retired_at")])) {
                e.drops.push_back({conn, Refuse{RefusalCode::Retired, "This PC was retired by the clinic. Join again with a new access code."}});
                return;
            }
            m_peers[conn] = {device ? schema::toQString((*device)[schema::col(schema::tables::devices, "name")]) : QString(), m.device};
            e.append(m_log.hello(conn, m, m_context.clock->utcMs(), tx));
        },
        [this, conn, hosting = m_hosting](const std::optional<Error> &error, const Effects &) {
            if (error && m_port && hosting == m_hosting)
                m_port->drop(conn, std::nullopt);
            m_met = m_met || m_log.peers().contains(conn);
            m_context.statusDirty();
        }});
}

std::optional<Refuse> HostService::checkCode(const Join &join)
{
    if (join.protocolMin > kProtocolMax || join.protocolMax < kProtocolMin)
        return Refuse{RefusalCode::Version, "This PC and the host speak different versions. Update Anteroom on the older one."};
    if (join.schemaVersion > storage::kSchemaVersion)
        return Refuse{RefusalCode::Schema, "This PC has a newer Anteroom than the host. Update the host first."};
    const auto typed = parseAccessCode(QString::fromStdString(join.code));
    const bool open = !m_code.isEmpty() && m_context.clock->utcMs() < m_codeExpires;
    if (open && typed && sameSecret(m_code.toLatin1(), typed->toLatin1()))
        return std::nullopt;
    if (open && ++m_codeFailures >= kCodeTries)
        m_code.clear();
    return Refuse{RefusalCode::WrongCode, "This is not the access code that the host shows now. Ask for a new one there and type it again."};
}

void HostService::join(ConnId conn, const Join &join)
{
    if (auto refused = checkCode(join)) {
        m_port->drop(conn, std::move(refused));
        return;
    }
    m_code.clear();                                  // one success
    Identity who = m_context.identity;
    who.device = uuidV7(*m_context.clock, *m_context.random);
    who.user = uuidV7(*m_context.clock, *m_context.random);
    who.deviceName = QString::fromStdString(join.deviceName).trimmed().left(120);
    who.personName = QString::fromStdString(join.personName).trimmed().left(160);
    if (who.deviceName.isEmpty())
        who.deviceName = QStringLiteral("PC");
    if (who.personName.isEmpty())
        who.personName = QStringLiteral("Somebody at %1").arg(who.deviceName);
    const QByteArray token = randomToken(*m_context.random);
    m_context.writer->add({storage::Durability::Full,
        [this, who, token, program = join.program.substr(0, 32)](StoreTx &tx, Effects &e) {
            MadeRows rows = deviceAndUserRows(who, program, m_context.clock->utcMs());
            tx.setToken(who.device, tokenHash(token));           // before the revision: standbys are told of it in its frame
            e.append(m_log.write(audited(std::move(rows), "devices.join", who, *m_context.clock, *m_context.random), tx));
        },
        [this, conn, who, token, nonce = join.nonce, hosting = m_hosting](const std::optional<Error> &error, const Effects &) {
            if (!m_port || hosting != m_hosting)
                return;                              // never a token to another line
            if (error)
                return m_port->drop(conn, Refuse{RefusalCode::Full, error->detail.toStdString()});
            if (const auto kept = m_known.add(who.device, tokenHash(token)); !kept)
                log::warning(log::sync, "a device is known in the database alone", {{"why", kept.error()}});
            m_port->send(conn, std::make_shared<const Message>(Joined{nonce, who.device, who.user, who.clinic, token,
                who.clinicName.toStdString(), m_context.identity.deviceName.toStdString()}));
        }});
}

void HostService::tick()
{
    if (m_port && !m_log.peers().empty())
        execute(m_log.beat(m_context.clock->utcMs()));
    closeDay();
    m_context.statusDirty();
}

void HostService::closeDay()
{
    if (m_closing || m_ticks++ % kDayCheckTicks != 0)
        return;
    m_closing = true;
    m_context.writer->add({storage::Durability::Full,
        [this](StoreTx &tx, Effects &e) {
            const std::int64_t now = m_context.clock->utcMs();
            const std::string today = clinicDay(tx, now);
            if (today == m_day)
                return;
            auto rows = closedTickets(tx, today, now);
            if (rows.empty())
                m_day = today;                       // asked again only tomorrow
            else
                e.append(m_log.write(audited(std::move(rows), "queue.close_day", m_context.identity, *m_context.clock, *m_context.random), tx));
        },
        [this](const std::optional<Error> &, const Effects &) { m_closing = false; }});
}

std::vector<PeerStatus> HostService::peers() const
{
    std::vector<PeerStatus> out;
    for (const auto &[conn, peer] : m_log.peers()) {
        const auto known = m_peers.find(conn);
        PeerStatus status;
        status.device = peer.author().device;
        status.name = known == m_peers.end() ? QString() : known->second.name;
        status.rev = peer.acknowledged().rev;
        status.behind = std::max<std::int64_t>(0, m_log.head() - peer.acknowledged().rev);
        status.version = QString::fromStdString(peer.program());
        out.push_back(std::move(status));
    }
    return out;
}

} // namespace anteroom::node

#include "app/sim/pc.h"

#include "app/sim/store_look.h"
#include "node/sql_store_tx.h"
#include "storage/migrations.h"
#include "storage/outbox.h"
#include "storage/sql_error.h"
#include "sync/client_outbox.h"
#include "sync/takeover.h"
#include "sync/codec.h"

#include <QCoreApplication>
#include <QEvent>

namespace anteroom::sim {

using storage::Durability;
using sync::Effects;
using sync::StoreTx;

namespace {

constexpr int kMostRejected = 10000;             // more than any run has

// The mark as a small file of the simulated disk, written durably or not at all.
class DiskMark final : public sync::MarkPort {
public:
    explicit DiskMark(Disk &disk) : m_disk(disk) {}

    sync::MarkFound read() override
    {
        const auto bytes = m_disk.readFile(kMark);
        return {bytes ? sync::decodeMark(*bytes) : std::nullopt, false};
    }
    Result<void> write(const sync::Mark &mark) override
    {
        if (m_disk.writeFile(kMark, sync::encodeMark(mark), true))
            return {};
        return fail(ErrorCode::Io, QStringLiteral("The mark could not be written."));
    }

private:
    Disk &m_disk;
};

} // namespace

sync::RevSalt Held::at() const
{
    const auto found = salts.find(cursor.rev);
    return {cursor.rev, found == salts.end() ? 0 : found->second};
}

Pc::Pc(Around &around, int itsNumber, bool host, const Disk::Image &image, std::uint64_t seed, const node::Identity &person)
    : number(itsNumber)
    , who(person)
    , disk(image)
    , clock(around.clock)
    , dice(seed, 1000 + static_cast<std::uint64_t>(itsNumber))
    , door(clock, dice)
    , m_around(around)
    , m_host(host)
    , m_rules(clock)
{
    if (around.plant)
        m_plantedRules = around.plant->rules(m_rules);
}

Pc::~Pc()
{
    if (on())
        crash(nullptr);
}

// ---- its life -------------------------------------------------------------------------------

std::unique_ptr<storage::Connection> Pc::openStore()
{
    auto opened = storage::openDatabase(disk.path(kDatabase), storage::IfNewer::Refuse, Disk::openOptions());
    return opened ? std::move(*opened) : nullptr;
}

sync::HostOptions Pc::hostOptions() const
{
    sync::HostOptions out;
    out.name = "PC " + std::to_string(number);
    out.schemaVersion = storage::kSchemaVersion;
    out.pageRows = m_around.pageRows;
    return out;
}

bool Pc::start()
{
    auto opened = openStore();
    if (!opened)
        return false;
    m_broken = m_lostNow = m_stale = m_later = false;
    ++m_life;
    m_writer = std::make_unique<node::Writer>(std::move(opened), clock, hooks());
    try {
        storage::Transaction transaction(connection(), "start");
        node::SqlStoreTx tx(transaction, clock);
        HostCapture capture;
        m_mark = std::make_unique<node::MarkKeeper>(std::make_unique<DiskMark>(disk));
        (void)m_mark->check(m_host, dice, tx);
        if (m_host) {
            HostSpy spy(tx, capture);
            m_log = std::make_unique<sync::HostLog>(rules(), dice, hostOptions());
            m_log->load(spy);
        } else {
            loadHeld(tx);
        }
        m_mark->begin(m_host, tx);
        transaction.commit();
        if (!m_host)
            connection().setForeignKeys(!held.first);
        m_around.eyes.started(*this);
        m_around.eyes.committed(*this, std::move(capture));
    } catch (const std::exception &) {
        crash(nullptr);
        return false;
    }
    return true;
}

void Pc::loadHeld(StoreTx &tx)
{
    held = {};
    m_incarnation = sync::stateInt(tx, sync::key::kIncarnation, 1);
    held.cursor = sync::stateCursor(tx, sync::key::kCursor).value_or(schema::kStart);
    held.first = !tx.state(sync::key::kFirstSync).value_or(QByteArray()).isEmpty();
    for (const sync::RevSalt &s : tx.saltsBetween(0, held.cursor.rev, 1))
        held.salts[s.rev] = s.salt;
    for (const sync::OutboxEntry &e : tx.outboxAfter(0, 100000))
        held.outbox[e.seq] = waiting(e.entry, e.doomed, e.provisional);
    std::set<RowId> keys;
    for (const auto &[key, at] : placesIn(connection()))
        keys.insert(key);
    for (const auto &[seq, w] : held.outbox)
        keys.insert(w->touches.begin(), w->touches.end());
    for (const RowId &key : keys)
        if (auto row = tx.row(tableOf(key), key.id))
            held.rows[key] = std::make_shared<const sync::Row>(std::move(*row));
    held.durable = held.at();
}

std::vector<schema::Entry> Pc::rejected()
{
    std::vector<schema::Entry> out;
    for (const storage::RejectedItem &item : storage::Outbox(connection()).rejected(kMostRejected))
        if (auto entry = sync::decodeEntry(item.entry))
            out.push_back(std::move(*entry));
    return out;
}

std::optional<HostCapture> Pc::takeOver()
{
    drain();
    linesEnd();
    HostCapture capture;
    try {
        connection().setDurability(Durability::Full);
        storage::Transaction transaction(connection(), "take over");
        node::SqlStoreTx tx(transaction, clock);
        HostSpy spy(tx, capture);
        if (!sync::takeOver(spy, rules(), dice, hostOptions(), who.device))
            return std::nullopt;
        for (Merged &merged : capture.merged)
            if (const auto waits = held.outbox.find(merged.seq); waits != held.outbox.end())
                merged.entry = waits->second->entry;
        capture.loose.clear();                   // pictures without what only this desk typed: as the host that is gone had them
        m_host = true;
        m_log = std::make_unique<sync::HostLog>(rules(), dice, hostOptions());
        m_log->load(spy);
        m_mark->begin(true, tx);
        transaction.commit();
    } catch (const std::exception &) {
        m_host = false;
        m_log.reset();
        return std::nullopt;
    }
    return capture;
}

bool Pc::comeBack(std::int64_t incarnation)
{
    const auto opened = openStore();
    if (!opened)
        return false;
    QByteArray mark;
    try {
        storage::Transaction transaction(*opened, "come back");
        node::SqlStoreTx tx(transaction, clock);
        sync::becomeClient(tx, incarnation, storage::kSchemaVersion);
        tx.setState("role", QByteArrayLiteral("client"));
        mark = sync::encodeMark(sync::clientMark(tx));
        transaction.commit();
    } catch (const std::exception &) {
        return false;
    }
    m_host = !disk.writeFile(kMark, mark, true);
    return !m_host;
}

void Pc::crash(Dice *power)
{
    for (Line *line : m_around.network.all()) {
        if (m_host && line->host == number && line->hostEnd)
            m_around.network.leave(*line, Way::Up);
        if (!m_host && line->client == number && line->clientEnd)
            m_around.network.leave(*line, Way::Down);
    }
    ++m_life;
    m_line = 0;
    if (power)
        disk.powerCut(*power);
    else
        disk.processCrash();
    m_engine.reset();
    m_log.reset();
    m_mark.reset();
    m_writer.reset();
}

// ---- transactions ---------------------------------------------------------------------------

node::WriterHooks Pc::hooks()
{
    node::WriterHooks out;
    out.working = [this] {
        if (m_log)
            m_before = m_log->peers();
    };
    out.worked = [this](const Effects &effects, bool) {
        if (m_around.plant && m_around.plant->sendsBeforeCommit())
            executeAsHost(effects);
    };
    out.beforeCommit = [this](StoreTx &tx, Effects &effects) {
        if (m_engine) {
            effects.append(m_engine->settle(tx));
            effects.append(m_engine->pump(tx));
        }
        m_mark->prepare(tx);
    };
    out.committed = [this](bool) {
        auto kept = m_mark->keep();
        if (!kept)
            linesEnd();                          // what left nothing must not be waited for
        return kept;
    };
    out.rolledBack = [this](StoreTx &tx) {
        if (!m_log)
            return;
        m_stale = false;
        m_log->undo(m_before);
        m_log->load(tx);
    };
    out.lost = [this](const Error &error) { lost(error); };
    out.execute = [this](Effects &&effects) { execute(std::move(effects)); };
    return out;
}

void Pc::add(Durability durability, Work work, Done done, std::optional<schema::Entry> entry, sync::MessagePtr heard)
{
    if (!m_writer)
        return;
    if (m_around.plant)
        durability = m_around.plant->durability(m_host, !heard, durability);
    const auto asHost = std::make_shared<HostCapture>();
    const auto asClient = std::make_shared<ClientCapture>();
    const auto current = [this, life = m_life] { return life == m_life; };
    node::Job job;
    job.durability = durability;
    job.work = [this, current, asHost, asClient, heard, work = std::move(work), entry = std::move(entry)](StoreTx &tx, Effects &effects) {
        if (!current())
            return;
        HostSpy hostSpy(tx, *asHost);
        ClientSpy clientSpy(tx, *asClient);
        StoreTx &spy = m_host ? static_cast<StoreTx &>(hostSpy) : clientSpy;
        const auto planted = m_around.plant ? m_around.plant->store(m_host, number, spy) : nullptr;
        if (m_around.plant && heard)
            m_around.plant->hears(m_host, number, *heard);
        work(planted ? *planted : spy, effects);
        if (m_host && entry && asHost->merged.empty())           // an act at the host keeps no reply
            for (const sync::Answered &a : effects.answered)
                if (a.entry == entry->uuid)
                    asHost->merged.push_back({author(), 0, a.reply, {}});
        for (Merged &merged : asHost->merged)
            merged.entry = *entry;
    };
    job.done = [this, current, asHost, asClient, done = std::move(done)](const std::optional<Error> &told, const Effects &effects) {
        if (!current())
            return;
        const bool hidden = m_lostNow && m_around.plant && m_around.plant->hidesDiskErrors();
        const std::optional<Error> error = hidden ? std::nullopt : told;
        if (!error) {
            unsure.clear();
            if (m_host)
                m_around.eyes.committed(*this, std::move(*asHost));
            else
                m_around.eyes.committed(*this, *asClient);
            if (m_fullNow)
                held.durable = held.at();
        } else if (m_lostNow) {
            unsure.push_back(std::move(*asHost));
        }
        if (done)
            done(error, effects);
    };
    m_writer->add(std::move(job));
}

void Pc::drain()
{
    while (m_writer && !m_writer->idle()) {
        m_lostNow = false;
        QCoreApplication::sendPostedEvents(m_writer.get(), QEvent::MetaCall);
    }
    m_lostNow = false;
}

// The transaction is gone: lines start over, as in HostService and ClientService.
void Pc::lost(const Error &error)
{
    m_lostNow = m_broken = m_stale = true;
    if (m_around.trace.aloud())
        m_around.trace.say(name() + " lost a transaction: " + error.detail.toStdString());
    if (m_around.plant && m_around.plant->hidesDiskErrors())
        return;
    const bool room = error.code != ErrorCode::DiskFull && error.code != ErrorCode::Busy && error.code != ErrorCode::ReadOnly;
    if (!m_host && room && m_engine) {
        constexpr std::int64_t kHourMs = 3600 * 1000;
        std::erase_if(m_heals, [this](std::int64_t at) { return clock.monotonicMs() - at > kHourMs; });
        if (m_heals.size() < 2) {
            m_heals.push_back(clock.monotonicMs());
            m_heal = true;
        }
    }
    linesEnd();
}

void Pc::linesEnd()
{
    if (m_host) {
        for (Line *line : m_around.network.all())
            if (line->host == number && line->hostEnd)
                drop(line->conn, {});
        return;
    }
    if (Line *line = m_around.network.find(m_line))
        m_around.network.leave(*line, Way::Down);
    disconnected();
}

void Pc::execute(Effects &&effects)
{
    m_fullNow = connection().durability() == Durability::Full;
    if (m_host) {
        if (!m_around.plant || !m_around.plant->sendsBeforeCommit())
            executeAsHost(effects);
    } else {
        executeAsClient(effects);
    }
}

std::int64_t Pc::write(const schema::Entry &entry, StoreTx &tx, Effects &effects)
{
    if (!m_host)
        return sync::saveLocally(entry, tx, effects);
    effects.append(m_log->local(entry, author(), tx));
    const sync::Reply &reply = effects.answered.back().reply;
    if (reply.verdict == sync::Verdict::Refused)
        throw sync::StoreFailure({ErrorCode::Refused, Severity::Failure, QString::fromStdString(reply.why), {}});
    return 0;
}

} // namespace anteroom::sim

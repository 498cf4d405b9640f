#include "app/sim/power_cuts_pc.h"

#include "node/setup.h"
#include "node/sql_store_tx.h"
#include "storage/migrations.h"
#include "storage/sql_error.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <stdexcept>

namespace anteroom::sim {

using storage::Durability;
using sync::Effects;
using sync::StoreTx;

namespace {

class DiskMark final : public sync::MarkPort {
public:
    DiskMark(Disk &disk, const bool &syncs) : m_disk(disk), m_syncs(syncs) {}

    sync::MarkFound read() override
    {
        const auto bytes = m_disk.readFile(kCutMark);
        return {bytes ? sync::decodeMark(*bytes) : std::nullopt, false};
    }
    Result<void> write(const sync::Mark &mark) override
    {
        if (m_disk.writeFile(kCutMark, sync::encodeMark(mark), m_syncs))
            return {};
        return fail(ErrorCode::Io, QStringLiteral("The mark could not be written."));
    }

private:
    Disk &m_disk;
    const bool &m_syncs;
};

void raise(sync::RevSalt &told, const sync::RevSalt &at)
{
    if (at.rev > told.rev)
        told = at;
}

} // namespace

const Disk::Image &emptyDatabase()
{
    static const Disk::Image image = [] {
        Disk disk;
        auto opened = storage::openDatabase(disk.path(kCutDatabase), storage::IfNewer::Refuse, Disk::openOptions());
        if (!opened)
            throw std::runtime_error(opened.error().detail.toStdString());
        (void)(*opened)->checkpoint(true);
        opened->reset();
        return disk.image();
    }();
    return image;
}

CutPc::CutPc(bool host, const Disk::Image &image, node::Identity identity, const CutClock &clock, std::uint64_t seed)
    : isHost(host)
    , who(std::move(identity))
    , disk(image)
    , m_clock(clock)
    , m_random(seed)
    , m_door(clock, m_random)
    , m_policy(clock)
{
}

CutPc::~CutPc()
{
    stop(true);
}

bool CutPc::start()
{
    auto opened = storage::openDatabase(disk.path(kCutDatabase), storage::IfNewer::Refuse, Disk::openOptions());
    if (!opened)
        return false;
    m_writer = std::make_unique<node::Writer>(std::move(*opened), m_clock, hooks());
    m_mark = std::make_unique<node::MarkKeeper>(std::make_unique<DiskMark>(disk, syncsMark));
    try {
        storage::Transaction transaction(connection(), "start");
        node::SqlStoreTx tx(transaction, m_clock);
        m_fault = m_mark->check(isHost, m_random, tx).fault;
        if (isHost) {
            m_log = std::make_unique<sync::HostLog>(m_policy, m_random, sync::HostOptions{"host", storage::kSchemaVersion, pageRows});
            m_log->load(tx);
        }
        m_mark->begin(isHost, tx);
        const bool first = !tx.state(sync::key::kFirstSync).value_or(QByteArray()).isEmpty();
        transaction.commit();
        connection().setForeignKeys(isHost || !first);
    } catch (const std::exception &) {
        stop(true);
        return false;
    }
    return true;
}

void CutPc::stop(bool crash)
{
    if (crash)
        disk.processCrash();
    engine.reset();
    m_log.reset();
    m_mark.reset();
    m_writer.reset();
}

node::WriterHooks CutPc::hooks()
{
    node::WriterHooks out;
    out.working = [this] {
        if (m_log)
            m_before = m_log->peers();
    };
    out.worked = [](const Effects &, bool) {};
    out.beforeCommit = [this](StoreTx &tx, Effects &effects) {
        if (engine) {
            effects.append(engine->settle(tx));
            effects.append(engine->pump(tx));
        }
        m_mark->prepare(tx);
    };
    out.committed = [this](bool) -> Result<void> {
        auto kept = m_mark->keep();
        if (!kept && linesEnd)
            linesEnd();
        return kept;
    };
    out.rolledBack = [this](StoreTx &tx) {
        if (!m_log)
            return;
        m_log->undo(m_before);
        m_log->load(tx);
    };
    out.lost = [this](const Error &) {
        if (linesEnd)
            linesEnd();
    };
    out.execute = [this](Effects &&effects) {
        if (effects.caughtUp)
            connection().setForeignKeys(true);
        if (committed)
            committed();
        remember(effects);
        if (leave)
            leave(effects);
    };
    return out;
}

void CutPc::remember(const Effects &effects)
{
    sync::RevSalt left;
    for (const sync::Send &send : effects.sends) {
        if (const auto *m = std::get_if<sync::Frame>(send.message.get())) {
            raise(left, {m->rev, m->salt});
            if (!m->answers.empty())
                m_told.answered = std::max(m_told.answered, m->answers.rbegin()->first);
        } else if (const auto *page = std::get_if<sync::Page>(send.message.get())) {
            raise(left, page->head);
            if (!page->answers.empty())
                m_told.answered = std::max(m_told.answered, page->answers.rbegin()->first);
        } else if (const auto *welcome = std::get_if<sync::Welcome>(send.message.get())) {
            m_told.answered = std::max(m_told.answered, welcome->lastSeq);
            m_told.prefix = welcome->prefix;
        } else if (const auto *push = std::get_if<sync::Push>(send.message.get())) {
            m_told.leftSeq = std::max(m_told.leftSeq, push->seq);
        } else if (const auto *ack = std::get_if<sync::Ack>(send.message.get())) {
            m_told.retired = std::max(m_told.retired, ack->retired);
        } else if (const auto *hello = std::get_if<sync::Hello>(send.message.get())) {
            m_told.retired = std::max(m_told.retired, hello->retired);
        }
    }
    m_told.leftRev = std::max(m_told.leftRev, left.rev);
    m_told.seq = std::max(m_told.seq, m_told.leftSeq);
    raise(m_told.head, left);
}

void CutPc::add(Durability durability, Work work, Done done)
{
    node::Job job;
    job.durability = alwaysNormal ? Durability::Normal : durability;
    job.work = std::move(work);
    if (done)
        job.done = [done = std::move(done)](const std::optional<Error> &error, const Effects &) { done(error); };
    m_writer->add(std::move(job));
}

void CutPc::drain()
{
    while (m_writer && !m_writer->idle())
        QCoreApplication::sendPostedEvents(m_writer.get(), QEvent::MetaCall);
}

Result<schema::Entry> CutPc::entryOf(std::vector<schema::Change> changes, schema::Claim claim) const
{
    return m_door.prepare({"sim.act", std::move(changes), {}, {}}, who, claim);
}

// As the write door does it: checked, numbered, committed FULL, and then the person hears that it is saved.
void CutPc::act(const schema::Entry &entry, Done done)
{
    const auto said = std::make_shared<Told>();
    add(Durability::Full,
        [this, entry, said](StoreTx &tx, Effects &effects) {
            schema::Entry numbered = entry;
            if (auto taken = m_door.taken(numbered, tx))
                throw sync::StoreFailure(std::move(*taken));
            m_door.number(numbered, !isHost, tx);
            if (!isHost) {
                said->seq = sync::saveLocally(numbered, tx, effects);
                return;
            }
            effects.append(m_log->local(numbered, {who.device, 1}, tx));
            const sync::Reply &reply = effects.answered.back().reply;
            if (reply.verdict == sync::Verdict::Refused)
                throw sync::StoreFailure({ErrorCode::Refused, Severity::Failure, QString::fromStdString(reply.why), {}});
            said->head = {reply.rev, tx.salt(reply.rev).value_or(0)};
        },
        [this, said, done](const std::optional<Error> &error) {
            if (!error) {
                raise(m_told.head, said->head);
                m_told.seq = std::max(m_told.seq, said->seq);
            }
            if (done)
                done(error);
        });
}

void CutPc::connectLine()
{
    engine = std::make_unique<sync::ClientEngine>(m_random, sync::ClientOptions{who.device, {}, "sim", storage::kSchemaVersion});
    add(Durability::Normal, [this](StoreTx &tx, Effects &effects) {
        if (engine)
            effects.append(engine->hello(tx));
    });
}

} // namespace anteroom::sim

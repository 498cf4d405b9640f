#include "sync/client_engine.h"

#include "core/log.h"
#include "sync/client_outbox.h"
#include "sync/standby.h"
#include "sync/tuning.h"

#include <algorithm>
#include <utility>

namespace anteroom::sync {

namespace {

void send(Effects &out, Message message)
{
    out.sends.push_back({0, std::make_shared<const Message>(std::move(message))});
}

// Of a standby (rule 17). What cannot be read is passed over: every HELLO tells a host that took over what it lacks.
void keepCounters(const QByteArray &counters, StoreTx &tx)
{
    if (counters.isEmpty())
        return;
    if (const auto kept = takeStandby(counters, tx); !kept)
        log::warning(log::sync, "what a standby keeps could not be read", {{"why", kept.error()}});
}

} // namespace

ClientEngine::ClientEngine(Random &random, ClientOptions options)
    : m_random(random)
    , m_options(std::move(options))
{
}

bool ClientEngine::needsFull(const Message &message)
{
    if (const auto *m = std::get_if<Frame>(&message))
        return !m->answers.empty();
    if (const auto *m = std::get_if<Page>(&message))
        return m->final || !m->answers.empty();
    if (const auto *m = std::get_if<Welcome>(&message))
        return m->fork.has_value();
    return false;
}

Cursor ClientEngine::position(StoreTx &tx)
{
    if (const auto staged = stateCursor(tx, key::kStageCursor))
        return *staged;
    return stateCursor(tx, key::kCursor).value_or(schema::kStart);
}

void ClientEngine::scanAgain(int schemaVersion, StoreTx &tx)
{
    if (!stateSet(tx, key::kFirstSync)) {
        abandonStage(tx);
        setStateCursor(tx, key::kStageCursor, schema::kStart);
    } else {
        setStateCursor(tx, key::kCursor, schema::kStart);      // it has no stage
    }
    setStateInt(tx, key::kScanSchema, schemaVersion);
}

// An older program passed over the tables and columns of a newer host that it did not know; they lie behind the cursor.
void ClientEngine::followSchema(StoreTx &tx)
{
    if (stateInt(tx, key::kSchema, 1) < m_options.schemaVersion && stateInt(tx, key::kScanSchema) < m_options.schemaVersion)
        scanAgain(m_options.schemaVersion, tx);
}

Effects ClientEngine::hello(StoreTx &tx)
{
    return m_parted ? Effects{} : ask(tx);
}

Effects ClientEngine::ask(StoreTx &tx, std::optional<Probe> probe)
{
    m_parted = false;
    m_newSalts.clear();
    m_healing.forgetQuestion();                     // until WELCOME nothing else is heard, its answer neither
    if (forkUnderWay(tx))
        abandonStage(tx);                           // a change of history that was not finished starts again
    followSchema(tx);
    ensureDigests(tx);
    const bool first = stateSet(tx, key::kFirstSync);
    const Cursor real = stateCursor(tx, key::kCursor).value_or(schema::kStart);
    const auto staged = first ? std::optional(real) : stateCursor(tx, key::kStageCursor);      // H8: its rows are a stage yet
    Hello m;
    m.nonce = m_nonce = m_random.u64();
    m.device = m_options.device;
    m.token = m_options.token;
    m.program = m_options.program;
    m.schemaVersion = m_options.schemaVersion;
    m.incarnation = stateInt(tx, key::kIncarnation, 1);
    m.epoch = stateEpoch(tx);
    m.cursor = staged.value_or(real);
    if (!first)
        m.real = {real.rev, tx.salt(real.rev).value_or(0)};
    if (staged) {
        m.stageSalt = tx.salt(staged->rev);
        m.scan = scanHead(tx);
    }
    m.salts = probe ? askedSalts(*probe, tx) : toldSalts(tx);
    m.probe = probe;
    m.retired = stateInt(tx, key::kRetired);
    m.signature = stateSignature(tx);
    m_mode = Mode::Waiting;
    m_ackDue = false;
    Effects out;
    send(out, std::move(m));
    return out;
}

Effects ClientEngine::received(const Message &message, StoreTx &tx)
{
    if (const auto *m = std::get_if<Welcome>(&message))
        return m_mode == Mode::Waiting && m->nonce == m_nonce ? welcome(*m, tx) : Effects{};
    if (m_mode == Mode::Waiting || m_mode == Mode::Ended)
        return {};                                  // of an older HELLO on this line
    if (const auto *m = std::get_if<Page>(&message))
        return page(*m, tx);
    if (const auto *m = std::get_if<Frame>(&message))
        return frame(*m, tx);
    if (const auto *m = std::get_if<Beat>(&message))
        return beat(*m, tx);
    if (const auto *m = std::get_if<More>(&message))
        return m_mode == Mode::Offering && m->part == m_offering.part() ? offerNext(tx) : Effects{};
    if (const auto *m = std::get_if<Compared>(&message))
        return compared(*m, tx);
    if (std::holds_alternative<Later>(message)) {
        m_later = true;
        m_sent = stateInt(tx, key::kRetired);
    }
    return {};
}

Effects ClientEngine::welcome(const Welcome &m, StoreTx &tx)
{
    if (m.epoch.number < stateEpoch(tx).number) {   // never follow a smaller one (H14)
        m_mode = Mode::Ended;
        Effects out;
        out.drops.push_back({0, Refuse{RefusalCode::Full, "This host is an older one than the host that this PC was connected to. Connect to the newer one."}});
        return out;
    }
    if (m_options.signer->hasKey() && !m_options.signer->verify(m.epoch, m.signature)) {
        m_mode = Mode::Ended;
        Effects out;
        out.drops.push_back({0, Refuse{RefusalCode::History, "This host does not speak for the clinic: the clinic did not sign its history. Connect to another one."}});
        return out;
    }
    if (m.probe)
        return ask(tx, m.probe);
    m_epoch = m.epoch;
    m_signature = m.signature;
    m_head = m.head;
    m_host = m.host;
    m_hostTime = m.time;
    if (tx.state(key::kPrefix).value_or(QByteArray()) != QByteArray::fromStdString(m.prefix))
        tx.setState(key::kPrefix, QByteArray::fromStdString(m.prefix));
    m_sent = stateInt(tx, key::kRetired);           // everything unanswered goes up again, in order
    m_later = false;
    if (m.fork)
        return parted(m, tx);
    m_mode = Mode::CatchingUp;
    m_progress = {position(tx).rev, m.head};
    return {};
}

// The host lacks what this replica holds beyond the fork: it is offered, then the new history is read from there on.
Effects ClientEngine::parted(const Welcome &m, StoreTx &tx)
{
    if (stateSet(tx, key::kFirstSync)) {
        Effects out;
        abandonFirstSync(tx, out);
        out.append(ask(tx));
        return out;
    }
    abandonStage(tx);
    const Cursor real = stateCursor(tx, key::kCursor).value_or(schema::kStart);
    if (real.rev <= *m.fork)
        return ask(tx);                             // only what was staged is of another history
    log::warning(log::sync, "the host lacks what this PC holds", {{"fork", *m.fork}, {"held", real.rev}, {"head", m.head}});
    setStateInt(tx, key::kFork, *m.fork);
    setStateCursor(tx, key::kStageCursor, {*m.fork, schema::kAllOfRev});
    m_parted = true;
    m_offering.begin(*m.fork, {real.rev, tx.salt(real.rev).value_or(0)}, m.taken, tx);
    m_progress = {*m.fork, m.head};
    return offerNext(tx);
}

// Nothing else goes up before the last part.
Effects ClientEngine::offerNext(StoreTx &tx)
{
    Effects out;
    send(out, m_offering.next(tx));
    m_mode = m_offering.done() ? Mode::CatchingUp : Mode::Offering;
    return out;
}

void ClientEngine::stage(const Page &m, StoreTx &tx)
{
    for (const RowAt &r : m.rows)
        tx.stagePut(r);
    setStateCursor(tx, key::kStageCursor, m.to);
    noteHead(m.head, tx);
    if (m_parted)
        m_newSalts.insert(m_newSalts.end(), m.salts.begin(), m.salts.end());
    else
        for (const RevSalt &s : m.salts)
            tx.setSalt(s.rev, s.salt);
}

Effects ClientEngine::page(const Page &m, StoreTx &tx)
{
    if (m.from != position(tx))
        return ask(tx);
    Effects out;
    m_ackDue = true;
    m_head = std::max(m_head, m.head.rev);
    m_progress = {m.to.rev, m.head.rev};
    m_rowsReceived += static_cast<std::int64_t>(m.rows.size());
    const bool first = stateSet(tx, key::kFirstSync);
    if (!m.final && !first) {
        stage(m, tx);
        return out;
    }
    std::vector<RowKey> changed;
    ScannedRows came;
    const bool healing = stateSet(tx, key::kHealingScan);
    const bool pending = !tx.outboxAfter(0, 1).empty();
    const std::optional<std::int64_t> fork = forkUnderWay(tx);
    BeyondFork beyond(fork, tx);
    for (Cursor at = schema::kStart;;) {     // a published page is applied whole, what was staged first
        const std::vector<RowAt> rows = tx.stageAfter(at, tuning::kPublishRows);
        if (rows.empty())
            break;
        publish(rows, tx, changed, pending, out);
        beyond.brought(rows);
        if (healing)
            came.add(rows);
        at = rows.back().at;
    }
    publish(m.rows, tx, changed, pending, out);
    beyond.brought(m.rows);
    if (fork) {
        takeAway(beyond.missing(), m_options.device, tx, changed, out);
        tx.eraseSalts(*fork);
    }
    if (healing) {
        came.add(m.rows);
        takeAway(came.missing(tx), m_options.device, tx, changed, out);
        setStateInt(tx, key::kHealingDone, stateInt(tx, key::kHealingDone) + 1);
    }
    if (m.final)
        endStage(tx);
    else
        noteHead(m.head, tx);
    keepCounters(m.counters, tx);
    finish(m.answers, m.to, std::exchange(m_newSalts, {}), tx, changed, out);
    for (const RevSalt &s : m.salts)
        tx.setSalt(s.rev, s.salt);
    if (m.final) {
        m_parted = false;
        if (const std::int64_t scanned = stateInt(tx, key::kScanSchema); scanned > 0) {
            setStateInt(tx, key::kSchema, scanned);
            tx.setState(key::kScanSchema, {});
            if (!first)
                setStateInt(tx, key::kScans, stateInt(tx, key::kScans) + 1);
        }
        if (first)
            tx.setState(key::kFirstSync, {});
        m_mode = Mode::Live;
        out.caughtUp = true;
        if (fork && stateInt(tx, key::kSchema, 1) < m_options.schemaVersion)
            out.append(ask(tx));                    // the scan from the beginning that the fork broke off
    }
    return out;
}

Effects ClientEngine::frame(const Frame &m, StoreTx &tx)
{
    if (m_mode != Mode::Live || position(tx) != Cursor{m.prev, schema::kAllOfRev})
        return ask(tx);                             // live is catch-up that is pushed: fall back to catching up
    Effects out;
    m_ackDue = true;
    m_head = std::max(m_head, m.rev);
    m_rowsReceived += static_cast<std::int64_t>(m.rows.size());
    std::vector<RowKey> changed;
    const bool pending = !m.rows.empty() && !tx.outboxAfter(0, 1).empty();
    publish(m.rows, tx, changed, pending, out);
    keepCounters(m.counters, tx);
    finish(m.answers, {m.rev, schema::kAllOfRev}, {{m.rev, m.salt}}, tx, changed, out);
    return out;
}

// The host's images: behind pending edits they replace the base, else the visible row (rule 12).
void ClientEngine::publish(const std::vector<RowAt> &rows, StoreTx &tx, std::vector<RowKey> &changed, bool pending, Effects &out)
{
    touch(rows, tx);
    for (const RowAt &r : rows) {
        if (pending && tx.hasBase(*r.table, r.row.id)) {
            tx.setBase(*r.table, r.row.id, r.row);
            changed.push_back({r.table, r.row.id});
            continue;
        }
        tx.putRow(*r.table, r.row);
        out.touched.push_back({r.table, r.row.id});
    }
}

void ClientEngine::finish(const Answers &answers, Cursor cursor, const std::vector<RevSalt> &salts, StoreTx &tx, std::vector<RowKey> &changed, Effects &out)
{
    for (const auto &[seq, reply] : answers)
        takeAnswer(seq, reply, tx, changed, out);
    showRows(changed, tx);
    out.touched.insert(out.touched.end(), changed.begin(), changed.end());
    setStateCursor(tx, key::kCursor, cursor);
    if (stateEpoch(tx) != m_epoch)
        setStateEpoch(tx, m_epoch);
    if (stateSignature(tx) != m_signature)
        setStateSignature(m_epoch, m_signature, tx);
    for (const RevSalt &s : salts)
        tx.setSalt(s.rev, s.salt);
}

Effects ClientEngine::beat(const Beat &m, StoreTx &tx)
{
    m_hostTime = m.time;
    m_head = std::max(m_head, m.rev);
    if (m_mode == Mode::Live && position(tx).rev < m.rev)
        return ask(tx);                             // a frame that never came
    if (m_mode == Mode::Live && !m.digests.empty() && position(tx) == Cursor{m.rev, schema::kAllOfRev})
        return heal(m_healing.beat(m, tx), tx);
    return {};
}

Effects ClientEngine::pump(StoreTx &tx)
{
    Effects out;
    if (m_later || (m_mode != Mode::CatchingUp && m_mode != Mode::Live))
        return out;
    const std::int64_t room = tuning::kPushWindow - (m_sent - stateInt(tx, key::kRetired));
    if (room <= 0)
        return out;
    for (OutboxEntry &e : tx.outboxAfter(m_sent, static_cast<int>(room))) {
        m_sent = e.seq;
        send(out, Push{e.seq, std::move(e.entry), e.provisional});
    }
    return out;
}

Effects ClientEngine::settle(StoreTx &tx)
{
    Effects out;
    if (m_ackDue && (m_mode == Mode::CatchingUp || m_mode == Mode::Live))
        send(out, Ack{position(tx), stateInt(tx, key::kRetired)});
    m_ackDue = false;
    return out;
}

} // namespace anteroom::sync

#include "sync/client_engine.h"

#include "sync/client_outbox.h"
#include "sync/tuning.h"

#include <QtEndian>

#include <algorithm>

namespace anteroom::sync {

namespace {

void send(Effects &out, Message message)
{
    out.sends.push_back({0, std::make_shared<const Message>(std::move(message))});
}

std::optional<RevSalt> stagedHead(StoreTx &tx)
{
    const auto raw = tx.state(key::kStageHead);
    if (!raw || raw->size() != 16)
        return std::nullopt;
    return RevSalt{qFromBigEndian<qint64>(raw->constData()), qFromBigEndian<quint64>(raw->constData() + 8)};
}

void setStagedHead(StoreTx &tx, const RevSalt &head)
{
    QByteArray raw(16, '\0');
    qToBigEndian<qint64>(head.rev, raw.data());
    qToBigEndian<quint64>(head.salt, raw.data() + 8);
    tx.setState(key::kStageHead, raw);
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
    if (tx.state(key::kFirstSync).value_or(QByteArray()).isEmpty()) {
        tx.stageClear();
        setStateCursor(tx, key::kStageCursor, schema::kStart);
        tx.setState(key::kStageHead, {});
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
    followSchema(tx);
    ensureDigests(tx);
    const Cursor real = stateCursor(tx, key::kCursor).value_or(schema::kStart);
    const auto staged = stateCursor(tx, key::kStageCursor);
    Hello m;
    m.nonce = m_nonce = m_random.u64();
    m.device = m_options.device;
    m.token = m_options.token;
    m.program = m_options.program;
    m.schemaVersion = m_options.schemaVersion;
    m.incarnation = stateInt(tx, key::kIncarnation, 1);
    m.epoch = stateEpoch(tx);
    m.cursor = staged.value_or(real);
    m.real = {real.rev, tx.salt(real.rev).value_or(0)};
    if (staged) {
        m.stageSalt = tx.salt(staged->rev);
        m.scan = stagedHead(tx);
    }
    m.retired = stateInt(tx, key::kRetired);
    m_mode = Mode::Waiting;
    m_ackDue = false;
    Effects out;
    send(out, std::move(m));
    return out;
}

Effects ClientEngine::received(const Message &message, StoreTx &tx)
{
    if (const auto *m = std::get_if<Welcome>(&message))
        return m->nonce == m_nonce ? welcome(*m, tx) : Effects{};
    if (m_mode == Mode::Waiting || m_mode == Mode::Ended)
        return {};                                  // of an older HELLO on this line
    if (const auto *m = std::get_if<Page>(&message))
        return page(*m, tx);
    if (const auto *m = std::get_if<Frame>(&message))
        return frame(*m, tx);
    if (const auto *m = std::get_if<Beat>(&message))
        return beat(*m, tx);
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
    if (m.fork) {
        const Cursor real = stateCursor(tx, key::kCursor).value_or(schema::kStart);
        if (real.rev > *m.fork) {
            m_mode = Mode::Ended;
            Effects out;
            out.drops.push_back({0, Refuse{RefusalCode::History, "The host has another history than this PC's copy."}});
            return out;
        }
        dropStage(tx);
        tx.setState(key::kScanSchema, {});
        return hello(tx);
    }
    m_epoch = m.epoch;
    m_head = m.head;
    m_host = m.host;
    m_hostTime = m.time;
    if (tx.state(key::kPrefix).value_or(QByteArray()) != QByteArray::fromStdString(m.prefix))
        tx.setState(key::kPrefix, QByteArray::fromStdString(m.prefix));
    m_sent = stateInt(tx, key::kRetired);           // everything unanswered goes up again, in order
    m_later = false;
    m_mode = Mode::CatchingUp;
    m_progress = {position(tx).rev, m.head};
    return {};
}

void ClientEngine::dropStage(StoreTx &tx)
{
    tx.stageClear();
    tx.setState(key::kStageCursor, {});
    tx.setState(key::kStageHead, {});
    if (stateSet(tx, key::kHealingScan))
        tx.setState(key::kHealingScan, {});
}

void ClientEngine::stage(const Page &m, StoreTx &tx)
{
    for (const RowAt &r : m.rows)
        tx.stagePut(r);
    setStateCursor(tx, key::kStageCursor, m.to);
    const auto before = stagedHead(tx);
    setStagedHead(tx, before && before->rev > m.head.rev ? *before : m.head);
    for (const RevSalt &s : m.salts)
        tx.setSalt(s.rev, s.salt);
}

Effects ClientEngine::page(const Page &m, StoreTx &tx)
{
    if (m.from != position(tx))
        return hello(tx);
    Effects out;
    m_ackDue = true;
    m_head = std::max(m_head, m.head.rev);
    m_progress = {m.to.rev, m.head.rev};
    m_rowsReceived += static_cast<std::int64_t>(m.rows.size());
    const bool first = tx.state(key::kFirstSync).has_value() && !tx.state(key::kFirstSync)->isEmpty();
    if (!m.final && !first) {
        stage(m, tx);
        return out;
    }
    std::vector<RowKey> changed;
    ScannedRows came;
    const bool healing = stateSet(tx, key::kHealingScan);
    const bool pending = !tx.outboxAfter(0, 1).empty();
    for (Cursor at = schema::kStart;;) {     // a published page is applied whole, what was staged first
        const std::vector<RowAt> rows = tx.stageAfter(at, tuning::kPublishRows);
        if (rows.empty())
            break;
        publish(rows, tx, changed, pending, out);
        if (healing)
            came.add(rows);
        at = rows.back().at;
    }
    publish(m.rows, tx, changed, pending, out);
    if (healing) {
        came.add(m.rows);
        takeAway(came.missing(tx), m_options.device, tx, changed, out);
        setStateInt(tx, key::kHealingDone, stateInt(tx, key::kHealingDone) + 1);
    }
    dropStage(tx);
    finish(m.answers, m.to, m.salts, tx, changed, out);
    if (m.final) {
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
    }
    return out;
}

Effects ClientEngine::frame(const Frame &m, StoreTx &tx)
{
    if (m_mode != Mode::Live || position(tx) != Cursor{m.prev, schema::kAllOfRev})
        return hello(tx);                           // live is catch-up that is pushed: fall back to catching up
    Effects out;
    m_ackDue = true;
    m_head = std::max(m_head, m.rev);
    m_rowsReceived += static_cast<std::int64_t>(m.rows.size());
    std::vector<RowKey> changed;
    const bool pending = !m.rows.empty() && !tx.outboxAfter(0, 1).empty();
    publish(m.rows, tx, changed, pending, out);
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
    for (const RevSalt &s : salts)
        tx.setSalt(s.rev, s.salt);
}

Effects ClientEngine::beat(const Beat &m, StoreTx &tx)
{
    m_hostTime = m.time;
    m_head = std::max(m_head, m.rev);
    if (m_mode == Mode::Live && position(tx).rev < m.rev)
        return hello(tx);                           // a frame that never came
    if (m_mode == Mode::Live && !m.digests.empty() && position(tx) == Cursor{m.rev, schema::kAllOfRev})
        return heal(m_healing.beat(m, tx), tx);
    return {};
}

// ---- digests that differ (rule 15) -----------------------------------------------------------

Effects ClientEngine::heal(Healing::Step step, StoreTx &tx)
{
    Effects out;
    if (step == Healing::Step::Ask) {
        send(out, m_healing.question());
    } else if (step == Healing::Step::Scan) {
        scanAgain(m_options.schemaVersion, tx);
        tx.setState(key::kHealingScan, QByteArrayLiteral("1"));
        return hello(tx);
    }
    return out;
}

Effects ClientEngine::compared(const Compared &m, StoreTx &tx)
{
    Effects out;
    if (m_mode != Mode::Live || !m_healing.isAnswer(m) || position(tx) != Cursor{m.rev, schema::kAllOfRev}) {
        m_healing.forgetQuestion();                 // the clinic moved on: the next heartbeat tells
        return out;
    }
    std::vector<RowKey> changed;
    takeAway(m_healing.lacking(m, tx), m_options.device, tx, changed, out);
    publish(m.rows, tx, changed, true, out);
    showRows(changed, tx);
    out.touched.insert(out.touched.end(), changed.begin(), changed.end());
    m_rowsReceived += static_cast<std::int64_t>(m.rows.size());
    out.append(heal(m_healing.healed(m, tx), tx));
    return out;
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

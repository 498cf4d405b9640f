#include "app/sim/power_cuts_clinic.h"

#include "node/setup.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/notes.h"
#include "schema/tables/patients.h"
#include "storage/outbox.h"
#include "storage/records.h"
#include "storage/sql_error.h"

namespace anteroom::sim {

using schema::Change;
using schema::Claim;
using storage::Durability;
using sync::Effects;
using sync::StoreTx;
using namespace schema::tables;

namespace {

constexpr int kFamily = schema::col(patients, "family_name"), kPhone = schema::col(patients, "phone"), kNote = schema::col(patients, "note");
constexpr int kHealRounds = 60;                  // cuts, lost transactions and their repetitions take a few
constexpr int kRowsShown = 20;                   // of a list that somebody works in

node::Identity identity(const char *name, std::uint64_t seed)
{
    SeededRandom random(seed);
    node::Identity who;
    who.clinic = uuidV5(kNamespace, "simulated clinic");
    for (Uuid *id : {&who.device, &who.user})
        random.fill(id->bytes.data(), id->bytes.size());
    who.clinicName = QStringLiteral("Simulated");
    who.deviceName = QString::fromLatin1(name);
    who.personName = QStringLiteral("Person at %1").arg(who.deviceName);
    return who;
}

// As HostService and ClientService say it.
Durability durabilityAt(const CutPc &pc, const sync::Message &message)
{
    const bool full = !pc.isHost ? sync::ClientEngine::needsFull(message)
                                 : std::holds_alternative<sync::Hello>(message) || sync::HostLog::needsFull(message);
    return full ? Durability::Full : Durability::Normal;
}

} // namespace

CutClinic::CutClinic(std::uint64_t seed)
    : host(true, emptyDatabase(), identity("host", seed * 2 + 1), m_clock, seed * 5 + 1)
    , client(false, emptyDatabase(), identity("client", seed * 2 + 2), m_clock, seed * 5 + 2)
    , m_random(seed * 5 + 3)
{
    host.pageRows = 1 + int(dice(8));
    host.leave = [this](const Effects &effects) {
        for (const sync::Send &send : effects.sends)
            if (send.to == m_conn && m_conn != 0)
                m_down.push_back(send.message);
        for (const sync::Drop &drop : effects.drops)
            if (drop.conn == m_conn)
                cut();
    };
    client.leave = [this](const Effects &effects) {
        m_copied = m_copied || effects.caughtUp;
        for (const sync::Send &send : effects.sends)
            if (m_conn != 0)
                m_up.push_back(send.message);
        if (!effects.drops.empty())
            cut();
        if (effects.rehello && m_conn != 0)
            client.add(Durability::Normal, [this](StoreTx &tx, Effects &e) {
                if (client.engine)
                    e.append(client.engine->hello(tx));
            });
    };
    host.linesEnd = client.linesEnd = [this] { cut(); };
}

CutClinic::~CutClinic() = default;

bool CutClinic::begin()
{
    if (!host.start() || !client.start())
        return false;
    bool good = true;
    const auto note = [&good](const std::optional<Error> &error) { good = good && !error; };
    host.add(Durability::Full, [this](StoreTx &tx, Effects &e) {
        node::storeIdentity(host.who, tx);
        auto rows = node::deviceAndUserRows(host.who, "sim", m_clock.utcMs());
        for (const node::Identity *who : {&host.who, &client.who})
            for (auto &row : who == &host.who ? node::clinicRows(*who, m_clock.utcMs()) : node::deviceAndUserRows(*who, "sim", m_clock.utcMs()))
                rows.push_back(std::move(row));
        e.append(host.log()->write(std::move(rows), tx));
    }, note);
    client.add(Durability::Full, [this](StoreTx &tx, Effects &) {
        node::storeIdentity(client.who, tx);
        tx.setSalt(0, 0);
        sync::setStateCursor(tx, sync::key::kCursor, schema::kStart);
        tx.setState(sync::key::kFirstSync, QByteArrayLiteral("1"));
        sync::setStateInt(tx, sync::key::kIncarnation, 1);
    }, note);
    drain();
    client.connection().setForeignKeys(false);           // until the first copy is whole
    return good;
}

// ---- the line -------------------------------------------------------------------------------

void CutClinic::connect()
{
    cut();
    if (!host.on() || !client.on())
        return;
    m_conn = ++m_lastConn;
    client.connectLine();
}

void CutClinic::cut()
{
    if (m_conn != 0 && host.log())
        host.log()->closed(m_conn);
    m_conn = 0;
    m_up.clear();
    m_down.clear();
    client.engine.reset();
}

bool CutClinic::deliverUp()
{
    if (m_conn == 0 || m_up.empty() || !host.on())
        return false;
    const sync::MessagePtr message = std::move(m_up.front());
    m_up.pop_front();
    const sync::ConnId conn = m_conn;
    host.add(durabilityAt(host, *message),
        [this, conn, message](StoreTx &tx, Effects &e) {
            if (conn != m_conn)
                return;
            const auto *hello = std::get_if<sync::Hello>(message.get());
            e.append(hello ? host.log()->hello(conn, *hello, m_clock.utcMs(), tx) : host.log()->received(conn, *message, tx));
        },
        [this, conn, message](const std::optional<Error> &error) {
            if (!error || conn != m_conn)
                return;
            if (const auto *push = std::get_if<sync::Push>(message.get()))       // never a refusal: later (rule 8)
                m_down.push_back(std::make_shared<const sync::Message>(sync::Later{push->seq, error->detail.toStdString()}));
            else
                cut();
        });
    return true;
}

bool CutClinic::deliverDown()
{
    if (m_conn == 0 || m_down.empty() || !client.on())
        return false;
    const sync::MessagePtr message = std::move(m_down.front());
    m_down.pop_front();
    const sync::ConnId conn = m_conn;
    client.add(durabilityAt(client, *message),
        [this, conn, message](StoreTx &tx, Effects &e) {
            if (conn == m_conn && client.engine)
                e.append(client.engine->received(*message, tx));
        },
        [this, conn](const std::optional<Error> &error) {
            if (error && conn == m_conn)
                cut();
        });
    return true;
}

void CutClinic::drain()
{
    if (host.on())
        host.drain();
    if (client.on())
        client.drain();
}

// ---- people ---------------------------------------------------------------------------------

std::optional<Change> CutClinic::change(CutPc &pc, Claim &claim)
{
    const std::string text = std::to_string(dice(1'000'000));
    const Uuid id = uuidV7(m_clock, m_random);
    const auto shown = storage::findRows(pc.connection(), patients, {}, kRowsShown);
    const std::uint64_t what = dice(16);
    if (shown.empty() || what < 4)
        return schema::makeInsert(patients, id, {{kFamily, "Family " + text}, {kPhone, text}});
    const schema::Row &patient = shown[std::size_t(dice(shown.size()))];
    if (what == 4 && patient.deleted())
        return schema::makeRestore(patients, patient);
    if (patient.deleted())
        return std::nullopt;
    if (what == 5)
        return schema::makeDelete(patients, patient, "made by mistake");
    if (what < 8)
        return schema::makeInsert(notes, id, {{schema::col(notes, "subject_table"), std::int64_t(patients.number)},
                                              {schema::col(notes, "subject_id"), patient.id},
                                              {schema::col(notes, "subject_class"), std::int64_t(patients.dataClass)},
                                              {schema::col(notes, "text"), std::string(dice(3000), 'n') + text}});
    if (what == 8) {
        claim = Claim::Take;
        return schema::makeInsert(active_patient_queue, id, {{schema::col(active_patient_queue, "patient_id"), patient.id},
            {schema::col(active_patient_queue, "service_point_id"), uuidV5(host.who.clinic, "service_point/Triage")}});
    }
    if (what == 9) {
        const storage::Condition waits{schema::col(active_patient_queue, "state"), std::string("waiting")};
        const auto waiting = storage::findRows(pc.connection(), active_patient_queue, {&waits, 1}, kRowsShown);
        if (waiting.empty())
            return std::nullopt;
        claim = Claim::Call;
        return schema::makeUpdate(active_patient_queue, waiting[std::size_t(dice(waiting.size()))],
            {{schema::col(active_patient_queue, "state"), std::string("called")}, {schema::col(active_patient_queue, "desk_id"), pc.who.device},
             {schema::col(active_patient_queue, "called_at"), m_clock.utcMs()}});
    }
    return schema::makeUpdate(patients, patient, {{dice(3) ? kPhone : kNote, text}});
}

void CutClinic::act(CutPc &pc)
{
    if (!pc.on())
        return;
    Claim claim = Claim::None;
    std::optional<Change> made;
    try {
        made = change(pc, claim);
    } catch (const storage::SqlError &) {
        return;                                          // the disk does not answer: nobody sees a form
    }
    if (!made)
        return;
    const auto entry = pc.entryOf({*made}, claim);
    if (entry)
        pc.act(*entry, [this](const std::optional<Error> &error) { m_saved += error ? 0 : 1; });
}

// Something that the door would not let through, from an older program: the host refuses it, and what stands on it.
void CutClinic::refusable()
{
    const Uuid id = uuidV7(m_clock, m_random);
    const auto nameless = [&](const Uuid &entry, Change made) {
        schema::Entry e{entry, Claim::None, "sim.act", m_clock.utcMs(), client.who.user, client.who.device, {std::move(made)}};
        client.add(Durability::Full, [e](StoreTx &tx, Effects &effects) { (void)sync::saveLocally(e, tx, effects); });
    };
    nameless(uuidV7(m_clock, m_random), schema::makeInsert(patients, id, {{kPhone, std::string("1")}}));
    nameless(uuidV7(m_clock, m_random), schema::makeInsert(active_patient_queue, uuidV7(m_clock, m_random),
        {{schema::col(active_patient_queue, "patient_id"), id},
         {schema::col(active_patient_queue, "service_point_id"), uuidV5(host.who.clinic, "service_point/Triage")}}));
}

// As the writer does it in a pause: a disk that is full or fails is tried again later.
void CutClinic::checkpoint(CutPc &pc)
{
    try {
        if (pc.on())
            (void)pc.connection().checkpoint(dice(3) == 0);
    } catch (const storage::SqlError &) {
    }
}

void CutClinic::step()
{
    m_clock.ms += std::int64_t(dice(5'000));
    switch (const std::uint64_t what = dice(24); what) {
    case 0:
        if (const std::uint64_t how = dice(9); how < 3)
            cut();
        else if (how < 6)
            (void)restart(how % 2 ? host : client, nullptr, dice(2));
        break;
    case 1:
    case 2:
        if (!online())
            connect();
        break;
    case 3:
    case 4:
        drain();
        checkpoint(what == 3 ? host : client);
        break;
    case 5:
        if (m_copied && client.on() && dice(2))
            refusable();
        break;
    case 6:
        if (host.log() && online())
            host.add(Durability::Normal, [this](StoreTx &, Effects &e) { e.append(host.log()->beat(m_clock.utcMs())); });
        break;
    case 7:
    case 8:
    case 9:
    case 10:
        act(host);
        break;
    case 11:
    case 12:
    case 13:
    case 14:
        act(client);
        break;
    default:
        for (std::uint64_t n = 1 + dice(5); n > 0; --n)
            dice(2) ? deliverUp() : deliverDown();
    }
    if (dice(3) != 0)                            // else it waits, and shares a transaction with what comes next
        drain();
}

bool CutClinic::settle()
{
    for (int round = 0; round < kHealRounds; ++round) {
        m_clock.ms += 3'000;
        if ((!host.on() && !host.start()) || (!client.on() && !client.start()))
            continue;
        if (!online())
            connect();
        if (client.engine)
            client.engine->retryPushes();
        client.add(Durability::Normal, [](StoreTx &, Effects &) {});
        drain();
        for (bool moved = true; moved;) {
            moved = deliverUp();
            moved = deliverDown() || moved;
            drain();
        }
        if (online() && storage::Outbox(client.connection()).summary().count == 0)
            return true;
    }
    return false;
}

bool CutClinic::restart(CutPc &pc, Random *power, bool clean)
{
    if (clean)
        drain();
    cut();
    if (power)
        pc.disk.powerCut(*power);
    pc.stop(!clean);
    if (!pc.start())
        return false;
    m_takenForOlder = m_takenForOlder || pc.fault() != sync::HistoryFault::None;
    return true;
}

} // namespace anteroom::sim

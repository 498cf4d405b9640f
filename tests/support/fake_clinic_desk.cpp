#include "tests/support/fake_clinic.h"

#include "node/setup.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patients.h"
#include "storage/migrations.h"

#include <QFile>

namespace anteroom::test {

using namespace sync;
using schema::Change;
using schema::ColumnValue;

// ---- the rules, counted -----------------------------------------------------------------------

std::optional<std::string> CountingPolicy::refuse(const Entry &entry, const Author &author, StoreTx &tx)
{
    m_open.push_back(entry.uuid);                // asked exactly once for each merge
    return m_rules.refuse(entry, author, tx);
}

void CountingPolicy::fillHostColumns(const Entry &entry, const Author &author, const Table &table, Row &row, StoreTx &tx)
{
    m_rules.fillHostColumns(entry, author, table, row, tx);
}

ClaimResult CountingPolicy::claim(const Entry &entry, const Author &author, const Epoch &epoch, StoreTx &tx)
{
    return m_rules.claim(entry, author, epoch, tx);
}

std::vector<Flag> CountingPolicy::flags(const Entry *entry, std::span<const RowAt> rows, StoreTx &tx)
{
    return m_rules.flags(entry, rows, tx);
}

void CountingPolicy::ended(bool committed)
{
    for (const Uuid &entry : std::exchange(m_open, {}))
        m_merged[entry] += committed;
}

int CountingPolicy::merged(const Uuid &entry) const
{
    const auto found = m_merged.find(entry);
    return found == m_merged.end() ? 0 : found->second;
}

// ---- a desk: its file ---------------------------------------------------------------------------

Desk::Desk(Clinic &clinic, int number) : m_clinic(clinic), m_number(number), m_file(number)
{
    m_who = {{}, clinic.newId(), clinic.newId(), QStringLiteral("Clinic"), QStringLiteral("PC %1").arg(number), QStringLiteral("Person %1").arg(number), false};
}

Desk::~Desk() = default;

QString Desk::path() const { return m_clinic.m_dir.filePath(QStringLiteral("pc%1.db").arg(m_file)); }

void Desk::open(const MarkFound &mark)
{
    auto opened = storage::openDatabase(path());
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    m_connection = std::move(*opened);
    m_connection->setDurability(storage::Durability::Normal);
    m_connection->execute("PRAGMA synchronous=OFF");               // the accidents of a story are those of processes
    if (m_number > 0) {
        m_connection->setForeignKeys(false);                       // until the first sync is whole
        if (mark.mark)
            (void)tx([&](StoreTx &store, Effects &) { (void)openClientHistory(mark, m_clinic.m_random, store); });
        return;
    }
    m_log = std::make_unique<HostLog>(m_clinic.m_policy, m_clinic.m_random, HostOptions{"host", storage::kSchemaVersion, m_clinic.m_pageRows, m_clinic.m_signer});
    (void)tx([&](StoreTx &store, Effects &) {
        if (mark.mark)
            (void)openHostHistory(mark, m_clinic.m_random, store);
        m_log->load(store);
    });
}

void Desk::shut()
{
    m_off = true;
    m_log.reset();
    m_connection.reset();
}

MarkFound Desk::mark()
{
    MarkFound found;
    (void)tx([&](StoreTx &store, Effects &) { found.mark = m_log ? Mark(hostMark(store)) : Mark(clientMark(store)); });
    return found;
}

void Desk::replaceFile(const QString &by, const MarkFound &mark)
{
    m_log.reset();
    m_connection.reset();
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(path() + QLatin1String(suffix));
    QFile::copy(by, path());
    open(mark);
}

void Desk::firstRows(const node::Identity &who)
{
    (void)tx([&](StoreTx &store, Effects &effects) {
        if (m_number == 0) {
            if (who.device == m_who.device)
                effects.append(m_log->write(node::clinicRows(m_who, m_clinic.m_clock.now), store));
            effects.append(m_log->write(node::deviceAndUserRows(who, "test", m_clinic.m_clock.now), store));
            return;
        }
        store.setSalt(0, 0);
        setStateCursor(store, key::kCursor, schema::kStart);
        store.setState(key::kFirstSync, QByteArrayLiteral("1"));
        setStateInt(store, key::kIncarnation, 1);
    });
}

bool Desk::tx(const std::function<void(StoreTx &, Effects &)> &work)
{
    if (m_crashed)
        return false;
    Effects effects;
    bool committed = false;
    try {
        storage::Transaction transaction(*m_connection, "story");
        node::SqlStoreTx store(transaction, m_clinic.m_clock);
        work(store, effects);
        if (m_engine) {
            effects.append(m_engine->settle(store));
            effects.append(m_engine->pump(store));
        }
        if (!std::exchange(m_powerFails, false)) {
            transaction.commit();
            committed = true;
        } else {
            m_crashed = true;
        }
    } catch (const StoreFailure &failure) {
        m_lastWords = failure.error().detail;
        if (m_log) {
            storage::Transaction again(*m_connection, "story");
            node::SqlStoreTx store(again, m_clinic.m_clock);
            m_log->load(store);
        }
    }
    if (m_log)
        m_clinic.m_policy.ended(committed);
    if (committed)
        execute(effects);
    return committed;
}

void Desk::execute(const Effects &effects)
{
    for (const Answered &a : effects.answered)
        m_answers.insert_or_assign(a.entry, a.reply);
    if (m_log) {
        m_clinic.m_port->send(effects.sends);
        for (const Drop &drop : effects.drops)
            m_clinic.m_port->drop(drop.conn, drop.because);
        return;
    }
    if (effects.caughtUp)
        m_connection->setForeignKeys(true);
    if (!m_line)
        return;
    for (const Send &send : effects.sends)
        m_line->send(send.message);
    if (!effects.drops.empty())
        m_line->close();
}

// ---- a desk: its line ---------------------------------------------------------------------------

void Desk::connectLine()
{
    m_line = std::make_unique<transport::LoopbackLink>(*m_clinic.m_port);
    m_engine = std::make_unique<ClientEngine>(m_clinic.m_random, ClientOptions{m_who.device, {}, "test", storage::kSchemaVersion, m_clinic.m_pinned});
    QObject::connect(m_line.get(), &transport::LinkPort::received, this, [this](const transport::MessagePtr &m) { received(m); });
    m_line->open();
    (void)tx([this](StoreTx &store, Effects &effects) { effects.append(m_engine->hello(store)); });
}

void Desk::received(const transport::MessagePtr &message)
{
    if (const auto *refused = std::get_if<Refuse>(message.get())) {
        m_lastWords = QString::fromStdString(refused->words);
        return;
    }
    const bool done = tx([&](StoreTx &store, Effects &effects) { effects.append(m_engine->received(*message, store)); });
    if (!done && !m_crashed)
        m_line->close();                         // a message that cannot be applied ends the line
}

void Desk::heardByHost(ConnId conn, const transport::MessagePtr &message)
{
    const bool done = tx([&](StoreTx &store, Effects &effects) {
        if (const auto *hello = std::get_if<Hello>(message.get()))
            effects.append(m_log->hello(conn, *hello, m_clinic.m_clock.now, store));
        else
            effects.append(m_log->received(conn, *message, store));
    });
    if (!done && !m_crashed)
        m_clinic.m_port->drop(conn, std::nullopt);
}

// ---- a desk: acts -------------------------------------------------------------------------------

Entry Desk::entryOf(std::vector<Change> changes, schema::Claim claim)
{
    m_clinic.wait(1000);
    return {m_clinic.newId(), claim, "test.act", m_clinic.m_clock.now, m_who.user, m_who.device, std::move(changes)};
}

Saved Desk::save(std::vector<Change> changes, schema::Claim claim)
{
    m_clinic.wait(1000);
    Saved saved;
    const Uuid row = changes.front().id;
    auto entry = m_clinic.m_door.prepare({"test.act", std::move(changes), {}}, m_who, claim);
    if (!entry) {
        saved.refused = entry.error().detail;
        return saved;
    }
    m_lastWords.reset();
    const bool done = tx([&](StoreTx &store, Effects &effects) {
        saved.differences = m_clinic.m_door.differences(*entry, store);
        if (claim == schema::Claim::Call)
            std::erase_if(saved.differences, [&](const node::Difference &d) { return d.id == row; });
        if (!saved.differences.empty())
            return;
        if (auto taken = m_clinic.m_door.taken(*entry, store))
            throw StoreFailure(std::move(*taken));
        m_clinic.m_door.number(*entry, m_log == nullptr, store);
        if (!m_log) {
            saved.seq = saveLocally(*entry, store, effects);
            return;
        }
        effects.append(m_log->local(*entry, author(), store));
        if (const Reply &reply = effects.answered.back().reply; reply.verdict == Verdict::Refused)
            throw StoreFailure({ErrorCode::Refused, Severity::Failure, QString::fromStdString(reply.why), {}});
    });
    saved.entry = entry->uuid;
    saved.row = row;
    if (!done)
        saved.refused = m_lastWords.value_or(QStringLiteral("The power failed."));
    return saved;
}

Saved Desk::force(Entry entry)
{
    Saved saved;
    saved.entry = entry.uuid;
    saved.row = entry.changes.front().id;
    (void)tx([&](StoreTx &store, Effects &effects) {
        if (m_log)
            effects.append(m_log->local(entry, author(), store));
        else
            saved.seq = saveLocally(entry, store, effects);
    });
    return saved;
}

Uuid Desk::admit(const char *family, std::vector<ColumnValue> more)
{
    more.push_back({schema::col(schema::tables::patients, "family_name"), std::string(family)});
    return add(schema::tables::patients, std::move(more)).row;
}

Saved Desk::add(const Table &table, std::vector<ColumnValue> values)
{
    constexpr int kFamily = schema::col(schema::tables::patients, "family_name"), kUnknown = schema::col(schema::tables::patients, "unknown");
    const bool named = std::ranges::any_of(values, [](const ColumnValue &v) { return v.column == kFamily || v.column == kUnknown; });
    if (&table == &schema::tables::patients && !named)      // a story about something else; the door wants a name
        values.push_back({kFamily, std::string("Pérez")});
    const Uuid id = schema::naturalIdOf(table, values).value_or(m_clinic.newId());
    return save({schema::makeInsert(table, id, values)});
}

Saved Desk::change(const Table &table, const Uuid &id, std::vector<ColumnValue> values)
{
    const auto shown = row(table, id);
    if (!shown) {
        Saved saved;
        saved.refused = QStringLiteral("There is no such row on this PC.");
        return saved;
    }
    return changeShown(table, *shown, std::move(values));
}

Saved Desk::changeShown(const Table &table, const Row &shown, std::vector<ColumnValue> values)
{
    return save({schema::makeUpdate(table, shown, values)});
}

Saved Desk::remove(const Table &table, const Uuid &id) { return save({schema::makeDelete(table, row(table, id).value(), "made by mistake")}); }
Saved Desk::restore(const Table &table, const Uuid &id) { return save({schema::makeRestore(table, row(table, id).value())}); }

Saved Desk::takeTicket(const Uuid &patient, const char *point)
{
    using schema::tables::active_patient_queue;
    return save({schema::makeInsert(active_patient_queue, m_clinic.newId(),
                    {{schema::col(active_patient_queue, "patient_id"), patient},
                     {schema::col(active_patient_queue, "service_point_id"), m_clinic.point(point)}})},
                schema::Claim::Take);
}

Saved Desk::callTicket(const Uuid &ticket, std::vector<Change> more)
{
    using schema::tables::active_patient_queue;
    const Row shown = row(active_patient_queue, ticket).value();
    more.insert(more.begin(), schema::makeUpdate(active_patient_queue, shown,
                    {{schema::col(active_patient_queue, "state"), std::string("called")},
                     {schema::col(active_patient_queue, "desk_id"), m_who.device},
                     {schema::col(active_patient_queue, "called_at"), m_clinic.m_clock.now}}));
    return save(std::move(more), schema::Claim::Call);
}

void Desk::goOn(std::int64_t seq)
{
    (void)tx([&](StoreTx &store, Effects &effects) { sync::goOn(seq, store, effects); });
}

// ---- a desk: its screen -------------------------------------------------------------------------

std::optional<Row> Desk::row(const Table &table, const Uuid &id)
{
    storage::Transaction read(*m_connection, "screen", storage::Transaction::Kind::Read);
    return node::SqlStoreTx(read, m_clinic.m_clock).row(table, id);
}

std::string Desk::text(const Table &table, const Uuid &id, std::string_view column)
{
    const auto found = row(table, id);
    return found ? std::string(schema::toText((*found)[schema::findColumn(table, column)])) : std::string();
}

std::vector<Row> Desk::rows(const Table &table, const std::vector<Condition> &where)
{
    storage::Transaction read(*m_connection, "screen", storage::Transaction::Kind::Read);
    return node::SqlStoreTx(read, m_clinic.m_clock).find(table, where, 100000);
}

std::optional<RevPos> Desk::touched(const Table &table, const Uuid &id)
{
    storage::Transaction read(*m_connection, "screen", storage::Transaction::Kind::Read);
    return node::SqlStoreTx(read, m_clinic.m_clock).touched(table, id);
}

std::vector<storage::RejectedItem> Desk::rejected() { return storage::Outbox(*m_connection).rejected(100000); }
int Desk::pending() { return storage::Outbox(*m_connection).summary().count; }

Cursor Desk::cursor()
{
    storage::Transaction read(*m_connection, "screen", storage::Transaction::Kind::Read);
    node::SqlStoreTx store(read, m_clinic.m_clock);
    return stateCursor(store, key::kCursor).value_or(schema::kStart);
}

std::optional<Reply> Desk::answer(const Uuid &entry) const
{
    const auto found = m_answers.find(entry);
    return found == m_answers.end() ? std::nullopt : std::optional(found->second);
}

} // namespace anteroom::test

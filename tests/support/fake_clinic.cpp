#include "tests/support/fake_clinic.h"

#include "node/setup.h"
#include "schema/registry.h"
#include "schema/tables/active_patient_queue.h"
#include "schema/tables/patients.h"
#include "storage/migrations.h"

#include <QFile>
#include <QTest>

namespace anteroom::test {

using namespace sync;
using schema::Change;
using schema::ColumnValue;
using transport::Way;

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

Desk::Desk(Clinic &clinic, int number) : m_clinic(clinic), m_number(number)
{
    m_who = {{}, clinic.newId(), clinic.newId(), QStringLiteral("Clinic"), QStringLiteral("PC %1").arg(number), QStringLiteral("Person %1").arg(number), false};
}

Desk::~Desk() = default;

QString Desk::path() const { return m_clinic.m_dir.filePath(QStringLiteral("pc%1.db").arg(m_number)); }

void Desk::open()
{
    auto opened = storage::openDatabase(path());
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    m_connection = std::move(*opened);
    m_connection->setDurability(storage::Durability::Normal);
    m_connection->execute("PRAGMA synchronous=OFF");               // the accidents of a story are those of processes
    if (m_number > 0)
        return m_connection->setForeignKeys(false);                // until the first sync is whole
    m_log = std::make_unique<HostLog>(m_clinic.m_policy, m_clinic.m_random, HostOptions{"host", storage::kSchemaVersion, m_clinic.m_pageRows});
    (void)tx([this](StoreTx &store, Effects &) { m_log->load(store); });
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
    m_engine = std::make_unique<ClientEngine>(m_clinic.m_random, ClientOptions{m_who.device, {}, "test", storage::kSchemaVersion});
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

// ---- the clinic ---------------------------------------------------------------------------------

Clinic::Clinic(int clients, std::uint64_t seed, int pageRows)
    : m_random(seed)
    , m_pageRows(pageRows)
    , m_port(std::make_unique<transport::LoopbackHost>())
{
    const QString empty = m_dir.filePath(QStringLiteral("empty.db"));      // made once, copied for every PC
    if (const auto made = storage::openDatabase(empty))
        (void)(*made)->checkpoint(true);
    for (int n = 0; n <= clients; ++n) {
        m_desks.push_back(std::make_unique<Desk>(*this, n));
        Desk &made = *m_desks.back();
        QFile::copy(empty, made.path());
        made.open();
        made.firstRows(made.m_who);
        if (n > 0)
            host().firstRows(made.m_who);
    }
    QObject::connect(m_port.get(), &transport::HostPort::received, &host(), [this](ConnId conn, const transport::MessagePtr &m) { host().heardByHost(conn, m); });
    QObject::connect(m_port.get(), &transport::HostPort::closed, &host(), [this](ConnId conn, const Error &) { log().closed(conn); });
}

Clinic::~Clinic()
{
    m_port->disconnect();
    while (m_desks.size() > 1)
        m_desks.pop_back();
}

Uuid Clinic::newId() { return uuidV7(m_clock, m_random); }

Uuid Clinic::point(const char *name)
{
    return uuidV5(host().m_who.clinic, std::string("service_point/") + name);
}

void Clinic::connect(int n)
{
    if (!online(n))
        desk(n).connectLine();
}

void Clinic::cut(int n)
{
    if (desk(n).m_line)
        desk(n).m_line->cut();
    desk(n).m_engine.reset();
    desk(n).m_line.reset();
}

bool Clinic::online(int n) { return desk(n).m_line && desk(n).m_line->isOpen(); }

bool Clinic::step(int n, Way way)
{
    if (!online(n))
        return false;
    const bool moved = desk(n).m_line->deliverOne(way);
    (void)accidents();
    if (desk(n).m_line && !online(n))
        cut(n);
    return moved;
}

void Clinic::deliver()
{
    for (bool moved = true; moved;) {
        moved = false;
        for (int n = 1; n <= clients(); ++n)
            for (const Way way : {Way::Up, Way::Down})
                while (step(n, way))
                    moved = true;
    }
}

void Clinic::beat() { host().execute(log().beat(m_clock.now)); }

bool Clinic::accidents()
{
    bool any = false;
    for (int n = 0; n <= clients(); ++n)
        if (desk(n).m_crashed) {
            crash(n);
            any = true;
        }
    return any;
}

void Clinic::crash(int n)
{
    for (int other = 1; other <= clients(); ++other)
        if (n == 0 || other == n)
            cut(other);
    desk(n).m_crashed = desk(n).m_powerFails = false;
    desk(n).m_log.reset();
    desk(n).m_connection.reset();
    desk(n).open();
}

void Clinic::settle()
{
    for (int round = 0; round < 4; ++round) {
        for (int n = 1; n <= clients(); ++n)
            connect(n);
        deliver();
        beat();
        deliver();
    }
}

namespace {

QString leftBehind(StoreTx &store, const Table &table)
{
    if (!store.stageAfter(schema::kStart, 1).empty())
        return QStringLiteral("a staged page was left behind");
    for (const Row &row : store.find(table, {}, 100000))
        if (store.hasBase(table, row.id))
            return QStringLiteral("the host's image of %1 was left behind").arg(row.id.toString());
    return {};
}

QString rowDifference(Desk &host, Desk &other, const Table &table)
{
    const QString name = QString::fromLatin1(table.name.data(), static_cast<qsizetype>(table.name.size()));
    const auto mine = host.rows(table), theirs = other.rows(table);
    if (mine.size() != theirs.size())
        return QStringLiteral("%1: %2 rows at the host, %3 here").arg(name).arg(mine.size()).arg(theirs.size());
    for (const Row &row : mine) {
        const auto here = other.row(table, row.id);
        if (!here || *here != row)
            return QStringLiteral("%1 %2 differs").arg(name, row.id.toString());
        if (host.touched(table, row.id) != other.touched(table, row.id))
            return QStringLiteral("%1 %2 has another place in the order").arg(name, row.id.toString());
    }
    return {};
}

} // namespace

QString Clinic::difference()
{
    for (int n = 1; n <= clients(); ++n) {
        Desk &d = desk(n);
        const auto at = [n](const QString &what) { return QStringLiteral("PC %1: %2").arg(n).arg(what); };
        if (d.pending() != 0)
            return at(QStringLiteral("%1 entries wait").arg(d.pending()));
        if (d.cursor() != Cursor{log().head(), schema::kAllOfRev})
            return at(QStringLiteral("holds revision %1 of %2").arg(d.cursor().rev).arg(log().head()));
        for (const Table *table : schema::allTables())
            if (const QString why = rowDifference(host(), d, *table); !why.isEmpty())
                return at(why);
        QString why;
        (void)d.tx([&](StoreTx &store, Effects &) {
            for (const Table *table : schema::allTables())
                if (why.isEmpty())
                    why = leftBehind(store, *table);
        });
        if (!why.isEmpty())
            return at(why);
    }
    return {};
}

void Clinic::expectEqual()
{
    const QString why = difference();
    QTest::qVerify(why.isEmpty(), "all replicas are equal", qPrintable(why), __FILE__, __LINE__);
}

} // namespace anteroom::test

#include "tests/support/fake_clinic.h"

#include "schema/registry.h"
#include "sync/takeover.h"
#include "storage/migrations.h"

#include <QFile>
#include <QTest>

namespace anteroom::test {

using namespace sync;
using transport::Way;

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
    if (!online(n) && !desk(n).m_off)
        desk(n).connectLine();
}

QString Clinic::backupPath(int backup) const { return m_dir.filePath(QStringLiteral("backup%1.db").arg(backup)); }

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

int Clinic::backup(int n)
{
    m_backups.push_back(n);
    const int made = static_cast<int>(m_backups.size()) - 1;
    (void)desk(n).m_connection->checkpoint(true);
    QFile::copy(desk(n).path(), backupPath(made));
    return made;
}

void Clinic::restore(int n, int backup, bool marked)
{
    for (int other = 1; other <= clients(); ++other)
        if (n == 0 || other == n)
            cut(other);
    desk(n).replaceFile(backupPath(backup), marked ? desk(n).mark() : MarkFound{});
}

void Clinic::becomes(int n, int backup)
{
    cut(n);
    Desk &of = desk(m_backups[static_cast<std::size_t>(backup)]);
    MarkFound found = of.mark();
    found.copied = true;
    desk(n).m_who = of.m_who;
    desk(n).replaceFile(backupPath(backup), found);
}

QString Clinic::takeOver(int n)
{
    for (int other = 1; other <= clients(); ++other)
        cut(other);
    QString words;
    const bool done = desk(n).tx([&](StoreTx &store, Effects &) {
        const auto taken = sync::takeOver(store, m_policy, m_random, {"new host", storage::kSchemaVersion, m_pageRows, m_signer}, desk(n).m_who.device);
        if (!taken)
            words = taken.error().detail;
    });
    m_policy.ended(done);
    if (!words.isEmpty())
        return words;
    host().shut();
    std::swap(m_desks[0], m_desks[static_cast<std::size_t>(n)]);
    std::swap(desk(0).m_number, desk(n).m_number);
    crash(0);
    return {};
}

void Clinic::comesBack(int n, std::int64_t incarnation)
{
    Desk &d = desk(n);
    d.m_off = false;
    d.open();
    (void)d.tx([&](StoreTx &store, Effects &) { becomeClient(store, incarnation, storage::kSchemaVersion); });
}

void Clinic::trust(const EpochSigner &signer, const EpochSigner &pinned)
{
    m_signer = &signer;
    m_pinned = &pinned;
    crash(0);
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
        if (d.m_off)
            continue;
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

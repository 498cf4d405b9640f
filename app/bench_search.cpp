#include "app/bench_search.h"

#include "app/bench_search_lists.h"
#include "core/random.h"
#include "domain/demo_names.h"
#include "domain/patient.h"
#include "node/replica.h"
#include "schema/tables/patients.h"

#include <QDir>
#include <QTemporaryDir>
#include <QThread>

#include <sqlite3.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

using schema::tables::patients;

constexpr int kBatch = 250;
constexpr int kSearches = 400;               // people whose names are typed, letter by letter
constexpr int kHits = 20;
constexpr int kWarmUp = 20;                  // the first searches of a morning read the vocabulary and the pages
constexpr int kProbeMs = 100;                // a save so often while the index is made

struct Person {
    QString given, family, phone;
};

QString text(std::string_view s) { return QString::fromUtf8(s.data(), qsizetype(s.size())); }

// Families of a clinic are more various than the lists: half of the names get a second part, or another ending.
Person anybody(SeededRandom &random)
{
    static constexpr std::array kEndings{u"", u"", u"", u"a", u"e", u"i", u"o", u"sson", u"ou", u"ez", u"ic", u"man", u"ini", u"ova", u"eh", u"ur"};
    const auto below = [&](std::size_t n) { return std::size_t(random.u64() % n); };
    const auto pools = domain::demo::namePools();
    const auto &pool = pools[below(pools.size())];
    const auto &given = below(2) ? pool.female : pool.male;
    Person person;
    person.given = text(given[below(given.size())]);
    if (!pool.family.empty()) {
        person.family = text(pool.family[below(pool.family.size())]);
        const bool latin = person.family.front().unicode() < 0x250;
        if (latin)
            person.family += QString::fromUtf16(kEndings[below(kEndings.size())]);
        if (below(2))
            person.family += (latin ? u'-' : u' ') + text(pool.family[below(pool.family.size())]);
    }
    if (below(3) == 0)
        person.given += u' ' + text(given[below(given.size())]);
    person.phone = u"+221 7%1 %2"_s.arg(below(10)).arg(below(10'000'000), 7, 10, QChar(u'0'));
    return person;
}

schema::Change insertOf(const Person &person, const Clock &clock, Random &random)
{
    return schema::makeInsert(patients, uuidV7(clock, random), {
        {schema::col(patients, "family_name"), schema::text(person.family)},
        {schema::col(patients, "given_name"), schema::text(person.given)},
        {schema::col(patients, "phone"), schema::text(person.phone)},
        {schema::col(patients, "sex"), std::string("unknown")},
    });
}

// One slip: two neighbouring letters exchanged, one left out, or one doubled.
QString slipped(QString name, SeededRandom &random)
{
    if (name.size() < 5)
        return name;
    const auto at = qsizetype(1 + random.u64() % std::uint64_t(name.size() - 3));
    switch (random.u64() % 3) {
    case 0: std::swap(name[at], name[at + 1]); break;
    case 1: name.remove(at, 1); break;
    default: name.insert(at, name[at]); break;
    }
    return name;
}

// What a receptionist types for this person: a name, both names in either order, with a slip, the end of the phone.
QString typedFor(const Person &person, SeededRandom &random)
{
    const QString family = person.family.isEmpty() ? person.given : person.family;
    switch (random.u64() % 8) {
    case 0: return person.phone.right(4);
    case 1: return person.phone.mid(5);
    case 2: return slipped(family, random);
    case 3: return slipped(person.given, random) + u' ' + family;
    case 4: return family + u' ' + person.given;
    case 5: return family;
    default: return person.given + u' ' + family;
    }
}

// Bytes of the index's tables, as SQLite counts its pages.
double indexMib(const QString &database)
{
    sqlite3 *db = nullptr;
    sqlite3_stmt *statement = nullptr;
    double bytes = 0;
    if (sqlite3_open_v2(database.toUtf8().constData(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK
        && sqlite3_prepare_v2(db, "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_%' OR name LIKE 'sqlite_autoindex_search_%'", -1, &statement, nullptr) == SQLITE_OK
        && sqlite3_step(statement) == SQLITE_ROW)
        bytes = sqlite3_column_double(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return bytes / (1024 * 1024);
}

class SearchBench {
public:
    explicit SearchBench(int count) : m_count(count) {}

    Result<QJsonObject> run()
    {
        if (!m_dir.isValid())
            return fail(ErrorCode::Io, u"There is no room for a data folder in %1"_s.arg(QDir::tempPath()));
        auto opened = node::Replica::open({.dataDir = m_dir.path(), .network = false});
        if (!opened)
            return tl::unexpected(opened.error());
        m_replica = std::move(*opened);
        if (auto started = waitFor(m_replica->startClinic({.clinicName = u"Bench"_s, .personName = u"Bench"_s, .deviceName = u"Desk 1"_s, .demo = false})); !started)
            return tl::unexpected(started.error());
        if (auto filled = fill(); !filled)
            return tl::unexpected(filled.error());
        if (auto read = index(); !read)
            return tl::unexpected(read.error());
        if (auto typed = type(); !typed)
            return tl::unexpected(typed.error());
        auto lists = runLists(*m_replica, {.table = &patients, .text = schema::col(patients, "given_name"),
                                           .words = {u"diallo"_s, u"fatou"_s, u"+221"_s, u"ova"_s, u"unknown"_s, u"zymurgy"_s}});
        if (!lists)
            return tl::unexpected(lists.error());
        QJsonObject result = timesOf(m_samples);
        for (const auto &[name, value] : {std::pair{u"patients"_s, QJsonValue(m_count)}, {u"keystrokes"_s, qint64(m_samples.size())}, {u"found"_s, m_found},
                                          {u"index_s"_s, rounded(m_indexS)}, {u"save_max_ms"_s, rounded(m_saveMaxMs)},
                                          {u"save_quiet_max_ms"_s, rounded(m_saveQuietMaxMs)}, {u"lists"_s, *lists}})
            result.insert(name, value);
        m_replica.reset();
        result.insert(u"index_mib"_s, rounded(indexMib(node::databasePath(m_dir.path()))));
        return result;
    }

private:
    Result<void> save(std::vector<schema::Change> changes)
    {
        const auto saved = waitFor(m_replica->commands().save({.name = "patients.register", .changes = std::move(changes)}));
        return saved ? Result<void>() : tl::unexpected(saved.error());
    }

    Result<void> fill()
    {
        std::vector<schema::Change> changes;
        for (int i = 0; i < m_count; ++i) {
            const Person person = anybody(m_random);
            m_people.push_back(person);
            changes.push_back(insertOf(person, m_clock, m_random));
            if (int(changes.size()) == kBatch || i + 1 == m_count)
                if (auto saved = save(std::exchange(changes, {})); !saved)
                    return saved;
        }
        return {};
    }

    // Saves of a person meanwhile: how long the slices make them wait, beside the same saves when nothing is read.
    Result<void> index()
    {
        const std::int64_t begin = nowNs();
        for (bool behind = true; behind;) {
            if (auto probed = probe(m_saveMaxMs); !probed)
                return probed;
            const auto found = waitFor(m_replica->queries().find({.text = u"zz"_s, .limit = 1}));
            if (!found)
                return tl::unexpected(found.error());
            behind = found->indexing;
        }
        m_indexS = double(nowNs() - begin) / 1e9;
        for (int i = 0; i < 100; ++i)
            if (auto probed = probe(m_saveQuietMaxMs); !probed)
                return probed;
        return {};
    }

    Result<void> probe(double &max)
    {
        QThread::msleep(kProbeMs);
        const std::int64_t begin = nowNs();
        if (auto saved = save({insertOf(anybody(m_random), m_clock, m_random)}); !saved)
            return saved;
        max = std::max(max, double(nowNs() - begin) / 1e6);
        return {};
    }

    Result<void> type()
    {
        for (int i = 0; i < kSearches + kWarmUp; ++i) {
            const QString words = typedFor(m_people[std::size_t(m_random.u64() % m_people.size())], m_random);
            for (qsizetype letters = 1; letters <= words.size(); ++letters) {
                const std::int64_t begin = nowNs();
                const auto found = waitFor(m_replica->queries().find({.text = words.left(letters), .limit = kHits}));
                if (!found)
                    return tl::unexpected(found.error());
                if (i < kWarmUp)
                    continue;
                m_samples.push_back(double(nowNs() - begin) / 1e6);
                m_found += qint64(found->hits.size());
            }
        }
        return {};
    }

    const int m_count;
    QTemporaryDir m_dir;
    SystemClock m_clock;
    SeededRandom m_random{11};
    std::unique_ptr<node::Replica> m_replica;
    std::vector<Person> m_people;
    std::vector<double> m_samples;
    qint64 m_found = 0;
    double m_indexS = 0, m_saveMaxMs = 0, m_saveQuietMaxMs = 0;
};

} // namespace

Result<QJsonObject> runSearch(int patients)
{
    return SearchBench(patients).run();
}

} // namespace anteroom::app

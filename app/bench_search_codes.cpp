#include "app/bench_search.h"
#include "app/bench_search_lists.h"
#include "core/random.h"
#include "exchange/import_files.h"
#include "schema/tables/code_concepts.h"

#include <QDir>
#include <QTemporaryDir>
#include <QThread>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

using schema::tables::code_concepts;

constexpr int kSearches = 200;               // codes that somebody looks for, letter by letter
constexpr int kWarmUp = 10;                  // the first searches of a morning read the pages
constexpr int kHits = 20;
constexpr int kMostTyped = 24;               // letters: nobody types a title to its end
constexpr int kFirstMs = 50;

class CodesBench {
public:
    Result<QJsonObject> run(const QString &file)
    {
        if (!m_dir.isValid())
            return fail(ErrorCode::Io, u"There is no room for a data folder in %1"_s.arg(QDir::tempPath()));
        auto opened = node::Replica::open({.dataDir = m_dir.path(), .network = false});
        if (!opened)
            return tl::unexpected(opened.error());
        m_replica = std::move(*opened);
        if (auto started = waitFor(m_replica->startClinic({.clinicName = u"Bench"_s, .personName = u"Bench"_s, .deviceName = u"Desk 1"_s, .demo = false})); !started)
            return tl::unexpected(started.error());
        if (auto filled = fill(file); !filled)
            return tl::unexpected(filled.error());
        if (auto read = index(); !read)
            return tl::unexpected(read.error());
        if (auto typed = type(); !typed)
            return tl::unexpected(typed.error());
        auto lists = runLists(*m_replica, {.table = &code_concepts, .text = schema::col(code_concepts, "title"),
                                           .words = {u"fracture"_s, u"left"_s, u"diabetes"_s, u"J45"_s, u"unspecified"_s, u"zymurgy"_s}});
        if (!lists)
            return tl::unexpected(lists.error());
        QJsonObject result = timesOf(m_samples);
        result.insert(u"codes"_s, qint64(m_codes.size()));
        result.insert(u"keystrokes"_s, qint64(m_samples.size()));
        result.insert(u"found"_s, m_found);
        result.insert(u"import_s"_s, rounded(m_importS));
        result.insert(u"index_s"_s, rounded(m_indexS));
        result.insert(u"slowest"_s, m_slowest);
        result.insert(u"lists"_s, *lists);
        return result;
    }

private:
    // The folder is new: nothing is looked up.
    Result<void> fill(const QString &file)
    {
        const std::int64_t begin = nowNs();
        exchange::ImportHooks hooks;
        hooks.lookup = [](const schema::Table &, const Uuid &) -> Result<std::optional<schema::Row>> { return std::nullopt; };
        hooks.where = [](const schema::Table &, const schema::ColumnValue &, const Uuid &, int) -> Result<std::vector<schema::Row>> { return std::vector<schema::Row>(); };
        hooks.sink = [this](std::vector<schema::Change> changes) -> Result<void> {
            for (const schema::Change &change : changes)
                remember(change);
            const auto saved = waitFor(m_replica->commands().save({.name = "import", .changes = std::move(changes)}));
            return saved ? Result<void>() : tl::unexpected(saved.error());
        };
        const auto report = exchange::importFiles({file}, {}, hooks);
        m_importS = double(nowNs() - begin) / 1e9;
        if (!report)
            return tl::unexpected(report.error());
        return m_codes.empty() ? fail(ErrorCode::Invalid, u"%1 holds no codes"_s.arg(file)) : Result<void>();
    }

    static QString of(const schema::Row &row, std::string_view column) { return schema::toQString(row[schema::findColumn(code_concepts, column)]); }
    void remember(const schema::Change &change)
    {
        schema::Row row = schema::emptyRow(code_concepts, change.id);
        for (const schema::GroupChange &group : change.groups)
            schema::setGroupValues(code_concepts, row, group.group, group.newValues);
        m_system = of(row, "system");
        m_codes.push_back({of(row, "code"), of(row, "title")});
    }

    Result<void> index()
    {
        const std::int64_t begin = nowNs();
        for (bool behind = true; behind;) {
            QThread::msleep(kFirstMs);
            const auto found = waitFor(m_replica->queries().find({.text = u"zz"_s, .limit = 1}));
            if (!found)
                return tl::unexpected(found.error());
            behind = found->indexing;
        }
        m_indexS = double(nowNs() - begin) / 1e9;
        return {};
    }

    // What a doctor types: a code, its title from the begin, two of its words.
    QString typed()
    {
        const auto below = [&](qsizetype n) { return qsizetype(m_random.u64() % std::uint64_t(n)); };
        const Code &code = m_codes[std::size_t(below(qsizetype(m_codes.size())))];
        const QStringList words = code.title.split(u' ', Qt::SkipEmptyParts);
        switch (m_random.u64() % 4) {
        case 0: return code.code;
        case 1: return code.title.left(kMostTyped);
        case 2: return words[below(words.size())];
        default: return QString(words[below(words.size())] + u' ' + words[below(words.size())]).left(kMostTyped);
        }
    }

    Result<void> type()
    {
        double slowest = 0;
        for (int i = 0; i < kSearches + kWarmUp; ++i) {
            const QString words = typed();
            for (qsizetype letters = 1; letters <= words.size(); ++letters) {
                const std::int64_t begin = nowNs();
                const auto found = waitFor(m_replica->queries().findCodes(m_system, words.left(letters), kHits));
                const double ms = double(nowNs() - begin) / 1e6;
                if (!found)
                    return tl::unexpected(found.error());
                if (i < kWarmUp)
                    continue;
                m_samples.push_back(ms);
                m_found += qint64(found->size());
                if (ms > slowest)
                    m_slowest = words.left(letters);
                slowest = std::max(slowest, ms);
            }
        }
        return {};
    }

    struct Code { QString code, title; };

    QTemporaryDir m_dir;
    SeededRandom m_random{13};
    std::unique_ptr<node::Replica> m_replica;
    QString m_system, m_slowest;
    std::vector<Code> m_codes;
    std::vector<double> m_samples;
    qint64 m_found = 0;
    double m_importS = 0, m_indexS = 0;
};

} // namespace

Result<QJsonObject> runSearchCodes(const QString &file)
{
    return CodesBench().run(file);
}

} // namespace anteroom::app

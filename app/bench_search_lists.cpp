#include "app/bench_search_lists.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace anteroom::app {

namespace {

constexpr int kRounds = 12;

class Lists {
public:
    Lists(node::Replica &replica, const ListsOf &what) : m_replica(replica), m_what(what) {}

    Result<QJsonObject> run()
    {
        for (int i = 0; i < kRounds; ++i)
            for (const bool sorted : {false, true}) {
                node::BrowseRequest request = plain();
                request.sortBy = sorted ? m_what.text : -1;
                auto page = ask(request, sorted ? u"sorted"_s : u"first"_s);
                if (!page)
                    return tl::unexpected(page.error());
                if (page->rows.empty())
                    return fail(ErrorCode::Failed, u"The list shows nothing"_s);
                request.after = page->rows.back();
                if (auto next = ask(request, sorted ? u"sorted_next"_s : u"next"_s); !next)
                    return tl::unexpected(next.error());
            }
        for (qsizetype i = 0; i < m_what.words.size(); ++i) {
            const QString &one = m_what.words[i], &other = m_what.words[(i + 1) % m_what.words.size()];
            if (auto typed = type({}, one, u"word"_s); !typed)
                return tl::unexpected(typed.error());
            if (auto typed = type(one + u' ', other, u"words"_s); !typed)
                return tl::unexpected(typed.error());
        }
        QJsonObject figures;
        for (auto &[name, samples] : m_samples)
            figures.insert(name, timesOf(std::move(samples)));
        return figures;
    }

private:
    node::BrowseRequest plain() const
    {
        node::BrowseRequest request;
        request.table = m_what.table;
        return request;
    }

    Result<void> type(const QString &before, const QString &word, const QString &name)
    {
        for (qsizetype letters = 1; letters <= word.size(); ++letters) {
            node::BrowseRequest request = plain();
            request.filter = before + word.left(letters);
            if (auto page = ask(request, name); !page)
                return tl::unexpected(page.error());
        }
        return {};
    }

    Result<node::BrowsePage> ask(const node::BrowseRequest &request, const QString &name)
    {
        const std::int64_t begin = nowNs();
        auto page = waitFor(m_replica.queries().browse(request));
        m_samples[name].push_back(double(nowNs() - begin) / 1e6);
        return page;
    }

    node::Replica &m_replica;
    const ListsOf &m_what;
    std::map<QString, std::vector<double>> m_samples;
};

} // namespace

QJsonObject timesOf(std::vector<double> samples)
{
    std::sort(samples.begin(), samples.end());
    const auto rank = [&](double share) { return rounded(samples[std::size_t(std::ceil(share * double(samples.size()))) - 1]); };
    return {{u"p50_ms"_s, rank(0.50)}, {u"p95_ms"_s, rank(0.95)}, {u"max_ms"_s, rounded(samples.back())}};
}

Result<QJsonObject> runLists(node::Replica &replica, const ListsOf &what)
{
    return Lists(replica, what).run();
}

} // namespace anteroom::app

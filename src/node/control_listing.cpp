#include "node/control_listing.h"

#include "core/when_ready.h"
#include "node/replica.h"
#include "schema/validation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace anteroom::node {

namespace {

constexpr int kPage = 200;                // rows in memory at a time

// Kept alive by the continuation that waits for a page.
class Listing final : public std::enable_shared_from_this<Listing> {
public:
    Listing(Replica &replica, QObject *context, ListRequest request, int most, const ControlAnswer &answer)
        : m_replica(replica), m_context(context), m_request(std::move(request)), m_left(most), m_answer(answer) {}

    void next()
    {
        m_request.limit = std::min(m_left, kPage);
        whenReady(m_replica.queries().list(m_request), m_context, [self = shared_from_this()](const Result<std::vector<schema::Row>> &rows) {
            if (!rows)
                return self->m_answer.done(tl::unexpected(rows.error()));
            self->give(*rows);
        });
    }

private:
    void give(const std::vector<schema::Row> &rows)
    {
        for (const schema::Row &row : rows)
            m_answer.part(schema::rowToJson(*m_request.table, row));
        m_given += qint64(rows.size());
        m_left -= int(rows.size());
        if (m_left == 0 || int(rows.size()) < m_request.limit)
            return m_answer.done(QJsonObject{{u"count"_s, m_given}});
        m_request.after = rows.back();
        next();
    }

    Replica &m_replica;
    QObject *m_context;
    ListRequest m_request;
    int m_left;
    ControlAnswer m_answer;
    qint64 m_given = 0;
};

} // namespace

void listByPages(Replica &replica, QObject *context, ListRequest request, int most, const ControlAnswer &answer)
{
    std::make_shared<Listing>(replica, context, std::move(request), most, answer)->next();
}

} // namespace anteroom::node

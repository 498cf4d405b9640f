// What became of the pushes that the host refused: sent again as a new act, or dropped with a reason. Written in one
// transaction with the act, so that nothing is sent twice.

#include "node/core.h"
#include "storage/outbox.h"

namespace anteroom::node {

using namespace sync;

namespace {

void closeRefused(storage::Connection &connection, const Uuid &refused, std::string_view how, const QString &why, std::int64_t at)
{
    storage::Outbox outbox(connection);
    const auto item = outbox.rejected(refused);
    if (!item || item->closedAt != 0)
        throw StoreFailure({ErrorCode::Differs, Severity::Note, QStringLiteral("This was sent again or dropped already. Nothing was done now."), {}});
    outbox.closeRejected(refused, how, why.toStdString(), at);
}

} // namespace

void Replica::Core::sendAgain(const Uuid &refused, const Act &act, Promise<SaveOutcome> promise)
{
    save(act, promise, [this, refused] {
        closeRefused(m_writer->connection(), refused, "sent", {}, m_context.clock->utcMs());
        m_counts.stale = true;
    });
}

void Replica::Core::dropRefused(const Uuid &refused, const QString &why, Promise<void> promise)
{
    transact<void>(promise,
        [this, refused, why](StoreTx &, Effects &) {
            closeRefused(m_writer->connection(), refused, "dropped", why, m_context.clock->utcMs());
            m_counts.stale = true;
        },
        [this, promise] {
            m_context.statusDirty();
            promise.finish({});
        });
}

} // namespace anteroom::node

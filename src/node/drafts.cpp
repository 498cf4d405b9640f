#include "node/drafts.h"

#include "node/core.h"
#include "node/replica_parts.h"
#include "storage/drafts.h"
#include "storage/sql_error.h"

namespace anteroom::node {

namespace {

DraftNote noteOf(const storage::Draft &draft) { return {QString::fromStdString(draft.key), draft.value, draft.at}; }

// The wall between storage's exceptions and those of a job.
template <typename Call>
auto guarded(Call call) -> decltype(call())
{
    try {
        return call();
    } catch (const storage::SqlError &e) {
        throw sync::StoreFailure(e.error());
    }
}

} // namespace

// In the order of the calls: what was put before is seen. A copy that may only be read has no writes to wait for.
template <typename T>
void Replica::Core::readDrafts(const Promise<T> &promise, std::function<T(storage::Connection &)> read)
{
    if (!m_readOnly) {
        const auto found = std::make_shared<T>();
        transact<T>(promise, [this, found, read](sync::StoreTx &, sync::Effects &) { *found = guarded([&] { return read(m_writer->connection()); }); },
                    [promise, found] { promise.finish(std::move(*found)); });
        return;
    }
    try {
        storage::Transaction snapshot(m_writer->connection(), "drafts", storage::Transaction::Kind::Read);
        promise.finish(read(m_writer->connection()));
    } catch (const storage::SqlError &e) {
        promise.finish(tl::unexpected(e.error()));
    }
}

void Replica::Core::draft(const QString &key, Promise<std::optional<DraftNote>> promise)
{
    readDrafts<std::optional<DraftNote>>(promise, [key](storage::Connection &connection) {
        const auto found = storage::readDraft(connection, key.toStdString());
        return found ? std::optional(noteOf(*found)) : std::nullopt;
    });
}

void Replica::Core::drafts(const QString &prefix, Promise<std::vector<DraftNote>> promise)
{
    readDrafts<std::vector<DraftNote>>(promise, [prefix](storage::Connection &connection) {
        std::vector<DraftNote> notes;
        for (const storage::Draft &draft : storage::allDrafts(connection))
            if (DraftNote note = noteOf(draft); note.key.startsWith(prefix))
                notes.push_back(std::move(note));
        return notes;
    });
}

void Replica::Core::putDraft(const QString &key, const QByteArray &value, Promise<void> promise)
{
    if (value.size() > Drafts::kMostBytes) {
        promise.finish(fail(ErrorCode::Invalid, QStringLiteral("This form holds more than %1 KiB, so it is not kept while it is typed. Save it.").arg(Drafts::kMostBytes / 1024), key));
        return;
    }
    const storage::Draft draft{key.toStdString(), value, m_context.clock->utcMs()};
    transact<void>(promise, [this, draft](sync::StoreTx &, sync::Effects &) { guarded([&] { storage::putDraft(m_writer->connection(), draft); }); },
                   [promise] { promise.finish({}); });
}

void Replica::Core::eraseDraft(const QString &key, Promise<void> promise)
{
    transact<void>(promise, [this, key](sync::StoreTx &, sync::Effects &) { guarded([&] { storage::eraseDraft(m_writer->connection(), key.toStdString()); }); },
                   [promise] { promise.finish({}); });
}

QFuture<Result<std::optional<DraftNote>>> Drafts::read(QString key)
{
    Replica::Core *core = m_replica.m_parts->core;
    return onCore<std::optional<DraftNote>>(core, [core, key](const Promise<std::optional<DraftNote>> &p) { core->draft(key, p); });
}

QFuture<Result<std::vector<DraftNote>>> Drafts::all(QString prefix)
{
    Replica::Core *core = m_replica.m_parts->core;
    return onCore<std::vector<DraftNote>>(core, [core, prefix](const Promise<std::vector<DraftNote>> &p) { core->drafts(prefix, p); });
}

QFuture<Result<void>> Drafts::put(QString key, QByteArray value)
{
    Replica::Core *core = m_replica.m_parts->core;
    return onCore<void>(core, [core, key, value](const Promise<void> &p) { core->putDraft(key, value, p); });
}

QFuture<Result<void>> Drafts::erase(QString key)
{
    Replica::Core *core = m_replica.m_parts->core;
    return onCore<void>(core, [core, key](const Promise<void> &p) { core->eraseDraft(key, p); });
}

} // namespace anteroom::node

#include "node/content_reader.h"

#include "node/sql_store_tx.h"
#include "storage/sql_error.h"

#include <utility>

namespace anteroom::node {

namespace {

Result<sync::ContentSums> sumsOf(const QString &path, const Clock &clock, const std::atomic_bool &stop)
{
    try {
        const auto connection = storage::Connection::open(path, storage::Mode::ReadOnly);
        if (!connection)
            return tl::unexpected(connection.error());
        storage::Transaction snapshot(**connection, "content", storage::Transaction::Kind::Read);
        SqlStoreTx store(snapshot, clock);
        return sync::contentSums(store, &stop);
    } catch (const storage::SqlError &error) {
        return tl::unexpected(error.error());
    } catch (const sync::StoreFailure &failure) {
        return tl::unexpected(failure.error());
    }
}

} // namespace

ContentReader::ContentReader(QString databasePath, const Clock &clock)
    : m_path(std::move(databasePath))
    , m_clock(clock)
{
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
}

ContentReader::~ContentReader()
{
    m_stop = true;
    m_pool.waitForDone();
}

void ContentReader::read(Done done)
{
    m_waiting.push_back(std::move(done));
    if (m_reading.empty())
        begin();
}

void ContentReader::begin()
{
    m_reading = std::exchange(m_waiting, {});
    m_pool.start([this] {
        auto sums = std::make_shared<const Result<sync::ContentSums>>(sumsOf(m_path, m_clock, m_stop));
        QMetaObject::invokeMethod(this, [this, sums] {
            for (const Done &done : std::exchange(m_reading, {}))
                done(*sums);
            if (!m_waiting.empty() && m_reading.empty())
                begin();
        }, Qt::QueuedConnection);
    });
}

} // namespace anteroom::node

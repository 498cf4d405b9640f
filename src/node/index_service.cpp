#include "node/index_service.h"

#include "storage/search_index.h"
#include "storage/sql_error.h"
#include "sync/store_tx.h"

#include <algorithm>

namespace anteroom::node {

namespace {

constexpr int kQuietMs = 30;                     // no commit for so long: a burst is over, a catch-up is between two pages or done
constexpr int kLongestWaitMs = 60;               // traffic without a pause: a short slice at least so often
constexpr int kPauseMs = 2;                      // between two slices, for whoever waits for the writer or a snapshot
constexpr int kRetryMs = 10'000;                 // after a failure: the disk may have room again
constexpr int kSliceMs = 8;                      // of reading; the commit of a slice adds about as much
constexpr int kBusySliceMs = 4;
constexpr int kSliceRows = 200;
constexpr std::size_t kOwnRows = 16;             // a form saves a few rows; a batch of more is read in slices

} // namespace

IndexService::IndexService(Writer &writer, const Clock &clock) : m_writer(writer), m_clock(clock)
{
    m_timer.setParent(this);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &IndexService::addSlice);
    wake(kQuietMs);                              // what the last run of the program did not come to
}

void IndexService::worked(const sync::Effects &effects, bool own)
{
    if (!own && effects.answered.empty())        // an answer may have taken rows back, which touches no revision
        return;
    std::vector<sync::RowKey> keys;
    std::copy_if(effects.touched.begin(), effects.touched.end(), std::back_inserter(keys),
                 [](const sync::RowKey &key) { return storage::SearchIndex::concerns(*key.table); });
    if (keys.empty())
        return;
    try {
        readOwn(keys);
    } catch (const storage::SqlError &e) {
        // A search that finds too little is no reason to refuse what a person typed, as long as it can be saved at all.
        if (!m_writer.connection().inTransaction() || e.error().code == ErrorCode::DiskFull || e.error().code == ErrorCode::Io)
            throw sync::StoreFailure(e.error());
        distrust();
    }
}

void IndexService::distrust()
{
    m_distrusted = true;
    try {
        storage::SearchIndex(m_writer.connection()).distrust();
    } catch (const storage::SqlError &e) {
        throw sync::StoreFailure(e.error());
    }
}

void IndexService::readOwn(const std::vector<sync::RowKey> &keys)
{
    storage::SearchIndex index(m_writer.connection());
    std::vector<storage::SearchIndex::Key> read;
    for (const sync::RowKey &key : keys) {
        if (keys.size() > kOwnRows) {
            index.readLater(*key.table, key.id);
            continue;
        }
        index.read(*key.table, key.id);
        read.emplace_back(key.table, key.id);
    }
    index.pass(read);
}

void IndexService::committed(const sync::Effects &effects)
{
    if (effects.touched.empty() && !effects.caughtUp)
        return;
    m_more = true;
    const std::int64_t now = m_clock.monotonicMs();
    if (m_lastSlice == 0)
        m_lastSlice = now;
    wake(now - m_lastSlice >= kLongestWaitMs ? 0 : kQuietMs);
}

void IndexService::wake(int afterMs)
{
    if (!m_added)
        m_timer.start(afterMs);
}

void IndexService::addSlice()
{
    if (!m_writer.idle()) {
        wake(kQuietMs);
        return;
    }
    const bool busy = m_lastSlice > 0 && m_clock.monotonicMs() - m_lastSlice >= kLongestWaitMs;
    m_added = true;
    m_writer.add({storage::Durability::Normal,
                  [this, busy](sync::StoreTx &tx, sync::Effects &) { read(tx, busy ? kBusySliceMs : kSliceMs); },
                  [this, busy](const std::optional<Error> &error, const sync::Effects &) {
                      m_added = false;
                      m_lastSlice = m_more ? m_clock.monotonicMs() : 0;
                      if (error) {
                          m_distrusted = error->code != ErrorCode::DiskFull && error->code != ErrorCode::Busy;
                          wake(kRetryMs);
                      } else if (m_more) {
                          wake(busy ? kQuietMs : kPauseMs);
                      }
                  }});
}

void IndexService::read(sync::StoreTx &tx, int budgetMs)
{
    const std::int64_t end = m_clock.monotonicMs() + budgetMs;
    int rows = 0;
    try {
        storage::SearchIndex index(m_writer.connection());
        if (m_distrusted)
            index.distrust();
        // Rows that were read again from the host stand below the cursor too.
        index.followEpoch(sync::stateEpoch(tx).number + (sync::stateInt(tx, sync::key::kScans) << 32));
        m_more = index.slice([&] { return ++rows >= kSliceRows || m_clock.monotonicMs() >= end; });
        m_distrusted = false;
    } catch (const storage::SqlError &e) {
        throw sync::StoreFailure(e.error());
    }
}

} // namespace anteroom::node

// IndexService: keeps the search index of a replica while it works. What a person saves here is read in the same
// transaction; rows of other PCs and imports in slices between the jobs of the writer, once it is quiet or the wait grew
// long. A slice that fails is tried again later, and takes no save with it. Lives on the writer thread.
#pragma once

#include "node/writer.h"

#include <QObject>
#include <QTimer>

namespace anteroom::node {

class IndexService final : public QObject {
public:
    IndexService(Writer &writer, const Clock &clock);

    // Inside the transaction of a job, after its work. `own`: an act of this PC.
    void worked(const sync::Effects &effects, bool own);
    // After a commit: there may be something to read.
    void committed(const sync::Effects &effects);

private:
    void wake(int afterMs);
    void addSlice();
    void read(sync::StoreTx &tx, int budgetMs);
    void distrust();
    void readOwn(const std::vector<sync::RowKey> &keys);

    Writer &m_writer;
    const Clock &m_clock;
    QTimer m_timer;
    std::int64_t m_lastSlice = 0;                // monotonic ms; 0: nothing waits
    bool m_added = false, m_more = false, m_distrusted = false;
};

} // namespace anteroom::node

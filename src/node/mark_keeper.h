// MarkKeeper: keeps a replica's mark beside its database (rule 16, H20). After each commit that moved it the mark is on
// the disk before anything of that commit leaves this PC. At the opening it asks whether mark and database fit. Writer
// thread; what follows from a finding is sync's to decide.
#pragma once

#include "sync/history_mark.h"

#include <memory>

namespace anteroom::node {

class MarkKeeper {
public:
    explicit MarkKeeper(std::unique_ptr<sync::MarkPort> port);
    // Over the file in this data folder.
    explicit MarkKeeper(const QString &dataDir);

    // Inside the transaction that opens a store: before its engine is loaded, and after it. A mark that cannot be written
    // then is tried again by keep().
    [[nodiscard]] sync::HistoryFinding check(bool host, Random &random, sync::StoreTx &tx);
    void begin(bool host, sync::StoreTx &tx);

    void prepare(sync::StoreTx &tx);         // before each commit
    [[nodiscard]] Result<void> keep();       // after it; an error: nothing of the commit may leave this PC

private:
    std::unique_ptr<sync::MarkPort> m_port;
    std::optional<sync::Mark> m_next, m_written;
    bool m_host = false;
};

// A finding in words for the status; empty where there is none.
[[nodiscard]] QString historyWords(const sync::HistoryFinding &finding, bool host);

} // namespace anteroom::node

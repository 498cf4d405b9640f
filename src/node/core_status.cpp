// What a replica says of itself: derived from the database and the line each time, never stored.

#include "node/core.h"
#include "node/sql_store_tx.h"

#include <algorithm>

namespace anteroom::node {

using namespace sync;

Status Replica::Core::freshStatus()
{
    makeStatus();
    return m_status;
}

void Replica::Core::makeStatus()
{
    Status next;
    if (m_counts.stale && m_writer) {
        try {
            storage::Transaction read(m_writer->connection(), "status", storage::Transaction::Kind::Read);
            SqlStoreTx tx(read, *m_context.clock);
            count(tx, {});
            read.commit();
        } catch (const std::exception &) {
            m_context.statusDirty();                         // asked again when the disk answers
        }
    }
    next.role = m_status.role;
    next.attention = m_host ? m_status.attention : QString();
    next.epoch = m_epoch;
    next.rev = next.cursor = next.head = m_rev;
    next.pending = m_counts.pending;
    next.oldestPendingAt = m_counts.oldestAt;
    next.rejected = m_counts.rejected;
    next.conflicts = m_counts.conflicts;
    next.reviews = m_counts.reviews;
    next.trialLan = m_context.config.trialLan;
    if (m_host) {
        next.listening = m_host->listeningAt();
        next.role = next.listening.isEmpty() ? Role::Solo : Role::Host;
        next.clients = m_host->peers();
        next.numbersWait = m_host->numbersWait();
        next.lastSuccess = m_context.clock->utcMs();
        if (!next.attention.isEmpty() && next.listening.isEmpty())
            next.state = SyncState::Attention;
        else
            next.attention.clear();
    }
    if (m_client) {
        m_client->describe(next);
        if (next.lastSuccess == 0)
            next.lastSuccess = m_lastExchange;               // of an earlier run of the program
    }
    explain(next);
    if (next.state == SyncState::Synced && next.conflicts + next.reviews + next.rejected > 0)
        next.state = SyncState::Attention;
    next.autoSync = m_autoSync;
    next.syncIntervalS = m_syncIntervalS;
    next.since = next.state == m_status.state && m_status.since > 0 ? m_status.since : m_context.clock->utcMs();
    m_status = next;
    m_reports.status(m_status);
}

// The worst first: a copy that cannot be written, commits that fail, a history that was broken.
void Replica::Core::explain(Status &next)
{
    const auto attend = [&next](const QString &words) {
        next.state = SyncState::Attention;
        next.attention = words;
    };
    next.notice = historyWords(m_finding, m_host != nullptr);
    for (const PeerStatus &peer : next.clients)
        m_findingMet = m_findingMet || peer.behind == 0;
    if (m_readOnly)                                          // no service runs: the copy stands still
        attend(QStringLiteral("The data can only be read: a newer Anteroom wrote it, or this user may not write in its folder."));
    else if (m_trouble)
        attend(m_trouble->detail);
    else if (m_host && m_host->steppedDown())
        attend(QStringLiteral("Another PC of the clinic is the host now. This one serves nobody any more: save its copy aside and join the other one."));
    else if (m_host && !next.notice.isEmpty() && m_host->hasClients() && !m_findingMet)
        attend(next.notice);
}

} // namespace anteroom::node

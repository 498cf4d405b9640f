// HostLog: the one order of a clinic. It merges entries, numbers each answer with a revision, writes rows, index, salt
// and counter in the caller's transaction, and hands out frames for after the commit (rules 1, 2, 6, 8–11). Its memory
// is only a cache of the database and of who is connected; load() builds it again. Writer thread; no I/O of its own.
#pragma once

#include "core/random.h"
#include "sync/digest.h"
#include "sync/epoch_signer.h"
#include "sync/effects.h"
#include "sync/host_history.h"
#include "sync/host_peer.h"
#include "sync/host_working.h"
#include "sync/merge.h"
#include "sync/policy.h"
#include "sync/standby.h"

#include <map>

namespace anteroom::sync {

struct HostOptions {
    std::string name;                    // of the host's PC, for people
    int schemaVersion = 1;
    int pageRows = 0;                    // 0 = tuning::kPageRows; the simulator uses 1
    const EpochSigner *signer = &kNoSigner;      // outlives the log
};

class HostLog {
public:
    HostLog(Policy &policy, Random &random, HostOptions options);

    // Opens the first epoch where there is none. Also after a transaction was rolled back.
    void load(StoreTx &tx);
    [[nodiscard]] std::int64_t head() const { return m_head.rev; }
    [[nodiscard]] const Epoch &epoch() const { return m_epoch; }
    // A client came from a newer host that the clinic signed (H14): this one serves nobody any more.
    [[nodiscard]] bool steppedDown() const { return m_steppedDown; }
    // True if the message may write a revision: its transaction must be FULL (rule 1).
    [[nodiscard]] static bool needsFull(const Message &message);

    // An act at the host: the same merge, no outbox. The answer is in Effects::answered.
    // `seq`: of an entry that this PC appended while it was a client (rule 17).
    [[nodiscard]] Effects local(const Entry &entry, const Author &author, StoreTx &tx, std::int64_t seq = 0);

    // Rows that the host makes itself (a device that joined, the day's closed tickets), as one revision. No questions.
    [[nodiscard]] Effects write(std::vector<std::pair<const Table *, Row>> rows, StoreTx &tx);

    // Lines. hello() is called once the device has proved who it is.
    [[nodiscard]] Effects hello(ConnId conn, const Hello &hello, std::int64_t nowMs, StoreTx &tx);
    [[nodiscard]] Effects received(ConnId conn, const Message &message, StoreTx &tx);
    [[nodiscard]] Effects beat(std::int64_t nowMs) const;
    // A COMPARE whose sums were read from a snapshot at revision `rev` (content: too long for the writer).
    [[nodiscard]] Effects compared(ConnId conn, const Compare &asked, std::int64_t rev, const BucketSums &own, StoreTx &tx);
    void closed(ConnId conn) { m_peers.erase(conn); }
    // More bytes wait in its socket than a client that reads would leave (on), or they are gone (off: it scans on).
    [[nodiscard]] Effects pressure(ConnId conn, bool on, StoreTx &tx);
    [[nodiscard]] const std::map<ConnId, HostPeer> &peers() const { return m_peers; }
    // An event was rolled back, and what it would have sent was not: what each was sent is what it was before (a copy of
    // peers()), with load().
    void undo(std::map<ConnId, HostPeer> peers) { m_peers = std::move(peers); }

private:
    [[nodiscard]] Reply apply(const Entry &entry, const Author &author, std::int64_t seq, StoreTx &tx, Effects &out);
    [[nodiscard]] std::optional<std::string> whyRefused(const Entry &entry, const Author &author, StoreTx &tx, bool &inReview);
    void mergeInto(const Entry &entry, std::size_t from, const Author &author, Working &working, std::vector<LostGroup> &lost, StoreTx &tx);
    void nextRevision(StoreTx &tx);
    [[nodiscard]] std::vector<RowAt> commit(Working &working, StoreTx &tx);
    void fanOut(const Author &author, std::int64_t seq, const Reply &reply, std::vector<RowAt> rows, StoreTx &tx, Effects &out, bool fits = true);
    // host_history.cpp (rule 16)
    [[nodiscard]] bool followEpoch(ConnId conn, const Hello &hello, bool parted, StoreTx &tx, Effects &out);
    void part(HostPeer &peer, const Parting &parting, const Hello &hello, Welcome &welcome, StoreTx &tx, Effects &out);
    [[nodiscard]] Effects offer(HostPeer &peer, const Offer &offer, StoreTx &tx);
    void takeOffer(const HostPeer &peer, StoreTx &tx, Effects &out);
    void vouch(StoreTx &tx);
    [[nodiscard]] QByteArray standbyNews(const std::vector<RowAt> &rows, const Author &author, std::int64_t seq, const Reply &reply, StoreTx &tx);
    void compare(ConnId conn, const Compare &asked, StoreTx &tx, Effects &out);
    [[nodiscard]] Effects push(HostPeer &peer, const Push &push, StoreTx &tx);

    Policy &m_policy;
    Random &m_random;
    HostOptions m_options;
    Epoch m_epoch;
    RevSalt m_head;
    bool m_steppedDown = false;
    QByteArray m_signature;              // of m_epoch
    StandbyNews m_news;
    std::vector<TableDigest> m_digests;  // at m_head, while somebody is connected
    std::map<ConnId, HostPeer> m_peers;
};

} // namespace anteroom::sync

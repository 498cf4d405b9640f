// The mark: what a replica had made known when it last spoke, kept outside its database (rule 16, H20). The database may
// be ahead of it, never behind: a file that is older than its mark, or that another machine's file was copied from, is
// noticed before anything of it is served. Decides over a store, by value; a port reads and writes the mark itself.
#pragma once

#include "core/random.h"
#include "sync/store_tx.h"

#include <QByteArrayView>

namespace anteroom::sync {

struct HostMark {
    Epoch epoch;
    RevSalt at;
    friend bool operator==(const HostMark &, const HostMark &) = default;
};
struct ClientMark {
    std::int64_t incarnation = 1;
    std::int64_t seq = 0;                // highest own one
    friend bool operator==(const ClientMark &, const ClientMark &) = default;
};
using Mark = std::variant<HostMark, ClientMark>;

struct MarkFound {
    std::optional<Mark> mark;            // nothing: none is there, or none that is whole
    bool copied = false;                 // it was written on another machine, or as another file
};

class MarkPort {
public:
    virtual ~MarkPort() = default;
    [[nodiscard]] virtual MarkFound read() = 0;
    [[nodiscard]] virtual Result<void> write(const Mark &mark) = 0;      // durable when it returns without an error
};

// For ports that keep bytes.
[[nodiscard]] QByteArray encodeMark(const Mark &mark);
[[nodiscard]] std::optional<Mark> decodeMark(QByteArrayView bytes);

enum class HistoryFault : std::uint8_t {
    None,
    Missing,             // the store had a mark, there is none
    Copied,
    Leads,               // the mark is ahead of the store: the store is older than what was told
    Foreign,             // the mark is of a history that the store does not know
};
struct HistoryFinding {
    HistoryFault fault = HistoryFault::None;
    std::int64_t told = 0;               // host: the revision that the mark names; client: the own seq
};

// Before HostLog::load(): where mark and store do not fit, a new epoch is open when it returns. Keeps in the store that
// marks exist from now on; the caller writes hostMark() before it commits.
[[nodiscard]] HistoryFinding openHostHistory(const MarkFound &found, Random &random, StoreTx &tx);
// Before the first ClientEngine: where mark and store do not fit, a new incarnation has begun. As above, clientMark().
[[nodiscard]] HistoryFinding openClientHistory(const MarkFound &found, Random &random, StoreTx &tx);

// Present since this store has a mark beside it: a missing one is a fault from then on. Both of the above set it.
void setMarkKnown(StoreTx &tx);
// What the mark has to say once this store is committed.
[[nodiscard]] HostMark hostMark(StoreTx &tx);
[[nodiscard]] ClientMark clientMark(StoreTx &tx);

// A new epoch above `above` and above the store's own. The host's own prefix is another one then, and those that a lost
// part of the history gave away are passed over.
void openEpoch(std::int64_t above, Random &random, StoreTx &tx);
// What is unsent goes up again under a new name, from 1; it may be the only copy. Its entries keep their UUIDs, so that
// what the host has of them already stays as it is. The number is above `above`, and no other copy takes it.
void newIncarnation(std::int64_t above, Random &random, StoreTx &tx);

// The next prefix for numbers that a PC gives by itself; never the same again.
[[nodiscard]] std::string takePrefix(StoreTx &tx);

} // namespace anteroom::sync

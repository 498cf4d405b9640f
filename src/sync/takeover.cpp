#include "sync/takeover.h"

#include "schema/tables/devices.h"
#include "sync/audit.h"
#include "sync/client_history.h"
#include "sync/digest.h"
#include "sync/history_mark.h"

namespace anteroom::sync {

namespace {

constexpr int kAtATime = 200;                // entries of the outbox
constexpr std::int64_t kLivesOfADevice = 4;  // each life has a prefix; where nobody told how many were given

template <typename Visit>
void forEachWaiting(StoreTx &tx, Visit visit)
{
    std::int64_t after = 0;
    for (;;) {
        const std::vector<OutboxEntry> entries = tx.outboxAfter(after, kAtATime);
        if (entries.empty())
            return;
        for (const OutboxEntry &e : entries)
            visit(e);
        after = entries.back().seq;
    }
}

// What only this desk typed goes from the rows; it comes back through the host's door, or not.
void showImages(StoreTx &tx, Effects &out)
{
    forEachWaiting(tx, [&](const OutboxEntry &e) {
        for (const schema::Change &c : withAudit(e.entry).changes) {
            if (!tx.hasBase(*c.table, c.id))
                continue;
            if (const auto image = tx.base(*c.table, c.id))
                tx.putRow(*c.table, *image);
            else
                tx.eraseRow(*c.table, c.id);
            tx.eraseBase(*c.table, c.id);
            out.touched.push_back({c.table, c.id});
        }
    });
}

void forgetClient(StoreTx &tx)
{
    abandonStage(tx);
    for (const std::string_view key : {key::kCursor, key::kScanSchema, key::kHistoryRefused, key::kAgreed, key::kHealingDone})
        tx.setState(key, {});
}

} // namespace

Result<void> mayTakeOver(StoreTx &tx)
{
    if (stateSet(tx, key::kFirstSync) || stateEpoch(tx).number == 0)
        return fail(ErrorCode::Refused, QStringLiteral("This PC has not received all records of the clinic yet. Let another PC take over."));
    if (!KnownDifferences(tx).empty())
        return fail(ErrorCode::Refused, QStringLiteral("This PC's copy is known to differ from the host's. Let another PC take over, or restore a backup."));
    return {};
}

Result<TakenOver> takeOver(StoreTx &tx, Policy &policy, Random &random, const HostOptions &options, const Uuid &device)
{
    if (const auto may = mayTakeOver(tx); !may)
        return tl::unexpected(may.error());
    TakenOver out;
    const Author self{device, stateInt(tx, key::kIncarnation, 1)};
    setStateInt(tx, key::kHead, stateCursor(tx, key::kCursor).value_or(schema::kStart).rev);
    showImages(tx, out.effects);
    forgetClient(tx);
    if (stateInt(tx, key::kPrefixes) == 0) {         // it was no standby: more than can have been given
        const auto devices = static_cast<std::int64_t>(tx.find(schema::tables::devices, {}, 100000).size());
        setStateInt(tx, key::kPrefixes, 1 + kLivesOfADevice * devices);
    }
    openEpoch(0, random, tx);
    HostLog log(policy, random, options);
    log.load(tx);
    out.epoch = log.epoch();
    forEachWaiting(tx, [&](const OutboxEntry &e) {
        Effects effects = log.local(e.entry, self, tx, e.seq);
        const Reply reply = effects.answered.front().reply;
        if (reply.verdict == Verdict::Refused) {
            tx.reject(e.seq, e.entry, reply.why);
            ++out.refused;
        }
        tx.retire(e.seq);
        setStateInt(tx, key::kRetired, e.seq);
        ++out.drained;
        out.effects.append(std::move(effects));
    });
    return out;
}

void becomeClient(StoreTx &tx, std::int64_t incarnation, int schemaVersion)
{
    const std::int64_t head = stateInt(tx, key::kHead);
    setStateCursor(tx, key::kCursor, {head, schema::kAllOfRev});
    tx.setState(key::kHead, {});
    tx.setState(key::kFirstSync, {});
    tx.setState(key::kPrefix, {});                   // WELCOME gives one
    setStateInt(tx, key::kIncarnation, incarnation);
    setStateInt(tx, key::kSeq, 0);
    setStateInt(tx, key::kRetired, 0);
    setStateInt(tx, key::kSchema, schemaVersion);
    setAgreedRev(head, tx);                          // it was the host of that history
}

} // namespace anteroom::sync

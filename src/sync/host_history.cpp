#include "sync/host_history.h"

#include "core/log.h"
#include "sync/codec.h"
#include "sync/digest.h"
#include "sync/history_mark.h"
#include "sync/host_flags.h"
#include "sync/host_log.h"
#include "sync/host_offer.h"
#include "sync/tuning.h"

#include <algorithm>
#include <functional>

namespace anteroom::sync {

using namespace schema;

namespace {

// No host opens so many: a replica that says it knows such an epoch is damaged, and the number after it must not be the
// one that all others have to follow.
constexpr std::int64_t kEpochsAhead = 1'000'000;
// Rounds of questions: each narrows the gap 64 times, so that four find a fork among 16 million revisions.
constexpr int kProbeRounds = 4;

bool knows(const RevSalt &pair, StoreTx &tx)
{
    return pair.rev == 0 ? pair.salt == 0 : tx.salt(pair.rev) == pair.salt;
}

// The fork lies in lo..hi-1. Too low opens needless conflicts; too high would lose what was written between.
Parting narrowed(const Hello &hello, int rounds, std::int64_t head, StoreTx &tx)
{
    std::int64_t lo = hello.probe ? hello.probe->lo : 0;
    for (const RevSalt &s : hello.salts)
        if (s.rev > lo && knows(s, tx))
            lo = s.rev;
    std::int64_t hi = head + 1;                     // nothing beyond is known here
    if (hello.probe)
        hi = std::min(hi, hello.probe->hi);
    for (const RevSalt &s : hello.salts)
        if (s.rev > lo)
            hi = std::min(hi, s.rev);
    const bool told = !hello.probe || !hello.salts.empty();
    if (hi - lo > 1 && rounds < kProbeRounds && told)
        return {lo, Probe{lo, hi}, rounds + 1};
    return {lo, std::nullopt, rounds};
}

} // namespace

std::optional<Parting> partingOf(const Hello &hello, int rounds, std::int64_t head, StoreTx &tx)
{
    if (!knows(hello.real, tx))
        return narrowed(hello, rounds, head, tx);
    const bool stage = (!hello.stageSalt || knows({hello.cursor.rev, *hello.stageSalt}, tx)) && (!hello.scan || knows(*hello.scan, tx));
    if (stage)
        return std::nullopt;
    return Parting{hello.real.rev, std::nullopt, 0};   // only what is staged is of another history: it is dropped there
}

bool HostLog::needsFull(const Message &message)
{
    return std::holds_alternative<Push>(message) || std::holds_alternative<Offer>(message);
}

// H14. False: this line ends, and its end says why.
bool HostLog::followEpoch(ConnId conn, const Hello &hello, bool parted, StoreTx &tx, Effects &out)
{
    const bool newer = hello.epoch.number > m_epoch.number;
    if (newer && m_options.signer->hasKey() && m_options.signer->verify(hello.epoch, hello.signature))
        m_steppedDown = true;
    if (m_steppedDown) {
        for (const auto &[other, peer] : m_peers)
            out.drops.push_back({other, std::nullopt});
        m_peers.clear();
        out.drops.push_back({conn, Refuse{RefusalCode::Full, "Another PC of the clinic is the host now. Connect to that one."}});
        return false;
    }
    const bool other = hello.epoch != m_epoch && hello.epoch.number >= m_epoch.number;
    if (hello.epoch.number == 0 || !(other || (parted && hello.epoch == m_epoch)))
        return true;
    if (hello.epoch.number - m_epoch.number > kEpochsAhead) {
        out.drops.push_back({conn, Refuse{RefusalCode::History, "This PC's copy is damaged: it names a history that cannot be. Save it aside and join again."}});
        return false;
    }
    openEpoch(hello.epoch.number, m_random, tx);
    m_epoch = stateEpoch(tx);
    log::warning(log::sync, "a replica knows another history", {{"epoch", m_epoch.number}, {"head", m_head.rev}, {"held", hello.real.rev}});
    vouch(tx);
    for (const auto &[line, peer] : m_peers)        // they say HELLO again, and are told the epoch
        out.drops.push_back({line, std::nullopt});
    m_peers.clear();
    return true;
}

void HostLog::part(HostPeer &peer, const Parting &parting, const Hello &hello, Welcome &welcome, StoreTx &tx, Effects &out)
{
    welcome.fork = parting.fork;
    welcome.probe = parting.probe;
    if (parting.probe)
        return peer.probe(parting.rounds);
    welcome.taken = tx.offerTaken(peer.author(), hello.real);
    std::erase_if(m_peers, [&](const auto &other) {
        if (&other.second == &peer || !(other.second.author() == peer.author()))
            return false;
        out.drops.push_back({other.first, std::nullopt});          // an older line of it: one offer at a time
        return true;
    });
    OfferUnderWay offer;
    offer.fork = parting.fork;
    offer.real = hello.real;
    offer.heardAt = welcome.time;
    peer.awaitOffer(std::move(offer));
}

Effects HostLog::offer(HostPeer &peer, const Offer &m, StoreTx &tx)
{
    Effects out;
    if (peer.mode() != HostPeer::Mode::Offering)
        return out;
    OfferUnderWay &offer = peer.underWay();
    if (m.part != offer.next || m.real != offer.real) {
        out.drops.push_back({peer.conn(), Refuse{RefusalCode::Malformed, "A part of an offer came out of its turn."}});
        return out;
    }
    if (m.part == 0) {
        tx.offerClear(peer.author());
        offer.salts = m.salts;
        std::ranges::sort(offer.salts, {}, &RevSalt::rev);
    }
    offer.retired = m.retired;
    for (const RowAt &r : m.rows)
        if (r.at.rev > offer.fork)
            tx.offerPut(peer.author(), r);
    if (!m.last) {
        offer.next = m.part + 1;
        out.sends.push_back({peer.conn(), std::make_shared<const Message>(More{offer.next})});
        return out;
    }
    takeOffer(peer, tx, out);
    peer.offered();
    peer.page(m_head, tx, out);
    return out;
}

namespace {

// Writes pages of rows into one revision, one after the other; into a further one where its positions are used up.
class OfferWriter {
public:
    OfferWriter(std::function<std::int64_t()> open, Effects &out, StoreTx &tx) : m_open(std::move(open)), m_out(out), m_tx(tx) {}

    // `whole`: stand as they were offered, at that revision there.
    void write(Working &working, const std::map<std::pair<std::uint16_t, Uuid>, std::int64_t> &whole)
    {
        std::vector<RowAt> rows = working.take(0);
        for (RowAt &r : rows)
            r.at = next();
        touch(rows, m_tx);
        for (const RowAt &r : rows) {
            m_tx.putRow(*r.table, r.row);
            m_out.touched.push_back({r.table, r.row.id});
            if (const auto found = whole.find({r.table->number, r.row.id}); found != whole.end())
                m_tx.setOrigin(*r.table, r.row.id, {found->second, r.at.rev});
        }
        keep(std::move(rows));
    }

    void flag(Policy &policy, const FlagCause &cause)
    {
        if (m_bytes <= tuning::kFrameBytes)
            return flagRows(policy, cause, m_rows, m_tx);
        bool more = true;
        for (Cursor at{m_first - 1, kAllOfRev}; more;) {
            std::vector<RowAt> rows = m_tx.scan(at, tuning::kPublishRows, tuning::kPageBytes, more);
            if (rows.empty())
                return;
            at = rows.back().at;
            rows.back().at = m_last;                // what is flagged comes behind all of them
            flagRows(policy, cause, rows, m_tx);
            m_last = rows.back().at;
        }
    }

    [[nodiscard]] bool empty() const { return m_first == 0; }
    [[nodiscard]] bool fitsFrame() const { return m_bytes <= tuning::kFrameBytes; }
    [[nodiscard]] std::vector<RowAt> rows() { return std::move(m_rows); }

private:
    static constexpr std::int32_t kLastPos = 1'000'000;      // below kAllOfRev, with room for what is flagged

    RevPos next()
    {
        if (empty() || m_last.pos >= kLastPos) {
            m_last = {m_open(), -1};
            m_first = empty() ? m_last.rev : m_first;
        }
        ++m_last.pos;
        return m_last;
    }

    // A revision that fits into a frame goes out as one; of a larger one no more than a frame is held.
    void keep(std::vector<RowAt> rows)
    {
        if (!fitsFrame())
            return;
        for (const RowAt &r : rows)
            m_bytes += wireSize(r);
        if (fitsFrame())
            m_rows.insert(m_rows.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
        else
            m_rows.clear();
    }

    std::function<std::int64_t()> m_open;
    Effects &m_out;
    StoreTx &m_tx;
    std::vector<RowAt> m_rows;
    std::size_t m_bytes = 0;
    std::int64_t m_first = 0;
    RevPos m_last;
};

} // namespace

// All parts are there: one transaction, one revision. An offer counts once, like an entry (H10).
void HostLog::takeOffer(const HostPeer &peer, StoreTx &tx, Effects &out)
{
    const Author &author = peer.author();
    const OfferUnderWay &offer = peer.underWay();
    const OfferMerge merge(author, offer);
    OfferWriter writer([&] {
        nextRevision(tx);
        keepOffered(m_head, offer.salts, tx);
        return m_head.rev;
    }, out, tx);
    // Decisions first: what the rows lose then comes on top of what was decided in the other history.
    const bool again = tx.offerTaken(author, offer.real);           // an older line brought it after this one's WELCOME
    const auto left = again ? std::set<std::pair<std::uint16_t, Uuid>>{} : rootless(author, tx);
    if (!left.empty())
        log::warning(log::sync, "offered rows refer to rows that nobody holds, and are left out", {{"rows", left.size()}, {"fork", offer.fork}});
    for (const bool decisions : {true, false}) {
        std::vector<RowAt> rows;
        for (RevPos at = kStart; !again && !(rows = tx.offerRows(author, at, tuning::kPublishRows)).empty(); at = rows.back().at) {
            Working working;
            std::map<std::pair<std::uint16_t, Uuid>, std::int64_t> whole;
            for (const RowAt &r : rows)
                if ((r.table->policy == MergePolicy::Compare) == decisions && !left.contains({r.table->number, r.row.id}) && merge.take(r, working, tx))
                    whole[{r.table->number, r.row.id}] = r.at.rev;
            writer.write(working, whole);
        }
    }
    Counter counter = tx.counter(author).value_or(Counter{});
    counter.seq = std::max(counter.seq, offer.retired);
    tx.setCounter(author, counter);
    tx.setOfferTaken(author, offer.real);
    tx.offerClear(author);
    m_news.changed();
    if (writer.empty())
        return;
    log::info(log::sync, "what a replica of another history held was taken", {{"rev", m_head.rev}, {"fork", offer.fork}, {"rows", out.touched.size()}});
    writer.flag(m_policy, {merge.cause(), {}, author.device, offer.heardAt, nullptr});
    fanOut({}, 0, {}, writer.rows(), tx, out, writer.fitsFrame());
}

} // namespace anteroom::sync

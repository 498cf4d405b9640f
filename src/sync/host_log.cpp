#include "sync/host_log.h"

#include "schema/registry.h"
#include "sync/audit.h"
#include "sync/codec.h"
#include "sync/digest.h"
#include "sync/history_mark.h"
#include "sync/host_flags.h"
#include "sync/host_working.h"
#include "sync/references.h"
#include "sync/tuning.h"

#include <algorithm>

namespace anteroom::sync {

using namespace schema;

namespace {

Effects refuseLine(ConnId conn, RefusalCode code, std::string words)
{
    Effects out;
    out.drops.push_back({conn, Refuse{code, std::move(words)}});
    return out;
}

// It arrives under another name of its author (a copied or restored replica, H9): its audit rows are here already. Without
// this an edit would lose against the edits that followed it. Its own rows are asked for too: a damaged replica may have
// offered the one without the other.
bool wasApplied(const Entry &entry, std::size_t own, StoreTx &tx)
{
    for (std::size_t i = entry.changes.size(); i-- > 0;)             // the audit first: most entries are new
        if (!tx.row(*entry.changes[i].table, entry.changes[i].id))
            return false;
    return entry.changes.size() > own;
}

bool hasPolicy(const Entry &entry, MergePolicy policy)
{
    for (const Change &c : entry.changes)
        if (c.table->policy == policy)
            return true;
    return false;
}

} // namespace

HostLog::HostLog(Policy &policy, Random &random, HostOptions options)
    : m_policy(policy)
    , m_random(random)
    , m_options(std::move(options))
{
}

void HostLog::load(StoreTx &tx)
{
    m_epoch = stateEpoch(tx);
    if (m_epoch.number == 0) {
        m_epoch.number = 1;
        m_random.fill(m_epoch.id.bytes.data(), m_epoch.id.bytes.size());
        setStateEpoch(tx, m_epoch);
        tx.setSalt(0, 0);
        tx.setState(key::kPrefix, QByteArrayLiteral("AA"));
        setStateInt(tx, key::kPrefixes, 1);
    }
    m_head.rev = stateInt(tx, key::kHead);
    m_head.salt = tx.salt(m_head.rev).value_or(0);
    vouch(tx);
    m_news = {};
    ensureDigests(tx);
    m_digests = tx.digests();
    for (auto &[conn, peer] : m_peers)
        peer.fallBack(m_head.rev);
}

void HostLog::vouch(StoreTx &tx)
{
    if (stateSignature(tx).isEmpty())
        if (const QByteArray signature = m_options.signer->sign(m_epoch); !signature.isEmpty())
            setStateSignature(m_epoch, signature, tx);
    m_signature = stateSignature(tx);
}

// ---- one revision ---------------------------------------------------------------------------

std::optional<std::string> HostLog::whyRefused(const Entry &entry, const Author &author, StoreTx &tx, bool &inReview)
{
    if (auto words = m_policy.refuse(entry, author, tx))
        return words;
    for (const Change &c : entry.changes) {
        const bool erasable = c.op == Op::Delete && c.table->permissions.erase != kNobody;
        if (c.table->insertOnly && c.op != Op::Insert && !erasable)
            return std::string(c.table->title) + " entries are never changed; add a correcting one.";
        for (const RowKey &need : needs(c)) {
            if (creates(entry, need) || tx.row(*need.table, need.id))
                continue;
            inReview = inOpenReview(need, tx);      // H6: it joins the review that holds what it needs
            return missingWords(need);
        }
    }
    return std::nullopt;
}

void HostLog::mergeInto(const Entry &entry, std::size_t from, const Author &author, Working &working, std::vector<LostGroup> &lost, StoreTx &tx)
{
    for (std::size_t i = from; i < entry.changes.size(); ++i) {
        const Change &c = entry.changes[i];
        std::optional<Row> row = working.get(*c.table, c.id, tx);
        const bool isNew = !row;
        const std::optional<Row> before = row;
        mergeChange(entry, c, row, lost);
        if (!row)
            continue;
        if (isNew)
            m_policy.fillHostColumns(entry, author, *c.table, *row, tx);
        if (row != before)
            working.put(*c.table, std::move(*row));
    }
}

Reply HostLog::apply(const Entry &sent, const Author &author, std::int64_t seq, StoreTx &tx, Effects &out)
{
    const Entry entry = withAudit(sent);
    Working working;
    std::vector<LostGroup> lost;
    Reply reply;
    bool inReview = false;
    const bool again = wasApplied(entry, sent.changes.size(), tx);
    std::optional<std::string> why = again ? std::nullopt : whyRefused(sent, author, tx, inReview);
    std::size_t from = 0;
    if (!why && sent.claim != Claim::None) {
        ClaimResult claim = m_policy.claim(sent, author, m_epoch, tx);
        if (again && (claim.refused || !claim.rows.empty()))
            claim = {};                             // what it got is of a day that is closed
        why = std::move(claim.refused);
        for (auto &[table, row] : claim.rows)
            working.put(*table, std::move(row));
        reply.number = std::move(claim.number);
        reply.called = claim.called;
        reply.desk = claim.desk;
        reply.why = std::move(claim.note);
        from = 1;                                   // changes[0] is the claim's own
    }
    if (!why && !again)
        mergeInto(entry, from, author, working, lost, tx);
    if (!why && !lost.empty() && hasPolicy(sent, MergePolicy::Compare))
        why = "It has changed since it was shown. Open it again and decide on what it says now.";
    const bool toReview = inReview || (!why && !lost.empty() && (hasPolicy(sent, MergePolicy::Whole) || !fitConflicts(lost)));
    if (toReview) {
        working = {};
        openReview(sent, seq, why.value_or("Somebody changed the same part meanwhile."), working, tx);
        reply = {};
        reply.verdict = Verdict::Review;
    } else if (why) {
        working = {};
        reply = {};
        reply.verdict = Verdict::Refused;
        reply.why = *why;
    } else {
        openConflicts(sent, lost, working, tx);
        reply.verdict = lost.empty() ? Verdict::Applied : Verdict::Conflict;
    }
    std::vector<RowAt> rows = commit(working, tx);  // refusals too have a revision: an empty frame (H20)
    flagRows(m_policy, causeOf(sent), rows, tx);
    reply.rev = m_head.rev;
    if (seq > 0) {
        Counter counter = tx.counter(author).value_or(Counter{});
        counter.seq = std::max(counter.seq, seq);
        tx.setCounter(author, counter);
        tx.keepReply(author, seq, reply);
    }
    for (const RowAt &r : rows)
        out.touched.push_back({r.table, r.row.id});
    fanOut(author, seq, reply, std::move(rows), tx, out);
    return reply;
}

void HostLog::nextRevision(StoreTx &tx)
{
    m_head = {m_head.rev + 1, m_random.u64() >> 1};
    tx.setSalt(m_head.rev, m_head.salt);
    setStateInt(tx, key::kHead, m_head.rev);
}

std::vector<RowAt> HostLog::commit(Working &working, StoreTx &tx)
{
    nextRevision(tx);
    std::vector<RowAt> rows = working.take(m_head.rev);
    touch(rows, tx);
    for (const RowAt &r : rows)
        tx.putRow(*r.table, r.row);
    return rows;
}

// Every connected replica gets every revision in order, the author too, with the answer in it (rule 6).
void HostLog::fanOut(const Author &author, std::int64_t seq, const Reply &reply, std::vector<RowAt> rows, StoreTx &tx, Effects &out, bool fits)
{
    if (m_peers.empty())
        return;
    m_digests = tx.digests();
    std::size_t bytes = fits ? 0 : tuning::kFrameBytes + 1;
    for (const RowAt &r : rows)
        bytes += wireSize(r);
    Frame frame{m_head.rev - 1, m_head.rev, m_head.salt, std::move(rows), {}, {}};
    const QByteArray news = standbyNews(frame.rows, author, seq, reply, tx);
    MessagePtr common;
    for (auto &[conn, peer] : m_peers) {
        const bool told = peer.standby() && !news.isEmpty();
        if (!peer.admit(frame.prev, frame.rev, bytes + (told ? static_cast<std::size_t>(news.size()) : 0))) {
            peer.resume(m_head, tx, out);
            continue;
        }
        const bool answered = seq > 0 && peer.author() == author;
        if (answered || told) {
            Frame own = frame;
            if (answered)
                own.answers.emplace(seq, reply);
            if (told)
                own.counters = news;
            out.sends.push_back({conn, std::make_shared<const Message>(std::move(own))});
            continue;
        }
        if (!common)
            common = std::make_shared<const Message>(frame);
        out.sends.push_back({conn, common});
    }
}

// H16: a device is a standby from the revision on that says so.
QByteArray HostLog::standbyNews(const std::vector<RowAt> &rows, const Author &author, std::int64_t seq, const Reply &reply, StoreTx &tx)
{
    bool any = false;
    std::int64_t retired = 0;
    for (auto &[conn, peer] : m_peers) {
        for (const RowAt &r : rows)
            if (r.row.id == peer.author().device) {
                peer.setStandby(m_policy.standby(r.row.id, tx));
                m_news.changed();
            }
        any = any || peer.standby();
        if (peer.author() == author)
            retired = peer.retired();
    }
    return any ? m_news.revision(author, seq, retired, reply, tx) : QByteArray();
}

Effects HostLog::local(const Entry &entry, const Author &author, StoreTx &tx, std::int64_t seq)
{
    Effects out;
    const Reply reply = apply(entry, author, seq, tx, out);
    out.answered.push_back({entry.uuid, seq, reply});
    return out;
}

Effects HostLog::write(std::vector<std::pair<const Table *, Row>> made, StoreTx &tx)
{
    Effects out;
    Working working;
    for (auto &[table, row] : made)
        working.put(*table, std::move(row));
    std::vector<RowAt> rows = commit(working, tx);
    for (const RowAt &r : rows)
        out.touched.push_back({r.table, r.row.id});
    fanOut({}, 0, {}, std::move(rows), tx, out);
    return out;
}

// ---- lines ----------------------------------------------------------------------------------

Effects HostLog::hello(ConnId conn, const Hello &hello, std::int64_t nowMs, StoreTx &tx)
{
    if (hello.protocolMin > kProtocolMax || hello.protocolMax < kProtocolMin)
        return refuseLine(conn, RefusalCode::Version, "This PC and the host speak different versions. Update Anteroom on the older one.");
    if (hello.schemaVersion > m_options.schemaVersion)
        return refuseLine(conn, RefusalCode::Schema, "This PC has a newer Anteroom than the host. Update the host first.");
    Effects out;
    const auto before = m_peers.find(conn);
    const bool pressed = before != m_peers.end() && before->second.pressed();      // of the socket, not of the HELLO
    const int rounds = before != m_peers.end() && hello.probe ? before->second.probes() : 0;
    m_peers.erase(conn);
    const std::optional<Parting> parting = partingOf(hello, rounds, m_head.rev, tx);
    if (!followEpoch(conn, hello, parting.has_value(), tx, out))
        return out;
    const Author author{hello.device, hello.incarnation};
    Counter counter = tx.counter(author).value_or(Counter{});
    const bool lags = !parting && hello.retired > counter.seq;      // where histories parted the offer tells
    if (counter.prefix.empty() || lags) {
        if (counter.prefix.empty())
            counter.prefix = takePrefix(tx);
        counter.seq = lags ? hello.retired : counter.seq;
        tx.setCounter(author, counter);
        m_news.changed();
        if (std::ranges::any_of(m_peers, [](const auto &p) { return p.second.standby(); }))
            out.append(write({}, tx));                  // H16: a standby never gives this prefix again
    }
    Welcome welcome;
    welcome.nonce = hello.nonce;
    welcome.epoch = m_epoch;
    welcome.head = m_head.rev;
    welcome.lastSeq = counter.seq;
    welcome.prefix = counter.prefix;
    welcome.signature = m_signature;
    welcome.host = m_options.name;
    welcome.time = nowMs;
    m_digests = tx.digests();
    HostPeer &peer = m_peers.emplace(conn, HostPeer(conn, hello, m_options.pageRows)).first->second;
    peer.setPressure(pressed);
    peer.setStandby(m_policy.standby(hello.device, tx));
    if (parting)
        part(peer, *parting, hello, welcome, tx, out);
    out.sends.push_back({conn, std::make_shared<const Message>(std::move(welcome))});
    peer.page(m_head, tx, out);
    return out;
}

Effects HostLog::push(HostPeer &peer, const Push &push, StoreTx &tx)
{
    Effects out;
    if (peer.parted())
        return out;                                 // it knows better: nothing goes up before its offer
    const std::int64_t last = tx.counter(peer.author()).value_or(Counter{}).seq;
    if (push.seq != last + 1)                       // a repeat is answered already; a hole comes again after WELCOME
        return out;
    (void)apply(push.entry, peer.author(), push.seq, tx, out);
    return out;
}

Effects HostLog::received(ConnId conn, const Message &message, StoreTx &tx)
{
    const auto found = m_peers.find(conn);
    if (found == m_peers.end())
        return {};
    HostPeer &peer = found->second;
    if (const auto *m = std::get_if<Push>(&message)) {
        if (m->entry.device != peer.author().device)
            return refuseLine(conn, RefusalCode::Malformed, "An entry of another device came over this line.");
        return push(peer, *m, tx);
    }
    Effects out;
    if (const auto *m = std::get_if<Ack>(&message))
        peer.ack(*m, m_head, tx, out);
    else if (const auto *offered = std::get_if<Offer>(&message))
        return offer(peer, *offered, tx);
    else if (const auto *asked = std::get_if<Compare>(&message))
        compare(conn, *asked, tx, out);
    else if (!std::holds_alternative<Beat>(message))
        return refuseLine(conn, RefusalCode::Malformed, "A message came that a host does not take.");
    return out;
}

// A replica that differs; of this log's sums it may be the kept one that is wrong.
void HostLog::compare(ConnId conn, const Compare &asked, StoreTx &tx, Effects &out)
{
    out.sends.push_back({conn, std::make_shared<const Message>(answerCompare(asked, m_head.rev, tx))});
    m_digests = tx.digests();
}

Effects HostLog::compared(ConnId conn, const Compare &asked, std::int64_t rev, const BucketSums &own, StoreTx &tx)
{
    Effects out;
    if (m_peers.contains(conn))
        out.sends.push_back({conn, std::make_shared<const Message>(answerCompare(asked, rev == m_head.rev ? rev : 0, tx, &own))});
    return out;
}

Effects HostLog::pressure(ConnId conn, bool on, StoreTx &tx)
{
    Effects out;
    const auto found = m_peers.find(conn);
    if (found == m_peers.end())
        return out;
    found->second.setPressure(on);
    if (!on)
        found->second.resume(m_head, tx, out);
    return out;
}

Effects HostLog::beat(std::int64_t nowMs) const
{
    Effects out;
    const auto message = std::make_shared<const Message>(Beat{m_head.rev, m_digests, nowMs});
    for (const auto &[conn, peer] : m_peers)
        if (peer.mode() == HostPeer::Mode::Live)
            out.sends.push_back({conn, message});
    return out;
}

} // namespace anteroom::sync

#include "sync/host_peer.h"

#include "sync/codec.h"
#include "sync/standby.h"
#include "sync/tuning.h"

#include <algorithm>

namespace anteroom::sync {

HostPeer::HostPeer(ConnId conn, const Hello &hello, int pageRows)
    : m_conn(conn)
    , m_author{hello.device, hello.incarnation}
    , m_sent(hello.cursor)
    , m_acked(hello.cursor)
    , m_retired(hello.retired)
    , m_program(hello.program)
    , m_pageRows(pageRows > 0 ? pageRows : tuning::kPageRows)
    , m_first(hello.real.rev == 0)
{
}

void HostPeer::probe(int rounds)
{
    m_mode = Mode::Probing;
    m_probes = rounds;
}

void HostPeer::awaitOffer(OfferUnderWay offer)
{
    m_mode = Mode::Offering;
    m_offer = std::move(offer);
    m_sent = m_acked = {m_offer.fork, schema::kAllOfRev};
    m_first = false;
}

void HostPeer::offered()
{
    m_mode = Mode::Paging;
    m_offer = {};
}

void HostPeer::onePage(const RevSalt &head, StoreTx &tx, Effects &out)
{
    Page page;
    bool more = false;
    page.rows = tx.scan(m_sent, m_pageRows, tuning::kPageBytes, more);
    std::size_t bytes = 0;
    for (const RowAt &r : page.rows)
        bytes += m_standby && !more ? wireSize(r) : 0;
    more = more || bytes > tuning::kPageBytes;      // beside one large row there is no room for what a standby keeps
    page.head = head;
    page.from = m_sent;
    page.final = !more;
    page.to = more ? Cursor(page.rows.back().at) : Cursor{head.rev, schema::kAllOfRev};
    page.salts = tx.saltsBetween(m_first ? page.to.rev : page.from.rev, page.to.rev, m_first ? 1 : tuning::kPageSalts);
    if (page.final) {
        page.answers = tx.repliesAfter(m_author, m_retired);     // H4: there is no frame for them
        if (m_standby)
            page.counters = standbyWhole(tx);
        m_mode = Mode::Live;
    }
    m_sent = page.to;
    m_inFlight.push_back(page.to);
    out.sends.push_back({m_conn, std::make_shared<const Message>(std::move(page))});
}

void HostPeer::page(const RevSalt &head, StoreTx &tx, Effects &out)
{
    while (m_mode == Mode::Paging && m_inFlight.size() < tuning::kPagesInFlight && !m_pressure)
        onePage(head, tx, out);
}

void HostPeer::ack(const Ack &ack, const RevSalt &head, StoreTx &tx, Effects &out)
{
    if (parted())
        return;                          // of what it held before
    m_acked = std::max(m_acked, ack.cursor);
    if (ack.retired > m_retired) {
        m_retired = ack.retired;
        tx.dropReplies(m_author, m_retired);
    }
    while (!m_inFlight.empty() && m_inFlight.front() <= m_acked)
        m_inFlight.pop_front();
    resume(head, tx, out);
}

void HostPeer::resume(const RevSalt &head, StoreTx &tx, Effects &out)
{
    if (m_mode == Mode::Behind && m_acked >= m_sent && !m_pressure)
        m_mode = Mode::Paging;
    page(head, tx, out);
}

bool HostPeer::admit(std::int64_t prev, std::int64_t rev, std::size_t bytes)
{
    if (m_mode != Mode::Live)
        return false;
    if (m_pressure || bytes > tuning::kFrameBytes || rev - m_acked.rev > tuning::kFrameWindow || m_sent.rev != prev) {
        m_mode = Mode::Behind;
        return false;
    }
    m_sent = {rev, schema::kAllOfRev};
    return true;
}

void HostPeer::fallBack(std::int64_t head)
{
    if (m_sent.rev > head)
        m_sent = {head, schema::kAllOfRev};
}

} // namespace anteroom::sync

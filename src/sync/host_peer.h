// HostPeer: what the host knows of one connection: how far it was sent, how far it holds. Pages a client that is behind
// through the change index, and says when it is live. Lives for exactly one connection; nothing of it is stored.
#pragma once

#include "sync/effects.h"
#include "sync/store_tx.h"

#include <deque>

namespace anteroom::sync {

// What a replica of another history brings, while its parts come.
struct OfferUnderWay {
    std::int64_t fork = 0;
    RevSalt real;                        // where that replica stands
    std::vector<RevSalt> salts;          // its own beyond the fork, ascending
    std::int64_t retired = 0;
    std::int64_t heardAt = 0;            // host's clock at its HELLO, for people
    int next = 0;                        // part that comes next
};

class HostPeer {
public:
    enum class Mode : std::uint8_t { Paging, Live, Behind, Probing, Offering };

    HostPeer(ConnId conn, const Hello &hello, int pageRows);

    [[nodiscard]] ConnId conn() const { return m_conn; }
    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] const Author &author() const { return m_author; }
    [[nodiscard]] Cursor acknowledged() const { return m_acked; }
    [[nodiscard]] std::int64_t retired() const { return m_retired; }
    [[nodiscard]] const std::string &program() const { return m_program; }

    // Histories parted: it is asked for salts, or for what this host lacks; it is sent nothing and takes nothing until then.
    [[nodiscard]] bool parted() const { return m_mode == Mode::Probing || m_mode == Mode::Offering; }
    [[nodiscard]] int probes() const { return m_mode == Mode::Probing ? m_probes : 0; }
    void probe(int rounds);
    void awaitOffer(OfferUnderWay offer);
    [[nodiscard]] OfferUnderWay &underWay() { return m_offer; }
    [[nodiscard]] const OfferUnderWay &underWay() const { return m_offer; }
    void offered();                      // it scans from the fork on

    // Pages until the window is full or the client is live.
    void page(const RevSalt &head, StoreTx &tx, Effects &out);
    void ack(const Ack &ack, const RevSalt &head, StoreTx &tx, Effects &out);
    // True if a frame with this revision may be sent now; else the peer is behind from here on.
    [[nodiscard]] bool admit(std::int64_t prev, std::int64_t rev, std::size_t bytes);
    void setPressure(bool on) { m_pressure = on; }
    // Its device keeps what a host needs (rule 17): it is told with each revision, and all of it at the end of a catch-up.
    void setStandby(bool on) { m_standby = on; }
    [[nodiscard]] bool standby() const { return m_standby; }
    [[nodiscard]] bool pressed() const { return m_pressure; }
    // A peer that is behind and holds all that it was sent scans on.
    void resume(const RevSalt &head, StoreTx &tx, Effects &out);
    // After a rollback nothing beyond `head` was sent.
    void fallBack(std::int64_t head);

private:
    void onePage(const RevSalt &head, StoreTx &tx, Effects &out);

    ConnId m_conn;
    Author m_author;
    Mode m_mode = Mode::Paging;
    Cursor m_sent, m_acked;
    std::int64_t m_retired = 0;
    std::deque<Cursor> m_inFlight;       // ends of pages without an ACK
    std::string m_program;
    OfferUnderWay m_offer;
    int m_probes = 0;
    int m_pageRows;
    bool m_first = false;                // a first sync: one salt a page is enough
    bool m_pressure = false;
    bool m_standby = false;
};

} // namespace anteroom::sync

// Examiner: looks on while a world runs and says what does not hold. Safety: S1 replicas equal, S2 exactly once, S3 what
// was typed is somewhere, S4 screens show the host's image with own entries on top, S5 revisions, S6 ledgers, S7 an
// engine built again is the same; I1 what was acknowledged stays, I5 what was deleted stays so, I8 each accepted act is
// in the audit log. It keeps its own picture of everything and trusts no engine.
#pragma once

#include "app/sim/ledger.h"
#include "app/sim/pc.h"

namespace anteroom::sim {

class Examiner final : public Eyes {
public:
    Examiner(Trace &trace, Ledger &ledger);

    void committed(Pc &host, HostCapture &&capture) override;
    void committed(Pc &client, const ClientCapture &capture) override;
    void left(Pc &host, const sync::Effects &effects) override;
    void started(Pc &pc) override;
    void agreed(Pc &client) override;

    [[nodiscard]] const History &history() const { return m_history; }
    // What a person at this PC sees.
    [[nodiscard]] const Image &screen(const Pc &pc) const { return pc.isHost() ? m_history.headImage() : pc.held.rows; }

    // The host goes on from here: its disk is an older one, or another PC took over. What its own desk did and no other
    // disk holds is gone; what a client's desk did still waits there, or came back to its disk.
    void parted(const sync::RevSalt &at, const std::vector<Pc *> &replicas, bool wholeDisk);
    // A host that knows no counters may take an entry again; it has no effect then (H9).
    void countersLost() { m_countersLost = true; }
    // A replica is not what it was made: its screen is not asked until a heartbeat finds its sums equal.
    void damaged(const Pc &client);
    void copied(const Pc &original, const Pc &copy);
    void appeared(const RowId &ghost) { m_ghosts.push_back(ghost); }     // it must end where people can read it
    [[nodiscard]] bool isDamaged(const Pc &client) const { return m_damaged.contains(client.number); }
    // Everything is at rest and connected.
    void atRest(Pc &host, const std::vector<Pc *> &clients);
    void rebuilt(Pc &host, const Pc &client);    // S7, now
    // Every row of a client's screen, not only those that changed.
    void wholeScreen(Pc &client);
    [[nodiscard]] std::int64_t merged() const { return m_merged; }

private:
    struct Applied { sync::Author author; std::int64_t seq = 0; sync::Verdict verdict{}; sync::RevSalt at; };

    void revision(const Revision &revision, const Merged *merged);
    void once(const Merged &merged, const sync::RevSalt &at);
    void offered(const Taken &taken);
    [[nodiscard]] bool holds(Spot at, const Uuid &entry) const;
    void composed(const RowId &key, const schema::Row *before, const schema::Row &after, const Merged &merged);
    void deleted(const RowId &key, const schema::Row &before, const Merged &merged);
    void ticket(const RowId &key, const schema::Row *before, const schema::Row &after, bool offered);
    void conflict(const RowId &key, const schema::Row *before, const schema::Row &after);
    void screenOf(Pc &client, std::set<RowId> keys);
    void answersOf(Pc &client, const std::vector<std::int64_t> &retired);
    void startedHost(Pc &host);
    void startedClient(Pc &client);
    void equalAtRest(Pc &host, Pc &client);
    void audited();
    void standing(Pc &client);
    void kept(Pc &host, const std::vector<Pc *> &clients);
    void payments();
    void claims();
    void ghosts(const std::vector<Pc *> &clients);

    Trace &m_trace;
    Ledger &m_ledger;
    History m_history;
    std::map<Uuid, Applied> m_applied;           // by entry: the last answer that was no refusal
    std::map<Uuid, std::vector<sync::RevSalt>> m_since;      // by entry: where its effect, or an offer of it, came to a line
    std::map<std::pair<Uuid, std::int64_t>, std::map<std::int64_t, Applied>> m_answers;      // by author, seq
    std::map<std::tuple<std::string, Uuid, std::int64_t, std::int64_t>, Uuid> m_numbers;     // day, point, epoch, n → ticket
    std::map<Uuid, Uuid> m_claims;               // claim → ticket
    std::set<std::tuple<Uuid, Uuid, std::int64_t>> m_causes;                                 // of conflicts: entry, row, group
    std::vector<sync::RevSalt> m_left;           // newest per revision that left the host since its last start
    std::set<int> m_damaged, m_everDamaged;      // PCs: now, and where a power cut may take the healing back
    std::vector<RowId> m_ghosts;
    std::int64_t m_merged = 0;
    bool m_parted = false, m_countersLost = false;
    bool m_numbersRepeat = false;                // a disk that came back with its mark gives numbers again until a client speaks
};

} // namespace anteroom::sim

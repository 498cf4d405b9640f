// CutLook: looks at the database that a power cut left. It is opened as the program would open it; its pages are hashed
// as SQLite reads them, which says whether it is the state after some transaction; and each different state is examined
// as a whole, once: integrity, and that index, salts, counters, outbox and rows belong together. Never writes to what it looks at.
#pragma once

#include "app/sim/power_cuts_pc.h"

#include <map>

namespace anteroom::sim {

// What a database says, for comparing with what its PC told others.
struct CutFacts {
    QString fault;                       // the rule that does not hold inside it; empty: all do
    schema::Epoch epoch;
    std::map<std::int64_t, sync::Salt> salts;
    std::int64_t head = 0;               // host
    std::int64_t answered = 0;           // host: of the one client
    std::string prefix;
    std::int64_t incarnation = 1, seq = 0, retired = 0;      // client
};

class CutLook {
public:
    // `any`: an image with a database of today; it is opened once and exchanged from then on.
    explicit CutLook(const Disk::Image &any);

    // The pages of an open database as its connection reads them; nothing where it cannot.
    [[nodiscard]] static std::optional<std::size_t> pages(storage::Connection &connection);

    // Puts the image under the open connection and answers its pages.
    [[nodiscard]] std::optional<std::size_t> look(const Disk::Image &image);
    // Of the image that look() was given last.
    [[nodiscard]] CutFacts examine(bool host, const Uuid &client);
    [[nodiscard]] std::optional<sync::Mark> mark() const;
    [[nodiscard]] storage::Connection &connection() { return *m_connection; }
    // Words of the damage; empty where there is none.
    [[nodiscard]] static QString integrity(storage::Connection &connection);

private:
    Disk m_disk;
    std::unique_ptr<storage::Connection> m_connection;
};

// What was told and is not there; empty where all is.
[[nodiscard]] QString lostWords(bool host, const Told &told, const CutFacts &facts);
// The mark never leads the database, and never lags behind what went over a line (H20).
[[nodiscard]] QString markWords(bool host, const std::optional<sync::Mark> &mark, const Told &told, const CutFacts &facts);

} // namespace anteroom::sim

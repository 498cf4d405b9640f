// ClientEngine: one connection of a client to its host. Says HELLO, takes pages and frames whole or not at all, pushes
// the outbox in order, and is thrown away when the line ends: a new line gets a new engine, rebuilt from the database.
// handle(event, StoreTx&) → effects; the Send of an effect goes to conn 0, the host. Writer thread; no I/O of its own.
#pragma once

#include "core/random.h"
#include "sync/client_history.h"
#include "sync/digest_healing.h"
#include "sync/epoch_signer.h"
#include "sync/effects.h"

namespace anteroom::sync {

struct ClientOptions {
    Uuid device;
    QByteArray token;
    std::string program;
    int schemaVersion = 1;
    const EpochSigner *signer = &kNoSigner;      // outlives the engine
};

struct Progress { std::int64_t done = 0, total = 0; };      // revisions of the catch-up that runs

class ClientEngine {
public:
    enum class Mode : std::uint8_t { Waiting, CatchingUp, Live, Ended, Offering };

    ClientEngine(Random &random, ClientOptions options);

    // The line is open, or shall be asked again (manual and periodic sync). Nothing is asked while a change of history is
    // under way: it would start over.
    [[nodiscard]] Effects hello(StoreTx &tx);
    [[nodiscard]] Effects received(const Message &message, StoreTx &tx);
    // Everything is read again from the beginning, into the stage, and published as one picture.
    static void scanAgain(int schemaVersion, StoreTx &tx);
    // Entries that may go up now. After a save, and after every received().
    [[nodiscard]] Effects pump(StoreTx &tx);
    // Once before each commit: what was taken since is acknowledged in one ACK.
    [[nodiscard]] Effects settle(StoreTx &tx);
    // Compares what rows hold, from a snapshot at exactly this cursor; else it does nothing. Each damaged row is healed.
    [[nodiscard]] Effects compareContent(ContentSums mine, StoreTx &tx);
    [[nodiscard]] bool contentChecked() const { return m_healing.contentChecked(); }
    // Entries that the host put off go up again with the next pump.
    void retryPushes() { m_later = false; }

    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] bool putOff() const { return m_later; }
    [[nodiscard]] Progress progress() const { return m_progress; }
    [[nodiscard]] std::int64_t hostHead() const { return m_head; }
    [[nodiscard]] const std::string &hostName() const { return m_host; }
    [[nodiscard]] std::int64_t hostTimeMs() const { return m_hostTime; }
    [[nodiscard]] std::int64_t rowsReceived() const { return m_rowsReceived; }
    // Of the last heartbeat that could be compared; damaged: it differs, and neither asking nor reading again helped.
    [[nodiscard]] std::optional<bool> digestsEqual() const { return m_healing.equal(); }
    [[nodiscard]] bool damaged() const { return m_healing.stuck(); }

    // True if its transaction must be FULL (DESIGN 3, H20): it may retire an entry, or it ends a catch-up, which is noted
    // in sync_log by an own act. One that a power cut takes back after it went up would give its seq to another act. And
    // it never falls behind what it offered (H10).
    [[nodiscard]] static bool needsFull(const Message &message);

private:
    [[nodiscard]] Effects ask(StoreTx &tx, std::optional<Probe> probe = {});
    [[nodiscard]] Effects welcome(const Welcome &m, StoreTx &tx);
    [[nodiscard]] Effects parted(const Welcome &m, StoreTx &tx);
    [[nodiscard]] Effects offerNext(StoreTx &tx);
    [[nodiscard]] Effects page(const Page &m, StoreTx &tx);
    [[nodiscard]] Effects frame(const Frame &m, StoreTx &tx);
    [[nodiscard]] Effects beat(const Beat &m, StoreTx &tx);
    [[nodiscard]] Effects compared(const Compared &m, StoreTx &tx);
    [[nodiscard]] Effects heal(Healing::Step step, StoreTx &tx);
    void stage(const Page &m, StoreTx &tx);
    void publish(const std::vector<RowAt> &rows, StoreTx &tx, std::vector<RowKey> &changed, bool pending, Effects &out);
    void finish(const Answers &answers, Cursor cursor, const std::vector<RevSalt> &salts, StoreTx &tx, std::vector<RowKey> &changed, Effects &out);
    [[nodiscard]] Cursor position(StoreTx &tx);
    void followSchema(StoreTx &tx);

    Random &m_random;
    ClientOptions m_options;
    Mode m_mode = Mode::Waiting;
    std::uint64_t m_nonce = 0;
    std::int64_t m_sent = 0;             // highest seq that went up on this line
    Epoch m_epoch;                       // of the host, from WELCOME
    QByteArray m_signature;              // of it
    std::int64_t m_head = 0;
    Progress m_progress;
    std::string m_host;
    std::int64_t m_hostTime = 0;
    std::int64_t m_rowsReceived = 0;
    Healing m_healing;
    Offering m_offering;
    std::vector<RevSalt> m_newSalts;     // of the pages since the fork: the old history's stay until it is published
    bool m_parted = false;               // a change of history is under way on this line
    bool m_ackDue = false;
    bool m_later = false;
};

} // namespace anteroom::sync

// StoreTx: what the engines need of a database, inside one open transaction of the writer thread. A port: node
// implements it over storage, tests over memory. Every call may throw StoreFailure (disk full, I/O); the driver
// rolls the event back, and the engine is rebuilt from the database.
#pragma once

#include "core/result.h"
#include "sync/messages.h"

#include <functional>
#include <stdexcept>
#include <string_view>

namespace anteroom::sync {

class StoreFailure : public std::runtime_error {
public:
    explicit StoreFailure(Error error) : std::runtime_error(error.detail.toStdString()), m_error(std::move(error)) {}
    [[nodiscard]] const Error &error() const { return m_error; }

private:
    Error m_error;
};

struct Author {                          // who sends: one life of one device
    Uuid device;
    std::int64_t incarnation = 1;
    friend bool operator==(const Author &, const Author &) = default;
};

struct OutboxEntry {
    std::int64_t seq = 0;
    bool doomed = false;                 // refers to a row that the host refused; hidden, still sent in its turn (H5)
    bool provisional = false;            // the person went on without the answer (H7)
    Entry entry;
};

struct Counter {                         // of one author, at the host
    std::int64_t seq = 0;
    std::string prefix;
};

struct RowKey {
    const Table *table = nullptr;
    Uuid id;
};

struct Origin {                          // the offered picture that a row stands as, untouched since
    std::int64_t rev = 0;                // its revision in the history it came from
    std::int64_t offer = 0;              // the revision here that took the offer
};

struct Condition { int column; schema::Value value; };      // column = position in a Row

class StoreTx {
public:
    virtual ~StoreTx() = default;

    // Visible rows.
    [[nodiscard]] virtual std::optional<Row> row(const Table &table, const Uuid &id) = 0;
    virtual void putRow(const Table &table, const Row &row) = 0;             // insert or overwrite
    virtual void eraseRow(const Table &table, const Uuid &id) = 0;           // only a row that no host ever held
    [[nodiscard]] virtual std::vector<Row> find(const Table &table, const std::vector<Condition> &where, int limit = 1000) = 0;
    [[nodiscard]] virtual std::int64_t maxOf(const Table &table, int column, const std::vector<Condition> &where) = 0;   // 0 if none

    // The change index (rule 2).
    [[nodiscard]] virtual std::optional<RevPos> touched(const Table &table, const Uuid &id) = 0;
    virtual void setTouched(const Table &table, const Uuid &id, RevPos at) = 0;
    // Rows touched after `after`, ascending, until maxRows or maxBytes (at least one). True in `more` if some remain.
    [[nodiscard]] virtual std::vector<RowAt> scan(RevPos after, int maxRows, std::size_t maxBytes, bool &more) = 0;

    // Every place of one table, ascending by id. Reads all of them.
    virtual void forEachTouched(const Table &table, const std::function<void(const Uuid &, RevPos)> &visit) = 0;
    virtual void eraseTouched(const Table &table, const Uuid &id) = 0;        // a row that the host does not have

    // Sums over the index (rule 15); 0 where nothing was added.
    [[nodiscard]] virtual std::uint64_t digest(std::uint16_t table, std::uint8_t dataClass) = 0;
    virtual void setDigest(std::uint16_t table, std::uint8_t dataClass, std::uint64_t sum) = 0;
    [[nodiscard]] virtual std::vector<TableDigest> digests() = 0;             // by table, class
    virtual void eraseDigests() = 0;

    // Small state by key; salts by revision.
    [[nodiscard]] virtual std::optional<QByteArray> state(std::string_view key) = 0;
    virtual void setState(std::string_view key, const QByteArray &value) = 0;
    [[nodiscard]] virtual std::optional<Salt> salt(std::int64_t rev) = 0;
    virtual void setSalt(std::int64_t rev, Salt salt) = 0;
    [[nodiscard]] virtual std::vector<RevSalt> saltsBetween(std::int64_t from, std::int64_t to, int newest) = 0;   // inclusive, ascending
    // At most `count` of those strictly between, evenly spread over what is held (probes). Reads all of them.
    [[nodiscard]] virtual std::vector<RevSalt> saltsSpread(std::int64_t lo, std::int64_t hi, int count) = 0;
    [[nodiscard]] virtual std::optional<RevSalt> saltAtOrBefore(std::int64_t rev) = 0;
    virtual void eraseSalts(std::int64_t after = -1) = 0;                     // of revisions beyond `after`

    // Host: counters and kept replies (rule 8, H4).
    [[nodiscard]] virtual std::optional<Counter> counter(const Author &author) = 0;
    virtual void setCounter(const Author &author, const Counter &counter) = 0;
    virtual void keepReply(const Author &author, std::int64_t seq, const Reply &reply) = 0;
    [[nodiscard]] virtual Answers repliesAfter(const Author &author, std::int64_t retired) = 0;
    virtual void dropReplies(const Author &author, std::int64_t retired) = 0;

    // Host and standby: everything of it (rule 17).
    [[nodiscard]] virtual std::vector<std::pair<Author, Counter>> counters() = 0;
    [[nodiscard]] virtual std::vector<std::pair<Uuid, QByteArray>> tokens() = 0;      // device → hash of its token
    virtual void setToken(const Uuid &device, const QByteArray &hash) = 0;

    // Host: offers (rule 16, H10, H15). Parts wait under their author until the last one is there.
    [[nodiscard]] virtual bool offerTaken(const Author &author, const RevSalt &real) = 0;
    virtual void setOfferTaken(const Author &author, const RevSalt &real) = 0;
    [[nodiscard]] virtual std::vector<std::pair<Author, RevSalt>> offersTaken() = 0;
    [[nodiscard]] virtual std::optional<Origin> origin(const Table &table, const Uuid &id) = 0;
    virtual void setOrigin(const Table &table, const Uuid &id, const Origin &origin) = 0;
    [[nodiscard]] virtual std::optional<Salt> offerSalt(std::int64_t offer, std::int64_t rev) = 0;
    virtual void keepOfferSalts(std::int64_t offer, const std::vector<RevSalt> &salts) = 0;
    virtual void offerPut(const Author &author, const RowAt &row) = 0;
    [[nodiscard]] virtual std::vector<RowAt> offerRows(const Author &author, RevPos after, int maxRows) = 0;      // ascending
    virtual void offerClear(const Author &author) = 0;

    // Client: the host's images behind pending edits (rule 12). An image may be "no row".
    [[nodiscard]] virtual bool hasBase(const Table &table, const Uuid &id) = 0;
    [[nodiscard]] virtual std::optional<Row> base(const Table &table, const Uuid &id) = 0;
    virtual void setBase(const Table &table, const Uuid &id, const std::optional<Row> &image) = 0;
    virtual void eraseBase(const Table &table, const Uuid &id) = 0;

    // Client: staged catch-up (rule 7).
    virtual void stagePut(const RowAt &row) = 0;                              // a later touch replaces an earlier one
    [[nodiscard]] virtual std::vector<RowAt> stageAfter(RevPos after, int maxRows) = 0;      // ascending
    virtual void stageClear() = 0;

    // Client: the outbox (rule 8).
    virtual void append(const OutboxEntry &entry, const std::vector<RowKey> &touches) = 0;   // audit rows among them
    [[nodiscard]] virtual std::optional<OutboxEntry> outbox(std::int64_t seq) = 0;
    [[nodiscard]] virtual std::vector<OutboxEntry> outboxAfter(std::int64_t seq, int limit) = 0;      // ascending
    [[nodiscard]] virtual std::vector<std::int64_t> outboxTouching(const Table &table, const Uuid &id) = 0;   // ascending
    virtual void markOutbox(std::int64_t seq, bool doomed, bool provisional) = 0;
    virtual void retire(std::int64_t seq) = 0;
    virtual std::int64_t renumberOutbox() = 0;                                // from 1, in order; answers how many
    virtual void reject(std::int64_t seq, const Entry &entry, const std::string &why) = 0;   // sync_rejected
};

// Keys of StoreTx::state, all written by the engines unless said.
namespace key {
inline constexpr std::string_view kEpoch = "epoch";              // 8 bytes number, 16 bytes id
inline constexpr std::string_view kHead = "head";                // host: last revision
inline constexpr std::string_view kCursor = "cursor";            // client
inline constexpr std::string_view kStageCursor = "stage_cursor";
inline constexpr std::string_view kStageHead = "stage_head";     // highest head (rev, salt) that the scan was told
inline constexpr std::string_view kSchema = "schema";            // client: whose tables and columns the rows hold whole
inline constexpr std::string_view kScanSchema = "scan_schema";   // of the scan from the beginning that is under way
inline constexpr std::string_view kScans = "scans";              // client: how often everything was read again
inline constexpr std::string_view kIncarnation = "incarnation";
inline constexpr std::string_view kSeq = "seq";                  // last own seq
inline constexpr std::string_view kRetired = "retired";
inline constexpr std::string_view kPrefix = "prefix";            // own prefix for patient, bill and receipt numbers
inline constexpr std::string_view kPrefixes = "prefixes";        // host: how many prefixes it has given
inline constexpr std::string_view kFirstSync = "first_sync";     // present until the first catch-up is complete
inline constexpr std::string_view kAgreed = "agreed_rev";        // client: where its digests last equalled the host's (H19)
inline constexpr std::string_view kFork = "fork";                // client: of a change of history that is under way
inline constexpr std::string_view kHealings = "healings";        // client: how often a digest differed; each is a defect
inline constexpr std::string_view kDigests = "digests";          // present once sync_digest covers sync_row
inline constexpr std::string_view kHistoryRefused = "history_refused";   // words of the host, until joined afresh
} // namespace key

[[nodiscard]] std::int64_t stateInt(StoreTx &tx, std::string_view key, std::int64_t otherwise = 0);
void setStateInt(StoreTx &tx, std::string_view key, std::int64_t value);
[[nodiscard]] std::optional<RevPos> stateCursor(StoreTx &tx, std::string_view key);
void setStateCursor(StoreTx &tx, std::string_view key, RevPos value);
[[nodiscard]] Epoch stateEpoch(StoreTx &tx);
void setStateEpoch(StoreTx &tx, const Epoch &epoch);

} // namespace anteroom::sync

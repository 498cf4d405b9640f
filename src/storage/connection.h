// Connection: one open SQLite database, its pragmas, and the cache of its prepared statements. Opened through
// QSqlDatabase under a name of its own, spoken to through SQLite's C API. Belongs to the thread that opened it; only
// interrupt() may come from another. One writing connection per data folder writes and checkpoints; readers are
// opened ReadOnly. It never begins a transaction by itself and never migrates (migrations.h).
#pragma once

#include "core/result.h"
#include "schema/table.h"
#include "storage/statement.h"

#include <QString>

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;

namespace anteroom::storage {

inline constexpr int kApplicationId = 0x416e7465;        // "Ante": the file is Anteroom's
inline constexpr int kBusyTimeoutMs = 5000;              // longer than any checkpoint, shorter than a person's patience
inline constexpr int kWriterCacheKib = 32 * 1024;        // a day's working set of 100,000 patients' indexes
inline constexpr int kReaderCacheKib = 8 * 1024;
inline constexpr int kPageBytes = 4096;
inline constexpr int kWalFileBytes = 64 * 1024 * 1024;   // a longer log is cut to this when it begins again
inline constexpr int kStatementCacheLimit = 512;         // new texts until the prepared forms are dropped; hot ones come back at once

enum class Mode : std::uint8_t { ReadWrite, ReadOnly };
enum class Durability : std::uint8_t { Normal, Full };   // Full: a commit survives a power cut

struct OpenOptions {
    QString vfs;                         // name of a registered SQLite VFS; empty = the system's
    int busyTimeoutMs = kBusyTimeoutMs;
};

struct CheckpointResult {
    int walFrames = 0;                   // in the WAL before
    int copied = 0;                      // of them, in the database file now
};

// Generated SQL of one table, made at its first use.
struct TableStatements {
    std::vector<schema::Type> types;     // of every position in a Row
    std::string columnList;              // "id","created_at",…
    std::string quotedName;
    StatementSlot *read = nullptr;
    StatementSlot *upsert = nullptr;
    StatementSlot *erase = nullptr;
};

class Connection {
public:
    // ReadOnly works too where nothing can be written beside the file (a full disk, a folder of somebody else), as long as
    // no log has to be read: then the file is taken as one that nobody changes.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const QString &path, Mode mode, const OpenOptions &options = {});
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] sqlite3 *handle() const { return m_handle; }

    // Runs statements without parameters or results.
    void execute(std::string_view sql);
    [[nodiscard]] std::int64_t pragma(std::string_view name);
    [[nodiscard]] int userVersion() { return static_cast<int>(pragma("user_version")); }

    // Both only between transactions (SQLite ignores them inside one); cheap where nothing changes.
    void setDurability(Durability durability);
    [[nodiscard]] Durability durability() const { return m_durability; }
    void setForeignKeys(bool on);
    // Copies the WAL into the database file as far as readers allow; truncates it where `truncate` and nobody reads.
    // Only the writer, between transactions, off the hot path.
    CheckpointResult checkpoint(bool truncate = false);
    // What commits of this connection have put into the log since it was last copied whole: what a checkpoint has to do.
    // The log's file keeps its size and is written again from its begin.
    [[nodiscard]] std::int64_t walBytes() const { return m_walFrames * kPageBytes; }

    [[nodiscard]] bool inTransaction() const;
    void interrupt();                    // any thread: the running statement ends with ErrorCode::Cancelled

    [[nodiscard]] StatementSlot &slot(std::string_view sql);             // the cache's place for this text
    [[nodiscard]] const TableStatements &statements(const schema::Table &table);

private:
    friend class Transaction;
    friend class Statement;
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view s) const noexcept { return std::hash<std::string_view>{}(s); }
    };

    [[nodiscard]] static Result<std::unique_ptr<Connection>> openAs(const QString &path, Mode mode, const OpenOptions &options, bool immutable);
    Connection(QString path, Mode mode) : m_path(std::move(path)), m_mode(mode) {}
    [[nodiscard]] Result<void> openHandle(const OpenOptions &options, bool immutable);
    [[nodiscard]] Result<void> checkOwner();
    [[nodiscard]] Result<void> configure(const OpenOptions &options);
    [[nodiscard]] Result<void> setChecked(std::string_view name, std::int64_t value);
    void requireTransaction(bool writes);
    void dropIdleStatements();

    QString m_path, m_name;
    Mode m_mode;
    sqlite3 *m_handle = nullptr;
    Durability m_durability = Durability::Full;
    bool m_foreignKeys = true;
    bool m_inScope = false;              // a Transaction is alive
    bool m_ready = false;                // open() is done: from now on every write is inside a Transaction
    int m_sinceDrop = 0;
    std::int64_t m_walFrames = 0;
    // unique_ptr: slots keep their address when the map grows.
    std::unordered_map<std::string_view, std::unique_ptr<StatementSlot>, TextHash, std::equal_to<>> m_slots;
    std::unordered_map<const schema::Table *, TableStatements> m_tables;
};

} // namespace anteroom::storage

// Disk: the files of one simulated PC, in memory, behind one SQLite VFS that serves all disks of the process. What is
// written is lost at a power cut until it was synced: each write survives whole, not at all, or by sectors. A disk
// belongs to one thread at a time, several disks to several threads. It never sleeps, never reads a clock and never
// touches a real file; which write survives is the caller's dice, so a seed replays a run.
#pragma once

#include "core/random.h"
#include "storage/connection.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace anteroom::sim {

struct DiskState;

inline constexpr int kBlockBytes = 4096;         // a page of the database: writes of whole pages share, never copy
inline constexpr int kSectorBytes = 512;         // what a drive writes whole or not at all

struct DiskOperation {
    enum class Kind : std::uint8_t { Write, Sync, Truncate, Remove };
    Kind kind = Kind::Write;
    std::string file;                            // its name on this disk: "clinic.db-wal"
    std::int64_t offset = 0, bytes = 0;          // of a write; a truncate: the new size in `bytes`
};

// Existence: a new file is there for certain after its own sync, before it may vanish whole; a removed one may come back.
// The first sync of a new journal or log, and a removal that asks for it, are a sync of the folder: after it all that was
// created, removed and replaced on this disk is certain.
class Disk {
public:
    // Contents at one moment; copies share blocks. Several disks can be restored from one image, in several threads.
    class Image {
    public:
        [[nodiscard]] bool isEmpty() const { return !m_files; }

    private:
        friend class Disk;
        friend struct DiskState;
        struct Files;
        std::shared_ptr<const Files> m_files;
    };
    using Observer = std::function<void(const DiskOperation &)>;

    Disk();
    explicit Disk(const Image &image);
    ~Disk();                                     // handles that are still open become dead
    Disk(const Disk &) = delete;
    Disk &operator=(const Disk &) = delete;

    // "/disk7/clinic.db": for Connection::open and openDatabase together with openOptions().
    [[nodiscard]] QString path(const QString &file) const;
    [[nodiscard]] static QString vfsName();      // registers the VFS at its first call
    [[nodiscard]] static storage::OpenOptions openOptions();

    // After each of these two, whoever had a file open has a dead handle: its I/O fails, closing it is harmless.
    void powerCut(Random &random);               // what was not synced survives as the dice say
    void processCrash();                         // what was written stays, synced or not; locks and shared memory go

    // Faults. A write beyond the capacity (sum of file sizes) answers SQLITE_FULL; nothing = no limit.
    void setCapacity(std::optional<std::int64_t> bytes);
    // The n-th write, sync or truncate from now (1 = the next) answers SQLITE_IOERR_*; 0 = none. A failed write leaves its
    // first half, a failed sync leaves nothing certain.
    void failOperation(std::int64_t n);
    [[nodiscard]] std::int64_t failures() const;     // how often one of these two came true since the disk was made
    void ignoreSync(bool on);                    // a device that lies: sync answers well and nothing becomes durable

    [[nodiscard]] Image image() const;           // as a program sees the files now; all of it durable where it is restored
    [[nodiscard]] Image imageAfterPowerCut(Random &random) const;        // what powerCut() would leave; nothing changes here
    void restore(const Image &image);            // handles die
    // As restore(), under handles that live on: locks stay, shared memory is cleared, so that an idle connection recovers
    // the database as at its opening. Its owner lets go of SQLite's page cache. For looking at many images quickly.
    void exchange(const Image &image);

    // Writes, syncs, truncates and removes since the disk was made.
    [[nodiscard]] std::int64_t operations() const;
    [[nodiscard]] std::int64_t bytesUsed() const;
    [[nodiscard]] std::int64_t unsynced() const; // writes and the like that a power cut may take now
    // Called before each operation takes effect; may take images of this disk, may not write to it.
    void observe(Observer observer);
    void keepLog(bool on);                       // off: forgets it
    [[nodiscard]] const std::vector<DiskOperation> &log() const;

    // Small files beside the database, such as marks: replaced whole or not at all, as writeFileAtomically() does it.
    // False: the disk is full, or the operation was to fail; then the old content stays.
    [[nodiscard]] std::optional<QByteArray> readFile(const QString &name) const;
    bool writeFile(const QString &name, const QByteArray &bytes, bool durable);
    void removeFile(const QString &name, bool durable);
    [[nodiscard]] QStringList files() const;     // names, sorted

private:
    std::shared_ptr<DiskState> m_state;
};

} // namespace anteroom::sim

#include "app/sim/vfs_sqlite.h"

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <utility>

namespace anteroom::sim {

namespace {

// ---- handles --------------------------------------------------------------------------------

// What SQLite holds of an open file. Made in SQLite's memory by open, ended by close.
struct Handle {
    sqlite3_file base;                   // first: SQLite's view of this object
    std::shared_ptr<DiskState> disk;     // null: a temporary file without a name
    std::uint64_t generation = 0;
    std::shared_ptr<DiskFile> file;
    std::string name;
    int lock = SQLITE_LOCK_NONE;
    std::shared_ptr<ShmLocks> shm;
    unsigned shmShared = 0, shmExclusive = 0;        // slots that this handle holds
    bool erase = false;                  // at close
    bool syncFolder = false;             // a new journal or log: its first sync is one of the folder too (as the system's)

    [[nodiscard]] bool dead() const { return disk && disk->generation != generation; }
};

Handle &of(sqlite3_file *file) { return *reinterpret_cast<Handle *>(file); }

int answer(DiskState::Outcome outcome, int failure)
{
    return outcome == DiskState::Outcome::Done ? SQLITE_OK : outcome == DiskState::Outcome::Full ? SQLITE_FULL : failure;
}

void unlockShm(Handle &h, unsigned slots)
{
    for (int i = 0; i < ShmLocks::kSlots; ++i) {
        const unsigned bit = 1U << i;
        if (!(slots & bit))
            continue;
        const auto at = static_cast<std::size_t>(i);
        if (h.shmShared & bit)
            --h.shm->shared[at];
        if (h.shmExclusive & bit)
            h.shm->exclusive[at] = false;
    }
    h.shmShared &= ~slots;
    h.shmExclusive &= ~slots;
}

// The last one takes the shared memory with it, as the first to open it again would clear it.
void leaveShm(Handle &h)
{
    if (!h.shm)
        return;
    unlockShm(h, h.shmShared | h.shmExclusive);
    if (--h.shm->users == 0 && h.file->shm == h.shm)
        h.file->shm.reset();
    h.shm.reset();
}

int unlockTo(Handle &h, int level)
{
    DiskFile &f = *h.file;
    if (h.dead() || h.lock <= level)
        return SQLITE_OK;
    if (f.exclusive == &h)
        f.exclusive = nullptr;
    if (f.waiting == &h)
        f.waiting = nullptr;
    if (f.reserved == &h)
        f.reserved = nullptr;
    if (level == SQLITE_LOCK_NONE)
        --f.shared;
    h.lock = level;
    return SQLITE_OK;
}

int closeFile(sqlite3_file *file)
{
    Handle &h = of(file);
    leaveShm(h);
    unlockTo(h, SQLITE_LOCK_NONE);
    if (h.erase && h.disk && !h.dead())
        h.disk->remove(h.name, false);
    const sqlite3_file base = h.base;
    h.~Handle();
    *file = base;
    file->pMethods = nullptr;
    return SQLITE_OK;
}

int readFile(sqlite3_file *file, void *buffer, int count, sqlite3_int64 offset)
{
    const Handle &h = of(file);
    if (h.dead())
        return SQLITE_IOERR_READ;
    const auto wanted = static_cast<std::size_t>(count);
    h.file->seen.read(offset, {static_cast<std::byte *>(buffer), wanted});
    return offset + count <= h.file->seen.size() ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int writeFile(sqlite3_file *file, const void *buffer, int count, sqlite3_int64 offset)
{
    Handle &h = of(file);
    if (h.dead())
        return SQLITE_IOERR_WRITE;
    const std::span bytes(static_cast<const std::byte *>(buffer), static_cast<std::size_t>(count));
    if (!h.disk) {
        h.file->seen.write(offset, bytes);
        return SQLITE_OK;
    }
    return answer(h.disk->write(h.name, *h.file, offset, bytes), SQLITE_IOERR_WRITE);
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    Handle &h = of(file);
    if (h.dead())
        return SQLITE_IOERR_TRUNCATE;
    if (h.disk)
        return answer(h.disk->truncate(h.name, *h.file, size), SQLITE_IOERR_TRUNCATE);
    h.file->seen.resize(size);
    return SQLITE_OK;
}

int syncFile(sqlite3_file *file, int)
{
    Handle &h = of(file);
    if (h.dead())
        return SQLITE_IOERR_FSYNC;
    if (!h.disk)
        return SQLITE_OK;
    const DiskState::Outcome outcome = h.disk->sync(h.name, *h.file);
    if (outcome == DiskState::Outcome::Done && std::exchange(h.syncFolder, false))
        h.disk->syncFolder();
    return answer(outcome, SQLITE_IOERR_FSYNC);
}

int sizeOf(sqlite3_file *file, sqlite3_int64 *size)
{
    const Handle &h = of(file);
    if (h.dead())
        return SQLITE_IOERR_FSTAT;
    *size = h.file->seen.size();
    return SQLITE_OK;
}

int lockFile(sqlite3_file *file, int level)
{
    Handle &h = of(file);
    if (h.dead())
        return SQLITE_IOERR_LOCK;
    if (h.lock >= level)
        return SQLITE_OK;
    DiskFile &f = *h.file;
    const auto others = [&h](const void *owner) { return owner && owner != &h; };
    if (others(f.exclusive) || others(f.waiting))
        return SQLITE_BUSY;
    if (h.lock == SQLITE_LOCK_NONE) {
        ++f.shared;
        h.lock = SQLITE_LOCK_SHARED;
    }
    if (level == SQLITE_LOCK_SHARED)
        return SQLITE_OK;
    if (others(f.reserved))
        return SQLITE_BUSY;
    f.reserved = &h;
    if (level == SQLITE_LOCK_RESERVED) {
        h.lock = level;
        return SQLITE_OK;
    }
    f.waiting = &h;
    h.lock = SQLITE_LOCK_PENDING;
    if (level == SQLITE_LOCK_EXCLUSIVE) {
        if (f.shared > 1)
            return SQLITE_BUSY;
        f.exclusive = &h;
        h.lock = level;
    }
    return SQLITE_OK;
}

int unlockFile(sqlite3_file *file, int level) { return unlockTo(of(file), level); }

int isReserved(sqlite3_file *file, int *result)
{
    const Handle &h = of(file);
    if (h.dead())
        return SQLITE_IOERR_CHECKRESERVEDLOCK;
    *result = h.file->reserved != nullptr;
    return SQLITE_OK;
}

int control(sqlite3_file *, int, void *) { return SQLITE_NOTFOUND; }
int sectorSize(sqlite3_file *) { return kBlockBytes; }
// As the system's VFS says it on Linux: a torn write leaves its neighbours alone.
int characteristics(sqlite3_file *) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

// ---- shared memory of WAL mode --------------------------------------------------------------

int mapShm(sqlite3_file *file, int region, int bytes, int extend, void volatile **out)
{
    Handle &h = of(file);
    *out = nullptr;
    if (h.dead())
        return SQLITE_IOERR_SHMMAP;
    if (!h.shm) {
        if (!h.file->shm)
            h.file->shm = std::make_shared<ShmLocks>();
        h.shm = h.file->shm;
        ++h.shm->users;
    }
    auto &regions = h.shm->regions;
    const auto size = static_cast<std::size_t>(bytes);
    while (extend && regions.size() <= static_cast<std::size_t>(region))
        regions.push_back({std::make_unique<std::byte[]>(size), size});      // zeros
    if (static_cast<std::size_t>(region) < regions.size())
        *out = regions[static_cast<std::size_t>(region)].bytes.get();
    return SQLITE_OK;
}

int lockShm(sqlite3_file *file, int offset, int count, int flags)
{
    Handle &h = of(file);
    if (h.dead() || !h.shm)
        return SQLITE_IOERR_SHMLOCK;
    const unsigned slots = ((1U << count) - 1) << offset;
    if (flags & SQLITE_SHM_UNLOCK) {
        unlockShm(h, slots & (h.shmShared | h.shmExclusive));
        return SQLITE_OK;
    }
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (int i = offset; i < offset + count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const int others = h.shm->shared[at] - ((h.shmShared >> i) & 1 ? 1 : 0);
        const bool foreign = h.shm->exclusive[at] && !((h.shmExclusive >> i) & 1);
        if (foreign || (exclusive && others > 0))
            return SQLITE_BUSY;
    }
    for (int i = offset; i < offset + count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (exclusive)
            h.shm->exclusive[at] = true;
        else if (!((h.shmShared >> i) & 1))
            ++h.shm->shared[at];
    }
    (exclusive ? h.shmExclusive : h.shmShared) |= slots;
    return SQLITE_OK;
}

void barrier(sqlite3_file *) { std::atomic_thread_fence(std::memory_order_seq_cst); }

int unmapShm(sqlite3_file *file, int)
{
    leaveShm(of(file));
    return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {
    2, closeFile, readFile, writeFile, truncateFile, syncFile, sizeOf, lockFile, unlockFile, isReserved, control, sectorSize,
    characteristics, mapShm, lockShm, barrier, unmapShm, nullptr, nullptr,
};

// ---- the VFS --------------------------------------------------------------------------------

int openFile(sqlite3_vfs *, const char *path, sqlite3_file *file, int flags, int *outFlags)
{
    file->pMethods = nullptr;
    Place place;
    if (path) {
        place = placeOf(path);
        if (!place.disk || (!place.disk->find(place.name) && !(flags & SQLITE_OPEN_CREATE)))
            return SQLITE_CANTOPEN;
    }
    const bool isNew = place.disk && !place.disk->find(place.name);
    Handle *h = new (file) Handle;
    h->disk = place.disk;
    h->generation = place.disk ? place.disk->generation : 0;
    h->file = place.disk ? place.disk->open(place.name) : std::make_shared<DiskFile>();
    h->name = std::move(place.name);
    h->erase = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    h->syncFolder = isNew && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL));
    h->base.pMethods = &kMethods;
    if (outFlags)
        *outFlags = flags;
    return SQLITE_OK;
}

int removeFile(sqlite3_vfs *, const char *path, int syncFolder)
{
    const Place place = placeOf(path);
    if (!place.disk || !place.disk->find(place.name))
        return SQLITE_IOERR_DELETE_NOENT;
    place.disk->remove(place.name, syncFolder != 0);
    return SQLITE_OK;
}

int hasFile(sqlite3_vfs *, const char *path, int flags, int *result)
{
    const Place place = placeOf(path);
    const DiskFile *file = place.disk ? place.disk->find(place.name) : nullptr;
    *result = file && (flags != SQLITE_ACCESS_EXISTS || file->seen.size() > 0);      // an empty journal is none (as the system's)
    return SQLITE_OK;
}

int fullPath(sqlite3_vfs *, const char *path, int size, char *out)
{
    sqlite3_snprintf(size, out, "%s", path);
    return std::strlen(path) < static_cast<std::size_t>(size) ? SQLITE_OK : SQLITE_CANTOPEN;
}

// Nothing here may differ between two runs of a seed; what SQLite asks by chance goes to the system's VFS anyway.
int noise(sqlite3_vfs *, int count, char *out)
{
    std::memset(out, 0x5a, static_cast<std::size_t>(count));
    return count;
}

int sleepNot(sqlite3_vfs *, int microseconds) { return microseconds; }

int someMorning(sqlite3_vfs *, double *julianDay)
{
    *julianDay = 2461250.5;              // in the summer of 2026
    return SQLITE_OK;
}

int lastError(sqlite3_vfs *, int, char *) { return 0; }

} // namespace

void registerVfs()
{
    static const int done = [] {
        static sqlite3_vfs vfs{};
        vfs.iVersion = 1;
        vfs.szOsFile = sizeof(Handle);
        vfs.mxPathname = 512;
        vfs.zName = kVfsName;
        vfs.xOpen = openFile;
        vfs.xDelete = removeFile;
        vfs.xAccess = hasFile;
        vfs.xFullPathname = fullPath;
        vfs.xRandomness = noise;
        vfs.xSleep = sleepNot;
        vfs.xCurrentTime = someMorning;
        vfs.xGetLastError = lastError;
        return sqlite3_vfs_register(&vfs, 0);
    }();
    (void)done;
}

} // namespace anteroom::sim

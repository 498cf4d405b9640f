// DiskFile and DiskState: what a simulated disk is made of, behind Disk and the VFS. A file has two contents, the one
// that programs see and the one that is certain, and between them the un-synced operations in their order. They know
// nothing of SQLite but its result codes' names; no locking between threads (vfs.h).
#pragma once

#include "app/sim/vfs.h"

#include <array>
#include <cstddef>
#include <map>
#include <span>

namespace anteroom::sim {

using Block = std::array<std::byte, kBlockBytes>;

// Bytes in shared blocks: copying a content copies pointers, writing to a shared block copies that block.
class Content {
public:
    [[nodiscard]] std::int64_t size() const { return m_size; }
    void read(std::int64_t offset, std::span<std::byte> into) const;     // zeros beyond the end and in holes
    void write(std::int64_t offset, std::span<const std::byte> bytes);
    void resize(std::int64_t size);
    // Takes over the blocks that hold this range from `other`, whatever stands in them.
    void share(const Content &other, std::int64_t offset, std::int64_t bytes);

private:
    std::vector<std::shared_ptr<Block>> m_blocks;    // null: a hole, zeros
    std::int64_t m_size = 0;
};

// How the un-synced operations of a whole disk fare at one power cut.
struct Fate {
    enum class Style : std::uint8_t { Nothing, All, Prefix, Dice };
    Style style = Style::Dice;
    std::uint64_t until = 0;             // Prefix: operations before this one survive, this one is torn
    unsigned quarters = 2;               // Dice: of the whole ones survive so many quarters
};

enum class Survival : std::uint8_t { Lost, Torn, Whole };

struct ShmLocks {
    static constexpr int kSlots = 8;     // SQLITE_SHM_NLOCK
    std::array<int, kSlots> shared{};
    std::array<bool, kSlots> exclusive{};
    struct Region { std::unique_ptr<std::byte[]> bytes; std::size_t size = 0; };
    std::vector<Region> regions;
    int users = 0;

    void clear();                        // zeros; whoever has it mapped keeps it
};

struct DiskFile {
    struct Pending {
        enum class Kind : std::uint8_t { Create, Write, Truncate, Remove, Replace };
        Kind kind;
        std::uint64_t order;             // of the disk: which came first
        std::int64_t offset, bytes;
        std::size_t data;                // of a write: its place in m_written
    };

    void create(std::uint64_t order);
    void write(std::uint64_t order, std::int64_t offset, std::span<const std::byte> bytes);
    void truncate(std::uint64_t order, std::int64_t bytes);
    void remove(std::uint64_t order);
    void replace(std::uint64_t order, std::span<const std::byte> bytes);     // whole or not at all, as rename() does it
    void sync();                         // all of it is certain, its existence too
    void settleExistence();              // what a sync of its folder makes certain: created, removed, replaced
    void become(std::optional<Content> content);     // after a cut: this, and certain
    // What would be left; nothing: no file.
    [[nodiscard]] std::optional<Content> survivors(const Fate &fate, Random &random) const;

    Content seen, certain;
    bool exists = false, certainlyExists = false;
    std::vector<Pending> pending;
    std::vector<std::byte> written;      // the bytes of pending writes, one after the other

    int shared = 0;                      // SQLite's locks on the database file
    const void *reserved = nullptr, *waiting = nullptr, *exclusive = nullptr;
    std::shared_ptr<ShmLocks> shm;
};

struct Disk::Image::Files {
    std::map<std::string, Content> contents;
};

struct DiskState {
    enum class Outcome : std::uint8_t { Done, Failed, Full };

    [[nodiscard]] DiskFile *find(const std::string &name) const;         // null: does not exist
    std::shared_ptr<DiskFile> open(const std::string &name);             // makes it where it is missing
    [[nodiscard]] Outcome write(const std::string &name, DiskFile &file, std::int64_t offset, std::span<const std::byte> bytes);
    [[nodiscard]] Outcome truncate(const std::string &name, DiskFile &file, std::int64_t bytes);
    [[nodiscard]] Outcome sync(const std::string &name, DiskFile &file);
    [[nodiscard]] Outcome replace(const std::string &name, std::span<const std::byte> bytes);
    void remove(const std::string &name, bool durable);
    void syncFolder();                   // part of an operation, not one of its own

    [[nodiscard]] Fate castFate(Random &random) const;
    [[nodiscard]] std::int64_t bytesUsed() const;
    void killHandles();

    int number = 0;
    std::uint64_t generation = 0;        // of its handles: an older one is dead
    std::map<std::string, std::shared_ptr<DiskFile>> files;              // sorted: dice fall in the same order
    std::optional<std::int64_t> capacity;
    std::int64_t failIn = 0;
    bool lies = false;
    std::int64_t operations = 0, failures = 0;
    Disk::Observer observer;
    bool logging = false;
    std::vector<DiskOperation> log;

private:
    [[nodiscard]] bool fits(std::int64_t growth);
    [[nodiscard]] bool begin(DiskOperation::Kind kind, const std::string &name, std::int64_t offset, std::int64_t bytes);
};

} // namespace anteroom::sim

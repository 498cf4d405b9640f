#include "app/sim/vfs_files.h"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace anteroom::sim {

// ---- Content --------------------------------------------------------------------------------

void Content::read(std::int64_t offset, std::span<std::byte> into) const
{
    while (!into.empty()) {
        const auto index = static_cast<std::size_t>(offset / kBlockBytes);
        const auto within = static_cast<std::size_t>(offset % kBlockBytes);
        const std::size_t n = std::min(into.size(), kBlockBytes - within);
        if (index < m_blocks.size() && m_blocks[index])
            std::memcpy(into.data(), m_blocks[index]->data() + within, n);
        else
            std::memset(into.data(), 0, n);
        into = into.subspan(n);
        offset += static_cast<std::int64_t>(n);
    }
}

void Content::write(std::int64_t offset, std::span<const std::byte> bytes)
{
    const std::int64_t end = offset + static_cast<std::int64_t>(bytes.size());
    if (end > m_size)
        resize(end);
    while (!bytes.empty()) {
        const auto within = static_cast<std::size_t>(offset % kBlockBytes);
        const std::size_t n = std::min(bytes.size(), kBlockBytes - within);
        std::shared_ptr<Block> &block = m_blocks[static_cast<std::size_t>(offset / kBlockBytes)];
        if (!block)
            block = std::make_shared<Block>();               // zeros
        else if (block.use_count() > 1)
            block = n == kBlockBytes ? std::make_shared<Block>() : std::make_shared<Block>(*block);
        else
            std::atomic_thread_fence(std::memory_order_acquire);         // another thread has let go of it just now
        std::memcpy(block->data() + within, bytes.data(), n);
        bytes = bytes.subspan(n);
        offset += static_cast<std::int64_t>(n);
    }
}

void Content::resize(std::int64_t size)
{
    const bool shorter = size < m_size;
    m_size = size;
    m_blocks.resize(static_cast<std::size_t>((size + kBlockBytes - 1) / kBlockBytes));
    const auto within = static_cast<std::size_t>(size % kBlockBytes);
    if (shorter && within > 0 && m_blocks.back()) {          // what was cut off never comes back when the file grows
        auto last = std::make_shared<Block>(*m_blocks.back());
        std::memset(last->data() + within, 0, kBlockBytes - within);
        m_blocks.back() = std::move(last);
    }
}

void Content::share(const Content &other, std::int64_t offset, std::int64_t bytes)
{
    const auto first = static_cast<std::size_t>(offset / kBlockBytes);
    const auto end = static_cast<std::size_t>((offset + bytes + kBlockBytes - 1) / kBlockBytes);
    for (std::size_t i = first; i < std::min({end, m_blocks.size(), other.m_blocks.size()}); ++i)
        m_blocks[i] = other.m_blocks[i];
}

void ShmLocks::clear()
{
    for (const Region &region : regions)
        std::memset(region.bytes.get(), 0, region.size);
}

// ---- DiskFile -------------------------------------------------------------------------------

void DiskFile::create(std::uint64_t order)
{
    exists = true;
    pending.push_back({Pending::Kind::Create, order, 0, 0, 0});
}

void DiskFile::write(std::uint64_t order, std::int64_t offset, std::span<const std::byte> bytes)
{
    seen.write(offset, bytes);
    pending.push_back({Pending::Kind::Write, order, offset, static_cast<std::int64_t>(bytes.size()), written.size()});
    written.insert(written.end(), bytes.begin(), bytes.end());
}

void DiskFile::truncate(std::uint64_t order, std::int64_t bytes)
{
    seen.resize(bytes);
    pending.push_back({Pending::Kind::Truncate, order, 0, bytes, 0});
}

void DiskFile::remove(std::uint64_t order)
{
    seen = {};
    exists = false;
    pending.push_back({Pending::Kind::Remove, order, 0, 0, 0});
}

void DiskFile::replace(std::uint64_t order, std::span<const std::byte> bytes)
{
    exists = true;
    seen = {};
    seen.write(0, bytes);
    pending.push_back({Pending::Kind::Replace, order, 0, static_cast<std::int64_t>(bytes.size()), written.size()});
    written.insert(written.end(), bytes.begin(), bytes.end());
}

// The two contents differ only where something is pending: the cost is what was written, not the file.
void DiskFile::sync()
{
    for (const Pending &p : pending) {
        if (p.kind == Pending::Kind::Truncate)
            certain.resize(std::min(certain.size(), p.bytes));
        else if (p.kind == Pending::Kind::Remove || p.kind == Pending::Kind::Replace)
            certain = {};
    }
    certain.resize(seen.size());
    for (const Pending &p : pending) {
        if (p.kind == Pending::Kind::Write || p.kind == Pending::Kind::Replace)
            certain.share(seen, p.offset, p.bytes);
        else if (p.kind == Pending::Kind::Truncate && p.bytes % kBlockBytes != 0)
            certain.share(seen, p.bytes, 1);
    }
    certainlyExists = exists;
    pending.clear();
    written.clear();
}

void DiskFile::settleExistence()
{
    std::vector<Pending> left;
    for (const Pending &p : pending) {
        switch (p.kind) {
        case Pending::Kind::Create:
            certainlyExists = true;
            break;
        case Pending::Kind::Remove:
        case Pending::Kind::Replace:
            left.clear();                // what was written before is gone with the old file
            certain = {};
            certainlyExists = p.kind == Pending::Kind::Replace;
            if (certainlyExists)
                certain.write(0, std::span(written).subspan(p.data, static_cast<std::size_t>(p.bytes)));
            break;
        case Pending::Kind::Write:
        case Pending::Kind::Truncate:
            left.push_back(p);
        }
    }
    pending = std::move(left);
    if (pending.empty())
        written.clear();
}

void DiskFile::become(std::optional<Content> content)
{
    certainlyExists = exists = content.has_value();
    seen = content ? std::move(*content) : Content{};
    certain = seen;
    pending.clear();
    written.clear();
}

namespace {

Survival survivalOf(const DiskFile::Pending &p, const Fate &fate, Random &random)
{
    switch (fate.style) {
    case Fate::Style::Nothing:
        return Survival::Lost;
    case Fate::Style::All:
        return Survival::Whole;
    case Fate::Style::Prefix:
        return p.order < fate.until ? Survival::Whole : p.order == fate.until ? Survival::Torn : Survival::Lost;
    case Fate::Style::Dice:
        break;
    }
    const std::uint64_t dice = random.u64();
    if (dice % 4 == 0)
        return Survival::Torn;
    return (dice >> 8) % 4 < fate.quarters ? Survival::Whole : Survival::Lost;
}

// Each sector of the write alone; a file that grew may have its new size without its bytes.
void writeTorn(Content &content, std::int64_t offset, std::span<const std::byte> bytes, Random &random)
{
    const std::int64_t end = offset + static_cast<std::int64_t>(bytes.size());
    std::uint64_t dice = 0;
    for (std::int64_t at = offset, n = 0; at < end; ++n) {
        const std::int64_t next = std::min(end, (at / kSectorBytes + 1) * kSectorBytes);
        if (n % 64 == 0)
            dice = random.u64();
        if ((dice >> (n % 64)) & 1)
            content.write(at, bytes.subspan(static_cast<std::size_t>(at - offset), static_cast<std::size_t>(next - at)));
        at = next;
    }
    if (end > content.size() && (random.u64() & 1))
        content.resize(end);
}

} // namespace

std::optional<Content> DiskFile::survivors(const Fate &fate, Random &random) const
{
    Content left = certain;
    bool there = certainlyExists;
    for (const Pending &p : pending) {
        Survival survival = survivalOf(p, fate, random);
        if (p.kind != Pending::Kind::Write && survival == Survival::Torn)
            survival = (random.u64() & 1) ? Survival::Whole : Survival::Lost;
        if (survival == Survival::Lost)
            continue;
        const bool hasBytes = p.kind == Pending::Kind::Write || p.kind == Pending::Kind::Replace;
        const std::span<const std::byte> bytes(written.data() + p.data, hasBytes ? static_cast<std::size_t>(p.bytes) : 0);
        switch (p.kind) {
        case Pending::Kind::Create:
            there = true;
            break;
        case Pending::Kind::Write:
            survival == Survival::Whole ? left.write(p.offset, bytes) : writeTorn(left, p.offset, bytes, random);
            break;
        case Pending::Kind::Truncate:
            left.resize(p.bytes);
            break;
        case Pending::Kind::Remove:
            left = {};
            there = false;
            break;
        case Pending::Kind::Replace:
            left = {};
            left.write(0, bytes);
            there = true;
            break;
        }
    }
    if (!there)
        return std::nullopt;
    return left;
}

// ---- DiskState ------------------------------------------------------------------------------

bool DiskState::begin(DiskOperation::Kind kind, const std::string &name, std::int64_t offset, std::int64_t bytes)
{
    if (logging || observer) {
        const DiskOperation operation{kind, name, offset, bytes};
        if (observer)
            observer(operation);
        if (logging)
            log.push_back(operation);
    }
    ++operations;
    const bool fails = kind != DiskOperation::Kind::Remove && failIn > 0 && --failIn == 0;
    failures += fails ? 1 : 0;
    return !fails;
}

bool DiskState::fits(std::int64_t growth)
{
    const bool full = capacity && growth > 0 && bytesUsed() + growth > *capacity;
    failures += full ? 1 : 0;
    return !full;
}

DiskFile *DiskState::find(const std::string &name) const
{
    const auto found = files.find(name);
    return found != files.end() && found->second->exists ? found->second.get() : nullptr;
}

std::shared_ptr<DiskFile> DiskState::open(const std::string &name)
{
    std::shared_ptr<DiskFile> &file = files[name];
    if (!file)
        file = std::make_shared<DiskFile>();
    if (!file->exists)
        file->create(static_cast<std::uint64_t>(operations));
    return file;
}

DiskState::Outcome DiskState::write(const std::string &name, DiskFile &file, std::int64_t offset, std::span<const std::byte> bytes)
{
    const auto order = static_cast<std::uint64_t>(operations);
    const auto length = static_cast<std::int64_t>(bytes.size());
    if (!begin(DiskOperation::Kind::Write, name, offset, length)) {
        file.write(order, offset, bytes.first(bytes.size() / 2));
        return Outcome::Failed;
    }
    if (!fits(offset + length - file.seen.size()))
        return Outcome::Full;
    file.write(order, offset, bytes);
    return Outcome::Done;
}

DiskState::Outcome DiskState::truncate(const std::string &name, DiskFile &file, std::int64_t bytes)
{
    const auto order = static_cast<std::uint64_t>(operations);
    if (!begin(DiskOperation::Kind::Truncate, name, 0, bytes))
        return Outcome::Failed;
    file.truncate(order, bytes);
    return Outcome::Done;
}

DiskState::Outcome DiskState::sync(const std::string &name, DiskFile &file)
{
    if (!begin(DiskOperation::Kind::Sync, name, 0, 0))
        return Outcome::Failed;
    if (!lies)
        file.sync();
    return Outcome::Done;
}

DiskState::Outcome DiskState::replace(const std::string &name, std::span<const std::byte> bytes)
{
    const auto order = static_cast<std::uint64_t>(operations);
    const auto length = static_cast<std::int64_t>(bytes.size());
    if (!begin(DiskOperation::Kind::Write, name, 0, length))
        return Outcome::Failed;
    if (!fits(length))                                       // beside the old one, until it is renamed
        return Outcome::Full;
    std::shared_ptr<DiskFile> &file = files[name];
    if (!file)
        file = std::make_shared<DiskFile>();
    file->replace(order, bytes);
    return Outcome::Done;
}

void DiskState::remove(const std::string &name, bool durable)
{
    DiskFile *file = find(name);
    if (!file)
        return;
    const auto order = static_cast<std::uint64_t>(operations);
    (void)begin(DiskOperation::Kind::Remove, name, 0, 0);
    file->remove(order);
    if (durable)
        syncFolder();
}

void DiskState::syncFolder()
{
    if (lies)
        return;
    for (const auto &[name, file] : files)
        file->settleExistence();
}

Fate DiskState::castFate(Random &random) const
{
    std::uint64_t first = UINT64_MAX, last = 0;
    for (const auto &[name, file] : files)
        for (const DiskFile::Pending &p : file->pending) {
            first = std::min(first, p.order);
            last = std::max(last, p.order);
        }
    const std::uint64_t dice = random.u64();
    switch (dice % 8) {
    case 0:
        return {Fate::Style::Nothing, 0, 0};
    case 1:
        return {Fate::Style::All, 0, 4};
    case 2:
    case 3:                              // a disk that keeps the order, whose last write was under way
        return {Fate::Style::Prefix, first > last ? 0 : first + (dice >> 8) % (last - first + 1), 0};
    default:
        return {Fate::Style::Dice, 0, 1 + unsigned((dice >> 8) % 3)};
    }
}

std::int64_t DiskState::bytesUsed() const
{
    std::int64_t sum = 0;
    for (const auto &[name, file] : files)
        sum += file->seen.size();
    return sum;
}

void DiskState::killHandles()
{
    ++generation;
    for (const auto &[name, file] : files) {
        file->shared = 0;
        file->reserved = file->waiting = file->exclusive = nullptr;
        file->shm.reset();
    }
}

} // namespace anteroom::sim

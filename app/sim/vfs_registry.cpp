#include "app/sim/vfs_sqlite.h"

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <unordered_map>

namespace anteroom::sim {

namespace {

struct Registry {
    std::mutex lock;
    std::unordered_map<int, std::weak_ptr<DiskState>> disks;
};

// One for the process, as SQLite's list of VFS is: a VFS is called with a path and nothing else.
Registry &registry()
{
    static Registry disks;
    return disks;
}

} // namespace

Place placeOf(std::string_view path)
{
    constexpr std::string_view prefix = "/disk";
    const std::size_t slash = path.find('/', prefix.size());
    if (!path.starts_with(prefix) || slash == std::string_view::npos)
        return {};
    const int number = std::atoi(std::string(path.substr(prefix.size(), slash - prefix.size())).c_str());
    const std::lock_guard guard(registry().lock);
    const auto found = registry().disks.find(number);
    if (found == registry().disks.end())
        return {};
    return {found->second.lock(), std::string(path.substr(slash + 1))};
}

std::shared_ptr<DiskState> registerDisk()
{
    static std::atomic<int> numbers{0};
    auto disk = std::make_shared<DiskState>();
    disk->number = ++numbers;
    const std::lock_guard guard(registry().lock);
    registry().disks.emplace(disk->number, disk);
    return disk;
}

void forgetDisk(const DiskState &disk)
{
    const std::lock_guard guard(registry().lock);
    registry().disks.erase(disk.number);
}

} // namespace anteroom::sim

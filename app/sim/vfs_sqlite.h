// The one SQLite VFS of all simulated disks, "anteroom-sim", and the registry that finds the disk of a path. Registered
// once for the process; a disk is found for as long as its Disk lives.
#pragma once

#include "app/sim/vfs_files.h"

namespace anteroom::sim {

inline constexpr const char *kVfsName = "anteroom-sim";

void registerVfs();
[[nodiscard]] std::shared_ptr<DiskState> registerDisk();             // with a number of its own
void forgetDisk(const DiskState &disk);

struct Place {
    std::shared_ptr<DiskState> disk;     // null: no such disk
    std::string name;                    // of the file on it
};
[[nodiscard]] Place placeOf(std::string_view path);

} // namespace anteroom::sim

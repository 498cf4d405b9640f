// Template: the disks with which every world begins, made once a process: a host's, on which the clinic was started and
// eight PCs are known; an empty one with today's tables; and one of a client that holds all of the host's rows. A new PC
// then costs a copy of pointers. The same in every run: made with a clock and dice of its own.
#pragma once

#include "app/sim/history.h"
#include "app/sim/vfs.h"
#include "node/types.h"

namespace anteroom::sim {

inline constexpr int kMostPcs = 8;

struct Template {
    Disk::Image host;                            // PC 0's, the clinic begun
    std::vector<Disk::Image> fresh;              // by PC: joined, nothing copied yet
    std::vector<Disk::Image> copied;             // by PC: its first copy is whole
    std::vector<node::Identity> who;             // by PC
    std::vector<Revision> revisions;             // of the host
    std::vector<Uuid> points;                    // service points, two
};

[[nodiscard]] const Template &theTemplate();

inline const QString kDatabase = QStringLiteral("anteroom.db");
inline const QString kMark = QStringLiteral("mark");

} // namespace anteroom::sim

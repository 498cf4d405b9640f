// Power cuts: a host and a client work on simulated disks as the product does; at every operation of a disk the disk is
// looked at as a power cut would leave it there. It must hold the state after some whole transaction, everything that
// this PC had told anybody, and a mark that does not lead. And disks that fail or fill up at every operation in turn.
// Checks the driver's rules of DESIGN 3 and H20 with the real writer; it knows nothing of take-overs and restored disks.
#pragma once

#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace anteroom::sim {

struct PowerCutOptions {
    std::int64_t points = 50'000;        // at least so many; a run is never cut short
    std::uint64_t seed = 1;              // of the first run, the next ones count on
    std::string plant;                   // a known bug, which must be found; see powerCutPlants()
    int threads = 0;                     // 0: one for each core
};

struct PowerCutViolation {
    std::uint64_t seed = 0;
    std::int64_t point = 0;              // of the run of this seed, from 1
    QString kind;                        // "lost", "torn", "mark", "rules"
    QString words;
    QString replay;
};

struct PowerCutReport {
    std::int64_t points = 0, lost = 0, torn = 0, others = 0, runs = 0;
    std::int64_t states = 0;             // different ones that were left, each examined as a whole
    double seconds = 0;
    std::vector<PowerCutViolation> violations;       // the first few of each run

    [[nodiscard]] bool clean() const { return lost + torn + others == 0; }
    [[nodiscard]] QJsonObject toJson() const;
};

struct PowerCutPlant { std::string_view name, words; };
[[nodiscard]] const std::vector<PowerCutPlant> &powerCutPlants();
[[nodiscard]] bool isPowerCutPlant(std::string_view name);
// Needs a QCoreApplication. Takes as long as it takes, on all cores.
[[nodiscard]] PowerCutReport runPowerCuts(const PowerCutOptions &options);

enum class DiskFault : std::uint8_t { IoError, Full };
struct DiskFaultReport {
    std::int64_t faults = 0;             // tries in which something failed
    std::vector<QString> violations;
};
// One small workload for each n: the n-th operation of the host's disk, or of the client's, fails; or n blocks are free.
// Until a try meets no fault. Afterwards the engine goes on, nothing that was acknowledged is lost, nothing is torn.
[[nodiscard]] DiskFaultReport runDiskFaults(DiskFault fault, bool atHost, std::uint64_t seed);

} // namespace anteroom::sim

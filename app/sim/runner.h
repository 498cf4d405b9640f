// Runner: many worlds on all cores, one thread each; what fails is made small and named by the command that replays it.
// The result does not depend on how many threads there are. Every hundredth seed runs twice and must leave one trace.
#pragma once

#include "app/sim/world.h"

#include <QJsonObject>

namespace anteroom::sim {

struct RunOptions {
    std::uint64_t first = 1, last = 1;
    WorldOptions world;                          // seed apart
    int jobs = 0;                                // threads; 0: one for each core
    bool untilFirst = false;                     // enough when one seed has failed
};

struct Failure {
    std::uint64_t seed = 0;
    std::string invariant, words, replay;
};

struct RunReport {
    std::int64_t seeds = 0;
    std::vector<Failure> failures;               // by seed
    std::int64_t simulatedMs = 0, merged = 0;
    std::uint64_t traces = 0;                    // of all worlds together
    int twice = 0;
    bool twiceEqual = true;
    double seconds = 0;

    [[nodiscard]] QJsonObject toJson() const;
};

// Needs a QCoreApplication.
[[nodiscard]] RunReport run(const RunOptions &options);
[[nodiscard]] WorldResult runWorld(const WorldOptions &options);

// The same seed with as few ops, replicas and faults as still break the same invariant.
[[nodiscard]] WorldOptions shrunk(WorldOptions options, const std::string &invariant);
[[nodiscard]] std::string replayOf(const WorldOptions &options);

} // namespace anteroom::sim

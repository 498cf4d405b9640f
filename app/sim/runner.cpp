#include "app/sim/runner.h"

#include "app/sim/store_look.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <mutex>

namespace anteroom::sim {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostShrunk = 5;                   // failing seeds that are made small; the others replay as they are
constexpr std::uint64_t kTwiceEvery = 100;

struct Shared {
    std::mutex mutex;
    std::atomic<std::uint64_t> next{0};
    std::atomic<bool> enough{false};
    RunReport report;
};

void work(const RunOptions &options, Shared &shared)
{
    for (;;) {
        const std::uint64_t seed = shared.next.fetch_add(1);
        if (seed > options.last || shared.enough)
            return;
        WorldOptions world = options.world;
        world.seed = seed;
        const WorldResult result = runWorld(world);
        const bool twice = (seed - options.first) % kTwiceEvery == 0 && !world.aloud;
        const bool equal = !twice || runWorld(world).trace == result.trace;
        const std::scoped_lock lock(shared.mutex);
        RunReport &report = shared.report;
        ++report.seeds;
        report.simulatedMs += result.simulatedMs;
        report.merged += result.merged;
        report.traces += mixed(seed, result.trace);
        report.twice += twice;
        report.twiceEqual = report.twiceEqual && equal;
        if (!equal)
            report.failures.push_back({seed, "I10", "the same seed left another trace", replayOf(world)});
        if (result.violation) {
            report.failures.push_back({seed, result.violation->invariant, result.violation->words, replayOf(world)});
            shared.enough = shared.enough || options.untilFirst;
        }
    }
}

} // namespace

WorldResult runWorld(const WorldOptions &options)
{
    return World(options).run();
}

std::string replayOf(const WorldOptions &options)
{
    std::string out = "anteroom-sim --seed " + std::to_string(options.seed);
    if (options.replicas > 0)
        out += " --replicas " + std::to_string(options.replicas);
    out += " --ops " + std::to_string(options.ops);
    std::string without;
    for (unsigned f = 0; f < static_cast<unsigned>(Fault::kCount); ++f)
        if (options.without & (1u << f))
            without += (without.empty() ? "" : ",") + std::string(nameOf(static_cast<Fault>(f)));
    if (!without.empty())
        out += " --without " + without;
    if (!options.plant.empty())
        out += " --plant " + options.plant;
    return out + " --trace";
}

WorldOptions shrunk(WorldOptions options, const std::string &invariant)
{
    const auto fails = [&invariant](const WorldOptions &o) {
        const WorldResult result = runWorld(o);
        return result.violation && result.violation->invariant == invariant;
    };
    const auto fewerOps = [&] {
        int low = 0;
        while (low < options.ops) {
            WorldOptions half = options;
            half.ops = low + (options.ops - low) / 2;
            if (fails(half))
                options.ops = half.ops;
            else
                low = half.ops + 1;
        }
    };
    options.aloud = false;
    fewerOps();
    for (int replicas = 2; replicas < (options.replicas > 0 ? options.replicas : 6); ++replicas) {
        WorldOptions fewer = options;
        fewer.replicas = replicas;
        if (fails(fewer)) {
            options = fewer;
            break;
        }
    }
    for (unsigned f = 0; f < static_cast<unsigned>(Fault::kCount); ++f) {
        WorldOptions calmer = options;
        calmer.without |= 1u << f;
        if (calmer.without != options.without && fails(calmer))
            options = calmer;
    }
    fewerOps();
    return options;
}

RunReport run(const RunOptions &options)
{
    eachWorldItsOwnSqlite();
    (void)theTemplate();
    QElapsedTimer clock;
    clock.start();
    Shared shared;
    shared.next = options.first;
    std::vector<std::unique_ptr<QThread>> threads;
    const int jobs = options.jobs > 0 ? options.jobs : std::max(1, QThread::idealThreadCount());
    for (int n = 0; n < jobs; ++n) {
        threads.emplace_back(QThread::create([&] { work(options, shared); }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        thread->wait();
    RunReport report = std::move(shared.report);
    report.seconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
    std::ranges::sort(report.failures, {}, &Failure::seed);
    for (std::size_t n = 0; n < report.failures.size() && n < kMostShrunk && !options.world.aloud; ++n) {
        Failure &failure = report.failures[n];
        WorldOptions world = options.world;
        world.seed = failure.seed;
        std::unique_ptr<QThread> thread(QThread::create([&] { failure.replay = replayOf(shrunk(world, failure.invariant)); }));
        if (failure.invariant == "I10")
            continue;
        thread->start();
        thread->wait();
    }
    return report;
}

QJsonObject RunReport::toJson() const
{
    QJsonArray violations;
    for (const Failure &f : failures)
        violations.append(QJsonObject{{u"seed"_s, static_cast<qint64>(f.seed)}, {u"invariant"_s, QString::fromStdString(f.invariant + ": " + f.words)},
                                      {u"replay"_s, QString::fromStdString(f.replay)}});
    return {{u"seeds"_s, static_cast<qint64>(seeds)}, {u"violations"_s, violations}, {u"seeds_per_s"_s, static_cast<double>(seeds) / std::max(seconds, 0.001)},
            {u"simulated_hours"_s, static_cast<double>(simulatedMs) / 3'600'000.0}, {u"entries"_s, static_cast<qint64>(merged)},
            {u"twice"_s, twice}, {u"twice_equal"_s, twiceEqual}, {u"traces"_s, QString::number(traces, 16)}};
}

} // namespace anteroom::sim

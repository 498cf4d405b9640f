#include "app/sim/power_cuts.h"

#include "app/sim/power_cuts_clinic.h"
#include "app/sim/power_cuts_look.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <unordered_map>

namespace anteroom::sim {

namespace {

constexpr int kStepsOfRun = 120;                 // a few thousand points: seeds differ more than the end of a long run
constexpr int kCutsOfPoint = 3;                  // ways to lose what was not synced, at each operation
constexpr std::int64_t kAfresh = 97;             // every so many points the slow way too; prime, so that it meets every kind of place
constexpr std::size_t kShownOfRun = 5;
constexpr std::int64_t kFewPoints = 2'000;       // in one thread, so that a replay is one run

struct Point {
    Disk::Image image;
    Told told;
    sync::RevSalt hostHead;              // what the host had said by then
    std::int64_t hostAnswered = 0;
    std::int64_t number = 0;
    std::string where;
};

std::string nameOf(const DiskOperation &op)
{
    switch (op.kind) {
    case DiskOperation::Kind::Write:
        return "write of " + std::to_string(op.bytes) + " bytes at " + std::to_string(op.offset) + " of " + op.file;
    case DiskOperation::Kind::Sync:
        return "sync of " + op.file;
    case DiskOperation::Kind::Truncate:
        return "truncate of " + op.file;
    case DiskOperation::Kind::Remove:
        break;
    }
    return "removal of " + op.file;
}

// One clinic by one seed, and both of its disks at every operation.
class Run {
public:
    Run(std::uint64_t seed, const PowerCutOptions &options, CutLook &look)
        : m_seed(seed)
        , m_look(look)
        , m_dice(seed * 5 + 4)
        , m_clinic(seed)
        , m_host{m_clinic.host, {}, {}}
        , m_client{m_clinic.client, {}, {}}
        , m_plant(options.plant)
    {
    }

    PowerCutReport go()
    {
        if (!m_clinic.begin()) {
            violation("rules", 0, QStringLiteral("the clinic does not begin"));
            return m_report;
        }
        watch(m_host);
        watch(m_client);
        plant();
        for (int i = 0; i < kStepsOfRun; ++i)
            m_clinic.step();
        if (!m_clinic.settle())
            violation("rules", m_points, QStringLiteral("entries wait for ever"));
        if (m_clinic.takenForOlder())
            violation("rules", m_points, QStringLiteral("a program takes its own disk for an older copy"));
        for (Watched *w : {&m_host, &m_client}) {
            w->pc.disk.observe(nullptr);
            w->pc.committed = nullptr;
            capture(*w, "the end");
            judgeWaiting(*w);
            m_report.states += static_cast<std::int64_t>(std::ranges::count_if(w->states, [](const auto &s) { return s.second.has_value(); }));
        }
        m_report.points = m_points;
        m_report.runs = 1;
        return m_report;
    }

private:
    struct Watched {
        CutPc &pc;
        std::vector<Point> waiting;                          // until the transaction that is under way has a name
        std::unordered_map<std::size_t, std::optional<CutFacts>> states;      // by their pages; facts once a cut left it
    };

    void plant()
    {
        m_clinic.host.alwaysNormal = m_plant == "normal_on_host";
        m_clinic.client.alwaysNormal = m_plant == "normal_on_client";
        for (CutPc *pc : {&m_clinic.host, &m_clinic.client}) {
            pc->syncsMark = m_plant != "mark_not_synced";
            pc->disk.ignoreSync(m_plant == "sync_ignored");
        }
    }

    void watch(Watched &w)
    {
        remember(w);
        w.pc.disk.observe([this, &w](const DiskOperation &op) { capture(w, nameOf(op)); });
        w.pc.committed = [this, &w] {
            remember(w);
            judgeWaiting(w);
        };
    }

    void remember(Watched &w)
    {
        if (const auto pages = CutLook::pages(w.pc.connection()))
            w.states.try_emplace(*pages);
    }

    void capture(Watched &w, const std::string &where)
    {
        const Told &host = m_clinic.host.told();
        for (int n = w.pc.disk.unsynced() > 0 ? kCutsOfPoint : 1; n > 0; --n)
            w.waiting.push_back({w.pc.disk.imageAfterPowerCut(m_dice), w.pc.told(), host.head, host.answered, ++m_points, where});
    }

    void judgeWaiting(Watched &w)
    {
        for (const Point &point : w.waiting)
            judge(w, point);
        w.waiting.clear();
    }

    void judge(Watched &w, const Point &point)
    {
        const auto pages = m_look.look(point.image);
        const auto state = pages ? w.states.find(*pages) : w.states.end();
        if (state == w.states.end())
            return found(w, point, "torn", tornWords());
        if (!state->second)
            state->second = m_look.examine(w.pc.isHost, m_clinic.client.who.device);
        const CutFacts &facts = *state->second;
        if (!facts.fault.isEmpty())
            return found(w, point, "rules", facts.fault);
        if (!w.pc.isHost && facts.retired > point.hostAnswered)
            return found(w, point, "rules", QStringLiteral("answer %1 is held, the host gave %2").arg(facts.retired).arg(point.hostAnswered));
        if (!w.pc.isHost && !facts.salts.empty() && facts.salts.rbegin()->first > point.hostHead.rev)
            return found(w, point, "rules", QStringLiteral("revision %1 is held, the host's is %2").arg(facts.salts.rbegin()->first).arg(point.hostHead.rev));
        if (const QString words = lostWords(w.pc.isHost, point.told, facts); !words.isEmpty())
            return found(w, point, "lost", words);
        if (const QString words = markWords(w.pc.isHost, m_look.mark(), point.told, facts); !words.isEmpty())
            return found(w, point, "mark", words);
        if (point.number % kAfresh == 0)
            if (const QString words = openAfresh(w, point.image, *pages); !words.isEmpty())
                found(w, point, "torn", words);
    }

    // The slow way: as the program starts on it.
    static QString openAfresh(const Watched &w, const Disk::Image &image, std::size_t pages)
    {
        const CutClock clock;
        CutPc again(w.pc.isHost, image, w.pc.who, clock, 1);
        if (!again.start())
            return QStringLiteral("the program does not start on it");
        if (again.fault() != sync::HistoryFault::None)
            return QStringLiteral("the program takes it for an older copy");
        if (QString damage = CutLook::integrity(again.connection()); !damage.isEmpty())
            return damage;
        return CutLook::pages(again.connection()) == pages ? QString() : QStringLiteral("opened afresh it holds something else");
    }

    QString tornWords()
    {
        const QString damage = CutLook::integrity(m_look.connection());
        return damage.isEmpty() ? QStringLiteral("the database holds the state after no transaction") : damage;
    }

    void found(const Watched &w, const Point &point, const char *kind, const QString &words)
    {
        violation(kind, point.number, QStringLiteral("%1, before the %2: %3")
            .arg(w.pc.isHost ? QStringLiteral("host") : QStringLiteral("client"), QString::fromStdString(point.where), words));
    }

    void violation(const char *kind, std::int64_t point, const QString &words)
    {
        const QString name = QString::fromLatin1(kind);
        ++(name == u"lost" ? m_report.lost : name == u"torn" ? m_report.torn : m_report.others);
        if (m_report.violations.size() < kShownOfRun)
            m_report.violations.push_back({m_seed, point, name, words, {}});
    }

    std::uint64_t m_seed;
    CutLook &m_look;
    SeededRandom m_dice;                         // of the cuts: they change nothing of what the clinic does
    CutClinic m_clinic;
    Watched m_host, m_client;
    const std::string m_plant;
    std::int64_t m_points = 0;
    PowerCutReport m_report;
};

void add(PowerCutReport &sum, PowerCutReport &&run)
{
    sum.points += run.points;
    sum.lost += run.lost;
    sum.torn += run.torn;
    sum.others += run.others;
    sum.runs += run.runs;
    sum.states += run.states;
    std::ranges::move(run.violations, std::back_inserter(sum.violations));
}

} // namespace

const std::vector<PowerCutPlant> &powerCutPlants()
{
    static const std::vector<PowerCutPlant> list{
        {"normal_on_host", "the host acknowledges what it committed as a client may"},
        {"normal_on_client", "a client says that an act is saved before it is on the disk"},
        {"mark_not_synced", "the mark is written and not synced before the frames leave"},
        {"sync_ignored", "the disk says that it has synced, and has not"},
    };
    return list;
}

bool isPowerCutPlant(std::string_view name)
{
    return std::ranges::any_of(powerCutPlants(), [name](const PowerCutPlant &p) { return p.name == name; });
}

PowerCutReport runPowerCuts(const PowerCutOptions &options)
{
    QElapsedTimer clock;
    clock.start();
    PowerCutReport sum;
    std::mutex lock;
    std::atomic<std::uint64_t> next{options.seed};
    std::atomic<std::int64_t> points{0};
    const auto work = [&] {
        CutLook look(emptyDatabase());
        while (points.load() < options.points) {
            PowerCutReport run = Run(next++, options, look).go();
            points += run.points;
            const std::lock_guard guard(lock);
            add(sum, std::move(run));
        }
    };
    const int cores = options.threads > 0 ? options.threads : std::max(1, QThread::idealThreadCount());
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = options.points < kFewPoints ? 1 : cores; i > 0; --i) {
        threads.emplace_back(QThread::create(work));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        thread->wait();
    std::ranges::sort(sum.violations, {}, [](const PowerCutViolation &v) { return std::pair(v.seed, v.point); });
    for (PowerCutViolation &v : sum.violations)
        v.replay = QStringLiteral("anteroom-sim --power-cuts 1 --seed %1%2").arg(v.seed)
                       .arg(options.plant.empty() ? QString() : QStringLiteral(" --plant ") + QString::fromStdString(options.plant));
    sum.seconds = static_cast<double>(clock.elapsed()) / 1000.0;
    return sum;
}

QJsonObject PowerCutReport::toJson() const
{
    QJsonArray list;
    for (const PowerCutViolation &v : violations)
        list.append(QJsonObject{{QStringLiteral("seed"), static_cast<qint64>(v.seed)}, {QStringLiteral("point"), static_cast<qint64>(v.point)},
                                {QStringLiteral("kind"), v.kind}, {QStringLiteral("invariant"), v.words}, {QStringLiteral("replay"), v.replay}});
    return {{QStringLiteral("points"), static_cast<qint64>(points)}, {QStringLiteral("lost"), static_cast<qint64>(lost)},
            {QStringLiteral("torn"), static_cast<qint64>(torn)}, {QStringLiteral("others"), static_cast<qint64>(others)},
            {QStringLiteral("runs"), static_cast<qint64>(runs)}, {QStringLiteral("states"), static_cast<qint64>(states)},
            {QStringLiteral("violations"), list}, {QStringLiteral("points_per_s"), seconds > 0 ? static_cast<double>(points) / seconds : 0.0}};
}

} // namespace anteroom::sim

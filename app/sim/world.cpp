#include "app/sim/world.h"

#include <algorithm>

namespace anteroom::sim {

namespace {

constexpr int kWeatherSteps = 60;
constexpr int kMostStepMs = 4000;
constexpr std::uint64_t kStepPart = 1 << 20;     // dice of steps and of PCs never meet

} // namespace

World::World(const WorldOptions &options)
    : m_options(options)
    , m_dice(options.seed, 0)
    , m_trace(m_clock, options.aloud)
    , m_plant(options.plant.empty() ? nullptr : makePlant(options.plant))
    , m_examiner(m_trace, m_ledger)
    , m_network(m_trace, m_plant.get())
    , m_people(m_examiner, m_ledger, m_trace, Dice(options.seed, 1))
    , m_around{m_clock, m_network, m_trace, m_examiner, m_plant.get(), 0}
{
    static constexpr std::array kPages{1, 2, 7, 0};
    const int drawn = 3 + m_dice.below(4);
    const int replicas = options.replicas > 0 ? options.replicas : drawn;
    m_around.pageRows = kPages[static_cast<std::size_t>(m_dice.below(4))];
    m_faults = drawFaults(m_dice, kAllFaults & ~options.without);
    const int copied = m_dice.below(101);        // how many begin with their first copy made
    m_people.plant = m_plant.get();
    for (int n = 0; n < replicas; ++n) {
        const Template &made = theTemplate();
        const auto at = static_cast<std::size_t>(n);
        const bool whole = Dice(options.seed, 100 + at).chance(copied);
        m_pcs.push_back(std::make_unique<Pc>(m_around, n, n == 0, n == 0 ? made.host : whole ? made.copied[at] : made.fresh[at], options.seed));
        start(*m_pcs.back());
    }
}

World::~World() = default;

WorldResult World::run()
{
    const std::int64_t began = m_clock.ms();
    WorldResult result;
    try {
        for (int n = 0; n < m_options.ops && !over(); ++n)
            step(n);
        if (!over())
            heal();
    } catch (const std::exception &error) {
        m_trace.fail("X", std::string("nothing that happens ends the program: ") + error.what());
    }
    result.violation = m_trace.violation();
    result.trace = m_trace.hash();
    result.simulatedMs = m_clock.ms() - began;
    result.merged = m_examiner.merged();
    return result;
}

void World::step(int n)
{
    Dice dice(m_options.seed, kStepPart + static_cast<std::uint64_t>(n));
    if (n % kWeatherSteps == 0) {
        Dice weather(m_options.seed, 2 + static_cast<std::uint64_t>(n / kWeatherSteps) * 4096);
        m_weather = drawWeather(weather, m_faults);
    }
    m_clock.pass(dice.below(kMostStepMs));
    happen(draw(m_weather, dice), dice);
    afterwards(dice);
}

void World::happen(Event event, Dice &dice)
{
    switch (event) {
    case Event::Person: return person(dice);
    case Event::Deliver: {
        const auto moves = m_network.moves();
        if (!moves.empty()) {
            const auto &[line, way] = dice.any(moves);
            deliver(*line, way, 1 + dice.below(4), &dice);
        }
        return;
    }
    case Event::Connect: return connect(anyClient(dice));
    case Event::Drain: return any(dice).drain();
    case Event::Beat: return host().beat();
    case Event::Hello: {
        Pc &pc = anyClient(dice);
        pc.sayHello();
        return pc.drain();
    }
    case Event::GoOn: {
        Pc &pc = anyClient(dice);
        if (pc.on())
            m_people.goOn(pc, dice);
        return pc.drain();
    }
    case Event::Later: {
        Pc &pc = anyClient(dice);
        pc.retryLater();
        return pc.drain();
    }
    case Event::Notice: return notice();
    case Event::Start: {
        for (const auto &pc : m_pcs)
            if (!pc->on() && dice.chance(50))
                start(*pc);
        return;
    }
    case Event::Checkpoint: {
        Pc &pc = any(dice);
        if (pc.on() && pc.idle()) {
            try {
                (void)pc.connection().checkpoint(dice.chance(50));
            } catch (const std::exception &) {   // as the writer: the log stays until there is room
            }
        }
        return;
    }
    case Event::Fault:
        if (!m_weather.faults.empty())
            strike(dice.any(m_weather.faults), dice);
        return;
    case Event::kCount: return;
    }
}

// After a lost transaction the program goes on, or its PC is switched off.
void World::afterwards(Dice &dice)
{
    for (const auto &pc : m_pcs) {
        if (!pc->on() || !pc->broken())
            continue;
        const int then = dice.below(4);
        pc->mended();
        pc->disk.failOperation(0);
        if (then == 1)
            crash(*pc, nullptr);
        else if (then == 2)
            crash(*pc, &dice);
    }
    m_network.sweep();
}

void World::person(Dice &dice)
{
    Pc &pc = dice.chance(20) ? host() : anyClient(dice);
    if (!pc.on() || (!pc.isHost() && pc.held.first))
        return;
    m_people.act(pc, dice);
    if (dice.chance(70))
        pc.drain();
}

void World::connect(Pc &client)
{
    if (!client.on() || !host().on() || m_network.ofClient(client.number))
        return;
    if (m_trace.aloud())
        m_trace.say(client.name() + " connects");
    client.connect(m_network.open(client.number, 0));
    client.drain();
}

void World::deliver(Line &line, Way way, int most, Dice *dice)
{
    Pc &pc = *m_pcs[static_cast<std::size_t>(way == Way::Up ? line.host : line.client)];
    for (int n = 0; n < most && line.waits(way); ++n) {
        const PacketPtr packet = m_network.take(line, way);
        if (way == Way::Up)
            pc.heardAsHost(line, packet->message);
        else
            pc.heardAsClient(packet->message);
    }
    if (!dice || dice->chance(70))
        pc.drain();
}

// Who is told that the line is gone; the other one still believes in it.
void World::cut(Line &line, bool client, bool atHost)
{
    if (m_trace.aloud())
        m_trace.say("the line of PC " + std::to_string(line.client) + " ends" + (client ? " at its end" : "") + (atHost ? " at the host's end" : ""));
    if (client && line.clientEnd) {
        m_network.leave(line, Way::Down);
        m_pcs[static_cast<std::size_t>(line.client)]->disconnected();
    }
    if (atHost && line.hostEnd) {
        m_network.leave(line, Way::Up);
        m_pcs[static_cast<std::size_t>(line.host)]->lineEnded(line.conn);
    }
}

// Silence is noticed: a line of which one end is gone and from which nothing comes any more.
void World::notice()
{
    for (Line *line : m_network.all()) {
        if (!line->clientEnd && line->up.empty())
            cut(*line, false, true);
        if (!line->hostEnd && line->down.empty())
            cut(*line, true, false);
    }
}

void World::crash(Pc &pc, Dice *power)
{
    if (!pc.on())
        return;
    if (m_trace.aloud())
        m_trace.say(pc.name() + (power ? ": the power fails" : ": the program ends"));
    pc.crash(power);
}

void World::start(Pc &pc)
{
    pc.disk.failOperation(0);
    if (!pc.start() && m_trace.aloud())
        m_trace.say(pc.name() + " does not start");
}

} // namespace anteroom::sim

#include "app/sim/world.h"

#include <algorithm>

namespace anteroom::sim {

namespace {

constexpr int kWeatherSteps = 60;
constexpr int kMostStepMs = 4000;
constexpr int kMostDraws = 12;                   // of events until one has something to do
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
        m_pcs.push_back(std::make_unique<Pc>(m_around, n, n == 0, n == 0 ? made.host : whole ? made.copied[at] : made.fresh[at], options.seed, made.who[at]));
        start(*m_pcs.back());
    }
}

World::~World() = default;

std::vector<Pc *> World::clients()
{
    std::vector<Pc *> out;
    for (const auto &pc : m_pcs)
        if (pc->number != m_host && !pc->retired)
            out.push_back(pc.get());
    return out;
}

Pc &World::any(Dice &dice)
{
    auto all = clients();
    all.push_back(&host());
    return *dice.any(all);
}

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
    for (int tries = 0; tries < kMostDraws && !happen(draw(m_weather, dice), dice); ++tries) {
    }
    afterwards(dice);
}

bool World::happen(Event event, Dice &dice)
{
    switch (event) {
    case Event::Person: return person(dice);
    case Event::Deliver: {
        const auto moves = m_network.moves();
        if (moves.empty())
            return false;
        const auto &[line, way] = dice.any(moves);
        deliver(*line, way, 1 + dice.below(4), &dice);
        return true;
    }
    case Event::Drain: {
        Pc &pc = any(dice);
        const bool waits = !pc.idle();
        pc.drain();
        return waits;
    }
    case Event::Beat: {
        host().beat();
        Pc &pc = anyClient(dice);
        if (host().idle())
            m_examiner.rebuilt(host(), pc);
        return true;
    }
    case Event::Notice: return notice();
    case Event::Start: {
        bool did = false;
        for (const auto &pc : m_pcs)
            if (!pc->on() && !pc->retired && dice.chance(50)) {
                start(*pc);
                did = true;
            }
        return did;
    }
    case Event::Checkpoint: {
        Pc &pc = any(dice);
        if (!pc.on() || !pc.idle())
            return false;
        try {
            (void)pc.connection().checkpoint(dice.chance(50));
        } catch (const std::exception &) {       // as the writer: the log stays until there is room
        }
        return true;
    }
    case Event::Fault:
        if (m_weather.faults.empty())
            return false;
        strike(dice.any(m_weather.faults), dice);
        return true;
    default: return atOne(event, anyClient(dice), dice);
    }
}

bool World::atOne(Event event, Pc &client, Dice &dice)
{
    bool did = client.on();
    if (event == Event::Connect)
        return connect(client);
    if (event == Event::GoOn)
        did = did && m_people.goOn(client, dice);
    else if (event == Event::Hello)
        client.sayHello();
    else
        client.retryLater();
    did = did && !client.idle();
    client.drain();
    return did;
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

bool World::person(Dice &dice)
{
    Pc &pc = dice.chance(20) ? host() : anyClient(dice);
    if (!pc.on() || (!pc.isHost() && pc.held.first) || !m_people.act(pc, dice))
        return false;
    if (dice.chance(70))
        pc.drain();
    return true;
}

bool World::connect(Pc &client)
{
    if (!client.on() || !host().on() || m_network.ofClient(client.number))
        return false;
    if (m_trace.aloud())
        m_trace.say(client.name() + " connects");
    client.connect(m_network.open(client.number, m_host));
    client.drain();
    return true;
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
bool World::notice()
{
    bool did = false;
    for (Line *line : m_network.all()) {
        const bool host = line->hostEnd && !line->clientEnd && line->up.empty();
        const bool client = line->clientEnd && !line->hostEnd && line->down.empty();
        if (host || client)
            cut(*line, client, host);
        did = did || host || client;
    }
    return did;
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

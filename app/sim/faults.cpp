#include "app/sim/faults.h"

namespace anteroom::sim {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Fault::kCount)> kNames{
    "cut", "half-open", "hold", "lose", "repeat", "reorder", "host-crash", "client-crash", "host-power", "client-power", "io-error", "disk-full", "clock", "restore", "clone", "take-over",
    "damage",
};
constexpr int kDamagedShare = 30;                // of the days that lose no history, in hundredths

} // namespace

std::string_view nameOf(Fault fault) { return kNames[static_cast<std::size_t>(fault)]; }

std::optional<Fault> faultNamed(std::string_view name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name)
            return static_cast<Fault>(i);
    return std::nullopt;
}

Faults drawFaults(Dice &dice, Faults allowed)
{
    Faults drawn = 0;
    const int share = 10 + 20 * dice.below(4);   // quiet days and wild ones
    for (unsigned f = 0; f < static_cast<unsigned>(Fault::kCount); ++f)
        if (dice.chance(share))
            drawn |= 1u << f;
    drawn &= ~bit(Fault::Damage);
    const bool lost = (drawn & (bit(Fault::Restore) | bit(Fault::TakeOver))) != 0;
    if (dice.chance(kDamagedShare) && !lost)     // never with a lost history: that would be two faults
        drawn |= bit(Fault::Damage);
    return drawn & allowed;                      // the same dice whatever is allowed
}

Weather drawWeather(Dice &dice, Faults faults)
{
    static constexpr std::array kOften{1, 3, 10};
    const auto often = [&] { return kOften[static_cast<std::size_t>(dice.below(3))]; };
    Weather out;
    const auto set = [&](Event event, int weight) { out.weights[static_cast<std::size_t>(event)] = weight; };
    set(Event::Person, 60 * often());
    set(Event::Deliver, 120 * often());
    set(Event::Connect, 20 * often());
    set(Event::Drain, 10 * often());
    set(Event::Beat, faults & bit(Fault::Damage) ? 30 : 4);      // only a heartbeat sees damage
    set(Event::Hello, 4);
    set(Event::GoOn, 8);
    set(Event::Later, 6);
    set(Event::Notice, 15);
    set(Event::Start, 60);
    set(Event::Checkpoint, 3);
    const int weight = 4 * often();
    for (unsigned f = 0; f < static_cast<unsigned>(Fault::kCount); ++f) {
        const int times = often();
        const bool dear = f >= static_cast<unsigned>(Fault::Restore) || (f >= static_cast<unsigned>(Fault::HostCrash) && f <= static_cast<unsigned>(Fault::ClientPower));
        if (faults & (1u << f))
            out.faults.insert(out.faults.end(), static_cast<std::size_t>(dear ? (times + 2) / 3 : times), static_cast<Fault>(f));
    }
    set(Event::Fault, weight);
    return out;
}

Event draw(const Weather &weather, Dice &dice)
{
    int sum = 0;
    for (const int w : weather.weights)
        sum += w;
    int at = dice.below(sum);
    for (std::size_t i = 0; i < weather.weights.size(); ++i)
        if ((at -= weather.weights[i]) < 0)
            return static_cast<Event>(i);
    return Event::Person;
}

} // namespace anteroom::sim

// Faults: what can happen to a simulated clinic besides its people. Each seed draws which of them its run knows, and how
// often (a run with everything at once meets the rare pairs least). A run can be told to leave some out: that is how a
// failing seed is made small.
#pragma once

#include "app/sim/dice.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anteroom::sim {

enum class Fault : std::uint8_t {
    Cut, HalfOpen, Hold, Lose, Repeat, Reorder, HostCrash, ClientCrash, HostPower, ClientPower, IoError, DiskFull, Clock, Restore, Clone, TakeOver, Damage,
    kCount,
};
using Faults = std::uint32_t;                    // a bit each
inline constexpr Faults kAllFaults = (1u << static_cast<unsigned>(Fault::kCount)) - 1;
[[nodiscard]] constexpr Faults bit(Fault f) { return 1u << static_cast<unsigned>(f); }

[[nodiscard]] std::string_view nameOf(Fault fault);
[[nodiscard]] std::optional<Fault> faultNamed(std::string_view name);

// How often what happens, drawn anew every now and then.
enum class Event : std::uint8_t { Person, Deliver, Connect, Drain, Beat, Hello, GoOn, Later, Notice, Start, Checkpoint, Fault, kCount };
struct Weather {
    std::array<int, static_cast<std::size_t>(Event::kCount)> weights{};
    std::vector<Fault> faults;                   // that this run knows, each as often as it is in it
};
[[nodiscard]] Faults drawFaults(Dice &dice, Faults allowed);
[[nodiscard]] Weather drawWeather(Dice &dice, Faults faults);
[[nodiscard]] Event draw(const Weather &weather, Dice &dice);

} // namespace anteroom::sim

// Dice: the random numbers of a simulated world, from its seed alone. Each step of a world, and each PC, has dice of its
// own, so that leaving one step out does not change what the others throw. Copies throw the same. Never for secrets.
#pragma once

#include "core/random.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace anteroom::sim {

// Two numbers into one that has nothing to do with either.
[[nodiscard]] std::uint64_t mixed(std::uint64_t a, std::uint64_t b);
// Folds bytes into a hash: what a trace and the comparison of images are made of.
[[nodiscard]] std::uint64_t folded(std::uint64_t hash, const void *bytes, std::size_t size);

class Dice final : public Random {
public:
    explicit Dice(std::uint64_t seed) : m_state(seed) {}
    Dice(std::uint64_t seed, std::uint64_t part) : m_state(mixed(seed, part)) {}

    void fill(void *bytes, std::size_t size) override;
    [[nodiscard]] std::uint64_t next();
    [[nodiscard]] int below(int sides) { return static_cast<int>(next() % static_cast<std::uint64_t>(sides)); }
    [[nodiscard]] bool chance(int percent) { return below(100) < percent; }
    template <typename T>
    [[nodiscard]] const T &any(const std::vector<T> &list) { return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))]; }

private:
    std::uint64_t m_state;
};

} // namespace anteroom::sim

// The time of a simulated world: it passes only when the world says so. A PC's clock is the world's, wrong by what the
// PC's own clock is wrong by; its monotonic time is not.
#pragma once

#include "core/clock.h"

namespace anteroom::sim {

class WorldClock {
public:
    [[nodiscard]] std::int64_t ms() const { return m_ms; }
    void pass(std::int64_t ms) { m_ms += ms; }

private:
    std::int64_t m_ms = 1'790'000'000'000;       // some morning of 2026
};

class PcClock final : public Clock {
public:
    explicit PcClock(const WorldClock &world) : m_world(world) {}
    [[nodiscard]] std::int64_t utcMs() const override { return m_world.ms() + m_wrongBy; }
    [[nodiscard]] std::int64_t monotonicMs() const override { return m_world.ms(); }
    void setWrongBy(std::int64_t ms) { m_wrongBy = ms; }

private:
    const WorldClock &m_world;
    std::int64_t m_wrongBy = 0;
};

} // namespace anteroom::sim

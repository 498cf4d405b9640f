// Trace: what happened in a world, folded into one hash (the same seed gives the same), and as lines on stderr where
// somebody wants to read. And the first thing that went wrong. No rule reads it.
#pragma once

#include "app/sim/clock.h"
#include "app/sim/dice.h"

#include <QByteArray>

#include <cstdio>
#include <optional>
#include <string>

namespace anteroom::sim {

struct Violation {
    std::string invariant;                       // "S1"
    std::string words;
};

class Trace {
public:
    Trace(const WorldClock &clock, bool aloud) : m_clock(clock), m_aloud(aloud) {}

    [[nodiscard]] bool aloud() const { return m_aloud; }
    void note(std::uint64_t what) { m_hash = folded(m_hash, &what, sizeof what); }
    void note(const QByteArray &bytes) { m_hash = folded(m_hash, bytes.constData(), static_cast<std::size_t>(bytes.size())); }
    // Only where aloud(): making the words costs more than what they tell of.
    void say(const std::string &words) const
    {
        if (m_aloud)
            std::fprintf(stderr, "%9.3f %s\n", static_cast<double>(m_clock.ms() % 1'000'000'000) / 1000.0, words.c_str());
    }
    void fail(const char *invariant, std::string words)
    {
        say(std::string("VIOLATION ") + invariant + ": " + words);
        if (!m_violation)
            m_violation = Violation{invariant, std::move(words)};
    }
    [[nodiscard]] const std::optional<Violation> &violation() const { return m_violation; }
    [[nodiscard]] std::uint64_t hash() const { return m_hash; }

private:
    const WorldClock &m_clock;
    bool m_aloud;
    std::uint64_t m_hash = 0;
    std::optional<Violation> m_violation;
};

} // namespace anteroom::sim

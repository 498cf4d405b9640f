#include "app/sim/dice.h"

#include <algorithm>
#include <cstring>

namespace anteroom::sim {

namespace {

constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15ULL;

std::uint64_t stirred(std::uint64_t z)          // splitmix64
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

} // namespace

std::uint64_t mixed(std::uint64_t a, std::uint64_t b)
{
    return stirred(stirred(a + kStep) ^ (b * kStep + 1));
}

std::uint64_t folded(std::uint64_t hash, const void *bytes, std::size_t size)
{
    const auto *at = static_cast<const unsigned char *>(bytes);
    hash ^= size * kStep;
    while (size > 0) {
        std::uint64_t word = 0;
        const std::size_t n = std::min<std::size_t>(size, sizeof word);
        std::memcpy(&word, at, n);
        hash = (hash ^ word) * 0x2545f4914f6cdd1dULL;
        hash ^= hash >> 29;
        at += n;
        size -= n;
    }
    return hash;
}

std::uint64_t Dice::next()
{
    m_state += kStep;
    return stirred(m_state);
}

void Dice::fill(void *bytes, std::size_t size)
{
    auto *at = static_cast<unsigned char *>(bytes);
    while (size > 0) {
        const std::uint64_t word = next();
        const std::size_t n = std::min<std::size_t>(size, sizeof word);
        std::memcpy(at, &word, n);
        at += n;
        size -= n;
    }
}

} // namespace anteroom::sim

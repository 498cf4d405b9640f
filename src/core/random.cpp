#include "core/random.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace anteroom {

std::uint64_t Random::u64()
{
    std::uint64_t value = 0;
    fill(&value, sizeof value);
    return value;
}

void SystemRandom::fill(void *bytes, std::size_t size)
{
    static const int ready = sodium_init();
    (void)ready;
    randombytes_buf(bytes, size);
}

void SeededRandom::fill(void *bytes, std::size_t size)
{
    auto *out = static_cast<char *>(bytes);
    while (size > 0) {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        z ^= z >> 31;
        const std::size_t n = std::min(size, sizeof z);
        std::memcpy(out, &z, n);
        out += n;
        size -= n;
    }
}

} // namespace anteroom

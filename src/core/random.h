// Random: where ids, salts and nonces come from; libsodium in the product, a seed in the simulator.
#pragma once

#include <cstddef>
#include <cstdint>

namespace anteroom {

class Random {
public:
    virtual ~Random() = default;
    virtual void fill(void *bytes, std::size_t size) = 0;
    [[nodiscard]] std::uint64_t u64();
};

class SystemRandom final : public Random {
public:
    void fill(void *bytes, std::size_t size) override;
};

// splitmix64; the same seed gives the same sequence on every machine. Not for secrets.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) {}
    void fill(void *bytes, std::size_t size) override;

private:
    std::uint64_t m_state;
};

} // namespace anteroom

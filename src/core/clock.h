// Clock: where time comes from, so that a simulator can be the clock. Wall time is for bookkeeping and people only;
// no rule of sync decides by it.
#pragma once

#include <cstdint>

namespace anteroom {

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual std::int64_t utcMs() const = 0;         // ms since 1970, UTC
    [[nodiscard]] virtual std::int64_t monotonicMs() const = 0;   // never goes back
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] std::int64_t utcMs() const override;
    [[nodiscard]] std::int64_t monotonicMs() const override;
};

} // namespace anteroom

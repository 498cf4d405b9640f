// Revision, cursor, epoch: where in the one order of the clinic something stands (DESIGN 4, rules 1, 2, 5).
#pragma once

#include "core/uuid.h"

#include <compare>
#include <cstdint>

namespace anteroom::schema {

// The place of a row's last touch: revision and position inside it. Ordered.
struct RevPos {
    std::int64_t rev = 0;
    std::int32_t pos = 0;
    friend auto operator<=>(const RevPos &, const RevPos &) = default;
};

// pos of a cursor that holds all of its revision. A cursor is the half-open interval (start of history, cursor].
inline constexpr std::int32_t kAllOfRev = (1 << 20) - 1;
using Cursor = RevPos;
inline constexpr Cursor kStart{0, kAllOfRev};

struct Epoch {
    std::int64_t number = 0;
    Uuid id{};                       // random, so that two hosts never open the same epoch
    friend bool operator==(const Epoch &, const Epoch &) = default;
};

using Salt = std::uint64_t;          // random per revision (rule 16); 0 belongs to revision 0

} // namespace anteroom::schema

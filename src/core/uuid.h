// Uuid: 16 bytes, ordered as bytes. UUIDv7 for new rows (RFC 9562; Qt 6.4 has none), UUIDv5 for rows that exist
// once per natural key. Never formatted except where a human or JSON looks.
#pragma once

#include <QByteArray>
#include <QString>

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace anteroom {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    friend auto operator<=>(const Uuid &, const Uuid &) = default;
    [[nodiscard]] bool isNull() const;
    [[nodiscard]] QString toString() const;              // 36 characters, lower case
    [[nodiscard]] QByteArray toBytes() const;            // 16 bytes
    [[nodiscard]] static std::optional<Uuid> fromString(QStringView text);
    [[nodiscard]] static std::optional<Uuid> fromBytes(QByteArrayView raw);   // nullopt unless 16 bytes
};

class Clock;
class Random;

// Time-ordered; strictly ascending within one Clock/Random pair is not promised, uniqueness is.
[[nodiscard]] Uuid uuidV7(const Clock &clock, Random &random);
// The namespace of every Anteroom UUIDv5. Fixed for ever: ids of natural keys are made of it.
inline constexpr Uuid kNamespace{{0x6b, 0x1f, 0x0c, 0x52, 0x8d, 0x5e, 0x4c, 0x0b, 0x9a, 0x41, 0x5d, 0x2e, 0x7a, 0x90, 0xc3, 0x14}};
[[nodiscard]] Uuid uuidV5(const Uuid &space, std::string_view name);

} // namespace anteroom

template <>
struct std::hash<anteroom::Uuid> {
    std::size_t operator()(const anteroom::Uuid &id) const noexcept;
};

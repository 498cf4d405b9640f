// BLAKE2b-256: the one hash of Anteroom, for content, digests and the audit chain. Not for passwords (Argon2id).
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <cstddef>
#include <cstdint>

namespace anteroom {

inline constexpr std::size_t kHashBytes = 32;

[[nodiscard]] QByteArray blake2b(QByteArrayView bytes);      // 32 bytes

// Streaming: the same as blake2b() of all that was added, one after the other. One use: finish() ends it.
class Hasher {
public:
    Hasher();
    Hasher &add(QByteArrayView bytes);
    Hasher &addInt(std::int64_t value);                      // eight bytes, big endian: equal on every machine
    [[nodiscard]] QByteArray finish();                       // 32 bytes

private:
    // crypto_generichash_state is 384 bytes, 64-aligned; hash.cpp asserts both, so that no header needs sodium.h.
    alignas(64) std::array<std::byte, 384> m_state;
};

} // namespace anteroom

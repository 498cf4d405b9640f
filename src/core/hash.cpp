#include "core/hash.h"

#include <sodium.h>

namespace anteroom {

static_assert(sizeof(crypto_generichash_state) <= 384);
static_assert(alignof(crypto_generichash_state) <= 64);
static_assert(crypto_generichash_BYTES == kHashBytes);

namespace {

crypto_generichash_state *stateOf(std::array<std::byte, 384> &bytes)
{
    return reinterpret_cast<crypto_generichash_state *>(bytes.data());
}

const unsigned char *bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

} // namespace

QByteArray blake2b(QByteArrayView bytes)
{
    return Hasher().add(bytes).finish();
}

Hasher::Hasher()
{
    static const int ready = sodium_init();      // picks the fastest code for this processor; safe to repeat
    (void)ready;
    crypto_generichash_init(stateOf(m_state), nullptr, 0, kHashBytes);
}

Hasher &Hasher::add(QByteArrayView bytes)
{
    crypto_generichash_update(stateOf(m_state), bytesOf(bytes), static_cast<unsigned long long>(bytes.size()));
    return *this;
}

Hasher &Hasher::addInt(std::int64_t value)
{
    std::array<char, 8> big{};
    for (std::size_t i = 0; i < big.size(); ++i)
        big[i] = static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * (7 - i)));
    return add(QByteArrayView(big.data(), big.size()));
}

QByteArray Hasher::finish()
{
    QByteArray digest(static_cast<qsizetype>(kHashBytes), Qt::Uninitialized);
    crypto_generichash_final(stateOf(m_state), reinterpret_cast<unsigned char *>(digest.data()), kHashBytes);
    return digest;
}

} // namespace anteroom

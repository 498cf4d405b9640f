#include "transport/envelope.h"

#include "sync/codec.h"

#include <zstd.h>

namespace anteroom::transport {

namespace {

tl::unexpected<Error> broken(const QString &what)
{
    return fail(ErrorCode::Protocol, what + QStringLiteral(" The line is dropped; check that both PCs run Anteroom."));
}

tl::unexpected<Error> tooLarge(std::size_t size, std::size_t limit)
{
    return broken(QStringLiteral("A message of %1 bytes is over the limit of %2.").arg(size).arg(limit));
}

} // namespace

void Envelope::Free::operator()(ZSTD_CCtx_s *context) const { ZSTD_freeCCtx(context); }
void Envelope::Free::operator()(ZSTD_DCtx_s *context) const { ZSTD_freeDCtx(context); }

Envelope::Envelope() : m_compress(ZSTD_createCCtx()), m_decompress(ZSTD_createDCtx()) {}
Envelope::~Envelope() = default;

Result<QByteArray> Envelope::pack(const sync::Message &message)
{
    return wrap(sync::encode(message));
}

Result<sync::Message> Envelope::unpack(QByteArrayView bytes, std::size_t maxBytes)
{
    if (bytes.isEmpty())
        return broken(QStringLiteral("A message without content arrived."));
    // Plain content is decoded where it lies; the codec copies what it keeps.
    if (static_cast<std::uint8_t>(bytes.front()) == static_cast<std::uint8_t>(Packing::Plain)) {
        const auto size = static_cast<std::size_t>(bytes.size() - 1);
        return size > maxBytes ? Result<sync::Message>(tooLarge(size, maxBytes)) : sync::decode(bytes.sliced(1));
    }
    return unwrap(bytes, maxBytes).and_then([](const QByteArray &cbor) { return sync::decode(cbor); });
}

Result<QByteArray> Envelope::wrap(QByteArrayView cbor)
{
    const auto size = static_cast<std::size_t>(cbor.size());
    if (size > kMaxMessageBytes)
        return tooLarge(size, kMaxMessageBytes);
    QByteArray out;
    if (size >= kCompressFromBytes && m_compress) {
        // Only what is smaller than plain is worth it: the room says so.
        out.resize(cbor.size());
        const std::size_t packed = ZSTD_compressCCtx(m_compress.get(), out.data() + 1, size - 1, cbor.data(), size, kCompressionLevel);
        if (ZSTD_isError(packed) == 0) {
            out[0] = static_cast<char>(Packing::Zstd);
            out.truncate(static_cast<qsizetype>(packed) + 1);
            out.squeeze();                  // it may wait in a queue of sends
            return out;
        }
        out.clear();
    }
    out.reserve(cbor.size() + 1);
    out.append(static_cast<char>(Packing::Plain));
    out.append(cbor);
    return out;
}

Result<QByteArray> Envelope::unwrap(QByteArrayView bytes, std::size_t maxBytes)
{
    if (bytes.isEmpty())
        return broken(QStringLiteral("A message without content arrived."));
    const auto packing = static_cast<std::uint8_t>(bytes.front());
    const QByteArrayView body = bytes.sliced(1);
    const auto bodySize = static_cast<std::size_t>(body.size());
    if (packing == static_cast<std::uint8_t>(Packing::Plain))
        return bodySize > maxBytes ? Result<QByteArray>(tooLarge(bodySize, maxBytes)) : Result<QByteArray>(body.toByteArray());
    if (packing != static_cast<std::uint8_t>(Packing::Zstd))
        return broken(QStringLiteral("A message came in the unknown packing %1.").arg(packing));
    if (bodySize > maxBytes)
        return tooLarge(bodySize, maxBytes);
    // The zstd frame must say its size, so that a bomb is refused before anything is allocated for it.
    const unsigned long long size = ZSTD_getFrameContentSize(body.data(), bodySize);
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size == 0)
        return broken(QStringLiteral("A compressed message does not say its size."));
    if (size > maxBytes)
        return tooLarge(size, maxBytes);
    QByteArray out(static_cast<qsizetype>(size), Qt::Uninitialized);
    const std::size_t got = ZSTD_decompressDCtx(m_decompress.get(), out.data(), size, body.data(), bodySize);
    if (ZSTD_isError(got) != 0 || got != size)
        return broken(QStringLiteral("A compressed message is damaged."));
    return out;
}

} // namespace anteroom::transport

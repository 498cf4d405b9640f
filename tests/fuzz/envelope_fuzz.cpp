// Arbitrary bytes as they may come over the wire: no crash, no memory beyond the limit, and what decodes survives a
// second round.
#include "transport/envelope.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static anteroom::transport::Envelope envelope;
    const QByteArrayView bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto message = envelope.unpack(bytes);
    if (!message)
        return 0;
    const auto packed = envelope.pack(*message);
    if (packed && !envelope.unpack(*packed))
        std::abort();
    return 0;
}

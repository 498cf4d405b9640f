// Envelope: how a message lies in one binary WebSocket message: a byte that says plain (0) or zstd (1), then the CBOR.
// Used alike by WebSocket and loopback. Keeps its compression contexts: one object a thread. Never touches a socket.
#pragma once

#include "core/result.h"
#include "sync/messages.h"
#include "transport/limits.h"

#include <memory>

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace anteroom::transport {

enum class Packing : std::uint8_t { Plain = 0, Zstd = 1 };      // wire numbers

class Envelope {
public:
    Envelope();
    ~Envelope();
    Envelope(const Envelope &) = delete;
    Envelope &operator=(const Envelope &) = delete;

    // Fails only for a message over kMaxMessageBytes: the sender should have cut it.
    [[nodiscard]] Result<QByteArray> pack(const sync::Message &message);
    // `maxBytes` bounds the message after decompression; the size is checked before memory is taken.
    [[nodiscard]] Result<sync::Message> unpack(QByteArrayView bytes, std::size_t maxBytes = kMaxMessageBytes);

    // The same for bytes that need not be a message.
    [[nodiscard]] Result<QByteArray> wrap(QByteArrayView cbor);
    [[nodiscard]] Result<QByteArray> unwrap(QByteArrayView bytes, std::size_t maxBytes = kMaxMessageBytes);

private:
    struct Free {
        void operator()(ZSTD_CCtx_s *context) const;
        void operator()(ZSTD_DCtx_s *context) const;
    };
    std::unique_ptr<ZSTD_CCtx_s, Free> m_compress;
    std::unique_ptr<ZSTD_DCtx_s, Free> m_decompress;
};

} // namespace anteroom::transport

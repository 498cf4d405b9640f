// Limits: every number that bounds a line, with its reason. Nothing here is a setting; tests inject shorter Timings.
// What a peer may send is bounded here before a byte of it is believed; what a message may hold is the codec's matter.
#pragma once

#include <chrono>
#include <cstddef>

namespace anteroom::transport {

// A message after decompression. Pages and frames are cut by it (sync::wireSize), an entry is at most 900 KiB, so that
// a push with its envelope fits. One bound for plain and compressed: who sends 20 bytes may not make us hold 20 MiB.
inline constexpr std::size_t kMaxMessageBytes = 1024 * 1024;
// The same with its envelope byte: what a WebSocket message may be.
inline constexpr std::size_t kMaxEnvelopeBytes = kMaxMessageBytes + 1;
// Until a peer is welcomed it may only say HELLO or JOIN: 64 salts of at most 19 bytes and short names.
inline constexpr std::size_t kMaxGreetingBytes = 16 * 1024;
// A WebSocket frame. Qt drops a line on a stall of 5 s inside a frame; 64 KiB pass in that time even at 105 kbit/s.
inline constexpr std::size_t kMaxSocketFrameBytes = 64 * 1024;
// What is read ahead of the parser from a socket: a frame and its header, so that a flood waits in the kernel.
inline constexpr std::size_t kReadBufferBytes = 2 * kMaxSocketFrameBytes;
// An upgrade request of a browser with cookies stays under it.
inline constexpr std::size_t kMaxUpgradeBytes = 8 * 1024;
// Below it zstd's frame header and the time cost more than the bytes saved.
inline constexpr std::size_t kCompressFromBytes = 512;
// zstd's fastest ordinary level: the host compresses for everybody, on a LAN its time is dearer than bytes. Not measured yet.
inline constexpr int kCompressionLevel = 1;

// Unsent bytes of a line beyond which its peer is behind: one message. It then catches up by scanning, without a queue.
inline constexpr long long kBehindBytes = 1024 * 1024;
// What was under way when the writer heard of it still goes out; more than this drops the line.
inline constexpr long long kMaxUnsentBytes = 16 * kBehindBytes;
// Encoded messages kept within one burst, so that a frame for twenty peers is encoded and compressed once.
inline constexpr std::size_t kEncodedKept = 16;

// Welcomed peers of one host. A clinic of this kind has up to 50 PCs; three times that leaves room for displays.
inline constexpr int kMaxPeers = 160;
// Connections that were not welcomed yet: oldest goes first. A morning's start brings every PC at once.
inline constexpr int kMaxStrangers = 64;
inline constexpr int kMaxStrangersPerAddress = 8;
// The own PC starts many processes at once (demo, tests, command line) and can be looked at when it misbehaves.
inline constexpr int kMaxStrangersOwnPc = 48;

struct Timings {
    std::chrono::milliseconds ping{1000};            // both ends; also how often `heard` is told
    std::chrono::milliseconds silentDrop{10000};     // DESIGN 4: no byte for 10 s ends the line
    std::chrono::milliseconds connect{5000};         // twice in the 10 s that a first join waits
    std::chrono::milliseconds upgrade{3000};         // TCP accept to WebSocket upgrade
    std::chrono::milliseconds hello{5000};           // upgrade to the first HELLO or JOIN
    std::chrono::milliseconds welcome{15000};        // upgrade to WELCOME: probes and an access code included
    std::chrono::milliseconds parting{1000};         // for last words to leave, then the socket is cut
};
// Silence that the desk shows to the person; the line stays.
inline constexpr std::chrono::milliseconds kSilentShows{2000};

} // namespace anteroom::transport

// Tuning: every number of the engines with its reason, in one place.
#pragma once

#include <cstddef>
#include <cstdint>

namespace anteroom::sync::tuning {

// Rows of a page: one must hold the lock well under 50 ms (rule 7); `anteroom-bench first` applies about 90,000 rows/s.
inline constexpr int kPageRows = 1000;
// Bytes of a page before compression: four fit into the message limit of 1 MiB with room for one large row.
inline constexpr std::size_t kPageBytes = 256 * 1024;
// Pages on the way to a client: the line is never idle while the client writes one.
inline constexpr std::size_t kPagesInFlight = 4;
// Revisions sent and not acknowledged before a client counts as behind and scans instead (rule 6: no queue per client).
inline constexpr std::int64_t kFrameWindow = 512;
// Rows of one frame before every client scans instead: a frame must stay below the message limit.
inline constexpr std::size_t kFrameBytes = 768 * 1024;
// What was lost of one group, in its three pictures: a conflict is one row and must fit into a message, also where a
// second loss keeps the picture before the first; and closing it names the row twice, in an entry of at most 900 KiB.
// More than this goes to review, as the entry that it was.
inline constexpr std::size_t kPictureBytes = 400 * 1024;
// Own entries on the way up without an answer: enough to fill a LAN, few enough to be repeated after a cut.
inline constexpr std::int64_t kPushWindow = 128;
// Staged rows read at a time while publishing.
inline constexpr int kPublishRows = 1000;
// Salts that a page carries at most, newest first (SYNC, procedures).
inline constexpr int kPageSalts = 1024;

} // namespace anteroom::sync::tuning

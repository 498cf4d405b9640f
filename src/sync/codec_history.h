// The messages of parted histories and of comparing: OFFER, MORE, COMPARE, COMPARED. The part of the codec that
// codec_messages.cpp dispatches to. Internal to sync.
#pragma once

#include "sync/codec_rows.h"

namespace anteroom::sync::detail {

inline constexpr int kOfferNumber = 3, kMoreNumber = 13, kCompareNumber = 14, kComparedNumber = 15;      // wire numbers
inline constexpr std::size_t kBuckets = 256;              // of a digest that is narrowed

void write(CborWriter &w, const Offer &m);
void write(CborWriter &w, const More &m);
void write(CborWriter &w, const Compare &m);
void write(CborWriter &w, const Compared &m);
[[nodiscard]] Offer readOffer(CborReader &r);
[[nodiscard]] More readMore(CborReader &r);
[[nodiscard]] Compare readCompare(CborReader &r);
[[nodiscard]] Compared readCompared(CborReader &r);

} // namespace anteroom::sync::detail

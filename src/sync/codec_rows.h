// Rows, entries and replies inside a message: the parts that codec.cpp puts together. Internal to sync.
#pragma once

#include "sync/cbor.h"
#include "sync/messages.h"

namespace anteroom::sync::detail {

inline constexpr std::size_t kMaxRows = 100000, kMaxColumns = 256, kMaxText = 64 * 1024;
inline constexpr std::int64_t kMaxSeq = std::int64_t{1} << 53;      // a thousand entries a second for 280,000 years

void writeMessage(CborWriter &w, const Message &message);
[[nodiscard]] Message readMessage(CborReader &r);
void writeRows(CborWriter &w, const std::vector<RowAt> &rows);
[[nodiscard]] std::vector<RowAt> readRows(CborReader &r);          // rows of unknown tables, unknown columns are skipped
void writeEntry(CborWriter &w, const Entry &entry);
[[nodiscard]] Entry readEntry(CborReader &r);                      // an unknown table is an error: it cannot be merged
void writeReply(CborWriter &w, const Reply &reply);
[[nodiscard]] Reply readReply(CborReader &r);
void writeAnswers(CborWriter &w, const Answers &answers);
[[nodiscard]] Answers readAnswers(CborReader &r);
void writeColumns(CborWriter &w, const Table &table);
[[nodiscard]] std::vector<int> readColumns(CborReader &r, const Table &table);      // positions in a Row, -1 unknown
void writeEpoch(CborWriter &w, const Epoch &epoch);
[[nodiscard]] Epoch readEpoch(CborReader &r);
void writeCursor(CborWriter &w, const RevPos &cursor);
[[nodiscard]] RevPos readCursor(CborReader &r);
[[nodiscard]] RevSalt readPair(CborReader &r);
void writeSalts(CborWriter &w, const std::vector<RevSalt> &salts);
[[nodiscard]] std::vector<RevSalt> readSalts(CborReader &r, std::size_t max);

} // namespace anteroom::sync::detail

// Codec: messages, entries, replies and rows to CBOR and back. A message is a CBOR array [type number, fields…]; rows
// are positional behind a list of column numbers, so an older program skips columns that it does not know.
// Pure functions, any thread. Decoding never trusts a length, a count or a type; it answers with an Error.
#pragma once

#include "core/result.h"
#include "sync/messages.h"

namespace anteroom::sync {

[[nodiscard]] QByteArray encode(const Message &message);
[[nodiscard]] Result<Message> decode(QByteArrayView bytes);

// For the outbox, reviews, rejected entries and replies in the database.
[[nodiscard]] QByteArray encodeEntry(const Entry &entry);
[[nodiscard]] Result<Entry> decodeEntry(QByteArrayView bytes);
[[nodiscard]] QByteArray encodeReply(const Reply &reply);
[[nodiscard]] Result<Reply> decodeReply(QByteArrayView bytes);
// For sync_base, sync_stage and the columns base/mine/theirs of a conflict.
[[nodiscard]] QByteArray encodeRow(const Table &table, const Row &row);
[[nodiscard]] Result<Row> decodeRow(const Table &table, QByteArrayView bytes);
[[nodiscard]] QByteArray encodeGroup(const Table &table, schema::GroupNo group, const std::vector<schema::Value> &values);
// In the order of groupColumns(); what an older program did not know is NULL, what a newer one added is left out.
[[nodiscard]] Result<std::vector<schema::Value>> decodeGroup(const Table &table, schema::GroupNo group, QByteArrayView bytes);

// Upper bound of what the row will take in a message; pages are cut by it.
[[nodiscard]] std::size_t wireSize(const RowAt &row);

} // namespace anteroom::sync

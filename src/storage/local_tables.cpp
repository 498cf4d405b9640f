#include "storage/local_tables.h"

namespace anteroom::storage {

namespace {

// revpos = rev << 20 | pos everywhere, so that catching up is one range of one index. It is not UNIQUE: while history
// that a restore took away is replaced, two rows may bear one number until the end of the transaction.
constexpr std::string_view kStatements[] = {
    "CREATE TABLE sync_row(tbl INTEGER NOT NULL, id BLOB NOT NULL, revpos INTEGER NOT NULL, PRIMARY KEY(tbl, id)) WITHOUT ROWID",
    "CREATE INDEX sync_row_revpos ON sync_row(revpos)",
    "CREATE TABLE sync_state(key TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE sync_salt(rev INTEGER PRIMARY KEY, salt INTEGER NOT NULL)",
    "CREATE TABLE device_counter(device BLOB NOT NULL, incarnation INTEGER NOT NULL, seq INTEGER NOT NULL, prefix TEXT NOT NULL,"
    " PRIMARY KEY(device, incarnation)) WITHOUT ROWID",
    "CREATE TABLE device_reply(device BLOB NOT NULL, incarnation INTEGER NOT NULL, seq INTEGER NOT NULL, reply BLOB NOT NULL,"
    " PRIMARY KEY(device, incarnation, seq)) WITHOUT ROWID",
    "CREATE TABLE device_token(device BLOB NOT NULL PRIMARY KEY, token_hash BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE sync_base(tbl INTEGER NOT NULL, id BLOB NOT NULL, image BLOB, PRIMARY KEY(tbl, id)) WITHOUT ROWID",
    "CREATE TABLE sync_stage(pk INTEGER PRIMARY KEY, tbl INTEGER NOT NULL, id BLOB NOT NULL, revpos INTEGER NOT NULL, row BLOB NOT NULL, UNIQUE(tbl, id))",
    "CREATE INDEX sync_stage_revpos ON sync_stage(revpos)",
    "CREATE TABLE outbox(seq INTEGER PRIMARY KEY, doomed INTEGER NOT NULL, provisional INTEGER NOT NULL, at INTEGER NOT NULL, entry BLOB NOT NULL)",
    "CREATE TABLE outbox_row(tbl INTEGER NOT NULL, id BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(tbl, id, seq)) WITHOUT ROWID",
    "CREATE INDEX outbox_row_seq ON outbox_row(seq)",
    "CREATE TABLE sync_rejected(entry_uuid BLOB NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL, entry BLOB NOT NULL)",
    "CREATE TABLE drafts(key TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL, at INTEGER NOT NULL)",
};

} // namespace

std::span<const std::string_view> localTableStatements()
{
    return kStatements;
}

} // namespace anteroom::storage

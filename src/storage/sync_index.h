// SyncIndex: the change index sync_row (which revision touched a row last), the engines' small state, and the salts of
// revisions. A thin value over a connection, inside the transaction that its owner holds. Failures throw SqlError.
#pragma once

#include "schema/change.h"
#include "storage/transaction.h"

#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace anteroom::storage {

// rev << 20 | pos: one number that sorts like the pair. Throws SqlError where either is out of range.
[[nodiscard]] std::int64_t packed(schema::RevPos at);
[[nodiscard]] schema::RevPos unpacked(std::int64_t revpos);

class SyncIndex {
public:
    explicit SyncIndex(Connection &connection) : m_connection(connection) {}

    [[nodiscard]] std::optional<schema::RevPos> touched(const schema::Table &table, const Uuid &id);
    void setTouched(const schema::Table &table, const Uuid &id, schema::RevPos at);
    // Rows touched after `after`, ascending, each read as it is now; a row that is not here any more is passed over.
    // `visit` returns false to stop.
    using Visit = std::function<bool(const schema::Table &table, schema::Row &&row, schema::RevPos at)>;
    void scan(schema::RevPos after, const Visit &visit);
    // (table number, id, place) of every row of a table, ascending by id: what a digest adds up.
    using VisitKey = std::function<void(std::uint16_t table, const Uuid &id, schema::RevPos at)>;
    void forEachKey(const schema::Table &table, const VisitKey &visit);
    void eraseTouched(const schema::Table &table, const Uuid &id);       // a row that the host does not have
    [[nodiscard]] std::int64_t countAfter(schema::RevPos after);

    [[nodiscard]] std::optional<QByteArray> state(std::string_view key);
    void setState(std::string_view key, const QByteArray &value);

    [[nodiscard]] std::optional<schema::Salt> salt(std::int64_t rev);
    void setSalt(std::int64_t rev, schema::Salt salt);
    // The newest of [from, to], ascending.
    [[nodiscard]] std::vector<std::pair<std::int64_t, schema::Salt>> saltsBetween(std::int64_t from, std::int64_t to, int newest);
    // At most `count` of those strictly between lo and hi, evenly spread over what is held. Reads all of them.
    [[nodiscard]] std::vector<std::pair<std::int64_t, schema::Salt>> saltsSpread(std::int64_t lo, std::int64_t hi, int count);
    [[nodiscard]] std::optional<std::pair<std::int64_t, schema::Salt>> saltAtOrBefore(std::int64_t rev);
    void eraseSalts(std::int64_t after = -1);                            // of revisions beyond `after`

private:
    Connection &m_connection;
};

} // namespace anteroom::storage

// RecordQuery: one filtered, sorted page of one table, as lists of the desk read it. Values are always bound. Paging by
// offset (short lists) or by key (`after` the last row of the page before; steady under inserts). Read only.
#pragma once

#include "storage/records.h"

namespace anteroom::storage {

struct OrderBy {
    int column;
    bool descending = false;
    bool folded = false;                 // texts as fold() makes them, only of scanRows(): a, A and á stand together
};

class TextFilter;

enum class Marked : std::uint8_t { Hidden, Too, Only };      // deleted rows

struct RecordQuery {
    const schema::Table *table = nullptr;
    std::vector<Condition> where;
    int prefixColumn = -1;               // text column that begins with `prefix`, bytewise: give it a folded column
    std::string prefix;
    std::vector<OrderBy> orderBy;        // then by id
    int limit = 200;
    int offset = 0;
    std::optional<schema::Row> after;    // last row of the page before
    bool deletedToo = false;             // the same as Marked::Too
    Marked marked = Marked::Hidden;
    int notFalse = -1;                   // column that is not 0
    bool blobs = true;                   // false: they come as NULL, a list shows none
};

[[nodiscard]] std::vector<schema::Row> listRows(Connection &connection, const RecordQuery &query);
// As lists hold it: blobs are NULL.
[[nodiscard]] std::optional<schema::Row> readRowWithoutBlobs(Connection &connection, const schema::Table &table, const Uuid &id);
// Rows of the query without its paging, counted no further than `most`.
[[nodiscard]] std::int64_t countUpTo(Connection &connection, const RecordQuery &query, std::int64_t most);

struct Scanned {
    std::vector<schema::Row> rows;
    std::int64_t total = 0;              // rows that match, on whatever page
};
// The same page by one reading of the table, where no index serves the order or a filter looks at every row anyway: only
// the keys of `limit` rows are kept. One column to order by; no offset.
[[nodiscard]] Scanned scanRows(Connection &connection, const RecordQuery &query, const TextFilter &filter);

} // namespace anteroom::storage

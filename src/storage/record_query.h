// RecordQuery: one filtered, sorted page of one table, as lists of the desk read it. Values are always bound. Paging by
// offset (short lists) or by key (`after` the last row of the page before; steady under inserts). Read only.
#pragma once

#include "storage/records.h"

namespace anteroom::storage {

struct OrderBy { int column; bool descending = false; };

struct RecordQuery {
    const schema::Table *table = nullptr;
    std::vector<Condition> where;
    int prefixColumn = -1;               // text column that begins with `prefix`, bytewise: give it a folded column
    std::string prefix;
    std::vector<OrderBy> orderBy;        // then by id
    int limit = 200;
    int offset = 0;
    std::optional<schema::Row> after;    // last row of the page before
    bool deletedToo = false;
};

[[nodiscard]] std::vector<schema::Row> listRows(Connection &connection, const RecordQuery &query);

} // namespace anteroom::storage

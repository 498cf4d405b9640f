// Searching: rows that hold every typed word, in any order, as the beginning of one of theirs, by the index alone; a hit
// is compared with its row before it is shown. First those with the words whole, then those that begin so; below them
// words that were meant. In a reader's transaction; writes nothing.
#pragma once

#include "storage/search_vocabulary.h"
#include "schema/change.h"

#include <QString>

#include <functional>
#include <vector>

namespace anteroom::storage {

struct SearchRequest {
    QString text;
    int limit = 20;
    bool onlyPatients = false;
    std::function<bool(const schema::Table &)> mayShow;      // by table; empty = all
};
struct SearchHit {
    const schema::Table *table = nullptr;
    schema::Row row;
    bool similar = false;
};
struct SearchAnswer {
    std::vector<SearchHit> hits;
    bool more = false;
};

[[nodiscard]] SearchAnswer search(Connection &connection, SearchVocabulary &vocabulary, const SearchRequest &request);
// Entries of one code list that are in use: by the beginning of a code ("j45.9", "j459"), or words of the title. By code.
[[nodiscard]] std::vector<schema::Row> searchCodes(Connection &connection, const QString &system, const QString &typed, int limit);

} // namespace anteroom::storage

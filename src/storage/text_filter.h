// TextFilter: the words over a list. A row matches where each word stands, folded, in one of its texts or dates, or in
// what a row that it refers to is called. It reads the whole table once, with the tables that its rows refer to; made for
// lists of some ten thousand rows. Finding people and tickets is the search index's.
#pragma once

#include "storage/record_query.h"

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace anteroom::storage {

class TextFilter {
public:
    static constexpr std::size_t kMostWords = 16;      // a bit each; more are not asked
    using MayRead = std::function<bool(const schema::Table &)>;

    // Names of rows of tables that may not be read match nothing.
    TextFilter(const QString &typed, MayRead mayRead);
    [[nodiscard]] bool empty() const { return m_words.empty(); }

    // How rows of one table are read: columns to select, and what to make of them.
    class Reading;
    [[nodiscard]] Reading readingOf(Connection &connection, const schema::Table &table) const;

private:
    using Words = std::uint32_t;                       // a bit for each that was found
    using Found = std::unordered_map<Uuid, Words>;     // rows in which some word stands

    [[nodiscard]] Words wordsIn(std::string_view folded) const;
    [[nodiscard]] Found namesOf(Connection &connection, const schema::Table &table, int depth) const;
    [[nodiscard]] Reading reading(Connection &connection, const schema::Table &table, std::span<const int> columns, int depth) const;
    class Names;

    std::vector<std::string> m_words;                  // folded
    MayRead m_mayRead;
};

class TextFilter::Reading {
public:
    std::string columns;                               // ",\"name\",…" after the key

    [[nodiscard]] bool matches(const Statement &statement, int first) const { return wordsOf(statement, first) == m_all; }
    [[nodiscard]] Words wordsOf(const Statement &statement, int first) const;

private:
    friend class TextFilter;
    const TextFilter *m_filter = nullptr;
    Words m_all = 0;
    int m_texts = 0;
    std::vector<std::shared_ptr<Names>> m_names;      // of each reference, after the texts
    mutable std::string m_folded;
};

// As core's fold(), fast where the text is plain; `folded` keeps its room.
void foldInto(std::string &folded, std::string_view text);

} // namespace anteroom::storage

// SearchVocabulary: the words of names that the index knows, in memory, and which of them a typed word may have been
// meant to be: a slip of the finger or spelt as it sounds. Words are only added; one that nobody bears any more finds
// nothing and harms nothing. One per replica, shared by its readers; thread-safe.
#pragma once

#include "storage/connection.h"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace anteroom::storage {

// One edit in a word of so many letters, two in a longer one; a shorter word has too many neighbours.
inline constexpr std::size_t kOneEditFrom = 4, kTwoEditsFrom = 8;
inline constexpr std::size_t kSoundsFrom = 3;

// Edits that turn one word into the other, two neighbouring letters exchanged counting one; `most + 1` where there are
// more. `beginning`: `typed` may stop anywhere in `word`.
[[nodiscard]] int editDistance(std::u16string_view typed, std::u16string_view word, int most, bool beginning);
// Spellings that sound alike become equal: ph f, c k q, y i, z s, w v, ou u, th t, doubled letters. Of folded words.
[[nodiscard]] std::u16string soundOf(std::u16string_view word);

class SearchVocabulary {
public:
    struct Near { std::string word; int distance = 0; };

    // Words near to `typed`, the nearest first, then by alphabet; not `typed` itself. Reads new words first.
    [[nodiscard]] std::vector<Near> near(Connection &connection, std::string_view typed, std::size_t most);

private:
    struct Word {
        std::u16string text, sound;
        std::uint32_t letters = 0;           // which of 32 classes of letters occur
    };
    void readNew(Connection &connection);

    std::mutex m_mutex;
    std::vector<Word> m_words;
    std::int64_t m_last = 0;
};

} // namespace anteroom::storage

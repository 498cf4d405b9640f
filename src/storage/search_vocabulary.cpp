#include "storage/search_vocabulary.h"

#include <QString>

#include <algorithm>
#include <array>
#include <bit>

namespace anteroom::storage {

namespace {

constexpr std::size_t kLongest = 40;             // letters that are compared
constexpr std::size_t kBeginningFrom = 5;        // fewer typed letters, misspelt, begin half of the vocabulary

std::u16string utf16(std::string_view word)
{
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())).toStdU16String();
}

std::uint32_t lettersOf(std::u16string_view word)
{
    std::uint32_t letters = 0;
    for (const char16_t c : word)
        letters |= 1U << (c & 31);
    return letters;
}

} // namespace

// Optimal string alignment over two kept rows; ends as soon as a row is beyond `most`.
int editDistance(std::u16string_view typed, std::u16string_view word, int most, bool beginning)
{
    typed = typed.substr(0, kLongest);
    word = word.substr(0, beginning ? std::min(typed.size() + std::size_t(most), kLongest) : kLongest);
    std::array<int, kLongest + 1> before{}, last{}, row{};
    for (std::size_t j = 0; j <= word.size(); ++j)
        last[j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= typed.size(); ++i) {
        row[0] = static_cast<int>(i);
        int least = row[0];
        for (std::size_t j = 1; j <= word.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (typed[i - 1] != word[j - 1])});
            if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
            least = std::min(least, row[j]);
        }
        if (least > most)
            return most + 1;
        before = last;
        last = row;
    }
    int distance = last[word.size()];
    if (beginning)
        distance = *std::min_element(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(word.size()) + 1);
    return std::min(distance, most + 1);
}

std::u16string soundOf(std::u16string_view word)
{
    struct Sound { std::u16string_view spelt, heard; };
    static constexpr std::array kSounds = std::to_array<Sound>({
        {u"ph", u"f"}, {u"th", u"t"}, {u"ck", u"k"}, {u"qu", u"k"}, {u"dj", u"j"}, {u"ou", u"u"}, {u"oo", u"u"}, {u"ee", u"i"},
        {u"c", u"k"}, {u"q", u"k"}, {u"y", u"i"}, {u"z", u"s"}, {u"w", u"v"},
    });
    std::u16string heard;
    for (std::size_t at = 0; at < word.size();) {
        std::u16string_view as = word.substr(at, 1);
        std::size_t taken = 1;
        for (const Sound &sound : kSounds)
            if (word.substr(at).starts_with(sound.spelt)) {
                as = sound.heard;
                taken = sound.spelt.size();
                break;
            }
        if (heard.empty() || heard.back() != as.front())
            heard += as;
        at += taken;
    }
    return heard;
}

void SearchVocabulary::readNew(Connection &connection)
{
    Statement statement(connection, "SELECT pk,word FROM search_word WHERE pk>?1 ORDER BY pk");
    statement.bindInt(1, m_last);
    while (statement.step()) {
        m_last = statement.integer(0);
        Word word{utf16(statement.text(1)), {}, 0};
        word.sound = soundOf(word.text);
        word.letters = lettersOf(word.text);
        m_words.push_back(std::move(word));
    }
}

std::vector<SearchVocabulary::Near> SearchVocabulary::near(Connection &connection, std::string_view typed, std::size_t most)
{
    const std::u16string wanted = utf16(typed);
    std::vector<Near> found;
    if (wanted.size() < kSoundsFrom)
        return found;
    const int edits = wanted.size() >= kTwoEditsFrom ? 2 : wanted.size() >= kOneEditFrom ? 1 : 0;
    const bool beginning = wanted.size() >= kBeginningFrom;
    const std::u16string sound = soundOf(wanted);
    const std::uint32_t letters = lettersOf(wanted);
    const std::lock_guard guard(m_mutex);
    readNew(connection);
    for (const Word &word : m_words) {
        if (word.text == wanted)
            continue;
        const bool shortEnough = word.text.size() <= wanted.size() + std::size_t(edits);
        bool whole = shortEnough;
        int distance = edits + 1;
        if (edits > 0 && word.text.size() + std::size_t(edits) >= wanted.size() && (beginning || shortEnough)
            && std::popcount(letters & ~word.letters) <= edits) {
            distance = shortEnough ? editDistance(wanted, word.text, edits, false) : distance;
            if (distance > edits && beginning) {
                distance = editDistance(wanted, word.text, edits, true);
                whole = false;
            }
        }
        const bool alike = beginning ? word.sound.starts_with(sound) : word.sound == sound;
        if (alike)
            distance = std::min(distance, 1);
        // A word that only begins alike stands behind those that are whole.
        if ((alike || distance <= edits) && !word.text.starts_with(wanted))
            found.push_back({QString::fromStdU16String(word.text).toStdString(), 2 * distance + (whole ? 0 : 1)});
    }
    std::sort(found.begin(), found.end(), [](const Near &a, const Near &b) { return std::tie(a.distance, a.word) < std::tie(b.distance, b.word); });
    if (found.size() > most)
        found.resize(most);
    return found;
}

} // namespace anteroom::storage

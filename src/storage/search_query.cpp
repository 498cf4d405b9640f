#include "storage/search_query.h"

#include "core/text.h"
#include "schema/registry.h"
#include "schema/tables/code_concepts.h"
#include "storage/records.h"
#include "storage/search_text.h"

#include <algorithm>
#include <unordered_set>

namespace anteroom::storage {

using schema::Row;
using schema::Table;

namespace {

constexpr std::size_t kMostTokens = 8;           // nobody has more than eight names
constexpr int kSlack = 16;                       // read beyond the limit: the index sorts by the first letters only
constexpr int kMostLooked = 4000;                // candidates of one question: digits in common need a look at each
constexpr std::size_t kMostMeant = 24;           // words that one typed word may have been meant to be
constexpr int kMostSimilar = 200;                // candidates of the lower band, to be sorted by nearness

struct Token {
    std::string word;
    std::vector<SearchVocabulary::Near> meant;
};
enum class Match : std::uint8_t { Whole, LastBegins, Begins };

struct Candidate {
    std::int64_t doc = 0;
    const Table *table = nullptr;
    std::int64_t pk = 0;
    int distance = 0;
};
struct Ranked {
    SearchHit hit;
    std::int64_t doc = 0;
    int distance = 0;
    QString name;
};
// What the tokens make of a row's words: edits away, 0 where it holds them all, −1 where it does not.
using Judge = std::function<int(std::string_view words)>;

SearchKind kindOf(std::int64_t doc)
{
    return static_cast<SearchKind>(doc >> (kOrderBits + kTieBits));
}

std::int64_t firstOf(SearchKind kind)
{
    return static_cast<std::int64_t>(kind) << (kOrderBits + kTieBits);
}

bool isNumberOnly(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isDigit() || c.isSpace() || QStringView(u"+-()./").contains(c); });
}

// "76 12 40 88" is one number, "diallo 4088" two words.
std::vector<Token> tokensOf(const QString &text)
{
    std::vector<Token> tokens;
    const QString digits = digitsOnly(text);
    if (static_cast<std::size_t>(digits.size()) >= kLeastDigits && isNumberOnly(text)) {
        tokens.push_back({digits.toStdString(), {}});
        return tokens;
    }
    for (std::string &word : foldedWords(text))
        if (tokens.size() < kMostTokens)
            tokens.push_back({std::move(word), {}});
    return tokens;
}

bool searchesPhones(const Token &token)
{
    return token.word.size() >= kLeastDigits && isDigits(token.word);
}

bool holds(const std::vector<std::string_view> &words, const Token &token, bool whole)
{
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        if (word.starts_with(kDigitRun))
            return !whole && searchesPhones(token) && word.find(token.word) != std::string_view::npos;
        return whole ? word == token.word : word.starts_with(token.word);
    });
}

bool holdsAll(std::string_view text, const std::vector<Token> &tokens, Match match)
{
    const auto words = split(text);
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (!holds(words, tokens[i], match == Match::Whole || (match == Match::LastBegins && i + 1 < tokens.size())))
            return false;
    return true;
}

std::string term(std::string_view word)
{
    return '"' + std::string(word) + '"';
}

std::string expression(const std::vector<Token> &tokens, Match match)
{
    std::string all;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token &token = tokens[i];
        const bool whole = match == Match::Whole || (match == Match::LastBegins && i + 1 < tokens.size());
        std::string one = term(token.word) + (whole ? "" : "*");
        if (!whole && searchesPhones(token)) {
            std::string groups;
            for (const std::string &group : digitGroups(token.word))
                groups += (groups.empty() ? "" : " AND ") + term(group);
            one += " OR (" + groups + ")";
        }
        for (const auto &meant : token.meant)
            one += " OR " + term(meant.word);
        all += (all.empty() ? "(" : " AND (") + one + ")";
    }
    return all;
}

// Distance of the nearest word for each token, added up; −1 where a token has none.
int distanceOf(std::string_view text, const std::vector<Token> &tokens)
{
    const auto words = split(text);
    int sum = 0;
    for (const Token &token : tokens) {
        int least = holds(words, token, false) ? 0 : -1;
        for (const auto &meant : token.meant)
            if ((least < 0 || meant.distance < least) && std::find(words.begin(), words.end(), meant.word) != words.end())
                least = meant.distance;
        if (least < 0)
            return -1;
        sum += least;
    }
    return sum;
}

class Searcher {
public:
    Searcher(Connection &connection, const SearchRequest &request) : m_connection(connection), m_request(request) {}

    // What the index says, in its order; nothing that was shown before.
    std::vector<Candidate> candidates(const std::string &match, int most, const Judge &judge)
    {
        std::vector<Candidate> found;
        begin(match);
        while (static_cast<int>(found.size()) < most)
            if (auto next = nextOf(judge))
                found.push_back(*next);
            else
                break;
        m_docs.reset();
        return found;
    }
    // Rows in the order of the index, each compared with what it holds now.
    std::vector<Ranked> band(const std::string &match, int most, const Judge &judge)
    {
        std::vector<Ranked> found;
        begin(match);
        while (static_cast<int>(found.size()) < most) {
            const auto next = nextOf(judge);
            if (!next)
                break;
            if (auto hit = checked(*next, judge))
                found.push_back(std::move(*hit));
        }
        m_docs.reset();
        return found;
    }
    // The candidate as a hit, where its row still is what the index says of it.
    std::optional<Ranked> checked(const Candidate &candidate, const Judge &judge)
    {
        const TableStatements &sql = m_connection.statements(*candidate.table);
        Statement statement(m_connection, "SELECT " + sql.columnList + " FROM " + sql.quotedName + " WHERE pk=?1");
        statement.bindInt(1, candidate.pk);
        if (!statement.step())
            return std::nullopt;
        Row row = currentRow(statement, sql);
        auto document = documentOf(m_connection, *candidate.table, row, Reading::Row);
        if (document && judge(document->words) < 0)
            document = documentOf(m_connection, *candidate.table, row);
        const int distance = document ? judge(document->words) : -1;
        if (distance < 0)
            return std::nullopt;
        m_shown.insert(candidate.doc);
        const QString name = kindOf(candidate.doc) <= SearchKind::FormerPatient ? sortName(row) : QString();
        return Ranked{{candidate.table, std::move(row), false}, candidate.doc, distance, name};
    }
    [[nodiscard]] bool more() const { return m_more; }

private:
    void begin(const std::string &match)
    {
        m_looked = 0;
        m_match = match;
        m_docs.emplace(m_connection, "SELECT rowid FROM search_text WHERE search_text MATCH ?1 AND rowid<?2 ORDER BY rowid");
        m_docs->bindText(1, m_match).bindInt(2, firstOf(m_request.onlyPatients ? SearchKind::Ticket : SearchKind::Code));
    }
    std::optional<Candidate> nextOf(const Judge &judge)
    {
        while (m_docs->step()) {
            if (++m_looked > kMostLooked) {
                m_more = true;
                break;
            }
            const std::int64_t doc = m_docs->integer(0);
            if (m_shown.contains(doc))
                continue;
            Statement statement(m_connection, "SELECT tbl,row,words FROM search_doc WHERE doc=?1");
            statement.bindInt(1, doc);
            if (!statement.step())
                continue;
            const Table *table = schema::findTable(static_cast<std::uint16_t>(statement.integer(0)));
            if (!table || (m_request.mayShow && !m_request.mayShow(*table)))
                continue;
            if (const int distance = judge(statement.text(2)); distance >= 0)
                return Candidate{doc, table, statement.integer(1), distance};
        }
        return std::nullopt;
    }

    Connection &m_connection;
    const SearchRequest &m_request;
    std::string m_match;
    std::optional<Statement> m_docs;
    std::unordered_set<std::int64_t> m_shown;
    int m_looked = 0;
    bool m_more = false;
};

void sortBand(std::vector<Ranked> &band)
{
    std::sort(band.begin(), band.end(), [](const Ranked &a, const Ranked &b) {
        const SearchKind kindA = kindOf(a.doc), kindB = kindOf(b.doc);
        return std::tie(a.distance, kindA, a.name, a.doc) < std::tie(b.distance, kindB, b.name, b.doc);
    });
}

// The lower band: near words stand beside the typed ones; the nearest rows first.
void addSimilar(Connection &connection, SearchVocabulary &vocabulary, int limit, Searcher &searcher, std::vector<Token> &tokens, SearchAnswer &answer)
{
    bool meant = false;
    for (Token &token : tokens) {
        if (!isDigits(token.word))
            token.meant = vocabulary.near(connection, token.word, kMostMeant);
        meant = meant || !token.meant.empty();
    }
    if (!meant)
        return;
    const Judge judge = [&](std::string_view words) { return distanceOf(words, tokens); };
    auto candidates = searcher.candidates(expression(tokens, Match::Begins), kMostSimilar, judge);
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate &a, const Candidate &b) { return a.distance < b.distance; });
    std::vector<Ranked> band;
    for (const Candidate &candidate : candidates) {
        if (static_cast<int>(answer.hits.size() + band.size()) == limit) {
            answer.more = true;
            break;
        }
        if (auto hit = searcher.checked(candidate, judge))
            band.push_back(std::move(*hit));
    }
    sortBand(band);
    for (Ranked &ranked : band) {
        answer.hits.push_back(std::move(ranked.hit));
        answer.hits.back().similar = true;
    }
}

} // namespace

SearchAnswer search(Connection &connection, SearchVocabulary &vocabulary, const SearchRequest &request)
{
    SearchAnswer answer;
    std::vector<Token> tokens = tokensOf(request.text);
    if (tokens.empty() || request.limit <= 0)
        return answer;
    const auto room = [&] { return request.limit - static_cast<int>(answer.hits.size()); };
    Searcher searcher(connection, request);
    for (const Match match : {Match::Whole, Match::LastBegins, Match::Begins}) {
        if (answer.more || (match == Match::LastBegins && tokens.size() < 2))
            continue;
        auto band = searcher.band(expression(tokens, match), room() + kSlack,
                                  [&](std::string_view words) { return holdsAll(words, tokens, match) ? 0 : -1; });
        sortBand(band);
        answer.more = static_cast<int>(band.size()) > room();
        for (std::size_t i = 0; i < band.size() && room() > 0; ++i)
            answer.hits.push_back(std::move(band[i].hit));
    }
    answer.more = answer.more || searcher.more();
    if (room() > 0)
        addSimilar(connection, vocabulary, request.limit, searcher, tokens, answer);
    return answer;
}

std::vector<Row> searchCodes(Connection &connection, const QString &system, const QString &typed, int limit)
{
    using schema::tables::code_concepts;
    std::vector<Token> tokens;
    std::string whole, mark(kDigitRun);
    for (std::string &word : foldedWords(typed)) {
        whole += word;
        if (tokens.size() < kMostTokens)
            tokens.push_back({std::move(word), {}});
    }
    if (std::any_of(whole.begin(), whole.end(), [](char c) { return c >= '0' && c <= '9'; }) && !typed.trimmed().contains(u' '))
        tokens.assign(1, {whole, {}});                   // "j45.9": a code, however it was punctuated
    for (const std::string &part : foldedWords(system))
        mark += part;
    std::vector<Row> rows;
    std::unordered_set<std::int64_t> seen;
    const TableStatements &sql = connection.statements(code_concepts);
    // Whole words first: they are read as they come, a beginning of a common word is gathered from all of its words.
    for (const Match match : {Match::Whole, Match::LastBegins, Match::Begins}) {
        const std::string expressed = term(mark) + (tokens.empty() ? std::string() : " AND " + expression(tokens, match));
        Statement found(connection, "SELECT " + sql.columnList + ",doc FROM (SELECT rowid AS doc FROM search_codes WHERE search_codes MATCH ?1 ORDER BY rowid)"
                                        " JOIN search_doc USING(doc) JOIN " + sql.quotedName + " ON pk=search_doc.row ORDER BY doc");
        found.bindText(1, expressed);
        while (static_cast<int>(rows.size()) < limit && found.step()) {
            Row row = currentRow(found, sql);
            const auto document = documentOf(connection, code_concepts, row);
            if (!document || schema::toQString(row[schema::col(code_concepts, "system")]) != system || !holdsAll(document->words, tokens, match))
                continue;
            if (seen.insert(found.integer(static_cast<int>(sql.types.size()) + 1)).second)
                rows.push_back(std::move(row));
        }
    }
    return rows;
}

} // namespace anteroom::storage

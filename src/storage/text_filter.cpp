#include "storage/text_filter.h"

#include "core/text.h"
#include "schema/registry.h"

#include <array>
#include <map>

namespace anteroom::storage {

using namespace schema;

namespace {

constexpr int kDepth = 2;                // a visit is named by its patient: names of names, no further

constexpr char kDropped = 0, kForeign = '\x80';

// What fold() makes of each character of plain ASCII.
constexpr std::array<char, 256> kPlain = [] {
    std::array<char, 256> made{};
    for (int c = 0; c < 256; ++c) {
        const bool blank = c == ' ' || c == '-' || (c >= '\t' && c <= '\r');
        const bool dropped = c < ' ' || c == 0x7f || c == '\'' || c == '`';
        made[static_cast<std::size_t>(c)] = c >= 0x80 ? kForeign : blank ? ' ' : dropped ? kDropped : static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return made;
}();

// As fold(), of text that is plain ASCII; false where it is not. Most rows of most clinics are, and this is their speed.
bool appendPlain(std::string &out, std::string_view text)
{
    const std::size_t before = out.size();
    out.resize(before + text.size());
    char *const begin = out.data() + before;
    char *to = begin;
    for (const char c : text) {
        const char folded = kPlain[static_cast<unsigned char>(c)];
        if (folded == kForeign) {
            out.resize(before);
            return false;
        }
        if (folded != kDropped && (folded != ' ' || (to > begin && to[-1] != ' ')))
            *to++ = folded;
    }
    out.resize(static_cast<std::size_t>(to - out.data()));
    return true;
}

void appendFolded(std::string &out, std::string_view text)
{
    if (!appendPlain(out, text))
        out += fold(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))).toStdString();
    out += '\n';                         // no word reaches over two columns
}

bool isText(const Column &column)
{
    return (column.type == Type::Text || column.type == Type::Date) && !column.name.starts_with("folded");      // what they are made of is there
}

} // namespace

// Read when the first row refers to one of them: most patients were merged into nobody, most notes are for everybody.
class TextFilter::Names {
public:
    Names(const TextFilter &filter, Connection &connection, const Table &table, int depth)
        : m_filter(filter), m_connection(connection), m_table(table), m_depth(depth) {}

    Words of(const Uuid &id)
    {
        if (!m_found)
            m_found = m_filter.namesOf(m_connection, m_table, m_depth);
        const auto found = m_found->find(id);
        return found == m_found->end() ? 0 : found->second;
    }

private:
    const TextFilter &m_filter;
    Connection &m_connection;
    const Table &m_table;
    int m_depth;
    std::optional<Found> m_found;
};

void foldInto(std::string &folded, std::string_view text)
{
    folded.clear();
    if (!appendPlain(folded, text))
        folded = fold(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))).toStdString();
    else if (folded.ends_with(' '))
        folded.pop_back();
}

TextFilter::TextFilter(const QString &typed, MayRead mayRead)
    : m_mayRead(std::move(mayRead))
{
    for (const QString &word : fold(typed).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        if (m_words.size() < kMostWords)
            m_words.push_back(word.toStdString());
}

TextFilter::Words TextFilter::wordsIn(std::string_view folded) const
{
    Words found = 0;
    for (std::size_t i = 0; i < m_words.size(); ++i)
        if (folded.find(m_words[i]) != std::string_view::npos)
            found |= Words{1} << i;
    return found;
}

TextFilter::Words TextFilter::Reading::wordsOf(const Statement &statement, int first) const
{
    m_folded.clear();
    for (int i = 0; i < m_texts; ++i)
        if (const std::string_view text = statement.text(first + i); !text.empty())
            appendFolded(m_folded, text);
    Words words = m_filter->wordsIn(m_folded);
    int column = first + m_texts;
    for (const auto &names : m_names) {
        if (words != m_all && !statement.isNull(column))
            words |= names->of(statement.uuid(column));
        ++column;
    }
    return words;
}

// Words that stand in the names of rows of a table: one reading of it, whatever the number of rows that refer to them.
TextFilter::Found TextFilter::namesOf(Connection &connection, const Table &table, int depth) const
{
    Found found;
    if (depth == 0 || !m_mayRead(table))
        return found;
    std::vector<int> columns;
    for (const std::string_view name : table.label)
        columns.push_back(findColumn(table, name));
    const Reading names = reading(connection, table, columns, depth - 1);
    Statement statement(connection, "SELECT id" + names.columns + " FROM " + connection.statements(table).quotedName);
    while (statement.step())
        if (const Words words = names.wordsOf(statement, 1))
            found.emplace(statement.uuid(0), words);
    return found;
}

TextFilter::Reading TextFilter::reading(Connection &connection, const Table &table, std::span<const int> columns, int depth) const
{
    Reading reading;
    reading.m_filter = this;
    reading.m_all = static_cast<Words>((std::uint64_t{1} << m_words.size()) - 1);
    const auto select = [&](int column) { reading.columns += ",\"" + std::string(columnAt(table, column).name) + '"'; };
    for (const int column : columns)
        if (isText(columnAt(table, column))) {
            select(column);
            ++reading.m_texts;
        }
    std::map<std::string_view, std::shared_ptr<Names>> read;
    for (const int column : columns) {
        const Table *other = columnAt(table, column).references.empty() ? nullptr : findTable(columnAt(table, column).references);
        if (!other)
            continue;
        auto &names = read[other->name];
        if (!names)
            names = std::make_shared<Names>(*this, connection, *other, depth);
        select(column);
        reading.m_names.push_back(names);
    }
    return reading;
}

TextFilter::Reading TextFilter::readingOf(Connection &connection, const Table &table) const
{
    std::vector<int> columns;
    for (int i = kStandardCount; i < columnCount(table) && !empty(); ++i)
        columns.push_back(i);
    return reading(connection, table, columns, kDepth);
}

} // namespace anteroom::storage

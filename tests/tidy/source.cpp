#include "source.h"

#include <algorithm>
#include <cctype>
#include <regex>

namespace anteroom::tidy {

namespace {

// Splits text into code, strings and comments, one character at a time.
class Splitter {
public:
    explicit Splitter(std::string_view text) : m_text(text) { m_lines.emplace_back(); }

    std::vector<Line> run()
    {
        while (m_at < m_text.size())
            step();
        return std::move(m_lines);
    }

private:
    [[nodiscard]] bool ahead(std::string_view what) const { return m_text.substr(m_at).starts_with(what); }

    void take(std::string Line::*where)
    {
        const char c = m_text[m_at++];
        if (c == '\n') {
            m_lines.emplace_back();
            return;
        }
        m_lines.back().*where += c;
        if (where != &Line::code)
            m_lines.back().code += ' ';
    }

    void step()
    {
        if (ahead("//"))
            return line();
        if (ahead("/*"))
            return until("*/", &Line::comment, 2);
        if (ahead("R\"") && !wordBefore())
            return raw();
        // 1'000 has no character literal in it
        if (ahead("\"") || (ahead("'") && !(m_at > 0 && std::isxdigit(static_cast<unsigned char>(m_text[m_at - 1])))))
            return literal(m_text[m_at]);
        take(&Line::code);
    }

    [[nodiscard]] bool wordBefore() const
    {
        if (m_at == 0)
            return false;
        const auto c = static_cast<unsigned char>(m_text[m_at - 1]);
        return c != 'u' && c != 'L' && c != 'U' && c != '8' && (std::isalnum(c) || c == '_');
    }

    void line()
    {
        while (m_at < m_text.size() && m_text[m_at] != '\n')
            take(&Line::comment);
    }

    void until(std::string_view end, std::string Line::*where, std::size_t skip)
    {
        for (std::size_t i = 0; i < skip && m_at < m_text.size(); ++i)
            take(where);
        while (m_at < m_text.size() && !ahead(end))
            take(where);
        for (std::size_t i = 0; i < end.size() && m_at < m_text.size(); ++i)
            take(where);
    }

    void raw()
    {
        const std::size_t open = m_text.find('(', m_at);
        if (open == std::string_view::npos)
            return take(&Line::code);
        const std::string end = ')' + std::string(m_text.substr(m_at + 2, open - m_at - 2)) + '"';
        until(end, &Line::strings, open - m_at + 1);
    }

    void literal(char quote)
    {
        take(&Line::code);
        while (m_at < m_text.size() && m_text[m_at] != quote && m_text[m_at] != '\n') {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                take(&Line::strings);
            take(&Line::strings);
        }
        if (m_at < m_text.size() && m_text[m_at] == quote)
            take(&Line::code);
        m_lines.back().strings += '\x1f';      // two literals of one line stay two, and no blank joins them
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Line> m_lines;
};

bool isScope(const std::string &head)
{
    static const std::regex opens(R"(^\s*(template\s*<.*>\s*)?(inline\s+)?(constexpr\s+)?(namespace|class|struct|union|enum)\b)");
    static const std::regex behind(R"(\b(namespace|class|struct|union|enum)\b[^()]*$)");
    return std::regex_search(head, opens) || std::regex_search(head, behind) || head.find("extern ") != std::string::npos;
}

// The name before the first parameter list, or nothing where this is no function.
std::string functionName(const std::string &head)
{
    const std::size_t open = head.find('(');
    if (open == std::string::npos || head.find(')') == std::string::npos)
        return {};
    const std::string before = head.substr(0, open);
    const std::size_t assign = before.find('=');
    if (assign != std::string::npos && before.find("operator") == std::string::npos)
        return {};
    std::size_t end = before.find_last_not_of(" \t");
    if (end == std::string::npos)
        return {};
    const std::size_t start = before.find_last_of(" \t*&", end);
    return before.substr(start == std::string::npos ? 0 : start + 1, end - (start == std::string::npos ? 0 : start + 1) + 1);
}

struct Open {
    bool scope = false;
    Function function;       // a name only if it is one
};

} // namespace

Source readSource(std::string path, std::string_view content)
{
    Source source{std::move(path), Splitter(content).run(), {}};
    static const std::regex include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::size_t start = 0;
    for (int number = 1; start <= content.size(); ++number) {
        const std::size_t end = std::min(content.find('\n', start), content.size());
        const std::string line(content.substr(start, end - start));
        std::smatch match;
        const bool isCode = source.lines[static_cast<std::size_t>(number) - 1].code.find('#') != std::string::npos;
        if (isCode && std::regex_search(line, match, include))
            source.includes.push_back({number, match[2], match[1] == "\""});
        start = end + 1;
    }
    return source;
}

std::vector<Function> functionsOf(const Source &source)
{
    std::vector<Function> found;
    std::vector<Open> stack;
    std::string head;
    bool directive = false;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        const std::string &code = source.lines[i].code;
        const std::size_t first = code.find_first_not_of(" \t");
        if (directive || (first != std::string::npos && code[first] == '#')) {
            directive = code.ends_with('\\');
            continue;
        }
        const int number = static_cast<int>(i) + 1;
        for (const char c : code) {
            const bool counting = stack.empty() || stack.back().scope;
            if (c == '{') {
                Open open;
                if (counting) {
                    open.scope = isScope(head);
                    open.function = {number, 0, open.scope ? std::string() : functionName(head)};
                }
                stack.push_back(open);
                head.clear();
            } else if (c == '}' && !stack.empty()) {
                Function function = stack.back().function;
                stack.pop_back();
                head.clear();
                if (!function.name.empty()) {
                    function.length = number - function.line + 1;
                    found.push_back(function);
                }
            } else if (c == ';' && counting) {
                head.clear();
            } else if (counting) {
                head += c;
            }
        }
        head += ' ';
    }
    return found;
}

} // namespace anteroom::tidy

#include "rules.h"

#include <algorithm>
#include <array>
#include <regex>

namespace anteroom::tidy {

namespace {

enum class Where { Code, Strings, Comment };

struct Ban {
    const char *rule;
    Where where;
    const char *pattern;
    const char *words;
    std::array<std::string_view, 3> only = {};        // folders where it is banned; none = everywhere
    std::array<std::string_view, 3> except = {};      // folders where it is not
    std::size_t reason = 0;                           // forgiven where the line holds a string of so many characters
};

const std::array kBans = std::to_array<Ban>({
    {"nested-event-loop", Where::Code, R"(\bQEventLoop\b)", "QEventLoop lets anything happen in the middle of a function: connect to the signal, or return a QFuture", {}, {}},
    {"nested-event-loop", Where::Code, R"(\bprocessEvents\s*\()", "processEvents() lets anything happen in the middle of a function: split the work and let the loop run; tests use QTRY_*", {}, {}},
    {"nested-event-loop", Where::Code, R"((\.|->|QDialog::|QMenu::)exec\s*\()", "exec() is a nested event loop: dialogs open(), menus popup()", {"ui/"}, {}},
    {"late-answer", Where::Code, R"(\.then\s*\()", "QFuture::then() of Qt 6.4 asserts where its context is gone before the answer: whenReady() of core/when_ready.h", {}, {}},
    {"singleton", Where::Code, R"(\binstance\s*\(\s*\))", "instance() makes two replicas in one process impossible: pass the object in; of the application use qApp", {}, {}},
    {"string-connect", Where::Code, R"(\b(SIGNAL|SLOT)\s*\()", "SIGNAL()/SLOT() fail at run time: connect(sender, &Class::signal, context, …)", {}, {}},
    {"style-sheet", Where::Code, R"(\bsetStyleSheet\s*\()", "style sheets are slow and do not mirror: use the palette, the tokens and a property that the style reads", {}, {}},
    {"variant-record", Where::Code, R"(\bQVariant(Map|Hash|List)\b)", "a bag of variants is no record: a struct, or schema::Row", {}, {}},
    {"replace-row", Where::Strings, R"((INSERT|insert)\s+(OR|or)\s+(REPLACE|replace))", "it deletes the old row behind the triggers: INSERT … ON CONFLICT DO UPDATE", {}, {}},
    {"sleep", Where::Code, R"(\b(sleep_for|sleep_until|usleep|nanosleep|qSleep|qWait)\s*\(|\bQThread::(m|u)?sleep\s*\()", "waiting a fixed time is too long or too short: QTRY_VERIFY, QTRY_COMPARE, a timer", {}, {"app/bench"}},
    {"skipped-test", Where::Code, R"(\bQSKIP\s*\()", "a skipped test proves nothing: make it able to run here; where it truly cannot, say in a whole sentence what is missing", {}, {}, 40},
    {"loose-log", Where::Code, R"(\bq(Debug|Info|Warning|Critical)\s*\()", "free text may carry a name: log::info(log::node, \"literal\", {{\"key\", number}}) of core/log.h", {"src/", "ui/"}, {}},
    {"loose-id", Where::Code, R"(\bQUuid::createUuid)", "ids are ordered by time: uuidV7(clock, random) of core/uuid.h", {"src/", "ui/", "app/"}, {}},
    {"loose-random", Where::Code, R"(\b(rand|srand)\s*\(|\bQRandomGenerator\b|\bstd::random_device\b)", "a run must replay from its seed: core/random.h as an argument", {"src/", "ui/", "app/"}, {}},
    {"loose-clock", Where::Code, R"(\b(currentDateTime|currentDateTimeUtc|currentMSecsSinceEpoch|currentDate|currentTime)\s*\(|\b(system|steady)_clock::now\b)", "a simulator must be able to be the clock: core/clock.h, or a time as an argument", {"src/sync/", "src/domain/", "src/schema/"}, {}},
    {"namespace-std", Where::Code, R"(\busing\s+namespace\s+std\s*;)", "write std::, or using std::name for the one that is meant", {}, {}},
    {"unfinished", Where::Comment, R"(\b(TODO|FIXME|XXX|HACK)\b)", "finish it, or open an issue and say here what holds instead", {}, {}},
});

bool inOne(const Source &source, const std::array<std::string_view, 3> &folders)
{
    return std::any_of(folders.begin(), folders.end(), [&](std::string_view f) { return !f.empty() && source.isIn(f); });
}

bool applies(const Ban &ban, const Source &source)
{
    const bool everywhere = ban.only[0].empty();
    return (everywhere || inOne(source, ban.only)) && !inOne(source, ban.except);
}

const std::string &part(const Line &line, Where where)
{
    return where == Where::Code ? line.code : where == Where::Strings ? line.strings : line.comment;
}

bool excused(const Source &source, const Finding &finding)
{
    static const std::regex allow(R"(tidy-allow\(([a-z-]+)\):\s*\S+)");
    const auto &comment = source.lines[static_cast<std::size_t>(finding.line) - 1].comment;
    std::smatch match;
    return std::regex_search(comment, match, allow) && match[1] == finding.rule;
}

} // namespace

void checkLengths(const Source &source, Findings &findings)
{
    const int lines = static_cast<int>(source.lines.size()) - (source.lines.back().code.empty() ? 1 : 0);
    if (lines > kMaxFileLines)
        findings.push_back({source.path, 1, "file-length",
            std::to_string(lines) + " lines: split it by what its parts are about, at most " + std::to_string(kMaxFileLines) + " each."});
    for (const Function &function : functionsOf(source))
        if (function.length > kMaxFunctionLines)
            findings.push_back({source.path, function.line, "function-length",
                function.name + "() has " + std::to_string(function.length) + " lines: give its steps names of their own, at most "
                    + std::to_string(kMaxFunctionLines) + " lines each."});
}

void checkCalls(const Source &source, Findings &findings)
{
    for (const Ban &ban : kBans) {
        if (!applies(ban, source))
            continue;
        const std::regex pattern(ban.pattern);
        for (std::size_t i = 0; i < source.lines.size(); ++i)
            if (std::regex_search(part(source.lines[i], ban.where), pattern) && (ban.reason == 0 || source.lines[i].strings.size() < ban.reason))
                findings.push_back({source.path, static_cast<int>(i) + 1, ban.rule, std::string(ban.words) + '.'});
    }
}

void checkHeader(const Source &source, Findings &findings)
{
    if (!source.isHeader())
        return;
    // "// Name: what it is" before anything else; one short line is a title, not a paragraph.
    const std::string &first = source.lines.front().comment;
    if (first.size() < 20 || !first.starts_with("//"))
        findings.push_back({source.path, 1, "header-comment", "begin with a comment paragraph: what this is, what it never does."});
    const auto once = std::find_if(source.lines.begin(), source.lines.end(), [](const Line &line) {
        return line.code.find_first_not_of(" \t") != std::string::npos;
    });
    if (once == source.lines.end() || !once->code.starts_with("#pragma once"))
        findings.push_back({source.path, 1, "pragma-once", "the first line of code is #pragma once, no include guard."});
}

Findings run(const Group &group, const Source &source)
{
    Findings findings;
    group.check(source, findings);
    std::erase_if(findings, [&](const Finding &finding) { return excused(source, finding); });
    return findings;
}

} // namespace anteroom::tidy

// Rules: what STYLE asks of the sources and a machine can see. Each finding names what to write instead. A line may be
// excused by `// tidy-allow(<rule>): <reason>`; without a reason it is not.
#pragma once

#include "source.h"

#include <string>
#include <string_view>
#include <vector>

namespace anteroom::tidy {

struct Finding {
    std::string path;
    int line = 0;
    std::string rule;         // "include-direction"
    std::string words;        // what is wrong, and what to write instead
};
using Findings = std::vector<Finding>;

inline constexpr int kMaxFileLines = 400;
inline constexpr int kMaxFunctionLines = 70;

void checkIncludes(const Source &source, Findings &findings);     // walls, QtSql, sockets, umbrellas
void checkLengths(const Source &source, Findings &findings);
void checkCalls(const Source &source, Findings &findings);
void checkHeader(const Source &source, Findings &findings);

using Check = void (*)(const Source &, Findings &);
struct Group {
    std::string_view name;
    Check check;
};
inline constexpr Group kGroups[] = {
    {"includes", checkIncludes}, {"lengths", checkLengths}, {"calls", checkCalls}, {"headers", checkHeader}};

// One check over one source, without what the source excuses.
[[nodiscard]] Findings run(const Group &group, const Source &source);

} // namespace anteroom::tidy

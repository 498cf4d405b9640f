// Source: one file of the tree as the rules read it: code without comments and string contents, and both of them apart,
// line by line. Understands C++ as far as that needs it; never follows an include.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace anteroom::tidy {

struct Line {
    std::string code;        // comments and the insides of strings are blanks; columns stay
    std::string strings;     // the insides of string literals
    std::string comment;
};

struct Include {
    int line = 0;            // from 1
    std::string target;      // "core/uuid.h", "QString"
    bool quoted = false;
};

struct Source {
    std::string path;        // from the top folder: "src/core/uuid.h"
    std::vector<Line> lines;
    std::vector<Include> includes;

    [[nodiscard]] bool isHeader() const { return path.ends_with(".h"); }
    [[nodiscard]] bool isIn(std::string_view folder) const { return path.starts_with(folder); }
};

[[nodiscard]] Source readSource(std::string path, std::string_view content);

struct Function {
    int line = 0;            // of its opening brace, from 1
    int length = 0;          // lines from opening to closing brace
    std::string name;        // what stands before its parameters
};
// By braces alone: bodies that open at namespace or class level behind a parameter list. Lambdas count as lines of
// the function that holds them.
[[nodiscard]] std::vector<Function> functionsOf(const Source &source);

} // namespace anteroom::tidy

// anteroom-tidy ROOT GROUP: reads app, src, ui and tests below ROOT and prints what breaks a rule of the group.
#include "rules.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace fs = std::filesystem;
using namespace anteroom::tidy;

namespace {

std::string contentOf(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> filesBelow(const fs::path &root)
{
    std::vector<fs::path> files;
    for (const char *folder : {"app", "src", "ui", "tests"}) {
        if (!fs::is_directory(root / folder))
            continue;
        for (const fs::directory_entry &entry : fs::recursive_directory_iterator(root / folder)) {
            const std::string extension = entry.path().extension().string();
            if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp" || extension == ".hpp" || extension == ".ui"))
                files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

Findings check(const Group &group, const fs::path &root, const fs::path &file)
{
    const std::string path = file.lexically_relative(root).generic_string();
    if (path.ends_with(".ui"))
        return group.name == "headers" ? Findings{{path, 1, "form-file", "lay the page out in C++: it mirrors, scales and is reviewed."}} : Findings{};
    if (path.ends_with(".hpp"))
        return group.name == "headers" ? Findings{{path, 1, "header-name", "headers end in .h."}} : Findings{};
    return run(group, readSource(path, contentOf(file)));
}

} // namespace

int main(int argc, char **argv)
{
    const std::string wanted = argc == 3 ? argv[2] : "";
    const auto *group = std::find_if(std::begin(kGroups), std::end(kGroups), [&](const Group &g) { return g.name == wanted; });
    if (group == std::end(kGroups)) {
        std::cerr << "anteroom-tidy ROOT includes|lengths|calls|headers\n";
        return 2;
    }
    const fs::path root = fs::canonical(argv[1]);
    const std::vector<fs::path> files = filesBelow(root);
    std::size_t count = 0;
    for (const fs::path &file : files) {
        for (const Finding &finding : check(*group, root, file)) {
            std::cout << finding.path << ':' << finding.line << ": " << finding.rule << ": " << finding.words << '\n';
            ++count;
        }
    }
    std::cout << files.size() << " files, " << count << " findings\n";
    return count == 0 && !files.empty() ? 0 : 1;      // no files: a wrong ROOT must not pass
}

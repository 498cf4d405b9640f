// Who may include whom. The linker keeps most of it; this keeps headers and says it in words.
#include "rules.h"

#include <algorithm>
#include <array>
#include <span>

namespace anteroom::tidy {

namespace {

using std::string_view;

struct Wall {
    string_view folder;
    std::array<string_view, 12> may;      // besides itself
    string_view words;
};

constexpr std::array kWalls = std::to_array<Wall>({
    {"src/core/", {}, "core knows nobody: move what it needs down into core, or the code up"},
    {"src/schema/", {"core"}, "schema knows core alone: describe, and let storage or sync act"},
    {"src/storage/", {"core", "schema"}, "storage knows core and schema: let node bring it together with the rest"},
    {"src/domain/", {"core", "schema"}, "domain is rules without I/O: take the values as arguments"},
    {"src/sync/", {"core", "schema"}, "sync knows core and schema: ask through its ports StoreTx and Policy"},
    {"src/transport/", {"core", "schema", "sync"}, "transport carries messages: let node decide what they mean"},
    {"src/session/", {"core", "schema", "storage", "domain"}, "session knows storage and domain: let node bring it together with the rest"},
    {"src/node/", {"core", "schema", "storage", "domain", "sync", "transport", "session"}, "node is a replica without faces: let app wire faces to it"},
    {"src/exchange/", {"core", "schema", "storage", "domain"}, "exchange knows storage and domain: hand it a sink instead"},
    {"src/api/", {"core", "schema", "domain", "session", "node", "exchange"}, "api asks node::Commands and node::Queries"},
    {"src/hub/", {"core", "schema", "storage", "node"}, "hub knows storage and node: let app wire the rest"},
    {"ui/", {"core", "schema", "domain", "session", "node"}, "ui asks node, which re-exports what a page needs; app wires the rest"},
});

struct External {
    string_view beginning;                     // of what stands between < and >
    std::array<string_view, 6> mayFolders;     // only here
    string_view rule;
    string_view words;
};

constexpr std::array kExternals = std::to_array<External>({
    {"QSql", {"src/storage/", "tests/"}, "sql-outside-storage", "SQL lives in src/storage: add a query there and call it"},
    {"QtSql", {"src/storage/", "tests/"}, "sql-outside-storage", "SQL lives in src/storage: add a query there and call it"},
    {"sqlite3", {"src/storage/", "app/bench", "app/sim/", "tests/"}, "sql-outside-storage", "SQL lives in src/storage: add a query there and call it"},
    {"QTcp", {"src/transport/", "src/api/", "app/", "tests/"}, "socket-outside-transport", "sockets live in src/transport: use a Link"},
    {"QUdp", {"src/transport/", "src/api/", "app/", "tests/"}, "socket-outside-transport", "sockets live in src/transport: use a Link"},
    {"QSsl", {"src/transport/", "src/api/", "app/", "tests/"}, "socket-outside-transport", "sockets live in src/transport: use a Link"},
    {"QWebSocket", {"src/transport/", "src/api/", "app/", "tests/"}, "socket-outside-transport", "sockets live in src/transport: use a Link"},
    {"QWidget", {"ui/", "app/", "tests/"}, "widget-outside-ui", "widgets live in ui/: return values, and let a page show them"},
    {"QApplication", {"ui/", "app/", "tests/"}, "widget-outside-ui", "widgets live in ui/: return values, and let a page show them"},
    {"QMessageBox", {"app/", "tests/"}, "widget-outside-ui", "say it in the page (a notice or an inline message), not in a box"},
    {"QSettings", {}, "own-settings", "use core/settings.h: one typed table"},
});

// Folders whose code is a function of its arguments.
constexpr std::array<string_view, 2> kPure{"src/sync/", "src/domain/"};
constexpr std::array<string_view, 10> kImpure{"QObject", "QTimer", "QThread", "QFile", "QDir", "QProcess", "QNetwork", "QLocalSocket", "QLocalServer", "QElapsedTimer"};

constexpr std::array<string_view, 10> kUmbrellas{"QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtSql", "QtSvg", "QtWebSockets", "QtConcurrent", "QtXml", "bits/stdc++.h"};

bool in(std::span<const string_view> list, string_view item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

bool beginsWithOne(string_view path, std::span<const string_view> folders)
{
    return std::any_of(folders.begin(), folders.end(), [path](string_view f) { return !f.empty() && path.starts_with(f); });
}

string_view firstFolder(string_view path)
{
    return path.substr(0, path.find('/'));
}

void checkWall(const Source &source, const Include &include, Findings &findings)
{
    const auto wall = std::find_if(kWalls.begin(), kWalls.end(), [&](const Wall &w) { return source.isIn(w.folder); });
    if (wall == kWalls.end() || include.target.find('/') == std::string::npos)
        return;
    const string_view own = wall->folder.starts_with("src/") ? firstFolder(wall->folder.substr(4)) : firstFolder(wall->folder);
    const string_view wanted = firstFolder(include.target);
    if (wanted != own && !in(wall->may, wanted))
        findings.push_back({source.path, include.line, "include-direction",
            '"' + include.target + "\" is behind a wall; " + std::string(wall->words) + '.'});
}

void checkExternal(const Source &source, const Include &include, Findings &findings)
{
    const string_view target = include.target;
    if (in(kUmbrellas, target))
        findings.push_back({source.path, include.line, "umbrella-include",
            '<' + include.target + "> costs seconds a file; include the classes that are used, such as <QString>."});
    for (const External &external : kExternals)
        if (target.starts_with(external.beginning) && !in(kUmbrellas, target) && !beginsWithOne(source.path, external.mayFolders))
            findings.push_back({source.path, include.line, std::string(external.rule), '<' + include.target + ">: " + std::string(external.words) + '.'});
    if (beginsWithOne(source.path, kPure) && std::any_of(kImpure.begin(), kImpure.end(), [&](string_view i) { return target == i || (i == "QNetwork" && target.starts_with(i)); }))
        findings.push_back({source.path, include.line, "pure-folder",
            '<' + include.target + ">: this folder has no threads, timers or files; take values and return effects, and let node act."});
}

} // namespace

void checkIncludes(const Source &source, Findings &findings)
{
    for (const Include &include : source.includes) {
        if (include.quoted)
            checkWall(source, include, findings);
        else
            checkExternal(source, include, findings);
    }
}

} // namespace anteroom::tidy

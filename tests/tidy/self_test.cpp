// Plants each sin once and an innocent twin beside it: a rule that finds nothing, or too much, fails here.
#include "rules.h"

#include <iostream>
#include <set>

using namespace anteroom::tidy;

namespace {

struct Plant {
    const char *path;
    std::string content;
    const char *rule;        // "" = no rule may speak
};

std::string repeated(const std::string &line, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += line;
    return text;
}

std::vector<Plant> includePlants()
{
    return {
        {"src/core/a.cpp", "#include \"schema/table.h\"\n", "include-direction"},
        {"src/schema/a.cpp", "#include \"storage/database.h\"\n", "include-direction"},
        {"src/storage/a.cpp", "#include \"sync/messages.h\"\n", "include-direction"},
        {"src/domain/a.cpp", "#include \"storage/database.h\"\n", "include-direction"},
        {"src/sync/a.cpp", "#include \"storage/database.h\"\n", "include-direction"},
        {"src/transport/a.cpp", "#include \"node/node.h\"\n", "include-direction"},
        {"src/session/a.cpp", "#include \"sync/messages.h\"\n", "include-direction"},
        {"src/node/a.cpp", "#include \"ui/shell.h\"\n", "include-direction"},
        {"src/exchange/a.cpp", "#include \"node/node.h\"\n", "include-direction"},
        {"src/api/a.cpp", "#include \"storage/database.h\"\n", "include-direction"},
        {"src/hub/a.cpp", "#include \"exchange/fhir.h\"\n", "include-direction"},
        {"ui/queue/a.cpp", "#include \"sync/messages.h\"\n", "include-direction"},
        {"ui/queue/a.cpp", "#  include \"storage/database.h\"\n", "include-direction"},
        {"ui/queue/a.cpp", "#include \"node/node.h\"\n#include \"ui/common/token.h\"\n#include \"a.h\"\n", ""},
        {"app/a.cpp", "#include \"ui/shell.h\"\n#include \"hub/hub.h\"\n#include \"storage/database.h\"\n", ""},
        {"src/core/a.cpp", "// #include \"schema/table.h\"\n", ""},
        {"ui/a.cpp", "#include <QSqlQuery>\n", "sql-outside-storage"},
        {"src/node/a.cpp", "#include <QtSql/QSqlQuery>\n", "sql-outside-storage"},
        {"app/hub_main.cpp", "#include <sqlite3.h>\n", "sql-outside-storage"},
        {"app/bench_floor.cpp", "#include <sqlite3.h>\n", ""},
        {"src/storage/a.cpp", "#include <QSqlQuery>\n#include <sqlite3.h>\n", ""},
        {"src/node/a.cpp", "#include <QWebSocket>\n", "socket-outside-transport"},
        {"src/node/a.cpp", "#include <QTcpSocket>\n", "socket-outside-transport"},
        {"ui/a.cpp", "#include <QUdpSocket>\n", "socket-outside-transport"},
        {"src/hub/a.cpp", "#include <QSslKey>\n", "socket-outside-transport"},
        {"src/transport/a.cpp", "#include <QWebSocket>\n", ""},
        {"src/node/a.cpp", "#include <QWidget>\n", "widget-outside-ui"},
        {"src/node/a.cpp", "#include <QApplication>\n", "widget-outside-ui"},
        {"ui/a.cpp", "#include <QMessageBox>\n", "widget-outside-ui"},
        {"ui/a.cpp", "#include <QSettings>\n", "own-settings"},
        {"src/sync/a.cpp", "#include <QTimer>\n", "pure-folder"},
        {"src/domain/a.cpp", "#include <QFile>\n", "pure-folder"},
        {"src/sync/a.h", "#include <QNetworkReply>\n", "pure-folder"},
        {"ui/a.cpp", "#include <QtWidgets>\n", "umbrella-include"},
        {"src/core/a.cpp", "#include <bits/stdc++.h>\n", "umbrella-include"},
    };
}

std::vector<Plant> lengthPlants()
{
    const std::string body = repeated("    step();\n", kMaxFunctionLines - 2);
    const std::string longBody = body + "    step();\n";
    return {
        {"src/a.cpp", repeated("int a;\n", kMaxFileLines + 1), "file-length"},
        {"src/a.cpp", repeated("int a;\n", kMaxFileLines), ""},
        {"src/a.cpp", "void f()\n{\n" + longBody + "}\n", "function-length"},
        {"src/a.cpp", "void f()\n{\n" + body + "}\n", ""},
        {"src/a.cpp", "namespace n {\nstruct S : T {\n    int f(int a) const override {\n" + longBody + "}\n};\n}\n", "function-length"},
        {"src/a.cpp", "S::S(int a)\n    : m_a{a}, m_b(1)\n{\n" + longBody + "}\n", "function-length"},
        {"src/a.cpp", "template <class T>\nauto f(T t) -> int\n{\n" + longBody + "}\n", "function-length"},
        {"src/a.cpp", "#define A(x) \\\n    { x\nvoid f()\n{\n" + longBody + "}\n", "function-length"},
        {"src/a.cpp", "void f()\n{\n    g(R\"({{{)\", '{', \"{\", 1'000); // {\n" + repeated("    step();\n", kMaxFunctionLines - 4) + "}\nvoid g()\n{\n" + body + "}\n", ""},
        {"src/a.cpp", "constexpr T kTable[] = {\n" + repeated("    {1, f(2)},\n", 100) + "};\n", ""},
        {"src/a.cpp", "class C : public D {\n" + repeated("    void f();\n", 100) + "};\n", ""},
        {"src/a.cpp", "namespace {\n" + repeated("    void f() { g(); }\n", 100) + "}\n", ""},
    };
}

std::vector<Plant> callPlants()
{
    return {
        {"src/a.cpp", "QEventLoop loop;\n", "nested-event-loop"},
        {"ui/a.cpp", "qApp->processEvents();\n", "nested-event-loop"},
        {"ui/a.cpp", "if (dialog.exec() == 1)\n", "nested-event-loop"},
        {"ui/a.cpp", "menu->exec(at);\n", "nested-event-loop"},
        {"app/a.cpp", "replica.syncNow().then(this, done);\n", "late-answer"},
        {"src/storage/a.cpp", "query.exec();\n", ""},
        {"src/a.cpp", "Store::instance().save();\n", "singleton"},
        {"src/a.h", "static Store &instance();\n", "singleton"},
        {"ui/a.cpp", "connect(a, SIGNAL(clicked()), b, SLOT(go()));\n", "string-connect"},
        {"ui/a.cpp", "label->setStyleSheet(text);\n", "style-sheet"},
        {"src/a.cpp", "QVariantMap record;\n", "variant-record"},
        {"src/storage/a.cpp", std::string("run(\"INSERT OR ") + "REPLACE INTO t\");\n", "replace-row"},
        {"tests/unit/a.cpp", "QTest::qWait(100);\n", "sleep"},
        {"tests/unit/a.cpp", "std::this_thread::sleep_for(1s);\n", "sleep"},
        {"src/a.cpp", "QThread::msleep(5);\n", "sleep"},
        {"app/bench_live.cpp", "std::this_thread::sleep_until(next);\n", ""},
        {"tests/unit/a.cpp", "QSKIP(\"later\");\n", "skipped-test"},
        {"tests/unit/a.cpp", "QSKIP(\"A small disk of its own needs the right to mount; see above.\");\n", ""},
        {"ui/a.cpp", "qWarning() << name;\n", "loose-log"},
        {"src/a.cpp", "qDebug(\"x\");\n", "loose-log"},
        {"src/a.cpp", "qCInfo(category).noquote();\n", ""},
        {"src/node/a.cpp", "auto id = QUuid::createUuid();\n", "loose-id"},
        {"src/node/a.cpp", "auto n = QRandomGenerator::global();\n", "loose-random"},
        {"src/sync/a.cpp", "auto t = QDateTime::currentDateTimeUtc();\n", "loose-clock"},
        {"src/domain/a.cpp", "auto t = std::chrono::system_clock::now();\n", "loose-clock"},
        {"src/core/clock.cpp", "auto t = std::chrono::system_clock::now();\n", ""},
        {"src/a.cpp", "using namespace std;\n", "namespace-std"},
        {"src/a.cpp", "f(); // TODO\n", "unfinished"},
        {"src/a.cpp", "/* the\n   FIXME */\n", "unfinished"},
        {"src/a.cpp", "// no QEventLoop here\nf(\"QEventLoop\");\n", ""},
        {"src/a.cpp", "QEventLoop loop; // tidy-allow(nested-event-loop): the only one\n", ""},
        {"src/a.cpp", "QEventLoop loop; // tidy-allow(nested-event-loop):\n", "nested-event-loop"},
        {"src/a.cpp", "QEventLoop loop; // tidy-allow(sleep): another rule\n", "nested-event-loop"},
    };
}

std::vector<Plant> headerPlants()
{
    return {
        {"src/a.h", "#pragma once\n", "header-comment"},
        {"src/a.h", "// Short.\n#pragma once\n", "header-comment"},
        {"src/a.h", "// A: what this is and what it never does.\n#ifndef A\n", "pragma-once"},
        {"src/a.h", "// A: what this is and what it never does.\n", "pragma-once"},
        {"src/a.h", "// A: what this is and what it never does.\n#pragma once\n", ""},
        {"src/a.cpp", "int a;\n", ""},
    };
}

int failures(const Group &group, const std::vector<Plant> &plants)
{
    int failed = 0;
    for (const Plant &plant : plants) {
        std::set<std::string> rules;
        bool wordless = false;
        for (const Finding &finding : run(group, readSource(plant.path, plant.content))) {
            rules.insert(finding.rule);
            wordless = wordless || finding.words.size() < 20 || finding.line < 1;
        }
        const std::set<std::string> expected = *plant.rule ? std::set<std::string>{plant.rule} : std::set<std::string>{};
        if (rules == expected && !wordless)
            continue;
        ++failed;
        std::cout << group.name << ": expected \"" << plant.rule << "\", found";
        for (const std::string &rule : rules)
            std::cout << " \"" << rule << '"';
        std::cout << " in " << plant.path << ":\n" << plant.content.substr(0, 200) << '\n';
    }
    std::cout << group.name << ": " << plants.size() << " plants, " << failed << " wrong\n";
    return failed;
}

} // namespace

int main()
{
    const int failed = failures(kGroups[0], includePlants()) + failures(kGroups[1], lengthPlants())
        + failures(kGroups[2], callPlants()) + failures(kGroups[3], headerPlants());
    return failed == 0 ? 0 : 1;
}

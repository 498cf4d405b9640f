// anteroom-bench: figures beside a floor that is taken in the same run (GOALS). One JSON object on stdout.

#include "app/bench_runs.h"
#include "app/bench_search.h"
#include "app/bench_ui.h"
#include "app/bench_worker.h"
#include "app/command_line.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLoggingCategory>

#include <cstdio>

using namespace anteroom;
using namespace anteroom::app;
using namespace Qt::StringLiterals;

namespace {

const QString kProgram = u"anteroom-bench"_s;

std::vector<CommandSpec> commands()
{
    const Option json{u"json"_s, {}};
    return {
        {u"live"_s, {{u"rate"_s, u"N"_s}, {u"seconds"_s, u"S"_s}, json}, {}},
        {u"first"_s, {{u"rows"_s, u"N"_s}, {u"rows-file"_s, u"TSV"_s}, json}, {}},
        {u"catchup"_s, {{u"rows"_s, u"N"_s}, {u"changes"_s, u"M"_s}, json}, {}},
        {u"fanout"_s, {{u"clients"_s, u"C"_s}, {u"changes"_s, u"M"_s}, json}, {}},
        {u"idle"_s, {{u"clients"_s, u"C"_s}, {u"seconds"_s, u"S"_s}, json}, {}},
        {u"search"_s, {{u"patients"_s, u"N"_s}, {u"codes"_s, u"FILE"_s}, json}, {}},
        {u"ui"_s, {{u"changes"_s, u"N"_s}, json}, {}},
    };
}

void say(const QString &text, std::FILE *to)
{
    std::fputs(text.toUtf8().constData(), to);
    std::fputc('\n', to);
}

Result<QJsonObject> run(const QString &name, const Arguments &arguments)
{
    QString wrong;
    const auto number = [&](const QString &option, qint64 otherwise, qint64 min, qint64 max) {
        const auto parsed = parseNumber(option, arguments.value(option, QString::number(otherwise)), min, max);
        if (!parsed)
            wrong = parsed.error().detail;
        return parsed ? int(*parsed) : 0;
    };
    const int rate = number(u"rate"_s, 100, 1, 1000);
    const int seconds = number(u"seconds"_s, 30, 1, 3600);
    const int rows = number(u"rows"_s, arguments.has(u"rows-file"_s) ? 0 : 100'000, 0, 10'000'000);
    const int changes = number(u"changes"_s, name == "fanout"_L1 ? 2000 : name == "ui"_L1 ? 50'000 : 1000, 1, 1'000'000);
    const int patients = number(u"patients"_s, 50'000, 100, 1'000'000);
    const int clients = number(u"clients"_s, 20, 1, 200);
    if (!wrong.isEmpty())
        return fail(ErrorCode::Usage, wrong);
    if (name == "live"_L1)
        return runLive(rate, seconds);
    if (name == "first"_L1)
        return runFirst(rows, arguments.value(u"rows-file"_s));
    if (name == "search"_L1)
        return arguments.has(u"codes"_s) ? runSearchCodes(arguments.value(u"codes"_s)) : runSearch(patients);
    if (name == "ui"_L1)
        return runUi(changes);
    if (name == "catchup"_L1)
        return runCatchup(rows, changes);
    return name == "fanout"_L1 ? runFanout(clients, changes) : runIdle(clients, seconds);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(u"*.debug=false\n*.info=false\n*.warning=false"_s);
    QStringList words = QCoreApplication::arguments().mid(1);
    if (words == QStringList{u"worker"_s}) {
        BenchWorker worker;
        return QCoreApplication::exec();
    }
    if (!words.isEmpty() && words.first() == "duplicates"_L1) {
        say(u"%1 is not measured by this version"_s.arg(words.first()), stderr);
        return kWrongUsage;
    }
    const auto list = commands();
    if (words.contains(u"--help"_s)) {
        say(usageText(kProgram, list).trimmed(), stdout);
        return kDone;
    }
    const auto command = findCommand(list, words);
    const auto arguments = command ? parseArguments(**command, words) : Result<Arguments>(tl::unexpected(command.error()));
    if (!arguments) {
        const QString way = command ? QString(u"Usage: "_s + usageLine(kProgram, **command)) : QString(u"Run "_s + kProgram + u" --help for the commands"_s);
        say(u"%1. %2."_s.arg(arguments.error().detail, way), stderr);
        return kWrongUsage;
    }
    const auto result = run((*command)->name, *arguments);
    if (!result) {
        say(result.error().detail, stderr);
        return exitCodeOf(result.error());
    }
    if (arguments->has(u"json"_s)) {
        say(QString::fromUtf8(QJsonDocument(*result).toJson(QJsonDocument::Compact)), stdout);
        return kDone;
    }
    for (auto it = result->begin(); it != result->end(); ++it)
        say(it.key() + u' ' + it.value().toVariant().toString(), stdout);
    return kDone;
}

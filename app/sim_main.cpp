// anteroom-sim: seeds of a simulated clinic, known bugs planted into it, and power cuts. Prints one JSON object; each
// violation names the command that replays it; the first five are made as small as they get. Exit 1 on any violation.

#include "app/command_line.h"
#include "app/sim/power_cuts.h"
#include "app/sim/runner.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLoggingCategory>

#include <cstdio>

using namespace anteroom;
using namespace anteroom::app;
using namespace Qt::StringLiterals;

namespace {

const QString kProgram = u"anteroom-sim"_s;

const CommandSpec &spec()
{
    static const CommandSpec all{{}, {{u"seeds"_s, u"A..B"_s}, {u"seed"_s, u"N"_s}, {u"replicas"_s, u"N"_s}, {u"ops"_s, u"N"_s}, {u"plant"_s, u"BUG"_s},
                                      {u"without"_s, u"FAULT,…"_s}, {u"jobs"_s, u"N"_s}, {u"trace"_s, {}}, {u"json"_s, {}}, {u"list-plants"_s, {}},
                                      {u"power-cuts"_s, u"N"_s}}, {}};
    return all;
}

int wrong(const QString &words)
{
    std::fprintf(stderr, "%s\n", qPrintable(words.endsWith(u'.') ? words : words + u'.'));
    return kWrongUsage;
}

void print(const QJsonObject &result, bool compact)
{
    std::printf("%s\n", QJsonDocument(result).toJson(compact ? QJsonDocument::Compact : QJsonDocument::Indented).trimmed().constData());
}

Result<sim::RunOptions> optionsOf(const Arguments &arguments)
{
    sim::RunOptions out;
    const QString text = arguments.value(u"seeds"_s, arguments.value(u"seed"_s, u"1"_s));
    const QStringList ends = text.split(u".."_s);
    const auto first = parseNumber(u"seeds"_s, ends.first(), 0, 1'000'000'000'000);
    const auto last = parseNumber(u"seeds"_s, ends.last(), 0, 1'000'000'000'000);
    if (ends.size() > 2 || !first || !last || *first > *last || (arguments.has(u"seed"_s) && ends.size() > 1))
        return fail(ErrorCode::Usage, u"--seeds takes A..B, such as 1..200; --seed takes one number"_s);
    out.first = static_cast<std::uint64_t>(*first);
    out.last = static_cast<std::uint64_t>(*last);
    const auto replicas = parseNumber(u"replicas"_s, arguments.value(u"replicas"_s, u"0"_s), arguments.has(u"replicas"_s) ? 2 : 0, sim::kMostPcs);
    const auto ops = parseNumber(u"ops"_s, arguments.value(u"ops"_s, QString::number(out.world.ops)), 0, 1'000'000);
    const auto jobs = parseNumber(u"jobs"_s, arguments.value(u"jobs"_s, u"0"_s), 0, 1024);
    for (const auto *number : {&replicas, &ops, &jobs})
        if (!*number)
            return tl::unexpected(number->error());
    out.world.replicas = static_cast<int>(*replicas);
    out.world.ops = static_cast<int>(*ops);
    out.jobs = static_cast<int>(*jobs);
    out.world.plant = arguments.value(u"plant"_s).toStdString();
    out.world.aloud = arguments.has(u"trace"_s);
    if (out.world.aloud)
        out.jobs = 1;
    for (const QString &name : arguments.value(u"without"_s).split(u',', Qt::SkipEmptyParts)) {
        const auto fault = sim::faultNamed(name.toStdString());
        if (!fault)
            return fail(ErrorCode::Usage, u"--without: there is no fault '%1'"_s.arg(name));
        out.world.without |= sim::bit(*fault);
    }
    return out;
}

int powerCuts(const Arguments &arguments, bool compact)
{
    for (const QString &option : {u"seeds"_s, u"replicas"_s, u"ops"_s, u"without"_s, u"trace"_s})
        if (arguments.has(option))
            return wrong(u"--%1 belongs to seeds; --power-cuts takes --seed, --jobs, --plant and --json"_s.arg(option));
    const auto points = parseNumber(u"power-cuts"_s, arguments.value(u"power-cuts"_s), 1, 1'000'000'000);
    const auto seed = parseNumber(u"seed"_s, arguments.value(u"seed"_s, u"1"_s), 0, 1'000'000'000'000);
    const auto jobs = parseNumber(u"jobs"_s, arguments.value(u"jobs"_s, u"0"_s), 0, 1024);
    for (const auto *number : {&points, &seed, &jobs})
        if (!*number)
            return wrong(number->error().detail);
    sim::PowerCutOptions options;
    options.points = *points;
    options.seed = static_cast<std::uint64_t>(*seed);
    options.threads = static_cast<int>(*jobs);
    options.plant = arguments.value(u"plant"_s).toStdString();
    if (arguments.has(u"plant"_s) && !sim::isPowerCutPlant(options.plant))
        return wrong(u"--plant: '%1' is none of power cuts"_s.arg(arguments.value(u"plant"_s)));
    const sim::PowerCutReport report = sim::runPowerCuts(options);
    print(report.toJson(), compact);
    return report.clean() ? kDone : kRefused;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(u"*.debug=false\n*.info=false\n*.warning=false"_s);
    if (QCoreApplication::arguments().contains(u"--help"_s)) {
        std::printf("%s\n", qPrintable(usageLine(kProgram, spec())));
        return kDone;
    }
    const auto arguments = parseArguments(spec(), QCoreApplication::arguments().mid(1));
    if (!arguments)
        return wrong(kProgram + u' ' + arguments.error().detail.trimmed() + u". Usage: "_s + usageLine(kProgram, spec()));
    if (arguments->has(u"list-plants"_s)) {
        for (const sim::PlantName &plant : sim::plants())
            std::printf("%-28s %s\n", std::string(plant.name).c_str(), std::string(plant.words).c_str());
        for (const sim::PowerCutPlant &plant : sim::powerCutPlants())
            std::printf("%-28s --power-cuts: %s\n", std::string(plant.name).c_str(), std::string(plant.words).c_str());
        return kDone;
    }
    const bool compact = arguments->has(u"json"_s);
    if (arguments->has(u"power-cuts"_s))
        return powerCuts(*arguments, compact);
    const auto options = optionsOf(*arguments);
    if (!options)
        return wrong(options.error().detail);
    const bool unknown = !options->world.plant.empty() && !sim::makePlant(options->world.plant);
    if (unknown && sim::isPowerCutPlant(options->world.plant))
        return wrong(u"--plant: '%1' is a bug of power cuts; add --power-cuts N"_s.arg(QString::fromStdString(options->world.plant)));
    if (unknown)
        return wrong(u"--plant: there is no bug '%1'; --list-plants names them"_s.arg(QString::fromStdString(options->world.plant)));
    const sim::RunReport report = sim::run(*options);
    print(report.toJson(), compact);
    return report.failures.empty() ? kDone : kRefused;
}

// anteroom-sim: seeds of a clinic in one process. A smoke run today: small random histories over loopback lines with
// real stores. Prints one JSON object; a violation names the seed that replays it.

#include "app/command_line.h"
#include "app/sim_world.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

#include <cstdio>

using namespace anteroom;
using namespace anteroom::app;
using namespace Qt::StringLiterals;

namespace {

const QString kProgram = u"anteroom-sim"_s;

struct Seeds { qint64 first = 1, last = 1; };

Result<Seeds> seedsOf(const Arguments &arguments)
{
    const QString text = arguments.value(u"seeds"_s, arguments.value(u"seed"_s));
    const QStringList ends = text.split(u".."_s);
    const auto first = parseNumber(u"seeds"_s, ends.first(), 0, 1'000'000'000'000);
    const auto last = parseNumber(u"seeds"_s, ends.last(), 0, 1'000'000'000'000);
    if (ends.size() > 2 || !first || !last || *first > *last || (arguments.has(u"seed"_s) && ends.size() > 1))
        return fail(ErrorCode::Usage, u"--seeds takes A..B, such as 1..200; --seed takes one number"_s);
    return Seeds{*first, *last};
}

int wrong(const QString &words)
{
    std::fprintf(stderr, "%s.\n", qPrintable(words));
    return kWrongUsage;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(u"*.debug=false\n*.info=false\n*.warning=false"_s);
    const CommandSpec spec{{}, {{u"seeds"_s, u"A..B"_s}, {u"seed"_s, u"N"_s}, {u"replicas"_s, u"N"_s}, {u"ops"_s, u"N"_s},
                                {u"trace"_s, {}}, {u"json"_s, {}}, {u"plant"_s, u"BUG"_s}, {u"list-plants"_s, {}}, {u"power-cuts"_s, u"N"_s}}, {}};
    if (QCoreApplication::arguments().contains(u"--help"_s)) {
        std::printf("%s\n", qPrintable(usageLine(kProgram, spec)));
        return kDone;
    }
    const auto arguments = parseArguments(spec, QCoreApplication::arguments().mid(1));
    if (!arguments)
        return wrong(kProgram + u' ' + arguments.error().detail.trimmed() + u". Usage: "_s + usageLine(kProgram, spec));
    for (const QString &later : {u"plant"_s, u"list-plants"_s, u"power-cuts"_s})
        if (arguments->has(later))
            return wrong(u"--%1 is not in this version; it runs seeds only"_s.arg(later));
    const auto seeds = seedsOf(*arguments);
    const auto replicas = parseNumber(u"replicas"_s, arguments->value(u"replicas"_s, u"3"_s), 2, 8);
    const auto ops = parseNumber(u"ops"_s, arguments->value(u"ops"_s, u"60"_s), 1, 1'000'000);
    if (!seeds || !replicas || !ops)
        return wrong(!seeds ? seeds.error().detail : !replicas ? replicas.error().detail : ops.error().detail);

    QElapsedTimer clock;
    clock.start();
    QJsonArray violations;
    double hours = 0;
    for (qint64 seed = seeds->first; seed <= seeds->last; ++seed) {
        SimWorld world(std::uint64_t(seed), {int(*replicas), int(*ops), arguments->has(u"trace"_s)});
        const SimOutcome outcome = world.run();
        hours += double(outcome.simulatedMs) / 3'600'000.0;
        if (outcome.violation)
            violations.append(QJsonObject{{u"seed"_s, seed}, {u"invariant"_s, *outcome.violation},
                                          {u"replay"_s, u"%1 --seed %2 --replicas %3 --ops %4 --trace"_s.arg(kProgram).arg(seed).arg(*replicas).arg(*ops)}});
    }
    const qint64 count = seeds->last - seeds->first + 1;
    const QJsonObject result{{u"seeds"_s, count}, {u"violations"_s, violations},
                             {u"seeds_per_s"_s, double(count) * 1000.0 / double(std::max<qint64>(1, clock.elapsed()))}, {u"simulated_hours"_s, hours}};
    std::printf("%s\n", QJsonDocument(result).toJson(arguments->has(u"json"_s) ? QJsonDocument::Compact : QJsonDocument::Indented).constData());
    return violations.isEmpty() ? kDone : kRefused;
}

// anteroom-hub: a replica without a window, and the commands that ask one.

#include "app/hub_commands.h"
#include "app/hub_import.h"
#include "app/hub_output.h"
#include "app/hub_query.h"
#include "app/hub_replica.h"

#include <QCoreApplication>
#include <QLoggingCategory>

using namespace anteroom;
using namespace anteroom::app;
using namespace Qt::StringLiterals;

namespace {

const QString kProgram = u"anteroom-hub"_s;

int wrongUsage(const Error &error, const CommandSpec *command)
{
    if (command)
        complain(u"%1. Usage: %2"_s.arg(error.detail, usageLine(kProgram, *command)));
    else
        complain(u"%1. Run %2 --help for the commands"_s.arg(error.detail, kProgram));
    return kWrongUsage;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(kProgram);
    QStringList words = QCoreApplication::arguments().mid(1);
    if (words == QStringList{u"--help"_s} || words == QStringList{u"-h"_s} || words == QStringList{u"help"_s}) {
        print(usageText(kProgram, hubCommands()));
        return kDone;
    }
    const auto command = findCommand(hubCommands(), words);
    if (!command)
        return wrongUsage(command.error(), nullptr);
    if (words.contains(u"--help"_s)) {
        const QString &further = (*command)->words;
        print(usageLine(kProgram, **command) + u'\n' + (further.isEmpty() ? QString() : QString(further + u'\n')));
        return kDone;
    }
    const auto arguments = parseArguments(**command, words);
    if (!arguments)
        return wrongUsage(arguments.error(), *command);
    const QString name = (*command)->name;
    if (name == "user"_L1) {
        complain(u"This version has no accounts yet: every PC works in the name that was given when it started or joined"_s);
        return kRefused;
    }
    // A command says one line on stderr; serve and join warn there too. QT_LOGGING_RULES brings the rest back.
    const bool stays = name == "serve"_L1 || name == "join"_L1;
    QLoggingCategory::setFilterRules(stays ? u"*.debug=false\n*.info=false"_s : u"*.debug=false\n*.info=false\n*.warning=false"_s);

    HubReplica replica;
    HubQuery query;
    HubImport import;
    QMetaObject::invokeMethod(&application, [&] {
        if (stays)
            replica.run(**command, *arguments);
        else if (name == "import"_L1)
            import.run(*arguments);
        else
            query.run(**command, *arguments);
    }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

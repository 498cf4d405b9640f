// anteroom: the desk. Goes on in the role that its data directory has; without one it asks the three questions of a first
// start. `demo` shows the host of a demo clinic
// with two clients at work behind it, with --all-desks a window of each; `--headless-demo OUTDIR` plays that without a display.
// `--pictures DIR` grabs every page of the demo clinic, or those of --pages, without a display.
// A second start for the same folder raises the first one's window; `--tray` starts a host without its window.
// `--measure-typing` types by itself, for anteroom-bench.

#include "app/command_line.h"
#include "app/desktop_demo.h"
#include "app/desktop_hosting.h"
#include "app/desktop_import.h"
#include "app/desktop_pictures.h"
#include "app/desktop_probe.h"
#include "app/desktop_scene.h"
#include "node/control_server.h"
#include "node/control_service.h"
#include "ui/desk/desk_window.h"
#include "ui/desk/translate.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QStandardPaths>

#include <cstdio>

using namespace anteroom;
using namespace anteroom::app;

namespace {

const CommandSpec kCommand{.name = {},
                           .options = {{.name = QStringLiteral("data"), .value = QStringLiteral("DIR")},
                                       {.name = QStringLiteral("trial-lan")},
                                       {.name = QStringLiteral("tray")},
                                       {.name = QStringLiteral("language"), .value = QStringLiteral("NAME")},
                                       {.name = QStringLiteral("all-desks")},
                                       {.name = QStringLiteral("measure-typing")},
                                       {.name = QStringLiteral("pictures"), .value = QStringLiteral("DIR")},
                                       {.name = QStringLiteral("pages"), .value = QStringLiteral("NAME,…")},
                                       {.name = QStringLiteral("headless-demo"), .value = QStringLiteral("OUTDIR")}},
                           .positionals = {QStringLiteral("[demo]")}};

int complain(const QString &sentence, int code)
{
    std::fprintf(stderr, "%s\n", qPrintable(sentence));
    return code;
}

template <typename Scene>
int runToItsEnd(QApplication &application, Scene &scene)
{
    QObject::connect(&scene, &Scene::finished, &application, [](int code) { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    QMetaObject::invokeMethod(&scene, &Scene::start, Qt::QueuedConnection);
    return QApplication::exec();
}

int runHeadless(QApplication &application, ui::Theme &theme, const QString &out)
{
    DesktopScene scene(out, theme);
    return runToItsEnd(application, scene);
}

int runPictures(QApplication &application, ui::Theme &theme, const Arguments &arguments)
{
    const QString language = arguments.value(QStringLiteral("language"));
    ui::useLanguage(application, language);
    DesktopPictures pictures({.folder = QDir(arguments.value(QStringLiteral("pictures"))).absolutePath(), .language = language,
                              .pages = arguments.value(QStringLiteral("pages")).split(u',', Qt::SkipEmptyParts)}, theme);
    return runToItsEnd(application, pictures);
}

int runDemo(QApplication &application, ui::Theme &theme, const QString &folder, int windows)
{
    int code = kDone;
    DesktopDemo demo(folder, theme);
    QObject::connect(&demo, &DesktopDemo::ready, &application, [&demo, windows] { demo.show(windows); });
    QObject::connect(&demo, &DesktopDemo::failed, &application, [&code](const Error &error) {
        code = complain(error.detail, exitCodeOf(error));
        QCoreApplication::exit(code);
    });
    QMetaObject::invokeMethod(&demo, &DesktopDemo::start, Qt::QueuedConnection);
    const int ended = QApplication::exec();
    return code == kDone ? ended : code;
}

struct DeskStart { QString folder; bool trialLan, inTray, measureTyping; };

int runDesk(QApplication &application, ui::Theme &theme, const DeskStart &start)
{
    auto replica = node::Replica::open({.dataDir = start.folder, .trialLan = start.trialLan, .readOnlyAllowed = true});
    if (!replica && replica.error().code == ErrorCode::Locked && raiseRunning(start.folder))
        return kDone;
    if (!replica)
        return complain(replica.error().detail, exitCodeOf(replica.error()));
    node::ControlService commands(**replica);                // anteroom-hub record, status … while the desk is open
    const QString moved = qEnvironmentVariable("APPIMAGE");  // the file that a person keeps, not where it is unpacked
    DesktopHosting hosting(theme, {.program = moved.isEmpty() ? QCoreApplication::applicationFilePath() : moved,
                                   .dataDir = start.folder, .trialLan = start.trialLan});
    DesktopImport importer(**replica);
    ui::DeskWindow window(**replica, theme, nullptr, hosting.ports());
    DesktopHosting::connectWindow(application, window);
    window.setImporter(importer);
    RaisingHandler handler(commands, window);
    node::ControlServer control(handler);
    if (const auto listening = control.listen((*replica)->dataDir()); !listening)
        complain(listening.error().detail, kRefused);        // the desk works without it
    std::unique_ptr<DesktopDemo> demo;
    QObject::connect(&window, &ui::DeskWindow::demoWanted, &window, [&] {
        if (demo)
            return;
        demo = std::make_unique<DesktopDemo>(QDir(start.folder).filePath(QStringLiteral("demo")), theme);
        QObject::connect(demo.get(), &DesktopDemo::ready, &window, [&] {
            demo->show();
            window.close();
        });
        QObject::connect(demo.get(), &DesktopDemo::failed, &window, [](const Error &error) { complain(error.detail, kRefused); });
        demo->start();
    });
    if (start.inTray)
        window.showInTray();
    else
        window.show();
    std::unique_ptr<TypingProbe> probe;
    if (start.measureTyping && window.shell())
        probe = std::make_unique<TypingProbe>(window);
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    // No display is needed to play the scene; asked for before there is an application.
    for (int i = 1; i < argc; ++i)
        if ((qstrcmp(argv[i], "--headless-demo") == 0 || qstrcmp(argv[i], "--pictures") == 0) && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
            qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("Anteroom"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ANTEROOM_VERSION));
    const QStringList words = QCoreApplication::arguments().mid(1);
    const QString usage = usageLine(QStringLiteral("anteroom"), kCommand);
    if (words == QStringList{QStringLiteral("--help")}) {
        std::fprintf(stdout, "%s\n", qPrintable(usage));
        return kDone;
    }
    const auto arguments = parseArguments(kCommand, words);
    if (!arguments)
        return complain(QStringLiteral("anteroom %1. Usage: %2").arg(arguments.error().detail.trimmed(), usage), kWrongUsage);
    const bool demo = arguments->positional(0) == QLatin1String("demo");
    if (!demo && !arguments->positional(0).isEmpty())
        return complain(QStringLiteral("“%1” is not known. Usage: %2").arg(arguments->positional(0), usage), kWrongUsage);

    ui::Theme theme(application);
    if (arguments->has(QStringLiteral("headless-demo")))
        return runHeadless(application, theme, QDir(arguments->value(QStringLiteral("headless-demo"))).absolutePath());
    if (arguments->has(QStringLiteral("pictures")))
        return runPictures(application, theme, *arguments);
    const QString usual = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    const QString folder = QDir(arguments->value(QStringLiteral("data"), usual)).absolutePath();
    ui::useLanguage(application, ui::wantedLanguage(arguments->value(QStringLiteral("language")), ui::AppSettings(folder).language()));
    if (demo)
        return runDemo(application, theme, arguments->has(QStringLiteral("data")) ? folder : QDir(usual).filePath(QStringLiteral("demo")),
                       arguments->has(QStringLiteral("all-desks")) ? kDemoPlaces : 1);
    return runDesk(application, theme, {.folder = folder, .trialLan = arguments->has(QStringLiteral("trial-lan")),
                                        .inTray = arguments->has(QStringLiteral("tray")), .measureTyping = arguments->has(QStringLiteral("measure-typing"))});
}

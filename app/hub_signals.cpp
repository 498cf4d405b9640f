#include "app/hub_signals.h"

#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace anteroom::app {

#ifdef Q_OS_UNIX
namespace {
int wakeUp[2] = {-1, -1};            // a signal handler can reach nothing else

void onSignal(int number)
{
    const char byte = 1;
    if (::write(wakeUp[0], &byte, 1) != 1)
        ::_exit(1);
    std::signal(number, SIG_DFL);
}
} // namespace

void onEndSignal(QObject *context, std::function<void()> end)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, wakeUp) != 0)
        return;                      // the default ends the process; the database stands that
    auto *notifier = new QSocketNotifier(wakeUp[1], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [end = std::move(end), notifier] {
        notifier->setEnabled(false);
        end();
    });
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
    if (std::signal(SIGHUP, onSignal) == SIG_IGN)
        std::signal(SIGHUP, SIG_IGN);        // nohup: goes on when the terminal is closed
    std::signal(SIGPIPE, SIG_IGN);
}
#else
void onEndSignal(QObject *, std::function<void()>) {}
#endif

} // namespace anteroom::app

// SIGTERM and SIGINT as an ordinary call on the main thread, so that a replica ends between two transactions.
#pragma once

#include <QObject>

#include <functional>

namespace anteroom::app {

// The second signal ends the process at once. Once per process.
void onEndSignal(QObject *context, std::function<void()> end);

} // namespace anteroom::app

// Keeping this PC awake. Linux: a block on idling and sleep from logind, held as long as its file descriptor is; Windows:
// the thread's execution state. Asks and answers without waiting; a system that cannot do it says so in words, once a try.
#pragma once

#include "ui/hosting/ports.h"

#include <memory>

namespace anteroom::app {

[[nodiscard]] std::unique_ptr<ui::AwakePort> makeAwake();

} // namespace anteroom::app

// The commands of anteroom-hub as data: names, options, positional arguments. What they do is elsewhere.
#pragma once

#include "app/command_line.h"

namespace anteroom::app {

[[nodiscard]] const std::vector<CommandSpec> &hubCommands();

} // namespace anteroom::app

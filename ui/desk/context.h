// What a page is given to work with. One per window; everything in it outlives the window's pages.
// It never owns: the composition root does.
#pragma once

#include "core/clock.h"
#include "core/random.h"
#include "node/replica.h"

namespace anteroom::ui {

class AppSettings;
class Hosting;
class Undo;

struct Context {
    node::Replica &replica;
    AppSettings &settings;
    const Clock &clock;
    Random &random;
    Undo &undo;                          // every page tells it what can be taken back
    Hosting *hosting = nullptr;          // tray, autostart, staying awake; null where nothing of it is offered
};

} // namespace anteroom::ui

#include "sync/effects.h"

#include <iterator>

namespace anteroom::sync {

void Effects::append(Effects &&more)
{
    const auto move = [](auto &to, auto &from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    };
    move(sends, more.sends);
    move(drops, more.drops);
    move(touched, more.touched);
    move(answered, more.answered);
    rehello = rehello || more.rehello;
    caughtUp = caughtUp || more.caughtUp;
}

} // namespace anteroom::sync

// Effects: what a handler wants done after the commit. Handlers decide, the driver executes (rule 20).
#pragma once

#include "sync/store_tx.h"

#include <vector>

namespace anteroom::sync {

using ConnId = std::uint64_t;

struct Send { ConnId to = 0; MessagePtr message; };
struct Drop { ConnId conn = 0; std::optional<Refuse> because; };        // last words first, then the line ends
struct Answered { Uuid entry; std::int64_t seq = 0; Reply reply; };

struct Effects {
    std::vector<Send> sends;
    std::vector<Drop> drops;
    std::vector<RowKey> touched;        // visible rows that changed: one change signal
    std::vector<Answered> answered;      // own entries that the host has answered
    bool rehello = false;                // client: this line cannot go on, say HELLO again
    bool caughtUp = false;               // client: a catch-up was published

    void append(Effects &&more);
};

} // namespace anteroom::sync

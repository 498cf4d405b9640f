// What the host writes by itself — a clinic's begin, a PC's joining, the close of a day — with its entry in the log of
// activity, like every act of a person: the rows and, after them, the audit rows that tell of them. Writes nothing.
#pragma once

#include "core/clock.h"
#include "core/random.h"
#include "node/setup.h"

namespace anteroom::node {

// A row that is marked deleted is told as a delete, any other as an insert.
[[nodiscard]] MadeRows audited(MadeRows rows, const std::string &act, const Identity &who, const Clock &clock, Random &random);

} // namespace anteroom::node

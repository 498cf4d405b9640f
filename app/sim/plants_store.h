// Plants at the StoreTx of an engine and in the clinic's rules. Each is one known bug; see plants.cpp for their names.
#pragma once

#include "app/sim/plant.h"

namespace anteroom::sim {

[[nodiscard]] std::unique_ptr<Plant> cursorBeforeApply();
[[nodiscard]] std::unique_ptr<Plant> noDedupe();
[[nodiscard]] std::unique_ptr<Plant> counterHoleAccepted();
[[nodiscard]] std::unique_ptr<Plant> unsortedBatch();
[[nodiscard]] std::unique_ptr<Plant> lwwByClock();
[[nodiscard]] std::unique_ptr<Plant> staleBaseImage();
[[nodiscard]] std::unique_ptr<Plant> dependentsKept();
[[nodiscard]] std::unique_ptr<Plant> pendingOverwritten();
[[nodiscard]] std::unique_ptr<Plant> rejectedForgotten();
[[nodiscard]] std::unique_ptr<Plant> claimAppliedTwice();
[[nodiscard]] std::unique_ptr<Plant> numbersRepeat();
[[nodiscard]] std::unique_ptr<Plant> epochIgnored();

} // namespace anteroom::sim

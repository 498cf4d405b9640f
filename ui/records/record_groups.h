// The tables of the clinic in the order of a working day, as a person chooses one: groups, and in them what the session's
// role may read. A table that no group names stands under Clinic, so that a new one is never missing.
#pragma once

#include "session/current_session.h"

#include <vector>

namespace anteroom::ui {

struct TableGroup {
    QString title;
    std::vector<const schema::Table *> tables;
};

[[nodiscard]] std::vector<TableGroup> readableGroups(const session::CurrentSession &session);

} // namespace anteroom::ui

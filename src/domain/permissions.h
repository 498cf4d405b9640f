// Who may do what with which table, by the roles in the table's description. Asked by the write door before an act and
// by the host for every change that a client pushes. Decides by role and table alone; scopes of devices are elsewhere.
#pragma once

#include "core/result.h"
#include "schema/change.h"

#include <optional>
#include <string_view>

namespace anteroom::domain {

[[nodiscard]] std::optional<schema::Role> role(std::string_view text);        // as users.role holds it: "doctor"
[[nodiscard]] std::string_view toText(schema::Role role);

[[nodiscard]] bool mayRead(schema::Role role, const schema::Table &table);
[[nodiscard]] bool may(schema::Role role, const schema::Table &table, schema::Op op);
[[nodiscard]] Result<void> checkRead(schema::Role role, const schema::Table &table);
// As may(), with the sentence to show. Also refuses what nobody may do by hand: rows that the host or the door makes,
// changes of what is insert-only.
[[nodiscard]] Result<void> checkPermission(schema::Role role, const schema::Change &change);

} // namespace anteroom::domain

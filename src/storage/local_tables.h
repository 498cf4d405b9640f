// The tables that stay on one PC and are never sent: the change index, the engines' state, counters and replies, images
// behind pending edits, the stage, the outbox, drafts. Each has its functions in a header of its own. SQL text only.
#pragma once

#include <span>
#include <string_view>

namespace anteroom::storage {

// As migration 1 makes them; later migrations spell their own changes.
[[nodiscard]] std::span<const std::string_view> localTableStatements();

} // namespace anteroom::storage

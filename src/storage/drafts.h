// Drafts: half-typed forms, kept on this PC through a crash or a forced sign-out. Opaque bytes by key; no record, never
// sent, never audited. Failures throw SqlError.
#pragma once

#include "storage/transaction.h"

#include <optional>
#include <vector>

namespace anteroom::storage {

struct Draft {
    std::string key;                     // page and subject, such as "patients.register"
    QByteArray value;
    std::int64_t at = 0;                 // UTC ms of the last keystroke that was kept
};

[[nodiscard]] std::optional<Draft> readDraft(Connection &connection, std::string_view key);
[[nodiscard]] std::vector<Draft> allDrafts(Connection &connection);              // newest first
// Both inside a transaction of the connection.
void putDraft(Connection &connection, const Draft &draft);
void eraseDraft(Connection &connection, std::string_view key);

} // namespace anteroom::storage

// Verify: is this database whole? SQLite's integrity check, foreign keys, and the change index against the rows in both
// directions. Reads only and mends nothing; each finding is a sentence without names of persons.
#pragma once

#include "core/result.h"

#include <QStringList>

#include <cstdint>

namespace anteroom::storage {
class Connection;
}

namespace anteroom::node {

struct Verification {
    std::int64_t rows = 0;               // looked at, all tables
    QStringList checks;                  // what was done, in words
    QStringList findings;                // empty: sound

    [[nodiscard]] bool sound() const { return findings.isEmpty(); }
};

[[nodiscard]] Result<Verification> verifyDatabase(const QString &databasePath);
[[nodiscard]] Verification verifyDatabase(storage::Connection &connection);      // throws storage::SqlError

} // namespace anteroom::node

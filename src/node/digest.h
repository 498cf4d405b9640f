// Content digest: per table the count and a BLAKE2b of what every replica must hold alike, ordered by id, and one over
// all tables. Synced columns of every row, marked ones too; where edits wait for the host, the host's image instead of
// what the desk shows. Equal replicas print equal lines. Reads everything: never on the writer's or the desk's thread.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <string_view>
#include <vector>

namespace anteroom::storage {
class Connection;
}

namespace anteroom::node {

struct TableContent {
    std::string_view table;
    std::int64_t count = 0;
    QByteArray hash;                 // 32 bytes

    friend bool operator==(const TableContent &, const TableContent &) = default;
};

struct ContentDigest {
    std::vector<TableContent> tables;        // by wire number
    std::int64_t count = 0;
    QByteArray whole;

    friend bool operator==(const ContentDigest &, const ContentDigest &) = default;
};

// One read transaction of its own, on a connection of its own.
[[nodiscard]] Result<ContentDigest> contentDigest(const QString &databasePath);
// Inside the caller's read transaction. Throws storage::SqlError.
[[nodiscard]] ContentDigest contentDigest(storage::Connection &connection);

} // namespace anteroom::node

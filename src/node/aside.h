// Setting a copy aside: what a PC does with its database when its host does not share its history any more, before it
// joins afresh. The whole database as a file, and the acts that the host never saw as NDJSON, so that nothing that a
// person typed is lost. Changes nothing of the replica itself.
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QString>

#include <cstdint>

namespace anteroom::schema {
struct Entry;
}

namespace anteroom::node {

struct Aside {
    QString folder;                  // DIR/aside-20260401-093000
    int unsent = 0;                  // entries in unsent.ndjson
};

[[nodiscard]] Result<Aside> saveAside(const QString &dataDir, std::int64_t nowMs);

// {"uuid", "act", "at", "changes": [{"table", "id", "op", "groups": {NAME: {"old": {…}, "new": {…}}}}]}
[[nodiscard]] QJsonObject entryToJson(const schema::Entry &entry);

} // namespace anteroom::node

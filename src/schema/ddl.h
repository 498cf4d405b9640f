// DDL from the description, through a dialect. SQLite's is here; PostgreSQL's comes with the hub.
#pragma once

#include "schema/table.h"

#include <string>
#include <vector>

namespace anteroom::schema {

enum class Dialect : std::uint8_t { Sqlite };

// CREATE TABLE and its CREATE INDEX statements. SQLite: pk INTEGER PRIMARY KEY (local, never sent), id BLOB NOT NULL
// UNIQUE, then standard and own columns; deferred foreign keys only where every scope that holds the child holds the
// parent; no CHECK, no UNIQUE beyond id (rules of the door and the host).
[[nodiscard]] std::vector<std::string> createStatements(const Table &table, Dialect dialect);

} // namespace anteroom::schema

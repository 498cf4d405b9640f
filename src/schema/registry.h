// The registry: every table of Anteroom, once. It is made of the files in schema/tables (CMake lists them), so that a
// new table is one file. Thread-safe: constant data.
#pragma once

#include "schema/table.h"

#include <span>
#include <string_view>

namespace anteroom::schema {

[[nodiscard]] std::span<const Table *const> allTables();              // ascending by wire number
[[nodiscard]] const Table *findTable(std::string_view name);          // nullptr where there is none
[[nodiscard]] const Table *findTable(std::uint16_t number);
[[nodiscard]] int findColumnByNumber(const Table &table, std::uint16_t number);   // position in a Row, or -1
// Positions in a Row of the columns of a group, ascending.
[[nodiscard]] std::span<const int> groupColumns(const Table &table, GroupNo group);

} // namespace anteroom::schema

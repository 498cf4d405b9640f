// Records: rows of any table of the registry, one at a time, by SQL that is generated from its description. Plain
// functions over a connection; writes take the Transaction. No rules, no capture of changes, no permissions: the door
// and the engines have those. Never INSERT OR REPLACE. Failures throw SqlError.
#pragma once

#include "schema/change.h"
#include "storage/transaction.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace anteroom::storage {

struct Condition { int column; schema::Value value; };       // column = position in a Row; NULL matches NULL

[[nodiscard]] std::optional<schema::Row> readRow(Connection &connection, const schema::Table &table, const Uuid &id);
void upsertRow(Transaction &transaction, const schema::Table &table, const schema::Row &row);
void eraseRow(Transaction &transaction, const schema::Table &table, const Uuid &id);

// Rows where all conditions hold, marked ones too, ascending by id.
[[nodiscard]] std::vector<schema::Row> findRows(Connection &connection, const schema::Table &table, std::span<const Condition> where, int limit);
// Greatest integer of the column, marked rows too; 0 where there is none.
[[nodiscard]] std::int64_t maxOf(Connection &connection, const schema::Table &table, int column, std::span<const Condition> where);
[[nodiscard]] std::int64_t countRows(Connection &connection, const schema::Table &table, std::span<const Condition> where, bool deletedToo = false);
// Every row ascending by id, marked ones too: what a content digest reads. `visit` returns false to stop.
void forEachRow(Connection &connection, const schema::Table &table, const std::function<bool(const schema::Row &)> &visit);

// Building blocks of other generated queries: " WHERE …" with parameters from `first`, and binding in the same order.
[[nodiscard]] std::string whereClause(const schema::Table &table, std::span<const Condition> where, int first = 1);
int bindWhere(Statement &statement, std::span<const Condition> where, int first = 1);       // returns the next parameter
// The row of a statement that selects TableStatements::columnList from its first column on.
[[nodiscard]] schema::Row currentRow(const Statement &statement, const TableStatements &sql);

} // namespace anteroom::storage

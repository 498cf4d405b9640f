// The floor: the same rows through the bare SQLite C API into a table with the same columns, keys and indexes, with the
// same durability; and the same chain of three processes over a bare QWebSocket. What no replica can beat.
#pragma once

#include "core/result.h"
#include "schema/change.h"

#include <QString>

#include <memory>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace anteroom::app {

class BareTable {
public:
    // Creates the file with the table's own DDL. `full`: synchronous=FULL, else NORMAL; always WAL.
    [[nodiscard]] static Result<std::unique_ptr<BareTable>> create(const QString &path, const schema::Table &table, bool full);
    ~BareTable();
    BareTable(const BareTable &) = delete;
    BareTable &operator=(const BareTable &) = delete;

    [[nodiscard]] bool begin();
    [[nodiscard]] bool commit();
    [[nodiscard]] bool insert(const schema::Row &row);
    [[nodiscard]] bool replace(const schema::Row &row);              // all columns of the row with that id
    [[nodiscard]] bool setText(const Uuid &id, int column, const std::string &value);       // one column of one row

private:
    explicit BareTable(const schema::Table &table) : m_table(table) {}
    [[nodiscard]] bool execute(const char *sql);
    [[nodiscard]] bool run(sqlite3_stmt *statement);

    const schema::Table &m_table;
    sqlite3 *m_handle = nullptr;
    sqlite3_stmt *m_insert = nullptr;
    sqlite3_stmt *m_replace = nullptr;
    sqlite3_stmt *m_set = nullptr;
    int m_setColumn = -1;
};

// All rows of a table of a replica's database, as they are.
[[nodiscard]] Result<std::vector<schema::Row>> rowsOf(const QString &databasePath, const schema::Table &table);

} // namespace anteroom::app

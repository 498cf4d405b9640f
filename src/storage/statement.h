// Statement: the one way to run SQL. A lease of a prepared statement: taken from its connection's cache (or prepared),
// bound, stepped, and on destruction reset and given back, so that no query stays open and pins the WAL.
// Binds without copies: what a bind function is given must live until the next reset() or the end of the Statement.
// Not thread-safe; lives shorter than its Connection. Failures throw SqlError.
#pragma once

#include "schema/table.h"
#include "schema/value.h"

#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace anteroom::storage {

class Connection;

// A place in a connection's statement cache; its address stays.
struct StatementSlot {
    std::string sql;
    sqlite3_stmt *idle = nullptr;
};

class Statement {
public:
    Statement(Connection &connection, StatementSlot &slot);
    Statement(Connection &connection, std::string_view sql);
    ~Statement();
    Statement(Statement &&other) noexcept;
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    Statement &operator=(Statement &&) = delete;

    // Parameters count from 1. Each returns *this.
    Statement &bindNull(int index);
    Statement &bindInt(int index, std::int64_t value);
    Statement &bindReal(int index, double value);
    Statement &bindText(int index, std::string_view value);
    Statement &bindBlob(int index, QByteArrayView value);
    Statement &bindUuid(int index, const Uuid &value);
    Statement &bindUuid(int index, Uuid &&value) = delete;
    Statement &bindValue(int index, const schema::Value &value);
    Statement &bindValue(int index, schema::Value &&value) = delete;

    [[nodiscard]] bool step();         // true: a row is there
    void run();                        // steps to the end and resets
    void reset();                      // ready to be bound and stepped again

    // Columns count from 0. Views are valid until the next step or reset.
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] QByteArrayView blob(int column) const;
    [[nodiscard]] Uuid uuid(int column) const;                 // throws where it is not 16 bytes
    [[nodiscard]] schema::Value value(int column, schema::Type type) const;

private:
    void check(int resultCode);

    Connection *m_connection = nullptr;
    StatementSlot *m_slot = nullptr;
    sqlite3_stmt *m_stmt = nullptr;
    bool m_stepping = false;
};

} // namespace anteroom::storage

// Transaction and Savepoint: RAII, named, rolled back unless committed. Every write takes the Transaction as an
// argument, so none is ambient. Write = BEGIN IMMEDIATE (a deferred one fails with 517 when it is upgraded);
// Read = one snapshot for all reads of a page. Never nests: inside one, use a Savepoint.
#pragma once

#include "storage/connection.h"

#include <string>

namespace anteroom::storage {

class Transaction {
public:
    enum class Kind : std::uint8_t { Write, Read };

    // `name` appears in the error's subject.
    explicit Transaction(Connection &connection, const char *name, Kind kind = Kind::Write);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    void commit();                       // on a throw nothing was committed, and the destructor rolls back
    [[nodiscard]] Connection &connection() const { return m_connection; }
    [[nodiscard]] const char *name() const { return m_name; }

private:
    Connection &m_connection;
    const char *m_name;
    bool m_open = false;
};

// Part of a transaction that can fail alone: several events may share one commit.
class Savepoint {
public:
    explicit Savepoint(Transaction &transaction);
    ~Savepoint();                        // rolls back to its begin unless released
    Savepoint(const Savepoint &) = delete;
    Savepoint &operator=(const Savepoint &) = delete;

    void release();

private:
    Connection &m_connection;
    bool m_open = false;
};

} // namespace anteroom::storage

// SqlError: how code on an open connection reports that SQLite said no. Opening, locking, migrating and the readers'
// futures answer with Result; everything inside a transaction throws this, so that the scope that owns the transaction
// rolls back. It never crosses a library wall: node turns it into sync::StoreFailure or a Result.
#pragma once

#include "core/result.h"

#include <stdexcept>

struct sqlite3;

namespace anteroom::storage {

class SqlError : public std::runtime_error {
public:
    explicit SqlError(Error error);
    [[nodiscard]] const Error &error() const { return m_error; }

private:
    Error m_error;
};

// What SQLite's (extended) result code means in Anteroom's words; `doing` begins the sentence: "Saving" …
[[nodiscard]] Error sqliteError(int resultCode, sqlite3 *handle, QStringView doing);
[[noreturn]] void throwSqliteError(int resultCode, sqlite3 *handle, QStringView doing);

} // namespace anteroom::storage

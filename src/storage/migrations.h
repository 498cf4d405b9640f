// Migrations: one ascending list from an empty file to today's tables; a fresh database runs all of them. Each runs in
// one transaction with its user_version. A migration spells the names of its day (migrations/*.sql), so that it never
// changes once it was released. A database that a newer program wrote is never written: it opens read-only, or is refused in words.
#pragma once

#include "storage/transaction.h"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace anteroom::storage {

struct Migration {
    int version;
    std::string_view name;
    void (*apply)(Transaction &);
};

namespace migration {
// The statements of migrations/<version>_<name>.sql, in their order; comments stand before the statement they are about.
[[nodiscard]] std::vector<std::string_view> statements(int version);
void run(Transaction &transaction, int version);
template <int version>
void sql(Transaction &transaction) { run(transaction, version); }
void records(Transaction &transaction);
}

inline constexpr std::array kMigrations{
    Migration{1, "every table of the first day and the local ones", &migration::sql<1>},
    Migration{2, "records, search, imports", &migration::records},
    Migration{3, "histories, digests, refused entries", &migration::sql<3>},
};

constexpr bool ascending(std::span<const Migration> list)
{
    int last = 0;
    for (const Migration &m : list) {
        if (m.version <= last)
            return false;
        last = m.version;
    }
    return true;
}
static_assert(ascending(kMigrations), "migrations ascend, each version once");

inline constexpr int kSchemaVersion = kMigrations.back().version;

enum class IfNewer : std::uint8_t { Refuse, OpenReadOnly };

// The way a program opens its database for writing: creates or migrates it. A newer one: see IfNewer; ask
// Connection::mode() which it became. Errors: ReadOnly, Io, DiskFull, Busy.
[[nodiscard]] Result<std::unique_ptr<Connection>> openDatabase(const QString &path, IfNewer ifNewer = IfNewer::Refuse, const OpenOptions &options = {});

// Runs what the database has not seen. For openDatabase and tests.
[[nodiscard]] Result<void> migrate(Connection &connection, std::span<const Migration> list = kMigrations);

} // namespace anteroom::storage

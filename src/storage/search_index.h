// SearchIndex: keeps what rows are found by, in the transaction that its caller holds. One document a row, known by
// (table, the row's local integer key); what another PC changed is read in slices behind a cursor of its own over
// sync_row, after a change of history or of the index's form by walking the tables. Consistent after a kill: a slice
// moves its cursor in the transaction that holds its documents. Never searches. Failures throw SqlError.
#pragma once

#include "schema/change.h"
#include "storage/search_text.h"

#include <functional>
#include <span>
#include <utility>

namespace anteroom::storage {

class SearchIndex {
public:
    explicit SearchIndex(Connection &connection) : m_connection(connection) {}

    // True for tables whose rows change what is found.
    [[nodiscard]] static bool concerns(const schema::Table &table);
    // The row as it is now; of a table that belongs to patients, its patient.
    void read(const schema::Table &table, const Uuid &id);
    // These rows have just been read: where nothing else waits behind the cursor, it passes them.
    using Key = std::pair<const schema::Table *, Uuid>;
    void pass(std::span<const Key> rows);
    // The same later, by a slice.
    void readLater(const schema::Table &table, const Uuid &id);
    // Everything is read again, in slices; what is found meanwhile is what the index holds. `afresh`: it holds nothing.
    void readAgain(bool afresh);
    // What it holds may be wrong: the next slice begins afresh.
    void distrust();
    // A change of epoch may have replaced rows below the cursor: they are read again.
    void followEpoch(std::int64_t epoch);

    // Reads what is waiting until `enough`, asked after each row, or nothing waits. True: something still does.
    bool slice(const std::function<bool()> &enough);
    // Rows of searched tables that the index has not read yet. For readers too.
    [[nodiscard]] bool behind();

private:
    struct Doc { std::int64_t doc; std::string words; };

    [[nodiscard]] std::int64_t state(std::string_view key);
    void setState(std::string_view key, std::int64_t value);
    [[nodiscard]] std::optional<Doc> docOf(const schema::Table &table, std::int64_t pk);
    void put(const schema::Table &table, std::int64_t pk, const SearchDocument &document);
    void remove(const schema::Table &table, const Doc &doc);
    void removeOf(const schema::Table &table, std::int64_t pk);
    void sweep(const schema::Table &table);
    [[nodiscard]] bool readWaiting(const std::function<bool()> &enough);
    [[nodiscard]] bool readTouched(const std::function<bool()> &enough);
    [[nodiscard]] bool walk(const std::function<bool()> &enough);

    Connection &m_connection;
};

} // namespace anteroom::storage

// Labeller: what rows are called, by the label columns of the schema, on a reader's connection. A row of a table that the
// role may not read is called by its table's title and nothing else. Times stand in the clinic's zone, as ISO 8601.
#pragma once

#include "node/queries.h"
#include "storage/connection.h"

#include <QTimeZone>

namespace anteroom::node {

class Labeller {
public:
    Labeller(storage::Connection &connection, schema::Role role);

    // The row and every row that it refers to.
    void add(const schema::Table &table, const schema::Row &row);
    // What a value refers to, where its column refers to something.
    void addReference(const schema::Table &table, int column, const schema::Value &value, const schema::Row *row = nullptr);
    [[nodiscard]] QString of(const schema::Table &table, const Uuid &id);
    [[nodiscard]] QString of(const schema::Table &table, const schema::Row &row) { return name(table, row, kDepth); }
    [[nodiscard]] QString words(const schema::Table &table, const schema::Row &row, int column) { return words(table, row, column, kDepth); }
    [[nodiscard]] Labels take() { return std::move(m_labels); }

private:
    static constexpr int kDepth = 2;                  // the visit of a vital sign is named by its patient, and no further

    QString name(const schema::Table &table, const schema::Row &row, int depth);
    QString named(const schema::Table &table, const Uuid &id, int depth);
    QString words(const schema::Table &table, const schema::Row &row, int column, int depth);

    storage::Connection &m_connection;
    schema::Role m_role;
    QTimeZone m_zone;
    Labels m_labels;
};

} // namespace anteroom::node

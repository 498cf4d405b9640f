// SyncImages: rows of the host that a client holds beside the visible ones: the images behind pending edits (sync_base)
// and a catch-up that is not published yet (sync_stage). Rows are opaque bytes here. Failures throw SqlError.
#pragma once

#include "schema/revision.h"
#include "schema/table.h"
#include "storage/transaction.h"

#include <optional>
#include <vector>

namespace anteroom::storage {

struct StagedRow {
    std::uint16_t table = 0;
    Uuid id;
    schema::RevPos at;
    QByteArray row;
};

class SyncImages {
public:
    explicit SyncImages(Connection &connection) : m_connection(connection) {}

    [[nodiscard]] bool hasBase(const schema::Table &table, const Uuid &id);
    [[nodiscard]] std::optional<QByteArray> base(const schema::Table &table, const Uuid &id);      // empty also for "no row"
    void setBase(const schema::Table &table, const Uuid &id, const std::optional<QByteArray> &image);
    void eraseBase(const schema::Table &table, const Uuid &id);

    // A later touch replaces an earlier one of the same row; an earlier one that comes late is dropped.
    void stagePut(const schema::Table &table, const Uuid &id, schema::RevPos at, const QByteArray &row);
    [[nodiscard]] std::vector<StagedRow> stageAfter(schema::RevPos after, int maxRows);            // ascending
    [[nodiscard]] std::int64_t stageCount();
    void stageClear();

private:
    Connection &m_connection;
};

} // namespace anteroom::storage

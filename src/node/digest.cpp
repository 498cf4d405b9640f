#include "node/digest.h"

#include "core/hash.h"
#include "schema/registry.h"
#include "storage/records.h"
#include "storage/sql_error.h"
#include "storage/sync_images.h"
#include "storage/transaction.h"
#include "sync/codec.h"

#include <bit>

namespace anteroom::node {

namespace {

// Type, then length, then bytes: no two rows have one spelling.
void addValue(Hasher &hasher, const schema::Value &value)
{
    hasher.addInt(static_cast<std::int64_t>(value.index()));
    if (const auto *number = std::get_if<std::int64_t>(&value)) {
        hasher.addInt(*number);
    } else if (const auto *real = std::get_if<double>(&value)) {
        hasher.addInt(std::bit_cast<std::int64_t>(*real == 0.0 ? 0.0 : *real));       // -0 is 0
    } else if (const auto *text = std::get_if<std::string>(&value)) {
        hasher.addInt(static_cast<std::int64_t>(text->size())).add(QByteArrayView(text->data(), qsizetype(text->size())));
    } else if (const auto *id = std::get_if<Uuid>(&value)) {
        hasher.add(QByteArrayView(id->bytes.data(), qsizetype(id->bytes.size())));
    } else if (const auto *blob = std::get_if<schema::Blob>(&value)) {
        hasher.addInt(blob->size()).add(*blob);
    }
}

void addRow(Hasher &hasher, const schema::Table &table, const schema::Row &row)
{
    hasher.add(QByteArrayView(row.id.bytes.data(), qsizetype(row.id.bytes.size())));
    for (int i = 0; i < schema::columnCount(table); ++i) {
        hasher.addInt(schema::columnAt(table, i).number);
        addValue(hasher, row[i]);
    }
}

TableContent contentOf(storage::Connection &connection, const schema::Table &table)
{
    storage::SyncImages images(connection);
    TableContent content{table.name, 0, {}};
    Hasher hasher;
    storage::forEachRow(connection, table, [&](const schema::Row &visible) {
        const schema::Row *row = &visible;
        schema::Row image;
        if (images.hasBase(table, visible.id)) {
            const auto base = images.base(table, visible.id);
            if (!base)
                return true;                       // made here; the host has not seen it yet
            const auto decoded = sync::decodeRow(table, *base);
            if (!decoded)
                throw storage::SqlError(decoded.error());
            image = *decoded;
            row = &image;
        }
        addRow(hasher, table, *row);
        ++content.count;
        return true;
    });
    content.hash = hasher.finish();
    return content;
}

} // namespace

ContentDigest contentDigest(storage::Connection &connection)
{
    ContentDigest digest;
    Hasher whole;
    for (const schema::Table *table : schema::allTables()) {
        TableContent content = contentOf(connection, *table);
        whole.addInt(table->number).addInt(content.count).add(content.hash);
        digest.count += content.count;
        digest.tables.push_back(std::move(content));
    }
    digest.whole = whole.finish();
    return digest;
}

Result<ContentDigest> contentDigest(const QString &databasePath)
{
    try {
        const auto connection = storage::Connection::open(databasePath, storage::Mode::ReadOnly);
        if (!connection)
            return tl::unexpected(connection.error());
        const storage::Transaction snapshot(**connection, "digest", storage::Transaction::Kind::Read);
        return contentDigest(**connection);
    } catch (const storage::SqlError &error) {
        return tl::unexpected(error.error());
    }
}

} // namespace anteroom::node

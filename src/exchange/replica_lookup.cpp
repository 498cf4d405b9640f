#include "exchange/replica_lookup.h"

#include "storage/record_query.h"
#include "storage/sql_error.h"

namespace anteroom::exchange {

void lookIn(storage::Connection &connection, ImportHooks &hooks)
{
    hooks.lookup = [&connection](const schema::Table &table, const Uuid &id) -> Result<std::optional<schema::Row>> {
        try {
            return storage::readRow(connection, table, id);
        } catch (const storage::SqlError &error) {
            return tl::unexpected(error.error());
        }
    };
    hooks.where = [&connection](const schema::Table &table, const schema::ColumnValue &value, const Uuid &after, int limit) -> Result<std::vector<schema::Row>> {
        storage::RecordQuery query;
        query.table = &table;
        query.where = {{value.column, value.value}};
        query.limit = limit;
        if (!after.isNull())
            query.after = schema::emptyRow(table, after);
        query.deletedToo = true;
        try {
            return storage::listRows(connection, query);
        } catch (const storage::SqlError &error) {
            return tl::unexpected(error.error());
        }
    };
}

} // namespace anteroom::exchange

#include "sync/references.h"

#include "schema/registry.h"

namespace anteroom::sync {

std::vector<RowKey> needs(const schema::Change &change)
{
    std::vector<RowKey> out;
    if (change.op != schema::Op::Insert)
        out.push_back({change.table, change.id});
    for (const schema::GroupChange &g : change.groups) {
        const auto columns = schema::groupColumns(*change.table, g.group);
        for (std::size_t i = 0; i < columns.size() && i < g.newValues.size(); ++i) {
            const schema::Column &column = schema::columnAt(*change.table, columns[i]);
            if (column.references.empty() || schema::isNull(g.newValues[i]))
                continue;
            if (const Table *parent = schema::findTable(column.references))
                out.push_back({parent, schema::toUuid(g.newValues[i])});
        }
    }
    return out;
}

std::string missingWords(const RowKey &need)
{
    return "It refers to a record that is not here any more, or never came: " + std::string(need.table->title) + " "
           + need.id.toString().toStdString() + ". Choose another one.";
}

bool creates(const schema::Entry &entry, const RowKey &key)
{
    for (const schema::Change &c : entry.changes)
        if (c.op == schema::Op::Insert && c.table == key.table && c.id == key.id)
            return true;
    return false;
}

} // namespace anteroom::sync

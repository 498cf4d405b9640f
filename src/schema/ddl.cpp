#include "schema/ddl.h"

#include "schema/registry.h"
#include "schema/scope.h"

#include <QtGlobal>

namespace anteroom::schema {

namespace {

std::string_view sqliteType(Type type)
{
    switch (type) {
    case Type::Uuid:
    case Type::Blob:
        return "BLOB";
    case Type::Text:
    case Type::Date:
    case Type::Json:
        return "TEXT";
    case Type::Real:
        return "REAL";
    case Type::Integer:
    case Type::Boolean:
    case Type::Timestamp:
    case Type::Money:
        break;
    }
    return "INTEGER";
}

std::string columnLine(const Table &table, const Column &column)
{
    std::string line = "    ";
    line += column.name;
    line += ' ';
    line += sqliteType(column.type);
    const Table *parent = column.references.empty() ? nullptr : findTable(column.references);
    if (parent && isForeignKey(table, column, *parent)) {
        line += " REFERENCES ";
        line += parent->name;
        line += "(id) DEFERRABLE INITIALLY DEFERRED";
    }
    return line;
}

std::string createIndex(const Table &table, const Index &index)
{
    std::string name = "ix_";
    name += table.name;
    std::string list;
    for (const std::string_view column : index.columns) {
        name += '_';
        name += column;
        list += list.empty() ? "" : ", ";
        list += column;
    }
    return "CREATE INDEX " + name + " ON " + std::string(table.name) + '(' + list + ')';
}

} // namespace

std::vector<std::string> createStatements(const Table &table, Dialect dialect)
{
    Q_ASSERT(dialect == Dialect::Sqlite);
    std::string create = "CREATE TABLE ";
    create += table.name;
    create += " (\n    pk INTEGER PRIMARY KEY,\n    id BLOB NOT NULL UNIQUE";
    for (int i = 0; i < columnCount(table); ++i)
        create += ",\n" + columnLine(table, columnAt(table, i));
    create += "\n)";

    std::vector<std::string> statements{std::move(create)};
    for (const Index &index : table.indexes)
        statements.push_back(createIndex(table, index));
    for (const Index &index : table.unique)      // the door looks here; a replica's apply must never fail on it
        if (table.naturalKey.empty())
            statements.push_back(createIndex(table, index));
    return statements;
}

} // namespace anteroom::schema

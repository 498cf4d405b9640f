// What a device scope holds: table × class (DESIGN 5). The one place where classes are given to scopes; constexpr, no
// rows. A table with a classColumn is held row by row, by the class of each row's subject.
#pragma once

#include "schema/table.h"

namespace anteroom::schema {

inline constexpr Scope kAllScopes[] = {Scope::Full, Scope::Reception, Scope::Pharmacy, Scope::Display};

constexpr bool holdsClass(Scope scope, DataClass dataClass)
{
    switch (scope) {
    case Scope::Full:
        return true;
    case Scope::Reception:
        return dataClass == DataClass::Operational || dataClass == DataClass::Demographic || dataClass == DataClass::Financial
               || dataClass == DataClass::Account;
    case Scope::Pharmacy:
        return dataClass == DataClass::Operational || dataClass == DataClass::Demographic || dataClass == DataClass::Medication
               || dataClass == DataClass::Account;
    case Scope::Display:
        return dataClass == DataClass::Operational;
    }
    return false;
}

constexpr bool holdsTable(Scope scope, const Table &table)
{
    return (table.scopes & static_cast<Scopes>(scope)) != 0 && (!table.classColumn.empty() || holdsClass(scope, table.dataClass));
}

constexpr bool holdsColumn(Scope scope, const Table &table, const Column &column)
{
    return holdsTable(scope, table) && (!table.classColumn.empty() || holdsClass(scope, column.dataClass));
}

// Whether a replica may enforce the reference: every scope that holds the child's column holds the parent. Never to
// users and devices, which name who and where and must not stop a row; never for bookkeeping columns.
constexpr bool isForeignKey(const Table &child, const Column &column, const Table &parent)
{
    if (column.group == kHostFilled || column.references != parent.name || parent.name == "users" || parent.name == "devices")
        return false;
    for (const Scope scope : kAllScopes)
        if (holdsColumn(scope, child, column) && !holdsTable(scope, parent))
            return false;
    return true;
}

} // namespace anteroom::schema

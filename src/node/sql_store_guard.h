// How SqlStoreTx lets storage's exceptions and unreadable bytes out: as sync::StoreFailure. Internal to node.
#pragma once

#include "storage/sql_error.h"
#include "sync/store_tx.h"

namespace anteroom::node {

// The wall between storage's exceptions and the engines'.
template <typename Call>
auto guarded(Call call) -> decltype(call())
{
    try {
        return call();
    } catch (const storage::SqlError &e) {
        throw sync::StoreFailure(e.error());
    }
}

// What this program wrote itself and cannot read: the file is damaged.
template <typename T>
T trusted(Result<T> decoded, QStringView what)
{
    if (decoded)
        return std::move(*decoded);
    throw sync::StoreFailure({ErrorCode::Io, Severity::Defect,
                        u"The database holds " + what.toString() + u" that cannot be read (" + decoded.error().detail + u"). Restore a backup, or join the clinic afresh."});
}

} // namespace anteroom::node

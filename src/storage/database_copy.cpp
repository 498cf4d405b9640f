#include "storage/database_copy.h"

#include "storage/connection.h"
#include "storage/sql_error.h"

#include <QFile>

#include <sqlite3.h>

#include <memory>

namespace anteroom::storage {

namespace {

struct Close {
    void operator()(sqlite3 *handle) const { sqlite3_close(handle); }
};

} // namespace

Result<void> copyDatabase(Connection &source, const QString &path)
{
    const QString doing = QStringLiteral("Copying the database");
    if (QFile::exists(path))
        return fail(ErrorCode::Io, QStringLiteral("%1 exists already; choose another place for the copy").arg(path), path);
    sqlite3 *raw = nullptr;
    int code = sqlite3_open_v2(path.toUtf8().constData(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    std::unique_ptr<sqlite3, Close> target(raw);
    if (code == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(target.get(), "main", source.handle(), "main");
        if (backup) {
            sqlite3_backup_step(backup, -1);                 // all of it: one snapshot
            code = sqlite3_backup_finish(backup);
        } else {
            code = sqlite3_extended_errcode(target.get());
        }
    }
    if (code == SQLITE_OK)
        return {};
    const Error error = sqliteError(code, target.get(), doing);
    target.reset();
    QFile::remove(path);
    return tl::unexpected(error);
}

} // namespace anteroom::storage

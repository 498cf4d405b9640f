#include "storage/sql_error.h"

#include <sqlite3.h>

namespace anteroom::storage {

SqlError::SqlError(Error error)
    : std::runtime_error(error.detail.toStdString())
    , m_error(std::move(error))
{
}

Error sqliteError(int resultCode, sqlite3 *handle, QStringView doing)
{
    const QString what = doing.toString();
    const QString said = QString::fromUtf8(handle ? sqlite3_errmsg(handle) : sqlite3_errstr(resultCode));
    const QString inBrackets = QStringLiteral(" (SQLite %1: %2)").arg(resultCode).arg(said);
    switch (resultCode & 0xff) {
    case SQLITE_FULL:
        return {ErrorCode::DiskFull, Severity::Failure, what + u" failed because the disk is full. Free some space and try again; nothing was changed."};
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return {ErrorCode::ReadOnly, Severity::Failure,
                what + u" failed because the database cannot be written. Check who owns the data folder and its permissions" + inBrackets + u'.'};
    case SQLITE_CANTOPEN:
        return {ErrorCode::ReadOnly, Severity::Failure,
                what + u" failed because the database file cannot be opened. Check that the data folder exists and that this user may write in it" + inBrackets + u'.'};
    case SQLITE_NOTADB:
        return {ErrorCode::Io, Severity::Failure, what + u" failed because the file is not a database. Choose another data folder, or restore a backup."};
    case SQLITE_CORRUPT:
        return {ErrorCode::Io, Severity::Defect, what + u" failed because the database file is damaged. Restore a backup, or join the clinic afresh" + inBrackets + u'.'};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Busy, Severity::Warning, what + u" waited too long for the database. Try again in a moment."};
    case SQLITE_INTERRUPT:
        return {ErrorCode::Cancelled, Severity::Note, what + u" was cancelled."};
    case SQLITE_IOERR:
        return {ErrorCode::Io, Severity::Failure, what + u" failed while reading or writing the disk. Check the disk" + inBrackets + u'.'};
    case SQLITE_CONSTRAINT:
        return {ErrorCode::Failed, Severity::Defect, what + u" broke a key of the database" + inBrackets + u'.'};
    default:
        return {ErrorCode::Failed, Severity::Defect, what + u" failed" + inBrackets + u'.'};
    }
}

void throwSqliteError(int resultCode, sqlite3 *handle, QStringView doing)
{
    throw SqlError(sqliteError(resultCode, handle, doing));
}

} // namespace anteroom::storage

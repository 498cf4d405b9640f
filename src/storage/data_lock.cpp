#include "storage/data_lock.h"

#include <QDir>
#include <QLockFile>

namespace anteroom::storage {

DataLock::DataLock(std::unique_ptr<QLockFile> file)
    : m_file(std::move(file))
{
}

DataLock::~DataLock() = default;

Result<std::unique_ptr<DataLock>> DataLock::take(const QString &dir)
{
    auto file = std::make_unique<QLockFile>(QDir(dir).filePath(QStringLiteral("anteroom.lock")));
    file->setStaleLockTime(0);           // age proves nothing: only a dead process leaves a stale lock
    if (file->tryLock(0))
        return std::unique_ptr<DataLock>(new DataLock(std::move(file)));
    if (file->error() == QLockFile::UnknownError)
        return fail(ErrorCode::DiskFull, QStringLiteral("The disk that holds %1 is full or does not answer. Free some space and try again.").arg(dir), dir);
    if (file->error() != QLockFile::LockFailedError)
        return fail(ErrorCode::ReadOnly, QStringLiteral("The folder %1 cannot be written by this user. Give this user the right to write in it, or choose another data folder.").arg(dir), dir);
    qint64 pid = 0;
    QString host, program;
    const QString who = file->getLockInfo(&pid, &host, &program) ? QStringLiteral(" (%1, process %2 on %3)").arg(program).arg(pid).arg(host) : QString();
    return fail(ErrorCode::Locked, QStringLiteral("The data in %1 is in use by another Anteroom%2. Close it, or choose another data folder with --data.").arg(dir, who), dir);
}

} // namespace anteroom::storage

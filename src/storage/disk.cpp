#include "storage/disk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <cerrno>

namespace anteroom::storage {

namespace {

Result<void> create(const QString &dir)
{
    constexpr auto kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const QString parent = QFileInfo(QDir(dir).absolutePath()).path();
    if (!QFileInfo(parent).isDir())
        if (auto made = create(parent); !made)
            return made;
    if (QDir().mkdir(dir, kOwnerOnly) || QFileInfo(dir).isDir())
        return {};
    return fail(ErrorCode::ReadOnly, QStringLiteral("The folder %1 cannot be made by this user. Choose another data folder, or make it and give this user the right to write in it.").arg(dir), dir);
}

} // namespace

Result<void> prepareDirectory(const QString &dir)
{
    const QFileInfo info(dir);
    if (info.exists() && !info.isDir())
        return fail(ErrorCode::Usage, QStringLiteral("%1 is a file, not a folder. Choose a folder for the data.").arg(dir), dir);
    if (!info.exists())
        if (auto made = create(QDir::cleanPath(dir)); !made)
            return made;
    QTemporaryFile probe(QDir(dir).filePath(QStringLiteral(".anteroom-XXXXXX")));
    errno = 0;
    if (probe.open() && probe.write("1", 1) == 1 && probe.flush())
        return {};
    if (errno == ENOSPC || errno == EDQUOT)
        return fail(ErrorCode::DiskFull, QStringLiteral("The disk that holds %1 is full. Free some space and start again.").arg(dir), dir);
    return fail(ErrorCode::ReadOnly, QStringLiteral("The folder %1 cannot be written by this user. Give this user the right to write in it, or choose another data folder.").arg(dir), dir);
}

} // namespace anteroom::storage

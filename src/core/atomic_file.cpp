#include "core/atomic_file.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace anteroom {

namespace {

class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    int reset()
    {
        const int answer = m_fd < 0 ? 0 : ::close(m_fd);
        m_fd = -1;
        return answer;
    }

private:
    int m_fd;
};

bool writeAll(int fd, QByteArrayView content)
{
    while (!content.isEmpty()) {
        const ssize_t n = ::write(fd, content.data(), static_cast<std::size_t>(content.size()));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        content = content.sliced(n);
    }
    return true;
}

// Without it a power cut may bring the old name back.
bool syncFolder(const QString &folder)
{
    const Descriptor fd(::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return fd.get() >= 0 && ::fsync(fd.get()) == 0;
}

} // namespace

Error fileError(int number, const QString &path)
{
    const auto make = [&path](ErrorCode code, const QString &detail) {
        return Error{code, Severity::Failure, path.isEmpty() ? detail : QString(path + QStringLiteral(": ") + detail), path};
    };
    switch (number) {
    case ENOSPC:
    case EDQUOT:
        return make(ErrorCode::DiskFull, QStringLiteral("The disk is full; make room and try again."));
    case EACCES:
    case EPERM:
    case EROFS:
        return make(ErrorCode::ReadOnly, QStringLiteral("This file or its folder may not be read or written by this user; change its permissions or choose another folder."));
    case ENOENT:
    case ENOTDIR:
        return make(ErrorCode::NotFound, QStringLiteral("The file or its folder does not exist; create the folder or check the path."));
    default:
        return make(ErrorCode::Io, QStringLiteral("The file cannot be read or written (%1); check the disk.").arg(qt_error_string(number)));
    }
}

Result<void> writeFileAtomically(const QString &path, QByteArrayView content, FileMode mode)
{
    const QFileInfo info(path);
    QByteArray temporary = QFile::encodeName(path) + ".XXXXXX";
    Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));      // 0600 and a name of its own
    if (fd.get() < 0)
        return tl::unexpected<Error>(fileError(errno, path));
    const bool written = writeAll(fd.get(), content)
        && ::fchmod(fd.get(), mode == FileMode::Private ? 0600 : 0644) == 0
        && ::fsync(fd.get()) == 0
        && fd.reset() == 0
        && std::rename(temporary.constData(), QFile::encodeName(path).constData()) == 0;
    if (!written) {
        const int number = errno;
        ::unlink(temporary.constData());
        return tl::unexpected<Error>(fileError(number, path));
    }
    if (!syncFolder(info.absolutePath()))
        return tl::unexpected<Error>(fileError(errno, path));
    return {};
}

Result<QByteArray> readSmallFile(const QString &path, qint64 maxBytes)
{
    const Descriptor fd(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (fd.get() < 0)
        return tl::unexpected<Error>(fileError(errno, path));
    QByteArray content(maxBytes + 1, Qt::Uninitialized);
    qint64 size = 0;
    while (size <= maxBytes) {
        const ssize_t n = ::read(fd.get(), content.data() + size, static_cast<std::size_t>(maxBytes + 1 - size));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return tl::unexpected<Error>(fileError(errno, path));
        if (n == 0)
            break;
        size += n;
    }
    if (size > maxBytes)
        return fail(ErrorCode::Invalid, QStringLiteral("The file is larger than the %1 bytes that are allowed here.").arg(maxBytes), path);
    content.truncate(size);
    return content;
}

} // namespace anteroom

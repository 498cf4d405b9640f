#include "storage/mark_file.h"

#include "core/atomic_file.h"
#include "core/hash.h"

#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace anteroom::storage {

namespace {

// Record: magic 8, turn 8, machine 16, inode 8, its birth 8, length 2, content, checksum 16 over all before it.
constexpr char kMagic[] = "ANTEMRK1";
constexpr qsizetype kTurnAt = 8, kMachineAt = 16, kInodeAt = 32, kBirthAt = 40, kLengthAt = 48, kContentAt = 50, kCheckBytes = 16;
constexpr qsizetype kRecordBytes = kContentAt + kMaxMarkBytes + kCheckBytes;
constexpr qsizetype kSlotBytes = 4096;           // records lie in sectors of their own, also on disks with large ones

QByteArray machine()
{
    static const QByteArray id = [] {
        const auto text = readSmallFile(QStringLiteral("/etc/machine-id"), 256);
        QByteArray named("anteroom mark ");
        if (text)
            named += text->trimmed();
        return blake2b(named).first(16);
    }();
    return id;
}

// Other file systems (FAT, network shares) may number the same file anew at each mount.
bool keepsInodes(int fd)
{
    struct statfs fs{};
    if (::fstatfs(fd, &fs) != 0)
        return false;
    constexpr unsigned long known[]{0xEF53 /*ext4*/, 0x58465342 /*xfs*/, 0x9123683E /*btrfs*/, 0xF2F52010 /*f2fs*/, 0x2FC12FC1 /*zfs*/,
                                    0xCA451A4E /*bcachefs*/, 0x794C7630 /*overlay*/, 0x01021994 /*tmpfs*/};
    for (const unsigned long type : known)
        if (static_cast<unsigned long>(fs.f_type) == type)
            return true;
    return false;
}

// Which file it is; 0 where the file system does not tell. The number of one that was removed is given again, with
// another birth.
struct Identity {
    std::uint64_t inode = 0, bornNs = 0;
    [[nodiscard]] bool unlike(const Identity &o) const
    {
        return inode != 0 && o.inode != 0 && (inode != o.inode || (bornNs != 0 && o.bornNs != 0 && bornNs != o.bornNs));
    }
};

Identity identityOf(int fd)
{
    struct statx about{};
    if (!keepsInodes(fd) || ::statx(fd, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &about) != 0)
        return {};
    const auto born = static_cast<std::uint64_t>(about.stx_btime.tv_sec) * 1'000'000'000U + about.stx_btime.tv_nsec;
    return {about.stx_ino, (about.stx_mask & STATX_BTIME) != 0 ? born : 0};
}

QByteArray record(std::uint64_t turn, const Identity &file, QByteArrayView content)
{
    QByteArray out(kRecordBytes - kCheckBytes, '\0');
    std::memcpy(out.data(), kMagic, 8);
    qToBigEndian<quint64>(turn, out.data() + kTurnAt);
    std::memcpy(out.data() + kMachineAt, machine().constData(), 16);
    qToBigEndian<quint64>(file.inode, out.data() + kInodeAt);
    qToBigEndian<quint64>(file.bornNs, out.data() + kBirthAt);
    qToBigEndian<quint16>(static_cast<quint16>(content.size()), out.data() + kLengthAt);
    std::memcpy(out.data() + kContentAt, content.data(), static_cast<std::size_t>(content.size()));
    return out + blake2b(out).first(kCheckBytes);
}

bool whole(const QByteArray &raw)
{
    return raw.size() == kRecordBytes && raw.startsWith(QByteArrayView(kMagic, 8))
        && blake2b(QByteArrayView(raw).first(kRecordBytes - kCheckBytes)).first(kCheckBytes) == raw.last(kCheckBytes)
        && qFromBigEndian<quint16>(raw.constData() + kLengthAt) <= kMaxMarkBytes;
}

QByteArray slotOf(int fd, int slot)
{
    QByteArray raw(kRecordBytes, '\0');
    ssize_t n = 0;
    do
        n = ::pread(fd, raw.data(), static_cast<std::size_t>(raw.size()), slot * kSlotBytes);
    while (n < 0 && errno == EINTR);
    raw.truncate(std::max<ssize_t>(n, 0));
    return raw;
}

bool writeWhole(int fd, const QByteArray &bytes, off_t at)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t n = ::pwrite(fd, bytes.constData() + done, static_cast<std::size_t>(bytes.size() - done), at + done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        done += n;
    }
    return true;
}

bool syncFolderOf(const QString &path)
{
    const int fd = ::open(QFile::encodeName(QFileInfo(path).absolutePath()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    const bool synced = ::fsync(fd) == 0;
    ::close(fd);
    return synced;
}

} // namespace

MarkFile::MarkFile(QString path)
    : m_path(std::move(path))
{
}

MarkFile::~MarkFile() { close(); }

void MarkFile::close()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

MarkFile::Found MarkFile::look() const
{
    Found found;
    const int fd = ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return found;
    const Identity file = identityOf(fd);
    for (const int slot : {0, 1}) {
        const QByteArray raw = slotOf(fd, slot);
        if (!whole(raw))
            continue;
        const auto turn = qFromBigEndian<quint64>(raw.constData() + kTurnAt);
        if (found.mark && turn < found.turn)
            continue;
        const Identity written{qFromBigEndian<quint64>(raw.constData() + kInodeAt), qFromBigEndian<quint64>(raw.constData() + kBirthAt)};
        const bool elsewhere = raw.sliced(kMachineAt, 16) != machine();
        found.turn = turn;
        found.mark = StoredMark{raw.sliced(kContentAt, qFromBigEndian<quint16>(raw.constData() + kLengthAt)),
                                elsewhere || written.unlike(file)};
    }
    ::close(fd);
    return found;
}

std::optional<StoredMark> MarkFile::read() { return look().mark; }

Result<void> MarkFile::openForWriting()
{
    if (m_fd >= 0)
        return {};
    m_turn = look().turn;
    m_fd = ::open(QFile::encodeName(m_path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    // Both slots have their blocks from now on: a full disk does not stop a record that is written over an older one.
    struct stat about{};
    const bool ready = m_fd >= 0 && ::fchmod(m_fd, 0600) == 0 && ::fstat(m_fd, &about) == 0
        && (about.st_size >= 2 * kSlotBytes
            || (writeWhole(m_fd, QByteArray(2 * kSlotBytes - about.st_size, '\0'), about.st_size) && ::fsync(m_fd) == 0 && syncFolderOf(m_path)));
    if (ready)
        return {};
    const int number = errno;
    close();
    return tl::unexpected(fileError(number, m_path));
}

Result<void> MarkFile::write(QByteArrayView content)
{
    if (content.size() > kMaxMarkBytes)
        return tl::unexpected(Error{ErrorCode::Failed, Severity::Defect, QStringLiteral("The mark is too long to be kept."), m_path});
    if (auto open = openForWriting(); !open)
        return open;
    const std::uint64_t turn = m_turn + 1;
    if (writeWhole(m_fd, record(turn, identityOf(m_fd), content), static_cast<off_t>(turn % 2) * kSlotBytes) && ::fdatasync(m_fd) == 0) {
        m_turn = turn;
        return {};
    }
    const int number = errno;
    close();                                     // opened again by the next: what was read and written is not known now
    return tl::unexpected(fileError(number, m_path));
}

} // namespace anteroom::storage

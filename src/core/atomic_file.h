// Small files that are whole or absent, whatever the power does: temporary file, fsync, rename, fsync of the folder.
// Never for the database, never for anything larger than memory.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace anteroom {

enum class FileMode : std::uint8_t {
    Private,     // 0600: only this user
    Shared,      // 0644
};

// Replaces `path` as a whole; a reader sees the old content or the new. The folder must exist.
[[nodiscard]] Result<void> writeFileAtomically(const QString &path, QByteArrayView content, FileMode mode);
// All of a file of at most `maxBytes`; NotFound, Invalid where it is larger, Io.
[[nodiscard]] Result<QByteArray> readSmallFile(const QString &path, qint64 maxBytes);
// The failure of a system call on a file, in words that say what to do. `number` is errno.
[[nodiscard]] Error fileError(int number, const QString &path);

} // namespace anteroom

// MarkFile: a few bytes that outlive a swapped or restored database: two records in one small file of the data folder,
// written in turn, so that a torn write leaves the one before. It also knows whether it is still the file that was
// written: on this machine, under this inode. What the bytes mean is not known here.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <cstdint>
#include <optional>

namespace anteroom::storage {

inline constexpr qsizetype kMaxMarkBytes = 128;

struct StoredMark {
    QByteArray content;
    bool copied = false;                 // written on another machine, or as another file
};

class MarkFile {
public:
    explicit MarkFile(QString path);
    ~MarkFile();
    MarkFile(const MarkFile &) = delete;
    MarkFile &operator=(const MarkFile &) = delete;

    // Nothing: there is no file, or no whole record in it.
    [[nodiscard]] std::optional<StoredMark> read();
    // On the disk when it returns without an error. Makes the file (0600) where there is none, or a copied one.
    [[nodiscard]] Result<void> write(QByteArrayView content);

private:
    struct Found { std::optional<StoredMark> mark; std::uint64_t turn = 0; };
    [[nodiscard]] Found look() const;
    [[nodiscard]] Result<void> openForWriting();
    void close();

    QString m_path;
    int m_fd = -1;
    std::uint64_t m_turn = 0;            // of the newest record
};

} // namespace anteroom::storage

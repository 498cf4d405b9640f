// Secrets of this PC: access codes and tokens, and the files that keep them. Nothing here is ever logged; a file that
// others may read is refused, not mended, because it may have been read already.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace anteroom {

class Random;

inline constexpr int kAccessCodeLength = 10;        // 50 bits; memory only, 10 minutes, 5 failures
inline constexpr int kTokenBytes = 32;
inline constexpr qint64 kMaxSecretBytes = 4096;

[[nodiscard]] QString randomAccessCode(Random &random);      // ten Crockford characters, without dashes
[[nodiscard]] QByteArray randomToken(Random &random);        // 32 bytes
// The typed form of an access code ("k7m2q-x4d0v"), canonical; an error says how one looks.
[[nodiscard]] Result<QString> parseAccessCode(QStringView typed);
// For people: "K7M2Q-X4D0V".
[[nodiscard]] QString formatAccessCode(const QString &code);

[[nodiscard]] Result<void> writeSecretFile(const QString &path, const QByteArray &secret);      // 0600, atomically
[[nodiscard]] Result<QByteArray> readSecretFile(const QString &path);

[[nodiscard]] bool sameSecret(QByteArrayView a, QByteArrayView b);       // takes as long for wrong as for right
// Overwrites and empties; a copy that shares the bytes keeps its own.
void wipe(QByteArray &secret);

} // namespace anteroom

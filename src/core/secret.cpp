#include "core/secret.h"

#include "core/atomic_file.h"
#include "core/crockford.h"
#include "core/random.h"

#include <QFile>

#include <sodium.h>

#include <array>
#include <cerrno>
#include <sys/stat.h>

namespace anteroom {

QString randomAccessCode(Random &random)
{
    std::array<std::uint8_t, kAccessCodeLength> bytes{};
    random.fill(bytes.data(), bytes.size());
    QString code;
    for (const std::uint8_t byte : bytes)
        code += QLatin1Char(kCrockford[byte & 31U]);         // 32 divides 256: every character is as likely
    sodium_memzero(bytes.data(), bytes.size());
    return code;
}

QByteArray randomToken(Random &random)
{
    QByteArray token(kTokenBytes, Qt::Uninitialized);
    random.fill(token.data(), static_cast<std::size_t>(token.size()));
    return token;
}

Result<QString> parseAccessCode(QStringView typed)
{
    const std::optional<QString> code = normaliseCrockford(typed);
    if (!code || code->size() != kAccessCodeLength)
        return fail(ErrorCode::Invalid, QStringLiteral("An access code has ten letters and digits, like K7M2Q-X4D0V; read it again on the host."));
    return *code;
}

QString formatAccessCode(const QString &code)
{
    return code.left(kAccessCodeLength / 2) + u'-' + code.mid(kAccessCodeLength / 2);
}

Result<void> writeSecretFile(const QString &path, const QByteArray &secret)
{
    if (secret.size() > kMaxSecretBytes)
        return fail(ErrorCode::Invalid, QStringLiteral("A secret has at most %1 bytes.").arg(kMaxSecretBytes), path);
    return writeFileAtomically(path, secret, FileMode::Private);
}

Result<QByteArray> readSecretFile(const QString &path)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return tl::unexpected<Error>(fileError(errno, path));
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fail(ErrorCode::Refused, QStringLiteral("Others may read this secret; renew it, or allow it to its owner alone (chmod 600)."), path);
    return readSmallFile(path, kMaxSecretBytes);
}

bool sameSecret(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size())) == 0;
}

void wipe(QByteArray &secret)
{
    if (!secret.isEmpty())
        sodium_memzero(secret.data(), static_cast<std::size_t>(secret.size()));
    secret.clear();
}

} // namespace anteroom

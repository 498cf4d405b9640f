#include "sync/clinic_signer.h"

#include <QtEndian>

#include <sodium.h>

namespace anteroom::sync {

namespace {

// Nothing else that the clinic's key may ever sign begins like this.
QByteArray signedBytes(const Epoch &epoch)
{
    QByteArray out = QByteArrayLiteral("anteroom epoch 1\n");
    char raw[8];
    qToBigEndian<qint64>(epoch.number, raw);
    return out.append(raw, sizeof raw).append(epoch.id.toBytes());
}

const unsigned char *bytes(const QByteArray &b) { return reinterpret_cast<const unsigned char *>(b.constData()); }

QByteArray epochBytes(const Epoch &epoch)
{
    char raw[8];
    qToBigEndian<qint64>(epoch.number, raw);
    return QByteArray(raw, sizeof raw) + epoch.id.toBytes();
}

} // namespace

ClinicSigner::ClinicSigner(QByteArray publicKey, QByteArray privateKey)
    : m_public(std::move(publicKey))
    , m_private(std::move(privateKey))
{
    m_private.detach();
}

ClinicSigner::~ClinicSigner()
{
    if (!m_private.isEmpty())
        sodium_memzero(m_private.data(), static_cast<std::size_t>(m_private.size()));
}

QByteArray ClinicSigner::sign(const Epoch &epoch) const
{
    if (m_private.size() != qsizetype{crypto_sign_SECRETKEYBYTES})
        return {};
    const QByteArray message = signedBytes(epoch);
    QByteArray signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr, bytes(message), static_cast<unsigned long long>(message.size()), bytes(m_private));
    return signature;
}

bool ClinicSigner::verify(const Epoch &epoch, const QByteArray &signature) const
{
    if (m_public.size() != qsizetype{crypto_sign_PUBLICKEYBYTES} || signature.size() != qsizetype{crypto_sign_BYTES})
        return false;
    const QByteArray message = signedBytes(epoch);
    return crypto_sign_verify_detached(bytes(signature), bytes(message), static_cast<unsigned long long>(message.size()), bytes(m_public)) == 0;
}

QByteArray stateSignature(StoreTx &tx)
{
    const auto raw = tx.state(key::kEpochSignature);
    const QByteArray mine = epochBytes(stateEpoch(tx));
    return raw && raw->startsWith(mine) ? raw->sliced(mine.size()) : QByteArray();
}

void setStateSignature(const Epoch &epoch, const QByteArray &signature, StoreTx &tx)
{
    tx.setState(key::kEpochSignature, signature.isEmpty() ? QByteArray() : epochBytes(epoch) + signature);
}

} // namespace anteroom::sync

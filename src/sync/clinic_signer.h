// ClinicSigner: EpochSigner over the clinic's Ed25519 key pair. Who holds the private key signs; everybody else is given
// the public key alone, which every PC pins when it is paired. It neither makes nor stores keys.
#pragma once

#include "sync/epoch_signer.h"

namespace anteroom::sync {

class ClinicSigner final : public EpochSigner {
public:
    // 32 bytes public, 64 bytes private as libsodium writes it; an empty private key only verifies. A key of another
    // length verifies nothing.
    explicit ClinicSigner(QByteArray publicKey, QByteArray privateKey = {});
    ~ClinicSigner() override;
    ClinicSigner(const ClinicSigner &) = delete;
    ClinicSigner &operator=(const ClinicSigner &) = delete;

    [[nodiscard]] bool hasKey() const override { return true; }
    [[nodiscard]] QByteArray sign(const Epoch &epoch) const override;
    [[nodiscard]] bool verify(const Epoch &epoch, const QByteArray &signature) const override;

private:
    QByteArray m_public, m_private;
};

} // namespace anteroom::sync

// EpochSigner: who vouches for an epoch of a clinic (rule 17). A port: a host asks it to sign, a client to verify before
// it follows. While the clinic has no key, nothing is signed and nothing is refused. Keeps no state of a store.
#pragma once

#include "sync/store_tx.h"

namespace anteroom::sync {

class EpochSigner {
public:
    virtual ~EpochSigner() = default;
    // The clinic's public key is known here: only then anything is decided by a signature.
    [[nodiscard]] virtual bool hasKey() const = 0;
    // Empty where this PC does not hold the clinic's private key.
    [[nodiscard]] virtual QByteArray sign(const Epoch &epoch) const = 0;
    [[nodiscard]] virtual bool verify(const Epoch &epoch, const QByteArray &signature) const = 0;
};

// Of a clinic without a key.
class NoSigner final : public EpochSigner {
public:
    [[nodiscard]] bool hasKey() const override { return false; }
    [[nodiscard]] QByteArray sign(const Epoch &) const override { return {}; }
    [[nodiscard]] bool verify(const Epoch &, const QByteArray &) const override { return false; }
};
inline const NoSigner kNoSigner;

// The signature of the store's epoch; empty where it has none, or has one of another epoch.
[[nodiscard]] QByteArray stateSignature(StoreTx &tx);
void setStateSignature(const Epoch &epoch, const QByteArray &signature, StoreTx &tx);

namespace key {
inline constexpr std::string_view kEpochSignature = "epoch_signature";      // 24 bytes of the epoch, then its signature
}

} // namespace anteroom::sync

// Standby (rule 17, H16): what a host needs besides the records travels to the PCs that shall be able to take over, in
// the frame of the revision that changed it and whole at the end of each catch-up: the counters of devices with the
// replies that they have not acknowledged, prefixes given, hashes of tokens, offers taken. One blob, encoded and decoded
// here; it holds secrets and leaves for devices named as standby alone.
#pragma once

#include "core/result.h"
#include "sync/store_tx.h"

namespace anteroom::sync {

// Bytes of a blob beside rows in one message. A full one of 64 PCs with 100 replies each takes half of it.
inline constexpr std::size_t kMaxStandbyBytes = 640 * 1024;

// Everything. Empty where it does not fit: the standby goes on with what it has.
[[nodiscard]] QByteArray standbyWhole(StoreTx &tx);

// Into the client's own tables, in the transaction that moves its cursor. What cannot be read changes nothing.
[[nodiscard]] Result<void> takeStandby(QByteArrayView blob, StoreTx &tx);

// At the host: what peers that are standbys have not been told. Memory alone; a frame that was never sent is made up for
// by the whole at the end of the catch-up that follows.
class StandbyNews {
public:
    // Something besides one author's counter changed, or may have.
    void changed() { m_whole = true; }
    // Of the revision that answers this entry (seq 0: of the host's own); the author has acknowledged up to `retired`.
    [[nodiscard]] QByteArray revision(const Author &author, std::int64_t seq, std::int64_t retired, const Reply &reply, StoreTx &tx);

private:
    bool m_whole = true;
    QByteArray m_tokens;                     // as they were told last
};

} // namespace anteroom::sync

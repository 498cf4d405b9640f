// Commands: the only door for writes. Each act is checked, compared with what the person was shown, and committed in
// one transaction with its audit entry and, on a client, its outbox entry; when the future is ready with `saved`, the
// act is durable on this PC. Called from the UI thread; never blocks; results come as futures.
#pragma once

#include "node/types.h"

#include <QFuture>

namespace anteroom::node {

class Replica;

class Commands {
public:
    explicit Commands(Replica &replica) : m_replica(replica) {}

    [[nodiscard]] QFuture<Result<SaveOutcome>> save(Act act);
    // An act whose changes[0] inserts into active_patient_queue: the host fills the number (rule 13).
    [[nodiscard]] QFuture<Result<ClaimOutcome>> takeTicket(Act act);
    // changes[0] moves the ticket that this desk would take from waiting to called, further changes (finish the current
    // one) ride along. Without a waiting ticket changes[0] may name any ticket of the point; the host answers.
    [[nodiscard]] QFuture<Result<ClaimOutcome>> callNext(Act act);
    // A host that was restarted gives tickets (ErrorCode::Unconfirmed until then) though no other PC has spoken (H13).
    [[nodiscard]] QFuture<Result<void>> confirmNumbers();
    // A push of this PC that the host refused: saved once more as a new act, or put away with a reason. It stays readable,
    // and only one of them can happen, once.
    [[nodiscard]] QFuture<Result<SaveOutcome>> sendAgain(const Uuid &refused, Act act);
    [[nodiscard]] QFuture<Result<void>> dropRefused(const Uuid &refused, const QString &why);

private:
    Replica &m_replica;
};

} // namespace anteroom::node

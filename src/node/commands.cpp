#include "node/commands.h"

#include "node/core.h"
#include "node/replica_parts.h"

namespace anteroom::node {

namespace {

// The act with the person and the role of the session, where it does not name others.
Act seated(Act act, const session::Session &session)
{
    if (act.user.isNull())
        act.user = session.user;
    if (!act.role && act.user == session.user && !session.user.isNull())
        act.role = session.role;
    return act;
}

} // namespace

QFuture<Result<SaveOutcome>> Commands::save(Act act)
{
    Replica::Core *core = m_replica.m_parts->core;
    return onCore<SaveOutcome>(core, [core, act = seated(std::move(act), m_replica.session().session())](const Promise<SaveOutcome> &p) { core->save(act, p); });
}

QFuture<Result<ClaimOutcome>> Commands::takeTicket(Act act)
{
    Replica::Core *core = m_replica.m_parts->core;
    return onCore<ClaimOutcome>(core, [core, act = seated(std::move(act), m_replica.session().session())](const Promise<ClaimOutcome> &p) { core->claim(act, schema::Claim::Take, p); });
}

QFuture<Result<ClaimOutcome>> Commands::callNext(Act act)
{
    Replica::Core *core = m_replica.m_parts->core;
    return onCore<ClaimOutcome>(core, [core, act = seated(std::move(act), m_replica.session().session())](const Promise<ClaimOutcome> &p) { core->claim(act, schema::Claim::Call, p); });
}

QFuture<Result<void>> Commands::confirmNumbers()
{
    return onCore<void>(m_replica.m_parts->core, [core = m_replica.m_parts->core](const Promise<void> &p) { core->confirmNumbers(p); });
}

QFuture<Result<SaveOutcome>> Commands::sendAgain(const Uuid &refused, Act act)
{
    Replica::Core *core = m_replica.m_parts->core;
    return onCore<SaveOutcome>(core, [core, refused, act = seated(std::move(act), m_replica.session().session())](const Promise<SaveOutcome> &p) { core->sendAgain(refused, act, p); });
}

QFuture<Result<void>> Commands::dropRefused(const Uuid &refused, const QString &why)
{
    Replica::Core *core = m_replica.m_parts->core;
    return onCore<void>(core, [core, refused, why](const Promise<void> &p) { core->dropRefused(refused, why, p); });
}

} // namespace anteroom::node

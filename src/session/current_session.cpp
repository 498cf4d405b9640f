#include "session/current_session.h"

#include "domain/permissions.h"

namespace anteroom::session {

void CurrentSession::set(const Session &session)
{
    if (session == m_session)
        return;
    m_session = session;
    Q_EMIT changed();
}

bool CurrentSession::mayRead(const schema::Table &table) const { return domain::mayRead(m_session.role, table); }
bool CurrentSession::may(const schema::Table &table, schema::Op op) const
{
    const bool byHand = table.writer == schema::Writer::People || (table.writer == schema::Writer::Host && op == schema::Op::Update);
    return byHand && domain::may(m_session.role, table, op);
}

} // namespace anteroom::session

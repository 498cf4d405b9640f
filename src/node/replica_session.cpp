// Who sits at the desk: the session follows the person of this device and the role of that person's row, until somebody
// sets another one.

#include "core/when_ready.h"
#include "domain/permissions.h"
#include "node/replica_parts.h"
#include "schema/tables/users.h"
#include "storage/records.h"

#include <algorithm>

namespace anteroom::node {

using schema::tables::users;

session::CurrentSession &Replica::session() { return m_parts->session; }

// Reads the person's row; seat() takes it. The role is that of an admin until the person's row has come: everybody who starts or joins a clinic is one.
QFuture<Result<std::optional<schema::Row>>> Replica::followPerson()
{
    const Identity &me = m_parts->identity;
    const session::Session &now = m_parts->session.session();
    const session::Session next{me.user, me.personName, me.user == now.user ? now.role : schema::Role::Admin};
    if (now == m_parts->followed && me.user != now.user) {
        m_parts->followed = next;
        m_parts->session.set(next);
    }
    return m_parts->person = m_queries.record(users, me.user);
}

void Replica::followPersonIn(const ChangeNotice &rows)
{
    const Uuid me = m_parts->identity.user;
    if (rows.empty() || std::ranges::any_of(rows, [&](const ChangedRow &r) { return r.table == &users && r.id == me; }))
        whenReady(followPerson(), this, [this](const Result<std::optional<schema::Row>> &) { seat(); });
}

void Replica::seat()
{
    if (!m_parts->person.isFinished() || m_parts->person.resultCount() == 0)
        return;                                       // a later reading is under way
    const auto row = m_parts->person.result();
    if (!row || !*row || (*row)->id != m_parts->identity.user || m_parts->session.session() != m_parts->followed)
        return;
    session::Session next = m_parts->followed;
    next.name = schema::toQString((**row)[schema::col(users, "name")]);
    if (const auto role = domain::role(schema::toText((**row)[schema::col(users, "role")])))
        next.role = *role;
    m_parts->followed = next;
    m_parts->session.set(next);
}

} // namespace anteroom::node

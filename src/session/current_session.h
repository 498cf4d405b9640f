// Who sits at this desk, and in which role. One per replica, in the thread that owns the replica; what every act and every
// page asks. It holds no password and checks none: sign-in sets it, a lock or a forced sign-out will take it away.
#pragma once

#include "schema/change.h"

#include <QObject>
#include <QString>

namespace anteroom::session {

struct Session {
    Uuid user;
    QString name;
    schema::Role role = schema::Role::Admin;
    friend bool operator==(const Session &, const Session &) = default;
};

class CurrentSession final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] const Session &session() const { return m_session; }
    void set(const Session &session);
    [[nodiscard]] bool mayRead(const schema::Table &table) const;
    [[nodiscard]] bool may(const schema::Table &table, schema::Op op) const;

Q_SIGNALS:
    void changed();

private:
    Session m_session;
};

} // namespace anteroom::session

// Replica: one copy of the clinic's data, with its role, engine, line and status. It owns the writer thread, the net
// thread and the readers, and is itself used from the thread that made it (the UI thread, or main of the hub).
// Two replicas may live in one process. It never shows anything and never blocks, except in open() and its destructor.
#pragma once

#include "core/clock.h"
#include "node/commands.h"
#include "node/data_folder.h"
#include "node/drafts.h"
#include "node/queries.h"
#include "node/types.h"
#include "session/current_session.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace anteroom::node {

struct ReplicaConfig {
    QString dataDir;
    bool trialLan = false;               // host may bind other addresses than loopback, with a banner
    bool network = true;                 // false: neither listens nor connects (a command on a directory that nobody runs)
    bool readOnlyAllowed = false;        // open a newer database for reading
    const Clock *clock = nullptr;        // of a simulated or shifted day; null = the system's
};

class Replica final : public QObject {
    Q_OBJECT
public:
    // Locks the directory, opens or creates the database, goes on in the role that it has: a host listens again on its
    // port, a client connects. Errors: Locked, ReadOnly, Io, each with words that say what to do.
    [[nodiscard]] static Result<std::unique_ptr<Replica>> open(const ReplicaConfig &config);
    ~Replica() override;

    [[nodiscard]] Commands &commands() { return m_commands; }
    [[nodiscard]] Queries &queries() { return m_queries; }
    [[nodiscard]] Drafts &drafts() { return m_drafts; }
    // Who sits here. Until accounts: the person of this device, in the role of that person's row.
    [[nodiscard]] session::CurrentSession &session();
    [[nodiscard]] const Status &status() const;
    // As it is now; status() may be a tenth of a second behind.
    [[nodiscard]] QFuture<Result<Status>> freshStatus();
    [[nodiscard]] const Identity &identity() const;
    [[nodiscard]] QString dataDir() const;

    // First start: exactly one of them, on an Empty replica (join also on one whose history was refused, with afresh).
    [[nodiscard]] QFuture<Result<void>> startClinic(StartClinic request);
    [[nodiscard]] QFuture<Result<void>> join(JoinRequest request);

    // The host toggle. Listening survives a restart.
    [[nodiscard]] QFuture<Result<Listening>> startHosting(QString address, quint16 port);
    [[nodiscard]] QFuture<Result<void>> stopHosting();
    [[nodiscard]] QFuture<Result<AccessCode>> newAccessCode();      // 10 minutes, one success, five failures

    // Manual sync ends when everything is exchanged, or with words. Never two at once: a second call joins the first.
    [[nodiscard]] QFuture<Result<SyncSummary>> syncNow();
    [[nodiscard]] Result<void> setAutoSync(bool on, int intervalSeconds);      // 30…3600; kept across restarts
    void reconnectNow();

    class Core;                          // what lives on the writer thread

Q_SIGNALS:
    void statusChanged();
    void identityChanged();
    void changed(const anteroom::node::ChangeNotice &rows);      // after the commit, one signal a commit

private:
    friend class Commands;
    friend class Queries;
    friend class Drafts;
    struct Parts;
    explicit Replica(std::unique_ptr<Parts> parts);
    QFuture<Result<std::optional<schema::Row>>> followPerson();
    void followPersonIn(const ChangeNotice &rows);
    void seat();

    std::unique_ptr<Parts> m_parts;
    Commands m_commands;
    Queries m_queries;
    Drafts m_drafts;
};

} // namespace anteroom::node

Q_DECLARE_METATYPE(anteroom::node::ChangeNotice)

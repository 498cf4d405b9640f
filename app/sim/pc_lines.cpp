// The PC at its lines: the same order of transaction and message as HostService and ClientService keep.
#include "app/sim/pc.h"

#include "storage/migrations.h"
#include "sync/client_outbox.h"

namespace anteroom::sim {

using storage::Durability;
using sync::Effects;
using sync::StoreTx;

// ---- a host ---------------------------------------------------------------------------------

void Pc::heardAsHost(Line &line, const sync::MessagePtr &message)
{
    const sync::ConnId conn = line.conn;
    const auto stands = [this, conn] {
        const Line *at = m_around.network.find(conn);
        return at && at->hostEnd && at->host == number;
    };
    if (const auto *hello = std::get_if<sync::Hello>(message.get())) {
        add(Durability::Full,
            [this, conn, stands, message, hello](StoreTx &tx, Effects &e) {
                if (stands())
                    e.append(m_log->hello(conn, *hello, clock.utcMs(), tx));
            },
            [this, conn](const std::optional<Error> &error, const Effects &) {
                if (error)
                    drop(conn, {});
            },
            {}, message);
        return;
    }
    if (std::holds_alternative<sync::Beat>(*message))
        return;
    const auto *push = std::get_if<sync::Push>(message.get());
    add(sync::HostLog::needsFull(*message) ? Durability::Full : Durability::Normal,
        [this, conn, stands, message](StoreTx &tx, Effects &e) {
            if (stands())
                e.append(m_log->received(conn, *message, tx));
        },
        [this, conn, stands, message, push](const std::optional<Error> &error, const Effects &) {
            if (!error || !stands())
                return;
            if (!push)
                drop(conn, {});
            else if (Line *at = m_around.network.find(conn))
                m_around.network.send(*at, Way::Down, std::make_shared<const sync::Message>(sync::Later{push->seq, error->detail.toStdString()}));
        },
        push ? std::optional(push->entry) : std::nullopt, message);
}

void Pc::lineEnded(sync::ConnId conn)
{
    if (m_log)
        m_log->closed(conn);
}

void Pc::drop(sync::ConnId conn, const std::optional<sync::Refuse> &because)
{
    Line *line = m_around.network.find(conn);
    if (line && line->hostEnd) {
        if (because)
            m_around.network.send(*line, Way::Down, std::make_shared<const sync::Message>(*because));
        m_around.network.leave(*line, Way::Up);
    }
    lineEnded(conn);
}

void Pc::executeAsHost(const Effects &effects)
{
    m_around.eyes.left(*this, effects);
    for (const sync::Send &send : effects.sends)
        if (Line *line = m_around.network.find(send.to); line && line->hostEnd)
            m_around.network.send(*line, Way::Down, send.message);
    for (const sync::Drop &gone : effects.drops)
        drop(gone.conn, gone.because);
}

void Pc::beat()
{
    if (m_log)
        executeAsHost(m_log->beat(clock.utcMs()));
}

// ---- a client -------------------------------------------------------------------------------

void Pc::connect(Line &line)
{
    m_line = line.conn;
    m_later = false;
    m_engine = std::make_unique<sync::ClientEngine>(dice, sync::ClientOptions{who.device, {}, "sim", storage::kSchemaVersion});
    if (std::exchange(m_heal, false))
        add(Durability::Normal, [](StoreTx &tx, Effects &) { sync::ClientEngine::scanAgain(storage::kSchemaVersion, tx); });
    sayHello();
}

void Pc::disconnected()
{
    m_line = 0;
    m_engine.reset();
}

void Pc::sayHello()
{
    const sync::ConnId line = m_line;
    if (line == 0)
        return;
    add(Durability::Normal,
        [this, line](StoreTx &tx, Effects &e) {
            if (line == m_line && m_engine)
                e.append(m_engine->hello(tx));
        },
        [this, line](const std::optional<Error> &error, const Effects &) {
            if (Line *at = m_around.network.find(line); error && line == m_line && at) {
                m_around.network.leave(*at, Way::Down);
                disconnected();
            }
        });
}

void Pc::retryLater()
{
    if (!m_engine || !std::exchange(m_later, false))
        return;
    m_engine->retryPushes();
    add(Durability::Normal, [](StoreTx &, Effects &) {});
}

void Pc::heardAsClient(const sync::MessagePtr &message)
{
    const sync::ConnId line = m_line;
    if (!m_engine)
        return;
    if (std::holds_alternative<sync::Refuse>(*message)) {
        if (Line *at = m_around.network.find(line))
            m_around.network.leave(*at, Way::Down);
        disconnected();
        return;
    }
    const auto agreed = std::make_shared<bool>(false);
    add(sync::ClientEngine::needsFull(*message) ? Durability::Full : Durability::Normal,
        [this, line, message, agreed](StoreTx &tx, Effects &e) {
            if (line != m_line || !m_engine)
                return;
            e.append(m_engine->received(*message, tx));
            const auto *beat = std::get_if<sync::Beat>(message.get());       // at once: the jobs behind it may be in its batch
            *agreed = beat && !beat->digests.empty() && m_engine->mode() == sync::ClientEngine::Mode::Live
                      && sync::stateCursor(tx, sync::key::kCursor) == sync::Cursor{beat->rev, schema::kAllOfRev} && m_engine->digestsEqual() == std::optional(true);
        },
        [this, line, agreed](const std::optional<Error> &error, const Effects &) {
            if (!error && *agreed)
                m_around.eyes.agreed(*this);
            if (line != m_line || !m_engine)
                return;
            if (Line *at = m_around.network.find(line); error && at) {
                if (m_around.trace.aloud())
                    m_around.trace.say(name() + " could not apply a message: " + error->detail.toStdString());
                m_around.network.leave(*at, Way::Down);
                disconnected();
                return;
            }
            m_later = m_engine->putOff();
        },
        {}, message);
}

void Pc::executeAsClient(const Effects &effects)
{
    if (effects.caughtUp)
        connection().setForeignKeys(true);
    Line *line = m_around.network.find(m_line);
    if (!line || !line->clientEnd)
        return;
    for (const sync::Send &send : effects.sends)
        m_around.network.send(*line, Way::Up, send.message);
    if (!effects.drops.empty()) {
        m_around.network.leave(*line, Way::Down);
        disconnected();
    }
}

} // namespace anteroom::sim

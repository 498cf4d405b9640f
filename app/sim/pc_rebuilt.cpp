// S7: an engine that is built again from the database says what the one in memory says.
#include "app/sim/pc.h"

#include "node/sql_store_tx.h"
#include "sync/codec.h"

namespace anteroom::sim {

namespace {

constexpr sync::ConnId kAside = ~sync::ConnId{0};        // a line that is none

std::vector<QByteArray> said(const sync::Effects &effects)
{
    std::vector<QByteArray> out;
    for (const sync::Send &send : effects.sends)
        out.push_back(sync::encode(*send.message));
    for (const sync::Drop &drop : effects.drops)
        out.push_back(drop.because ? sync::encode(*drop.because) : QByteArray("dropped"));
    return out;
}

} // namespace

// Both are asked the same HELLO, on a line that nobody else hears, in a transaction that is never committed.
std::string Pc::rebuiltDiffers(const Pc &client)
{
    if (!m_host || !on() || !idle() || m_stale)          // the next transaction reads it again
        return {};
    sync::Hello hello;
    hello.nonce = 7;
    hello.device = client.who.device;
    hello.incarnation = client.m_incarnation;
    hello.epoch = m_log->epoch();
    hello.real = client.held.at();
    hello.cursor = {hello.real.rev, schema::kAllOfRev};
    hello.salts = {hello.real};
    hello.retired = client.held.outbox.empty() ? 0 : client.held.outbox.begin()->first - 1;
    hello.schemaVersion = hostOptions().schemaVersion;
    const Dice thrown = dice;
    storage::Transaction transaction(connection(), "rebuilt");
    node::SqlStoreTx tx(transaction, clock);
    Dice same = dice;
    sync::HostLog again(rules(), same, hostOptions());
    again.load(tx);
    if (again.head() != m_log->head() || again.epoch() != m_log->epoch())
        return "it is at revision " + std::to_string(m_log->head()) + ", its database at " + std::to_string(again.head());
    if (tx.salt(hello.real.rev) != hello.real.salt)
        return {};                               // of another history: an epoch would open in memory, too
    const auto before = m_log->peers();
    const auto fromDatabase = said(again.hello(kAside, hello, clock.utcMs(), tx));
    const auto fromMemory = said(m_log->hello(kAside, hello, clock.utcMs(), tx));
    m_log->closed(kAside);
    m_log->undo(before);
    dice = thrown;
    return fromDatabase == fromMemory ? std::string() : "it answers a HELLO otherwise than one that is built from its database";
}

} // namespace anteroom::sim

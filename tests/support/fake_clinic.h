// A fake clinic that reads like a story: one host and n clients over real SQLite files, the real engines, write door and
// rules of the clinic, and lines that carry encoded messages. Everything happens in the call that asks for it: no thread,
// no socket, no timer, no clock that goes by itself; one seed gives one story. Not for tests of Replica's own threads.
#pragma once

#include "core/clock.h"
#include "core/random.h"
#include "node/clinic_policy.h"
#include "node/door.h"
#include "node/sql_store_tx.h"
#include "storage/outbox.h"
#include "sync/client_engine.h"
#include "sync/history_mark.h"
#include "sync/host_log.h"
#include "transport/loopback_link.h"

#include <QTemporaryDir>

#include <functional>
#include <map>
#include <memory>

namespace anteroom::test {

struct StoryClock final : Clock {
    std::int64_t now = 1763629200000;            // 2025-11-20, 09:00 UTC
    [[nodiscard]] std::int64_t utcMs() const override { return now; }
    [[nodiscard]] std::int64_t monotonicMs() const override { return now; }
};

struct Saved {
    Uuid entry, row;                             // row: of changes[0]
    std::int64_t seq = 0;                        // at a client
    std::vector<node::Difference> differences;   // then nothing was saved
    QString refused;                             // words of the door, or of the host to its own desk
    [[nodiscard]] bool ok() const { return differences.empty() && refused.isEmpty(); }
};

// ClinicPolicy that counts how often each entry was merged by a transaction that committed: exactly once is a promise.
class CountingPolicy final : public sync::Policy {
public:
    explicit CountingPolicy(const Clock &clock) : m_rules(clock) {}
    [[nodiscard]] bool standby(const Uuid &device, sync::StoreTx &tx) override { return m_rules.standby(device, tx); }
    [[nodiscard]] std::optional<std::string> refuse(const schema::Entry &entry, const sync::Author &author, sync::StoreTx &tx) override;
    void fillHostColumns(const schema::Entry &entry, const sync::Author &author, const schema::Table &table, schema::Row &row, sync::StoreTx &tx) override;
    [[nodiscard]] sync::ClaimResult claim(const schema::Entry &entry, const sync::Author &author, const schema::Epoch &epoch, sync::StoreTx &tx) override;
    [[nodiscard]] std::vector<sync::Flag> flags(const schema::Entry *entry, std::span<const sync::RowAt> rows, sync::StoreTx &tx) override;
    void ended(bool committed);
    [[nodiscard]] int merged(const Uuid &entry) const;

private:
    node::ClinicPolicy m_rules;
    std::vector<Uuid> m_open;
    std::map<Uuid, int> m_merged;
};

class Clinic;

// One PC with its person. desk(0) stands at the host.
class Desk : public QObject {
    Q_OBJECT

public:
    Desk(Clinic &clinic, int number);
    ~Desk() override;

    // ---- what the person does; each act is one transaction
    Uuid admit(const char *family, std::vector<schema::ColumnValue> more = {});
    Saved add(const schema::Table &table, std::vector<schema::ColumnValue> values);
    Saved change(const schema::Table &table, const Uuid &id, std::vector<schema::ColumnValue> values);     // from what it shows now
    Saved changeShown(const schema::Table &table, const schema::Row &shown, std::vector<schema::ColumnValue> values);
    Saved remove(const schema::Table &table, const Uuid &id);
    Saved restore(const schema::Table &table, const Uuid &id);
    Saved takeTicket(const Uuid &patient, const char *point = "Triage");
    Saved callTicket(const Uuid &ticket, std::vector<schema::Change> more = {});
    Saved save(std::vector<schema::Change> changes, schema::Claim claim = schema::Claim::None);
    Saved force(schema::Entry entry);            // past the door: an older program, a clone, a damaged one
    [[nodiscard]] schema::Entry entryOf(std::vector<schema::Change> changes, schema::Claim claim = schema::Claim::None);
    void goOn(std::int64_t seq);                 // no answer yet; the person does not wait

    // ---- what the person sees
    [[nodiscard]] std::optional<schema::Row> row(const schema::Table &table, const Uuid &id);
    [[nodiscard]] std::string text(const schema::Table &table, const Uuid &id, std::string_view column);     // "" where there is none
    [[nodiscard]] std::vector<schema::Row> rows(const schema::Table &table, const std::vector<sync::Condition> &where = {});
    [[nodiscard]] std::optional<sync::RevPos> touched(const schema::Table &table, const Uuid &id);
    [[nodiscard]] std::vector<storage::RejectedItem> rejected();
    [[nodiscard]] int pending();
    [[nodiscard]] sync::Cursor cursor();
    [[nodiscard]] std::optional<sync::Reply> answer(const Uuid &entry) const;     // what came for an act of this desk
    [[nodiscard]] const node::Identity &who() const { return m_who; }
    [[nodiscard]] sync::Author author() const { return {m_who.device, 1}; }
    [[nodiscard]] sync::ClientEngine *engine() { return m_engine.get(); }
    [[nodiscard]] transport::LoopbackLink *line() { return m_line.get(); }

    // One transaction of this PC's writer; effects leave after it.
    bool tx(const std::function<void(sync::StoreTx &, sync::Effects &)> &work);

private:
    friend class Clinic;
    void open(const sync::MarkFound &mark = {});
    void shut();
    void replaceFile(const QString &by, const sync::MarkFound &mark);
    void firstRows(const node::Identity &who);
    void connectLine();
    void received(const transport::MessagePtr &message);
    void heardByHost(sync::ConnId conn, const transport::MessagePtr &message);
    void execute(const sync::Effects &effects);
    [[nodiscard]] QString path() const;
    [[nodiscard]] sync::MarkFound mark();

    Clinic &m_clinic;
    int m_number;                                            // 0: it stands at the host
    int m_file;                                              // the PC, whatever its role
    bool m_off = false;
    node::Identity m_who;
    std::unique_ptr<storage::Connection> m_connection;
    std::unique_ptr<sync::HostLog> m_log;                    // desk 0
    std::unique_ptr<sync::ClientEngine> m_engine;            // the others, while there is a line
    std::unique_ptr<transport::LoopbackLink> m_line;
    std::map<Uuid, sync::Reply> m_answers;
    std::optional<QString> m_lastWords;
    bool m_powerFails = false;                               // in the next transaction, before its commit
    bool m_crashed = false;
};

class Clinic {
public:
    explicit Clinic(int clients, std::uint64_t seed = 1, int pageRows = 0);
    ~Clinic();

    [[nodiscard]] Desk &desk(int n) { return *m_desks[static_cast<std::size_t>(n)]; }
    [[nodiscard]] Desk &host() { return desk(0); }
    [[nodiscard]] int clients() const { return static_cast<int>(m_desks.size()) - 1; }
    [[nodiscard]] sync::HostLog &log() { return *host().m_log; }
    [[nodiscard]] transport::LoopbackHost &port() { return *m_port; }
    [[nodiscard]] int merged(const Uuid &entry) const { return m_policy.merged(entry); }
    [[nodiscard]] Uuid point(const char *name);
    [[nodiscard]] Uuid newId();
    void wait(std::int64_t ms) { m_clock.now += ms; }

    // ---- lines
    void connect(int n);
    void cut(int n);                             // what is under way is lost
    [[nodiscard]] bool online(int n);
    bool step(int n, transport::Way way);        // one message; false: none waits
    void deliver();                              // on all lines, until nothing moves
    void beat();
    [[nodiscard]] std::optional<QString> lastWords(int n) { return desk(n).m_lastWords; }       // with which the host ended the line

    // ---- accidents
    void crash(int n);                           // the process ends; its files are opened again
    void powerFailsAt(int n) { desk(n).m_powerFails = true; }    // its next transaction is lost, and it crashes
    bool accidents();                            // those that came due; after every delivery

    // ---- another PC takes over
    // The host is gone: PC n is desk(0) from here on. The old host is desk(n) and off. Words if it may not.
    QString takeOver(int n);
    void comesBack(int n, std::int64_t incarnation = 2);          // as a client
    void trust(const sync::EpochSigner &signer, const sync::EpochSigner &pinned);     // of hosts, of clients; before they open

    // A backup of a PC's file; restoring puts it back. What stands outside the file (its mark) is noticed at the start, or
    // was lost with it.
    int backup(int n);
    void restore(int n, int backup, bool marked = true);
    void becomes(int n, int backup);             // the file was copied from another machine, with all that it says of itself

    // ---- the end
    void settle();                               // everybody is connected until nothing moves any more
    [[nodiscard]] QString difference();          // empty: all replicas hold the same, nothing is pending
    void expectEqual();

private:
    friend class Desk;
    [[nodiscard]] QString backupPath(int backup) const;

    StoryClock m_clock;
    SeededRandom m_random;
    int m_pageRows;
    const sync::EpochSigner *m_signer = &sync::kNoSigner;
    const sync::EpochSigner *m_pinned = &sync::kNoSigner;
    QTemporaryDir m_dir;
    node::Door m_door{m_clock, m_random};
    CountingPolicy m_policy{m_clock};
    std::unique_ptr<transport::LoopbackHost> m_port;
    std::vector<std::unique_ptr<Desk>> m_desks;
    std::vector<int> m_backups;                  // whose
};

} // namespace anteroom::test

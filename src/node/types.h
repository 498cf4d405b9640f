// What a replica tells the desk and the command line: role, status, outcomes of acts. Plain values, any thread.
// Status is derived from the database and the line each time; nothing of it is stored (DESIGN 4).
#pragma once

#include "core/result.h"
#include "schema/change.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace anteroom::node {

enum class Role : std::uint8_t { Empty, Solo, Host, Client };      // Empty: no clinic here yet
enum class SyncState : std::uint8_t { Synced, Syncing, Pending, Offline, Attention };

struct PeerStatus {                  // a client as its host sees it: presence, never stored
    QString name;
    Uuid device;
    std::int64_t rev = 0;
    std::int64_t behind = 0;         // revisions
    QString version;
};

struct Status {
    Role role = Role::Empty;
    SyncState state = SyncState::Synced;
    std::int64_t since = 0;              // UTC ms since when `state` holds
    std::int64_t epoch = 0;
    std::int64_t rev = 0;                // last revision this replica holds
    std::int64_t cursor = 0, head = 0;
    int pending = 0;                     // own entries without an answer
    std::int64_t oldestPendingAt = 0;    // UTC ms, 0 if none
    std::int64_t lastSuccess = 0;        // UTC ms of the last complete exchange, 0 if never
    int rejected = 0, conflicts = 0, reviews = 0;
    std::int64_t progressDone = 0, progressTotal = 0;     // of a catch-up, rows or revisions
    std::vector<PeerStatus> clients;     // of a host
    QString host;                        // of a client: name of the host's PC, or its address
    QString hostAddress;                 // of a client: ADDR:PORT of its host
    bool historyRefused = false;         // of a client: the host does not share this history; join afresh
    std::int64_t nextTryAt = 0;          // UTC ms of the next attempt, 0 if none
    QString attention;                   // words, where state is Attention; why, where it is Offline
    QString notice;                      // what this start found about its history, for as long as it runs
    int skewS = 0;                       // of a client: seconds by which this PC's clock is ahead of the host's, from 60 on
    bool numbersWait = false;            // of a host: it gives no ticket numbers yet (H13)
    QString listening;                   // "127.0.0.1:7310" while hosting
    bool trialLan = false;
    std::optional<bool> digestsEqual;
    bool autoSync = true;
    int syncIntervalS = 30;
};

struct Identity {
    Uuid clinic, device, user;
    QString clinicName, deviceName, personName;
    bool demo = false;
};

struct StartClinic { QString clinicName, personName, deviceName; bool demo = false; };
struct JoinRequest { QString address; quint16 port = 0; QString code, personName, deviceName; bool afresh = false; int tryForMs = 0; };      // tryForMs: a host that is not there yet is asked again
struct Listening { QString address; quint16 port = 0; };
struct AccessCode { QString code; std::int64_t expiresAt = 0; };
struct SyncSummary { int sent = 0, received = 0, needsYou = 0; };      // "Up to date: 3 sent, 12 received, 1 needs you"

// One act: changes made with schema::makeInsert/makeUpdate/makeDelete from the rows as they were shown.
struct Act {
    std::string name;                    // "patients.register": what the audit entry says
    std::vector<schema::Change> changes;
    Uuid user{};                         // who acts; null: the person of the session
    std::optional<schema::Role> role{};  // in which role; nothing: the session's, or that of the person's row
};

struct Difference {                      // a group that is no longer what the person was shown (rule 4)
    const schema::Table *table = nullptr;
    Uuid id;
    schema::GroupNo group = 0;           // 255: the row was deleted meanwhile
    std::vector<schema::Value> shown, now, mine;       // in the order of schema::groupColumns()
    QString changedBy;                   // display name, may be empty
    std::int64_t changedAt = 0;          // 0 where nobody knows
};

struct SaveOutcome {
    bool saved = false;                  // durable on this PC (FULL)
    std::vector<Difference> differences; // not saved: show them, then save again with the new rows as shown
    std::vector<schema::Row> rows;       // visible rows of the act's changes, in their order, after the save or as they are now
    Uuid entry;                          // of the act
    std::int64_t seq = 0;                // on a client
};

struct ClaimOutcome {
    bool provisional = false;            // the host has not answered within 1 s; the person goes on (H7)
    bool inReview = false;               // the host could not merge the act: a person decides first; no number, nobody called
    std::string number;                  // label of the ticket taken (provisional label while provisional)
    std::optional<Uuid> called;          // ticket that this desk has now; empty = nobody waits
    QString note;                        // words where nothing was called
    std::vector<Difference> differences; // of the other changes of the act; nothing was done then
};

struct ChangedRow { const schema::Table *table = nullptr; Uuid id; };
using ChangeNotice = std::vector<ChangedRow>;      // visible rows that changed in one commit; empty = everything may have

} // namespace anteroom::node

// The messages of the sync protocol (docs/protocol.md), as plain values. One encoding: CBOR, see codec.h. All fields
// are on the wire from the first version; what a rule does not use yet is empty.
#pragma once

#include "schema/change.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace anteroom::sync {

using schema::Cursor;
using schema::Entry;
using schema::Epoch;
using schema::RevPos;
using schema::Row;
using schema::Salt;
using schema::Table;

inline constexpr int kProtocolMin = 1, kProtocolMax = 1;     // version range of the hello

struct RevSalt {
    std::int64_t rev = 0;
    Salt salt = 0;
    friend bool operator==(const RevSalt &, const RevSalt &) = default;
};

// A whole row as the host holds it, with the place of its last touch.
struct RowAt {
    const Table *table = nullptr;
    Row row;
    RevPos at;
    friend bool operator==(const RowAt &, const RowAt &) = default;
};

enum class Verdict : std::uint8_t { Applied = 1, Conflict = 2, Review = 3, Refused = 4 };      // wire numbers

// The host's answer to one entry; kept by (device, incarnation, seq) until the device says that it holds it (H4).
struct Reply {
    Verdict verdict = Verdict::Applied;
    std::int64_t rev = 0;
    std::string why;                    // words, of a refusal; or "nobody waits"
    std::string number;                 // label of a ticket that was taken
    std::optional<Uuid> called;         // ticket that was called
    std::optional<Uuid> desk;           // device that it was called to
    friend bool operator==(const Reply &, const Reply &) = default;
};
using Answers = std::map<std::int64_t, Reply>;      // by seq, ascending

struct Probe { std::int64_t lo = 0, hi = 0; friend bool operator==(const Probe &, const Probe &) = default; };

struct Hello {
    std::uint64_t nonce = 0;
    Uuid device;
    std::int64_t incarnation = 1;
    QByteArray token;                   // 32 bytes from JOINED, until the TLS key is the identity
    Epoch epoch;
    Cursor cursor = schema::kStart;     // the stage's where one is open, else the real one
    std::optional<Salt> stageSalt;
    RevSalt real;
    std::optional<RevSalt> scan;
    std::vector<RevSalt> salts;
    std::optional<Probe> probe;
    std::int64_t retired = 0;
    int protocolMin = kProtocolMin, protocolMax = kProtocolMax;
    int schemaVersion = 0;
    std::string program;                // version of the program, for people
    QByteArray signature;               // of its epoch, as WELCOME told it
};

struct Welcome {
    std::uint64_t nonce = 0;
    Epoch epoch;
    std::int64_t head = 0;
    std::int64_t lastSeq = 0;
    std::string prefix;                 // two Crockford characters, for own serials
    std::optional<std::int64_t> fork;
    std::optional<Probe> probe;
    bool taken = false;
    int protocol = kProtocolMax;
    std::string host;                   // name of the host's PC, for people
    std::int64_t time = 0;              // host's wall clock, to warn of skew
    QByteArray signature;               // of the epoch by the clinic's key; empty until the clinic has one
};

// What the host lacks: whole rows as the host that is gone held them, in parts of at most a message. The host counts
// the parts as one offer and one revision; it asks for each further part with More.
struct Offer {
    RevSalt real;
    std::vector<RevSalt> salts;         // in the first part: of what this replica holds beyond the fork
    std::int64_t retired = 0;
    std::vector<RowAt> rows;
    int part = 0;                       // from 0
    bool last = true;
};
struct More {
    int part = 0;                       // the next one wanted
};

struct Page {
    RevSalt head;
    Cursor from, to;
    std::vector<RowAt> rows;
    bool final = false;
    Answers answers;
    std::vector<RevSalt> salts;
    QByteArray counters;                // to a standby
};

struct Frame {
    std::int64_t prev = 0, rev = 0;
    Salt salt = 0;
    std::vector<RowAt> rows;
    Answers answers;
    QByteArray counters;
};

struct Push {
    std::int64_t seq = 0;
    Entry entry;
    bool provisional = false;
};

// The host cannot take the entry now (disk full, busy); the client sends it again after a while. Never a refusal.
struct Later {
    std::int64_t seq = 0;
    std::string why;
};

struct Ack {
    Cursor cursor;
    std::int64_t retired = 0;
};

struct TableDigest {
    std::uint16_t table = 0;
    std::uint8_t dataClass = 0;
    std::uint64_t digest = 0;
    friend bool operator==(const TableDigest &, const TableDigest &) = default;
};

struct Beat {
    std::int64_t rev = 0;
    std::vector<TableDigest> digests;
    std::int64_t time = 0;
};

// A replica whose digest differs asks for what differs: its own sums of 256 buckets (byte 15 of the id) of one table and
// class. It may ask only at the revision that it holds whole.
struct Compare {
    std::int64_t rev = 0;
    std::uint16_t table = 0;
    std::uint8_t dataClass = 0;
    bool content = false;               // sums over the content of rows instead of their revisions
    std::vector<std::uint64_t> sums;    // 256
};
// The host's rows of buckets that differ, whole buckets only, as many as fit; none where the revision is another one by
// now. `scan`: one bucket alone does not fit, everything is to be read again.
struct Compared {
    std::int64_t rev = 0;
    std::uint16_t table = 0;
    std::uint8_t dataClass = 0;
    bool content = false;
    bool scan = false;
    std::vector<std::uint8_t> buckets;
    std::vector<RowAt> rows;
};

// First contact of a new PC: an access code against a device id and a token. Pairing over TLS replaces it.
struct Join {
    std::uint64_t nonce = 0;
    std::string code, deviceName, personName, program;
    int protocolMin = kProtocolMin, protocolMax = kProtocolMax;
    int schemaVersion = 0;
};
struct Joined {
    std::uint64_t nonce = 0;
    Uuid device, user, clinic;
    QByteArray token;
    std::string clinicName, host;
};

enum class RefusalCode : std::uint8_t {      // wire numbers
    WrongCode = 1, UnknownDevice = 2, History = 3, Version = 4, Schema = 5, Malformed = 6, Full = 7, Retired = 8,
};
// The line ends after it. `words` is one English sentence that says what to do.
struct Refuse {
    RefusalCode code = RefusalCode::Malformed;
    std::string words;
};

using Message = std::variant<Hello, Welcome, Offer, Page, Frame, Push, Later, Ack, Beat, Join, Joined, Refuse, More, Compare, Compared>;
using MessagePtr = std::shared_ptr<const Message>;

} // namespace anteroom::sync

#include "sync/codec_history.h"
#include "sync/codec_rows.h"

namespace anteroom::sync::detail {

namespace {

// Wire numbers of the messages: permanent, as in docs/protocol.md.
enum class Number : std::uint8_t {
    Hello = 1, Welcome = 2, Offer = kOfferNumber, Page = 4, Frame = 5, Push = 6, Later = 7, Ack = 8, Beat = 9, Join = 10, Joined = 11, Refuse = 12,
    More = kMoreNumber, Compare = kCompareNumber, Compared = kComparedNumber,
};
constexpr std::size_t kMaxSalts = 1024, kMaxDigests = 4096, kMaxCounters = 1024 * 1024, kMaxSignature = 512;

void begin(CborWriter &w, Number number, std::size_t fields)
{
    w.array(fields + 1);
    w.integer(static_cast<int>(number));
}

void writeOptional(CborWriter &w, const std::optional<RevSalt> &pair)
{
    if (!pair)
        return w.null();
    w.array(2);
    w.integer(pair->rev);
    w.natural(pair->salt);
    w.end();
}

void writeOptional(CborWriter &w, const std::optional<Probe> &probe)
{
    if (!probe)
        return w.null();
    w.array(2);
    w.integer(probe->lo);
    w.integer(probe->hi);
    w.end();
}

std::optional<Probe> readProbe(CborReader &r)
{
    if (r.isNull())
        return std::nullopt;
    Probe p;
    r.exactArray(2);
    p.lo = r.integer();
    p.hi = r.integer();
    if (p.lo < 0 || p.hi < p.lo)
        r.bad();
    r.leave();
    return p;
}

void write(CborWriter &w, const Hello &m)
{
    begin(w, Number::Hello, 17);
    w.natural(m.nonce);
    w.id(m.device);
    w.integer(m.incarnation);
    w.bytes(m.token);
    writeEpoch(w, m.epoch);
    writeCursor(w, m.cursor);
    m.stageSalt ? w.natural(*m.stageSalt) : w.null();
    writeOptional(w, std::optional<RevSalt>(m.real));
    writeOptional(w, m.scan);
    writeSalts(w, m.salts);
    writeOptional(w, m.probe);
    w.integer(m.retired);
    w.integer(m.protocolMin);
    w.integer(m.protocolMax);
    w.integer(m.schemaVersion);
    w.text(m.program);
    w.bytes(m.signature);
    w.end();
}

Hello readHello(CborReader &r)
{
    Hello m;
    m.nonce = r.natural();
    m.device = r.id();
    m.incarnation = r.integer();
    m.token = r.bytes(64);
    m.epoch = readEpoch(r);
    m.cursor = readCursor(r);
    if (!r.isNull())
        m.stageSalt = r.natural();
    m.real = readPair(r);
    if (!r.isNull())
        m.scan = readPair(r);
    m.salts = readSalts(r, 64);
    m.probe = readProbe(r);
    m.retired = r.integer();
    if (m.retired < 0 || m.retired > kMaxSeq)
        r.bad();
    m.protocolMin = static_cast<int>(r.integer());
    m.protocolMax = static_cast<int>(r.integer());
    m.schemaVersion = static_cast<int>(r.integer());
    m.program = r.text(64);
    if (r.more())
        m.signature = r.bytes(kMaxSignature);
    return m;
}

void write(CborWriter &w, const Welcome &m)
{
    begin(w, Number::Welcome, 12);
    w.natural(m.nonce);
    writeEpoch(w, m.epoch);
    w.integer(m.head);
    w.integer(m.lastSeq);
    w.text(m.prefix);
    m.fork ? w.integer(*m.fork) : w.null();
    writeOptional(w, m.probe);
    w.boolean(m.taken);
    w.integer(m.protocol);
    w.text(m.host);
    w.integer(m.time);
    w.bytes(m.signature);
    w.end();
}

Welcome readWelcome(CborReader &r)
{
    Welcome m;
    m.nonce = r.natural();
    m.epoch = readEpoch(r);
    m.head = r.integer();
    m.lastSeq = r.integer();
    m.prefix = r.text(8);
    if (!r.isNull())
        m.fork = r.integer();
    m.probe = readProbe(r);
    m.taken = r.boolean();
    m.protocol = static_cast<int>(r.integer());
    m.host = r.text(255);
    m.time = r.integer();
    if (r.more())
        m.signature = r.bytes(kMaxSignature);
    return m;
}

void write(CborWriter &w, const Page &m)
{
    begin(w, Number::Page, 8);
    writeOptional(w, std::optional<RevSalt>(m.head));
    writeCursor(w, m.from);
    writeCursor(w, m.to);
    writeRows(w, m.rows);
    w.boolean(m.final);
    writeAnswers(w, m.answers);
    writeSalts(w, m.salts);
    w.bytes(m.counters);
    w.end();
}

Page readPage(CborReader &r)
{
    Page m;
    m.head = readPair(r);
    m.from = readCursor(r);
    m.to = readCursor(r);
    m.rows = readRows(r);
    m.final = r.boolean();
    m.answers = readAnswers(r);
    m.salts = readSalts(r, kMaxSalts);
    m.counters = r.bytes(kMaxCounters);
    return m;
}

void write(CborWriter &w, const Frame &m)
{
    begin(w, Number::Frame, 6);
    w.integer(m.prev);
    w.integer(m.rev);
    w.natural(m.salt);
    writeRows(w, m.rows);
    writeAnswers(w, m.answers);
    w.bytes(m.counters);
    w.end();
}

Frame readFrame(CborReader &r)
{
    Frame m;
    m.prev = r.integer();
    m.rev = r.integer();
    m.salt = r.natural();
    m.rows = readRows(r);
    m.answers = readAnswers(r);
    m.counters = r.bytes(kMaxCounters);
    return m;
}

void write(CborWriter &w, const Push &m)
{
    begin(w, Number::Push, 3);
    w.integer(m.seq);
    writeEntry(w, m.entry);
    w.boolean(m.provisional);
    w.end();
}

Push readPush(CborReader &r)
{
    Push m;
    m.seq = r.integer();
    m.entry = readEntry(r);
    m.provisional = r.boolean();
    return m;
}

void write(CborWriter &w, const Later &m)
{
    begin(w, Number::Later, 2);
    w.integer(m.seq);
    w.text(m.why);
    w.end();
}

void write(CborWriter &w, const Ack &m)
{
    begin(w, Number::Ack, 2);
    writeCursor(w, m.cursor);
    w.integer(m.retired);
    w.end();
}

void write(CborWriter &w, const Beat &m)
{
    begin(w, Number::Beat, 3);
    w.integer(m.rev);
    w.array(m.digests.size());
    for (const TableDigest &d : m.digests) {
        w.array(3);
        w.integer(d.table);
        w.integer(d.dataClass);
        w.natural(d.digest);
        w.end();
    }
    w.end();
    w.integer(m.time);
    w.end();
}

Beat readBeat(CborReader &r)
{
    Beat m;
    m.rev = r.integer();
    const std::size_t n = r.array(kMaxDigests);
    for (std::size_t i = 0; i < n && r.ok(); ++i) {
        r.exactArray(3);
        const std::int64_t table = r.integer(), dataClass = r.integer();
        if (table < 1 || table > 65535 || dataClass < 0 || dataClass > 255)
            r.bad();
        TableDigest d{static_cast<std::uint16_t>(table), static_cast<std::uint8_t>(dataClass), 0};
        d.digest = r.natural();
        m.digests.push_back(d);
        r.leave();
    }
    r.leave();
    m.time = r.integer();
    return m;
}

void write(CborWriter &w, const Join &m)
{
    begin(w, Number::Join, 8);
    w.natural(m.nonce);
    w.text(m.code);
    w.text(m.deviceName);
    w.text(m.personName);
    w.text(m.program);
    w.integer(m.protocolMin);
    w.integer(m.protocolMax);
    w.integer(m.schemaVersion);
    w.end();
}

Join readJoin(CborReader &r)
{
    Join m;
    m.nonce = r.natural();
    m.code = r.text(64);
    m.deviceName = r.text(255);
    m.personName = r.text(255);
    m.program = r.text(64);
    m.protocolMin = static_cast<int>(r.integer());
    m.protocolMax = static_cast<int>(r.integer());
    m.schemaVersion = static_cast<int>(r.integer());
    return m;
}

void write(CborWriter &w, const Joined &m)
{
    begin(w, Number::Joined, 7);
    w.natural(m.nonce);
    w.id(m.device);
    w.id(m.user);
    w.id(m.clinic);
    w.bytes(m.token);
    w.text(m.clinicName);
    w.text(m.host);
    w.end();
}

Joined readJoined(CborReader &r)
{
    Joined m;
    m.nonce = r.natural();
    m.device = r.id();
    m.user = r.id();
    m.clinic = r.id();
    m.token = r.bytes(64);
    m.clinicName = r.text(1024);
    m.host = r.text(255);
    return m;
}

void write(CborWriter &w, const Refuse &m)
{
    begin(w, Number::Refuse, 2);
    w.integer(static_cast<int>(m.code));
    w.text(m.words);
    w.end();
}

Message readBody(CborReader &r, std::int64_t number)
{
    switch (static_cast<Number>(number)) {
    case Number::Hello: return readHello(r);
    case Number::Welcome: return readWelcome(r);
    case Number::Offer: return readOffer(r);
    case Number::Page: return readPage(r);
    case Number::Frame: return readFrame(r);
    case Number::Push: return readPush(r);
    case Number::Later: {
        const std::int64_t seq = r.integer();
        return Later{seq, r.text(kMaxText)};
    }
    case Number::Ack: {
        const Cursor cursor = readCursor(r);
        return Ack{cursor, r.integer()};
    }
    case Number::Beat: return readBeat(r);
    case Number::More: return readMore(r);
    case Number::Compare: return readCompare(r);
    case Number::Compared: return readCompared(r);
    case Number::Join: return readJoin(r);
    case Number::Joined: return readJoined(r);
    case Number::Refuse: {
        const std::int64_t code = r.integer();
        if (code < 1 || code > 255)             // a newer host's code is kept: its words say what to do
            r.bad();
        return Refuse{static_cast<RefusalCode>(code), r.text(kMaxText)};
    }
    }
    r.bad();
    return Refuse{};
}

} // namespace

void writeMessage(CborWriter &w, const Message &message)
{
    std::visit([&w](const auto &m) { write(w, m); }, message);
}

Message readMessage(CborReader &r)
{
    (void)r.array(64);
    const std::int64_t number = r.integer();
    Message m = readBody(r, number);
    r.leave();
    return m;
}

} // namespace anteroom::sync::detail

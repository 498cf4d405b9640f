#include "sync/codec_history.h"

namespace anteroom::sync::detail {

namespace {

constexpr std::size_t kMaxOfferSalts = 16384;
constexpr std::int64_t kMaxParts = 1'000'000;

void begin(CborWriter &w, int number, std::size_t fields)
{
    w.array(fields + 1);
    w.integer(number);
}

int readPart(CborReader &r)
{
    const std::int64_t part = r.integer();
    if (part < 0 || part > kMaxParts)
        r.bad();
    return static_cast<int>(part);
}

// (revision, table, class): what is compared.
template <typename Compared_>
void writeSubject(CborWriter &w, const Compared_ &m)
{
    w.integer(m.rev);
    w.integer(m.table);
    w.integer(m.dataClass);
    w.boolean(m.content);
}

template <typename Compared_>
void readSubject(CborReader &r, Compared_ &m)
{
    m.rev = r.integer();
    const std::int64_t table = r.integer(), dataClass = r.integer();
    if (table < 1 || table > 65535 || dataClass < 0 || dataClass > 255)
        r.bad();
    m.table = static_cast<std::uint16_t>(table);
    m.dataClass = static_cast<std::uint8_t>(dataClass);
    m.content = r.boolean();
}

} // namespace

void write(CborWriter &w, const Offer &m)
{
    begin(w, kOfferNumber, 6);
    w.array(2);
    w.integer(m.real.rev);
    w.natural(m.real.salt);
    w.end();
    writeSalts(w, m.salts);
    w.integer(m.retired);
    writeRows(w, m.rows);
    w.integer(m.part);
    w.boolean(m.last);
    w.end();
}

Offer readOffer(CborReader &r)
{
    Offer m;
    m.real = readPair(r);
    m.salts = readSalts(r, kMaxOfferSalts);
    m.retired = r.integer();
    if (m.retired < 0 || m.retired > kMaxSeq)
        r.bad();
    m.rows = readRows(r);
    if (r.more()) {
        m.part = readPart(r);
        m.last = r.boolean();
    }
    return m;
}

void write(CborWriter &w, const More &m)
{
    begin(w, kMoreNumber, 1);
    w.integer(m.part);
    w.end();
}

More readMore(CborReader &r)
{
    return More{readPart(r)};
}

void write(CborWriter &w, const Compare &m)
{
    begin(w, kCompareNumber, 5);
    writeSubject(w, m);
    w.array(m.sums.size());
    for (const std::uint64_t sum : m.sums)
        w.natural(sum);
    w.end();
    w.end();
}

Compare readCompare(CborReader &r)
{
    Compare m;
    readSubject(r, m);
    const std::size_t n = r.array(kBuckets);
    for (std::size_t i = 0; i < n && r.ok(); ++i)
        m.sums.push_back(r.natural());
    r.leave();
    if (m.sums.size() != kBuckets)
        r.bad();
    return m;
}

void write(CborWriter &w, const Compared &m)
{
    begin(w, kComparedNumber, 7);
    writeSubject(w, m);
    w.boolean(m.scan);
    w.array(m.buckets.size());
    for (const std::uint8_t bucket : m.buckets)
        w.integer(bucket);
    w.end();
    writeRows(w, m.rows);
    w.end();
}

Compared readCompared(CborReader &r)
{
    Compared m;
    readSubject(r, m);
    m.scan = r.boolean();
    const std::size_t n = r.array(kBuckets);
    for (std::size_t i = 0; i < n && r.ok(); ++i) {
        const std::int64_t bucket = r.integer();
        if (bucket < 0 || bucket >= static_cast<std::int64_t>(kBuckets))
            r.bad();
        m.buckets.push_back(static_cast<std::uint8_t>(bucket));
    }
    r.leave();
    m.rows = readRows(r);
    return m;
}

} // namespace anteroom::sync::detail

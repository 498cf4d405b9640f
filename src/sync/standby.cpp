#include "sync/standby.h"

#include "sync/codec_rows.h"

#include <algorithm>

namespace anteroom::sync {

using namespace detail;

namespace {

constexpr int kVersion = 1;
constexpr std::size_t kMaxAuthors = 4096;        // devices by their lives
constexpr std::size_t kMaxOffers = 4096;
constexpr std::size_t kMaxHash = 64;
constexpr std::size_t kMaxPrefix = 8;

struct Counted {
    Author author;
    Counter counter;
    std::int64_t retired = 0;                    // replies up to it are not kept any more
    Answers replies;
};

struct Blob {
    bool whole = false;
    std::int64_t prefixes = 0;
    std::vector<Counted> counted;
    std::vector<std::pair<Uuid, QByteArray>> tokens;
    std::vector<std::pair<Author, RevSalt>> offers;
};

void writeAuthor(CborWriter &w, const Author &author)
{
    w.id(author.device);
    w.integer(author.incarnation);
}

Author readAuthor(CborReader &r)
{
    Author author{r.id(), r.integer()};
    if (author.incarnation < 1)
        r.bad();
    return author;
}

void writeTokens(CborWriter &w, const std::vector<std::pair<Uuid, QByteArray>> &tokens)
{
    w.array(tokens.size());
    for (const auto &[device, hash] : tokens) {
        w.array(2);
        w.id(device);
        w.bytes(hash);
        w.end();
    }
    w.end();
}

QByteArray encoded(const Blob &blob)
{
    QByteArray out;
    CborWriter w(&out);
    w.array(6);
    w.integer(kVersion);
    w.boolean(blob.whole);
    w.integer(blob.prefixes);
    w.array(blob.counted.size());
    for (const Counted &c : blob.counted) {
        w.array(6);
        writeAuthor(w, c.author);
        w.integer(c.counter.seq);
        w.text(c.counter.prefix);
        w.integer(c.retired);
        writeAnswers(w, c.replies);
        w.end();
    }
    w.end();
    writeTokens(w, blob.tokens);
    w.array(blob.offers.size());
    for (const auto &[author, real] : blob.offers) {
        w.array(4);
        writeAuthor(w, author);
        w.integer(real.rev);
        w.natural(real.salt);
        w.end();
    }
    w.end();
    w.end();
    return out;
}

Counted readCounted(CborReader &r)
{
    Counted c;
    r.exactArray(6);
    c.author = readAuthor(r);
    c.counter.seq = r.integer();
    c.counter.prefix = r.text(kMaxPrefix);
    c.retired = r.integer();
    c.replies = readAnswers(r);
    r.leave();
    if (c.counter.seq < 0 || c.retired < 0 || (!c.replies.empty() && c.replies.rbegin()->first > c.counter.seq))
        r.bad();
    return c;
}

Blob decoded(CborReader &r)
{
    Blob blob;
    r.exactArray(6);
    if (r.integer() != kVersion)
        r.bad();
    blob.whole = r.boolean();
    blob.prefixes = r.integer();
    if (blob.prefixes < 0)
        r.bad();
    for (std::size_t n = r.array(kMaxAuthors); n > 0 && r.ok(); --n)
        blob.counted.push_back(readCounted(r));
    r.leave();
    for (std::size_t n = r.array(kMaxAuthors); n > 0 && r.ok(); --n) {
        r.exactArray(2);
        const Uuid device = r.id();
        blob.tokens.emplace_back(device, r.bytes(kMaxHash));
        r.leave();
    }
    r.leave();
    for (std::size_t n = r.array(kMaxOffers); n > 0 && r.ok(); --n) {
        r.exactArray(4);
        const Author author = readAuthor(r);
        const std::int64_t rev = r.integer();
        blob.offers.push_back({author, {rev, r.natural()}});
        r.leave();
    }
    r.leave();
    r.leave();
    return blob;
}

Blob everything(StoreTx &tx)
{
    Blob blob;
    blob.whole = true;
    blob.prefixes = stateInt(tx, key::kPrefixes);
    for (const auto &[author, counter] : tx.counters()) {
        Answers replies = tx.repliesAfter(author, 0);
        const std::int64_t retired = replies.empty() ? counter.seq : replies.begin()->first - 1;
        blob.counted.push_back({author, counter, retired, std::move(replies)});
    }
    blob.tokens = tx.tokens();
    blob.offers = tx.offersTaken();
    blob.offers.resize(std::min(blob.offers.size(), kMaxOffers));      // one that is offered again is compared again
    return blob;
}

} // namespace

QByteArray standbyWhole(StoreTx &tx)
{
    QByteArray out = encoded(everything(tx));
    return static_cast<std::size_t>(out.size()) <= kMaxStandbyBytes ? out : QByteArray();
}

Result<void> takeStandby(QByteArrayView blob, StoreTx &tx)
{
    CborReader r(blob);
    const Blob told = decoded(r);
    if (!r.ok() || !r.atEnd())
        return fail(ErrorCode::Protocol, QStringLiteral("This is nothing that a standby keeps; the line is dropped."));
    if (told.prefixes > 0)
        setStateInt(tx, key::kPrefixes, told.prefixes);
    for (const Counted &c : told.counted) {
        tx.setCounter(c.author, c.counter);
        tx.dropReplies(c.author, c.retired);
        for (const auto &[seq, reply] : c.replies)
            tx.keepReply(c.author, seq, reply);
    }
    for (const auto &[device, hash] : told.tokens)
        tx.setToken(device, hash);
    for (const auto &[author, real] : told.offers)
        tx.setOfferTaken(author, real);
    return {};
}

QByteArray StandbyNews::revision(const Author &author, std::int64_t seq, std::int64_t retired, const Reply &reply, StoreTx &tx)
{
    QByteArray tokens;
    CborWriter w(&tokens);
    writeTokens(w, tx.tokens());
    m_whole = m_whole || tokens != m_tokens;
    if (std::exchange(m_whole, false)) {
        m_tokens = tokens;
        return standbyWhole(tx);
    }
    Blob blob;
    if (seq > 0)
        blob.counted.push_back({author, tx.counter(author).value_or(Counter{}), retired, {{seq, reply}}});
    return blob.counted.empty() ? QByteArray() : encoded(blob);
}

} // namespace anteroom::sync

#include "sync/history_mark.h"

#include <QtEndian>

#include <algorithm>

namespace anteroom::sync {

namespace {

constexpr char kHostKind = 1, kClientKind = 2;
constexpr qsizetype kHostBytes = 1 + 8 + 16 + 8 + 8, kClientBytes = 1 + 8 + 8;
constexpr std::string_view kMarkKnown = "mark_known";
// A lost part of the history may have let PCs join: so many prefixes are passed over by each new epoch.
constexpr std::int64_t kPrefixesOfLostHistory = 64;
constexpr int kIncarnationBits = 32;                     // below the count: random, so that two copies never meet

void appendInt(QByteArray &out, std::uint64_t v)
{
    char raw[8];
    qToBigEndian<quint64>(v, raw);
    out.append(raw, 8);
}

std::uint64_t intAt(QByteArrayView bytes, qsizetype at) { return qFromBigEndian<quint64>(bytes.data() + at); }

bool markKnown(StoreTx &tx) { return !tx.state(kMarkKnown).value_or(QByteArray()).isEmpty(); }

// AA is the host's own; then AB, AC … in Crockford's alphabet, three characters when two are used up.
std::string prefixNumber(std::int64_t n)
{
    constexpr std::string_view alphabet = "ABCDEFGHJKMNPQRSTVWXYZ0123456789";
    std::string out;
    for (int digits = 2; digits > 0 || n > 0; --digits) {
        out.insert(out.begin(), alphabet[static_cast<std::size_t>(n % 32)]);
        n /= 32;
    }
    return out;
}

HistoryFault faultOf(const HostMark &mark, StoreTx &tx)
{
    const Epoch epoch = stateEpoch(tx);
    if (mark.epoch.number > epoch.number || mark.at.rev > stateInt(tx, key::kHead))
        return HistoryFault::Leads;
    if ((mark.epoch.number == epoch.number && mark.epoch != epoch) || tx.salt(mark.at.rev) != mark.at.salt)
        return HistoryFault::Foreign;
    return HistoryFault::None;
}

HistoryFault faultOf(const ClientMark &mark, StoreTx &tx)
{
    const ClientMark mine = clientMark(tx);
    const bool leads = mark.incarnation > mine.incarnation || (mark.incarnation == mine.incarnation && mark.seq > mine.seq);
    return leads ? HistoryFault::Leads : HistoryFault::None;
}

template <typename T>
HistoryFault faultOf(const MarkFound &found, StoreTx &tx)
{
    const T *mark = found.mark ? std::get_if<T>(&*found.mark) : nullptr;
    if (!mark)
        return markKnown(tx) ? HistoryFault::Missing : HistoryFault::None;       // written before there were marks
    const HistoryFault fault = faultOf(*mark, tx);
    return fault == HistoryFault::None && found.copied ? HistoryFault::Copied : fault;
}

} // namespace

QByteArray encodeMark(const Mark &mark)
{
    QByteArray out;
    if (const auto *host = std::get_if<HostMark>(&mark)) {
        out.append(kHostKind);
        appendInt(out, static_cast<std::uint64_t>(host->epoch.number));
        out.append(host->epoch.id.toBytes());
        appendInt(out, static_cast<std::uint64_t>(host->at.rev));
        appendInt(out, host->at.salt);
        return out;
    }
    const auto &client = std::get<ClientMark>(mark);
    out.append(kClientKind);
    appendInt(out, static_cast<std::uint64_t>(client.incarnation));
    appendInt(out, static_cast<std::uint64_t>(client.seq));
    return out;
}

std::optional<Mark> decodeMark(QByteArrayView bytes)
{
    if (bytes.size() == kHostBytes && bytes[0] == kHostKind) {
        HostMark mark;
        mark.epoch.number = static_cast<std::int64_t>(intAt(bytes, 1));
        mark.epoch.id = *Uuid::fromBytes(bytes.sliced(9, 16));
        mark.at = {static_cast<std::int64_t>(intAt(bytes, 25)), intAt(bytes, 33)};
        return mark;
    }
    if (bytes.size() == kClientBytes && bytes[0] == kClientKind)
        return ClientMark{static_cast<std::int64_t>(intAt(bytes, 1)), static_cast<std::int64_t>(intAt(bytes, 9))};
    return std::nullopt;
}

HistoryFinding openHostHistory(const MarkFound &found, Random &random, StoreTx &tx)
{
    HistoryFinding out;
    const auto *mark = found.mark ? std::get_if<HostMark>(&*found.mark) : nullptr;
    out.told = mark ? mark->at.rev : 0;
    if (stateEpoch(tx).number != 0) {                // else there is no history yet that could be another one
        out.fault = faultOf<HostMark>(found, tx);
        if (out.fault != HistoryFault::None)
            openEpoch(mark ? mark->epoch.number : 0, random, tx);
    }
    setMarkKnown(tx);
    return out;
}

HistoryFinding openClientHistory(const MarkFound &found, Random &random, StoreTx &tx)
{
    HistoryFinding out;
    const auto *mark = found.mark ? std::get_if<ClientMark>(&*found.mark) : nullptr;
    out.told = mark ? mark->seq : 0;
    out.fault = faultOf<ClientMark>(found, tx);
    if (out.fault != HistoryFault::None)
        newIncarnation(mark ? mark->incarnation : 0, random, tx);
    setMarkKnown(tx);
    return out;
}

void setMarkKnown(StoreTx &tx)
{
    if (!markKnown(tx))
        tx.setState(kMarkKnown, QByteArrayLiteral("1"));
}

HostMark hostMark(StoreTx &tx)
{
    const std::int64_t rev = stateInt(tx, key::kHead);
    return {stateEpoch(tx), {rev, tx.salt(rev).value_or(0)}};
}

ClientMark clientMark(StoreTx &tx)
{
    return {stateInt(tx, key::kIncarnation, 1), stateInt(tx, key::kSeq)};
}

void openEpoch(std::int64_t above, Random &random, StoreTx &tx)
{
    Epoch epoch = stateEpoch(tx);
    epoch.number = std::max(above, epoch.number) + 1;
    random.fill(epoch.id.bytes.data(), epoch.id.bytes.size());
    setStateEpoch(tx, epoch);
    setStateInt(tx, key::kPrefixes, stateInt(tx, key::kPrefixes, 1) + kPrefixesOfLostHistory);
    tx.setState(key::kPrefix, QByteArray::fromStdString(takePrefix(tx)));
}

void newIncarnation(std::int64_t above, Random &random, StoreTx &tx)
{
    const std::int64_t highest = std::max(above, stateInt(tx, key::kIncarnation, 1));
    const auto unlike = static_cast<std::int64_t>(random.u64() >> (64 - kIncarnationBits));
    setStateInt(tx, key::kIncarnation, (((highest >> kIncarnationBits) + 1) << kIncarnationBits) | unlike);
    setStateInt(tx, key::kSeq, tx.renumberOutbox());
    setStateInt(tx, key::kRetired, 0);
    tx.setState(key::kPrefix, {});                   // that of the other copy; WELCOME gives another one
}

std::string takePrefix(StoreTx &tx)
{
    const std::int64_t n = stateInt(tx, key::kPrefixes, 1);
    setStateInt(tx, key::kPrefixes, n + 1);
    return prefixNumber(n);
}

} // namespace anteroom::sync

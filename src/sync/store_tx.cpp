#include "sync/store_tx.h"

#include <QtEndian>

#include <cstring>

namespace anteroom::sync {

namespace {

std::int64_t readInt(const char *raw) { return static_cast<std::int64_t>(qFromBigEndian<qint64>(raw)); }

void appendInt(QByteArray &out, std::int64_t v)
{
    char raw[8];
    qToBigEndian<qint64>(v, raw);
    out.append(raw, 8);
}

} // namespace

std::int64_t stateInt(StoreTx &tx, std::string_view key, std::int64_t otherwise)
{
    const auto raw = tx.state(key);
    return raw && raw->size() == 8 ? readInt(raw->constData()) : otherwise;
}

void setStateInt(StoreTx &tx, std::string_view key, std::int64_t value)
{
    QByteArray raw;
    appendInt(raw, value);
    tx.setState(key, raw);
}

std::optional<RevPos> stateCursor(StoreTx &tx, std::string_view key)
{
    const auto raw = tx.state(key);
    if (!raw || raw->size() != 16)
        return std::nullopt;
    return RevPos{readInt(raw->constData()), static_cast<std::int32_t>(readInt(raw->constData() + 8))};
}

void setStateCursor(StoreTx &tx, std::string_view key, RevPos value)
{
    QByteArray raw;
    appendInt(raw, value.rev);
    appendInt(raw, value.pos);
    tx.setState(key, raw);
}

Epoch stateEpoch(StoreTx &tx)
{
    const auto raw = tx.state(key::kEpoch);
    if (!raw || raw->size() != 24)
        return {};
    return Epoch{readInt(raw->constData()), *Uuid::fromBytes(QByteArrayView(*raw).sliced(8))};
}

void setStateEpoch(StoreTx &tx, const Epoch &epoch)
{
    QByteArray raw;
    appendInt(raw, epoch.number);
    raw.append(epoch.id.toBytes());
    tx.setState(key::kEpoch, raw);
}

} // namespace anteroom::sync

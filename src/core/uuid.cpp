#include "core/uuid.h"

#include "core/clock.h"
#include "core/random.h"

#include <QCryptographicHash>

#include <algorithm>
#include <cstring>

namespace anteroom {

bool Uuid::isNull() const
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0; });
}

QString Uuid::toString() const
{
    const QByteArray hex = toBytes().toHex();
    return QString::fromLatin1(hex.left(8) + '-' + hex.mid(8, 4) + '-' + hex.mid(12, 4) + '-' + hex.mid(16, 4) + '-' + hex.mid(20));
}

QByteArray Uuid::toBytes() const
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), 16);
}

std::optional<Uuid> Uuid::fromString(QStringView text)
{
    if (text.size() != 36)
        return std::nullopt;
    QByteArray hex;
    for (int i = 0; i < 36; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char16_t c = text[i].unicode();
        if (dash != (c == u'-'))
            return std::nullopt;
        if (dash)
            continue;
        if (!((c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F')))
            return std::nullopt;
        hex.append(static_cast<char>(c));
    }
    return fromBytes(QByteArray::fromHex(hex));
}

std::optional<Uuid> Uuid::fromBytes(QByteArrayView raw)
{
    if (raw.size() != 16)
        return std::nullopt;
    Uuid id;
    std::memcpy(id.bytes.data(), raw.data(), 16);
    return id;
}

Uuid uuidV7(const Clock &clock, Random &random)
{
    Uuid id;
    random.fill(id.bytes.data(), id.bytes.size());
    const auto ms = static_cast<std::uint64_t>(clock.utcMs());
    for (int i = 0; i < 6; ++i)
        id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (8 * (5 - i)));
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x70);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

Uuid uuidV5(const Uuid &space, std::string_view name)
{
    QCryptographicHash sha1(QCryptographicHash::Sha1);
    sha1.addData(QByteArrayView(reinterpret_cast<const char *>(space.bytes.data()), 16));
    sha1.addData(QByteArrayView(name.data(), static_cast<qsizetype>(name.size())));
    Uuid id = *Uuid::fromBytes(sha1.result().left(16));
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x50);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

} // namespace anteroom

std::size_t std::hash<anteroom::Uuid>::operator()(const anteroom::Uuid &id) const noexcept
{
    std::uint64_t low = 0;      // the last eight bytes are random in v7 and hashed in v5
    std::memcpy(&low, id.bytes.data() + 8, 8);
    return static_cast<std::size_t>(low * 0x9e3779b97f4a7c15ULL);
}

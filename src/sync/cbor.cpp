#include "sync/cbor.h"

#include <QUtf8StringView>

namespace anteroom::sync {

namespace {
constexpr std::size_t kMaxValueBytes = 1024 * 1024;      // no value is larger than a message
}

void CborWriter::value(const schema::Value &v)
{
    switch (v.index()) {
    case 0: null(); break;
    case 1: integer(std::get<std::int64_t>(v)); break;
    case 2: m_writer.append(std::get<double>(v)); break;
    case 3: text(std::get<std::string>(v)); break;
    case 4: id(std::get<Uuid>(v)); break;
    default: bytes(std::get<schema::Blob>(v)); break;
    }
}

bool CborReader::atEnd() const
{
    return m_reader.currentOffset() == m_size;
}

std::size_t CborReader::array(std::size_t max)
{
    if (!m_ok || !m_reader.isArray() || !m_reader.isLengthKnown()) {
        m_ok = false;
        return 0;
    }
    const auto items = static_cast<std::size_t>(m_reader.length());
    if (items > max || !m_reader.enterContainer()) {
        m_ok = false;
        return 0;
    }
    return items;
}

void CborReader::exactArray(std::size_t items)
{
    if (array(items + 16) < items)          // a newer peer may have appended fields
        m_ok = false;
}

void CborReader::leave()
{
    if (!m_ok)
        return;
    while (m_reader.hasNext() && m_ok)      // a newer peer may have appended fields
        skip();
    if (m_ok && !m_reader.leaveContainer())
        m_ok = false;
}

void CborReader::skip()
{
    if (!m_ok || !m_reader.next(16))
        m_ok = false;
}

bool CborReader::more()
{
    m_ok = m_ok && m_reader.lastError() == QCborError::NoError;      // cut off here is not the same as never written
    return m_ok && m_reader.hasNext();
}

bool CborReader::isNull()
{
    if (!m_ok || !m_reader.isNull())
        return false;
    skip();
    return true;
}

std::int64_t CborReader::integer()
{
    if (!m_ok || !m_reader.isInteger()) {
        m_ok = false;
        return 0;
    }
    std::int64_t value = 0;
    if (m_reader.isUnsignedInteger()) {
        const quint64 raw = m_reader.toUnsignedInteger();
        if (raw > static_cast<quint64>(INT64_MAX))
            m_ok = false;
        value = static_cast<std::int64_t>(raw);
    } else {
        const auto raw = static_cast<quint64>(m_reader.toNegativeInteger());
        if (raw == 0 || raw > static_cast<quint64>(INT64_MAX) + 1)
            m_ok = false;
        else
            value = -static_cast<std::int64_t>(raw - 1) - 1;      // −2⁶³ has no positive
    }
    m_ok = m_ok && m_reader.next();
    return m_ok ? value : 0;
}

std::uint64_t CborReader::natural()
{
    if (!m_ok || !m_reader.isUnsignedInteger()) {
        m_ok = false;
        return 0;
    }
    const quint64 value = m_reader.toUnsignedInteger();
    m_ok = m_reader.next();
    return m_ok ? value : 0;
}

bool CborReader::boolean()
{
    if (!m_ok || !m_reader.isBool()) {
        m_ok = false;
        return false;
    }
    const bool value = m_reader.toBool();
    m_ok = m_reader.next();
    return value;
}

QByteArray CborReader::string(std::size_t maxBytes)
{
    QByteArray out;
    if (!m_reader.isLengthKnown() || m_reader.length() > maxBytes) {
        m_ok = false;
        return out;
    }
    out.resize(static_cast<qsizetype>(m_reader.length()));
    qsizetype at = 0;
    for (;;) {
        const auto part = m_reader.readStringChunk(out.data() + at, out.size() - at);
        if (part.status == QCborStreamReader::EndOfString)
            break;
        if (part.status != QCborStreamReader::Ok) {
            m_ok = false;
            return {};
        }
        at += part.data;
    }
    if (at != out.size())
        m_ok = false;
    return out;
}

std::string CborReader::text(std::size_t maxBytes)
{
    if (!m_ok || !m_reader.isString()) {
        m_ok = false;
        return {};
    }
    const QByteArray raw = string(maxBytes);
    if (m_ok && !QUtf8StringView(raw).isValidUtf8())
        m_ok = false;
    return m_ok ? raw.toStdString() : std::string();
}

QByteArray CborReader::bytes(std::size_t maxBytes)
{
    if (!m_ok || !m_reader.isByteArray()) {
        m_ok = false;
        return {};
    }
    return string(maxBytes);
}

Uuid CborReader::id()
{
    const QByteArray raw = bytes(16);
    const auto id = Uuid::fromBytes(raw);
    if (!id)
        m_ok = false;
    return id.value_or(Uuid{});
}

schema::Value CborReader::value(schema::Type type)
{
    if (!m_ok)
        return {};
    switch (m_reader.type()) {
    case QCborStreamReader::UnsignedInteger:
    case QCborStreamReader::NegativeInteger: {
        const std::int64_t v = integer();
        return type == schema::Type::Real ? schema::Value(static_cast<double>(v)) : schema::Value(v);
    }
    case QCborStreamReader::Float16:
    case QCborStreamReader::Float:
    case QCborStreamReader::Double: {
        const double v = m_reader.isDouble() ? m_reader.toDouble() : m_reader.isFloat() ? static_cast<double>(m_reader.toFloat()) : static_cast<double>(float(m_reader.toFloat16()));
        m_ok = m_reader.next();
        return v;
    }
    case QCborStreamReader::String:
        return schema::Value(text(kMaxValueBytes));
    case QCborStreamReader::ByteArray: {
        QByteArray raw = bytes(kMaxValueBytes);
        if (type == schema::Type::Uuid)
            if (const auto id = Uuid::fromBytes(raw))
                return *id;
        return schema::Value(std::move(raw));
    }
    default:
        if (!isNull())
            m_ok = false;
        return {};
    }
}

} // namespace anteroom::sync

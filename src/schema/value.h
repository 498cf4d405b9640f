// Value: one field of a record. NULL, integer (also booleans, money in minor units, times in UTC ms), real, text in
// UTF-8, an id, or bytes. Values are canonical: '' is NULL, so that two replicas never disagree about nothing.
#pragma once

#include "core/uuid.h"

#include <QByteArray>

#include <cstdint>
#include <string>
#include <variant>

namespace anteroom::schema {

using Blob = QByteArray;
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Uuid, Blob>;

[[nodiscard]] inline bool isNull(const Value &v) { return v.index() == 0; }
[[nodiscard]] inline std::int64_t toInt(const Value &v, std::int64_t otherwise = 0)
{
    const auto *p = std::get_if<std::int64_t>(&v);
    return p ? *p : otherwise;
}
[[nodiscard]] inline std::string_view toText(const Value &v)
{
    const auto *p = std::get_if<std::string>(&v);
    return p ? std::string_view(*p) : std::string_view();
}
[[nodiscard]] inline Uuid toUuid(const Value &v)
{
    const auto *p = std::get_if<Uuid>(&v);
    return p ? *p : Uuid{};
}
[[nodiscard]] inline QString toQString(const Value &v)
{
    const auto text = toText(v);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
[[nodiscard]] inline Value text(const QString &s)   // '' becomes NULL
{
    return s.isEmpty() ? Value{} : Value{s.toStdString()};
}
[[nodiscard]] inline Value idOrNull(const Uuid &id) { return id.isNull() ? Value{} : Value{id}; }

} // namespace anteroom::schema

// Logging that cannot leak a person: a line is a literal and fields, and a field is a number, an id, a literal or an
// Error. There is no way to pass a QString, so names, notes and tokens stay out by construction. Log text is English,
// for whoever runs the clinic's PCs; it is never shown on the desk.
//
//     log::info(log::sync, "page applied", {{"rev", rev}, {"rows", rows.size()}});
//     → anteroom.sync: page applied rev=812 rows=40
//
// Switched as Qt does it: QT_LOGGING_RULES="anteroom.sync.debug=true".
#pragma once

#include "core/result.h"
#include "core/uuid.h"

#include <QLoggingCategory>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

namespace anteroom::log {

// Text that stands in the source: consteval, so that a buffer or a QString does not compile.
class Literal {
public:
    template <std::size_t N>
    consteval Literal(const char (&text)[N]) : m_text(text, N - 1) {}      // NOLINT(google-explicit-constructor)
    [[nodiscard]] std::string_view text() const { return m_text; }

private:
    std::string_view m_text;
};

class Field {
public:
    Field(Literal key, std::integral auto value) : m_key(key), m_value(static_cast<std::int64_t>(value)) {}
    Field(Literal key, bool value) : m_key(key), m_value(value) {}
    Field(Literal key, double value) : m_key(key), m_value(value) {}
    Field(Literal key, const Uuid &value) : m_key(key), m_value(value) {}
    Field(Literal key, Literal value) : m_key(key), m_value(value) {}
    // code and detail; `subject` may be an address or a path and stays out
    Field(Literal key, const Error &value) : m_key(key), m_value(value) {}

    void appendTo(QString &line) const;

private:
    Literal m_key;
    std::variant<std::int64_t, bool, double, Uuid, Literal, Error> m_value;
};

using Fields = std::initializer_list<Field>;
using Category = const QLoggingCategory &(*)();

// Categories, one a library that logs.
const QLoggingCategory &core();
const QLoggingCategory &storage();
const QLoggingCategory &sync();
const QLoggingCategory &transport();
const QLoggingCategory &session();
const QLoggingCategory &node();
const QLoggingCategory &exchange();
const QLoggingCategory &desk();

void debug(Category category, Literal text, Fields fields = {});
void info(Category category, Literal text, Fields fields = {});
void warning(Category category, Literal text, Fields fields = {});
void critical(Category category, Literal text, Fields fields = {});

} // namespace anteroom::log

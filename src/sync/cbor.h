// Writer and Reader: the few CBOR items that Anteroom uses, over Qt's streams. The Reader is sticky: after the first
// surprise every read answers with nothing and ok() is false, so a decoder is written straight down and checked once.
// Internal to sync; never sees a socket.
#pragma once

#include "schema/change.h"

#include <QCborStreamReader>
#include <QCborStreamWriter>

#include <optional>
#include <string>

namespace anteroom::sync {

class CborWriter {
public:
    explicit CborWriter(QByteArray *out) : m_writer(out) {}
    void array(std::size_t items) { m_writer.startArray(items); }
    void end() { m_writer.endArray(); }
    void integer(std::int64_t v) { m_writer.append(static_cast<qint64>(v)); }
    void natural(std::uint64_t v) { m_writer.append(static_cast<quint64>(v)); }
    void boolean(bool v) { m_writer.append(v); }
    void null() { m_writer.appendNull(); }
    void text(std::string_view v) { m_writer.appendTextString(v.data(), static_cast<qsizetype>(v.size())); }
    void bytes(const QByteArray &v) { m_writer.appendByteString(v.constData(), v.size()); }
    void id(const Uuid &v) { m_writer.appendByteString(reinterpret_cast<const char *>(v.bytes.data()), 16); }
    void value(const schema::Value &v);

private:
    QCborStreamWriter m_writer;
};

class CborReader {
public:
    explicit CborReader(QByteArrayView bytes) : m_reader(bytes.data(), bytes.size()), m_size(bytes.size()) {}

    [[nodiscard]] bool ok() const { return m_ok; }
    void bad() { m_ok = false; }
    [[nodiscard]] bool atEnd() const;                    // every byte was read

    // Enters an array of at most `max` items and answers the count; or of `items` and whatever a newer peer appended.
    // leave() skips what was not read.
    [[nodiscard]] std::size_t array(std::size_t max);
    void exactArray(std::size_t items);
    void leave();
    [[nodiscard]] bool more();                           // a field that an older peer does not write is there
    void skip();
    [[nodiscard]] bool isNull();                         // true: a null was there and is consumed
    [[nodiscard]] std::int64_t integer();
    [[nodiscard]] std::uint64_t natural();
    [[nodiscard]] bool boolean();
    [[nodiscard]] std::string text(std::size_t maxBytes);
    [[nodiscard]] QByteArray bytes(std::size_t maxBytes);
    [[nodiscard]] Uuid id();
    [[nodiscard]] schema::Value value(schema::Type type);   // the column's type tells 16 bytes from an id

private:
    [[nodiscard]] QByteArray string(std::size_t maxBytes);

    QCborStreamReader m_reader;
    qsizetype m_size;
    bool m_ok = true;
};

} // namespace anteroom::sync

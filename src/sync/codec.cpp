#include "sync/codec.h"

#include "schema/registry.h"
#include "sync/codec_rows.h"

namespace anteroom::sync {

using namespace detail;

namespace {

tl::unexpected<Error> broken(const char *what)
{
    return fail(ErrorCode::Protocol, QStringLiteral("This is no Anteroom %1; the line is dropped.").arg(QLatin1String(what)));
}

} // namespace

QByteArray encode(const Message &message)
{
    QByteArray out;
    CborWriter w(&out);
    writeMessage(w, message);
    return out;
}

Result<Message> decode(QByteArrayView bytes)
{
    CborReader r(bytes);
    Message m = readMessage(r);
    if (!r.ok() || !r.atEnd())
        return broken("message");
    return m;
}

QByteArray encodeEntry(const Entry &entry)
{
    QByteArray out;
    CborWriter w(&out);
    writeEntry(w, entry);
    return out;
}

Result<Entry> decodeEntry(QByteArrayView bytes)
{
    CborReader r(bytes);
    Entry e = readEntry(r);
    if (!r.ok() || !r.atEnd())
        return broken("entry");
    return e;
}

QByteArray encodeReply(const Reply &reply)
{
    QByteArray out;
    CborWriter w(&out);
    writeReply(w, reply);
    return out;
}

Result<Reply> decodeReply(QByteArrayView bytes)
{
    CborReader r(bytes);
    Reply reply = readReply(r);
    if (!r.ok() || !r.atEnd())
        return broken("reply");
    return reply;
}

QByteArray encodeRow(const Table &table, const Row &row)
{
    QByteArray out;
    CborWriter w(&out);
    w.array(2);
    writeColumns(w, table);
    w.array(1 + row.values.size());
    w.id(row.id);
    for (const schema::Value &v : row.values)
        w.value(v);
    w.end();
    w.end();
    return out;
}

Result<Row> decodeRow(const Table &table, QByteArrayView bytes)
{
    CborReader r(bytes);
    r.exactArray(2);
    const std::vector<int> columns = readColumns(r, table);
    if (r.array(kMaxColumns + 1) != columns.size() + 1)
        r.bad();
    Row row = schema::emptyRow(table, r.id());
    for (const int position : columns) {
        schema::Value v = r.value(position < 0 ? schema::Type::Blob : schema::columnAt(table, position).type);
        if (position >= 0)
            row[position] = std::move(v);
    }
    r.leave();
    r.leave();
    if (!r.ok() || !r.atEnd())
        return broken("row");
    return row;
}

QByteArray encodeGroup(const Table &table, schema::GroupNo group, const std::vector<schema::Value> &values)
{
    QByteArray out;
    CborWriter w(&out);
    const auto columns = schema::groupColumns(table, group);
    w.array(2);
    w.array(columns.size());
    for (const int position : columns)
        w.integer(schema::columnAt(table, position).number);
    w.end();
    w.array(values.size());
    for (const schema::Value &v : values)
        w.value(v);
    w.end();
    w.end();
    return out;
}

Result<std::vector<schema::Value>> decodeGroup(const Table &table, schema::GroupNo group, QByteArrayView bytes)
{
    CborReader r(bytes);
    r.exactArray(2);
    const std::vector<int> sent = readColumns(r, table);
    const auto wanted = schema::groupColumns(table, group);
    std::vector<schema::Value> values(wanted.size());
    const std::size_t n = r.array(kMaxColumns);
    if (n != 0 && n != sent.size())              // none: there was nothing before
        r.bad();
    for (std::size_t i = 0; i < n && r.ok(); ++i) {
        schema::Value value = r.value(sent[i] < 0 ? schema::Type::Blob : schema::columnAt(table, sent[i]).type);
        for (std::size_t k = 0; k < wanted.size(); ++k)
            if (wanted[k] == sent[i])
                values[k] = std::move(value);
    }
    r.leave();
    r.leave();
    if (!r.ok() || !r.atEnd())
        return broken("group");
    return values;
}

std::size_t wireSize(const RowAt &row)
{
    std::size_t size = 40;
    for (const schema::Value &v : row.row.values) {
        if (const auto *s = std::get_if<std::string>(&v))
            size += s->size() + 5;
        else if (const auto *b = std::get_if<schema::Blob>(&v))
            size += static_cast<std::size_t>(b->size()) + 5;
        else
            size += v.index() == 4 ? 17 : v.index() == 0 ? 1 : 9;
    }
    return size;
}

} // namespace anteroom::sync

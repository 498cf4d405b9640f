#include "sync/codec_rows.h"

#include "schema/registry.h"

namespace anteroom::sync::detail {

using namespace schema;

namespace {

void writeValues(CborWriter &w, const std::vector<Value> &values)
{
    w.array(values.size());
    for (const Value &v : values)
        w.value(v);
    w.end();
}

// Values of a group, sent with their column numbers so that both sides may know other columns of the group.
std::vector<Value> readGroupValues(CborReader &r, const Table &table, const std::vector<int> &sent, std::span<const int> wanted)
{
    const std::size_t n = r.array(kMaxColumns);
    if (n == 0) {
        r.leave();
        return {};
    }
    if (n != sent.size()) {
        r.bad();
        return {};
    }
    std::vector<Value> out(wanted.size());
    for (const int position : sent) {
        Value v = r.value(position < 0 ? Type::Blob : columnAt(table, position).type);
        for (std::size_t i = 0; i < wanted.size(); ++i)
            if (wanted[i] == position)
                out[i] = std::move(v);
    }
    r.leave();
    return out;
}

GroupChange readGroup(CborReader &r, const Table &table)
{
    GroupChange g;
    r.exactArray(4);
    const std::int64_t number = r.integer();
    const Group *known = number > 0 && number <= 255 ? findGroup(table, static_cast<GroupNo>(number)) : nullptr;
    const std::vector<int> sent = readColumns(r, table);
    if (!known) {
        r.bad();
        return g;
    }
    g.group = known->number;
    const auto wanted = groupColumns(table, g.group);
    g.oldValues = readGroupValues(r, table, sent, wanted);
    g.newValues = readGroupValues(r, table, sent, wanted);
    r.leave();
    return g;
}

void writeChange(CborWriter &w, const Change &c)
{
    w.array(7);
    w.integer(c.table->number);
    w.id(c.id);
    w.integer(static_cast<int>(c.op));
    w.integer(c.baseRev);
    w.boolean(c.oldDeleted);
    w.text(c.reason);
    w.array(c.groups.size());
    for (const GroupChange &g : c.groups) {
        w.array(4);
        w.integer(g.group);
        const auto columns = groupColumns(*c.table, g.group);
        w.array(columns.size());
        for (const int position : columns)
            w.integer(columnAt(*c.table, position).number);
        w.end();
        writeValues(w, g.oldValues);
        writeValues(w, g.newValues);
        w.end();
    }
    w.end();
    w.end();
}

Change readChange(CborReader &r)
{
    Change c;
    r.exactArray(7);
    const std::int64_t number = r.integer();
    c.table = number > 0 && number < 65536 ? findTable(static_cast<std::uint16_t>(number)) : nullptr;
    if (!c.table) {
        r.bad();
        return c;
    }
    c.id = r.id();
    const std::int64_t op = r.integer();
    if (op < 1 || op > 4)
        r.bad();
    c.op = static_cast<Op>(op);
    c.baseRev = r.integer();
    c.oldDeleted = r.boolean();
    c.reason = r.text(kMaxText);
    const std::size_t groups = r.array(255);
    for (std::size_t i = 0; i < groups && r.ok(); ++i)
        c.groups.push_back(readGroup(r, *c.table));
    r.leave();
    r.leave();
    return c;
}

} // namespace

void writeColumns(CborWriter &w, const Table &table)
{
    w.array(static_cast<std::size_t>(columnCount(table)));
    for (int i = 0; i < columnCount(table); ++i)
        w.integer(columnAt(table, i).number);
    w.end();
}

std::vector<int> readColumns(CborReader &r, const Table &table)
{
    std::vector<int> out;
    const std::size_t n = r.array(kMaxColumns);
    for (std::size_t i = 0; i < n && r.ok(); ++i) {
        const std::int64_t number = r.integer();
        out.push_back(number > 0 && number < 65536 ? findColumnByNumber(table, static_cast<std::uint16_t>(number)) : -1);
    }
    r.leave();
    return out;
}

// Runs of rows of one table share one list of columns: [[table, [column…], [[id, rev, pos, value…]…]]…]
void writeRows(CborWriter &w, const std::vector<RowAt> &rows)
{
    std::size_t runs = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        runs += i == 0 || rows[i].table != rows[i - 1].table;
    w.array(runs);
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t end = i;
        while (end < rows.size() && rows[end].table == rows[i].table)
            ++end;
        w.array(3);
        w.integer(rows[i].table->number);
        writeColumns(w, *rows[i].table);
        w.array(end - i);
        for (; i < end; ++i) {
            w.array(3 + rows[i].row.values.size());
            w.id(rows[i].row.id);
            w.integer(rows[i].at.rev);
            w.integer(rows[i].at.pos);
            for (const Value &v : rows[i].row.values)
                w.value(v);
            w.end();
        }
        w.end();
        w.end();
    }
    w.end();
}

std::vector<RowAt> readRows(CborReader &r)
{
    std::vector<RowAt> out;
    const std::size_t runs = r.array(kMaxRows);
    for (std::size_t run = 0; run < runs && r.ok(); ++run) {
        r.exactArray(3);
        const std::int64_t number = r.integer();
        const Table *table = number > 0 && number < 65536 ? findTable(static_cast<std::uint16_t>(number)) : nullptr;
        if (!table) {
            r.leave();
            continue;
        }
        const std::vector<int> columns = readColumns(r, *table);
        const std::size_t n = r.array(kMaxRows);
        for (std::size_t i = 0; i < n && r.ok(); ++i) {
            if (r.array(kMaxColumns + 3) != columns.size() + 3)
                r.bad();
            RowAt row{table, emptyRow(*table, r.id()), {}};
            row.at.rev = r.integer();
            const std::int64_t pos = r.integer();
            if (row.at.rev < 0 || pos < 0 || pos > kAllOfRev)
                r.bad();
            row.at.pos = static_cast<std::int32_t>(pos);
            for (const int position : columns) {
                Value v = r.value(position < 0 ? Type::Blob : columnAt(*table, position).type);
                if (position >= 0)
                    row.row[position] = std::move(v);
            }
            r.leave();
            out.push_back(std::move(row));
        }
        r.leave();
        r.leave();
    }
    r.leave();
    return out;
}

void writeEntry(CborWriter &w, const Entry &entry)
{
    w.array(7);
    w.id(entry.uuid);
    w.integer(static_cast<int>(entry.claim));
    w.text(entry.act);
    w.integer(entry.at);
    w.id(entry.user);
    w.id(entry.device);
    w.array(entry.changes.size());
    for (const Change &c : entry.changes)
        writeChange(w, c);
    w.end();
    w.end();
}

Entry readEntry(CborReader &r)
{
    Entry e;
    r.exactArray(7);
    e.uuid = r.id();
    const std::int64_t claim = r.integer();
    if (claim < 0 || claim > 2)
        r.bad();
    e.claim = static_cast<Claim>(claim);
    e.act = r.text(255);
    e.at = r.integer();
    e.user = r.id();
    e.device = r.id();
    const std::size_t n = r.array(kMaxChangesPerEntry);
    for (std::size_t i = 0; i < n && r.ok(); ++i)
        e.changes.push_back(readChange(r));
    r.leave();
    r.leave();
    return e;
}

void writeReply(CborWriter &w, const Reply &reply)
{
    w.array(6);
    w.integer(static_cast<int>(reply.verdict));
    w.integer(reply.rev);
    w.text(reply.why);
    w.text(reply.number);
    reply.called ? w.id(*reply.called) : w.null();
    reply.desk ? w.id(*reply.desk) : w.null();
    w.end();
}

Reply readReply(CborReader &r)
{
    Reply reply;
    r.exactArray(6);
    const std::int64_t verdict = r.integer();
    if (verdict < 1 || verdict > 4)
        r.bad();
    reply.verdict = static_cast<Verdict>(verdict);
    reply.rev = r.integer();
    reply.why = r.text(kMaxText);
    reply.number = r.text(255);
    if (!r.isNull())
        reply.called = r.id();
    if (!r.isNull())
        reply.desk = r.id();
    r.leave();
    return reply;
}

void writeAnswers(CborWriter &w, const Answers &answers)
{
    w.array(answers.size());
    for (const auto &[seq, reply] : answers) {
        w.array(2);
        w.integer(seq);
        writeReply(w, reply);
        w.end();
    }
    w.end();
}

Answers readAnswers(CborReader &r)
{
    Answers out;
    const std::size_t n = r.array(kMaxRows);
    for (std::size_t i = 0; i < n && r.ok(); ++i) {
        r.exactArray(2);
        const std::int64_t seq = r.integer();
        out[seq] = readReply(r);
        r.leave();
    }
    r.leave();
    return out;
}

void writeEpoch(CborWriter &w, const Epoch &epoch)
{
    w.array(2);
    w.integer(epoch.number);
    w.id(epoch.id);
    w.end();
}

Epoch readEpoch(CborReader &r)
{
    Epoch e;
    r.exactArray(2);
    e.number = r.integer();
    e.id = r.id();
    r.leave();
    return e;
}

void writeCursor(CborWriter &w, const RevPos &cursor)
{
    w.array(2);
    w.integer(cursor.rev);
    w.integer(cursor.pos);
    w.end();
}

RevPos readCursor(CborReader &r)
{
    RevPos c;
    r.exactArray(2);
    c.rev = r.integer();
    const std::int64_t pos = r.integer();
    if (c.rev < 0 || pos < 0 || pos > kAllOfRev)
        r.bad();
    c.pos = static_cast<std::int32_t>(pos);
    r.leave();
    return c;
}

RevSalt readPair(CborReader &r)
{
    RevSalt pair;
    r.exactArray(2);
    pair.rev = r.integer();
    pair.salt = r.natural();
    r.leave();
    return pair;
}

void writeSalts(CborWriter &w, const std::vector<RevSalt> &salts)
{
    w.array(salts.size());
    for (const RevSalt &s : salts) {
        w.array(2);
        w.integer(s.rev);
        w.natural(s.salt);
        w.end();
    }
    w.end();
}

std::vector<RevSalt> readSalts(CborReader &r, std::size_t max)
{
    std::vector<RevSalt> out;
    const std::size_t n = r.array(max);
    for (std::size_t i = 0; i < n && r.ok(); ++i) {
        r.exactArray(2);
        const std::int64_t rev = r.integer();
        out.push_back({rev, r.natural()});
        r.leave();
    }
    r.leave();
    return out;
}

} // namespace anteroom::sync::detail
